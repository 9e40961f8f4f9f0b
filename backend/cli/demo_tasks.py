"""Invented tasks of the demo's culture squad: planned, triggered, to look again, overdue, done."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts import queries
from backend.accounts.scope import Person
from backend.cli.common import BY, now
from backend.core.days import today
from backend.core.deployment import Deployment
from backend.inspections.grounds import match_by_hand
from backend.inspections.models import Visit
from backend.tasks import actions, codes
from backend.tasks.rules import Kind, Route, Trigger
from backend.venues.models import Venue, VenueActivity

_ACTIVITY = "internet_cafe"
_CODES = (
    {"code": "示例-检查码-0001", "route": Route.PLANNED, "source_no": "示例计划-1"},
    {"route": Route.TRIGGERED, "source_no": "示例线索-7"},  # applied for
)


def plan(deployment: Deployment) -> None:
    """Set them as the demo's supervisor does; the newest visit to a cafe answers one of them."""
    with deployment.unit_of_work() as session:
        supervisor, inspector = person_of(session, "supervisor"), person_of(session, "inspector")
        made = [codes.add_code(session, supervisor.scope, one, by=BY, now=now()) for one in _CODES]
        visit = session.scalars(
            select(Visit).where(Visit.activity == _ACTIVITY).order_by(Visit.id.desc()).limit(1)
        ).one()
        for said in _tasks(_cafes(session, 3), made[0].id):
            officers = {"officer_ids": [inspector.id] if said.pop("given", True) else []}
            actions.add_task(session, supervisor.scope, said | officers, by=BY, now=now())
        answered = {"kind": Kind.PLANNED, "reason": "例行检查", "due_on": today(), "venue_id": visit.venue_id}
        task = actions.add_task(
            session, supervisor.scope, answered | {"officer_ids": [inspector.id]}, by=BY, now=now()
        )
        match_by_hand(session, supervisor.scope, visit.id, task.id, by=BY, now=now())


def _tasks(cafes: list[int], code_id: int) -> list[dict[str, Any]]:
    def by(days: int) -> dict[str, Any]:
        return {"due_on": today() + timedelta(days)}

    return [
        {"kind": Kind.PLANNED, "reason": "季度检查", "source_no": "示例计划-1", "venue_id": cafes[0],
         "activities": [_ACTIVITY], "check_code_id": code_id, "visit_on": today(), **by(3)},
        {"kind": Kind.TRIGGERED, "trigger": Trigger.TIP, "reason": "反映夜间接待未成年人", "priority": 1,
         "source_no": "示例线索-7", "place_text": "示例路9号地下一层", "area_code": "319901", **by(1)},
        {"kind": Kind.RE_INSPECTION, "reason": "核查禁入标志是否已悬挂", "source_no": "示例责改-3",
         "venue_id": cafes[1], **by(-2)},
        {"kind": Kind.TRIGGERED, "trigger": Trigger.CAMPAIGN, "reason": "校园周边专项行动",
         "source_no": "示例专项-1", "venue_id": cafes[2], "given": False, **by(10)},
    ]  # fmt: skip


def _cafes(session: Session, count: int) -> list[int]:
    """The last cafes of the register: the first ones were inspected already."""
    does_it = select(Venue.id).join(VenueActivity).where(VenueActivity.activity == _ACTIVITY)
    return list(session.scalars(does_it.order_by(Venue.id.desc()).limit(count)))


def person_of(session: Session, login: str) -> Person:
    """One of the demo's people, as they are now."""
    if (person := queries.person_of(queries.user_by_login(session, login), now())) is None:
        raise RuntimeError(f"the demo's {login} is missing")
    return person
