"""Counting inspections and what they found in cells of a hexagonal grid (H3)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from backend.accounts.rules import Role
from backend.accounts.scope import Scope, activity_condition, area_condition
from backend.inspections.models import Standing, Violation, Visit
from backend.inspections.queries import current
from backend.maps.rules import Counts, Shown, outside_area, whole_months, within_area
from backend.venues.models import Venue


@dataclass(frozen=True, slots=True)
class Hotspot:
    """One cell with what the reader is told of it; its outline in lon/lat."""

    cell: str
    place: shapely.Polygon
    in_area: bool
    shown: Shown


@dataclass(slots=True)
class _Tally:
    """What was found by each visit of a cell, and at which venues."""

    found: dict[str, int]
    venues: set[Any]

    def counts(self) -> Counts:
        hits = [count for count in self.found.values() if count]
        return Counts(len(self.found), len(hits), sum(hits), len(self.venues))


def hotspots(
    session: Session,
    scope: Scope,
    *,
    activity: str | None = None,
    since: date | None = None,
    until: date | None = None,
    resolution: int = 8,
) -> list[Hotspot]:
    """Cells with visits: those of the reader's areas whole, others as far as they tell of nobody.

    Several checklists of one visit are one visit. A corrected visit does not count, its correction does.
    """
    inside = area_condition(scope, Visit.area_code)
    own = _tallies(_rows(session, scope, inside, activity, since, until), resolution)
    shown = [_hotspot(cell, True, within_area(tally.counts())) for cell, tally in own.items()]
    if not scope.everywhere:
        months = whole_months(since, until)
        others = _tallies(_rows(session, scope, ~inside, activity, *months), resolution)
        shown += [
            _hotspot(cell, False, told)
            for cell, tally in others.items()
            if cell not in own and (told := outside_area(tally.counts()))
        ]
    return sorted(shown, key=lambda one: (-one.shown.visits, one.cell))


def _rows(
    session: Session,
    scope: Scope,
    where: ColumnElement[bool],
    activity: str | None,
    since: date | None,
    until: date | None,
) -> Iterable[Any]:
    """Visit number, venue, position and violations found of each checklist that counts."""
    of_visit = Violation.visit_id == Visit.id
    found = select(func.count()).where(of_visit, Violation.standing == Standing.FOUND).scalar_subquery()
    theirs = true() if scope.role is Role.COORDINATOR else Visit.agency_id == scope.agency_id
    wanted = [where, theirs, current(), activity_condition(scope, Visit.activity)]
    wanted += [Visit.activity == activity] if activity else []
    wanted += [Visit.fact_on >= since] if since else []
    wanted += [Visit.fact_on <= until] if until else []
    placed = or_(Visit.lon.is_not(None), Venue.place.is_not(None))
    no_fix = and_(Visit.lon.is_(None), Visit.venue_id == Venue.id)
    chosen = select(
        Visit.visit_no, Visit.venue_id, Visit.lon, Visit.lat, Venue.place, found.label("found")
    ).outerjoin(Venue, no_fix)
    return session.execute(chosen.where(*wanted, placed).execution_options(yield_per=5000))


def _tallies(rows: Iterable[Any], resolution: int) -> dict[str, _Tally]:
    import h3

    tallies: dict[str, _Tally] = defaultdict(lambda: _Tally(defaultdict(int), set()))
    for visit_no, venue_id, lon, lat, place, found in rows:
        at = (lat, lon) if lon is not None else (place.y, place.x)
        tally = tallies[h3.latlng_to_cell(*at, resolution)]
        tally.found[visit_no] += found
        tally.venues.add(venue_id)
    return tallies


def _hotspot(cell: str, in_area: bool, shown: Shown) -> Hotspot:
    return Hotspot(cell, shapely.Polygon(_outline(cell)), in_area, shown)


def _outline(cell: str) -> Iterator[tuple[float, float]]:
    import h3

    return ((lon, lat) for lat, lon in h3.cell_to_boundary(cell))
