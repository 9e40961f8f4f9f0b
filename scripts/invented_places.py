"""Invented venues and schools of any number in square cities of `side` degrees, for the benchmarks."""

import numpy as np
import shapely
from numpy.typing import NDArray

DEGREE_M = 111_320


def venues(count: int, centres: NDArray[np.float64], side: float, seed: int) -> NDArray[np.float64]:
    """Longitude and latitude (n, 2): two of three along streets, the others anywhere in the cities."""
    rng = np.random.default_rng(seed)
    places = _around(rng, centres, count, side)
    streets = _around(rng, centres, max(count // 150, 1), side)
    along = rng.random(count) < 2 / 3
    street, direction = rng.integers(len(streets), size=count), rng.uniform(0, np.pi, len(streets))
    walked = rng.uniform(-500, 500, count) / DEGREE_M
    on_street = (
        streets[street] + walked[:, None] * np.column_stack([np.cos(direction), np.sin(direction)])[street]
    )
    return np.where(along[:, None], on_street + rng.normal(0, 10 / DEGREE_M, (count, 2)), places)


def schools(count: int, centres: NDArray[np.float64], side: float, seed: int) -> NDArray[np.object_]:
    """Outlines of 12 corners, about 150 m across."""
    rng = np.random.default_rng(seed)
    middle = _around(rng, centres, count, side)
    angle = (np.arange(12) + rng.uniform(0, 0.9, (count, 12))) * np.pi / 6
    size = rng.uniform(50, 100, (count, 12)) / DEGREE_M
    east = size * np.cos(angle) / np.cos(np.radians(middle[:, 1:]))
    outlines: NDArray[np.object_] = shapely.polygons(
        middle[:, None] + np.stack([east, size * np.sin(angle)], axis=-1)
    )
    return outlines


def _around(
    rng: np.random.Generator, centres: NDArray[np.float64], count: int, side: float
) -> NDArray[np.float64]:
    return centres[rng.integers(len(centres), size=count)] + rng.uniform(-side / 2, side / 2, (count, 2))
