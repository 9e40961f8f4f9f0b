"""A table of tasks: shown as it would be, then taken in as a whole or not at all.

Rows without a number become new tasks; rows with one change their task, unless it changed since the export.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from backend.accounts.scope import Person, Scope
from backend.core import audit
from backend.core.errors import InvalidInput, NotAllowed, NotFound, Refusal
from backend.core.personal_numbers import mask
from backend.tasks import actions, queries
from backend.tasks.columns import FIELDS, in_words
from backend.tasks.errors import ImportRefused
from backend.tasks.meaning import Known, as_row, column_of, known, meant, number_in
from backend.tasks.models import TaskImport
from backend.tasks.rules import LIVE
from backend.tasks.table import LONGEST, write


class _RowFaulty(Exception):
    """A row cannot become what it says; `faults` by column."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(faults)
        self.faults = faults


def show(session: Session, rows: Sequence[dict[str, str]], *, by: Person, now: datetime) -> TaskImport:
    """Try every row and keep the table with what is wrong in it; nothing of it is a task yet.

    What the same person showed before and never confirmed is forgotten. Raises NotAllowed.
    """
    if by.agency_id is None:
        raise NotAllowed(agency_id=None)
    words, seen, tried = known(session, by.scope), set[str](), []
    for row in rows:
        number = row.get("id", "")
        faults = {"id": "twice"} if number and number in seen else _faults(session, row, words, by, now)
        seen.add(number)
        tried.append({"row": {name: mask(text) for name, text in row.items()}, "faults": faults})
    forgotten = (TaskImport.user_id == by.id, TaskImport.confirmed_at.is_(None))
    session.execute(delete(TaskImport).where(*forgotten))
    count = sum(bool(one["faults"]) for one in tried)
    session.add(shown := TaskImport(user_id=by.id, rows=tried, faults=count, read_at=now))
    session.flush()
    return shown


def confirm(session: Session, import_id: int, *, by: Person, now: datetime) -> dict[str, int]:
    """Take in a table that was shown without faults; how many tasks are new, changed, the same.

    Raises NotFound for the tables of others, ImportRefused if a row does not hold any more.
    """
    shown = own(session, import_id, by=by)
    if shown.faults or shown.confirmed_at:
        raise ImportRefused(table="taken_in_before" if shown.confirmed_at else "has_faults")
    words, counts = known(session, by.scope), {"new": 0, "changed": 0, "same": 0}
    for number, one in enumerate(shown.rows, 2):  # as Excel counts, below the headings
        try:
            counts[_apply(session, one["row"], words, by, now)] += 1
        except _RowFaulty as problem:
            raise ImportRefused(table="has_faults", row=number, faults=problem.faults) from None
    shown.confirmed_at = now
    audit.record(session, "task.import", by=by.actor, subject=f"task_import:{import_id}", detail=dict(counts))
    return counts


def own(session: Session, import_id: int, *, by: Person) -> TaskImport:
    """A table that this person showed; NotFound for all others."""
    chosen = select(TaskImport).where(TaskImport.id == import_id, TaskImport.user_id == by.id)
    if (found := session.scalar(chosen.with_for_update())) is None:
        raise NotFound(task_import_id=import_id)
    return found


def workbook_of(session: Session, shown: TaskImport, scope: Scope) -> bytes:
    """The same table again, with what is wrong before each row."""
    faults = [in_words(one["faults"]) for one in shown.rows]
    return write([one["row"] for one in shown.rows], known(session, scope).lists(), faults)


def export(session: Session, scope: Scope, **filters: Any) -> bytes:
    """The tasks that fit as a table that can be filled in further. Raises ImportRefused for too many."""
    tasks, total = queries.list_tasks(session, scope, limit=LONGEST, **filters)
    if total > LONGEST:
        raise ImportRefused(table="too_many_rows")
    words = known(session, scope)
    return write([as_row(task, words) for task in tasks], words.lists())


def _faults(session: Session, row: dict[str, str], words: Known, by: Person, now: datetime) -> dict[str, str]:
    """What would refuse this row; nothing of the attempt stays."""
    with audit.trial(session):
        try:
            _apply(session, row, words, by, now)
        except _RowFaulty as problem:
            return problem.faults
    return {}


def _apply(session: Session, row: dict[str, str], words: Known, by: Person, now: datetime) -> str:
    """Make the task what the row says: new, changed or the same. Raises _RowFaulty."""
    if row.get("id"):
        return _change(session, row, words, by, now)
    said, faults = meant(session, by.scope, row, words)
    if faults:
        raise _RowFaulty(faults)
    said["officer_ids"] = said.pop("officers")
    with _faults_by_column():
        actions.add_task(session, by.scope, said, by=by.actor, now=now)
    return "new"


def _change(session: Session, row: dict[str, str], words: Known, by: Person, now: datetime) -> str:
    try:
        task = queries.task(session, by.scope, number_in(row["id"]) or 0, to_change=True)
    except NotFound:
        raise _RowFaulty({"id": "not_found"}) from None
    is_now = as_row(task, words)
    if all(
        row.get(name, is_now[name]) == is_now[name] for name in FIELDS if name not in ("state", "version")
    ):
        return "same"
    if row.get("version") != is_now["version"]:
        raise _RowFaulty({"version": "changed_meanwhile"})
    if task.state not in LIVE:
        raise _RowFaulty({"state": "closed"})
    said, faults = meant(session, by.scope, is_now | row, words)
    if faults:
        raise _RowFaulty(faults)
    officers = said.pop("officers")
    with _faults_by_column():
        actions.change_task(session, by.scope, task, said, by=by.actor, now=now)
        if officers:
            actions.assign(session, by.scope, task, officers, by=by.actor, now=now)
    return "changed"


@contextmanager
def _faults_by_column() -> Iterator[None]:
    """Turn what an action refuses into faults of the row."""
    try:
        yield
    except InvalidInput as problem:
        faults = {column_of(name): str(said) for name, said in problem.data.items()}
        raise _RowFaulty(faults) from None
    except Refusal as problem:
        name = next(iter(problem.data), "kind")
        word = "not_found" if isinstance(problem, NotFound) else "not_allowed"
        raise _RowFaulty({column_of(name): word}) from None
