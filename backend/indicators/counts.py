"""How each indicator counts (指标口径): rows with an area, an agency, and whether each counts as a part."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import Session

from backend.accounts.models import User
from backend.accounts.scope import Column, begins_with
from backend.cases.models import Case, CaseDeadline
from backend.cases.order_models import Order
from backend.cases.rules import OrderState
from backend.core.days import SHANGHAI
from backend.indicators.definitions import indicators
from backend.indicators.models import Urging, UrgingAnswer
from backend.indicators.rules import Count
from backend.inspections.models import IdCheck, Visit
from backend.inspections.queries import uncorrected
from backend.rulebook.procedure import Whose
from backend.tips.mandatory_models import Handover, MandatoryReport
from backend.tips.models import Tip, TipClock


@dataclass(frozen=True, slots=True)
class Days:
    """A period by its first and last day, both in Shanghai."""

    first: date
    last: date

    def includes(self, column: Column) -> ColumnElement[bool]:
        """A day in it."""
        return column.between(self.first, self.last)

    def holds(self, column: Column) -> ColumnElement[bool]:
        """An instant in it."""
        begins, ends = (
            datetime.combine(day, time(), SHANGHAI) for day in (self.first, self.last + timedelta(days=1))
        )
        return and_(column >= begins, column < ends)


Row = tuple[str, int | None, int, int]  # area, agency, part, whole


@dataclass(frozen=True, slots=True)
class Counted:
    """One row of a count."""

    indicator: str
    area_code: str
    agency_id: int | None
    count: Count


def count(session: Session, days: Days, area: str, agency_id: int | None) -> list[Counted]:
    """Every indicator of a period by area and agency, those of an area only; `agency_id` None is all."""
    found = []
    for one in indicators():
        sums: dict[tuple[str, int | None], Count] = {}
        for code, agency, part, whole in COUNTS[one.counts](session, days, area):
            if agency_id in (None, agency):
                key = (code, agency)
                sums[key] = sums.get(key, Count()) + Count(part, whole)
        found += [Counted(one.id, *key, sums[key]) for key in sorted(sums, key=str)]
    return found


def _visits_that_found(session: Session, days: Days, area: str) -> Iterable[Row]:
    where = (begins_with(Visit.area_code, area), days.includes(Visit.fact_on), uncorrected())
    part = _how_many(Visit.found > 0)
    return _rows(session, select(Visit.area_code, Visit.agency_id, part, func.count()), Visit, where)


def _people_not_verified(session: Session, days: Days, area: str) -> Iterable[Row]:
    """Looks that say both numbers; who was not verified is never more than who was looked at."""
    where = (
        begins_with(Visit.area_code, area), days.includes(Visit.fact_on), uncorrected(),
        IdCheck.not_verified <= IdCheck.people_checked,
    )  # fmt: skip
    sums = (func.sum(IdCheck.not_verified), func.sum(IdCheck.people_checked))
    wanted = select(Visit.area_code, Visit.agency_id, *sums).join(IdCheck, IdCheck.visit_id == Visit.id)
    return _rows(session, wanted, Visit, where)


def _orders_looked_at_again(session: Session, days: Days, area: str) -> Iterable[Row]:
    where = (begins_with(Order.area_code, area), days.includes(Order.due_on))
    part = _how_many(Order.state != OrderState.OPEN)
    return _rows(session, select(Order.area_code, Order.agency_id, part, func.count()), Order, where)


def _orders_corrected(session: Session, days: Days, area: str) -> Iterable[Row]:
    where = (
        begins_with(Order.area_code, area), days.includes(Order.due_on), Order.state != OrderState.OPEN,
    )  # fmt: skip
    part = _how_many(Order.state == OrderState.PASSED)
    return _rows(session, select(Order.area_code, Order.agency_id, part, func.count()), Order, where)


def _case_clocks_kept(session: Session, days: Days, area: str) -> Iterable[Row]:
    wanted = (
        select(Case.area_code, Case.agency_id, CaseDeadline.due_on, CaseDeadline.ended_at)
        .join(CaseDeadline, CaseDeadline.case_id == Case.id)
        .where(begins_with(Case.area_code, area), days.includes(CaseDeadline.due_on))
        .where(CaseDeadline.whose == Whose.AGENCY, CaseDeadline.is_paused.is_(False))
    )
    return _kept(session, wanted)


def _tip_clocks_kept(session: Session, days: Days, area: str) -> Iterable[Row]:
    """A tip is of the agency of whoever took it in hand."""
    wanted = (
        select(Tip.area_code, User.agency_id, TipClock.due_on, TipClock.stopped_at)
        .join(TipClock, TipClock.tip_id == Tip.id)
        .outerjoin(User, User.id == Tip.taken_by)
        .where(begins_with(Tip.area_code, area), days.includes(TipClock.due_on))
    )
    return _kept(session, wanted)


def _tips_answered(session: Session, days: Days, area: str) -> Iterable[Row]:
    where = (begins_with(Tip.area_code, area), days.holds(Tip.received_at))
    part = _how_many(Tip.answered_at.is_not(None))
    wanted = select(Tip.area_code, User.agency_id, part, func.count())
    joined = wanted.select_from(Tip).outerjoin(User, User.id == Tip.taken_by).where(*where)
    return session.execute(joined.group_by(Tip.area_code, User.agency_id))


def _reports_handed_on(session: Session, days: Days, area: str) -> Iterable[Row]:
    where = (begins_with(MandatoryReport.area_code, area), days.holds(MandatoryReport.received_at))
    part = _how_many(exists().where(Handover.report_id == MandatoryReport.id))
    wanted = select(MandatoryReport.area_code, MandatoryReport.agency_id, part, func.count())
    return _rows(session, wanted, MandatoryReport, where)


def _urgings_answered(session: Session, days: Days, area: str) -> Iterable[Row]:
    first = select(func.min(UrgingAnswer.answered_at)).where(UrgingAnswer.urging_id == Urging.id)
    wanted = select(Urging.area_code, Urging.to_agency_id, Urging.due_on, first.scalar_subquery())
    return _kept(session, wanted.where(begins_with(Urging.area_code, area), days.includes(Urging.due_on)))


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _rows(session: Session, wanted: Any, model: Any, where: Iterable[Any]) -> Iterable[Row]:
    grouped: Iterable[Row] = session.execute(wanted.where(*where).group_by(model.area_code, model.agency_id))
    return grouped


def _kept(session: Session, wanted: Any) -> Iterator[Row]:
    """One row for each clock: kept if it ended by its last day in Shanghai."""
    for code, agency, due_on, ended_at in session.execute(wanted).yield_per(1000):
        kept = ended_at is not None and ended_at.astimezone(SHANGHAI).date() <= due_on
        yield code, agency, int(kept), 1


COUNTS: Mapping[str, Callable[[Session, Days, str], Iterable[Row]]] = {
    "visits_that_found": _visits_that_found,
    "people_not_verified": _people_not_verified,
    "orders_looked_at_again": _orders_looked_at_again,
    "orders_corrected": _orders_corrected,
    "case_clocks_kept": _case_clocks_kept,
    "tip_clocks_kept": _tip_clocks_kept,
    "tips_answered": _tips_answered,
    "reports_handed_on": _reports_handed_on,
    "urgings_answered": _urgings_answered,
}
