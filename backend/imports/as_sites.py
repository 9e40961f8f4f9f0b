"""Files of schools and kindergartens (保护对象): an outline, gates, or only a point."""

from typing import Any

import shapely

from backend.imports.cells import Cells, says_nothing
from backend.imports.content import Content, Placed, first_in, one_of_two, refuse_unknown
from backend.imports.errors import FileRefused, RowRefused
from backend.imports.locating import on_earth
from backend.imports.opening import OpenFile
from backend.imports.options import SiteOptions
from backend.imports.register import SITES, Values
from backend.protected_sites.models import SITE_KINDS
from geodata.crs import to_lonlat
from geodata.layers import Row


class Sites(Content[SiteOptions]):
    """A site without a kind or a position says nothing that could be protected."""

    register = SITES

    def __init__(self, file: OpenFile, options: SiteOptions, cells: Cells) -> None:
        super().__init__(file, options, cells)
        if bool(options.kind) == bool(options.kind_column):
            raise FileRefused("kind_missing", "give either --kind, or --kind-column with --kind-map")
        one_of_two(options.kind_column, options.kind_map, "--kind")
        refuse_unknown([options.kind, *(kind for kind, _ in options.kind_map)], SITE_KINDS, "--kind")
        self.play("kind", options.kind_column)

    def values(self, row: Row, placed: Placed) -> Values:
        kind = self.options.kind or first_in(self.cells.raw(row, "kind"), self.options.kind_map)
        if kind is None:
            raise RowRefused("unknown_kind")
        if placed.problem:
            raise RowRefused(placed.problem)
        return {
            "name": self.cells.text(row, "name"),
            "kind": kind,
            "address": self.cells.text(row, "address"),
            "district_text": self.cells.text(row, "district"),
            "place": placed.shape,
            "gates": self._gates(row),
            "opened_on": self.cells.day(row, "opened_on"),
            "closed_on": self.cells.day(row, "closed_on"),
        } | self.provenance(row)

    def _gates(self, row: Row) -> Any:
        text = self.cells.raw(row, "gates")
        if text is None or says_nothing(text):
            return None
        drawn = shapely.from_wkt(text.strip(), on_invalid="ignore")
        if drawn is not None and not drawn.is_empty and drawn.geom_type in ("Point", "MultiPoint"):
            lonlat = to_lonlat(shapely.get_coordinates(drawn), self.file.crs)
            if on_earth(lonlat).all():
                return shapely.MultiPoint(lonlat)
        self.cells.note("gates_unreadable", row)
        return None
