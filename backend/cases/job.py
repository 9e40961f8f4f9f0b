"""Counting provisional deadlines anew once holidays are loaded: by hand, or daily beside the filer.

Holidays come for all cases of a year at once, so clocks that began alike are counted and written together.
Where more counts than the day on which they began, each case is looked at.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

import orjson
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    MetaData,
    PrimaryKeyConstraint,
    Select,
    String,
    Table,
    bindparam,
    case,
    cast,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased

from backend.cases import deadlines
from backend.cases.deadlines import Began, Clocks
from backend.cases.models import Case, CaseDeadline, CaseStep
from backend.core import audit
from backend.core.batches import batches
from backend.core.deployment import Deployment
from backend.rulebook import queries as rulebook
from backend.rulebook.clocks import Deadline
from backend.rulebook.procedure import Whose

BY = "system:cases"
Condition = ColumnElement[bool]
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
    """Count anew the clocks that wait for holidays that came; returns how many cases changed.

    A day that moves is in the audit trail, and the earlier of the two goes on to warn.
    """
    written = _Written(session)
    if waits := _waits(session):
        clocks = Clocks(session)
        _count_one_by_one(session, waits, clocks, written)
        _count_alike(session, waits, clocks, written)
        written.settle_cases()
    for case_id, days in sorted(written.moved.items()):
        audit.record(session, "case.recount", by=by, subject=f"case:{case_id}", detail={"due": days})
    return len(written.moved)


_BEGAN = (CaseDeadline.clock, CaseDeadline.begun_on, CaseDeadline.rulebook_version, CaseDeadline.more)
_found = Table(  # for the time of one count: the last days by kind, held and written against the rows at once
    "found_last_days", MetaData(),
    Column("authority", String), *(Column(column.key, column.type) for column in _BEGAN),
    Column("due", Date), Column("warn", Date), Column("years", JSON), Column("provisional", Boolean),
    PrimaryKeyConstraint("authority", *(column.key for column in _BEGAN)), prefixes=["TEMPORARY"],
)  # fmt: skip


class _Written:
    """What was written: the days that moved, by case and clock; and which cases have another next day."""

    def __init__(self, session: Session) -> None:
        self._session, self._touched = session, set[int]()
        self.moved = defaultdict[int, dict[str, str]](dict)

    def write(self, said: "_Said", *which: Condition, **given: Any) -> None:
        """Give these clocks what is said, and note which of them differed."""
        another_day = CaseDeadline.due_on != said.due
        differing = select(CaseDeadline.case_id, CaseDeadline.clock, said.due, another_day).where(
            *which, or_(another_day, CaseDeadline.warn_on > said.warn)
        )
        for case_id, clock, due_on, is_moved in self._session.execute(differing, given):
            self._touched.add(case_id)
            if is_moved:
                self.moved[case_id][clock] = due_on.isoformat()
        earlier = case((CaseDeadline.warn_on < said.warn, CaseDeadline.warn_on), else_=said.warn)
        counted = update(CaseDeadline).where(*which).values(
            due_on=said.due, warn_on=earlier, unloaded=said.years, is_provisional=said.provisional
        )  # fmt: skip
        self._session.execute(counted.execution_options(synchronize_session=False), given)

    def settle_cases(self) -> None:
        """Let the cases know their next days."""
        for some in batches(sorted(self._touched), _AT_ONCE):
            written = update(Case).where(Case.id.in_(some)).values(_NEXT)
            self._session.execute(written.execution_options(synchronize_session=False))


class _Said(NamedTuple):
    """What is written to clocks: columns of `found_last_days`, or what is given for each."""

    due: Any = bindparam("due", type_=Date)
    warn: Any = bindparam("warn", type_=Date)
    years: Any = bindparam("years", type_=JSON)
    provisional: Any = bindparam("provisional", type_=Boolean)


def _given(found: Deadline | None) -> dict[str, Any] | None:
    """What is said of a last day; nothing where it hangs on no holidays."""
    if found is None or found.at:
        return None
    years = list(found.unloaded)
    return {"due": found.due_on, "warn": found.warn_on, "years": years, "provisional": bool(years)}


def _waits(session: Session) -> list[Condition]:
    """Which clocks run for which a year was not loaded then, and is now; nothing: no such year."""
    calendar, years = rulebook.current(session).day, cast(CaseDeadline.unloaded, String)
    provisional = (CaseDeadline.is_provisional.is_(True), CaseDeadline.ended_at.is_(None))
    came = [
        text for text in session.scalars(select(years).where(*provisional).distinct())
        if any(calendar(date(year, 1, 1)).loaded for year in orjson.loads(text))
    ]  # fmt: skip
    return [*provisional, or_(*(years == text for text in came))] if came else []


def _count_alike(session: Session, waits: list[Condition], clocks: Clocks, written: _Written) -> None:
    """Those whose last day hangs on nothing but the day on which they began."""
    of_case = Case.id == CaseDeadline.case_id
    kinds = select(Case.authority, *_BEGAN).join(Case, of_case).where(*waits).distinct()
    rows = [
        {**kind._mapping, **given}
        for kind in session.execute(kinds) if (given := _given(clocks.ends(Began.plain(*kind))))
    ]  # fmt: skip
    if not rows:
        return
    _found.create(session.connection())
    session.execute(insert(_found), rows)
    of_kind = (column == _found.c[column.key] for column in (Case.authority, *_BEGAN))
    columns = (_found.c[name] for name in _Said._fields)
    written.write(_Said(*columns), *waits, of_case, *of_kind)
    _found.drop(session.connection())


def _count_one_by_one(session: Session, waits: list[Condition], clocks: Clocks, written: _Written) -> None:
    """Those of cases in which more counts: a pause, an earlier beginning, a clock that follows another."""
    waiting = select(CaseDeadline.case_id).where(*waits)
    running, earlier = aliased(CaseDeadline), aliased(CaseDeadline)
    mine = (running.case_id == CaseDeadline.case_id, running.ended_at.is_(None))
    more = or_(
        exists().where(*mine, running.clock.in_(_not_plain(session, waiting, clocks))),
        exists().where(CaseStep.case_id == CaseDeadline.case_id, CaseStep.begins.is_not(None)),
        exists().where(*mine, running.case_id == earlier.case_id, running.clock == earlier.clock,
                       earlier.ended_at.is_not(None)),
    )  # fmt: skip
    looked_at = session.scalars(waiting.where(more).distinct().order_by(CaseDeadline.case_id)).all()
    alike = defaultdict[Began, list[int]](list)
    for some in batches(looked_at, _AT_ONCE):
        for began, deadline_id in _beginnings(session, some, clocks):
            alike[began].append(deadline_id)
    for began, ids in alike.items():
        if given := _given(clocks.ends(began)):
            for some in batches(ids, _AT_ONCE):
                written.write(_Said(), CaseDeadline.id.in_(some), **given)


def _not_plain(session: Session, waiting: Select[int], clocks: Clocks) -> list[str]:
    """The names of the clocks of these cases that follow another."""
    kinds = (
        select(Case.authority, CaseDeadline.clock, CaseDeadline.begun_on, CaseDeadline.rulebook_version)
        .join(Case, Case.id == CaseDeadline.case_id)
        .where(CaseDeadline.ended_at.is_(None), Case.id.in_(waiting))
        .distinct()
    )
    known = ((row.clock, clocks.clock(*row)) for row in session.execute(kinds))
    return sorted({name for name, clock in known if clock.follows or clock.warns_after})


def _beginnings(session: Session, cases: Sequence[int], clocks: Clocks) -> Iterator[tuple[Began, int]]:
    """The clocks that run in some cases, by their ids: how each began."""
    of_clock = (CaseDeadline.id, CaseDeadline.case_id, CaseDeadline.clock, CaseDeadline.rulebook_version)
    counted = (CaseDeadline.begun_at, CaseDeadline.begun_on, CaseDeadline.more, CaseDeadline.ended_at)
    known = (
        select(*of_clock, *counted, Case.authority)
        .join(Case, Case.id == CaseDeadline.case_id)
        .where(CaseDeadline.case_id.in_(cases))
        .order_by(CaseDeadline.case_id, CaseDeadline.id)
    )
    steps = _pausing(session, cases)
    for case_id, rows in groupby(session.execute(known), key=lambda row: row.case_id):
        mine = list(rows)
        running = {row.clock: row for row in mine if row.ended_at is None}
        pauses, _ = deadlines.pauses_of(steps.get(case_id, ()))
        began = deadlines.beginnings(mine[0].authority, mine, running.values(), pauses, clocks)
        for clock, one in began.items():
            yield one, running[clock].id


def _pausing(session: Session, cases: Sequence[int]) -> dict[int, list[Any]]:
    """The steps of these cases that begin or end a pause, in their order."""
    ones = select(CaseStep.case_id, CaseStep.begins, CaseStep.ends, CaseStep.made_at).where(
        or_(CaseStep.begins.is_not(None), CaseStep.ends.is_not(None)), CaseStep.case_id.in_(cases)
    )
    steps = defaultdict[int, list[Any]](list)
    for row in session.execute(ones.order_by(CaseStep.id)):
        steps[row.case_id].append(row)
    return steps


def recount_days(deployment: Deployment, _now: datetime) -> None:
    """Once a day, for the filer."""
    with deployment.unit_of_work() as session:
        recount(session, by=BY)
