"""Lists as files for spreadsheets: CSV with a BOM, and no cell that would be taken for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from flask import Response, stream_with_context

from backend.core.downloads import to_keep

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_AT_ONCE = 200  # rows in one piece
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_answer(name: str, headings: Iterable[str], rows: Iterable[Iterable[Any]]) -> Response:
    """A file of rows, sent as they come."""
    lines = stream_with_context(_lines(chain([headings], rows)))
    return to_keep(Response(lines, mimetype="text/csv"), f"{name}.csv")


def file_answer(name: str, content: bytes) -> Response:
    """A workbook of Excel."""
    return to_keep(Response(content, mimetype=XLSX), f"{name}.xlsx")


def workbook(sheet: str, headings: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """A workbook with one sheet of texts, written row by row."""
    from openpyxl import Workbook  # it brings Pillow: a web worker imports it for this only

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "A2"
    for row in chain([headings], rows):
        page.append([str(plain_cell(value)) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def plain_cell(value: Any) -> Any:
    """The value as it may stand in a cell: text that begins like a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def without_guard(text: str) -> str:
    """What somebody meant by a cell that `plain_cell` wrote."""
    return text[1:] if text.startswith("'") and text[1:].lstrip(" ").startswith(_FORMULA) else text


def _lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    text = io.StringIO("\ufeff")
    text.seek(1)
    writer = csv.writer(text)
    for number, row in enumerate(rows, 1):
        writer.writerow([plain_cell(value) for value in row])
        if number % _AT_ONCE == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()
