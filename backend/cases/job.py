"""Counting provisional deadlines anew once holidays are loaded: by hand, or daily beside the filer.

Holidays come for all cases of a year at once, so clocks that began alike are counted and written together.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any

import orjson
from sqlalchemy import Select, String, case, cast, func, or_, select, update
from sqlalchemy.orm import Session

from backend.cases import deadlines
from backend.cases.models import Case, CaseDeadline, CaseStep
from backend.core import audit
from backend.core.batches import batches
from backend.core.deployment import Deployment
from backend.rulebook import queries as rulebook
from backend.rulebook.clocks import Deadline
from backend.rulebook.procedure import Whose

BY = "system:cases"
_AT_ONCE = 5000
_OWN = (  # what the agency itself must keep
    select(CaseDeadline)
    .where(CaseDeadline.case_id == Case.id, CaseDeadline.ended_at.is_(None))
    .where(CaseDeadline.whose == Whose.AGENCY, CaseDeadline.is_paused.is_(False))
)
_NEXT = {
    "next_due_on": _OWN.with_only_columns(func.min(CaseDeadline.warn_on)).scalar_subquery(),
    "overdue_after": _OWN.with_only_columns(func.min(CaseDeadline.due_on)).scalar_subquery(),
}


def recount(session: Session, *, by: str) -> int:
    """Count anew the cases in which a last day stands on holidays that came; returns how many changed.

    A day that moves is in the audit trail, and the earlier of the two goes on to warn.
    """
    clocks, touched = deadlines.Clocks(session), set[int]()
    moved = defaultdict[int, dict[str, str]](dict)
    for began, rows in _by_beginning(session, clocks).items():
        found = clocks.ends(began)
        if found is None or found.at:
            continue  # neither hangs on holidays
        changed = [row for row in rows if row.is_provisional or _differs(row, found)]
        _write(session, CaseDeadline, [row.id for row in changed], {
            "due_on": found.due_on, "unloaded": list(found.unloaded),
            "is_provisional": bool(found.unloaded), "warn_on": _the_earlier(found.warn_on),
        })  # fmt: skip
        touched |= {row.case_id for row in changed if _differs(row, found)}
        for row in changed:
            if row.due_on != found.due_on:
                moved[row.case_id][row.clock] = found.due_on.isoformat()
    _write(session, Case, touched, _NEXT)
    for case_id, days in sorted(moved.items()):
        audit.record(session, "case.recount", by=by, subject=f"case:{case_id}", detail={"due": days})
    return len(moved)


def _by_beginning(session: Session, clocks: deadlines.Clocks) -> dict[deadlines.Began, list[Any]]:
    """The clocks that run in cases that wait for holidays that came; those together that began alike."""
    waiting = _waiting(session)
    of_clock = (CaseDeadline.id, CaseDeadline.case_id, CaseDeadline.clock, CaseDeadline.rulebook_version)
    counted = (CaseDeadline.begun_at, CaseDeadline.more, CaseDeadline.ended_at)
    said = (CaseDeadline.due_on, CaseDeadline.warn_on, CaseDeadline.is_provisional)
    known = (
        select(*of_clock, *counted, *said, Case.authority)
        .join(Case, Case.id == CaseDeadline.case_id)
        .where(CaseDeadline.case_id.in_(waiting))
        .order_by(CaseDeadline.case_id, CaseDeadline.id)
    )
    steps, alike = _pausing(session, waiting), defaultdict[deadlines.Began, list[Any]](list)
    for case_id, rows in groupby(session.execute(known), key=lambda row: row.case_id):
        mine = list(rows)
        running = {row.clock: row for row in mine if row.ended_at is None}
        pauses, _ = deadlines.pauses_of(steps.get(case_id, ()))
        began = deadlines.beginnings(mine[0].authority, mine, running.values(), pauses, clocks)
        for clock, one in began.items():
            alike[one].append(running[clock])
    return alike


def _waiting(session: Session) -> Select[int]:
    """Cases with a clock for which a year was not loaded then, and is now."""
    calendar, years = rulebook.current(session).day, cast(CaseDeadline.unloaded, String)
    provisional = (CaseDeadline.is_provisional.is_(True), CaseDeadline.ended_at.is_(None))
    came = [
        text for text in session.scalars(select(years).where(*provisional).distinct())
        if any(calendar(date(year, 1, 1)).loaded for year in orjson.loads(text))
    ]  # fmt: skip
    return select(CaseDeadline.case_id).where(*provisional, years.in_(came))


def _pausing(session: Session, waiting: Select[int]) -> dict[int, list[Any]]:
    """The steps of these cases that begin or end a pause, in their order."""
    ones = select(CaseStep.case_id, CaseStep.begins, CaseStep.ends, CaseStep.made_at).where(
        or_(CaseStep.begins.is_not(None), CaseStep.ends.is_not(None)), CaseStep.case_id.in_(waiting)
    )
    steps = defaultdict[int, list[Any]](list)
    for row in session.execute(ones.order_by(CaseStep.id)):
        steps[row.case_id].append(row)
    return steps


def _differs(row: Any, found: Deadline) -> bool:
    return bool(row.due_on != found.due_on or row.warn_on > found.warn_on)


def _the_earlier(day: date) -> Any:
    return case((CaseDeadline.warn_on < day, CaseDeadline.warn_on), else_=day)


def _write(session: Session, model: type[Case | CaseDeadline], ids: Iterable[int], values: Any) -> None:
    for some in batches(sorted(ids), _AT_ONCE):
        written = update(model).where(model.id.in_(some)).values(values)
        session.execute(written.execution_options(synchronize_session=False))


def recount_days(deployment: Deployment, _now: datetime) -> None:
    """Once a day, for the filer."""
    with deployment.unit_of_work() as session:
        recount(session, by=BY)
