"""Which visits hold something that is due on a day, by the periods in force."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true, union
from sqlalchemy.orm import QueryableAttribute, Session

from backend.accounts.models import Agency
from backend.core.days import SHANGHAI
from backend.core.sealed import VisitKeyRow
from backend.inspections.models import Evidence, Visit
from backend.intake.models import Envelope, EnvelopeFile, RescueFile, RescueItem, State
from backend.retention.models import LegalHold
from backend.retention.parts import parts_of
from backend.retention.rules import Part, Plan, plan
from backend.rulebook import queries as rulebook
from backend.rulebook.retention import latest_event
from backend.tips.mandatory_models import Handover, MandatoryReport
from backend.tips.models import Tip, TipInformant
from backend.tips.rules import OVER

BATCH = 50  # visits whose content goes in one transaction
_AT_ONCE = 500  # are read


class Periods:
    """The confirmed periods of one day, for the parts of every agency."""

    def __init__(self, session: Session, on: date, *, law_on: date | None = None) -> None:
        self.on, self.law = on, rulebook.current(session).on(law_on or on)
        self._codes = {row.id: row.code for row in session.execute(select(Agency.id, Agency.code))}

    def of(self, part: Part) -> tuple[date, str] | None:
        """The day on which a part is due and the period that says so; None if it is kept."""
        if part.retention_class is None:
            return None
        period = self.law.retention(part.retention_class, self._codes.get(part.agency_id or 0, ""))
        event = period and part.days.get(period.counted_from)
        return (period.due_on(event), period.id) if period and event else None

    def latest_event(self, *classes: str) -> date | None:
        """No part of these classes of a later day can be due; None where no period is confirmed for any."""
        settings = self.law.retention_settings.values()
        confirmed = [one for one in settings if one.active and one.retention_class in classes]
        found = [latest_event(self.on, years=one.years or 0, days=one.days or 0) for one in confirmed]
        return max(found, default=None)

    def plan(self, parts: Iterable[Part]) -> Plan:
        return plan(parts, self.on, self.of)


def plans(
    session: Session,
    periods: Periods,
    *,
    visits: ColumnElement[bool] | None = None,
    envelopes: ColumnElement[bool] | None = None,
    rescues: ColumnElement[bool] | None = None,
    tips: ColumnElement[bool] | None = None,
    reports: ColumnElement[bool] | None = None,
) -> Iterator[tuple[int, Plan]]:
    """Keys under which something is due and nothing is held, with what goes; of these visits, or all."""
    found = candidates(
        session, periods, visits=visits, envelopes=envelopes, rescues=rescues, tips=tips, reports=reports
    )
    for first in range(0, len(found), _AT_ONCE):
        some = found[first : first + _AT_ONCE]
        held = held_keys(session, some)
        for key_id, parts in parts_of(session, [one for one in some if one not in held]).items():
            if (planned := periods.plan(parts)).dues:
                yield key_id, planned


def held_keys(session: Session, key_ids: Iterable[int]) -> set[int]:
    """Those that a legal hold is on, and of rescue files those that brought something of a held visit."""
    key_ids, is_open = list(key_ids), LegalHold.lifted_at.is_(None)
    brought = (
        select(RescueFile.key_id)
        .join(RescueItem, RescueItem.rescue_file_id == RescueFile.id)
        .join(Envelope, Envelope.instance_id == RescueItem.instance_id)
        .join(LegalHold, LegalHold.key_id == Envelope.key_id)
        .where(RescueFile.key_id.in_(key_ids), is_open)
    )
    held = select(LegalHold.key_id).where(LegalHold.key_id.in_(key_ids), is_open)
    return {*session.scalars(held), *session.scalars(brought)}


def candidates(
    session: Session,
    periods: Periods,
    *,
    visits: ColumnElement[bool] | None = None,
    envelopes: ColumnElement[bool] | None = None,
    rescues: ColumnElement[bool] | None = None,
    tips: ColumnElement[bool] | None = None,
    reports: ColumnElement[bool] | None = None,
) -> list[int]:
    """Keys under which something may be due: the records of visits, which go last, or what goes before them
    and is still there; envelopes that were never filed, rescue files, answered tips
    with their informants, and reports with a result.
    """  # fmt: skip
    of_visit = select(Visit.key_id).join(Envelope, Envelope.instance_id == Visit.instance_id)
    shown = and_(Evidence.visit_id == Visit.id, Evidence.name_hash == EnvelopeFile.name_hash)
    files = of_visit.join(EnvelopeFile, EnvelopeFile.envelope_id == Envelope.id).outerjoin(Evidence, shown)
    files = files.where(func.length(EnvelopeFile.sealed_key) > 0)
    of_minors = or_(Evidence.id.is_(None), Evidence.sealed)  # see `parts`
    ordinary = and_(~Evidence.sealed, Evidence.kind == "photo")
    unfilable, kept = Envelope.state == State.UNFILABLE, RescueFile.stored.is_not(None)
    informants = select(TipInformant.key_id).join(Tip)
    known = exists().where(Handover.report_id == MandatoryReport.id, Handover.result_at.is_not(None))
    reported = select(MandatoryReport.key_id).where(known)
    branches = (
        (("visit_clean", "visit_violation"), select(Visit.key_id), Visit.fact_on, visits),
        (("photo_minor",), files.where(of_minors), Visit.fact_on, visits),
        (("photo_ordinary",), files.where(ordinary), Visit.fact_on, visits),
        (("envelope_unmasked",), of_visit.where(func.length(Envelope.sealed) > 0), Visit.fact_on, visits),
        (("envelope_unfilable",), select(Envelope.key_id).where(unfilable), Envelope.received_at, envelopes),
        (("rescue_file",), select(RescueFile.key_id).where(kept), RescueFile.received_at, rescues),
        (("tip",), select(Tip.key_id).where(Tip.state.in_(OVER)), Tip.received_at, tips),
        (("tip",), informants.where(Tip.state.in_(OVER)), Tip.received_at, tips),
        (("mandatory_report",), reported, MandatoryReport.received_at, reports),
    )
    found = [
        keys.where(column <= _until(column, latest), true() if theirs is None else theirs)
        for classes, keys, column, theirs in branches
        if (latest := periods.latest_event(*classes)) is not None
    ]
    if not found:
        return []
    due = union(*found).subquery()
    alive = select(VisitKeyRow.id).where(
        VisitKeyRow.wrapped.is_not(None), VisitKeyRow.id.in_(select(due.c.key_id))
    )
    return list(session.scalars(alive.order_by(VisitKeyRow.id)))


def _until(column: QueryableAttribute[Any], latest: date) -> date | datetime:
    """The end of that day, for days and for instants."""
    return latest if column is Visit.fact_on else datetime.combine(latest, time.max, SHANGHAI)
