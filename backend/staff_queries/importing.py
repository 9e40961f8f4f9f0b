"""Units from a table (Excel or CSV): every row becomes a unit, or none does and each fault is told."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.queries import areas_in_scope
from backend.accounts.scope import Person
from backend.core import audit
from backend.core.days import day_of
from backend.core.errors import InvalidInput
from backend.core.personal_numbers import find
from backend.core.spreadsheets import without_guard
from backend.rulebook import queries as rulebook
from backend.staff_queries import actions
from backend.staff_queries.errors import UnitsRefused, UnitTaken
from backend.staff_queries.models import ContactUnit
from backend.tasks.errors import ImportRefused
from backend.tasks.table import cells
from backend.venues.rules import credit_code

LARGEST, MOST_ROWS = 2 * 2**20, 2000
HEADINGS = {
    "单位名称": "name", "名称": "name", "name": "name", "单位类别": "kind", "类别": "kind", "kind": "kind",
    "单位地址": "address", "地址": "address", "address": "address", "所在辖区": "area_code",
    "辖区": "area_code", "辖区代码": "area_code", "area_code": "area_code", "信用代码": "credit_code",
    "统一社会信用代码": "credit_code", "credit_code": "credit_code",
}  # fmt: skip
_NEEDED = ("name", "kind", "area_code")
_LONGEST, _MOST_FAULTS = 255, 20


def read(content: bytes, file_name: str) -> list[dict[str, str]]:
    """The rows of a table as texts by field; columns that are not ours are left out. Raises UnitsRefused."""
    if len(content) > LARGEST:
        raise UnitsRefused(table="too_large")
    table = _csv(content) if file_name.lower().endswith(".csv") else _workbook(content)
    fields = [HEADINGS.get(text.strip().lower()) for text in table[0]] if table else []
    if not {*_NEEDED} <= {*fields}:
        raise UnitsRefused(table="unit_columns_missing")
    rows = [{f: text.strip() for f, text in zip_longest(fields, row[: len(fields)], fillvalue="") if f}
            for row in table[1:]]  # fmt: skip
    filled = [row for row in rows if any(row.values())]
    if not filled or len(filled) > MOST_ROWS:
        raise UnitsRefused(table="too_large" if filled else "no_units")
    return filled


def take_in(session: Session, rows: Sequence[dict[str, str]], *, by: Person, now: datetime) -> dict[str, int]:
    """Register the unit of each row; how many are new, and how many were known by their credit code.

    Raises UnitsRefused with the faults by row, as Excel counts below the headings; nothing is then kept.
    """
    kinds = {
        said: one.id
        for one in rulebook.current(session).on(day_of(now)).contact_unit_kinds.values()
        for said in (one.id, one.name.zh, one.name.en)
    }
    areas = {said: one.code for one in areas_in_scope(session, by.scope) for said in (one.code, one.name)}
    known = set(session.scalars(select(ContactUnit.credit_code).where(ContactUnit.credit_code.is_not(None))))
    counts, faults = {"new": 0, "known": 0}, dict[str, str]()
    with session.begin_nested():
        for number, row in enumerate(rows, 2):
            said: dict[str, Any] = {name: text or None for name, text in row.items()}
            said |= {
                "kind": kinds.get(row["kind"], ""),
                "area_code": areas.get(row["area_code"], row["area_code"]),
            }
            if (code := credit_code(row.get("credit_code", ""))) and code in known:
                counts["known"] += 1
            elif fault := _fault(session, said, by, now):
                faults[str(number)] = fault
            else:
                counts["new"] += 1
                known |= {code} if code else set()
        if faults:
            raise UnitsRefused(**dict(list(faults.items())[:_MOST_FAULTS]))
    audit.record(session, "contact_unit.import", by=by.actor, subject="contact_units", detail=dict(counts))
    return counts


def _fault(session: Session, said: dict[str, Any], by: Person, now: datetime) -> str:
    """Register one; or what is wrong with it."""
    texts = [text for text in said.values() if text]
    if any(find(text) for text in texts):
        return "personal_number_found"
    if not said.get("name") or len(said["name"]) < 2 or any(len(text) > _LONGEST for text in texts):
        return "name_unusable"
    try:
        actions.register(session, said, by=by, now=now)
    except InvalidInput as refusal:
        return next(f"{name}_{fault}" for name, fault in refusal.data.items())
    except UnitTaken:
        return "taken"
    return ""


def _csv(content: bytes) -> list[list[str]]:
    """UTF-8, or the GBK in which Chinese Excel writes a CSV."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return [[without_guard(cell) for cell in row] for row in csv.reader(io.StringIO(text))]
        except csv.Error:
            break
    raise UnitsRefused(table="no_unit_table")


def _workbook(content: bytes) -> list[list[str]]:
    try:
        found = cells(content, longest=MOST_ROWS)
    except ImportRefused:
        raise UnitsRefused(table="no_unit_table") from None
    return [["" if cell is None else without_guard(str(cell)) for cell in row] for row in found]
