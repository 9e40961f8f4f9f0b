"""The loaded areas (辖区) as shapes: which one a point lies in, and which one a text names."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from backend.accounts.models import Area
from backend.core import spatial

Floats = NDArray[np.float64]
_ENDING = re.compile(r"(?<=..)(新区|区|县|市|旗|街道|镇|乡)$")


class Areas:
    """A snapshot, smallest area first."""

    def __init__(self, areas: Sequence[Row[str, str, Any]]) -> None:
        shapes = np.array([shape for *_, shape in areas], dtype=object)
        order = np.argsort(shapely.area(shapes), kind="stable") if len(areas) else np.array([], np.int64)
        self.codes: list[str] = [areas[i][0] for i in order]
        self.names: list[str] = [areas[i][1] for i in order]
        self.shapes = shapes[order]
        shapely.prepare(self.shapes)

    @classmethod
    def load(cls, session: Session) -> "Areas":
        """Every area that has an outline."""
        rows = session.execute(select(Area.code, Area.name, Area.place).where(Area.place.is_not(None)))
        return cls(rows.all())

    def __len__(self) -> int:
        return len(self.codes)

    def codes_at(self, points: NDArray[np.object_]) -> list[str | None]:
        """The code of the smallest area that holds each point (None where there is no point or no area)."""
        found = np.full(len(points), -1)
        area, point = shapely.STRtree(points).query(self.shapes, predicate="intersects")
        largest_first = np.argsort(-area, kind="stable")
        found[point[largest_first]] = area[largest_first]
        return [self.codes[i] if i >= 0 else None for i in found]

    def named_in_cell(self, cell: str | None) -> str | None:
        """The area that a cell about the district names: 黄浦区, 黄浦, 闵行 梅陇."""
        if not cell:
            return None
        if full := self.named_in_text(cell):
            return full
        return next((name for name in self._by_length if cell.startswith(_ENDING.sub("", name))), None)

    def named_in_text(self, text: str | None) -> str | None:
        """The area whose full name stands first in an address. Short forms are names of roads as well."""
        found = self._any_name.search(text) if text and self.names else None
        return found[0] if found else None

    def code_of(self, name: str | None) -> str | None:
        """The code of the one area of that name: where a place without a position belongs."""
        codes = [code for code, its_name in zip(self.codes, self.names, strict=True) if its_name == name]
        return codes[0] if len(codes) == 1 else None

    def hold(self, name: str, lonlat: Floats) -> NDArray[np.bool_]:
        """Which of the points (n, 2) lie in an area of that name."""
        named = [shape for shape, its_name in zip(self.shapes, self.names, strict=True) if its_name == name]
        inside = [shapely.intersects_xy(shape, *lonlat.T) for shape in named]
        return np.asarray(np.logical_or.reduce(inside), bool)

    @cached_property
    def _by_length(self) -> list[str]:
        return sorted(set(self.names), key=len, reverse=True)

    @cached_property
    def _any_name(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self._by_length)))


def area_at(session: Session, lon: float, lat: float) -> str | None:
    """The code of the smallest area that holds a point."""
    touching = select(Area.code, Area.name, Area.place).where(spatial.near(session, Area.place, lon, lat, 0))
    areas = Areas(session.execute(touching).all())
    return areas.codes_at(np.array([shapely.Point(lon, lat)], dtype=object))[0]
