"""Every venue held against every site at once: which pairs lie within a radius, and how far apart (距离核查).

Importing this imports numba: for jobs and commands. A web process asks `geodata.nearby`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from numpy.typing import ArrayLike

from geodata import kernels
from geodata.distance import (
    DOUBT_M,
    TANGENT_UP_TO_M,
    point_to_point_m,
    reach_degrees,
    refuse_odd_radius,
    settle,
)
from geodata.outlines import MAX_LATITUDE, Floats, Ints, Objects, Outlines, refuse_off_the_map

Pairs = tuple[Ints, Ints, Floats]

_LONG_EDGE = 0.02  # degrees, about 2 km: one frame serves an edge no longer
_PAIRS_AT_ONCE = 65_536


def pairs_within(venues: ArrayLike, sites: Sequence[object] | Objects, radius_m: float) -> Pairs:
    """Find the pairs of a venue and a site that lie at most so far apart, and measure them.

    Parameters
    ----------
    venues : float64 (n, 2)
        Longitude and latitude, degrees, EPSG:4490. A row with a NaN has no position and no pairs.
    sites : sequence of shapely Point, MultiPoint, Polygon, MultiPolygon or None
        Longitude and latitude, degrees, EPSG:4490; any number of corners. None and empty geometries
        have no pairs.
    radius_m : float
        Metres, above 0, up to 300 km. A pair exactly so far apart is found: within 2 cm the geodesic decides,
        and 0.01 mm is a rounding error.

    Returns
    -------
    venue_index, site_index : int64 (k,)
        Places in the input, sorted by venue, then by site.
    distance_m : float64 (k,)
        Straight line to the outline: 0 inside, the distance to the edge in a hole; as exact as
        `geodata.distance` up to 10 km, to an outline within 1 in 10,000 at 100 km, 1 in 1,000 at 300 km.

    Raises
    ------
    ValueError
        If a position is off the map or nearer than 5 degrees to a pole, a site is of another kind, has a
        NaN corner or is drawn on both sides of the antimeridian (a pair may lie across it: 179.9999 and
        -179.9999 are neighbours), or the radius is not a length up to 300 km. The message says which.
    """
    refuse_odd_radius(radius_m)
    lonlat = np.require(venues, np.float64, ["C", "A", "W"])
    if lonlat.ndim != 2 or lonlat.shape[1] != 2:
        raise ValueError(f"venues of shape {lonlat.shape}: give an array (n, 2) of longitude and latitude")
    outlines = Outlines.of(_with_short_edges(sites))
    in_rows = _in_rows(lonlat)
    if not (len(in_rows.lon) and len(outlines.xy)):
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
    edges = kernels.edges_of(outlines.xy, outlines.ring_start, outlines.part_start)

    venue, site, metres = map(np.concatenate, zip(*_near(in_rows, outlines, edges, radius_m), strict=True))
    doubtful = (np.abs(metres - radius_m) <= DOUBT_M) | (metres > TANGENT_UP_TO_M)
    again = np.flatnonzero(doubtful & (metres > 0))
    if len(again):
        foot = kernels.feet(lonlat, venue[again], site[again], edges, outlines.site_start)
        lon, lat = lonlat[venue[again]].T
        metres[again] = settle(lon, lat, foot[:, 0], foot[:, 1], radius_m)
    if (within := metres <= radius_m).all():
        return kernels.order_by_venue(venue, site, metres, len(lonlat))
    return kernels.order_by_venue(venue[within], site[within], metres[within], len(lonlat))


def compile_kernels() -> None:
    """Compile everything that `pairs_within` needs and keep it on disk: seconds once, at installation."""
    limit_m = float(point_to_point_m(121.0, 31.0, 121.001, 31.0))
    pairs_within(
        [[121.0, 31.0]], [shapely.Point(121.001, 31.0)], limit_m
    )  # at the limit, so that all is needed


def _in_rows(lonlat: Floats) -> kernels.Venues:
    extent = west, south, east, north = kernels.extent(lonlat)
    if max(-west, east) > 180 or max(-south, north) > MAX_LATITUDE:
        refuse_off_the_map(lonlat, "venue")
    place_bits = len(lonlat).bit_length()
    keys = kernels.row_keys(lonlat, west, east, south, place_bits)
    return kernels.venues_in_rows(lonlat, kernels.sort_rows(keys, place_bits), extent, place_bits)


def _with_short_edges(sites: Sequence[object] | Objects) -> Objects:
    geoms = np.empty(len(sites), dtype=object)
    geoms[:] = sites
    west, south, east, north = shapely.bounds(geoms).reshape(-1, 4).T
    if (wide := np.flatnonzero(east - west > 180)).size:
        raise ValueError(f"site {wide[0]} lies on both sides of the antimeridian: give each side as a site")
    long = (east - west > _LONG_EDGE) | (north - south > _LONG_EDGE)
    geoms[long] = shapely.segmentize(geoms[long], _LONG_EDGE)
    return geoms


def _near(in_rows: kernels.Venues, sites: Outlines, edges: kernels.Edges, radius_m: float) -> Iterator[Pairs]:
    """Pairs that the plane measures within the radius and a margin of doubt, in the order of the sites."""
    reach_m = radius_m + (DOUBT_M if radius_m <= TANGENT_UP_TO_M else radius_m / 20)
    reach_x, reach_y = reach_degrees(np.abs(sites.box[:, 1::2]).max(axis=1), reach_m)
    site, size = 0, _PAIRS_AT_ONCE
    while site < len(sites.box):
        out = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size)
        reach = reach_m, reach_x, reach_y
        onward, count = kernels.find_pairs(in_rows, edges, sites.site_start, sites.box, reach, site, out)
        yield out[0][:count], out[1][:count], out[2][:count]
        size = size if onward > site else 2 * size  # one site alone may have more pairs than that
        site = onward
