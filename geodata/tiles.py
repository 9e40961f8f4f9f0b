"""Vector tiles (Mapbox Vector Tile 2.1) of positions in longitude and latitude, made without a tile server.

A tile is a square of the web map (Mercator) of 4,096 units a side. Positions are CGCS2000 (EPSG:4490), which
web maps take as WGS84. Outlines and lines are cut at 64 units outside the tile, so that no edge shows where
two tiles meet; a point belongs to one tile only. Tiles are for the eye: nothing is measured on them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.distance import metres_per_degree
from geodata.outlines import Floats, Ints

EXTENT, MARGIN = 4096, 64
DEEPEST = 22
_POINT, _LINE, _POLYGON = 1, 2, 3
_MOVE, _DRAW, _CLOSE = 1, 2, 7
Value = str | int | float | bool
Tags = Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class Tile:
    """One square of the web map.

    Attributes
    ----------
    z, x, y : int
        Zoom, column from the west, row from the north.
    """

    z: int
    x: int
    y: int

    @property
    def exists(self) -> bool:
        """Whether there is such a square."""
        return 0 <= self.z <= DEEPEST and 0 <= self.x < 1 << self.z and 0 <= self.y < 1 << self.z

    def box(self, margin: int = MARGIN) -> tuple[float, float, float, float]:
        """West, south, east, north of the tile and `margin` units around it, degrees."""
        step, more = 1 << self.z, margin / EXTENT
        west, east = ((column / step * 360 - 180) for column in (self.x - more, self.x + 1 + more))
        north, south = (
            math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / step))))
            for row in (self.y - more, self.y + 1 + more)
        )
        return west, south, east, north

    def units(self, lonlat: Floats) -> Floats:
        """Where positions lie in the tile: units from its north-western corner, east and south.

        Parameters
        ----------
        lonlat : float64 (n, 2)
            Degrees.

        Returns
        -------
        float64 (n, 2)
        """
        step = 1 << self.z
        lat = np.radians(np.clip(lonlat[:, 1], -85.06, 85.06))
        column = (lonlat[:, 0] + 180) / 360 * step - self.x
        row = (1 - np.arcsinh(np.tan(lat)) / math.pi) / 2 * step - self.y
        found: Floats = np.column_stack([column, row]) * EXTENT
        return found


@dataclass
class Layer:
    """One layer of a tile, filled feature by feature."""

    name: str
    tile: Tile
    features: list[bytes] = field(default_factory=list)
    _keys: dict[str, int] = field(default_factory=dict)
    _values: dict[tuple[type, Value], int] = field(default_factory=dict)

    def add_points(self, units: Floats, ids: Sequence[int], tags: Iterable[Tags]) -> None:
        """Add points of the tile.

        Parameters
        ----------
        units : float64 (n, 2)
            See `Tile.units`; those outside of the tile belong to another one and are left out.
        ids : sequence of int
            Numbers of the features.
        tags : iterable of mapping
            What is known of each; None is left out.
        """
        whole = np.floor(units).astype(np.int64)
        inside: list[bool] = np.all((whole >= 0) & (whole < EXTENT), axis=1).tolist()
        for (x, y), its_id, its_tags, here in zip(whole.tolist(), ids, tags, inside, strict=True):
            if here:
                self._add(_POINT, its_id, its_tags, (_command(_MOVE, 1), x << 1, y << 1))

    def add_shape(self, shape: shapely.Geometry, its_id: int, tags: Tags) -> None:
        """Add an outline or a line, cut at the edge of the tile and no finer than a unit.

        Parameters
        ----------
        shape : shapely geometry
            Polygons or lines, degrees.
        its_id : int
        tags : mapping
        """
        drawn = shapely.transform(shape, self.tile.units)
        cut = shapely.clip_by_rect(drawn, -MARGIN, -MARGIN, EXTENT + MARGIN, EXTENT + MARGIN)
        parts = shapely.get_parts(shapely.simplify(cut, 0.7))
        areas = [part for part in parts if part.geom_type == "Polygon"]
        kind, parts = (_POLYGON, areas) if areas else (_LINE, parts)
        if geometry := tuple(_Pen().draw(parts)):
            self._add(kind, its_id, tags, geometry)

    def _add(self, kind: int, its_id: int, tags: Tags, geometry: Iterable[int]) -> None:
        places: list[int] = []
        for key, value in tags.items():
            if value is not None:
                places.append(self._keys.setdefault(key, len(self._keys)))
                places.append(self._values.setdefault((type(value), value), len(self._values)))
        body = (
            b"\x08" + _varint(its_id) + _packed(0x12, places) + bytes((0x18, kind)) + _packed(0x22, geometry)
        )
        self.features.append(_sized(0x12, body))

    def encoded(self) -> bytes:
        """The layer as a part of a tile; nothing if it is empty."""
        if not self.features:
            return b""
        keys = b"".join(_sized(0x1A, key.encode()) for key in self._keys)
        values = b"".join(_sized(0x22, _value(value)) for _, value in self._values)
        head = b"\x78\x02" + _sized(0x0A, self.name.encode())
        return _sized(0x1A, b"".join([head, *self.features, keys, values, b"\x28", _varint(EXTENT)]))


def encode(layers: Iterable[Layer]) -> bytes:
    """A tile of some layers.

    Parameters
    ----------
    layers : iterable of Layer

    Returns
    -------
    bytes
        Empty if every layer is.
    """
    return b"".join(layer.encoded() for layer in layers)


def gathered(units: Floats, squares: int) -> tuple[Floats, Ints]:
    """Count points of a tile by squares of a grid, for zooms at which they would cover each other.

    Parameters
    ----------
    units : float64 (n, 2)
        See `Tile.units`; those outside of the tile are not counted.
    squares : int
        How many of them to a side.

    Returns
    -------
    middle : float64 (k, 2)
        Where the points of each square lie on average, units.
    count : int64 (k,)
    """
    inside = units[((units >= 0) & (units < EXTENT)).all(axis=1)]
    column, row = (inside * squares / EXTENT).astype(np.int64).T
    _, which, count = np.unique(row * squares + column, return_inverse=True, return_counts=True)
    middle = np.column_stack([np.bincount(which, weights=side) for side in inside.T])
    return middle / np.maximum(count, 1)[:, None], count


def ring(shape: shapely.Geometry, metres: float) -> shapely.Geometry:
    """The line around a place that a ring of so many metres would be drawn as.

    Parameters
    ----------
    shape : shapely geometry
        Degrees.
    metres : float

    Returns
    -------
    shapely geometry
        A polygon, degrees; a drawing, off by up to 0.5 %.
    """
    centre = shape.envelope.centroid
    scale = np.array([float(side) for side in metres_per_degree(centre.y)])
    middle = np.array([centre.x, centre.y])
    on_ground = shapely.transform(shape, lambda xy: (xy - middle) * scale)
    return shapely.transform(on_ground.buffer(metres, quad_segs=12), lambda xy: xy / scale + middle)


class _Pen:
    """Draws with the steps of a tile; it stays where the last line ended."""

    def __init__(self) -> None:
        self._x = self._y = 0

    def draw(self, parts: Iterable[shapely.Geometry]) -> Iterator[int]:
        for part in parts:
            if part.geom_type == "Polygon":
                yield from self._ring(part.exterior, clockwise=True)
                for hole in part.interiors:
                    yield from self._ring(hole, clockwise=False)
            elif part.geom_type == "LineString":
                yield from self._line(_whole(part), least=2)

    def _ring(self, ring: shapely.LinearRing, *, clockwise: bool) -> Iterator[int]:
        corners = _whole(ring)[:-1]
        x, y = np.array(corners, np.int64).reshape(-1, 2).T
        area = float(x @ np.roll(y, -1) - y @ np.roll(x, -1))  # above 0: clockwise, for y points south
        if area:
            yield from self._line(corners if (area > 0) is clockwise else corners[::-1], least=3)
            yield _command(_CLOSE, 1)

    def _line(self, corners: list[tuple[int, int]], *, least: int) -> Iterator[int]:
        if len(corners) < least:
            return
        yield _command(_MOVE, 1)
        yield from self._steps(corners[:1])
        yield _command(_DRAW, len(corners) - 1)
        yield from self._steps(corners[1:])

    def _steps(self, corners: list[tuple[int, int]]) -> Iterator[int]:
        for x, y in corners:
            yield _zigzag(x - self._x)
            yield _zigzag(y - self._y)
            self._x, self._y = x, y


def _whole(line: shapely.Geometry) -> list[tuple[int, int]]:
    """Its corners in whole units, none twice in a row."""
    corners: NDArray[np.int64] = np.rint(shapely.get_coordinates(line)).astype(np.int64)
    moves = np.append(True, (np.diff(corners, axis=0) != 0).any(axis=1))
    return [(x, y) for x, y in corners[moves].tolist()]


def _command(which: int, times: int) -> int:
    return which | times << 3


def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else -number * 2 - 1


def _varint(number: int) -> bytes:
    if number < 0x80:
        return _SMALL[number]
    found = bytearray()
    while number >= 0x80:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)
    return bytes(found)


_SMALL = [bytes((number,)) for number in range(0x80)]


def _sized(tag: int, body: bytes) -> bytes:
    return _SMALL[tag] + _varint(len(body)) + body


def _packed(tag: int, numbers: Iterable[int]) -> bytes:
    body = b"".join(map(_varint, numbers))
    return _sized(tag, body) if body else b""


def _value(value: Any) -> bytes:
    if isinstance(value, bool):
        return b"\x38" + _SMALL[value]
    if isinstance(value, int):
        return b"\x30" + _varint(_zigzag(value))
    if isinstance(value, float):
        return b"\x19" + np.float64(value).tobytes()
    return _sized(0x0A, value.encode())
