"""Counting provisional deadlines anew once holidays are loaded: by hand, or daily beside the filer.

Holidays come for all cases of a year at once. So clocks that began alike are counted together: the same
clock, begun on the same day, in cases that nothing pauses and in which no clock leads another. All other
cases are counted one by one.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import String, and_, case, cast, func, select, update
from sqlalchemy.orm import Session, selectinload

from backend.cases import deadlines
from backend.cases.models import Case, CaseDeadline, CaseStep
from backend.core import audit
from backend.core.days import day_of
from backend.core.deployment import Deployment
from backend.imports.register import batches
from backend.rulebook import queries as rulebook
from backend.rulebook.clocks import Calendar, deadline
from backend.rulebook.procedure import Whose

BY = "system:cases"
_AT_ONCE, _NUMBERS = 500, 5000
Moved = dict[int, dict[str, date | None]]  # of each case the clocks whose last day is another now


class _Began(NamedTuple):
    """What the last day of a clock hangs on that nothing pauses."""

    authority: str
    rulebook_version: int
    on: date
    clock: str
    more: int


def recount(session: Session, *, by: str) -> int:
    """Count anew the cases in which a last day stands on holidays that came; returns how many changed.

    A day that moves is in the audit trail, and the earlier of the two goes on to warn.
    """
    clocks, calendar = deadlines.Clocks(session), rulebook.current(session).day
    alike, apart = _sorted(session, clocks)
    moved = _count_together(session, alike, clocks, calendar) | _count_each(session, apart, clocks, calendar)
    for case_id, days in sorted(moved.items()):
        detail = {"due": {clock: day and day.isoformat() for clock, day in days.items()}}
        audit.record(session, "case.recount", by=by, subject=f"case:{case_id}", detail=detail)
    return len(moved)


def _sorted(session: Session, clocks: deadlines.Clocks) -> tuple[dict[_Began, list[Any]], set[int]]:
    """The clocks that wait for holidays that came, by how they began; and the cases that go one by one."""
    waits = _waits(session)
    waiting = select(CaseDeadline.case_id).where(waits)
    running = (
        select(
            CaseDeadline.id, CaseDeadline.case_id, CaseDeadline.rulebook_version, CaseDeadline.begun_at,
            CaseDeadline.clock, CaseDeadline.more, CaseDeadline.due_on, Case.authority,
            case((waits, True), else_=False).label("waits"),
        )
        .join(Case, Case.id == CaseDeadline.case_id)
        .where(CaseDeadline.ended_at.is_(None), CaseDeadline.case_id.in_(waiting))
    )  # fmt: skip
    paused = select(CaseStep.case_id).where(CaseStep.begins.is_not(None), CaseStep.case_id.in_(waiting))
    apart = set(session.scalars(paused))
    alike = defaultdict[_Began, list[Any]](list)
    for row in session.execute(running):
        one = _Began(row.authority, row.rulebook_version, day_of(row.begun_at), row.clock, row.more)
        clock = clocks.procedure(*one[:3]).clocks[one.clock]
        if clock.follows or clock.warns_from_first:
            apart.add(row.case_id)
        elif row.waits:
            alike[one].append(row)
    together = {one: [row for row in rows if row.case_id not in apart] for one, rows in alike.items()}
    return together, apart


def _waits(session: Session) -> Any:
    """Whether a clock runs for which a year was not loaded then, and is now."""
    calendar, years = rulebook.current(session).day, cast(CaseDeadline.unloaded, String)
    provisional = (CaseDeadline.is_provisional.is_(True), CaseDeadline.ended_at.is_(None))
    came = [
        text for text in session.scalars(select(years).where(*provisional).distinct())
        if any(calendar(date(year, 1, 1)).loaded for year in orjson.loads(text))
    ]  # fmt: skip
    return and_(*provisional, years.in_(came))


def _count_together(
    session: Session, alike: dict[_Began, list[Any]], clocks: deadlines.Clocks, calendar: Calendar
) -> Moved:
    moved = defaultdict[int, dict[str, date | None]](dict)
    for one, rows in alike.items():
        procedure = clocks.procedure(*one[:3])
        reading, began = deadlines.reading_of(procedure), deadlines.midnight(one.on)
        found = deadline(procedure.clocks[one.clock], began, calendar, more=one.more, reading=reading)
        if not found:
            continue  # a clock without a number stands on no holidays
        earlier = case((CaseDeadline.warn_on < found.warn_on, CaseDeadline.warn_on), else_=found.warn_on)
        _write(session, CaseDeadline, [row.id for row in rows], {
            "due_on": found.due_on, "warn_on": earlier,
            "unloaded": list(found.unloaded), "is_provisional": bool(found.unloaded),
        })  # fmt: skip
        for row in rows:
            if row.due_on != found.due_on:
                moved[row.case_id][one.clock] = found.due_on
    _write(session, Case, {row.case_id for rows in alike.values() for row in rows}, {
        "next_due_on": select(func.min(CaseDeadline.warn_on))
        .where(CaseDeadline.case_id == Case.id, CaseDeadline.ended_at.is_(None))
        .where(CaseDeadline.whose == Whose.AGENCY, CaseDeadline.is_paused.is_(False))
        .scalar_subquery(),
    })  # fmt: skip
    return moved


def _write(session: Session, model: type[Case | CaseDeadline], ids: Iterable[int], values: Any) -> None:
    for some in batches(sorted(ids), _NUMBERS):
        written = update(model).where(model.id.in_(some)).values(values)
        session.execute(written.execution_options(synchronize_session=False))


def _count_each(session: Session, ids: Iterable[int], clocks: deadlines.Clocks, calendar: Calendar) -> Moved:
    moved: Moved = {}
    for some in batches(sorted(ids), _AT_ONCE):
        whole = select(Case).options(selectinload(Case.steps), selectinload(Case.deadlines))
        for one in session.scalars(whole.where(Case.id.in_(some)).order_by(Case.id)):
            before = _days(one)
            deadlines.count_anew(one, one.steps, one.running, clocks, calendar, keep_warning=True)
            if days := {clock: day for clock, day in _days(one).items() if before[clock] != day}:
                moved[one.id] = days
        session.flush()
    return moved


def _days(one: Case) -> dict[str, date | None]:
    return {row.clock: row.due_on for row in one.running}


def recount_days(deployment: Deployment, _now: datetime) -> None:
    """Once a day, for the filer."""
    with deployment.unit_of_work() as session:
        recount(session, by=BY)
