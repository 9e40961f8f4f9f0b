"""What a file of places turns into: rows in file order, and one error for files that cannot be read."""

import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any, NamedTuple

from shapely.geometry.base import BaseGeometry


class LayerUnreadable(ValueError):
    """The file as a whole cannot be read; the message says what to do about it.

    Attributes
    ----------
    reason : str
        Stable word for programs: ``no_such_file``, ``empty_file``, ``lock_file``, ``damaged``, ``too_big``,
        ``password``, ``web_page``, ``old_excel``, ``not_what_its_name_says``, ``unknown_format``,
        ``not_a_layer``, ``several_layers``, ``wrong_encoding``, ``quote_never_closed``, ``column_unknown``,
        ``columns_unclear``.
    """

    def __init__(self, reason: str, message: str):
        super().__init__(message)
        self.reason = reason


class Values(dict[str, "str | None"]):
    """The cells of one row by column. A column that this row lacks reads as None."""

    def __missing__(self, column: str) -> None:
        return None


class Row(NamedTuple):
    """One data row of a file.

    Attributes
    ----------
    number : int
        0-based data row of the file; header not counted, blank rows and rows that `only` left out counted.
    values : dict of str to str or None
        Text as the file has it; an empty cell is None.
    geometry : shapely geometry or None
        Two-dimensional, in the coordinates of the file, x (longitude) first; may cross itself.
    problem : str or None
        Why there is no geometry: ``coordinates_missing``, ``coordinates_not_numbers``,
        ``coordinates_out_of_range`` (in no reference on earth), ``geometry_unreadable``, ``too_many_cells``.
    """

    number: int
    values: dict[str, str | None]
    geometry: BaseGeometry | None
    problem: str | None


@dataclass(frozen=True)
class Source:
    """A file, opened by the reader of its format; `rows` starts from the first row each time it is called."""

    columns: list[str]
    rows: Callable[[], Iterator[Row]]
    has_geometry: bool
    stated_crs: str | None = None
    total: int | None = None


@dataclass(frozen=True)
class Rows:
    """Rows read from the file each time one asks for them, so that a large file need not fit in memory."""

    start: Callable[[], Iterator[Row]]
    keep: object = None  # what must live as long as the rows: the folder of unpacked files

    def __iter__(self) -> Iterator[Row]:
        yield from self.start()


@dataclass(frozen=True)
class Layer:
    """A file of places, opened.

    Attributes
    ----------
    columns : list of str
        In file order; the empty header cell n is ``column_n``, a second ``name`` is ``name (2)``.
    rows : iterable of Row
        In file order. Most formats are read while one iterates, each time anew: a damage further down raises
        `LayerUnreadable` then.
    stated_crs : str or None
        What the file says about its reference system. Often wrong, never used here: information only.
    total : int or None
        Data rows of the file, for a progress bar beside ``row.number + 1``; of a CSV, its lines.
    """

    columns: list[str]
    rows: Iterable[Row]
    stated_crs: str | None = None
    total: int | None = None

    def column(self, name: str) -> str:
        """The column somebody means by `name`: the same text, or the same but for case and a final colon.

        Raises
        ------
        LayerUnreadable
            ``column_unknown``, with the columns that there are.
        """
        return find_column(self.columns, name)


def find_column(columns: list[str], name: str) -> str:
    """See `Layer.column`."""
    same = [c for c in columns if c == name] or [c for c in columns if plain(c) == plain(name)]
    if len(same) == 1:
        return same[0]
    there = ", ".join(columns[:40]) + (" ..." if len(columns) > 40 else "")
    raise LayerUnreadable("column_unknown", f"there is no column {name!r}; the file has: {there}")


def plain(column: str) -> str:
    """A column name without what differs by accident: case, outer spaces, a final colon."""
    return column.strip().rstrip(":：").rstrip().casefold()


def text(value: Any) -> str | None:
    """A cell as text: codes without exponent or decimal zero; blank and not-a-number are None."""
    match value:
        case None | "":
            return None
        case str():
            return value
        case bool():
            return str(value).lower()
        case float():
            return None if math.isnan(value) else format(Decimal(repr(value)).normalize(), "f")
        case date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
