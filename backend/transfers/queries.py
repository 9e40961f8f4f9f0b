"""Looking up transfers: which there are, how one stands, what may be done. Own agency; the receiver reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from backend.accounts.rules import Role
from backend.accounts.scope import Person, Scope, area_condition
from backend.cases.queries import Choice
from backend.cases.rules import ACTORS, Facts, Made, Standing, Who, hindrances
from backend.core.days import day_of
from backend.core.errors import NotFound
from backend.rulebook import queries as rulebook
from backend.rulebook.procedure import Clock, Procedure, Whose
from backend.transfers.clocks import clock_of
from backend.transfers.models import Transfer, TransferClock, TransferPackage
from backend.transfers.rules import SOON, standing
from backend.venues.models import Venue

_TOGETHER = (joinedload(Transfer.venue), selectinload(Transfer.clocks), selectinload(Transfer.packages))


@dataclass(frozen=True, slots=True)
class Due:
    """A clock that runs, and how it stands."""

    row: TransferClock
    clock: Clock
    standing: Standing


def visible(scope: Scope) -> ColumnElement[bool]:
    """Transfers of the caller's agency and areas, and what was handed over to that agency."""
    if scope.role not in ACTORS or scope.agency_id is None:
        return false()
    came = and_(Transfer.to_agency_id == scope.agency_id, Transfer.handed_at.is_not(None))
    return and_(area_condition(scope, Transfer.area_code), or_(Transfer.agency_id == scope.agency_id, came))


def transfer(session: Session, scope: Scope, transfer_id: int, *, to_change: bool = False) -> Transfer:
    """A transfer in scope; NotFound for all others, and for a receiver who wants to change it.

    Whoever wants to change it waits for whoever does.
    """
    chosen = select(Transfer).where(Transfer.id == transfer_id, visible(scope)).options(*_TOGETHER)
    if to_change:
        chosen = chosen.where(Transfer.agency_id == scope.agency_id)
        chosen = chosen.with_for_update(of=Transfer).execution_options(populate_existing=True)
    if (found := session.scalar(chosen)) is None:
        raise NotFound(transfer_id=transfer_id)
    return found


def package(session: Session, by: Person, transfer_id: int, package_id: int) -> TransferPackage:
    """A package, for the head of its agency and the team that carries it; NotFound for all others."""
    lead = transfer(session, by.scope, transfer_id)
    if not may_take(lead, by):
        raise NotFound(transfer_id=transfer_id, package_id=package_id)
    for one in lead.packages:
        if one.id == package_id:
            return one
    raise NotFound(transfer_id=transfer_id, package_id=package_id)


def may_take(lead: Transfer, by: Person) -> bool:
    """Whether somebody may take the packages of a lead out."""
    is_theirs = by.role is Role.SUPERVISOR or by.id in lead.team
    return lead.agency_id == by.agency_id and is_theirs


def list_transfers(
    session: Session, scope: Scope, *, offset: int = 0, limit: int = 20, **filters: Any
) -> tuple[Sequence[Transfer], int]:
    """Transfers in scope, the next due first, what is over last; and how many. For filters see `chosen`."""
    wanted = chosen(scope, **filters)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    nearest = select(func.min(TransferClock.due_on)).where(*_pressing()).scalar_subquery()
    order = (Transfer.is_over, nearest.is_(None), nearest, Transfer.id.desc())
    page = wanted.order_by(*order).offset(offset).limit(limit)
    return session.scalars(page.options(*_TOGETHER)).all(), total


def chosen(
    scope: Scope, *, kind: str | None = None, state: str | None = None, is_over: bool | None = None,
    incoming: bool | None = None, case_id: int | None = None, overdue_at: datetime | None = None,
    text: str = "",
) -> Select[Transfer]:  # fmt: skip
    """Transfers in scope that fit; `overdue_at`: something was due before that moment.

    `text` is part of the receiver's or the venue's name.
    """
    wanted = select(Transfer).where(visible(scope))
    columns = (
        (Transfer.kind, kind), (Transfer.state, state), (Transfer.is_over, is_over),
        (Transfer.case_id, case_id),
    )  # fmt: skip
    for column, value in columns:
        if value is not None:
            wanted = wanted.where(column == value)
    if incoming is not None:
        came = Transfer.agency_id != scope.agency_id
        wanted = wanted.where(came if incoming else ~came)
    if overdue_at:
        late = exists().where(*_pressing(), _late(overdue_at))
        wanted = wanted.where(Transfer.agency_id == scope.agency_id, late)
    if text:
        named = Transfer.venue_id.in_(select(Venue.id).where(Venue.name.contains(text, autoescape=True)))
        wanted = wanted.where(or_(named, Transfer.to_name.contains(text, autoescape=True)))
    return wanted


def _pressing() -> tuple[ColumnElement[bool], ...]:
    """What runs of the agency's own clocks."""
    return (
        TransferClock.transfer_id == Transfer.id, TransferClock.ended_at.is_(None),
        TransferClock.whose == Whose.AGENCY,
    )  # fmt: skip


def _late(now: datetime) -> ColumnElement[bool]:
    """Whether a time limit is over: one of hours to the minute, one of days with its last day."""
    by_day = and_(TransferClock.due_at.is_(None), TransferClock.due_on < day_of(now))
    return or_(TransferClock.due_at < now, by_day)


def pressing(session: Session, scope: Scope, now: datetime) -> tuple[int, int, date | None, date | None]:
    """How many transfers are overdue and how many due within three days, and the earliest day of each."""
    first = select(func.min(TransferClock.due_on), func.max(case((_late(now), 1), else_=0)))
    first = first.join(Transfer, Transfer.id == TransferClock.transfer_id)
    own = (visible(scope), Transfer.agency_id == scope.agency_id, TransferClock.due_on.is_not(None))
    rows = session.execute(first.where(*own, *_pressing()).group_by(Transfer.id)).all()
    late = [day for day, is_late in rows if is_late]
    soon = [day for day, is_late in rows if not is_late and day <= day_of(now) + SOON]
    return len(late), len(soon), min(late, default=None), min(soon, default=None)


def due(session: Session, found: Transfer, now: datetime) -> list[Due]:
    """What runs, the next due first, each with its clock and clause."""
    rows = sorted(found.running, key=lambda one: (one.due_on or date.max, one.id))
    return [
        Due(
            one, clock_of(session, found, one),
            standing(one.whose, one.due_on, one.due_at, now, day_of(now)),
        )
        for one in rows
    ]  # fmt: skip


def facts(found: Transfer) -> Facts:
    """How a transfer stands, for the rules of steps."""
    team = frozenset(found.team)
    return Facts(
        found.state, [Made(one.step, one.to_state) for one in found.steps],
        {one.clock: one.due_on for one in found.running}, frozenset(), team, team,
    )  # fmt: skip


def procedure_of(session: Session, found: Transfer, on: date) -> Procedure:
    """How this transfer goes on, by the law of a day."""
    return rulebook.current(session).on(on).transfer(found.kind.upper())


def choices(session: Session, found: Transfer, by: Person, on: date) -> list[Choice]:
    """Every step that leads on, with what keeps this reader from it; none for the receiver."""
    if found.agency_id != by.agency_id:
        return []
    procedure, known, who = procedure_of(session, found, on), facts(found), Who(by.id, by.role)
    return [
        Choice(step, tuple(hindrances(step, procedure, known, who, on)))
        for step in procedure.out_of(found.state)
    ]
