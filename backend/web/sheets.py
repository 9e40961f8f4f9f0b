"""Sheets to sign, of a school or a sweep: the blocks of a page as a workbook of Excel and as a PDF."""

import io
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson
from flask import Response

from backend.core.downloads import to_keep
from backend.core.spreadsheets import plain_cell
from backend.documents.pdf import fonts

_PAGES = Path(__file__).parent / "templates" / "sheet.typ"
_WIDEST = 40


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under headings; `empty` is said where there are none. Numbers stand in even columns."""

    caption: str
    headings: list[str]
    rows: list[list[str]]
    empty: str
    even: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A title, some lines, tables one after the other, and a line to sign on; all in words."""

    title: str
    lines: list[str]
    tables: list[Table]
    sign: str
    language: str


def as_xlsx(sheet: Sheet) -> bytes:
    """A workbook of one sheet in which every cell is text and nothing is a formula."""
    from openpyxl import Workbook  # it brings Pillow: a web worker imports it for this only
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    workbook = Workbook()
    paper = workbook.active
    paper.page_setup.orientation, paper.page_setup.fitToHeight = "landscape", 0
    paper.sheet_properties.pageSetUpPr.fitToPage = True
    bold, widths = Font(bold=True), [0] * 16
    for number, (row, is_heading) in enumerate(_rows(sheet), 1):
        for column, text in enumerate(row, 1):
            cell = paper.cell(number, column)
            cell.value, cell.number_format, cell.data_type = plain_cell(text), "@", "s"
            if is_heading:
                cell.font = bold
            if len(row) > 1:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                widths[column - 1] = max(widths[column - 1], len(text.encode("gbk", "replace")) + 2)
    for column, width in enumerate(widths, 1):
        paper.column_dimensions[get_column_letter(column)].width = min(max(width, 8), _WIDEST)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _rows(sheet: Sheet) -> list[tuple[list[str], bool]]:
    """Every row of the workbook, and whether it is a heading."""
    rows = [([sheet.title], True), *(([line], False) for line in sheet.lines)]
    for table in sheet.tables:
        rows += [([], False), ([table.caption], True)]
        rows += [(table.headings, True)] if table.rows else [([table.empty], False)]
        rows += [(row, False) for row in table.rows]
    return [*rows, ([], False), ([sheet.sign], False)]


def as_pdf(sheet: Sheet) -> bytes:
    """A PDF with the fonts that we bring; what is in the sheet is text there and never markup."""
    import typst  # with its fonts some tens of megabytes: a web worker imports it for this only

    made: bytes = typst.compile(
        _PAGES, font_paths=fonts(), ignore_system_fonts=True,
        sys_inputs={"sheet": orjson.dumps(asdict(sheet)).decode()},
    )  # fmt: skip
    return made


def pdf_answer(name: str, sheet: Sheet) -> Response:
    """The PDF as a file to keep."""
    return to_keep(Response(as_pdf(sheet), mimetype="application/pdf"), f"{name}.pdf")
