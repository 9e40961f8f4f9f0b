"""Checklists as Markdown tables (检查表): read, and made whole from their shared sections.

A checklist is an XLSForm: tables named `settings`, `survey` and `choices`. Four things are ours, so that a
new activity is one short file:

- a survey row of type `include` stands for the section `sections/<name>.md`, with its choices and laws;
- a survey row of type `item` is one duty to look into: an answer and its note, after `sections/item.md`;
  every item is also a choice of the list `item`, so that a photo can say what it is about;
- a table `law` (name, clause, duty) lists the law that the checklist serves, ids separated by spaces; the
  survey column `law` names its rows and becomes `bind::law:clause` and `bind::law:duty`;
- languages, namespaces and version are the same in all forms and do not stand in `settings`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from forms.errors import FormProblem

CLAUSE, DUTY, LAW = "bind::law:clause", "bind::law:duty", "law"
SECTIONS = "sections"
SHEETS = frozenset({"settings", "law", "survey", "choices"})
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-+:?")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, and where its author finds it."""

    file: str
    sheet: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def with_cells(self, cells: dict[str, str]) -> "Row":
        return Row(self.file, self.sheet, self.line, cells)

    def problem(self, message: str, column: str = "") -> FormProblem:
        return FormProblem(message, file=self.file, sheet=self.sheet, row=self.line, column=column)


@dataclass(slots=True)
class Sheets:
    """The tables of one file, or of a checklist made whole."""

    file: str
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def __getitem__(self, sheet: str) -> list[Row]:
        return self.rows.setdefault(sheet, [])


def read(path: Path) -> Sheets:
    """The tables of one Markdown file, written as pyxform reads them.

    A table opens with a row that has its name in the first cell; the header and the rows follow, with an
    empty first cell. Lines that do not begin with | are prose.

    Raises
    ------
    FormProblem
        If a row is not closed, has more cells than its header, or is in no table that we know.
    """
    sheets, sheet, header = Sheets(path.name), "", list[str]()
    for line, text in enumerate(_lines(path), start=1):
        if not (text := text.strip()).startswith("|"):
            continue
        first, *cells = _cells(path.name, line, text)
        if first:
            sheet, header = first, []
            if sheet not in SHEETS:
                raise FormProblem(
                    f"unknown table (known: {', '.join(sorted(SHEETS))})",
                    file=path.name,
                    sheet=sheet,
                    row=line,
                )
        elif not sheet:
            raise FormProblem("this row stands before the name of its table", file=path.name, row=line)
        elif not header:
            header = cells
        elif any(cells) and not all(_RULE.fullmatch(cell) for cell in cells):
            row = Row(path.name, sheet, line, {h: c for h, c in zip(header, cells, strict=False) if h and c})
            if len(cells) > len(header) and any(cells[len(header) :]):
                raise row.problem(f"more cells than the {len(header)} columns of the header")
            sheets[sheet].append(row)
    return sheets


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise FormProblem("save this file as UTF-8", file=path.name) from None


def _cells(file: str, line: int, text: str) -> list[str]:
    if len(text) < 2 or not text.endswith("|") or text.endswith("\\|"):
        raise FormProblem("the row does not end with |", file=file, row=line)
    return [cell.strip().replace("\\|", "|") for cell in _PIPE.split(text[1:-1])]


def compose(checklist: Path) -> Sheets:
    """A checklist made whole: sections put in, items written out, laws looked up.

    Parameters
    ----------
    checklist : Path
        One Markdown file; its sections are in the folder `sections` beside it.

    Raises
    ------
    FormProblem
        With the file, sheet, line and column that the author must change.
    """
    own, pattern = read(checklist), read(checklist.parent / SECTIONS / "item.md")
    parts = {
        row["name"]: _section(row, checklist.parent) for row in own["survey"] if row["type"] == "include"
    }
    whole = Sheets(own.file, {"settings": own["settings"]})
    for sheet in ("law", "choices"):
        whole.rows[sheet] = [row for part in (pattern, *parts.values(), own) for row in part[sheet]]
    laws = _unique(whole["law"], "name")
    for row in own["survey"]:
        for put in parts[row["name"]]["survey"] if row["type"] == "include" else [row]:
            if put["type"] == "item":
                whole["choices"].append(_as_choice(put))
            whole["survey"].extend(_bound(written, laws) for written in _written_out(put, pattern["survey"]))
    _unique(whole["choices"], "list_name", "name")
    return whole


def _section(include: Row, folder: Path) -> Sheets:
    path = folder / SECTIONS / f"{include['name']}.md"
    if not path.is_file():
        raise include.problem(f"there is no section {SECTIONS}/{path.name}", "name")
    section = read(path)
    for row in section["survey"]:
        if row["type"] == "include":
            raise row.problem("a section cannot include another", "type")
    return section


def _written_out(row: Row, pattern: list[Row]) -> Iterator[Row]:
    """An `item` row as the questions of its pattern, with its own cells laid over the first."""
    if row["type"] != "item":
        yield row
        return
    over = {column: cell for column, cell in row.cells.items() if column != "type"}
    for part in pattern:
        cells = {column: cell.replace("{item}", row["name"]) for column, cell in part.cells.items()}
        yield row.with_cells(cells | over)
        over = {}


def _as_choice(item: Row) -> Row:
    labels = {column: cell for column, cell in item.cells.items() if column.startswith("label::")}
    return item.with_cells({"list_name": "item", "name": item["name"], **labels})


def _bound(row: Row, laws: dict[tuple[str, ...], Row]) -> Row:
    """The row with the clauses and duties of the laws that it names."""
    cells = {column: cell for column, cell in row.cells.items() if column != LAW}
    for name in row[LAW].split():
        if (name,) not in laws:
            raise row.problem(f"no table `law` has a row named {name}", LAW)
        for column, source in ((CLAUSE, "clause"), (DUTY, "duty")):
            ids = dict.fromkeys([*cells.get(column, "").split(), *laws[name,][source].split()])
            cells |= {column: " ".join(ids)} if ids else {}
    return row.with_cells(cells)


def _unique(rows: list[Row], *columns: str) -> dict[tuple[str, ...], Row]:
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = tuple(row[column] for column in columns)
        if not all(key):
            raise row.problem("this cell must not be empty", columns[key.index("")])
        if there := seen.get(key):
            raise row.problem(
                f"{' '.join(key)} stands already in {there.file}, row {there.line}", columns[-1]
            )
        seen[key] = row
    return seen
