"""Which agencies answer for an activity in an area (主管单位): those whose inspectors work there."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.models import Agency, User
from backend.accounts.rules import Role, in_force
from backend.accounts.scope import Scope


def agencies_at_work(session: Session, on: date) -> dict[int, Scope]:
    """Agencies in force that have inspectors, each with what it supervises and where those work.

    So one that only coordinates (议事协调机构) is sent nowhere: it has no inspectors.
    """
    inspectors = select(User).where(User.role == Role.INSPECTOR, User.active, User.agency_id.is_not(None))
    agencies: dict[int, Agency] = {}
    areas: defaultdict[int, set[str]] = defaultdict(set)
    for user in session.scalars(inspectors):
        if (agency := user.agency) and in_force(agency.valid_from, agency.valid_to, on):
            agencies[agency.id] = agency
            areas[agency.id].update(area.code for area in user.areas)
    return {
        one.id: Scope(
            tuple(sorted(areas[one.id])), None if one.activities is None else frozenset(one.activities),
            one.id, Role.INSPECTOR,
        )
        for one in agencies.values()
    }  # fmt: skip


def answering(agencies: Mapping[int, Scope], activity: str, area_code: str | None) -> tuple[int, ...]:
    """The agencies that answer for an activity in an area, by id."""
    return tuple(
        sorted(one for one, scope in agencies.items() if scope.concerns(activity) and scope.covers(area_code))
    )
