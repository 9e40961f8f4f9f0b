"""Tables of tasks at the desk: out to Excel; in, first to be looked at, then to be confirmed."""

from datetime import UTC, datetime
from typing import Any

from flask import Response, render_template

from backend.accounts.auth import Role, current_user, requires
from backend.core.errors import Refusal
from backend.core.spreadsheets import file_answer
from backend.core.web import get_session
from backend.tasks import importing
from backend.tasks.api import READERS
from backend.tasks.columns import in_words
from backend.tasks.models import TaskImport
from backend.tasks.schemas import TaskFilter
from backend.tasks.table_api import exported, shown
from backend.web.shell import pages, with_refusal
from backend.web.tables import filters_asked


@pages.get("/tasks.xlsx")
@requires(*READERS)
def tasks_xlsx() -> Response:
    """The tasks that were looked for, as a table that can be filled in further."""
    _, chosen = filters_asked(TaskFilter())
    return file_answer("tasks", exported(chosen))


@pages.get("/tasks/import")
@requires(Role.SUPERVISOR)
def new_import() -> Any:
    """Where a table is chosen."""
    return render_template("task_import.html", refusal=None, shown=None, faults=[], counts=None)


@pages.post("/tasks/import")
@requires(Role.SUPERVISOR)
def show_import() -> Any:
    """Say what is wrong in a table, or that it can be taken in."""
    try:
        return _page(shown())
    except Refusal as refusal:
        return with_refusal("task_import.html", refusal, shown=None, faults=[], counts=None)


@pages.get("/tasks/import/<int:import_id>.xlsx")
@requires(Role.SUPERVISOR)
def import_faults(import_id: int) -> Response:
    """The same table with what is wrong before each row."""
    session, person = get_session(), current_user()
    found = importing.own(session, import_id, by=person)
    return file_answer("tasks", importing.workbook_of(session, found, person.scope))


@pages.post("/tasks/import/<int:import_id>")
@requires(Role.SUPERVISOR)
def confirm_import(import_id: int) -> Any:
    """Take a table in."""
    session, person = get_session(), current_user()
    counts = importing.confirm(session, import_id, by=person, now=datetime.now(UTC))
    return _page(importing.own(session, import_id, by=person), counts)


def _page(found: TaskImport, counts: dict[str, int] | None = None) -> Any:
    faulty = [(number, one["faults"]) for number, one in enumerate(found.rows, 2) if one["faults"]]
    faults = [(number, in_words(wrong)) for number, wrong in faulty]
    return render_template("task_import.html", refusal=None, shown=found, faults=faults, counts=counts)
