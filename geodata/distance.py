"""Straight-line metres between a point and a point or an outline, on the ellipsoid of CGCS2000.

Each distance is measured in the plane that touches GRS80 at the middle latitude of its two ends: east
along the prime vertical, north along the meridian. Anywhere in China that is within 0.00001 m of the
geodesic at 1 km and within 0.01 m at 10 km (85 degrees north: 0.0005 m and 0.3 m); beyond 10 km the geodesic
itself is taken. An edge of an outline is straight in longitude and latitude, as maps draw it.
Within 2 cm of a limit `held_against_m` asks the geodesic; nothing here is a buffer or a sphere.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from geodata.outlines import Floats, Ints, Outlines, refuse_off_the_map

SEMI_MAJOR_M = 6_378_137.0  # GRS80
ECCENTRICITY2 = (2 - 1 / 298.257222101) / 298.257222101
TANGENT_UP_TO_M = 10_000.0
DOUBT_M = 0.02  # nearer to a limit than this, the geodesic decides
ROUNDING_M = 1e-5  # a hundredth of a millimetre from a limit is the limit
MAX_RADIUS_M = 300_000.0
_SHORTEST_DEGREE_M = 110_500.0  # of latitude, at the equator


def metres_per_degree(lat: ArrayLike) -> tuple[Floats, Floats]:
    """Say how long a degree of longitude and a degree of latitude are on the ground.

    Parameters
    ----------
    lat : array_like of float
        Latitude, degrees.

    Returns
    -------
    east_m, north_m : float64, of the shape of `lat`
        Metres a degree on GRS80.
    """
    phi = np.radians(lat)
    w2 = 1 - ECCENTRICITY2 * np.sin(phi) ** 2
    prime_vertical_m = SEMI_MAJOR_M / np.sqrt(w2)
    return np.radians(prime_vertical_m * np.cos(phi)), np.radians(prime_vertical_m * (1 - ECCENTRICITY2) / w2)


def geodesic_m(lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike) -> Floats:
    """Measure the shortest line over the ellipsoid between points, exactly and slowly.

    Parameters
    ----------
    lon1, lat1, lon2, lat2 : array_like of float
        Degrees, EPSG:4490; broadcast against each other.

    Returns
    -------
    float64
        Metres on GRS80 (`pyproj.Geod.inv`).
    """
    ends = [np.array(end, np.float64) for end in np.broadcast_arrays(lon1, lat1, lon2, lat2)]
    metres: Floats = np.reshape(_geod().inv(*ends)[2], ends[0].shape)[()]
    return metres


def point_to_point_m(lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike) -> Floats:
    """Measure the straight line between points.

    Parameters
    ----------
    lon1, lat1, lon2, lat2 : array_like of float
        Degrees, EPSG:4490; broadcast against each other.

    Returns
    -------
    float64
        Metres; NaN where a coordinate is NaN.
    """
    east, north = less_than_half_round(np.subtract(lon1, lon2)), np.subtract(lat1, lat2)
    kx, ky = metres_per_degree(np.add(lat1, lat2) / 2)
    metres: Floats = np.hypot(kx * east, ky * north)
    if np.any(metres > TANGENT_UP_TO_M):
        metres = np.where(metres > TANGENT_UP_TO_M, geodesic_m(lon1, lat1, lon2, lat2), metres)[()]
    return metres


def point_to_geometry_m(lon: float, lat: float, geometry: BaseGeometry) -> float:
    """Measure the straight line from a point to a site.

    Parameters
    ----------
    lon, lat : float
        Degrees, EPSG:4490.
    geometry : Point, MultiPoint, Polygon or MultiPolygon
        Longitude and latitude in degrees, EPSG:4490.

    Returns
    -------
    float
        Metres to the nearest point of it: 0 inside an outline, the distance to its edge in a hole.

    Raises
    ------
    ValueError
        If the point or the geometry has no position, is off the map or of another kind.
    """
    return held_against_m(lon, lat, geometry, np.inf)


def nearest_point(lon: float, lat: float, geometry: BaseGeometry) -> tuple[float, float]:
    """Find the point of a site's edge (or the gate) that is nearest: where a measuring tape would end.

    Parameters and errors are those of `point_to_geometry_m`.

    Returns
    -------
    lon, lat : float
        Degrees, EPSG:4490; on the edge also when (lon, lat) lies inside.
    """
    return foot(lon, lat, _one_site(lon, lat, geometry), 0)


def held_against_m(lon: float, lat: float, geometry: BaseGeometry, limit_m: float) -> float:
    """Measure as `point_to_geometry_m`, for a comparison with a limit of the law.

    Parameters
    ----------
    lon, lat, geometry
        As for `point_to_geometry_m`, and refused as there.
    limit_m : float
        Metres. Within 2 cm of it the geodesic decides; within 0.01 mm the answer is `limit_m` itself, so
        that "exactly at the limit" can be asked with ``==``.

    Returns
    -------
    float
        Metres.
    """
    site = _one_site(lon, lat, geometry)
    metres = float(distances_m(lon, lat, site, np.zeros(1, np.int64))[0])
    if metres > 0 and (abs(metres - limit_m) <= DOUBT_M or metres > TANGENT_UP_TO_M):
        metres = float(settle(lon, lat, *foot(lon, lat, site, 0), limit_m))
    return metres


def farthest_corner_m(lon: float, lat: float, geometry: BaseGeometry) -> float:
    """Measure from a point to the corner of a footprint that is farthest from it.

    Parameters and errors are those of `point_to_geometry_m`.

    Returns
    -------
    float
        Metres: how wrong (lon, lat) can be as the position of something inside the footprint.
    """
    corners = _one_site(lon, lat, geometry).xy
    return float(point_to_point_m(lon, lat, corners[:, 0], corners[:, 1]).max())


def distances_m(lon: float, lat: float, sites: Outlines, chosen: Ints) -> Floats:
    """Measure from one point to many sites at once.

    Parameters
    ----------
    lon, lat : float
        Degrees, EPSG:4490.
    sites : Outlines
    chosen : int64 (k,)
        Places of the sites wanted, each of which must have a position.

    Returns
    -------
    float64 (k,)
        Metres; beyond `TANGENT_UP_TO_M` only a guess.
    """
    parts, first_part = _members(sites.site_start, chosen)
    rings, first_ring = _members(sites.part_start, parts)
    metres, _, crossed, first_corner = _edges(lon, lat, sites, rings)
    begin = first_corner[first_ring]
    inside = np.add.reduceat(crossed, begin, dtype=np.int64) % 2 == 1
    to_part = np.where(inside, 0.0, np.minimum.reduceat(metres, begin))
    return np.asarray(np.minimum.reduceat(to_part, first_part), np.float64)


def foot(lon: float, lat: float, sites: Outlines, site: int) -> tuple[float, float]:
    """Find the point of a site's edge that is nearest: as `nearest_point`, for the site at place `site`."""
    parts, _ = _members(sites.site_start, np.array([site]))
    metres, offset, _, _ = _edges(lon, lat, sites, _members(sites.part_start, parts)[0])
    east, north = offset[np.argmin(metres)]
    return float(less_than_half_round(lon - east)), float(lat - north)


def settle(
    lon: ArrayLike, lat: ArrayLike, foot_lon: ArrayLike, foot_lat: ArrayLike, limit_m: float
) -> Floats:
    """Measure pairs that lie within 2 cm of a limit again, on the ellipsoid itself.

    Parameters
    ----------
    lon, lat, foot_lon, foot_lat : array_like of float
        The points and the nearest points of their sites, degrees, EPSG:4490.
    limit_m : float
        Metres.

    Returns
    -------
    float64
        Metres; `limit_m` itself within 0.01 mm of it, so that a pair exactly at the limit is found there.
    """
    metres = geodesic_m(lon, lat, foot_lon, foot_lat)
    settled: Floats = np.where(np.abs(metres - limit_m) <= ROUNDING_M, limit_m, metres)
    return settled


def refuse_odd_radius(radius_m: float) -> None:
    """Raise ValueError unless a radius is above 0 and at most `MAX_RADIUS_M`."""
    if not 0 < radius_m <= MAX_RADIUS_M:
        raise ValueError(f"a radius of {radius_m} m: give metres above 0, up to {MAX_RADIUS_M:,.0f}")


def reach_degrees(lat: ArrayLike, metres: float) -> tuple[Floats, float]:
    """Say how far round a latitude nothing nearer than `metres` can lie: the filter before a measurement.

    Parameters
    ----------
    lat : array_like of float
        Degrees, -85 to 85.
    metres : float
        At most a little more than `MAX_RADIUS_M`.

    Returns
    -------
    lon_degrees : float64, of the shape of `lat`
    lat_degrees : float
    """
    lat_degrees = metres / _SHORTEST_DEGREE_M
    return metres / metres_per_degree(np.abs(lat) + lat_degrees)[0], lat_degrees


def _one_site(lon: float, lat: float, geometry: BaseGeometry) -> Outlines:
    if not np.isfinite([lon, lat]).all():
        raise ValueError("a point without a position cannot be measured from")
    refuse_off_the_map(np.array([[lon, lat]]), "point")
    site = Outlines.of([geometry])
    if not len(site.xy):
        raise ValueError("a site without a position cannot be measured to")
    return site


def _edges(
    lon: float, lat: float, sites: Outlines, rings: Ints
) -> tuple[Floats, Floats, NDArray[np.bool_], Ints]:
    """Measure to every edge of some rings; a ring's last corner counts as an edge to itself.

    Returns metres, degrees from the foot to the point, whether the edge crosses the point's parallel
    east of it, and the first edge of each ring.
    """
    corners, first = _members(sites.ring_start, rings)
    following = corners + 1
    following[np.append(first[1:], len(corners)) - 1] -= 1
    start, end = sites.xy[corners], sites.xy[following]
    edge = end - start
    ahead = np.array([lon, lat]) - start
    ahead[:, 0] = less_than_half_round(ahead[:, 0])

    scale2 = np.square(np.stack(metres_per_degree(lat)))
    length2 = edge**2 @ scale2
    share = np.divide((ahead * edge) @ scale2, length2, out=np.zeros(len(edge)), where=length2 > 0)
    offset = ahead - np.clip(share, 0, 1)[:, None] * edge
    kx, ky = metres_per_degree(lat - offset[:, 1] / 2)
    metres = np.hypot(kx * offset[:, 0], ky * offset[:, 1])
    rises = ahead[:, 0] * edge[:, 1] < ahead[:, 1] * edge[:, 0]
    crossed = ((start[:, 1] > lat) != (end[:, 1] > lat)) & (rises == (edge[:, 1] > 0))
    return metres, offset, crossed, first


def _members(start: Ints, groups: Ints) -> tuple[Ints, Ints]:
    """Places of the members of some groups, one group after another, and where each group begins."""
    counts = start[groups + 1] - start[groups]
    begin = np.cumsum(counts) - counts
    return np.arange(counts.sum()) + np.repeat(start[groups] - begin, counts), begin


def less_than_half_round(degrees: Any) -> Any:
    """Degrees of longitude the short way round: beside the antimeridian -179.9 is next to 179.9."""
    return degrees - 360 * np.round(degrees / 360)


@cache
def _geod() -> Any:
    from pyproj import Geod  # only where a millimetre may decide: most checks never need PROJ

    return Geod(ellps="GRS80")
