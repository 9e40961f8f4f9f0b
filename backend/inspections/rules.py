"""What a visit shows, judged: violation, no violation, or for a human (违法行为). No database, no HTTP.

The law of the day of the fact applies (行政处罚法 art. 37), by the rows of judgement of the rulebook. Nothing
here accuses on a doubt: what the texts leave open, and what an officer could not prove on site, is for
review. No legal basis is chosen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backend.inspections.signs import Sign, signs_of
from backend.rulebook.rules import (
    AtLimit,
    DistanceRule,
    Judgement,
    Outcome,
    RulebookOnDay,
    RuleUnknown,
    Text,
)
from forms.records import DayAsSeen, Measurement, Visit


@dataclass(frozen=True, slots=True)
class Judged:
    """One sign and one duty: the outcome, the word of its reason, and the row's own words and sources.

    `doubts` say what a human has to decide; only a sign for review has any.
    """

    sign: str
    duty_id: str | None
    outcome: Outcome
    reason: str
    because: Text | None
    clauses: tuple[str, ...]
    doubts: tuple[str, ...]


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


def judge(visit: Visit, day: RulebookOnDay, *, district: str = "") -> tuple[Judged, ...]:
    """Every sign of a visit with every duty that it speaks of.

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
    tuple of Judged
        In the order of the checklist. An acquittal is there as well: it is explained a year later.
    """
    return tuple(one for sign in signs_of(visit) for one in _judge_sign(sign, visit, day, district))


def breaches(judged: Iterable[Judged], activity: str, day: RulebookOnDay) -> tuple[Breach, ...]:
    """The breaches that a visit shows, one a duty, each with its candidate legal bases.

    Parameters
    ----------
    judged : iterable of Judged
        Of one visit.
    activity : str
        What was inspected: clauses and bases of other activities are left out.
    day : RulebookOnDay
        The rulebook of the day of the fact.

    Returns
    -------
    tuple of Breach
        A duty that several signs speak of is there once; it is free of doubt if one of them is.
    """
    merged: dict[tuple[str | None, tuple[str, ...]], list[Judged]] = {}
    for one in judged:
        if one.outcome is not Outcome.NO_VIOLATION:
            merged.setdefault((one.duty_id, () if one.duty_id else one.clauses), []).append(one)
    return tuple(_breach(duty_id, same, activity, day) for (duty_id, _), same in merged.items())


def _judge_sign(sign: Sign, visit: Visit, day: RulebookOnDay, district: str) -> Iterator[Judged]:
    if not sign.item:
        for duty_id in day.judgements.duties_of(sign.word, visit.form_id):
            yield _judge(sign, duty_id, visit, day, sign.doubts)
        return
    for duty_id in sign.duty_ids:
        yield _judge(sign, duty_id, visit, day, _distance_doubts(duty_id, visit, day, district))
    if not sign.duty_ids:
        clauses = tuple(clause for clause in sign.clause_ids if clause in day.all_clauses)
        yield _for_review(sign, None, clauses, ("no_duty",))


def _judge(sign: Sign, duty_id: str, visit: Visit, day: RulebookOnDay, doubts: tuple[str, ...]) -> Judged:
    if duty_id not in day.duties:
        return _for_review(sign, duty_id, (), (*doubts, "duty_not_in_force"))
    activity = visit.form_id
    row = day.judgement(sign.word, duty_id, activity, school_vacation=_vacation(visit.day))
    clauses = tuple(clause.id for clause in day.clauses(duty_id, activity))
    open_matters = (*doubts, *_doubts_of_law(duty_id, clauses, activity, day))
    if row is None:
        return _for_review(sign, duty_id, clauses, ("not_judged", *open_matters))
    own = tuple(clause.id for clause in day.clauses_of(row, activity)) or clauses
    return _by(row, sign, duty_id, own, open_matters)


def _by(
    row: Judgement, sign: Sign, duty_id: str, clauses: tuple[str, ...], open_matters: tuple[str, ...]
) -> Judged:
    outcome, doubts = row.outcome, open_matters
    if outcome is Outcome.NO_VIOLATION:
        doubts = ()
    elif outcome is Outcome.REVIEW:
        doubts = (row.id, *open_matters)
    elif open_matters:
        outcome = Outcome.REVIEW
    return Judged(sign.word, duty_id, outcome, row.id, row.because, clauses, doubts)


def _for_review(sign: Sign, duty_id: str | None, clauses: tuple[str, ...], doubts: tuple[str, ...]) -> Judged:
    """What no row judges, by the last of its doubts."""
    return Judged(sign.word, duty_id, Outcome.REVIEW, doubts[-1], None, clauses, doubts)


def _vacation(seen: DayAsSeen | None) -> bool | None:
    """What officers say of school vacations, if they say according to what."""
    if seen is None or not seen.vacation_source:
        return None
    return {"yes": True, "no": False}.get(seen.school_vacation)


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


def _doubts_of_law(
    duty_id: str, clauses: tuple[str, ...], activity: str, day: RulebookOnDay
) -> Iterator[str]:
    duty = day.duty(duty_id)
    if not clauses:
        yield "no_clause"
    if activity not in duty.activities:
        yield "duty_to_confirm"
    if not duty.citable:
        yield "text_never_read"
    if day.unproven(duty):
        yield "wording_not_proven"


def _breach(duty_id: str | None, same: list[Judged], activity: str, day: RulebookOnDay) -> Breach:
    reasons = _unique(one.sign for one in same)
    found = any(one.outcome is Outcome.VIOLATION for one in same)
    doubts = () if found else _unique(doubt for one in same for doubt in one.doubts)
    try:
        clauses = tuple(clause.id for clause in day.clauses(duty_id or "", activity))
        bases = tuple(Basis(basis.id, basis.clauses) for basis in day.bases(duty_id or "", activity))
    except RuleUnknown:
        clauses, bases = same[0].clauses, ()
    return Breach(duty_id, clauses, bases, reasons, doubts)


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
