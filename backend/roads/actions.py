"""Taking a network of roads in. The caller owns the transaction; a refused file leaves nothing behind."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import cast

import numpy as np
import shapely
from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from backend.core import audit
from backend.imports.errors import FileRefused
from backend.imports.opening import refusing, sha256_of, stated
from backend.roads.models import Road, RoadNetwork
from geodata.crs import to_lonlat
from geodata.roads import Road as ReadRoad
from geodata.roads import read_roads

_AT_ONCE = 5_000


def import_roads(
    session: Session,
    path: Path,
    *,
    crs: str | None,
    drawn_on: date,
    source: str,
    by: str,
    now: datetime,
    progress: Callable[[int, int | None], None] = lambda _done, _total: None,
) -> RoadNetwork:
    """Keep the walkable roads of an OpenStreetMap extract as a new network, which is used from now on.

    Raises FileRefused when the file cannot be read, states no reference, or holds no road.
    """
    crs = stated(crs)
    network = RoadNetwork(
        file_name=path.name, file_sha256=sha256_of(path), source=source, source_crs=crs,
        drawn_on=drawn_on, roads=0, by=by, at=now,
    )  # fmt: skip
    session.add(network)
    session.flush()
    with refusing(path):
        roads = read_roads(path)
        while some := list(islice(roads, _AT_ONCE)):
            rows = [_row(network.id, road, crs) for road in some]
            session.execute(insert(cast(Table, Road.__table__)), rows)
            network.roads += len(some)
            progress(network.roads, None)
    if not network.roads:
        raise FileRefused("no_roads", f"{path.name} holds no road on which somebody may walk")
    detail = {"roads": network.roads, "sha256": network.file_sha256}
    audit.record(session, "roads.import", by=by, subject=f"road_network:{network.id}", detail=detail)
    return network


def _row(network_id: int, road: ReadRoad, crs: str) -> dict[str, object]:
    return {
        "network_id": network_id,
        "osm_id": road.osm_id,
        "kind": road.kind[:32],
        "name": road.name and road.name[:255],
        "place": shapely.LineString(to_lonlat(road.xy, crs)),
        "corners": road.corners.astype(np.int64).tobytes(),
    }
