"""The one place that knows where geometry is kept: R*Tree beside SQLite, PostGIS GiST on PostgreSQL.

Geometry is stored once, as longitude and latitude in CGCS2000 (EPSG:4490). The filters here look at boxes
only; exact distances are `geodata`'s.
"""

import math
import struct
from functools import lru_cache
from typing import Any

import shapely
from sqlalchemy import Connection, LargeBinary, TypeDecorator, func, select, table
from sqlalchemy import column as sql_column
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql import ColumnElement
from sqlalchemy.types import TypeEngine, UserDefinedType

SRID = 4490
Box = tuple[Any, ...]  # west, south, east, north: degrees, or parameters of a statement that is kept


class _PostgisGeometry(UserDefinedType[Any]):
    cache_ok = True

    def __init__(self, *_reflected: Any) -> None: ...

    def get_col_spec(self, **_: Any) -> str:
        return f"geometry(Geometry,{SRID})"


postgresql.base.ischema_names["geometry"] = _PostgisGeometry


class Geometry(TypeDecorator[shapely.Geometry]):
    """A shapely geometry in lon/lat: WKB in a BLOB on SQLite, geometry(Geometry,4490) on PostgreSQL."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return _PostgisGeometry() if dialect.name == "postgresql" else dialect.type_descriptor(LargeBinary())

    def process_bind_param(self, value: shapely.Geometry | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if dialect.name == "postgresql":
            return shapely.to_wkb(shapely.set_srid(value, SRID), hex=True, include_srid=True)
        return shapely.to_wkb(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> shapely.Geometry | None:
        return None if value is None else shapely.set_srid(shapely.from_wkb(value), 0)


def near(
    session: Session, column: InstrumentedAttribute[Any], lon: float, lat: float, metres: float
) -> ColumnElement[bool]:
    """Rows whose box may lie within `metres` of a point: a few outside are among them, none inside lacks."""
    return inside(session, column, around(lon, lat, metres))


def around(lon: float, lat: float, metres: float) -> Box:
    """A box that holds everything within `metres` of a point."""
    north = metres / 110_500  # a degree of latitude is nowhere shorter
    east = metres / (111_300 * max(math.cos(math.radians(min(abs(lat) + north, 89.9))), 1e-6))
    return lon - east, lat - north, lon + east, lat + north


def inside(session: Session, column: InstrumentedAttribute[Any], box: Box) -> ColumnElement[bool]:
    """Rows whose box touches `box`."""
    west, south, east, north = box
    if session.get_bind().dialect.name == "postgresql":
        return column.op("&&")(func.ST_MakeEnvelope(west, south, east, north, SRID))
    rows = column.class_.__table__
    tree = table(_rtree(rows.name, column.key), *map(sql_column, ("id", "west", "east", "south", "north")))
    boxes = select(tree.c.id).where(
        tree.c.east >= west, tree.c.west <= east, tree.c.north >= south, tree.c.south <= north
    )
    found: ColumnElement[bool] = rows.c.id.in_(boxes)
    return found


def _rtree(table: str, column: str) -> str:
    return f"rt_{table}_{column}"


def create_index(connection: Connection, rows: str, column: str) -> None:
    """Index a geometry column of the table `rows`: GiST, or an R*Tree that triggers keep equal to it."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"CREATE INDEX gx_{rows}_{column} ON {rows} USING gist ({column})")
        return
    tree, sides = _rtree(rows, column), ", ".join(f"humiao_side(new.{column}, {i})" for i in range(4))
    put = f"INSERT INTO {tree} SELECT new.id, {sides} WHERE humiao_side(new.{column}, 0) IS NOT NULL;"
    drop = f"DELETE FROM {tree} WHERE id = old.id;"  # noqa: S608
    for statement in (
        f"CREATE VIRTUAL TABLE {tree} USING rtree(id, west, east, south, north)",
        f"CREATE TRIGGER {tree}_new AFTER INSERT ON {rows} BEGIN {put} END",
        f"CREATE TRIGGER {tree}_moved AFTER UPDATE OF {column} ON {rows} BEGIN {drop} {put} END",
        f"CREATE TRIGGER {tree}_gone AFTER DELETE ON {rows} BEGIN {drop} END",
    ):
        connection.exec_driver_sql(statement)


def is_index_of_geometry(name: str | None) -> bool:
    """Whether a table or index was made by `create_index`: migrations do not compare those."""
    return bool(name) and str(name).startswith(("rt_", "gx_"))


def prepare_sqlite(dbapi_connection: Any) -> None:
    """Give a SQLite connection the one function that the triggers need."""
    dbapi_connection.create_function("humiao_side", 2, _side, deterministic=True)


def _side(wkb: bytes | None, which: int) -> float | None:
    return None if wkb is None else _sides(wkb)[which]


@lru_cache(maxsize=4)  # a trigger asks four times for one row
def _sides(wkb: bytes) -> tuple[float | None, ...]:
    if len(wkb) == 21:  # a point
        lon, lat = struct.unpack_from("<dd" if wkb[0] else ">dd", wkb, 5)
        return (lon, lon, lat, lat) if lon == lon else (None,) * 4
    west, south, east, north = shapely.from_wkb(wkb).bounds
    return (west, east, south, north) if west == west else (None,) * 4
