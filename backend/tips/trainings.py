"""Who was taught to recognise and report harm (强制报告培训), by unit, and who is due again."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from backend.accounts.rules import Role
from backend.accounts.scope import Person, area_condition
from backend.core import audit
from backend.core.errors import InvalidInput, NotAllowed
from backend.protected_sites import queries as sites
from backend.tips.mandatory_models import Training


def enter(session: Session, said: dict[str, Any], *, by: Person, now: datetime, today: date) -> Training:
    """Enter a training of one's own school, else of one's own agency. Raises NotAllowed, InvalidInput."""
    site_id, agency_id = by.scope.site_id, by.agency_id
    if (by.role is Role.REPORTER and site_id is None) or (by.role is not Role.REPORTER and agency_id is None):
        raise NotAllowed(agency_id=None)
    if said["held_on"] > today:
        raise InvalidInput(held_on="in_the_future")
    if said["next_due_on"] <= said["held_on"]:
        raise InvalidInput(next_due_on="before_it_was_held")
    is_school = by.role is Role.REPORTER and site_id is not None
    unit = {"site_id": site_id} if is_school else {"agency_id": agency_id}
    area = sites.site(session, by.scope, site_id).area_code if is_school and site_id else None
    entered = Training(
        **unit, **said, area_code=area or min(by.scope.areas, default=""), entered_by=by.id, entered_at=now
    )
    session.add(entered)
    session.flush()
    audit.record(session, "training.enter", by=by.actor, subject=f"training:{entered.id}")
    return entered


def list_trainings(
    session: Session, person: Person, *, offset: int = 0, limit: int = 20
) -> tuple[list[Training], int]:
    """Trainings that somebody may see, the newest first, and how many there are."""
    chosen = select(Training).where(_visible(person))
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    order = (Training.held_on.desc(), Training.id.desc())
    return list(session.scalars(chosen.order_by(*order).offset(offset).limit(limit))), total


def due(session: Session, person: Person, on: date) -> list[Training]:
    """The last training of each unit that is due again, the longest overdue first."""
    later = aliased(Training)
    same = or_(later.agency_id == Training.agency_id, later.site_id == Training.site_id)
    newer = or_(later.next_due_on > Training.next_due_on,
                and_(later.next_due_on == Training.next_due_on, later.id > Training.id))  # fmt: skip
    chosen = select(Training).where(
        _visible(person), Training.next_due_on <= on, ~select(later.id).where(same, newer).exists()
    )
    return list(session.scalars(chosen.order_by(Training.next_due_on, Training.id)))


def _visible(person: Person) -> ColumnElement[bool]:
    """Those of one's areas; a school's reporter sees that school's."""
    if person.role is Role.REPORTER:
        return Training.site_id == person.scope.site_id
    return area_condition(person.scope, Training.area_code)
