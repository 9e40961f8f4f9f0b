"""Tables of text: CSV and TSV, and workbooks."""

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, dropwhile, islice, zip_longest
from pathlib import Path
from typing import Any

from geodata.layers.columns import TORN, unique_names
from geodata.layers.encoding import encoding_of
from geodata.layers.layer import LayerUnreadable, Row, Source, text
from geodata.layers.unpack import MEMORY_LIMIT, Scratch, damaged, unzip

_CELL_LIMIT = 16 << 20  # characters: the outline of a province as WKT has less
_LINES_LIMIT = 500  # line breaks in one cell; more is a quotation mark that somebody forgot to close
_END = "\0end of file"


def read_csv(path: Path) -> Source:
    """CSV or TSV; comma, semicolon or tab, whichever the header has most of outside quotation marks."""
    codec, lines = encoding_of(path)
    csv.field_size_limit(_CELL_LIMIT)
    with path.open(encoding=codec, newline="") as file:
        head = file.read(1 << 16)
    header = re.sub(r'"[^"]*"', '""', head).lstrip("\r\n").partition("\n")[0]
    records = partial(_records, path, codec, max(",;\t", key=header.count))
    columns = unique_names(next(records(), []))
    if not columns:
        raise LayerUnreadable("empty_file", "the table has no header; put the names of its columns above it")
    return Source(columns, lambda: _rows(columns, islice(records(), 1, None)), False, total=lines - 1)


def _records(path: Path, codec: str, delimiter: str) -> Iterator[list[str]]:
    """The records of a file from its header on; the first that is not blank."""
    with path.open(encoding=codec, newline="") as file:
        lines = csv.reader(chain(file, [_END]), delimiter=delimiter)
        started, before = False, 0
        try:
            for cells in lines:
                if cells == [_END]:
                    return
                if lines.line_num - before > _LINES_LIMIT or (cells and cells[-1].endswith(_END)):
                    break
                started, before = started or any(cells), lines.line_num
                if started:
                    yield cells
        except csv.Error:
            pass
        raise LayerUnreadable(
            "quote_never_closed",
            f"a quotation mark in line {before + 1} is not closed; close it or take it out",
        )


def read_workbook(path: Path, scratch: Scratch) -> Source:
    """The one sheet of a workbook that is visible and not empty. Excel's error values read as blank cells."""
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_path(str(_repacked(path, scratch))) as workbook:
            sheets = {
                sheet.name: workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                for sheet in workbook.sheets_metadata
                if sheet.visible == calamine.SheetVisibleEnum.Visible
            }
    except (calamine.CalamineError, OSError) as error:
        raise damaged(f"the workbook cannot be read ({error})") from error
    return _only_sheet({name: cells for name, cells in sheets.items() if any(map(any, cells))})


def _repacked(path: Path, scratch: Scratch) -> Path:
    """The workbook with its parts stored as they are, so that its reader has nothing left to inflate."""
    stored = scratch.new_folder() / "stored.xlsx"
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as archive:
        for name, part in unzip(path, scratch, MEMORY_LIMIT).items():
            archive.write(part, name)
    return stored


def _only_sheet(sheets: dict[str, list[list[Any]]]) -> Source:
    if not sheets:
        raise LayerUnreadable("empty_file", "the workbook has no visible sheet with anything in it")
    if len(sheets) > 1:
        names = ", ".join(sheets)
        raise LayerUnreadable(
            "several_layers", f"the workbook has several sheets ({names}); save the one meant alone"
        )
    header, *cells = dropwhile(lambda row: not any(row), next(iter(sheets.values())))
    columns = unique_names(map(text, header))
    return Source(columns, lambda: _rows(columns, (map(text, row) for row in cells)), False, total=len(cells))


def _rows(columns: list[str], records: Iterable[Iterable[str | None]]) -> Iterator[Row]:
    """Rows of cells under their columns; blank rows are counted and left out."""
    width = len(columns)
    for number, record in enumerate(records):
        cells = [cell or None for cell in record]
        if any(cells):
            surplus = any(cells[width:])  # an address with a comma in it moves what follows
            values = dict(zip_longest(columns, cells[:width]))
            yield Row(number, values, None, TORN if surplus else None)
