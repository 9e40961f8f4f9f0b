"""Corners of many geometries in flat arrays: what every distance here is measured on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Objects = NDArray[np.object_]

MAX_LATITUDE = 85.0  # nearer to a pole the frames of `distance` lose their millimetres

_NONE, _POINT, _POLYGON, _MULTIPOINT, _MULTIPOLYGON = -1, 0, 3, 4, 6  # shapely's type ids


@dataclass(frozen=True, slots=True)
class Outlines:
    """Sites as rows of corners.

    Site `s` has the parts site_start[s] to site_start[s + 1], none where it has no position. A part is
    a point or a polygon with its holes, and has the rings part_start[p] to part_start[p + 1]. A ring
    has the corners xy[ring_start[r]] to xy[ring_start[r + 1]], the last one equal to the first; that
    of a point has one corner. `box[s]` is west, south, east, north of a site, NaN where it has none.
    """

    xy: Floats
    ring_start: Ints
    part_start: Ints
    site_start: Ints
    box: Floats

    @classmethod
    def of(cls, sites: Sequence[object] | Objects) -> Outlines:
        """Take the corners out of points and polygons.

        Parameters
        ----------
        sites : sequence of shapely Point, MultiPoint, Polygon, MultiPolygon or None
            Longitude and latitude in degrees, EPSG:4490. None, an empty geometry and a point whose
            coordinates are NaN have no position: they keep their place and get no corners.

        Returns
        -------
        Outlines
            In the order given.

        Raises
        ------
        ValueError
            If a geometry is of another kind, has a corner that is not a number, or leaves
            -180..180 degrees of longitude, -85..85 of latitude. It is named by its place, from 0.
        """
        geoms = np.empty(len(sites), dtype=object)
        geoms[:] = sites
        _refuse_other_kinds(geoms)
        rings, part, site = _rings(geoms)
        xy = shapely.get_coordinates(rings)
        if not np.isfinite(xy).all():
            return cls.of(_without_nan_points(geoms))
        box = shapely.bounds(geoms).reshape(-1, 4)
        refuse_off_the_map(box[:, :2], "site")
        refuse_off_the_map(box[:, 2:], "site")
        return cls(
            xy=xy,
            ring_start=np.append(0, np.cumsum(shapely.get_num_coordinates(rings))),
            part_start=np.searchsorted(part, np.arange(len(site) + 1)),
            site_start=np.searchsorted(site, np.arange(len(geoms) + 1)),
            box=box,
        )


def refuse_off_the_map(lonlat: Floats, what: str) -> None:
    """Raise ValueError for the first longitude and latitude (n, 2) out of range; NaN passes."""
    off = np.flatnonzero((np.abs(lonlat[:, 0]) > 180.0) | (np.abs(lonlat[:, 1]) > MAX_LATITUDE))
    if len(off):
        lon, lat = lonlat[off[0]]
        raise ValueError(
            f"{what} {off[0]} lies at ({lon:.6f}, {lat:.6f}): write longitude (-180 to 180) before "
            f"latitude (-{MAX_LATITUDE:g} to {MAX_LATITUDE:g}), in degrees"
        )


def _refuse_other_kinds(geoms: Objects) -> None:
    allowed = (_NONE, _POINT, _POLYGON, _MULTIPOINT, _MULTIPOLYGON)
    others = np.flatnonzero(~np.isin(shapely.get_type_id(geoms), allowed))
    if len(others):
        kind = geoms[others[0]].geom_type
        raise ValueError(f"site {others[0]} is a {kind}: give Point, MultiPoint, Polygon or MultiPolygon")


def _without_nan_points(geoms: Objects) -> Objects:
    corners, site = shapely.get_coordinates(geoms, return_index=True)
    broken = np.unique(site[~np.isfinite(corners).all(axis=1)])
    shapes = broken[shapely.get_type_id(geoms[broken]) != _POINT]
    if len(shapes):
        raise ValueError(f"site {shapes[0]} has a corner that is not a number")
    positioned = geoms.copy()
    positioned[broken] = None
    return positioned


def _rings(geoms: Objects) -> tuple[Objects, Ints, Ints]:
    """Rings (and points) in the order of their sites; the part of each ring; the site of each part."""
    plain = np.isin(shapely.get_type_id(geoms), (_POINT, _POLYGON)) & ~shapely.is_empty(geoms)
    plain &= shapely.get_num_interior_rings(geoms) == 0
    site, rest = np.flatnonzero(plain), np.flatnonzero(~plain)
    if not len(rest):
        return geoms, site, site  # one ring a site: shapely reads its corners without taking it apart

    parts, owner = shapely.get_parts(geoms[rest], return_index=True)
    filled = ~shapely.is_empty(parts)
    parts, owner = parts[filled], rest[owner[filled]]
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    points = np.flatnonzero(shapely.get_type_id(parts) == _POINT)
    part = np.concatenate([np.full(len(site), -1), ring_part, points])
    site = np.concatenate([site, owner[ring_part], owner[points]])
    order = np.lexsort((part, site))
    part, site = part[order], site[order]
    begins = (np.diff(part, prepend=-2) != 0) | (np.diff(site, prepend=-2) != 0)
    return np.concatenate([geoms[plain], rings, parts[points]])[order], np.cumsum(begins) - 1, site[begins]
