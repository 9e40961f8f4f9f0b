"""OpenStreetMap extracts, as XML or PBF."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.layers.layer import Row, Source, Values, find_column
from geodata.layers.unpack import damaged

# A closed way with one of these is an area, as in GDAL's osmconf.ini; `area=yes` and `area=no` decide first.
_AREA_KEYS = {"aeroway", "amenity", "boundary", "building", "craft", "geological", "historic", "landuse"}
_AREA_KEYS |= {"leisure", "military", "natural", "office", "place", "shop", "sport", "tourism"}
_AREA_TAGS = {("highway", "platform"), ("public_transport", "platform")}


def read_osm(path: Path, kind: str, only: Mapping[str, Collection[str]]) -> Source:
    """Every tagged object in file order, a column a tag; ``@id`` is ``node/1``, ``way/2`` or ``relation/3``.

    A closed way with the tags of an area and a relation of type multipolygon or boundary become polygons,
    other ways lines. A relation of another type has no geometry. What `only` leaves out is counted.
    """
    import osmium

    columns: set[str] = set()
    rows: list[Row] = []
    areas: dict[str, BaseGeometry] = {}  # they come some time after the way or relation that they belong to
    total = 0
    try:
        file = osmium.io.File(str(path), kind)
        things: Any = osmium.FileProcessor(file).with_areas().with_filter(osmium.filter.EmptyTagFilter())
        for thing in things:
            asked = {key: thing.tags.get(key) for key in only}
            columns.update(key for key, cell in asked.items() if cell is not None)
            if all(cell in only[key] for key, cell in asked.items()):
                values = Values({"@id": _id(thing)} | {tag.k: tag.v for tag in thing.tags})
                columns |= values.keys()
                if not thing.is_area():
                    rows.append(Row(total, values, _point_or_line(thing, values), None))
                elif not thing.from_way() or _has_area_tags(values):
                    areas[_id(thing)] = _polygon(thing)
            total += not thing.is_area()
    except RuntimeError as error:
        raise damaged(f"the OpenStreetMap file cannot be read ({error})") from error
    for key in only:
        find_column(sorted(columns - {"@id"}), key)  # nothing has this tag: a slip of the pen
    return Source(sorted(columns), lambda: _with_areas(rows, areas), True, "EPSG:4326", total)


def _id(thing: Any) -> str:
    if thing.is_area():
        return f"{'way' if thing.from_way() else 'relation'}/{thing.orig_id()}"
    return f"{({'n': 'node', 'w': 'way', 'r': 'relation'})[thing.type_str()]}/{thing.id}"


def _has_area_tags(values: Values) -> bool:
    if values["area"] in ("yes", "no"):
        return values["area"] == "yes"
    return not _AREA_KEYS.isdisjoint(values) or not _AREA_TAGS.isdisjoint(values.items())


def _polygon(area: Any) -> BaseGeometry:
    import osmium

    shape = shapely.from_wkb(osmium.geom.WKBFactory().create_multipolygon(area))
    return shape.geoms[0] if len(shape.geoms) == 1 else shape


def _point_or_line(thing: Any, values: Values) -> BaseGeometry | None:
    """None for relations, and for ways that will come again as an area or lack nodes in this extract."""
    if thing.is_node():
        return shapely.Point(thing.lon, thing.lat)
    if thing.is_relation() or (thing.is_closed() and _has_area_tags(values)):
        return None
    nodes = [(node.lon, node.lat) for node in thing.nodes if node.location.valid()]
    return shapely.LineString(nodes) if len(nodes) == len(thing.nodes) > 1 else None


def _with_areas(rows: list[Row], areas: dict[str, BaseGeometry]) -> Iterator[Row]:
    for row in rows:
        geometry = row.geometry or areas.get(str(row.values["@id"]))
        yield Row(row.number, row.values, geometry, None if geometry else "geometry_unreadable")
