"""Geometry of a chunk of rows in the register's own reference, or the reason why a row has none."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GeometryType

from backend.accounts.areas import Areas
from geodata.crs import to_lonlat, transform_geometry

Objects = NDArray[np.object_]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_POLYGONS = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON)
_FARTHEST_NORTH = 85.0  # beyond it distances are not measured
_CHINA = np.array([(73.0, 3.0), (136.0, 54.0)])  # where cgcs2000, gcj02 and bd09 are in use


@dataclass
class Located:
    """For each row: its shape in lon/lat, a point of it, the area that holds the point, or the problem.

    `given` is the point in the file's own coordinates, NaN where there is none.
    """

    shapes: Objects
    points: Objects
    codes: list[str | None]
    problems: list[str | None]
    notes: list[tuple[int, str]]
    given: Floats


def locate(shapes: Sequence[object], problems: Sequence[str | None], crs: str, areas: Areas) -> Located:
    """Convert a chunk at once; refuse lines, 0,0, swapped axes, and what lies outside the loaded areas."""
    found = Located(
        np.array(shapes, dtype=object), np.empty(0, object), [], list(problems), [], np.empty((0, 2))
    )
    _take_closed_lines_as_outlines(found)
    kinds = shapely.get_type_id(found.shapes)
    _refuse(found, np.isin(kinds, (1, 2, 5, 7)), "not_a_place")
    _refuse(found, shapely.equals_exact(found.shapes, shapely.Point(0, 0)), "zero_zero")
    found.given = _coordinates(shapely.point_on_surface(_repaired(found)))
    found.shapes = transform_geometry(found.shapes, crs)
    _refuse_what_lies_elsewhere(found, crs, areas)
    return found


def _refuse(found: Located, which: Flags, problem: str) -> None:
    for i in np.flatnonzero(which & ~shapely.is_missing(found.shapes)):
        found.shapes[i], found.problems[i] = None, problem


def _take_closed_lines_as_outlines(found: Located) -> None:
    lines = shapely.get_type_id(found.shapes) == GeometryType.LINESTRING
    for i in np.flatnonzero(lines & shapely.is_ring(found.shapes)):
        found.shapes[i] = shapely.Polygon(found.shapes[i])
        found.notes.append((int(i), "ring_taken_as_outline"))


def _repaired(found: Located) -> Objects:
    """The shapes, outlines that cross themselves put right."""
    for i in np.flatnonzero(~shapely.is_valid(found.shapes) & ~shapely.is_missing(found.shapes)):
        parts = shapely.get_parts(shapely.make_valid(found.shapes[i]))
        whole = shapely.union_all(parts[np.isin(shapely.get_type_id(parts), _POLYGONS)])
        if whole.is_empty:
            found.shapes[i], found.problems[i] = None, "geometry_unreadable"
        else:
            found.shapes[i] = whole
            found.notes.append((int(i), "outline_repaired"))
    return found.shapes


def _coordinates(points: Objects) -> Floats:
    return np.column_stack([shapely.get_x(points), shapely.get_y(points)])


def _refuse_what_lies_elsewhere(found: Located, crs: str, areas: Areas) -> None:
    bounds = shapely.bounds(found.shapes)
    far = ~on_earth(bounds[:, :2]) | ~on_earth(bounds[:, 2:])
    _refuse_swapped(found, far, crs, areas)
    _refuse(found, far, "coordinates_out_of_range")
    found.points = shapely.point_on_surface(found.shapes)
    found.codes = areas.codes_at(found.points)
    if len(areas):
        outside = np.array([code is None for code in found.codes], dtype=bool)
        _refuse_swapped(found, outside, crs, areas)
        _refuse(found, outside, "outside_the_loaded_areas")
    else:
        _refuse_swapped(found, ~_in_use(_coordinates(found.points), crs), crs, areas)


def _refuse_swapped(found: Located, which: Flags, crs: str, areas: Areas) -> None:
    """Of rows that lie where they should not, refuse those that would lie right with x and y exchanged."""
    doubtful = np.flatnonzero(which & ~shapely.is_missing(found.shapes))
    if not len(doubtful):
        return
    lonlat = to_lonlat(found.given[doubtful, ::-1], crs)
    if len(areas):
        right = np.array([code is not None for code in areas.codes_at(shapely.points(lonlat))], dtype=bool)
    else:
        right = on_earth(lonlat) & _in_use(lonlat, crs)
    swapped = np.zeros(len(which), dtype=bool)
    swapped[doubtful] = right
    _refuse(found, swapped, "swapped_axes")


def on_earth(lonlat: Floats) -> Flags:
    """Which points (n, 2) are longitudes and latitudes where distances can be measured."""
    return np.asarray((np.abs(lonlat) <= (180.0, _FARTHEST_NORTH)).all(axis=1))


def _in_use(lonlat: Floats, crs: str) -> Flags:
    """Which points lie where the reference is used at all; some outside may be right nevertheless."""
    low, high = _home(crs)
    return np.asarray(((lonlat >= low) & (lonlat <= high)).all(axis=1))


@cache
def _home(crs: str) -> Floats:
    if not crs.startswith("EPSG:"):
        return np.array([(-180, -90), (180, 90)]) if crs == "wgs84" else _CHINA
    from pyproj import CRS

    used = CRS.from_user_input(crs).area_of_use
    return np.reshape(used.bounds, (2, 2)) if used else _home("wgs84")
