"""Checklists compiled to ODK XForms, with a catalogue that the web process reads without pyxform."""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forms import authoring, sheets
from forms.authoring import LANGUAGES
from forms.catalogue import CURRENT
from forms.errors import FormProblem
from forms.sheets import CLAUSE, DUTY, Row, Sheets

LAW_NAMESPACE = "https://humiao.example/law"  # a name, not an address; never changes
ROOT = "data"
_HEADER_ROWS = 2  # pyxform counts rows as a spreadsheet does: its first row of data is 2
_PLACE = re.compile(r"\[row : (\d+)\]\s*(?:On the '(\w+)' sheet, the '([^']+)' value)?")
_WORD = re.compile(r"(?<=\$\{)\w+(?=\})|(?<=')\w+(?=')")  # ${name}, 'type'


@dataclass(frozen=True, slots=True)
class BuiltForm:
    """One compiled checklist."""

    form_id: str
    version: str
    xml: bytes
    entry: dict[str, Any]  # its catalogue entry
    warnings: tuple[str, ...]


def build(checklists: Path, out: Path, *, validate: bool = True) -> list[BuiltForm]:
    """Compile every checklist of a folder. Nothing is written unless all of them compile.

    Older versions in `out` stay, so that what tablets still send can be read.

    Parameters
    ----------
    checklists : Path
        Folder of `<activity>.md` files with their `sections/`.
    out : Path
        Folder for XForms and catalogue; made when missing.
    validate : bool
        Also ask ODK Validate, which needs Java and some seconds a form.

    Returns
    -------
    list of BuiltForm
        By form id.

    Raises
    ------
    FormProblem
        With file, sheet, line and column, as the author sees them.
    OSError
        If ODK Validate is asked for and there is no Java.
    """
    built = [compile_checklist(path, validate=validate) for path in sorted(checklists.glob("*.md"))]
    if not built:
        raise FormProblem("there is no checklist in this folder", file=str(checklists))
    out.mkdir(parents=True, exist_ok=True)
    for form in built:
        stem = f"{form.form_id}-{form.version}"
        _replace(out / f"{stem}.xml", form.xml)
        _replace(out / f"{stem}.json", _json(form.entry))
    _replace(out / CURRENT, _json({form.form_id: form.version for form in built}))
    return built


def compile_checklist(path: Path, *, validate: bool = True) -> BuiltForm:
    """Compile one checklist; parameters and errors as for `build`."""
    whole = sheets.compose(path)
    if problem := next(authoring.problems(whole), None):
        raise problem
    settings = _settings(whole, path)
    xml, warnings = _compiled(whole, settings, validate=validate)
    entry = _entry(whole, settings, xml)
    return BuiltForm(settings["form_id"], settings["version"], xml, entry, tuple(warnings))


def _settings(whole: Sheets, path: Path) -> dict[str, str]:
    if len(whole["settings"]) != 1:
        raise FormProblem("settings must have one row", file=whole.file, sheet="settings")
    row = whole["settings"][0]
    if row["form_id"] != path.stem:
        raise row.problem(f"the id is the activity, like the file: {path.stem}", "form_id")
    if not row["form_title"]:
        raise row.problem("the form needs a title", "form_title")
    return {
        **row.cells,
        "default_language": LANGUAGES["zh"],
        "namespaces": f'law="{LAW_NAMESPACE}"',
        "version": _version(whole),
    }


def _version(whole: Sheets) -> str:
    """Named by what the form says and by its compiler: one version is one XForm, byte for byte."""
    from pyxform import __version__ as compiler

    said = {sheet: [row.cells for row in rows] for sheet, rows in whole.rows.items()}
    return hashlib.sha256(_json([compiler, LAW_NAMESPACE, said])).hexdigest()[:12]


def _compiled(whole: Sheets, settings: dict[str, str], *, validate: bool) -> tuple[bytes, list[str]]:
    from pyxform.errors import PyXFormError
    from pyxform.validators.odk_validate import ODKValidateError
    from pyxform.xls2xform import convert

    workbook: dict[str, Any] = {"sheet_names": ["settings", "survey", "choices"], "settings": [settings]}
    for sheet in ("survey", "choices"):
        workbook[sheet] = [dict(row.cells) for row in whole[sheet]]
        workbook[f"{sheet}_header"] = [dict.fromkeys(column for row in whole[sheet] for column in row.cells)]
    try:
        compiled = convert(workbook, form_name=ROOT, validate=validate)
    except (PyXFormError, ODKValidateError) as error:
        raise _located(whole, str(error)) from error
    return compiled.xform.encode(), compiled.warnings


def _located(whole: Sheets, message: str) -> FormProblem:
    """What pyxform or ODK Validate says, with the author's own file and line as far as it names a row."""
    if place := _PLACE.search(message):
        sheet, column = place[2] or "survey", place[3] or ""
        rows, index = whole.rows.get(sheet, []), int(place[1]) - _HEADER_ROWS
        if 0 <= index < len(rows):
            return rows[index].problem(message.replace(f"[row : {place[1]}]", "").strip(), column)
    words = set(_WORD.findall(message))
    named = (row for row in whole["survey"] if row["name"] in words or row["type"].partition(" ")[0] in words)
    row = next(named, None)
    return row.problem(message) if row else FormProblem(message, file=whole.file)


def _entry(whole: Sheets, settings: dict[str, str], xml: bytes) -> dict[str, Any]:
    lists: dict[str, dict[str, dict[str, str]]] = {}
    for row in whole["choices"]:
        lists.setdefault(row["list_name"], {})[row["name"]] = _labels(row)
    questions = [_question(nodeset, row) for nodeset, row in _nodes(whole["survey"])]
    files = [question["list"] for question in questions if question["kind"].endswith("_from_file")]
    return {
        "form_id": settings["form_id"],
        "version": settings["version"],
        "hash": f"md5:{hashlib.md5(xml, usedforsecurity=False).hexdigest()}",
        "title": settings["form_title"],
        "media": list(dict.fromkeys(files)),
        "lists": lists,
        "questions": questions,
    }


def _nodes(survey: list[Row]) -> Iterator[tuple[str, Row]]:
    path = [f"/{ROOT}"]
    for row in survey:
        if row["type"] in ("end_group", "end_repeat"):
            path.pop()
            continue
        yield "/".join([*path, row["name"]]), row
        if row["type"] in ("begin_group", "begin_repeat"):
            path.append(row["name"])


def _question(nodeset: str, row: Row) -> dict[str, Any]:
    kind, _, list_name = row["type"].removeprefix("begin_").partition(" ")
    return {
        "nodeset": nodeset,
        "kind": kind,
        "list": list_name,
        "labels": _labels(row),
        "clauses": row[CLAUSE].split(),
        "duties": row[DUTY].split(),
    }


def _labels(row: Row) -> dict[str, str]:
    written = {code: row[f"label::{language}"] for code, language in LANGUAGES.items()}
    return {code: label for code, label in written.items() if label}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _replace(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)
