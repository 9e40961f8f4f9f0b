"""On foot from a venue to the gates of a site (步行距离): shown beside every verdict, and decides none.

Roads come from OpenStreetMap: good enough to say what to expect, not to hold against anybody. A rule that
demands walking is still measured on the ground; see `rules.way_of_measuring`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast

import shapely
from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session, aliased

from backend.core import audit
from backend.core.errors import NotFound
from backend.roads.models import RoadNetwork
from backend.roads.queries import newest_network, roads_around
from backend.screening.holding import gates_of
from backend.screening.models import MeasuredPlace, Measurement, ScreeningRun, WalkingMeasurement
from backend.screening.queries import Checked
from backend.screening.results import ON_FOOT, newest_run
from backend.screening.surroundings import VenueNear
from geodata.walking import FAR_FROM_ROADS_M, Walk

REACH_M = 1_500.0  # longer ways are not looked for
_LOADED_M = REACH_M + FAR_FROM_ROADS_M
GATES_UNKNOWN = "gates_unknown"  # 校门位置未知
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Walked:
    """The way from a venue to the nearest gate, or why it is not known; on which network of which day."""

    state: str
    metres: float | None
    venue_from_road_m: float | None
    gate_from_road_m: float | None
    network_id: int
    drawn_on: date
    source: str


def with_walking(session: Session, place: shapely.Point | None, found: list[Checked]) -> list[Checked]:
    """The sites around a venue, each with the way on foot to it; without roads as they were."""
    network = newest_network(session)
    if network is None or place is None:
        return found
    near = {one.held.distance.site.id: one.held.distance.site for checked in found for one in checked.sites}
    roads = roads_around(session, network, place.x, place.y, _LOADED_M)
    ends = [(key, gate) for key, site in near.items() for gate in _places(gates_of(site))]
    walks = roads.walks(place.x, place.y, [gate for _, gate in ends], REACH_M)
    to: dict[int, list[Walk]] = defaultdict(list)
    for (key, _), walk in zip(ends, walks, strict=True):
        to[key].append(walk)
    told = {key: _told(network, to[key]) for key in near}
    walked = [
        [replace(one, walking=told[one.held.distance.site.id]) for one in checked.sites] for checked in found
    ]
    return [replace(checked, sites=sites) for checked, sites in zip(found, walked, strict=True)]


def with_walking_from(session: Session, site: Any, near: list[VenueNear]) -> list[VenueNear]:
    """The venues around a site, each with the way on foot from it."""
    network = newest_network(session)
    if network is None or not near:
        return near
    places = [(row.venue.place.x, row.venue.place.y) for row in near if row.venue.place is not None]
    walked = _from_gates(session, network, gates_of(site), places)
    return [replace(row, walking=walk) for row, walk in zip(near, walked, strict=True)]


def measure_walking(
    session: Session,
    *,
    by: str,
    now: datetime,
    progress: Callable[[int, int | None], None] = lambda _done, _total: None,
) -> ScreeningRun:
    """Measure the way on foot for every pair that the newest run keeps, and keep it beside the run.

    Places are taken as they were when they were measured. What an earlier network said is replaced. Raises
    NotFound while nobody has screened or there are no roads.
    """
    run, network = newest_run(session), newest_network(session)
    if run is None or network is None:
        raise NotFound(screening=run and run.id, roads=network and network.id)
    session.execute(delete(WalkingMeasurement).where(WalkingMeasurement.run_id == run.id))
    sites = session.execute(
        select(Measurement.site_id, Measurement.site_as_measured)
        .where(Measurement.run_id == run.id)
        .distinct()
        .order_by(Measurement.site_id)
    ).all()
    count = 0
    for done, (site_id, measured) in enumerate(sites, 1):
        gates = session.scalar(select(MeasuredPlace.gates).where(MeasuredPlace.id == measured))
        venues = _venues_of(session, run.id, site_id)
        walked = _from_gates(session, network, gates and shapely.from_wkb(gates), list(venues.values()))
        rows = [
            {"run_id": run.id, "venue_id": venue_id, "site_id": site_id} | _kept(walk)
            for venue_id, walk in zip(venues, walked, strict=True)
        ]
        session.execute(insert(cast(Table, WalkingMeasurement.__table__)), rows)
        count += len(rows)
        progress(done, len(sites))
    detail = {"pairs": count, "network": network.id}
    audit.record(session, "screening.walk", by=by, subject=f"screening_run:{run.id}", detail=detail)
    return run


def _venues_of(session: Session, run_id: int, site_id: int) -> dict[int, Place]:
    """Where the venues stood that a run measured to a site."""
    place = aliased(MeasuredPlace)
    pairs = (
        select(Measurement.venue_id, place.place)
        .join(place, place.id == Measurement.venue_as_measured)
        .where(Measurement.run_id == run_id, Measurement.site_id == site_id)
        .order_by(Measurement.venue_id)
    )
    points = {venue_id: shapely.from_wkb(wkb) for venue_id, wkb in session.execute(pairs)}
    return {venue_id: (point.x, point.y) for venue_id, point in points.items()}


def _from_gates(
    session: Session, network: RoadNetwork, gates: shapely.Geometry | None, places: Sequence[Place]
) -> list[Walked]:
    """From each place to the gate that is nearest on foot."""
    walks: list[list[Walk]] = [[] for _ in places]
    for gate in _places(gates):
        roads = roads_around(session, network, *gate, _LOADED_M)
        for found, walk in zip(walks, roads.walks(*gate, places, REACH_M), strict=True):
            found.append(replace(walk, from_road_m=walk.to_road_m, to_road_m=walk.from_road_m))
    return [_told(network, found) for found in walks]


def _places(gates: shapely.Geometry | None) -> list[Place]:
    return [] if gates is None else [(x, y) for x, y in shapely.get_coordinates(gates).tolist()]


def _told(network: RoadNetwork, walks: Iterable[Walk]) -> Walked:
    """The shortest of some ways; where there is none, why not, of the gate nearest as the crow flies."""
    of = (network.id, network.drawn_on, network.source)
    best = min(walks, key=lambda walk: (walk.metres is None, walk.metres or walk.straight_m), default=None)
    if best is None:
        return Walked(GATES_UNKNOWN, None, None, None, *of)
    return Walked(best.state.value, best.metres, best.from_road_m, best.to_road_m, *of)


def _kept(walk: Walked) -> dict[str, Any]:
    return {name: getattr(walk, name) for name in ON_FOOT}
