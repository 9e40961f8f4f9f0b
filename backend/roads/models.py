"""One network an import; older ones stay, so that what was measured on them can be explained."""

from datetime import date, datetime

import shapely
from sqlalchemy import BigInteger, Date, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base, UtcDateTime
from backend.core.spatial import Geometry


class RoadNetwork(Base):
    """The roads of one file. `drawn_on` is the day of which the file says how the roads were."""

    __tablename__ = "road_networks"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(String(255))
    file_sha256: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(255))
    source_crs: Mapped[str] = mapped_column(String(32))
    drawn_on: Mapped[date] = mapped_column(Date)
    roads: Mapped[int]
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Road(Base):
    """One way. `corners` are the numbers of its nodes (int64): roads meet where they share one."""

    __tablename__ = "roads"

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("road_networks.id", ondelete="CASCADE"))
    osm_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(32))
    name: Mapped[str | None] = mapped_column(String(255))
    place: Mapped[shapely.LineString] = mapped_column(Geometry)
    corners: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (Index("ix_roads_network_id_kind", "network_id", "kind"),)
