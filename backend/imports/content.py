"""How rows of a file are understood: what is common to areas, sites and venues."""

from abc import ABC, abstractmethod
from collections.abc import Collection
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from backend.imports.cells import Cells
from backend.imports.errors import FileRefused
from backend.imports.opening import OpenFile
from backend.imports.options import FileOptions, Pairs
from backend.imports.register import Register, Values
from geodata.layers import Row

Options = TypeVar("Options", bound=FileOptions)
OUTLINES = ("Polygon", "MultiPolygon")


class Placed(NamedTuple):
    """Where a row is, in lon/lat: its shape and a point of it; or the problem."""

    shape: Any
    point: Any
    problem: str | None


class Content(ABC, Generic[Options]):
    """One kind of file."""

    register: ClassVar[Register]

    def __init__(self, file: OpenFile, options: Options, cells: Cells) -> None:
        self.file, self.options, self.cells = file, options, cells
        self.play("district", options.district_column)

    @property
    def stem(self) -> str:
        """What the refs of the file's rows, and of no others, begin with."""
        return f"{self.file.stem}:"

    @property
    def numbered(self) -> bool:
        """Whether rows are known by their number only, and so must stay where they are."""
        return self.file.ref_column is None

    def ref(self, row: Row) -> str:
        """By what the register knows the row. Raises RowRefused."""
        return self.file.ref(row)

    @abstractmethod
    def values(self, row: Row, placed: Placed) -> Values:
        """The row as the register keeps it. Raises RowRefused."""

    def provenance(self, row: Row) -> Values:
        """Where the position came from, and how exact somebody says it is."""
        return {
            "source": self.options.source or self.file.path.name,
            "source_crs": self.file.crs,
            "capture": "import",
            "accuracy_m": self.cells.metres(row, "accuracy_m"),
            "surveyed_on": self.cells.day(row, "surveyed_on"),
        }

    def play(self, role: str, column: str | None) -> None:
        """Let a column play a further role."""
        if column is not None:
            self.cells.columns[role] = self.file.layer.column(column)


def first_in(cell: str | None, pairs: Pairs) -> str | None:
    """The left side of the first pair whose right side is contained in the cell."""
    return next((name for name, part in pairs if part in (cell or "")), None)


def all_in(cell: str | None, pairs: Pairs) -> list[str]:
    """The left sides of all such pairs, in their order; in 电竞酒店 酒店 is not found beside 电竞酒店."""
    rest, found = cell or "", set()
    for part in sorted({part for _, part in pairs}, key=len, reverse=True):
        if part in rest:
            found.add(part)
            rest = rest.replace(part, "\0")
    return [name for name, part in pairs if part in found]


def refuse_unknown(names: Collection[str | None], known: Collection[str], option: str) -> None:
    """Refuse a file for which somebody named a kind or an activity that there is not."""
    for name in names:
        if name is not None and name not in known:
            raise FileRefused("name_unknown", f"{option} {name}: give one of {', '.join(known)}")


def one_of_two(column: str | None, pairs: Pairs, option: str) -> None:
    """A column to look in and the pairs to look for go together."""
    if bool(column) != bool(pairs):
        raise FileRefused("options_unclear", f"{option}-column and {option}-map go together")
