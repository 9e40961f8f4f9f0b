"""Positions that people state by hand: in a reference that they name, kept as lon/lat in CGCS2000."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely

from backend.core.errors import InvalidInput
from geodata.crs import CrsUnknown, parse, transform_geometry

CAPTURES = ("survey", "device", "map")  # 测绘 / 设备定位 / 图上标绘
_FARTHEST_NORTH = 85.0  # beyond it distances are not measured


def provenance(said: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of a new position: only what was said with it. Raises InvalidInput without `capture`."""
    if "capture" not in said:
        raise InvalidInput(capture="missing")
    return {name: said.get(name) for name in ("source", "capture", "accuracy_m", "surveyed_on")}


def to_register(shape: shapely.Geometry, crs: str | None) -> tuple[shapely.Geometry, str]:
    """A shape in the register's own reference, and the name of the one it came in. Raises InvalidInput."""
    try:
        placed, known = transform_geometry(shape, crs), parse(crs)
    except CrsUnknown:
        raise InvalidInput(crs="unknown_reference") from None
    if not (np.abs(shapely.get_coordinates(placed)) <= (180.0, _FARTHEST_NORTH)).all():
        raise InvalidInput(place="no_place_on_earth")
    return placed, known
