"""HTTP doors of tasks."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.accounts.tablets import current_tablet, requires_tablet
from backend.core.days import today
from backend.core.paging import OnePage
from backend.core.web import get_session
from backend.tasks import actions, queries
from backend.tasks.schemas import (
    AssignmentIn,
    TaskChange,
    TaskFilter,
    TaskIn,
    TaskNowOut,
    TaskOut,
    WithdrawalIn,
)

blp = Blueprint("tasks", __name__, url_prefix="/api/v1/tasks", description="Who goes where, why and by when")
tablet_blp = Blueprint(
    "tablet_tasks", __name__, url_prefix="/tablet/tasks", description="What became of tasks"
)
READERS = (Role.INSPECTOR, Role.ASSISTANT, Role.SUPERVISOR, Role.LEGAL_REVIEWER, Role.COORDINATOR)


def as_query(chosen: dict[str, Any]) -> dict[str, Any]:
    """The filters of a list as the query takes them."""
    asked = dict(chosen)
    return asked | {"overdue_on": today()} if asked.pop("overdue", False) else asked


@blp.route("")
class Tasks(MethodView):
    @requires(*READERS)
    @blp.arguments(TaskFilter, location="query")
    @blp.response(200, TaskOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List tasks, the next due first"""
        return partial(queries.list_tasks, get_session(), current_user().scope, **as_query(chosen))

    @requires(Role.SUPERVISOR)
    @blp.etag
    @blp.arguments(TaskIn)
    @blp.response(201, TaskOut)
    def post(self, said: dict[str, Any]) -> Any:
        """Set a task"""
        person = current_user()
        return actions.add_task(get_session(), person.scope, said, by=person.actor, now=datetime.now(UTC))


@blp.route("/today")
@requires(Role.INSPECTOR)
@blp.response(200, TaskOut(many=True))
def of_today() -> Any:
    """List what one has to do today, in the order of the round"""
    person = current_user()
    return queries.of_day(get_session(), person.scope, person.id, today())


@blp.route("/<int:task_id>")
class Task(MethodView):
    @requires(*READERS)
    @blp.etag
    @blp.response(200, TaskOut)
    def get(self, task_id: int) -> Any:
        """Show a task"""
        return queries.task(get_session(), current_user().scope, task_id)

    @requires(Role.SUPERVISOR)
    @blp.etag
    @blp.arguments(TaskChange)
    @blp.response(200, TaskOut)
    def patch(self, said: dict[str, Any], task_id: int) -> Any:
        """Change a task; `If-Match` names the state that was changed"""
        task, person = _to_change(task_id), current_user()
        return actions.change_task(
            get_session(), person.scope, task, said, by=person.actor, now=datetime.now(UTC)
        )


@blp.route("/<int:task_id>/assignment")
class Assignment(MethodView):
    @requires(Role.SUPERVISOR)
    @blp.etag
    @blp.arguments(AssignmentIn)
    @blp.response(200, TaskOut)
    def put(self, said: dict[str, Any], task_id: int) -> Any:
        """Give a task to officers, or to others; what the former ones inspected is kept"""
        task, person = _to_change(task_id), current_user()
        return actions.assign(
            get_session(), person.scope, task, **said, by=person.actor, now=datetime.now(UTC)
        )


@blp.route("/<int:task_id>/start")
class Start(MethodView):
    @requires(Role.INSPECTOR)
    @blp.etag
    @blp.response(200, TaskOut)
    def put(self, task_id: int) -> Any:
        """Say that one is on the way"""
        task = _to_change(task_id)
        return actions.start(get_session(), task, by=current_user(), now=datetime.now(UTC))


@blp.route("/<int:task_id>/withdrawal")
class Withdrawal(MethodView):
    @requires(Role.SUPERVISOR)
    @blp.etag
    @blp.arguments(WithdrawalIn)
    @blp.response(200, TaskOut)
    def put(self, said: dict[str, Any], task_id: int) -> Any:
        """Call a task off, with the reason"""
        task = _to_change(task_id)
        return actions.withdraw(get_session(), task, **said, by=current_user().actor, now=datetime.now(UTC))


@tablet_blp.route("/<int:task_id>")
@requires_tablet(Role.INSPECTOR)
@tablet_blp.response(200, TaskNowOut)
def now(task_id: int) -> Any:
    """Say who has a task now that this tablet's officer has or had"""
    return queries.had_by(get_session(), current_tablet(), task_id)


def _to_change(task_id: int) -> Any:
    """The task, if `If-Match` names the state that it is in."""
    task = queries.task(get_session(), current_user().scope, task_id, to_change=True)
    blp.check_etag(task, TaskOut)
    return task
