"""Venues and sites for tests of distances, set out in metres east and north of one point in Shanghai."""

import random
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


def random_register(session: Session, seed: int) -> None:
    """Sites known by outlines, gates and points, venues doing several things, errors of all sizes."""
    dice = random.Random(seed)
    spot = lambda reach=900: at(dice.uniform(-reach, reach), dice.uniform(-reach, reach))  # noqa: E731
    kinds = ["primary", "middle", "kindergarten", "other"]
    for _ in range(25):
        east, north, side = dice.uniform(-900, 900), dice.uniform(-900, 900), dice.uniform(20, 200)
        outline, point = square(east, north, side), shapely.Point(spot())
        gates = shapely.MultiPoint([at(east + dice.uniform(-40, side), north) for _ in range(2)])
        place, beside = dice.choice(
            [(outline, None), (outline, gates), (point, None), (gates, None), (point, gates)]
        )
        accuracy_m = dice.choice([None, 0, 5, 30, 700])
        add_site(session, place, dice.choice(kinds), gates=beside, accuracy_m=accuracy_m)
    for _ in range(40):
        activities = dice.sample(
            ["internet_cafe", "song_and_dance", "bar", "tobacco", "hotel"], dice.randint(1, 3)
        )
        columns = {
            "accuracy_m": dice.choice([None, 0, 10, 400]),
            "extent_m": dice.choice([0, 0, 35.5]),
            "area_code": dice.choice([None, "310115", "310112003"]),
        }
        add_venue(session, spot(), *activities, **columns)
