"""A site's surroundings (校园周边): the venues around it, nearest first, and how the law stands to each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
from sqlalchemy import select, true
from sqlalchemy.orm import Session, selectinload

from backend.accounts.rules import Role
from backend.accounts.scope import Scope
from backend.core import spatial
from backend.core.settings import Settings
from backend.protected_sites.models import Site
from backend.protected_sites.rules import is_open
from backend.rulebook import queries as rulebook
from backend.screening.holding import Held, Sites, hold
from backend.screening.papers import begun_on, error_of, licence_no
from backend.screening.queries import SHOWN_M
from backend.screening.rules import CameFirst, which_came_first
from backend.venues.models import Venue
from backend.venues.queries import visible
from geodata.distance import farthest_corner_m


@dataclass(frozen=True, slots=True)
class VenueNear:
    """A venue near a site, and what the rule says of one of its activities."""

    venue: Venue
    activity: str
    licence_no: str | None
    held: Held
    came_first: CameFirst
    walking: Any = None  # on foot, where somebody asks for it; see `walking`


def surroundings(
    session: Session, settings: Settings, scope: Scope, site: Site, *, on: date, within_m: float = SHOWN_M
) -> list[VenueNear]:
    """The venues around a site, nearest first, a row for each activity that the caller may see.

    A school sees all around itself, on whichever side of a district's border.
    """
    on_day, near, found = rulebook.current(session).on(on), Sites([site]), []
    is_there = is_open(site.opened_on, site.closed_on, on)
    for venue, place in _venues_around(session, scope, site, within_m):
        (distance,) = near.distances(place.x, place.y)
        for activity in sorted(does.activity for does in venue.activities if scope.concerns(does.activity)):
            rule = on_day.distance_rule(activity, site.kind, venue.area_code) if is_there else None
            held = hold(place.x, place.y, distance, rule, error_of(venue, settings), settings)
            came_first = which_came_first(begun_on(venue, activity), site.opened_on)
            found.append(VenueNear(venue, activity, licence_no(venue, activity), held, came_first))
    wanted = (row for row in found if row.held.distance.boundary_m <= within_m)
    return sorted(wanted, key=lambda row: row.held.distance.boundary_m)


def _venues_around(
    session: Session, scope: Scope, site: Site, within_m: float
) -> Iterator[tuple[Venue, shapely.Point]]:
    """Venues that may be so near, and where they are."""
    centre = site.place.envelope.centroid
    reach_m = within_m + farthest_corner_m(centre.x, centre.y, site.place)
    mine = true() if scope.role is Role.REPORTER else visible(scope)
    found = session.scalars(
        select(Venue)
        .where(spatial.near(session, Venue.place, centre.x, centre.y, reach_m), mine)
        .options(selectinload(Venue.activities), selectinload(Venue.licences))
    )
    return ((venue, venue.place) for venue in found if venue.place is not None)
