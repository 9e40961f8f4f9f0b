"""What a visit shows: which answers break which duty (违法行为). No database, no HTTP.

The law of the day of the fact applies (行政处罚法 art. 37). Nothing here accuses on a doubt: what the texts
leave open, and what an officer could not prove on site, is for review. No legal basis is chosen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backend.rulebook.rules import AtLimit, Binds, DistanceRule, RulebookOnDay, RuleUnknown
from forms.records import Answer, IdCheck, Measurement, Visit

BREACH = "breach"
MAY_NOT_ENTER = {"internet_cafe": "ACC-NET-1"}  # 网吧条例 21 ¶1, 国法函〔2004〕13号: entering is enough
ALWAYS_CHECKS_IDS = {"internet_cafe": "IDC-2"}  # 网吧条例 23: of everybody, not only in doubt


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis on which a breach may be punished, with the clauses that answer it."""

    id: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Breach:
    """A duty that was broken, or may have been. `doubts` say why a human decides; without any it is found."""

    duty_id: str | None
    clauses: tuple[str, ...]
    bases: tuple[Basis, ...]
    reasons: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sign:
    """One thing in the visit that speaks for a breach, and what it leaves in doubt."""

    duty_id: str | None
    clauses: tuple[str, ...]
    reason: str
    doubts: tuple[str, ...] = ()


def breaches(visit: Visit, day: RulebookOnDay, *, district: str = "") -> tuple[Breach, ...]:
    """The breaches that a visit shows, one a duty, in the order of the checklist.

    An answer ``breach`` breaks the duties that its item is bound to. ID checks speak too: in an internet
    cafe a confirmed minor is a breach (网吧条例 art. 21 ¶1) and so is an unverified customer (art. 23); an
    apparent minor, a mismatch and an eighteenth birthday are for a human. A distance is a breach only with
    its measurement on site, in the way that a settled rule names.

    Parameters
    ----------
    visit : Visit
        As `forms.visits.to_visit` reads it.
    day : RulebookOnDay
        The rulebook of the day of the fact.
    district : str
        Area code of the venue, for distances that an authority set for a district.

    Returns
    -------
    tuple of Breach
        A duty that several signs speak of is there once; it is free of doubt if one of them is.
    """
    signs = [*_signs_in_answers(visit, day, district), *_signs_in_id_checks(visit)]
    merged: dict[tuple[str | None, tuple[str, ...]], list[_Sign]] = {}
    for sign in signs:
        merged.setdefault((sign.duty_id, () if sign.duty_id else sign.clauses), []).append(sign)
    found = (_breach(duty_id, same, visit.form_id, day) for (duty_id, _), same in merged.items())
    return tuple(breach for breach in found if breach)


def _signs_in_answers(visit: Visit, day: RulebookOnDay, district: str) -> Iterator[_Sign]:
    for answer in visit.answers:
        if answer.value != BREACH:
            continue
        reason = f"item:{answer.item}"
        for duty_id in answer.duty_ids:
            yield _Sign(duty_id, (), reason, _distance_doubts(duty_id, visit, day, district))
        if not answer.duty_ids:
            yield _Sign(None, _in_force(answer, day), reason, ("no_duty",))


def _in_force(answer: Answer, day: RulebookOnDay) -> tuple[str, ...]:
    return tuple(clause for clause in answer.clause_ids if clause in day.all_clauses)


def _distance_doubts(duty_id: str, visit: Visit, day: RulebookOnDay, district: str) -> tuple[str, ...]:
    """Why a distance is not proved; nothing for duties that are no distance."""
    if (named := day.distance_rules.get(duty_id)) is None:
        return ()
    rule = day.distance_rule(visit.form_id, named.site_kinds[0], district) or named
    return tuple(_doubts_of(visit.measurement, rule))


def _doubts_of(measurement: Measurement | None, rule: DistanceRule) -> Iterator[str]:
    if rule.radius_m is None:
        yield "distance_not_set"
    if not rule.method_settled:
        yield "way_of_measuring_not_settled"
    if measurement is None or measurement.distance_m is None:
        yield "not_measured_on_site"
        return
    if rule.method_settled and measurement.way != rule.method:
        yield "measured_another_way"
    if rule.radius_m is None or measurement.distance_m < rule.radius_m:
        return
    if measurement.distance_m > rule.radius_m or rule.at_limit is not AtLimit.INSIDE:
        yield "measured_at_or_beyond_the_limit"


def _signs_in_id_checks(visit: Visit) -> Iterator[_Sign]:
    admission, verifying = MAY_NOT_ENTER.get(visit.form_id), ALWAYS_CHECKS_IDS.get(visit.form_id)
    for check in visit.id_checks:
        doubts = (
            ("covert_without_approval",) if check.method == "covert" and not check.covert_approval else ()
        )
        if admission:
            yield from (_Sign(admission, (), r, doubts + more) for r, more in _minors_seen(check))
        if verifying and check.not_verified:
            yield _Sign(verifying, (), "id_check:not_verified", doubts)
        if verifying and check.mismatched:
            yield _Sign(verifying, (), "id_check:mismatched", (*doubts, "mismatch"))


def _minors_seen(check: IdCheck) -> Iterator[tuple[str, tuple[str, ...]]]:
    if check.confirmed.total:
        yield "id_check:confirmed_minors", ()
    elif check.apparent.total or check.minors_seen:
        yield "id_check:apparent_minors", ("age_not_confirmed",)
    if check.eighteen_today:
        yield "id_check:eighteen_today", ("eighteenth_birthday",)


def _breach(duty_id: str | None, signs: list[_Sign], activity: str, day: RulebookOnDay) -> Breach | None:
    reasons = _unique(sign.reason for sign in signs)
    doubts = (
        () if any(not sign.doubts for sign in signs) else _unique(d for sign in signs for d in sign.doubts)
    )
    if duty_id is None:
        return Breach(None, signs[0].clauses, (), reasons, doubts)
    try:
        binds = day.binds(duty_id)
    except RuleUnknown:
        return Breach(duty_id, (), (), reasons, (*doubts, "duty_not_in_force"))
    if binds is Binds.NO:
        return None
    bases = (Basis(basis.id, basis.clauses) for basis in day.bases(duty_id, activity))
    return Breach(
        duty_id,
        tuple(clause.id for clause in day.clauses(duty_id, activity)),
        tuple(bases),
        reasons,
        doubts + tuple(_doubts_of_law(duty_id, binds, activity, day)),
    )


def _doubts_of_law(duty_id: str, binds: Binds, activity: str, day: RulebookOnDay) -> Iterator[str]:
    duty = day.duty(duty_id)
    if binds is Binds.REVIEW:
        yield "kind_of_day"
    if activity in duty.to_confirm:
        yield "duty_to_confirm"
    if not duty.citable:
        yield "text_never_read"
    if day.unproven(duty):
        yield "wording_not_proven"


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
