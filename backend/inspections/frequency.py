"""How often a business is inspected in a year, by whom, and what is planned there (检查频次).

Fewer and better visits: whoever plans sees what every agency did at the same business, and what could be
done together. A triggered visit is counted apart from a planned one.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from backend.inspections.models import Visit, VisitGrounds
from backend.inspections.queries import current
from backend.tasks.models import Task
from backend.tasks.rules import LIVE, Kind, Route
from backend.venues.models import Venue


@dataclass(frozen=True, slots=True)
class Frequency:
    """Occasions of a calendar year: agencies that came together under one check code are one occasion."""

    year: int
    occasions: int
    triggered: int
    by_agency: dict[int | None, int]
    last_on: date | None
    planned: list[Task]  # planned and not done yet at the same business, by any agency

    def is_soon(self, on: date, apart: timedelta) -> bool:
        """Whether a visit on that day would come too soon after the last, or beside another one planned."""
        near = [task.visit_on or task.due_on for task in self.planned]
        days = [self.last_on, *near] if self.last_on else near
        return any(abs(on - day) < apart for day in days)


def frequency(
    session: Session, venue: Venue, on: date, *, beside: int | None = None, apart: timedelta
) -> Frequency:
    """Count what happened at the business of a venue in the year of a day.

    A business is all venues with the same credit code, or the venue alone where it has none. `beside` is the
    task that is being looked at: it does not stand beside itself.
    """
    business = select(Venue.id).where(
        or_(Venue.id == venue.id, Venue.credit_code == venue.credit_code) if venue.credit_code
        else Venue.id == venue.id
    )  # fmt: skip
    of_year = (Visit.fact_on >= date(on.year, 1, 1), Visit.fact_on <= date(on.year, 12, 31))
    rows = session.execute(
        select(Visit.visit_no, Visit.agency_id, Visit.fact_on, VisitGrounds.check_code_id, VisitGrounds.route)
        .outerjoin(VisitGrounds, VisitGrounds.visit_id == Visit.id)
        .where(Visit.venue_id.in_(business), *of_year, current())
    ).all()
    occasions = {_occasion(row): row.route for row in rows}
    agencies = {(row.visit_no, row.agency_id) for row in rows}
    by_agency: dict[int | None, int] = {}
    for _, agency_id in agencies:
        by_agency[agency_id] = by_agency.get(agency_id, 0) + 1
    triggered = sum(route == Route.TRIGGERED for route in occasions.values())
    last_on = max((row.fact_on for row in rows), default=None)
    near = (Task.due_on >= on - apart, Task.due_on <= on + apart)
    live = (Task.kind == Kind.PLANNED, Task.state.in_(LIVE), Task.venue_id.in_(business))
    others = select(Task).where(*live, *near, Task.id != (beside or 0))
    planned = session.scalars(others.order_by(Task.due_on, Task.id)).all()
    return Frequency(on.year, len(occasions), triggered, by_agency, last_on, list(planned))


def _occasion(row: Any) -> tuple[Any, Any]:
    """Agencies that come together under one check code are there once, and so are modules of one visit."""
    return (row.check_code_id, row.fact_on) if row.check_code_id else (row.visit_no, None)


def frequencies(session: Session, venues: ColumnElement[bool], year: int) -> dict[int, int]:
    """For venues of a condition, how often all agencies came to their business in a year."""
    codes = select(Venue.credit_code).where(venues, Venue.credit_code.is_not(None))
    there = or_(Venue.id.in_(select(Venue.id).where(venues)), Venue.credit_code.in_(codes))
    of_year = (Visit.fact_on >= date(year, 1, 1), Visit.fact_on <= date(year, 12, 31))
    rows = session.execute(
        select(Venue.id, Venue.credit_code, Visit.visit_no, Visit.fact_on, VisitGrounds.check_code_id)
        .join(Visit, Visit.venue_id == Venue.id)
        .outerjoin(VisitGrounds, VisitGrounds.visit_id == Visit.id)
        .where(there, *of_year, current())
    ).all()
    occasions: dict[int | str, set[tuple[Any, Any]]] = {}
    for row in rows:
        occasions.setdefault(row.credit_code or row.id, set()).add(_occasion(row))
    wanted = session.execute(select(Venue.id, Venue.credit_code).where(venues))
    often = ((row.id, len(occasions.get(row.credit_code or row.id, ()))) for row in wanted)
    return {venue_id: count for venue_id, count in often if count}
