"""Counting provisional deadlines anew once holidays are loaded: by hand, or daily beside the filer."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.cases import deadlines
from backend.cases.models import Case, CaseDeadline
from backend.core import audit
from backend.core.deployment import Deployment

BY = "system:cases"


def recount(session: Session, *, by: str) -> int:
    """Count anew the cases in which a last day is provisional; returns how many of them changed.

    A day that moves is in the audit trail, and the earlier of the two goes on to warn.
    """
    provisional = select(CaseDeadline.case_id).where(
        CaseDeadline.is_provisional.is_(True), CaseDeadline.ended_at.is_(None)
    )
    changed = 0
    for case in session.scalars(select(Case).where(Case.id.in_(provisional)).order_by(Case.id)).all():
        before = _days(session, case)
        deadlines.recount(session, case, case.steps, keep_warning=True)
        if moved := {clock: day for clock, day in _days(session, case).items() if before[clock] != day}:
            changed += 1
            detail = {"due": {clock: day and day.isoformat() for clock, day in moved.items()}}
            audit.record(session, "case.recount", by=by, subject=f"case:{case.id}", detail=detail)
    return changed


def _days(session: Session, case: Case) -> dict[str, date | None]:
    return {one.clock: one.due_on for one in deadlines.running(session, case.id)}


def recount_days(deployment: Deployment, _now: datetime) -> None:
    """Once a day, for the filer."""
    with deployment.unit_of_work() as session:
        recount(session, by=BY)
