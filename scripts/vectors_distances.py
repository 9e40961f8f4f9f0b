"""Vectors of distances: outlines with holes and several parts, gates, points, limits to the centimetre."""

import math
from random import Random
from typing import Any

import shapely
from pyproj import Geod
from shapely import MultiPoint, MultiPolygon, Point, Polygon, affinity

from geodata.distance import nearest_point, point_to_geometry_m, point_to_point_m

GEOD = Geod(ellps="GRS80")
ORIGIN = (121.47, 31.23)
PAIRS, SEED = 10_000, 20_261_121
Ring = list[tuple[float, float]]


def outlines() -> list[dict[str, Any]]:
    """From a point to a site: metres, and where a tape would end."""
    return [_measured(name, point, shape) for name, point, shape in [*_named(), *_by_chance()]]


def pairs() -> dict[str, Any]:
    """Metres between points all over China; both languages draw them by the generator of Park and Miller."""
    generator = _park_miller(SEED)
    found = []
    for _ in range(PAIRS):
        lon, lat = 73.5 + 61.6 * next(generator), 18 + 35.5 * next(generator)
        reach = 0.001 if next(generator) < 0.5 else 0.05
        east, north = (next(generator) - 0.5) * reach, (next(generator) - 0.5) * reach
        found.append(round(float(point_to_point_m(lon, lat, lon + east, lat + north)), 4))
    return {"seed": SEED, "metres": found}


def _park_miller(state: int) -> Any:
    while True:
        state = state * 48_271 % 2_147_483_647
        yield state / 2_147_483_647


def place_of(shape: shapely.Geometry) -> dict[str, Any]:
    """A shape as the tablet holds it."""
    if shape.geom_type in ("Point", "MultiPoint"):
        return {"points": shapely.get_coordinates(shape).tolist()}
    parts = getattr(shape, "geoms", [shape])
    return {
        "rings": [
            [shapely.get_coordinates(ring).tolist() for ring in (part.exterior, *part.interiors)]
            for part in parts
        ]
    }


def _measured(name: str, point: tuple[float, float], shape: shapely.Geometry) -> dict[str, Any]:
    lon, lat = (round(degrees, 9) for degrees in point)
    shape = shapely.transform(shape, lambda xy: xy.round(9))
    metres = point_to_geometry_m(lon, lat, shape)
    at = [round(degrees, 8) for degrees in nearest_point(lon, lat, shape)]
    return {"name": name, "from": [lon, lat], "place": place_of(shape), "metres": round(metres, 5), "at": at}


def _at(east_m: float, north_m: float, origin: tuple[float, float] = ORIGIN) -> tuple[float, float]:
    lon, lat, _ = GEOD.fwd(*origin, 90, east_m)
    lon, lat, _ = GEOD.fwd(lon, lat, 0, north_m)
    return lon, lat


def _square(west_m: float, south_m: float, side_m: float, origin: tuple[float, float] = ORIGIN) -> Polygon:
    ends = [(0, 0), (side_m, 0), (side_m, side_m), (0, side_m)]
    return Polygon([_at(west_m + east, south_m + north, origin) for east, north in ends])


def _named() -> list[tuple[str, tuple[float, float], shapely.Geometry]]:
    campus = _square(0, 0, 100)
    ring = Polygon(campus.exterior, [_square(30, 30, 40).exterior])
    two = MultiPolygon([campus, _square(300, 0, 80)])
    gates = MultiPoint([_at(0, 50), _at(100, 50)])
    limits = [
        (f"{metres} m north of the edge", _at(50, 100 + metres), campus) for metres in (199.9, 200.0, 200.1)
    ]
    limits += [
        (f"{metres} m from a point", _at(0, metres), Point(ORIGIN)) for metres in (199.9, 200.0, 200.1)
    ]
    return [
        *limits,
        ("inside", _at(50, 50), campus),
        ("in the hole", _at(50, 50), ring),
        ("in the wall around the hole", _at(15, 50), ring),
        ("between two parts", _at(200, 40), two),
        ("inside the second part", _at(340, 40), two),
        ("beyond a corner", _at(150, 170), campus),
        ("on a corner", campus.exterior.coords[0], campus),
        ("between two gates", _at(45, 60), gates),
        ("eight kilometres away", _at(8000, 1000), campus),
    ]


def _by_chance() -> list[tuple[str, tuple[float, float], shapely.Geometry]]:
    dice = Random(SEED)
    found = []
    for number in range(240):
        in_city = number % 2 == 0
        origin = (
            (dice.uniform(120.9, 122.0), dice.uniform(30.7, 31.85))
            if in_city
            else (dice.uniform(73.5, 135.0), dice.uniform(18.1, 53.5))
        )
        reach = 900 if number % 8 else 9000
        point = _at(dice.uniform(-reach, reach), dice.uniform(-reach, reach), origin)
        found.append((f"{'Shanghai' if in_city else 'China'} {number}", point, _any_shape(dice, origin)))
    return found


def _any_shape(dice: Random, origin: tuple[float, float]) -> shapely.Geometry:
    kind = dice.choice(["point", "gates", "outline", "outline", "hole", "parts"])
    if kind == "point":
        return Point(origin)
    if kind == "gates":
        spots = [(dice.uniform(-80, 80), dice.uniform(-80, 80)) for _ in range(dice.randint(1, 4))]
        return MultiPoint([_at(*spot, origin) for spot in spots])
    outline = Polygon(_star(dice, origin, dice.randint(3, 12), dice.uniform(20, 300)))
    if kind == "hole":
        return Polygon(
            outline.exterior, [affinity.scale(outline, 0.5, 0.5, origin=outline.centroid).exterior]
        )
    if kind == "parts":
        beside = _at(900, 200, origin)
        return MultiPolygon(
            [outline, affinity.translate(outline, beside[0] - origin[0], beside[1] - origin[1])]
        )
    return outline


def _star(dice: Random, origin: tuple[float, float], corners: int, size_m: float) -> Ring:
    """Corners round a place, in turn: an outline that does not cross itself."""
    ring = []
    for corner in range(corners):
        angle = (corner + dice.uniform(0, 0.8)) * 2 * math.pi / corners
        radius = dice.uniform(0.5, 1) * size_m
        ring.append(_at(radius * math.cos(angle), radius * math.sin(angle), origin))
    return ring
