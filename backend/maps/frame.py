"""What a map shows at first: everything that its reader works with."""

from collections.abc import Sequence

import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.models import Area
from backend.accounts.scope import Scope, area_condition
from backend.protected_sites import queries as sites
from backend.venues import queries as venues
from backend.venues.models import Venue
from geodata.tiles import ring

Frame = tuple[float, float, float, float]  # west, south, east, north, degrees
_CITY: Frame = (120.85, 30.68, 122.0, 31.88)  # Shanghai, where nothing is loaded yet
_SOME = 2000


def frame_of(
    session: Session,
    scope: Scope,
    site_id: int | None = None,
    venue_id: int | None = None,
    around_m: float = 500.0,
) -> Frame:
    """The box so far around a site or a venue, else around the reader's areas, else around venues."""
    if site_id is not None:
        return _bounds([ring(sites.site(session, scope, site_id).place, around_m)])
    if venue_id is not None and (place := venues.venue(session, scope, venue_id).place):
        return _bounds([ring(place, around_m)])
    with_outline = select(Area.place).where(area_condition(scope, Area.code), Area.place.is_not(None))
    if shapes := session.scalars(with_outline).all():
        return _bounds(shapes)
    placed = select(Venue.place).where(area_condition(scope, Venue.area_code), Venue.place.is_not(None))
    return _bounds(session.scalars(placed.limit(_SOME)).all())


def _bounds(shapes: Sequence[shapely.Geometry]) -> Frame:
    if not shapes:
        return _CITY
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return west, south, east, north
