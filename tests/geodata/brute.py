"""Distances without any of our own geometry: the ellipsoid of PROJ, and a search along every edge."""

import math

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

GEOD = Geod(ellps="GRS80")
_GOLDEN = (math.sqrt(5) - 1) / 2


def geodesic_m(lon, lat, lon2, lat2) -> np.ndarray:
    return GEOD.inv(*(np.array(x, float) for x in np.broadcast_arrays(lon, lat, lon2, lat2)))[2]


def point_at(lon: float, lat: float, azimuth: float, metres: float) -> tuple[float, float]:
    return GEOD.fwd(lon, lat, azimuth, metres)[:2]


def to_site_m(lon: float, lat: float, site: BaseGeometry) -> float:
    """0 inside; else the least geodesic to an edge, found by golden section on all edges at once."""
    if shapely.intersects_xy(site, lon, lat):
        return 0.0
    rings = shapely.get_rings(shapely.get_parts(site))
    if not len(rings):
        return float(geodesic_m(lon, lat, *shapely.get_coordinates(site).T).min())
    start = np.concatenate([shapely.get_coordinates(ring)[:-1] for ring in rings])
    edge = np.concatenate([shapely.get_coordinates(ring)[1:] for ring in rings]) - start
    low, high = np.zeros((2, len(edge)))
    high = high + 1

    def metres(share):
        return geodesic_m(lon, lat, *(start + share[:, None] * edge).T)

    for _ in range(45):  # the golden section leaves 4e-10 of an edge
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        nearer_left = metres(left) < metres(right)
        high, low = np.where(nearer_left, right, high), np.where(nearer_left, low, left)
    return float(min(metres(low).min(), metres(np.zeros(len(edge))).min()))


def outline(
    rng: np.random.Generator, lon: float, lat: float, *, corners: int = 12, size_m: float = 100
) -> shapely.Polygon:
    """A star-shaped outline round a place, a little under `size_m` from it to its corners."""
    angle = (np.arange(corners) + rng.uniform(0, 0.9, corners)) * 2 * np.pi / corners
    radius = rng.uniform(0.4, 1, corners) * size_m
    east, north = radius * np.cos(angle) / math.cos(math.radians(lat)), radius * np.sin(angle)
    return shapely.Polygon(np.column_stack([lon + east / 111_320, lat + north / 111_320]))
