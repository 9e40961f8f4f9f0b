"""Visits know their cell of the map and what was found; networks of roads, and ways measured on them."""

import sqlalchemy as sa
from alembic import op

from backend.core import db, spatial
from geodata.hotspots import cell_at

revision = "0017"
down_revision = "0016"
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
    fill(op.get_bind())
    op.create_index("ix_visits_on_maps", "visits", _ON_MAPS)
    _keep_roads()


def _keep_roads() -> None:
    op.create_table(
        "road_networks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=255), nullable=False),
        sa.Column("source_crs", sa.String(length=32), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("roads", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", db.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_road_networks")),
    )
    op.create_table(
        "roads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("osm_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=True),
        sa.Column("place", spatial.Geometry(), nullable=False),
        sa.Column("corners", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["road_networks.id"],
            name=op.f("fk_roads_network_id_road_networks"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roads")),
    )  # fmt: skip
    op.create_index("ix_roads_network_id_kind", "roads", ["network_id", "kind"])
    spatial.create_index(op.get_bind(), "roads", "place")
    op.create_table(
        "walking_measurements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("metres", sa.Double(), nullable=True),
        sa.Column("venue_from_road_m", sa.Double(), nullable=True),
        sa.Column("gate_from_road_m", sa.Double(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [f"{name}_id"], [f"{table}.id"],
                name=op.f(f"fk_walking_measurements_{name}_id_{table}"), ondelete="CASCADE",
            )
            for name, table in (("run", "screening_runs"), ("venue", "venues"), ("site", "sites"))
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["road_networks.id"],
            name=op.f("fk_walking_measurements_network_id_road_networks"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walking_measurements")),
        sa.UniqueConstraint("run_id", "venue_id", "site_id", name=op.f("uq_walking_measurements_run_id")),
    )  # fmt: skip
    for name in ("venue", "site"):
        op.create_index(op.f(f"ix_walking_measurements_{name}_id"), "walking_measurements", [f"{name}_id"])


def fill(connection: sa.Connection) -> None:
    """Work out for every visit what is noted of new ones when they are recorded."""
    for column, standing in (("found", "found"), ("to_review", "review")):
        of_visit = f"violations WHERE visit_id = visits.id AND standing = '{standing}'"
        connection.exec_driver_sql(
            f"UPDATE visits SET {column} = (SELECT count(*) FROM {of_visit}) "  # noqa: S608
            f"WHERE EXISTS (SELECT 1 FROM {of_visit})"
        )
    connection.exec_driver_sql(
        "UPDATE visits SET several = true WHERE EXISTS (SELECT 1 FROM visits AS other "
        "WHERE other.visit_no = visits.visit_no AND other.id <> visits.id "
        "AND coalesce(other.agency_id, 0) = coalesce(visits.agency_id, 0))"
    )
    _find_cells(connection)


def _find_cells(connection: sa.Connection) -> None:
    """All checklists of one visit stand in the cell of the first that has a place."""
    visits = sa.table(
        "visits", *map(sa.column, ("id", "visit_no", "agency_id", "venue_id", "lon", "lat", "cell"))
    )
    venues = sa.table("venues", sa.column("id"), sa.column("place", spatial.Geometry))
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
