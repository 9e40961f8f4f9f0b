"""Which visits hold something that is due on a day, by the periods in force."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, exists, select, true, union
from sqlalchemy.orm import Session

from backend.accounts.models import Agency
from backend.core.days import SHANGHAI
from backend.core.sealed import VisitKeyRow
from backend.inspections.models import Visit
from backend.intake.models import Envelope, RescueFile, RescueItem, State
from backend.retention.models import LegalHold
from backend.retention.parts import parts_of
from backend.retention.rules import Part, Plan, plan
from backend.rulebook import queries as rulebook
from backend.rulebook.retention import latest_event
from backend.tips.mandatory_models import Handover, MandatoryReport
from backend.tips.models import Tip, TipInformant
from backend.tips.rules import OVER

BATCH = 50  # visits whose content goes in one transaction


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

    def latest_event(self) -> date | None:
        """No part of a later day can be due; None where no period is confirmed at all."""
        confirmed = [one for one in self.law.retention_settings.values() if one.active]
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
    candidates = _candidates(session, periods, visits, envelopes, rescues, tips, reports)
    for first in range(0, len(candidates), BATCH):
        some = candidates[first : first + BATCH]
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


def _candidates(
    session: Session,
    periods: Periods,
    visits: ColumnElement[bool] | None,
    envelopes: ColumnElement[bool] | None,
    rescues: ColumnElement[bool] | None,
    tips: ColumnElement[bool] | None,
    reports: ColumnElement[bool] | None,
) -> list[int]:
    """Keys of visits before the latest event, of envelopes never filed, of rescue files, of answered tips."""
    if (latest := periods.latest_event()) is None:
        return []
    until = datetime.combine(latest, time.max, SHANGHAI)
    answered = (Tip.state.in_(OVER), Tip.received_at < until, true() if tips is None else tips)
    found = union(
        select(Visit.key_id).where(Visit.fact_on <= latest, true() if visits is None else visits),
        select(Envelope.key_id).where(
            Envelope.state == State.UNFILABLE,
            Envelope.received_at < until,
            true() if envelopes is None else envelopes,
        ),
        select(RescueFile.key_id).where(
            RescueFile.stored.is_not(None),
            RescueFile.received_at < until,
            true() if rescues is None else rescues,
        ),
        select(Tip.key_id).where(*answered),
        select(TipInformant.key_id).join(Tip).where(*answered),
        select(MandatoryReport.key_id).where(
            MandatoryReport.received_at < until,
            exists().where(Handover.report_id == MandatoryReport.id, Handover.result_at.is_not(None)),
            true() if reports is None else reports,
        ),
    ).subquery()
    alive = select(VisitKeyRow.id).where(
        VisitKeyRow.wrapped.is_not(None), exists().where(found.c.key_id == VisitKeyRow.id)
    )
    return list(session.scalars(alive.order_by(VisitKeyRow.id)))
