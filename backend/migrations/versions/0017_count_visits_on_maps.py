"""Visits know their cell of the map, and how many violations were found and wait for review."""

import sqlalchemy as sa
from alembic import op

from backend.core.spatial import Geometry
from geodata.hotspots import cell_at

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None

_ON_MAPS = [
    "cell", "area_code", "agency_id", "activity", "fact_on", "venue_id", "found", "several", "visit_no", "id",
]  # fmt: skip
_AT_ONCE = 5000


def upgrade() -> None:
    op.add_column("visits", sa.Column("cell", sa.BigInteger(), nullable=True))
    for name in ("found", "to_review"):
        op.add_column("visits", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("visits", sa.Column("several", sa.Boolean(), nullable=False, server_default=sa.false()))
    _count_violations("found", "found")
    _count_violations("to_review", "review")
    _find_cells(op.get_bind())
    op.execute(
        "UPDATE visits SET several = true WHERE EXISTS (SELECT 1 FROM visits AS other "
        "WHERE other.visit_no = visits.visit_no AND other.id <> visits.id "
        "AND coalesce(other.agency_id, 0) = coalesce(visits.agency_id, 0))"
    )
    op.create_index("ix_visits_on_maps", "visits", _ON_MAPS)


def _count_violations(column: str, standing: str) -> None:
    of_visit = f"violations WHERE visit_id = visits.id AND standing = '{standing}'"
    op.execute(
        f"UPDATE visits SET {column} = (SELECT count(*) FROM {of_visit}) "  # noqa: S608
        f"WHERE EXISTS (SELECT 1 FROM {of_visit})"
    )


def _find_cells(connection: sa.Connection) -> None:
    """All checklists of one visit stand in the cell of the first that has a place."""
    visits = sa.table(
        "visits", *map(sa.column, ("id", "visit_no", "agency_id", "venue_id", "lon", "lat", "cell"))
    )
    venues = sa.table("venues", sa.column("id"), sa.column("place", Geometry))
    columns = (visits.c.id, visits.c.visit_no, visits.c.agency_id, visits.c.lon, visits.c.lat, venues.c.place)
    known = sa.select(*columns).outerjoin(venues, venues.c.id == visits.c.venue_id).order_by(visits.c.id)
    put = visits.update().where(visits.c.id == sa.bindparam("its_id")).values(cell=sa.bindparam("its_cell"))
    first: dict[tuple[str, int | None], int] = {}
    last = 0
    while rows := connection.execute(known.where(visits.c.id > last).limit(_AT_ONCE)).all():
        found = []
        for visit_id, visit_no, agency_id, lon, lat, place in rows:
            if lon is not None or place is not None:
                at = (lon, lat) if lon is not None else (place.x, place.y)
                cell = first.setdefault((visit_no, agency_id), cell_at(*at))
                found.append({"its_id": visit_id, "its_cell": cell})
        if found:
            connection.execute(put, found)
        last = rows[-1].id
