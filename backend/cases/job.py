"""Counting provisional deadlines anew once holidays are loaded: by hand, or daily beside the filer."""

from datetime import date, datetime

import orjson
from sqlalchemy import Select, String, cast, select
from sqlalchemy.orm import Session, selectinload

from backend.cases import deadlines
from backend.cases.models import Case, CaseDeadline
from backend.core import audit
from backend.core.deployment import Deployment
from backend.rulebook import queries as rulebook

BY = "system:cases"
_AT_ONCE = 500


def recount(session: Session, *, by: str) -> int:
    """Count anew the cases in which a last day stands on holidays that came; returns how many changed.

    A day that moves is in the audit trail, and the earlier of the two goes on to warn.
    """
    wanted = select(Case).where(Case.id.in_(_waited_for(session)))
    together = wanted.options(selectinload(Case.steps), selectinload(Case.deadlines)).order_by(Case.id)
    clocks, calendar, last, changed = deadlines.Clocks(session), rulebook.current(session).day, 0, 0
    while some := session.scalars(together.where(Case.id > last).limit(_AT_ONCE)).all():
        for case in some:
            before = _days(case)
            deadlines.count_anew(case, case.steps, case.running, clocks, calendar, keep_warning=True)
            if moved := {clock: day for clock, day in _days(case).items() if before[clock] != day}:
                changed += 1
                detail = {"due": {clock: day and day.isoformat() for clock, day in moved.items()}}
                audit.record(session, "case.recount", by=by, subject=f"case:{case.id}", detail=detail)
        session.flush()
        last = some[-1].id
    return changed


def _waited_for(session: Session) -> Select[int]:
    """Cases with a clock for which a year was not loaded then, and is now."""
    calendar, years = rulebook.current(session).day, cast(CaseDeadline.unloaded, String)
    provisional = (CaseDeadline.is_provisional.is_(True), CaseDeadline.ended_at.is_(None))
    came = [
        text for text in session.scalars(select(years).where(*provisional).distinct())
        if any(calendar(date(year, 1, 1)).loaded for year in orjson.loads(text))
    ]  # fmt: skip
    return select(CaseDeadline.case_id).where(*provisional, years.in_(came))


def _days(case: Case) -> dict[str, date | None]:
    return {one.clock: one.due_on for one in case.running}


def recount_days(deployment: Deployment, _now: datetime) -> None:
    """Once a day, for the filer."""
    with deployment.unit_of_work() as session:
        recount(session, by=BY)
