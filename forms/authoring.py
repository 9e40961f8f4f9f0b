"""What an author must not write: one of the three engines would choke on it or read it differently."""

import re
from collections.abc import Iterator

from forms.errors import FormProblem
from forms.sheets import CLAUSE, Row, Sheets

LANGUAGES = {"zh": "中文 (zh)", "en": "English (en)"}
SILENT = frozenset({"start", "end", "deviceid", "hidden", "calculate", "end_group", "end_repeat"})
_EXPRESSIONS = ("relevant", "constraint", "required", "calculation", "choice_filter", "readonly", "default")
_TRANSLATED = ("label", "hint", "constraint_message", "required_message")
_PREDICATE = re.compile(r"\[[^\]]*\]")
_TRUTH = re.compile(r"[=<>]|\b(and|or)\b|\b(not|selected|true|false|regex|boolean)\(")
_CLAUSE_ID = re.compile(r"[a-z0-9-]+:[0-9a-z-]+(\.\d+)?(\(\d+(,\d+)*\))?")
_DATE = re.compile(r"(?<!date\()'\d{4}-\d{2}-\d{2}")


def problems(sheets: Sheets) -> Iterator[FormProblem]:
    """Breaches of the authoring rules, in the order of the rows.

    Parameters
    ----------
    sheets : Sheets
        A checklist made whole by `sheets.compose`.
    """
    for row in sheets["survey"]:
        yield from _untranslated(row, needs_label=row["type"] not in SILENT and not row["trigger"])
        yield from _traps(row)
        for clause in row[CLAUSE].split():
            if not _CLAUSE_ID.fullmatch(clause):
                yield row.problem(
                    f"{clause} is no clause id like internet-cafe-regs:21.1 or law:31(2)", CLAUSE
                )
    for row in sheets["choices"]:
        yield from _untranslated(row, needs_label=True)


def _untranslated(row: Row, *, needs_label: bool) -> Iterator[FormProblem]:
    for text in _TRANSLATED:
        columns = [f"{text}::{language}" for language in LANGUAGES.values()]
        written = [column for column in columns if row[column]]
        if (written or (text == "label" and needs_label)) and len(written) < len(columns):
            missing = next(column for column in columns if not row[column])
            yield row.problem("a text must be there in every language", missing)


def _traps(row: Row) -> Iterator[FormProblem]:
    for column in _EXPRESSIONS:
        cell = row[column]
        if "geofence(" in cell:
            yield row.problem("geofence() is not in every engine: the server checks positions", column)
        if "distance(" in cell and not cell.startswith("if("):
            yield row.problem("guard distance() with if(): a blank point stops an engine", column)
        if _DATE.search(cell):
            yield row.problem("compare dates with date('...')", column)
    bare = _PREDICATE.sub("", row["calculation"])
    if not bare.startswith("if(") and _TRUTH.search(bare):
        yield row.problem("engines write truth differently: wrap it in if(..., 'yes', 'no')", "calculation")
