"""Tasks (任务): who goes where, why and by when; and one of them, with what came of it."""

from datetime import UTC, datetime
from typing import Any

from flask import render_template, request

from backend.accounts.auth import Role, current_user, requires
from backend.core.days import today
from backend.core.errors import InvalidInput, NotFound
from backend.core.web import get_session
from backend.inspections.api import READERS as VISIT_READERS
from backend.inspections.grounds import visits_of_task
from backend.planning.api import PLANNERS
from backend.planning.models import Sweep
from backend.planning.queries import of_task
from backend.tasks import actions, queries
from backend.tasks.api import READERS, as_query
from backend.tasks.models import Task
from backend.tasks.rules import LIVE, Kind, TaskState, is_overdue
from backend.tasks.schemas import TaskFilter, TaskIn, WithdrawalIn
from backend.venues import queries as venues
from backend.venues.models import Venue
from backend.web.forms import loaded
from backend.web.shell import pages
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.task_new import (
    OFFICERS,
    activity_choices,
    counted_at,
    officer_choices,
    officers_given,
    priority_choices,
)
from backend.web.words import t

CHIPS = {"open": "survey", "assigned": "plain", "in_progress": "plain", "done": "clear", "withdrawn": "plain"}


@pages.get("/tasks")
@requires(*READERS)
def tasks() -> Any:
    """The tasks of one's agency, the next due first."""
    number, place = page_asked()
    given, chosen = filters_asked(TaskFilter())
    person = current_user()
    rows, total = queries.list_tasks(get_session(), person.scope, **as_query(chosen), **place)
    return render_template(
        "tasks.html",
        page=Page(list(rows), total, number), given=given, state=_state, overdue=_overdue,
        may_write=person.role is Role.SUPERVISOR, activities=activity_choices(),
        states=[(one, t.named("task_state", one)) for one in TaskState],
        kinds=[(one, t.named("task_kind", one)) for one in Kind],
    )  # fmt: skip


@pages.get("/tasks/<int:task_id>")
@requires(*READERS)
def task(task_id: int) -> Any:
    """One task: why, who had it, what was inspected for it, how often the business is visited."""
    return _page(queries.task(get_session(), current_user().scope, task_id))


@pages.post("/tasks/<int:task_id>")
@requires(Role.SUPERVISOR, Role.INSPECTOR)
def change_task(task_id: int) -> Any:
    """Give it to officers, change its days, begin it or call it off, as it stood when it was looked at."""
    session, person, given = get_session(), current_user(), request.form
    found = queries.task(session, person.scope, task_id, to_change=True)
    deed, by, now = given.get("deed"), person.actor, datetime.now(UTC)
    if given.get("version", type=int) != found.version:
        raise InvalidInput(task="changed_meanwhile")
    if deed == "start" and person.role is Role.INSPECTOR:
        actions.start(session, found, by=person, now=now)
    elif deed == "assign" and person.role is Role.SUPERVISOR:
        actions.assign(session, person.scope, found, officers_given(given), by=by, now=now)
    elif deed == "change" and person.role is Role.SUPERVISOR:
        said = loaded(TaskIn(partial=True, only=("visit_on", "due_on", "priority")), given, "task_")
        actions.change_task(session, person.scope, found, {"visit_on": None} | said, by=by, now=now)
    elif deed == "withdraw" and person.role is Role.SUPERVISOR:
        actions.withdraw(session, found, **loaded(WithdrawalIn(), given, "task_"), by=by, now=now)
    else:
        raise InvalidInput(deed="choose_one")
    session.expire_all()
    return _page(queries.task(session, person.scope, task_id), is_saved=True)


def _state(one: Task) -> tuple[str, str]:
    return t.named("task_state", one.state), CHIPS[one.state]


def _overdue(one: Task) -> bool:
    return is_overdue(one.due_on, one.state, today())


def _page(found: Task, is_saved: bool = False) -> Any:
    session, person = get_session(), current_user()
    visits = visits_of_task(session, person.scope, found) if person.role in VISIT_READERS else None
    is_live = found.state in LIVE
    may_write = is_live and person.role is Role.SUPERVISOR
    return render_template(
        "task.html",
        task=found, state=_state(found), overdue=_overdue(found), is_saved=is_saved, visits=visits,
        venue=_venue_seen(found), may_write=may_write, sweep=_sweep_of(found),
        counted=counted_at(found.venue, beside=found.id) if is_live else None,
        officers=officer_choices() if may_write else [], priorities=priority_choices(),
        numbers=range(1, OFFICERS + 1),
        may_start=found.state == TaskState.ASSIGNED and person.id in found.officer_ids,
    )  # fmt: skip


def _sweep_of(found: Task) -> Sweep | None:
    """The sweep for which it was made, if the reader may open its page."""
    person = current_user()
    return of_task(get_session(), person.scope, found.id) if person.role in PLANNERS else None


def _venue_seen(found: Task) -> Venue | None:
    """The venue, if the reader may open its page."""
    try:
        return venues.venue(get_session(), current_user().scope, found.venue_id) if found.venue_id else None
    except NotFound:
        return None
