"""Files of areas (辖区): districts, streets and towns with a code, a name and an outline."""

import re

from backend.imports.cells import Cells
from backend.imports.content import OUTLINES, Content, Placed
from backend.imports.errors import RowRefused
from backend.imports.opening import OpenFile
from backend.imports.options import AreaOptions
from backend.imports.register import AREAS, Values
from geodata.layers import Row

_CODE = re.compile(r"[0-9A-Za-z]{1,12}")


class Areas(Content[AreaOptions]):
    """Known by their code, not by their row."""

    register = AREAS
    stem, numbered = "", False

    def __init__(self, file: OpenFile, options: AreaOptions, cells: Cells) -> None:
        super().__init__(file, options, cells)
        self.play("code", options.code_column)
        self.play("name", options.name_column)

    def ref(self, row: Row) -> str:
        code = self.cells.text(row, "code") or ""
        if not _CODE.fullmatch(code):
            raise RowRefused("code_invalid")
        return code

    def values(self, row: Row, placed: Placed) -> Values:
        if placed.problem or placed.shape.geom_type not in OUTLINES:
            raise RowRefused(placed.problem or "not_an_area")
        return {
            "name": self.cells.text(row, "name") or self.ref(row),
            "place": placed.shape,
        } | self.provenance(row)
