"""A day of inspections (今日检查): every visit with its modules, whether all of it is here, and counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.accounts.scope import Scope
from backend.inspections.models import Standing, Violation, VisitFlag
from backend.inspections.queries import chosen_visits
from backend.intake.models import Envelope, State

Name = TypeVar("Name")
DayState = StrEnum("DayState", ["COMPLETE", "INCOMPLETE", "FLAGGED"])  # 完整 / 不完整 / 有提示


@dataclass(slots=True)
class VisitOfDay:
    """One visit of one agency to one venue, with its modules by activity."""

    visit_no: str
    venue_id: int | None
    agency_id: int | None
    began_at: datetime
    modules: dict[str, int] = field(default_factory=dict)  # activity -> id of the newest checklist
    violations: int = 0
    flags: set[str] = field(default_factory=set)
    waits: bool = False  # a checklist of it was received and is not filed yet

    @property
    def state(self) -> DayState:
        """Missing files and checklists come before everything else that somebody should see."""
        if self.waits or "missing_file" in self.flags:
            return DayState.INCOMPLETE
        return DayState.FLAGGED if self.flags else DayState.COMPLETE


@dataclass(frozen=True, slots=True)
class Day:
    """The visits of a day, newest first, and how many there are by state, activity and agency."""

    visits: list[VisitOfDay]
    by_state: Counter[DayState]
    by_activity: dict[str, Counter[DayState]]
    by_agency: dict[int | None, Counter[DayState]]


def visits_of_day(
    session: Session, scope: Scope, on: date, *, activity: str | None = None, state: DayState | None = None
) -> Day:
    """The visits of a day in scope; a corrected checklist gives way to its correction."""
    rows = chosen_visits(scope, since=on, until=on, only_current=True).subquery()
    columns = (
        rows.c.id, rows.c.visit_no, rows.c.venue_id, rows.c.agency_id, rows.c.activity, rows.c.started_at,
        rows.c.received_at,
    )  # fmt: skip
    found: dict[str, VisitOfDay] = {}
    number_of: dict[int, str] = {}
    for row in session.execute(select(*columns).order_by(rows.c.id)):
        began_at = row.started_at or row.received_at
        one = found.setdefault(row.visit_no, VisitOfDay(row.visit_no, row.venue_id, row.agency_id, began_at))
        one.modules[row.activity] = row.id
        number_of[row.id] = row.visit_no
    _add_what_was_found(session, select(rows.c.id), found, number_of)
    every = [one for one in found.values() if activity is None or activity in one.modules]
    chosen = [one for one in every if state is None or one.state is state]
    return Day(
        sorted(chosen, key=lambda one: (one.began_at, one.visit_no), reverse=True),
        Counter(one.state for one in every),
        _counted((name, one.state) for one in every for name in one.modules),
        _counted((one.agency_id, one.state) for one in every),
    )


def _add_what_was_found(
    session: Session, ids: Any, found: dict[str, VisitOfDay], number_of: dict[int, str]
) -> None:
    violations = select(Violation.visit_id, func.count()).where(
        Violation.visit_id.in_(ids), Violation.standing == Standing.FOUND
    )
    for visit_id, count in session.execute(violations.group_by(Violation.visit_id)):
        found[number_of[visit_id]].violations += count
    flags = select(VisitFlag.visit_id, VisitFlag.code).where(
        VisitFlag.visit_id.in_(ids), VisitFlag.settled_at.is_(None)
    )
    for visit_id, code in session.execute(flags):
        found[number_of[visit_id]].flags.add(code)
    waiting = [state for state in State if state is not State.FILED]  # an index has these, and few they are
    for visit_no in session.scalars(select(Envelope.visit_no).where(Envelope.state.in_(waiting))):
        if visit_no in found:
            found[visit_no].waits = True


def _counted(pairs: Iterable[tuple[Name, DayState]]) -> dict[Name, Counter[DayState]]:
    counted: dict[Name, Counter[DayState]] = defaultdict(Counter)
    for name, state in pairs:
        counted[name][state] += 1
    return dict(sorted(counted.items(), key=lambda pair: str(pair[0])))
