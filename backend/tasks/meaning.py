"""What a row of the table of tasks means: texts become the fields of a task, or faults by their column."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from backend.accounts.scope import Scope
from backend.core.errors import NotFound
from backend.core.personal_numbers import find
from backend.rulebook import queries as rulebook
from backend.tasks import queries
from backend.tasks.columns import KINDS, PRIORITIES, STATES, TRIGGERS
from backend.tasks.models import Task
from backend.tasks.rules import TaskState
from backend.venues import queries as venues

BETWEEN = "、"
_PARTS = re.compile(r"[、,，;；\s]+")
_DAY = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})日?")
_LENGTHS = {"place_text": 255, "reason": 255, "source_no": 64, "area_code": 16}
_DIGITS = 9  # of the number of a row
_SAID_IN = {"officer_ids": "officers", "check_code_id": "check_code"}


@dataclass(frozen=True, slots=True)
class Known:
    """What a supervisor may write into a table: activities by every name, officers by account."""

    activities: dict[str, str]
    names: dict[str, str]  # of activities, by id
    officers: dict[str, int]

    def lists(self) -> dict[str, list[str]]:
        """What can be chosen in the columns that have a list."""
        return {
            "kind": list(KINDS), "trigger": list(TRIGGERS), "activities": list(self.names.values()),
            "priority": list(PRIORITIES), "officers": list(self.officers),
        }  # fmt: skip


def known(session: Session, scope: Scope) -> Known:
    """What may stand in a table of this supervisor."""
    mine = [row for row in rulebook.current(session).activities if scope.concerns(row.id)]
    every = {name: row.id for row in mine for name in (row.id, row.name.zh, row.name.en)}
    officers = {user.login: user.id for user in queries.officers_for(session, scope)}
    return Known(every, {row.id: row.name.zh for row in mine}, officers)


def as_row(task: Task, words: Known) -> dict[str, str]:
    """A task as a row of the table."""
    texts = {
        name: str(getattr(task, name) or "")
        for name in ("id", "version", "venue_id", "place_text", "area_code", "reason", "source_no", "due_on")
    }
    logins = {one.user_id: one.user.login for one in task.now_with}
    return texts | {
        "kind": _word(KINDS, task.kind),
        "trigger": _word(TRIGGERS, task.trigger),
        "venue_name": (task.venue and task.venue.name) or "",
        "area_code": "" if task.venue_id else task.area_code,
        "activities": BETWEEN.join(words.names.get(one, one) for one in task.activity_ids),
        "check_code": (task.check_code and task.check_code.code) or "",
        "visit_on": str(task.visit_on or ""),
        "priority": _word(PRIORITIES, task.priority),
        "officers": BETWEEN.join(logins[one] for one in task.officer_ids),
        "state": STATES[TaskState(task.state)],
    }


def _word(words: Mapping[str, Any], value: Any) -> str:
    return next((word for word, meant in words.items() if meant == value), "")


def meant(
    session: Session, scope: Scope, row: Mapping[str, str], words: Known
) -> tuple[dict[str, Any], dict[str, str]]:
    """The fields that a row means, and what is wrong with it by column."""
    said: dict[str, Any] = {}
    faults: dict[str, str] = dict(_faulty_texts(row))
    for name in _LENGTHS:
        said[name] = row.get(name) or None
    _choose(row, "kind", KINDS, said, faults)
    _choose(row, "trigger", TRIGGERS, said, faults)
    _choose(row, "priority", PRIORITIES, said, faults)
    said["priority"] = said.get("priority") or 2
    for name in ("visit_on", "due_on"):
        said[name] = _day(row.get(name, ""), name, faults)
    said["venue_id"] = _venue(session, scope, row, faults)
    said["check_code_id"] = _check_code(session, scope, row.get("check_code", ""), faults)
    for name, choices in (("activities", words.activities), ("officers", words.officers)):
        parts = [part for part in _PARTS.split(row.get(name, "")) if part]
        if unknown := [part for part in parts if part not in choices]:
            faults[name] = "not_allowed" if name == "officers" else "choose_one"
        said[name] = [choices[part] for part in parts if part not in unknown]
    for name in ("kind", "reason", "due_on"):
        if not said[name]:
            faults.setdefault(name, "required")
    if said["area_code"] is None or said["venue_id"]:
        said.pop("area_code")
    return said, faults


def _faulty_texts(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, text in row.items():
        if find(text):
            yield name, "personal_number"
        elif len(text) > _LENGTHS.get(name, len(text)):
            yield name, "too_long"


def _choose(
    row: Mapping[str, str], name: str, words: Mapping[str, Any], said: dict[str, Any], faults: dict[str, str]
) -> None:
    text = row.get(name, "")
    said[name] = words.get(text, next((value for value in words.values() if str(value) == text), None))
    if text and said[name] is None:
        faults[name] = "choose_one"


def _day(text: str, name: str, faults: dict[str, str]) -> date | None:
    try:
        return date(*map(int, _DAY.fullmatch(text).groups())) if text else None  # type: ignore[union-attr]
    except (AttributeError, ValueError):
        faults[name] = "not_a_day"
        return None


def _venue(session: Session, scope: Scope, row: Mapping[str, str], faults: dict[str, str]) -> int | None:
    """The venue by its number or, where only one bears it, by its name."""
    number, name = row.get("venue_id", ""), row.get("venue_name", "")
    if not number:
        found = venues.named(session, scope, name) if name else []
        if name and len(found) != 1:
            faults["venue_name"] = "several_have_it" if found else "not_found"
        return found[0] if len(found) == 1 else None
    if (venue_id := number_in(number)) is None:
        faults["venue_id"] = "not_a_number"
        return None
    try:
        venue = venues.venue(session, scope, venue_id)
    except NotFound:
        faults["venue_id"] = "not_found"
        return None
    if name and name != (venue.name or ""):
        faults["venue_name"] = "name_differs"
    return venue.id


def _check_code(session: Session, scope: Scope, text: str, faults: dict[str, str]) -> int | None:
    found = queries.code_named(session, scope, text) if text else None
    if text and found is None:
        faults["check_code"] = "not_found"
    return found.id if found else None


def number_in(text: str) -> int | None:
    """A text as the number of a row, as far as there are such numbers."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def column_of(field: str) -> str:
    """The column in which somebody said this field of a task."""
    return _SAID_IN.get(field, field)
