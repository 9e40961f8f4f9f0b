"""HTTP doors of the table of tasks: out as a workbook, in after it was shown and confirmed."""

from datetime import UTC, datetime
from typing import Any

from flask import Response, request
from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core import audit
from backend.core.spreadsheets import XLSX, file_answer
from backend.core.web import deployment, get_session
from backend.tasks import importing
from backend.tasks.api import READERS, as_query
from backend.tasks.errors import ImportRefused
from backend.tasks.models import TaskImport
from backend.tasks.schemas import TaskCountsOut, TaskFilter, TaskImportOut
from backend.tasks.table import LARGEST, read

blp = Blueprint("task_tables", __name__, url_prefix="/api/v1", description="Tables of tasks, for Excel")


@blp.route("/tasks.xlsx")
@requires(*READERS)
@blp.arguments(TaskFilter, location="query")
@blp.response(200, content_type=XLSX)
def tasks_xlsx(chosen: dict[str, Any]) -> Response:
    """Every task that fits, as a table that can be filled in further; each export is recorded"""
    return file_answer("tasks", exported(chosen))


def exported(chosen: dict[str, Any]) -> bytes:
    """The table of the tasks that fit; the export is in the audit trail before it leaves.

    What was searched for is not: it may be a name.
    """
    person = current_user()
    said = {name: str(value) for name, value in chosen.items() if value and name != "text"}
    with deployment().unit_of_work() as session:
        content = importing.export(session, person.scope, **as_query(chosen))
        audit.record(session, "task.export", by=person.actor, subject="tasks", detail=said)
    return content


def shown() -> TaskImport:
    """The table that was sent with this request, tried row by row. Raises ImportRefused."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise ImportRefused(table="required")
    with sent.stream as stream:
        rows = read(stream.read(LARGEST + 1))
    return importing.show(get_session(), rows, by=current_user(), now=datetime.now(UTC))


@blp.route("/task-imports")
class Imports(MethodView):
    @requires(Role.SUPERVISOR)
    @blp.response(201, TaskImportOut)
    @blp.doc(
        requestBody={
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "properties": {"file": {"type": "string", "format": "binary"}},
                    }
                }
            }
        }
    )
    def post(self) -> Any:
        """Show a table of tasks: what is wrong in it; nothing of it is a task yet"""
        return shown()


@blp.route("/task-imports/<int:import_id>.xlsx")
@requires(Role.SUPERVISOR)
@blp.response(200, content_type=XLSX)
def faults_xlsx(import_id: int) -> Response:
    """The same table again, with what is wrong before each row"""
    person = current_user()
    found = importing.own(get_session(), import_id, by=person)
    return file_answer("tasks", importing.workbook_of(get_session(), found, person.scope))


@blp.route("/task-imports/<int:import_id>/confirmation", methods=["PUT"])
@requires(Role.SUPERVISOR)
@blp.response(200, TaskCountsOut)
def confirmation(import_id: int) -> Any:
    """Take in a table without faults, as a whole or not at all"""
    return importing.confirm(get_session(), import_id, by=current_user(), now=datetime.now(UTC))
