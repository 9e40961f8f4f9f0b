"""A signed record and its correction (更正): both stay, and what differs is shown side by side."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from backend.accounts import queries as accounts
from backend.accounts.scope import Person
from backend.inspections import queries
from backend.inspections.models import IdCheck, Visit
from backend.venues.queries import names_of
from backend.web.found import item_name
from backend.web.words import t

_COUNTS = ("people_checked", "not_verified", "mismatched", "eighteen_today")
_BANDS = ("under_14", "14_15", "16_17")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the two say otherwise."""

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class CorrectionShown:
    """An older visit and what corrects it: who, when, whether it counts, and what differs."""

    old: Visit
    new: Visit
    by: str
    confirmed_by: str
    counts: bool
    may_confirm: bool
    differences: list[Difference]


def corrections_of(session: Session, reader: Person, visit: Visit) -> list[CorrectionShown]:
    """What this visit corrects, and what says that it corrects this one; oldest first."""
    older = queries.corrected_by(session, visit)
    pairs = [(older, visit)] if older else []
    pairs += [(visit, one) for one in queries.said_corrections(session, reader.scope, visit)]
    return [_shown(session, reader, old, new) for old, new in pairs]


def _shown(session: Session, reader: Person, old: Visit, new: Visit) -> CorrectionShown:
    people = accounts.names_of(session, {f"user:{one}" for one in (new.user_id, new.confirmed_by) if one})
    counts = new in old.corrections
    in_order = old.received_at <= new.received_at or not old.corrects
    is_colleague = old.user_id != new.user_id and in_order
    return CorrectionShown(
        old, new, people.get(f"user:{new.user_id}", t.not_stated),
        people.get(f"user:{new.confirmed_by}", ""), counts,
        not counts and is_colleague and reader.id not in (old.user_id, new.user_id),
        list(_differences(session, old, new)),
    )  # fmt: skip


def _differences(session: Session, old: Visit, new: Visit) -> Iterator[Difference]:
    before, after = _facts(session, old), _facts(session, new)
    for what in dict.fromkeys((*before, *after)):
        pair = (before.get(what, t.none), after.get(what, t.none))
        if pair[0] != pair[1]:
            yield Difference(what, *pair)


def _facts(session: Session, visit: Visit) -> dict[str, str]:
    """What a visit says, in words, without anything that was typed."""
    names = names_of(session, [visit.venue_id] if visit.venue_id else [])
    told = {
        t.venue: names.get(visit.venue_id or 0) or t.visit_venue_unknown,
        t.visit_day: visit.fact_on.isoformat(),
        t.visit_measures: t.all_named("measure", visit.measures) or t.none,
        t.visit_photos: str(len(visit.evidence)),
        t.id_checks: str(len(visit.id_checks)),
    }
    told |= {getattr(t, name): _sum(visit.id_checks, name) for name in _COUNTS}
    for which in ("apparent", "confirmed"):
        ages = [_sum(visit.id_checks, f"{which}_{band}") for band in _BANDS]
        told[getattr(t, f"{which}_minors")] = " / ".join(ages)
    return told | {item_name(visit, one.item): t.named("answer", one.answer) for one in visit.findings}


def _sum(checks: list[IdCheck], name: str) -> str:
    known = [count for check in checks if (count := getattr(check, name)) is not None]
    return str(sum(known)) if known else t.not_stated
