"""Invented units in close contact with minors: the demo's school, others late or never queried."""

from datetime import timedelta
from typing import Any

from backend.cli.common import now
from backend.cli.demo_tasks import person_of
from backend.core.days import today
from backend.core.deployment import Deployment
from backend.protected_sites import queries as sites
from backend.staff_queries import actions
from backend.staff_queries.rules import AskedBy, AskedOf, QueryKind, Result

_STREET = "319901001"
_UNITS: tuple[tuple[str, str, tuple[tuple[int, int, Result], ...]], ...] = (
    ("training", "示例艺术培训中心（虚构）", ((420, 18, Result.NONE_FOUND),)),
    ("after_school", "示例路校外托管班（虚构）", ()),
    ("infant_care", "示例托育园（虚构）", ((345, 9, Result.NONE_FOUND),)),
    ("station", "潮汐街道未成年人保护工作站（虚构）", ((30, 3, Result.AWAITED),)),
)


def query_staff(deployment: Deployment) -> None:
    """Register them, and enter what each reported: days ago, how many people, with what result."""
    with deployment.unit_of_work() as session:
        supervisor, school = person_of(session, "supervisor"), person_of(session, "school")
        for kind, name, rows in _UNITS:
            said: dict[str, Any] = {"kind": kind, "name": name, "area_code": _STREET}
            unit = actions.register(session, said, by=supervisor, now=now())
            for days, people, result in rows:
                asked = _said(days, people, result, AskedBy.AUTHORITY)
                actions.enter_query(session, unit, asked, unit.version, by=supervisor, now=now())
        site = sites.site(session, school.scope, school.scope.site_id or 0)
        said = {"kind": "school", "name": site.name or "", "area_code": site.area_code, "site_id": site.id}
        unit = actions.register(session, said, by=supervisor, now=now())
        asked = _said(100, 46, Result.NONE_FOUND, AskedBy.UNIT)
        actions.enter_query(session, unit, asked, unit.version, by=school, now=now())


def _said(days: int, people: int, result: Result, by: AskedBy) -> dict[str, Any]:
    return {
        "kind": QueryKind.YEARLY, "people": people, "queried_on": today() - timedelta(days),
        "asked_of": AskedOf.POLICE, "asked_by": by, "result": result,
    }  # fmt: skip
