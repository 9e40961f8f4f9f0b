"""What one tablet alone carries: the tasks of its officer, and the document numbers that it reserved.

Where to go, by when and for which plan; of a task that came from a tip nothing but that: why somebody told
something stays here. No officer is named: a shared tablet has the tasks of its agency.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, select, true
from sqlalchemy.orm import Session, selectinload

from backend.accounts.scope import DevicePerson
from backend.packages.register import ticks
from backend.tasks.ledger_models import NumberBlock
from backend.tasks.models import Task, TaskOfficer
from backend.tasks.queries import visible
from backend.tasks.rules import LIVE, NumberState, Trigger

TAKEN_AWAY = timedelta(days=30)  # so long a tablet is told of tasks that are no longer its officer's
Said = dict[str, Any]


def tasks(session: Session, tablet: DevicePerson, now: datetime) -> Said:
    """What is to be done, and the numbers of tasks that went to others or were called off."""
    mine, scope = _mine(tablet, had=False), visible(tablet.scope)
    order = (Task.due_on, Task.priority, Task.id)
    live = select(Task).where(scope, mine, Task.state.in_(LIVE)).order_by(*order)
    gone = select(Task.id).where(
        scope, _mine(tablet, had=True), ~(mine & Task.state.in_(LIVE)), Task.changed_at >= now - TAKEN_AWAY
    )
    rows = [_task(task) for task in session.scalars(live.options(selectinload(Task.venue)))]
    return {"rows": rows, "gone": list(session.scalars(gone.order_by(Task.id)))}


def _mine(tablet: DevicePerson, *, had: bool) -> ColumnElement[bool]:
    """Tasks that the tablet's officer has, or ever had."""
    if tablet.user_id is None:
        return true()
    now_or_ever = true() if had else TaskOfficer.until.is_(None)
    return exists().where(TaskOfficer.task_id == Task.id, TaskOfficer.user_id == tablet.user_id, now_or_ever)


def _task(task: Task) -> Said:
    place = task.venue.place if task.venue else None
    lon, lat = (None, None) if place is None else ticks(place)[0]
    return {
        "id": task.id, "version": task.version, "kind": task.kind, "trigger": task.trigger,
        "state": task.state, "venue_id": task.venue_id, "venue_name": task.venue and task.venue.name,
        "venue_address": task.venue and task.venue.address, "place_text": task.place_text,
        "lon": lon, "lat": lat, "activities": task.activity_ids,
        "reason": None if task.trigger == Trigger.TIP else task.reason,
        "source_no": task.source_no, "check_code": task.check_code and task.check_code.code,
        "joint": task.check_code and len(task.check_code.agency_ids) > 1,
        "visit_on": task.visit_on, "due_on": task.due_on, "priority": task.priority,
        "route_order": task.route_order,
    }  # fmt: skip


def numbers(session: Session, tablet: DevicePerson, today: date) -> list[Said]:
    """The blocks that this tablet reserved for today and later, without the numbers it has used."""
    blocks = (
        select(NumberBlock)
        .where(NumberBlock.device_id == tablet.device_id, NumberBlock.day >= today)
        .options(selectinload(NumberBlock.numbers))
        .order_by(NumberBlock.day, NumberBlock.id)
    )
    return [
        {"kind": block.series.kind, "day": block.day, "numbers": [[one.id, one.text] for one in left]}
        for block in session.scalars(blocks)
        if (left := [one for one in block.numbers if one.state == NumberState.RESERVED])
    ]
