"""Looking up roads. The newest network is the one that is used."""

import numpy as np
import shapely
from sqlalchemy import select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from backend.core import spatial
from backend.roads.models import Road, RoadNetwork
from geodata.walking import Network


def newest_network(session: Session) -> RoadNetwork | None:
    """The network that is used; None while nobody imported roads."""
    return session.scalar(select(RoadNetwork).order_by(RoadNetwork.id.desc()).limit(1))


def roads_around(session: Session, network: RoadNetwork, lon: float, lat: float, metres: float) -> Network:
    """Every road of a network within so many metres of a place, and some a little farther, to walk on."""
    near = spatial.near(session, Road.place, lon, lat, metres)
    columns = (type_coerce(Road.place, NullType()), Road.corners)
    rows = session.execute(select(*columns).where(near, Road.network_id == network.id)).all()
    lines = shapely.from_wkb([place for place, _ in rows])
    return Network(lines, [np.frombuffer(corners, np.int64) for _, corners in rows])
