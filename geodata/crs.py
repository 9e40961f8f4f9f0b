"""Coordinate references by name. Inside the house all is longitude and latitude in CGCS2000 (EPSG:4490).

WGS84 is taken as CGCS2000: the two frames were made to agree within centimetres, and the drift of the
continent since the epoch 2000.0 adds about 3 cm a year, less than 1 m in 2026, below what a telephone or a
map can tell. A survey that needs better comes in CGCS2000 and says so.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike

from geodata import shifted
from geodata.outlines import Floats

KNOWN = "wgs84, cgcs2000, gcj02, bd09 or EPSG:n (such as EPSG:4549)"

_LONLAT = ("wgs84", "cgcs2000")
_NAMES = (*_LONLAT, "gcj02", "bd09")
_EPSG_NAMES = {"EPSG:4326": "wgs84", "EPSG:4490": "cgcs2000"}
_UNPUBLISHED = {4214: "Beijing 1954", 4555: "New Beijing", 4610: "Xian 1980"}


class CrsUnknown(ValueError):
    """No coordinate reference was stated, or none that can be read; the message says what to write."""


def parse(name: str | None) -> str:
    """Read the name of a coordinate reference.

    Parameters
    ----------
    name : str
        ``wgs84``, ``cgcs2000``, ``gcj02``, ``bd09`` or ``EPSG:n``, in any case; spaces, hyphens and
        underscores do not matter (``GCJ-02``, ``epsg: 4549``).

    Returns
    -------
    str
        The name as written in `KNOWN`; EPSG:4326 is ``wgs84``, EPSG:4490 ``cgcs2000``.

    Raises
    ------
    CrsUnknown
        If there is none, or no such reference. Nothing is ever assumed.
    """
    if name is None or not name.strip():
        raise CrsUnknown(f"no coordinate reference is stated: write {KNOWN}")
    plain = re.sub(r"[\s_-]+", "", name).lower()
    if plain in _NAMES:
        return plain
    if not re.fullmatch(r"epsg:[0-9]{1,6}", plain):
        raise CrsUnknown(f"{name!r} is no coordinate reference known here: write {KNOWN}")
    epsg = f"EPSG:{int(plain[5:])}"
    if epsg in _EPSG_NAMES:
        return _EPSG_NAMES[epsg]
    _transformer(epsg)
    return epsg


def to_lonlat(xy: ArrayLike, crs: str | None) -> Floats:
    """Bring coordinates into the reference of the house.

    Parameters
    ----------
    xy : float64 (n, 2)
        Easting before northing and longitude before latitude, whatever order the register of `crs` gives.
    crs : str
        As `parse` reads it.

    Returns
    -------
    float64 (n, 2)
        Longitude and latitude, degrees, CGCS2000 (EPSG:4490); NaN where `crs` has no such place. Out
        of WGS84, CGCS2000, GCJ-02 and BD-09 positions out of range come back as they are: whoever
        reads a file refuses them row by row.

    Raises
    ------
    CrsUnknown
        As `parse`.
    ValueError
        If `xy` is not (n, 2).
    """
    coordinates, known = _pairs(xy), parse(crs)
    if known in _LONLAT:
        return coordinates.copy()
    if known == "gcj02":
        return shifted.wgs84_from_gcj02(coordinates)
    if known == "bd09":
        return shifted.wgs84_from_gcj02(shifted.gcj02_from_bd09(coordinates))
    return _through_proj(known, coordinates, "FORWARD")


def from_lonlat(lonlat: ArrayLike, crs: str | None) -> Floats:
    """Take coordinates out of the reference of the house: the inverse of `to_lonlat`.

    Parameters
    ----------
    lonlat : float64 (n, 2)
        Longitude and latitude, degrees, CGCS2000 (EPSG:4490).
    crs : str
        As `parse` reads it.

    Returns
    -------
    float64 (n, 2)
        Easting before northing, longitude before latitude; NaN where `crs` has no such place.

    Raises
    ------
    CrsUnknown, ValueError
        As `to_lonlat`.
    """
    coordinates, known = _pairs(lonlat), parse(crs)
    if known in _LONLAT:
        return coordinates.copy()
    if known == "gcj02":
        return shifted.gcj02_from_wgs84(coordinates)
    if known == "bd09":
        return shifted.bd09_from_gcj02(shifted.gcj02_from_wgs84(coordinates))
    return _through_proj(known, coordinates, "INVERSE")


def transform_geometry(geometry: Any, crs: str | None) -> Any:
    """Bring a shapely geometry, or an array of them, into the reference of the house.

    Parameters
    ----------
    geometry : shapely geometry, None, or an array of them
        In `crs`; heights are dropped.
    crs : str
        As `parse` reads it.

    Returns
    -------
    The same kind
        Corners in longitude and latitude, degrees, EPSG:4490; None stays None.

    Raises
    ------
    CrsUnknown
        As `parse`.
    """
    known = parse(crs)
    return shapely.transform(geometry, lambda xy: to_lonlat(xy, known))


def _pairs(xy: ArrayLike) -> Floats:
    coordinates = np.asarray(xy, np.float64)
    if coordinates.ndim != 2 or coordinates.shape[1] != 2:
        raise ValueError(f"coordinates of shape {coordinates.shape}: give an array (n, 2), one place a row")
    return coordinates


def _through_proj(epsg: str, coordinates: Floats, direction: str) -> Floats:
    moved = np.column_stack(
        _transformer(epsg).transform(coordinates[:, 0], coordinates[:, 1], direction=direction)
    )
    moved[~np.isfinite(moved).all(axis=1)] = np.nan
    return moved


@cache
def _transformer(epsg: str) -> Any:
    """PROJ's way out of a reference, longitude and easting first; one that guesses the datum is refused."""
    from pyproj import CRS, Transformer  # most files need no PROJ, a web worker hardly ever
    from pyproj.exceptions import CRSError, ProjError

    try:
        source = CRS.from_user_input(epsg)
    except CRSError:
        raise CrsUnknown(f"there is no {epsg}: write {KNOWN}") from None
    if not (source.is_geographic or source.is_projected):
        raise CrsUnknown(f"{epsg} ({source.name}) is no reference for positions on a map: write {KNOWN}")
    datum = source.geodetic_crs.to_epsg() if source.geodetic_crs else None
    if datum in _UNPUBLISHED:
        raise CrsUnknown(
            f"{epsg} ({source.name}): the way from {_UNPUBLISHED[datum]} to CGCS2000 is not published; "
            f"have the surveyor convert it and write cgcs2000"
        )
    for hub in ("EPSG:4490", "EPSG:4326"):
        try:
            return Transformer.from_crs(source, hub, always_xy=True, allow_ballpark=False)
        except ProjError:
            continue
    raise CrsUnknown(f"{epsg} ({source.name}): no published way leads to CGCS2000; convert it first")
