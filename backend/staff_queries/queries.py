"""Looking up units and their queries: those of one's areas; a school or station sees itself."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from backend.accounts.rules import Role
from backend.accounts.scope import Person, area_condition, begins_with
from backend.core.errors import NotFound
from backend.staff_queries.models import ContactUnit, StaffQuery
from backend.staff_queries.rules import SOON, Result, Standing

OVERSEERS = frozenset({Role.SUPERVISOR, Role.COORDINATOR})
STATION = "station"
_due = ContactUnit.next_due_on


def visible(person: Person) -> ColumnElement[bool]:
    """All of one's areas for those who oversee them; a reporter's own school or station for others."""
    if person.role in OVERSEERS:
        return area_condition(person.scope, ContactUnit.area_code)
    if person.role is not Role.REPORTER:
        return false()
    if person.scope.site_id is not None:
        return ContactUnit.site_id == person.scope.site_id
    return and_(ContactUnit.kind == STATION, ContactUnit.area_code.in_(person.scope.areas))


def unit(session: Session, person: Person, unit_id: int, *, to_change: bool = False) -> ContactUnit:
    """A unit that somebody may see; NotFound for all others."""
    chosen = select(ContactUnit).where(ContactUnit.id == unit_id, visible(person))
    if to_change:
        chosen = chosen.with_for_update().execution_options(populate_existing=True)
    if (found := session.scalar(chosen)) is None:
        raise NotFound(unit_id=unit_id)
    return found


def list_units(
    session: Session, person: Person, *, offset: int = 0, limit: int = 20, **filters: Any
) -> tuple[Sequence[ContactUnit], int]:
    """Units that fit, those that never queried first, then the longest overdue; and how many."""
    wanted = chosen(person, **filters)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    page = wanted.order_by(_due.is_not(None), _due, ContactUnit.id).offset(offset).limit(limit)
    return session.scalars(page).all(), total


def chosen(
    person: Person, *, on: date, kind: str | None = None, area: str = "", text: str = "",
    standing: Standing | None = None, late: bool = False, awaited: bool = False, closed: bool = False,
) -> Select[ContactUnit]:  # fmt: skip
    """Units that fit; `text` is part of a name, address or credit code; `late` is never or overdue."""
    wanted = select(ContactUnit).where(visible(person), ContactUnit.closed_on.is_not(None) == closed)
    if kind:
        wanted = wanted.where(ContactUnit.kind == kind)
    if area:
        wanted = wanted.where(begins_with(ContactUnit.area_code, area))
    if text:
        columns = (ContactUnit.name, ContactUnit.address, ContactUnit.credit_code)
        wanted = wanted.where(or_(*(column.contains(text, autoescape=True) for column in columns)))
    if standing:
        wanted = wanted.where(_stands(standing, on))
    if late:
        wanted = wanted.where(or_(_stands(Standing.NEVER, on), _stands(Standing.OVERDUE, on)))
    if awaited:
        wanted = wanted.where(ContactUnit.id.in_(_awaited()))
    return wanted


def _stands(standing: Standing, on: date) -> ColumnElement[bool]:
    """The same in SQL as `rules.standing_of`."""
    return {
        Standing.NEVER: _due.is_(None),
        Standing.OVERDUE: _due < on,
        Standing.SOON: _due.between(on, on + SOON),
        Standing.IN_TIME: _due > on + SOON,
    }[standing]


def _awaited() -> Select[int]:
    later = aliased(StaffQuery)
    replaced = select(later.id).where(later.replaces_id == StaffQuery.id).exists()
    return select(StaffQuery.unit_id).where(StaffQuery.result == Result.AWAITED, ~replaced)


def late(session: Session, person: Person, on: date) -> tuple[int, date | None]:
    """How many units never queried or are overdue, and the first day that was missed."""
    wanted = chosen(person, on=on, late=True).subquery()
    count, first = session.execute(select(func.count(), func.min(wanted.c.next_due_on))).one()
    return count, first


def history(session: Session, unit_id: int) -> Sequence[StaffQuery]:
    """Every query of a unit, newest first, also those that another one replaced."""
    of_unit = select(StaffQuery).where(StaffQuery.unit_id == unit_id)
    return session.scalars(of_unit.order_by(StaffQuery.queried_on.desc(), StaffQuery.id.desc())).all()
