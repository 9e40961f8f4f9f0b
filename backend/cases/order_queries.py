"""Looking up orders to correct, and which violations were not corrected in time. Own agency only."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, union
from sqlalchemy.orm import Session, joinedload, selectinload

from backend.accounts.scope import Scope, area_condition
from backend.cases.models import Case, CaseStep, CaseViolation
from backend.cases.order_models import Order, OrderEntry, OrderViolation
from backend.cases.rules import ACTORS, OVERTURNED, SERVED, OrderState
from backend.core.errors import NotFound
from backend.inspections import queries as inspections
from backend.inspections.models import Violation, Visit, VisitDistance
from backend.protected_sites.models import Site
from backend.rulebook import queries as rulebook
from backend.screening.rules import SchoolStatus, shown_to_school
from backend.screening.surroundings import VenueNear
from backend.venues.models import Venue


def visible(scope: Scope) -> ColumnElement[bool]:
    """Orders of the caller's agency and areas, for those who may have a part in cases."""
    if scope.role not in ACTORS or scope.agency_id is None:
        return false()
    return and_(area_condition(scope, Order.area_code), Order.agency_id == scope.agency_id)


def order(session: Session, scope: Scope, order_id: int, *, to_change: bool = False) -> Order:
    """An order in scope; NotFound for all others. Whoever wants to change it waits for whoever does."""
    chosen = select(Order).where(Order.id == order_id, visible(scope)).options(joinedload(Order.venue))
    if to_change:
        chosen = chosen.with_for_update(of=Order).execution_options(populate_existing=True)
    if (found := session.scalar(chosen)) is None:
        raise NotFound(order_id=order_id)
    return found


def entry(session: Session, scope: Scope, order_id: int, seq: int) -> tuple[Order, OrderEntry]:
    """One entry of an order in scope that brought a file; NotFound for all others."""
    found = order(session, scope, order_id)
    brought = next((one for one in found.entries if one.seq == seq and one.file_sha256), None)
    if brought is None:
        raise NotFound(order_id=order_id, seq=seq)
    return found, brought


def served_at(session: Session, site_id: int, venue_ids: Iterable[int], duty_ids: Iterable[str]) -> set[int]:
    """At which of these venues an order or a decision about these duties was served and the matter goes on.

    Only what was found by a visit that held the venue against this site. No scope: for those who learn of it
    no more than that.
    """
    wanted, on_site = list(venue_ids), select(VisitDistance.visit_id).filter_by(site_id=site_id)
    about = and_(Violation.duty_id.in_(list(duty_ids)), Violation.visit_id.in_(on_site))
    in_open_case = select(CaseViolation.violation_id).join(Case).where(Case.is_open.is_(True))
    failed = and_(Order.state == OrderState.FAILED, OrderViolation.violation_id.in_(in_open_case))
    orders = (
        select(Order.venue_id)
        .join(OrderViolation).join(Violation, Violation.id == OrderViolation.violation_id)
        .where(Order.venue_id.in_(wanted), or_(Order.state == OrderState.OPEN, failed), about)
    )  # fmt: skip
    overturned = select(CaseStep.case_id).filter_by(step=OVERTURNED)
    decisions = (
        select(Case.venue_id)
        .join(CaseViolation).join(Violation, Violation.id == CaseViolation.violation_id)
        .join(CaseStep, and_(CaseStep.case_id == Case.id, CaseStep.to_state == SERVED))
        .where(Case.venue_id.in_(wanted), Case.is_open.is_(True), Case.id.not_in(overturned), about)
    )  # fmt: skip
    return {found for found in session.scalars(union(orders, decisions)) if found is not None}


def statuses_for_school(
    session: Session, site: Site, rows: Sequence[VenueNear], on: date
) -> list[SchoolStatus | None]:
    """How a school is told that the law stands to what is around it, row by row."""
    about = rulebook.current(session).on(on).distance_rules
    served = served_at(session, site.id, {row.venue.id for row in rows}, about)
    return [shown_to_school(row.held.verdict, is_served=row.venue.id in served) for row in rows]


def list_orders(
    session: Session, scope: Scope, *, offset: int = 0, limit: int = 20, **filters: Any
) -> tuple[Sequence[Order], int]:
    """Orders in scope, the next due first, what is settled last; and how many. For filters see `chosen`."""
    wanted = chosen(scope, **filters)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    order = (Order.state != OrderState.OPEN, Order.due_on, Order.id)
    page = wanted.with_only_columns(Order.id).order_by(*order).offset(offset).limit(limit)
    rows = select(Order).where(Order.id.in_(session.scalars(page).all())).order_by(*order)
    together = (joinedload(Order.venue), selectinload(Order.violations), selectinload(Order.entries))
    return session.scalars(rows.options(*together)).all(), total


def chosen(
    scope: Scope, *, state: str | None = None, venue_id: int | None = None, overdue_on: date | None = None,
    due_by: date | None = None, text: str = "",
) -> Select[Order]:  # fmt: skip
    """Orders in scope that fit; `text` is part of a venue's name, or of the number."""
    wanted = select(Order).where(visible(scope))
    for column, value in ((Order.state, state), (Order.venue_id, venue_id)):
        if value is not None:
            wanted = wanted.where(column == value)
    if overdue_on:
        wanted = wanted.where(Order.state == OrderState.OPEN, Order.due_on < overdue_on)
    if due_by:
        wanted = wanted.where(Order.state == OrderState.OPEN, Order.due_on <= due_by)
    if text:
        named = Order.venue_id.in_(select(Venue.id).where(Venue.name.contains(text, autoescape=True)))
        wanted = wanted.where(or_(named, Order.number.contains(text, autoescape=True)))
    return wanted


def orders_of(session: Session, scope: Scope, violation_ids: Iterable[int]) -> Sequence[Order]:
    """The orders that name one of these violations, oldest first."""
    names_one = select(OrderViolation.order_id).where(OrderViolation.violation_id.in_(list(violation_ids)))
    return session.scalars(
        select(Order).where(visible(scope), Order.id.in_(names_one)).order_by(Order.id)
    ).all()


def refused(session: Session, violation_ids: Iterable[int]) -> dict[int, date]:
    """Which violations an order named and a re-inspection found uncorrected: since when."""
    flagged = select(OrderViolation.violation_id, func.min(OrderViolation.refused_on)).where(
        OrderViolation.violation_id.in_(list(violation_ids)), OrderViolation.refused_on.is_not(None)
    )
    rows = session.execute(flagged.group_by(OrderViolation.violation_id))
    return {violation_id: since for violation_id, since in rows if since}


def visits_that_may_settle(session: Session, scope: Scope, found: Order) -> list[Visit]:
    """The visits to the same venue since the order was handed over, newest first."""
    if found.venue_id is None:
        return []
    visits, _ = inspections.list_visits(
        session, scope, venue_id=found.venue_id, since=found.handed_on, only_current=True, limit=50
    )
    return [one for one in visits if one.visit_no != found.visit_no]
