"""The table of tasks as a workbook: written so that nothing in it is a formula, read within limits."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from backend.core.spreadsheets import plain_cell, without_guard
from backend.tasks.columns import ADVICE_SHEET, COLUMNS, FAULT, HEADINGS, LISTS_SHEET, SHEET
from backend.tasks.errors import ImportRefused

LONGEST = 500  # rows of one table: others wait while it is tried and taken in
LARGEST = 2 * 1024 * 1024
_UNPACKED = 32 * 1024 * 1024
_LONGEST_CELL = 400
_WIDEST = 40  # columns that are looked at
_FIRST_HEADING = COLUMNS[0].heading
_SPARE = 200  # empty rows that have the lists too


def write(
    rows: Iterable[Mapping[str, str]], lists: Mapping[str, Sequence[str]], faults: Sequence[str] | None = None
) -> bytes:
    """A workbook of rows, the lists to choose from, and how to fill it in.

    Parameters
    ----------
    rows : iterable of mapping
        Texts by field of `COLUMNS`; every cell is text, so that no code becomes a number.
    lists : mapping
        For a field, what may be chosen there.
    faults : sequence of str, optional
        For each row what is wrong with it, as a column before all others.
    """
    from openpyxl import Workbook  # it brings Pillow: a web worker imports it for this only

    workbook = Workbook()
    sheet = workbook.active
    sheet.title = SHEET
    before = [] if faults is None else [FAULT]
    headings = [*before, *(column.heading for column in COLUMNS)]
    _put(sheet, 1, headings)
    last = 1
    for last, row in enumerate(rows, 2):
        told = [] if faults is None else [faults[last - 2]]
        _put(sheet, last, [*told, *(row.get(column.field, "") for column in COLUMNS)])
    _look(sheet, [60] * len(before) + [column.width for column in COLUMNS])
    _offer(workbook, sheet, lists, len(before), last + _SPARE)
    advice = workbook.create_sheet(ADVICE_SHEET)
    for number, column in enumerate(COLUMNS, 2):
        _put(advice, number, [column.heading, *column.advice])
    _put(advice, 1, ["列", "怎么填", "How to fill it in"])
    _look(advice, [16, 60, 60])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _put(sheet: Any, number: int, values: Sequence[str]) -> None:
    for column, value in enumerate(values, 1):
        cell = sheet.cell(number, column)
        cell.value, cell.number_format = plain_cell(value), "@"
        cell.data_type = "s"


def _look(sheet: Any, widths: Sequence[int]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.cell(1, column).font = Font(bold=True)


def _offer(workbook: Any, sheet: Any, lists: Mapping[str, Sequence[str]], shift: int, last: int) -> None:
    """Give columns their lists, which stand in a sheet of their own: in a cell they are too long."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    kept = workbook.create_sheet(LISTS_SHEET)
    kept.sheet_state = "hidden"
    where = {column.field: number for number, column in enumerate(COLUMNS, 1 + shift)}
    for number, (field, choices) in enumerate(lists.items(), 1):
        for row, choice in enumerate(choices, 1):
            kept.cell(row, number, plain_cell(choice)).data_type = "s"
        from_, to = get_column_letter(number), get_column_letter(where[field])
        rule = DataValidation("list", f"'{LISTS_SHEET}'!${from_}$1:${from_}${max(1, len(choices))}")
        rule.showErrorMessage = field not in ("activities", "officers")  # there several may stand together
        rule.add(f"{to}2:{to}{last}")
        sheet.add_data_validation(rule)


def read(content: bytes) -> list[dict[str, str]]:
    """The rows of a workbook as texts by field, blank rows left out. Raises ImportRefused with a reason."""
    return _rows([[_text(cell) for cell in row] for row in cells(content, SHEET, LONGEST)])


def cells(content: bytes, sheet: str = "", longest: int = LONGEST) -> list[tuple[Any, ...]]:
    """The cells of a sheet of that name, else of the first one, headings included. Raises ImportRefused."""
    return sheets(content, {sheet: longest})[0]


def sheets(content: bytes, longest: Mapping[str, int]) -> list[list[tuple[Any, ...]]]:
    """The cells of several sheets, each by its name and with so many rows, unpacked once.

    A packed bomb, a sheet that claims a million columns and a document type are refused or never looked at.
    """
    _refuse_bombs(content)
    from openpyxl import load_workbook

    try:
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        found = []
        for sheet, rows in longest.items():
            named = sheet if sheet in workbook.sheetnames else workbook.sheetnames[0]
            read = workbook[named].iter_rows(
                min_row=1, max_row=rows + 2, min_col=1, max_col=_WIDEST, values_only=True
            )
            found.append(list(read))
        workbook.close()
    except ImportRefused:
        raise
    except Exception:  # whatever a broken workbook makes of its reader
        raise ImportRefused(table="not_a_table") from None
    return found


def _rows(texts: list[list[str]]) -> list[dict[str, str]]:
    fields = [HEADINGS.get(text) for text in texts[0]] if texts else []
    known = [field for field in fields if field]
    if missing := {"kind", "reason", "due_on"} - set(known):
        raise ImportRefused(table="columns_missing", columns=sorted(missing))
    if len(set(known)) < len(known):
        raise ImportRefused(table="columns_twice")
    rows = [{f: text for f, text in zip(fields, row, strict=False) if f} for row in texts[1:]]
    filled = [row for row in rows if any(text for field, text in row.items() if field != "state")]
    if not filled:
        raise ImportRefused(table="empty")
    if len(filled) > LONGEST:
        raise ImportRefused(table="too_many_rows")
    return filled


def _text(cell: Any) -> str:
    """A cell as somebody sees it: dates as days, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return without_guard(str(cell).strip())[:_LONGEST_CELL]


def _refuse_bombs(content: bytes) -> None:
    if len(content) > LARGEST:
        raise ImportRefused(table="too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _UNPACKED:
                raise ImportRefused(table="too_large")
            for part in archive.infolist():
                if part.filename.endswith((".xml", ".rels")) and b"<!" in archive.read(part).replace(
                    b"<!--", b""
                ).replace(b"<![CDATA[", b""):
                    raise ImportRefused(table="not_a_table")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error):
        raise ImportRefused(table="not_a_table") from None
