"""Looking up venues."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, selectinload

from backend.accounts.rules import Role
from backend.accounts.scope import Scope, activity_condition, area_condition, begins_with
from backend.core.errors import NotFound
from backend.venues.models import Licence, Venue, VenueActivity


def visible(scope: Scope) -> ColumnElement[bool]:
    """Venues of the caller's areas that do something their agency supervises; a reporter sees none."""
    if scope.role is Role.REPORTER:
        return false()
    doing = true() if scope.activities is None else _does(activity_condition(scope, VenueActivity.activity))
    return and_(area_condition(scope, Venue.area_code), doing)


def venue(session: Session, scope: Scope, venue_id: int, *, to_change: bool = False) -> Venue:
    """A venue in scope; NotFound for all others. Whoever wants to change it waits for whoever does."""
    chosen = select(Venue).where(Venue.id == venue_id, visible(scope))
    found = session.scalar(chosen.with_for_update() if to_change else chosen)
    if found is None:
        raise NotFound(venue_id=venue_id)
    return found


def list_venues(
    session: Session, scope: Scope, *, offset: int = 0, limit: int = 20, **filters: Any
) -> tuple[list[Venue], int]:
    """Venues in scope and how many there are; for the filters see `chosen`."""
    wanted = chosen(scope, **filters)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    page = wanted.order_by(Venue.id).offset(offset).limit(limit)
    together = (selectinload(Venue.activities), selectinload(Venue.licences))
    return list(session.scalars(page.options(*together))), total


def chosen(
    scope: Scope,
    *,
    activity: str | None = None,
    area: str = "",
    text: str = "",
    has_position: bool | None = None,
    also: Sequence[ColumnElement[bool]] = (),
) -> Select[Venue]:
    """Venues in scope that fit.

    `text` is part of a name or an address, or how a licence number or a credit code begins. `also` is what
    higher rooms ask for beside.
    """
    wanted = select(Venue).where(visible(scope))
    if activity:
        wanted = wanted.where(_does(VenueActivity.activity == activity))
    if area:
        wanted = wanted.where(begins_with(Venue.area_code, area))
    if has_position is not None:
        wanted = wanted.where(Venue.place.is_not(None) if has_position else Venue.place.is_(None))
    if text:
        wanted = wanted.where(_mentions(text.strip()))
    return wanted.where(*also)


def doing(activity: str) -> Select[int]:
    """The ids of all venues that do this, wherever they are."""
    return select(VenueActivity.venue_id).where(VenueActivity.activity == activity)


def _does(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(VenueActivity.venue_id == Venue.id, which)


def _mentions(text: str) -> ColumnElement[bool]:
    licensed = select(Licence.venue_id).where(Licence.number.startswith(text, autoescape=True))
    return or_(
        Venue.name.contains(text, autoescape=True),
        Venue.address.contains(text, autoescape=True),
        Venue.credit_code.startswith(text.upper(), autoescape=True),
        Venue.id.in_(licensed),
    )


def named(session: Session, scope: Scope, name: str) -> list[int]:
    """The ids of venues in scope that bear exactly this name: one, none, or more than one of them."""
    return list(session.scalars(select(Venue.id).where(visible(scope), Venue.name == name).limit(2)))


def names_of(session: Session, venue_ids: Iterable[int]) -> dict[int, str | None]:
    """The names of venues by id, for lists of things that happened there."""
    found = session.execute(select(Venue.id, Venue.name).where(Venue.id.in_(list(venue_ids))))
    return {row.id: row.name for row in found}
