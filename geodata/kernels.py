"""The compiled inner loops of `screening`: numpy arrays in, numpy arrays out, degrees and metres.

Importing this imports numba: for jobs and commands, never for a web process. No fast-math: the same
input gives the same bits on every machine. `python -m geodata` compiles all of it beforehand.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numba import njit

from geodata.distance import ECCENTRICITY2, SEMI_MAJOR_M
from geodata.outlines import Floats, Ints

ROW = 0.003  # degrees of latitude
_ONE_FRAME = 0.05  # degrees of latitude over which a frame changes evenly
_COLUMN_BITS, _DIGIT_BITS = 17, 11  # a key is row (16 bits), column, place; it is sorted by three digits

F = TypeVar("F", bound=Callable[..., Any])


class Venues(NamedTuple):
    """Points sorted by rows of latitude, west to east in each; `slack` says how exactly, in degrees."""

    lon: Floats
    lat: Floats
    place: Ints  # in the input
    row_start: Ints
    south: float
    slack: float


class Edges(NamedTuple):
    """Edges from (x, y) over (dx, dy) degrees to y_end; the foot of a point q beyond (x, y) lies at the
    share q · (wx, wy) of the edge, so that no loop divides. Part `p` has edges start[p] to start[p + 1]."""

    x: Floats
    y: Floats
    y_end: Floats
    dx: Floats
    dy: Floats
    wx: Floats
    wy: Floats
    start: Ints


class Frame(NamedTuple):
    """Metres a degree, east and north, and how much they change a degree of latitude."""

    kx: float
    ky: float
    kx_change: float
    ky_change: float


def compiled(function: F) -> F:
    return cast(F, njit(cache=True, nogil=True)(function))


@compiled
def frame_at(lat: float) -> Frame:
    degree = math.pi / 180
    sin, cos = math.sin(lat * degree), math.cos(lat * degree)
    w2 = 1 - ECCENTRICITY2 * sin * sin
    east = SEMI_MAJOR_M / math.sqrt(w2) * degree
    north = east * (1 - ECCENTRICITY2) / w2
    return Frame(
        east * cos, north, -degree * north * sin, 3 * degree * north * ECCENTRICITY2 * sin * cos / w2
    )


@compiled
def extent(lonlat: Floats) -> tuple[float, float, float, float]:
    """West, south, east, north of points, those with a NaN left out."""
    west, south, east, north = math.inf, math.inf, -math.inf, -math.inf
    for i in range(len(lonlat)):
        lon, lat = lonlat[i, 0], lonlat[i, 1]
        if not (math.isnan(lon) or math.isnan(lat)):
            west, south = min(west, lon), min(south, lat)
            east, north = max(east, lon), max(north, lat)
    return west, south, east, north


@compiled
def row_keys(lonlat: Floats, west: float, east: float, south: float, place_bits: int) -> Ints:
    """One sortable integer a point: its row, its column, its place. Points with a NaN get none."""
    keys = np.empty(len(lonlat), np.int64)
    columns = (1 << _COLUMN_BITS) / column_span(west, east)
    count = 0
    for i in range(len(lonlat)):
        lon, lat = lonlat[i, 0], lonlat[i, 1]
        if not (math.isnan(lon) or math.isnan(lat)):
            row, column = int((lat - south) / ROW), int((lon - west) * columns)
            keys[count] = (((row << _COLUMN_BITS) | column) << place_bits) | i
            count += 1
    return keys[:count]


@compiled
def column_span(west: float, east: float) -> float:
    """Degrees over all columns, a little more than there are, so that the easternmost point has one."""
    return (east - west) * 1.001 + 1e-9


@compiled
def sort_rows(keys: Ints, place_bits: int) -> Ints:
    """Sort by row and column, digit by digit; their places are in order already."""
    buckets = 1 << _DIGIT_BITS
    other = np.empty_like(keys)
    for turn in range(3):
        shift = place_bits + turn * _DIGIT_BITS
        at = np.zeros(buckets + 1, np.int64)
        for key in keys:
            at[((key >> shift) & (buckets - 1)) + 1] += 1
        for bucket in range(buckets):
            at[bucket + 1] += at[bucket]
        for key in keys:
            bucket = (key >> shift) & (buckets - 1)
            other[at[bucket]] = key
            at[bucket] += 1
        keys, other = other, keys
    return keys


@compiled
def venues_in_rows(
    lonlat: Floats, keys: Ints, extent: tuple[float, float, float, float], place_bits: int
) -> Venues:
    """Lay points out in the order of their sorted keys; the keys become the places."""
    west, south, east, _ = extent
    row_shift = _COLUMN_BITS + place_bits
    count = len(keys)
    lon, lat = np.empty(count), np.empty(count)
    rows = (keys[-1] >> row_shift) + 1 if count else 0
    row_start = np.zeros(rows + 1, np.int64)
    for k in range(count):
        row_start[(keys[k] >> row_shift) + 1] += 1
        keys[k] &= (1 << place_bits) - 1
        lon[k], lat[k] = lonlat[keys[k], 0], lonlat[keys[k], 1]
    for row in range(rows):
        row_start[row + 1] += row_start[row]
    return Venues(lon, lat, keys, row_start, south, column_span(west, east) / (1 << _COLUMN_BITS))


@compiled
def edges_of(xy: Floats, ring_start: Ints, part_start: Ints) -> Edges:
    """Turn corners into edges. Each edge has the frame of its own middle latitude, from that of its ring."""
    count = 0
    for r in range(len(ring_start) - 1):
        count += max(1, ring_start[r + 1] - ring_start[r] - 1)
    x, y, y_end, dx, dy = np.empty(count), np.empty(count), np.empty(count), np.empty(count), np.empty(count)
    wx, wy, start = np.zeros(count), np.zeros(count), np.empty(len(part_start), np.int64)
    e = 0
    for p in range(len(part_start) - 1):
        start[p] = e
        for r in range(part_start[p], part_start[p + 1]):
            last, middle = ring_start[r + 1] - 1, xy[ring_start[r], 1]
            frame = frame_at(middle)
            for c in range(ring_start[r], max(ring_start[r] + 1, last)):  # a point is an edge to itself
                x[e], y[e], y_end[e] = xy[c, 0], xy[c, 1], xy[min(c + 1, last), 1]
                dx[e], dy[e] = xy[min(c + 1, last), 0] - x[e], y_end[e] - y[e]
                north_of = (y[e] + y_end[e]) / 2 - middle
                if abs(north_of) > _ONE_FRAME:
                    middle, north_of = middle + north_of, 0.0
                    frame = frame_at(middle)
                kx, ky = frame.kx + north_of * frame.kx_change, frame.ky + north_of * frame.ky_change
                east, north = kx * dx[e], ky * dy[e]
                length2 = east * east + north * north
                if length2 > 0:
                    wx[e], wy[e] = kx * east / length2, ky * north / length2
                e += 1
    start[-1] = e
    return Edges(x, y, y_end, dx, dy, wx, wy, start)


@compiled
def encloses(lon: float, lat: float, x: Floats, y: Floats, y_end: Floats, dx: Floats, dy: Floats) -> bool:
    inside = False
    for e in range(x.size):
        if (y[e] > lat) != (y_end[e] > lat):
            rises = (lon - x[e]) * dy[e] < (lat - y[e]) * dx[e]
            inside ^= rises == (dy[e] > 0)
    return inside


@compiled
def nearest2(
    lon: float, lat: float, at: Frame, x: Floats, y: Floats, dx: Floats, dy: Floats, wx: Floats, wy: Floats
) -> float:
    """Squared metres to the nearest of some edges, each at the middle latitude of its foot and the point."""
    kx_half, ky_half = at.kx_change / 2, at.ky_change / 2
    nearest = math.inf
    for e in range(x.size):
        ahead_x, ahead_y = lon - x[e], lat - y[e]
        share = min(max(ahead_x * wx[e] + ahead_y * wy[e], 0.0), 1.0)
        off_x, off_y = ahead_x - share * dx[e], ahead_y - share * dy[e]
        east, north = off_x * (at.kx - kx_half * off_y), off_y * (at.ky - ky_half * off_y)
        nearest = min(nearest, east * east + north * north)
    return nearest


@compiled
def first_not_west_of(lon: Floats, begin: int, end: int, west: float) -> int:
    count = end - begin
    while count > 0:
        half = (count + 1) >> 1
        begin += half * (lon[begin + half - 1] < west)
        count -= half
    return begin


@compiled
def find_pairs(
    venues: Venues,
    edges: Edges,
    site_start: Ints,
    box: Floats,
    reach: tuple[float, Floats, float],
    site: int,
    out: tuple[Ints, Ints, Floats],
) -> tuple[int, int]:
    """Write pairs within reach, from `site` on, until `out` is full.

    `reach` is in metres, in degrees of longitude for each site, in degrees of latitude. Returns the
    site to go on with and how many pairs were written; a site is written whole or not at all.
    """
    reach_m, reach_x, reach_y = reach
    x, y, y_end, dx, dy, wx, wy, start = edges  # plain arrays: twice as fast in the loops below
    place, at_site, metres = out
    rows = len(venues.row_start) - 1
    count = 0
    while site < len(box):
        whole = count
        west, south, east, north = box[site, 0], box[site, 1], box[site, 2], box[site, 3]
        if math.isnan(west):
            site += 1
            continue
        narrow, high = reach_m / reach_x[site], reach_m / reach_y  # the shortest degrees around
        first = max(0, int((south - reach_y - venues.south) / ROW))
        last = min(rows - 1, int((north + reach_y - venues.south) / ROW))
        for turn in (-360.0, 0.0, 360.0):  # a site beside the antimeridian has neighbours beyond it
            from_lon, to_lon = west - reach_x[site] + turn, east + reach_x[site] + turn
            if to_lon < -180.0 or from_lon > 180.0:
                continue
            for row in range(first, last + 1):
                middle = venues.south + (row + 0.5) * ROW
                frame = frame_at(middle)
                end = venues.row_start[row + 1]
                begin = first_not_west_of(venues.lon, venues.row_start[row], end, from_lon - venues.slack)
                for i in range(begin, end):
                    if venues.lon[i] > to_lon + venues.slack:
                        break
                    lon, lat = venues.lon[i] - turn, venues.lat[i]
                    gap_x = max(west - lon, lon - east, 0.0) * narrow
                    gap_y = max(south - lat, lat - north, 0.0) * high
                    if gap_x * gap_x + gap_y * gap_y > reach_m * reach_m:
                        continue
                    kx, ky = (
                        frame.kx + (lat - middle) * frame.kx_change,
                        frame.ky + (lat - middle) * frame.ky_change,
                    )
                    at = Frame(kx, ky, frame.kx_change, frame.ky_change)
                    in_box, found2 = gap_x + gap_y == 0.0, math.inf
                    for p in range(site_start[site], site_start[site + 1]):
                        a, b = start[p], start[p + 1]
                        if in_box and encloses(lon, lat, x[a:b], y[a:b], y_end[a:b], dx[a:b], dy[a:b]):
                            found2 = 0.0
                        else:
                            near2 = nearest2(lon, lat, at, x[a:b], y[a:b], dx[a:b], dy[a:b], wx[a:b], wy[a:b])
                            found2 = min(found2, near2)
                    if found2 <= reach_m * reach_m:
                        if count == len(place):
                            return site, whole
                        place[count], at_site[count], metres[count] = venues.place[i], site, math.sqrt(found2)
                        count += 1
        site += 1
    return site, count


@compiled
def feet(lonlat: Floats, place: Ints, site: Ints, edges: Edges, site_start: Ints) -> Floats:
    """Longitude and latitude of the nearest point of each site's edges to each point."""
    foot = np.empty((len(place), 2))
    for k in range(len(place)):
        lon, lat = lonlat[place[k], 0], lonlat[place[k], 1]
        nearest = math.inf
        for e in range(edges.start[site_start[site[k]]], edges.start[site_start[site[k] + 1]]):
            ahead_x, ahead_y = lon - edges.x[e], lat - edges.y[e]
            ahead_x -= 360.0 * round(ahead_x / 360.0)
            share = min(max(ahead_x * edges.wx[e] + ahead_y * edges.wy[e], 0.0), 1.0)
            off_x, off_y = ahead_x - share * edges.dx[e], ahead_y - share * edges.dy[e]
            frame = frame_at(lat - off_y / 2)
            found2 = (off_x * frame.kx) ** 2 + (off_y * frame.ky) ** 2
            if found2 < nearest:
                nearest = found2
                foot[k, 0], foot[k, 1] = lon - off_x, lat - off_y
    return foot


@compiled
def order_by_venue(place: Ints, site: Ints, metres: Floats, venues: int) -> tuple[Ints, Ints, Floats]:
    """Sort pairs by venue, keeping the order of the sites."""
    at = np.zeros(venues + 1, np.int64)
    for v in place:
        at[v + 1] += 1
    for v in range(venues):
        at[v + 1] += at[v]
    by_place, by_site, by_metres = np.empty_like(place), np.empty_like(site), np.empty_like(metres)
    for k in range(len(place)):
        slot = at[place[k]]
        at[place[k]] += 1
        by_place[slot], by_site[slot], by_metres[slot] = place[k], site[k], metres[k]
    return by_place, by_site, by_metres
