"""Where something gathers: cells of a hexagonal grid (H3), and which of them stand out (Getis-Ord Gi*).

A cell is the whole number of H3's own index, so that a column of a database holds it and a hexagon is a
range of whole numbers. Positions are longitude and latitude in CGCS2000 (EPSG:4490), which H3 takes as WGS84.

`h3` is loaded when a cell is asked for: a web worker starts without it.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.outlines import Floats, Ints

FINEST = 8  # resolution at which places are kept: cells of about 0.7 km2
_LEVEL_AT, _DIGIT_BITS, _DIGITS = 52, 3, 15
_LEVEL = 0b1111 << _LEVEL_AT


def cell_at(lon: float, lat: float, resolution: int = FINEST) -> int:
    """Say in which cell a place lies.

    Parameters
    ----------
    lon, lat : float
        Degrees, EPSG:4490.
    resolution : int
        Of H3: 0 is the coarsest, 15 the finest.

    Returns
    -------
    int
        H3's index; positive, fits 64 bits with a sign.
    """
    import h3

    return int(h3.str_to_int(h3.latlng_to_cell(lat, lon, resolution)))


def parent_bits(resolution: int) -> tuple[int, int]:
    """Say how a cell becomes the larger cell that holds it, in numbers that a database can work with too.

    Parameters
    ----------
    resolution : int
        Of the larger cell; not finer than the cell itself.

    Returns
    -------
    keep, put : int
        The larger cell is ``cell & keep | put``.
    """
    unused = (1 << (_DIGITS - resolution) * _DIGIT_BITS) - 1
    return ~(_LEVEL | unused) & (1 << 63) - 1, resolution << _LEVEL_AT | unused


def parents_of(cells: Ints, resolution: int) -> Ints:
    """Find the larger cells that hold some cells.

    Parameters
    ----------
    cells : int64
    resolution : int
        Of the larger cells; not finer than any of `cells`.

    Returns
    -------
    int64, of the shape of `cells`
    """
    keep, put = parent_bits(resolution)
    found: Ints = cells & keep | put
    return found


def finest_within(cell: int) -> tuple[int, int]:
    """Say between which numbers all cells of resolution `FINEST` lie that a cell holds, both included.

    Parameters
    ----------
    cell : int
        Not finer than `FINEST`.

    Returns
    -------
    first, last : int
    """
    resolution = (cell & _LEVEL) >> _LEVEL_AT
    free = ((1 << (FINEST - resolution) * _DIGIT_BITS) - 1) << (_DIGITS - FINEST) * _DIGIT_BITS
    whole = cell & ~_LEVEL | FINEST << _LEVEL_AT
    return whole & ~free, whole


def name_of(cell: int) -> str:
    """The cell as H3 writes it: fifteen hexadecimal digits.

    Parameters
    ----------
    cell : int

    Returns
    -------
    str
    """
    import h3

    return str(h3.int_to_str(cell))


def named(name: str) -> int:
    """Read the name of a cell.

    Parameters
    ----------
    name : str
        Fifteen hexadecimal digits.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If no cell has this name, or it is finer than `FINEST`.
    """
    import h3

    if not h3.is_valid_cell(name) or h3.get_resolution(name) > FINEST:
        raise ValueError(f"{name!r} is no cell of resolution 0 to {FINEST}")
    return int(h3.str_to_int(name))


def corners(cell: int) -> list[tuple[float, float]]:
    """The outline of a cell.

    Parameters
    ----------
    cell : int

    Returns
    -------
    list of (float, float)
        Longitude and latitude, degrees; six corners, rarely five, the first not said again.
    """
    import h3

    return [(lon, lat) for lat, lon in h3.cell_to_boundary(name_of(cell))]


@lru_cache(maxsize=8)
def _cells_side_by_side(packed: bytes) -> tuple[Ints, Ints]:
    import h3

    cells: list[int] = np.frombuffer(packed, np.int64).tolist()
    place = {name_of(cell): number for number, cell in enumerate(cells)}
    pairs = [
        (number, place[near])
        for name, number in place.items()
        for near in h3.grid_disk(name, 1)
        if near in place
    ]
    both = np.array(pairs, np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def cells_side_by_side(cells: Ints) -> tuple[Ints, Ints]:
    """Pair each of some cells with itself and with those of them that touch it; the last answers are kept.

    Parameters
    ----------
    cells : int64 (n,)
        Each once, of one resolution.

    Returns
    -------
    one, other : int64
        Places in `cells`.
    """
    return _cells_side_by_side(np.ascontiguousarray(cells, np.int64).tobytes())


def areas_side_by_side(shapes: NDArray[np.object_], gap: float = 1e-4) -> tuple[Ints, Ints]:
    """Pair each of some areas with itself and with those of them that border on it.

    Parameters
    ----------
    shapes : array of shapely geometry or None
        Degrees; what has no shape borders on nothing but itself.
    gap : float
        Degrees by which two neighbours may lie apart: outlines of two sources never fit exactly.

    Returns
    -------
    one, other : int64
        Places in `shapes`.
    """
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=gap)
    alone = np.flatnonzero(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    return np.append(one, alone), np.append(other, alone)


def gi_star(values: Floats, one: Ints, other: Ints) -> Floats:
    """Say how far the sum over a place and its neighbours lies from what chance would gather there.

    Getis and Ord's Gi* with equal weights, as a standard score: 2 and more is unusually much, -2 and less
    unusually little.

    Parameters
    ----------
    values : float64 (n,)
        One for each place, for instance the share of visits that found something.
    one, other : int64
        Neighbours, each place paired with itself too; see `cells_side_by_side`.

    Returns
    -------
    float64 (n,)
        NaN where nothing can be said: all values alike, or everything is the neighbour of everything.
    """
    count = len(values)
    if count < 2:
        return np.full(count, np.nan)
    mean, spread = values.mean(), values.std()
    near = np.bincount(one, minlength=count).astype(np.float64)
    total = np.bincount(one, weights=values[other], minlength=count)
    expected_spread = spread * np.sqrt((count * near - near**2) / (count - 1))
    flat = expected_spread <= 1e-12 * max(abs(mean), 1e-300)
    score: Floats = np.divide(total - mean * near, expected_spread, out=np.full(count, np.nan), where=~flat)
    return score


def chance_of(scores: Floats) -> Floats:
    """Say how often chance alone gives a score so far from 0 or farther, on either side.

    Parameters
    ----------
    scores : float64 (n,)
        Standard scores; NaN says nothing.

    Returns
    -------
    float64 (n,)
        Between 0 and 1; 1 for NaN.
    """
    return np.array([1.0 if math.isnan(z) else math.erfc(abs(z) / math.sqrt(2)) for z in scores.tolist()])


def false_discovery(chances: Floats) -> Floats:
    """Say for each place how many of a hundred would be false alarms if it and all clearer ones were named.

    Benjamini and Hochberg's step-up, so that a map of a thousand cells does not name fifty by chance.

    Parameters
    ----------
    chances : float64 (n,)
        Chances of one place alone, see `chance_of`.

    Returns
    -------
    float64 (n,)
        The expected share of false alarms, between 0 and 1; never less than the chance itself.
    """
    count = len(chances)
    order = np.argsort(chances, kind="stable")
    each = chances[order] * count / np.arange(1, count + 1)
    share = np.empty(count)
    share[order] = np.minimum(np.minimum.accumulate(each[::-1])[::-1], 1.0)
    return share


@lru_cache(maxsize=8192)  # a city
def polygon(cell: int) -> dict[str, Any]:
    """The outline of a cell as GeoJSON, to about 0.1 m; kept, so nobody may change it.

    Parameters
    ----------
    cell : int

    Returns
    -------
    dict
        A Polygon whose ring is closed.
    """
    ring = [[round(lon, 6), round(lat, 6)] for lon, lat in corners(cell)]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
