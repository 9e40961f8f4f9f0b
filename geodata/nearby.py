"""The sites around a point, found in memory: a request needs no compiled kernel and no database."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

import numpy as np

from geodata.distance import (
    DOUBT_M,
    TANGENT_UP_TO_M,
    distances_m,
    foot,
    less_than_half_round,
    reach_degrees,
    refuse_odd_radius,
    settle,
)
from geodata.outlines import Floats, Ints, Objects, Outlines, refuse_off_the_map

Id = TypeVar("Id", bound=Hashable)

_CELL = 0.005  # degrees, about 500 m: a circle of 200 m touches one to four cells
_ROW = round(360 / _CELL) + 1  # cells in a row round the earth
_MARGIN = 1e-9  # degrees, for rounding
_MANY_CELLS = 64  # a site over more cells than this is looked at for every point


class SiteIndex(Generic[Id]):
    """Sites in cells of half a kilometre. Finding those around a point costs the same among 8,000 and 80,000.

    Parameters
    ----------
    ids : sequence
        What to call the sites, one each.
    geometries : sequence of shapely Point, MultiPoint, Polygon, MultiPolygon or None
        Longitude and latitude in degrees, EPSG:4490. A site without a position is never found.

    Raises
    ------
    ValueError
        If there are not as many ids as geometries, or a geometry cannot be measured to.
    """

    def __init__(self, ids: Sequence[Id], geometries: Sequence[object] | Objects) -> None:
        if len(ids) != len(geometries):
            raise ValueError(f"{len(ids)} ids for {len(geometries)} sites: give one id a site")
        self._ids = ids
        self._sites = Outlines.of(geometries)
        placed = np.flatnonzero(np.isfinite(self._sites.box[:, 0]))
        west, south, east, north = _number(self._sites.box[placed] + (180, 90, 180, 90)).T
        width, height = east - west + 1, north - south + 1
        wide = width * height > _MANY_CELLS
        self._everywhere = placed[wide]

        counts = (width * height)[~wide]
        entry = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        width, west, south = (np.repeat(column[~wide], counts) for column in (width, west, south))
        cell = (south + entry // width) * _ROW + west + entry % width
        order = np.argsort(cell, kind="stable")
        self._cell = cell[order]
        self._site = np.repeat(placed[~wide], counts)[order].astype(np.int32)

    def within(self, lon: float, lat: float, radius_m: float) -> list[tuple[Id, float]]:
        """Find the sites at most so far away.

        Parameters
        ----------
        lon, lat : float
            Degrees, EPSG:4490.
        radius_m : float
            Metres, up to 300 km; a site exactly so far away is found.

        Returns
        -------
        list of (id, distance_m)
            Nearest first; 0 inside an outline, the distance to its edge in a hole.

        Raises
        ------
        ValueError
            If the point has no position or is off the map, or the radius is not a length up to 300 km.
        """
        refuse_odd_radius(radius_m)
        if not np.isfinite([lon, lat]).all():
            raise ValueError("a point without a position has no surroundings")
        refuse_off_the_map(np.array([[lon, lat]]), "point")
        near = self._touching(lon, lat, radius_m + DOUBT_M)
        if not len(near):
            return []
        metres = distances_m(lon, lat, self._sites, near)
        doubtful = (np.abs(metres - radius_m) <= DOUBT_M) | (metres > TANGENT_UP_TO_M)
        for k in np.flatnonzero(doubtful & (metres > 0)):
            metres[k] = settle(lon, lat, *foot(lon, lat, self._sites, near[k]), radius_m)
        return [
            (self._ids[near[k]], float(metres[k]))
            for k in np.argsort(metres, kind="stable")
            if metres[k] <= radius_m
        ]

    def _touching(self, lon: float, lat: float, radius_m: float) -> Ints:
        """Places of the sites whose box may lie within the radius."""
        reach_x, reach_y = (float(reach) + _MARGIN for reach in reach_degrees(lat, radius_m))
        first, last = _number(np.array([lat - reach_y, lat + reach_y]) + 90)
        rows = np.arange(first, last + 1) * _ROW
        found = [self._everywhere]
        for turned in (lon - 360, lon, lon + 360):  # a circle over the antimeridian goes on at the other end
            edges = np.clip([turned - reach_x, turned + reach_x], -180, 180)
            if edges[0] < edges[1]:
                west, east = _number(edges + 180)
                begin = np.searchsorted(self._cell, rows + west)
                end = np.searchsorted(self._cell, rows + east, side="right")
                found += [self._site[b:e] for b, e in zip(begin, end, strict=True) if b < e]
        near = np.unique(np.concatenate(found))
        west, south, east, north = self._sites.box[near].T
        aside = np.abs(less_than_half_round(lon - (west + east) / 2)) - (east - west) / 2
        touching: Ints = near[(aside <= reach_x) & (south - lat <= reach_y) & (lat - north <= reach_y)]
        return touching


def _number(degrees: Floats) -> Ints:
    return np.floor(degrees / _CELL).astype(np.int64)
