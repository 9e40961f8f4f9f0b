"""What can be done to tasks. The caller owns the transaction and holds the row; nothing here commits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from backend.accounts.scope import Person, Scope
from backend.core import audit
from backend.core.errors import InvalidInput, NotAllowed
from backend.rulebook import queries as rulebook
from backend.tasks import queries
from backend.tasks.errors import TaskClosed
from backend.tasks.models import Task, TaskActivity, TaskOfficer
from backend.tasks.rules import LIVE, Kind, TaskState
from backend.venues import queries as venues


def add_task(session: Session, scope: Scope, said: dict[str, Any], *, by: str, now: datetime) -> Task:
    """Set a task for one's own agency, and give it to officers if they are named.

    Raises NotAllowed, NotFound for a venue out of scope, InvalidInput.
    """
    values = dict(said)
    officers = values.pop("officer_ids", ())
    if scope.agency_id is None:
        raise NotAllowed(agency_id=None)
    task = Task(
        agency_id=scope.agency_id, state=TaskState.OPEN, created_by=by, created_at=now, changed_at=now
    )
    _set(session, scope, task, values)
    session.add(task)
    session.flush()
    audit.record(session, "task.add", by=by, subject=f"task:{task.id}", detail={"kind": task.kind})
    if officers:
        assign(session, scope, task, officers, by=by, now=now)
    return task


def change_task(
    session: Session, scope: Scope, task: Task, said: dict[str, Any], *, by: str, now: datetime
) -> Task:
    """Change day, place, reason or order of a task that is not over. Raises TaskClosed, InvalidInput."""
    _refuse_closed(task)
    changed = _set(session, scope, task, dict(said))
    if changed:
        _touch(session, task, now)
        audit.record(
            session, "task.change", by=by, subject=f"task:{task.id}", detail={"fields": sorted(changed)}
        )
    return task


def assign(
    session: Session, scope: Scope, task: Task, officer_ids: Sequence[int], *, by: str, now: datetime
) -> Task:
    """Give a task to officers; the first answers for it. Who had it before stays in its history.

    Raises TaskClosed, NotAllowed for people who are not inspectors of the agency, InvalidInput.
    """
    _refuse_closed(task)
    wanted = list(dict.fromkeys(officer_ids))
    if not wanted:
        raise InvalidInput(officer_ids="required")
    if strangers := set(wanted) - {user.id for user in queries.officers_for(session, scope)}:
        raise NotAllowed(officer_ids=sorted(strangers))
    before = task.officer_ids
    if before == wanted:
        return task
    for held in task.now_with:
        if held.user_id not in wanted:
            held.until = now
    task.officers += [TaskOfficer(user_id=one, since=now) for one in wanted if one not in before]
    task.officer_id = wanted[0]
    if task.state == TaskState.OPEN:
        task.state = TaskState.ASSIGNED
    _touch(session, task, now)
    detail = {"from": before, "to": wanted}
    audit.record(session, "task.assign", by=by, subject=f"task:{task.id}", detail=detail)
    return task


def start(session: Session, task: Task, *, by: Person, now: datetime) -> Task:
    """Say that one is on the way; again is harmless. Raises TaskClosed, NotAllowed for others."""
    _refuse_closed(task)
    if by.id not in task.officer_ids:
        raise NotAllowed(task_id=task.id)
    if task.state == TaskState.ASSIGNED:
        task.state = TaskState.IN_PROGRESS
        _touch(session, task, now)
        audit.record(session, "task.start", by=by.actor, subject=f"task:{task.id}")
    return task


def withdraw(session: Session, task: Task, *, reason: str, by: str, now: datetime) -> Task:
    """Call a task off, with the reason. What was inspected meanwhile is kept. Raises TaskClosed."""
    _refuse_closed(task)
    task.state, task.withdrawn_at, task.withdrawn_because = TaskState.WITHDRAWN, now, reason
    for held in task.now_with:
        held.until = now
    _touch(session, task, now)
    audit.record(session, "task.withdraw", by=by, subject=f"task:{task.id}")
    return task


def answer(session: Session, task: Task, done: set[str], *, by: str, now: datetime) -> None:
    """Note that a visit answered a task: in progress while activities are left, done with the last."""
    if task.state not in LIVE:
        return
    if set(task.activity_ids) <= done:
        task.state, task.done_at = TaskState.DONE, now
    elif task.officer_id is not None:
        task.state = TaskState.IN_PROGRESS
    else:
        return
    _touch(session, task, now)
    audit.record(session, "task.answer", by=by, subject=f"task:{task.id}", detail={"state": task.state})


def _refuse_closed(task: Task) -> None:
    if task.state not in LIVE:
        raise TaskClosed(state=task.state)


def _touch(session: Session, task: Task, now: datetime) -> None:
    task.version, task.changed_at = task.version + 1, now
    session.flush()


def _set(session: Session, scope: Scope, task: Task, values: dict[str, Any]) -> set[str]:
    """Make the task what somebody said; the names of what changed. Raises what is wrong with the whole."""
    activities = values.pop("activities", None)
    if values.get("venue_id") is not None:
        values["area_code"] = venues.venue(session, scope, values["venue_id"]).area_code
    if values.get("check_code_id") is not None:
        queries.code(session, scope, values["check_code_id"])
    changed = {name for name, value in values.items() if getattr(task, name) != value}
    for name in changed:
        setattr(task, name, values[name])
    if activities is not None and set(activities) != set(task.activity_ids):
        _set_activities(session, scope, task, set(activities))
        changed.add("activities")
    _refuse_faults(scope, task)
    return changed


def _set_activities(session: Session, scope: Scope, task: Task, wanted: set[str]) -> None:
    known = {activity.id for activity in rulebook.current(session).activities}
    if unknown := wanted - known:
        raise InvalidInput(activities=sorted(unknown))
    if others := {activity for activity in wanted if not scope.concerns(activity)}:
        raise NotAllowed(activities=sorted(others))
    kept = [one for one in task.activities if one.activity in wanted]
    new = wanted - {one.activity for one in kept}
    task.activities = kept + [TaskActivity(activity=activity) for activity in sorted(new)]


def _refuse_faults(scope: Scope, task: Task) -> None:
    faults = {}
    if task.venue_id is None and not task.place_text:
        faults["place_text"] = "required"
    if not task.area_code:
        faults["area_code"] = "required"
    if (task.kind == Kind.TRIGGERED) != (task.trigger is not None):
        faults["trigger"] = "required" if task.kind == Kind.TRIGGERED else "only_for_triggered"
    if task.kind == Kind.RE_INSPECTION and not task.source_no:
        faults["source_no"] = "required"
    if task.visit_on and task.visit_on > task.due_on:
        faults["visit_on"] = "after_the_last_day"
    if faults:
        raise InvalidInput(**faults)
    if not scope.covers(task.area_code):
        raise NotAllowed(area_code=task.area_code)
