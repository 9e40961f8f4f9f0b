"""What can be done to units and their queries. The caller owns the transaction and holds the row."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.accounts.rules import Role
from backend.accounts.scope import Person
from backend.core import audit
from backend.core.days import day_of
from backend.core.errors import InvalidInput, NotAllowed
from backend.protected_sites import queries as sites
from backend.rulebook import queries as rulebook
from backend.rulebook.rows import ContactUnitKind
from backend.staff_queries.errors import QueryReplaced, UnitChanged, UnitClosed, UnitTaken
from backend.staff_queries.models import ContactUnit, StaffQuery
from backend.staff_queries.queries import OVERSEERS, history
from backend.staff_queries.rules import AskedBy, QueryKind, can_result, next_due
from backend.venues import queries as venues
from backend.venues.rules import credit_code


def register(session: Session, said: dict[str, Any], *, by: Person, now: datetime) -> ContactUnit:
    """Register a unit of one's areas, by itself or for a school or venue. Raises UnitTaken, InvalidInput."""
    if by.role not in OVERSEERS:
        raise NotAllowed(role=by.role)
    _check(session, said, by, now)
    if said.get("site_id"):
        sites.site(session, by.scope, said["site_id"])
    if said.get("venue_id"):
        venues.venue(session, by.scope, said["venue_id"])
    try:
        with session.begin_nested():
            session.add(unit := ContactUnit(**said, entered_by=by.id, entered_at=now))
    except IntegrityError:
        raise UnitTaken(contact_unit="taken") from None
    audit.record(session, "contact_unit.register", by=by.actor, subject=f"contact_unit:{unit.id}")
    return unit


def change(
    session: Session, unit: ContactUnit, said: dict[str, Any], version: int, *, by: Person, now: datetime
) -> ContactUnit:
    """Correct what is registered, or note that the unit works no more. Raises UnitChanged, UnitTaken."""
    if by.role not in OVERSEERS:
        raise NotAllowed(role=by.role)
    _refuse_stale(unit, version)
    _check(session, said, by, now)
    changed = sorted(name for name, value in said.items() if getattr(unit, name) != value)
    if not changed:
        raise InvalidInput(contact_unit="unchanged")
    try:
        with session.begin_nested():
            for name in changed:
                setattr(unit, name, said[name])
            _recount(session, unit, now)
    except IntegrityError:
        raise UnitTaken(contact_unit="taken") from None
    detail = {"fields": changed}
    audit.record(
        session, "contact_unit.change", by=by.actor, subject=f"contact_unit:{unit.id}", detail=detail
    )
    return unit


def enter_query(
    session: Session, unit: ContactUnit, said: dict[str, Any], version: int, *, by: Person, now: datetime
) -> StaffQuery:
    """Enter a query, or what stands in the place of an earlier one. A unit reports what it asked itself.

    Raises UnitChanged, UnitClosed, QueryReplaced, InvalidInput, NotAllowed.
    """
    _refuse_stale(unit, version)
    if unit.closed_on is not None:
        raise UnitClosed(closed_on=unit.closed_on.isoformat())
    if said["queried_on"] > day_of(now):
        raise InvalidInput(queried_on="in_the_future")
    if not can_result(said["kind"], said["result"]):
        raise InvalidInput(result="not_of_this_query")
    if by.role is Role.REPORTER and said["asked_by"] is not AskedBy.UNIT:
        raise NotAllowed(asked_by=said["asked_by"])
    if (replaced := said.get("replaces_id")) is not None:
        _refuse_replaced(session, unit, replaced, said["kind"], by)
    session.add(row := StaffQuery(unit_id=unit.id, **said, entered_by=by.id, entered_at=now))
    session.flush()
    _recount(session, unit, now)
    audit.record(
        session, "staff_query.enter", by=by.actor, subject=f"contact_unit:{unit.id}", detail={"query": row.id}
    )
    return row


def kind_of(session: Session, kind: str, on: date) -> ContactUnitKind:
    """A kind of unit as the rulebook of a day knows it. Raises InvalidInput."""
    if (known := rulebook.current(session).on(on).contact_unit_kinds.get(kind)) is None:
        raise InvalidInput(kind="unknown")
    return known


def _check(session: Session, said: dict[str, Any], by: Person, now: datetime) -> None:
    """Bring a credit code into its form, and refuse what is not in one's areas or no kind."""
    kind_of(session, said["kind"], day_of(now))
    if not by.scope.covers(said["area_code"]):
        raise InvalidInput(area_code="not_your_area")
    if said.get("credit_code"):
        if (code := credit_code(said["credit_code"])) is None:
            raise InvalidInput(credit_code="wrong")
        said["credit_code"] = code
    if (closed_on := said.get("closed_on")) and closed_on > day_of(now):
        raise InvalidInput(closed_on="in_the_future")


def _recount(session: Session, unit: ContactUnit, now: datetime) -> None:
    """Work out its next day from the last query of all staff that stands."""
    rows = history(session, unit.id)
    replaced = {one.replaces_id for one in rows}
    days = [one.queried_on for one in rows if one.kind == QueryKind.YEARLY and one.id not in replaced]
    every = kind_of(session, unit.kind, day_of(now)).every_months
    unit.queried_on = max(days, default=None)
    unit.next_due_on = next_due(unit.queried_on, every) if unit.queried_on else None
    unit.version += 1
    session.flush()


def _refuse_stale(unit: ContactUnit, version: int) -> None:
    if unit.version != version:
        raise UnitChanged(version=unit.version)


def _refuse_replaced(session: Session, unit: ContactUnit, query_id: int, kind: QueryKind, by: Person) -> None:
    """A row is replaced once, by one of its kind; a unit replaces only what it asked itself."""
    known = session.scalar(select(StaffQuery).filter_by(id=query_id, unit_id=unit.id))
    if known is None:
        raise InvalidInput(replaces_id="unknown")
    if by.role is Role.REPORTER and known.asked_by != AskedBy.UNIT:
        raise NotAllowed(replaces_id=query_id)
    if known.kind != kind:
        raise InvalidInput(replaces_id="another_kind")
    if session.scalar(select(StaffQuery.id).where(StaffQuery.replaces_id == query_id)) is not None:
        raise QueryReplaced(query_id=query_id)
