"""The shifted coordinates of Chinese web maps: GCJ-02 (国测局坐标) and BD-09 (百度坐标), there and back.

The forward formulas are those that every public implementation shares; the inverses are found by iteration,
to far below a millimetre. All functions take and give float64 (n, 2), longitude and latitude in degrees,
and leave alone what lies outside the rectangle that maps take for China. Within about 1 km of its border,
abroad and at sea, nobody can tell shifted from unshifted positions; nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from geodata.outlines import Floats

_WEST, _SOUTH, _EAST, _NORTH = 72.004, 0.8293, 137.8347, 55.8271
_SEMI_MAJOR_M, _ECCENTRICITY2 = 6_378_245.0, 0.00669342162296594323  # Krasovsky 1940: the shift is its own
_BEATS = np.pi * np.array([6, 2, 1, 1 / 3, 1 / 12, 1 / 30])
_EAST_BY_X = np.array([20, 20, 20, 40, 150, 300]) * 2 / 3
_NORTH_BY_X = np.array([20, 20, 0, 0, 0, 0]) * 2 / 3
_NORTH_BY_Y = np.array([0, 0, 20, 40, 160, 320]) * 2 / 3
_BAIDU_WAVE = np.pi * 3000 / 180
_CLOSE = 1e-12  # degrees, 0.0001 mm
_MANY_ROUNDS = 30  # seven are enough


def gcj02_from_wgs84(lonlat: Floats) -> Floats:
    """Shift true positions (WGS84, CGCS2000) as Chinese maps must: by 100 to 700 m."""
    return _in_china(lambda true: true + _shift(true), lonlat)


def wgs84_from_gcj02(lonlat: Floats) -> Floats:
    """Undo `gcj02_from_wgs84`."""
    return _in_china(lambda shifted: _inverse(lambda true: true + _shift(true), shifted), lonlat)


def bd09_from_gcj02(lonlat: Floats) -> Floats:
    """Shift GCJ-02 positions once more, as Baidu does: by about 900 m."""
    return _in_china(_baidu, lonlat)


def gcj02_from_bd09(lonlat: Floats) -> Floats:
    """Undo `bd09_from_gcj02`."""
    return _in_china(lambda shifted: _inverse(_baidu, shifted), lonlat)


def _in_china(function: Callable[[Floats], Floats], lonlat: Floats) -> Floats:
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    inside = (lon >= _WEST) & (lon <= _EAST) & (lat >= _SOUTH) & (lat <= _NORTH)
    result = lonlat.copy()
    result[inside] = function(lonlat[inside])
    return result


def _inverse(forward: Callable[[Floats], Floats], shifted: Floats) -> Floats:
    """Find what `forward` takes to `shifted`; a round leaves about a hundredth of the error."""
    found = shifted.copy()
    for _ in range(_MANY_ROUNDS):
        error = forward(found) - shifted
        found -= error
        if np.abs(error).max(initial=0.0) < _CLOSE:
            break
    return found


def _baidu(lonlat: Floats) -> Floats:
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BAIDU_WAVE)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BAIDU_WAVE)
    return np.column_stack([radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006])


def _shift(lonlat: Floats) -> Floats:
    """Degrees from a true position to its GCJ-02 one."""
    x, y = lonlat[:, 0] - 105, lonlat[:, 1] - 35
    root, wave_x, wave_y = np.sqrt(np.abs(x)), np.sin(np.outer(x, _BEATS)), np.sin(np.outer(y, _BEATS))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave_x @ _EAST_BY_X
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += wave_x @ _NORTH_BY_X + wave_y @ _NORTH_BY_Y

    phi = np.radians(lonlat[:, 1])
    w2 = 1 - _ECCENTRICITY2 * np.sin(phi) ** 2
    prime_vertical_m = _SEMI_MAJOR_M / np.sqrt(w2)
    meridian_m = prime_vertical_m * (1 - _ECCENTRICITY2) / w2
    return np.degrees(np.column_stack([east / (prime_vertical_m * np.cos(phi)), north / meridian_m]))
