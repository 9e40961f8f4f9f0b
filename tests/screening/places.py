"""Venues and sites for tests of distances, set out in metres east and north of one point in Shanghai."""

from datetime import UTC, date, datetime
from itertools import count

import shapely
from pyproj import Geod
from sqlalchemy.orm import Session

from backend.protected_sites.models import Site
from backend.venues.models import Licence, Venue, VenueActivity

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
DAY = date(2026, 11, 21)
ORIGIN = (121.47, 31.23)
GRS80 = Geod(ellps="GRS80")
_numbers = count()


def at(east_m: float, north_m: float = 0.0) -> tuple[float, float]:
    """Longitude and latitude of the point so many metres east, then north, of the origin."""
    lon, lat, _ = GRS80.fwd(*ORIGIN, 90, east_m)
    lon, lat, _ = GRS80.fwd(lon, lat, 0, north_m)
    return lon, lat


def square(west_m: float, south_m: float, side_m: float) -> shapely.Polygon:
    """A campus with its corner there."""
    ends = [(0, 0), (side_m, 0), (side_m, side_m), (0, side_m)]
    return shapely.Polygon([at(west_m + east, south_m + north) for east, north in ends])


def add_site(session: Session, place: shapely.Geometry, kind: str = "primary", **columns) -> Site:
    known = {"ref": f"schools:{next(_numbers)}", "name": "示例学校", "accuracy_m": 0.0, "changed_at": NOW}
    session.add(site := Site(place=place, kind=kind, **(known | columns)))
    session.flush()
    return site


def add_venue(
    session: Session,
    place: shapely.Point | tuple[float, float] | None,
    *activities: str,
    licence=None,
    **columns,
) -> Venue:
    known = {"ref": f"venues:{next(_numbers)}", "name": "示例网吧", "accuracy_m": 0.0, "changed_at": NOW}
    venue = Venue(place=shapely.Point(place) if place else None, **(known | columns))
    venue.activities = [VenueActivity(activity=activity) for activity in activities or ("internet_cafe",)]
    if licence:
        venue.licences = [
            Licence(activity=venue.activities[0].activity, number="沪网文〔2019〕0001号", **licence)
        ]
    session.add(venue)
    session.flush()
    return venue
