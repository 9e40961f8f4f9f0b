"""The clocks of a case (期限): begun, ended, extended and counted anew. Nothing here commits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.cases.models import Case, CaseDeadline, CaseStep
from backend.core.days import SHANGHAI, day_of
from backend.rulebook import queries as rulebook
from backend.rulebook.clocks import Deadline, Interval, Reading, deadline
from backend.rulebook.procedure import Clock, Pause, Procedure, Unit, Whose
from backend.rulebook.rules import Rulebook

Pauses = Mapping[Pause, Sequence[Interval]]  # time that some clocks leave out, by its kind


def begin(session: Session, step: CaseStep, clocks: Iterable[Clock], *, at: datetime) -> None:
    """Begin clocks with a step; one that runs already begins anew."""
    wanted = list(clocks)
    end(session, step, [clock.id for clock in wanted])
    session.add_all(
        CaseDeadline(
            case_id=step.case_id, clock=clock.id, whose=clock.whose, count=clock.count, unit=clock.unit,
            begun_at=at, begun_on=day_of(at), rulebook_version=step.rulebook_version, started_by=step.id,
        )
        for clock in wanted
    )  # fmt: skip
    session.flush()


def end(session: Session, step: CaseStep, clocks: Iterable[str] | None = None) -> None:
    """End what runs of these clocks with a step; of all where none is named."""
    ending = running(session, step.case_id)
    wanted = None if clocks is None else set(clocks)
    for one in ending:
        if wanted is None or one.clock in wanted:
            one.ended_by, one.ended_at = step.id, step.made_at
    session.flush()


def extend(session: Session, step: CaseStep) -> None:
    """Give a clock the time by which a step extends it."""
    for one in running(session, step.case_id):
        if one.clock == step.extends:
            one.more += step.days or 0


def running(session: Session, case_id: int) -> Sequence[CaseDeadline]:
    """The clocks of a case that run."""
    chosen = select(CaseDeadline).filter_by(case_id=case_id, ended_at=None)
    return session.scalars(chosen.order_by(CaseDeadline.id)).all()


def recount(session: Session, case: Case, steps: Sequence[CaseStep]) -> None:
    """Work out the last days of the clocks of a case that run, by the newest calendar, and which is next."""
    clocks, rows = Clocks(session), running(session, case.id)
    pauses, still_open = pauses_of(steps)
    began = beginnings(case.authority, case.deadlines, rows, pauses, clocks)
    for one in rows:
        found = clocks.ends(began[one.clock])
        one.due_on, one.due_at, one.warn_on = (
            (found.due_on, found.at, found.warn_on) if found else (None, None, None)
        )
        one.unloaded = list(found.unloaded) if found else []
        one.is_provisional = bool(one.unloaded)
        one.is_paused = bool(still_open & set(clocks.of(case, one).excludes))
    own = [one for one in rows if one.whose == Whose.AGENCY and not one.is_paused]
    case.next_due_on = min((one.warn_on for one in own if one.warn_on), default=None)
    case.overdue_after = min((one.due_on for one in own if one.due_on), default=None)
    session.flush()


class Began(NamedTuple):
    """All that the last day of a clock hangs on: clocks that began alike end alike."""

    authority: str
    rulebook_version: int
    clock: str
    at: datetime  # midnight where no hours are counted
    more: int
    left_out: tuple[Interval, ...]
    leading: "Began | None"  # the clock after which it begins
    sooner: "Began | None"  # the one after which another reading has it begin
    first: tuple[datetime, int] | None  # its first beginning, and what it was extended by then

    @classmethod
    def plain(cls, authority: str, clock: str, begun_on: date, version: int, more: int) -> "Began":
        """Of a clock whose last day hangs on no pause and on no other beginning."""
        return cls(authority, version, clock, midnight(begun_on), more, (), None, None, None)


def beginnings(
    authority: str, all_rows: Iterable[Any], rows: Iterable[Any], pauses: Pauses, clocks: "Clocks"
) -> dict[str, Began]:
    """How the clocks of a case that run began, by name; `all_rows`, in order, are those that ended, too."""
    named = [(one, *clocks.beginning(authority, one)) for one in rows]
    began: dict[str, Began] = {}
    for one, clock, at in sorted(named, key=lambda each: each[1].follows or ""):
        first = _first(all_rows, one) if clock.warns_from_first else None
        began[one.clock] = Began(
            authority, one.rulebook_version, one.clock, at, one.more,
            tuple(pause for kind in clock.excludes for pause in pauses.get(kind, ())),
            began.get(clock.follows or ""), began.get(clock.warns_after or ""),
            first and (clocks.beginning(authority, first)[1], first.more),
        )  # fmt: skip
    return began


def _first(all_rows: Iterable[Any], one: Any) -> Any:
    """The same clock as it first began, where a later beginning rests on no text."""
    return next((row for row in all_rows if row.clock == one.clock and row.id < one.id), None)


def pauses_of(steps: Iterable[Any]) -> tuple[Pauses, frozenset[Pause]]:
    """The time that some clocks leave out, by its kind; and what has not ended yet."""
    begun: dict[Pause, date] = {}
    over: dict[Pause, list[Interval]] = {}
    for step in steps:
        on = day_of(step.made_at)
        if step.ends and (since := begun.pop(Pause(step.ends), None)):
            over.setdefault(Pause(step.ends), []).append(Interval(since, on))
        if step.begins:
            begun[Pause(step.begins)] = on
    return over, frozenset(begun)


class Clocks:
    """Clocks as they were when they began, and when they end. Nothing is asked for or counted twice."""

    def __init__(self, session: Session) -> None:
        self._session, self._versions = session, dict[int, Rulebook]()
        self._procedures = dict[tuple[str, int, date], Procedure]()
        self._ends = dict[Began, Deadline | None]()

    def of(self, case: Case, one: CaseDeadline) -> Clock:
        return self.beginning(case.authority, one)[0]

    def beginning(self, authority: str, one: Any) -> tuple[Clock, datetime]:
        """The clock of a row as it was when it began, and from when it counts."""
        clock = self.clock(authority, one.clock, one.begun_on, one.rulebook_version)
        return clock, one.begun_at.astimezone(SHANGHAI) if clock.unit is Unit.HOUR else midnight(one.begun_on)

    def clock(self, authority: str, name: str, begun_on: date, version: int) -> Clock:
        """A clock of an authority, by the rulebook and the day of its beginning."""
        return self._procedure(authority, version, begun_on).clocks[name]

    def ends(self, one: Began) -> Deadline | None:
        """The last day of a clock by the newest calendar; None where no text names a number."""
        if one not in self._ends:
            self._ends[one] = self._counted(one)
        return self._ends[one]

    @cached_property
    def _newest(self) -> Rulebook:
        return rulebook.current(self._session)

    def _counted(self, one: Began) -> Deadline | None:
        procedure = self._procedure(one.authority, one.rulebook_version, day_of(one.at))
        reading = Reading(procedure.profile.rolls, procedure.profile.rolls_setting)
        calendar = self._newest.day
        how: dict[str, Any] = {"excluded": one.left_out, "reading": reading}
        clock, leading = procedure.clocks[one.clock], one.leading and self.ends(one.leading)
        since = midnight(leading.due_on) if leading else one.at
        found = deadline(clock, since, calendar, more=one.more, **how)
        for at, more in self._other_beginnings(one) if found else ():
            earlier = deadline(clock, at, calendar, more=more + one.more, **how)
            if found and earlier:
                found = replace(found, warn_on=min(found.warn_on, earlier.warn_on))
        return found

    def _other_beginnings(self, one: Began) -> Iterator[tuple[datetime, int]]:
        """From when another reading counts, and what it was extended by then."""
        if one.first:
            yield one.first
        if one.sooner and (before := self.ends(one.sooner)):
            yield midnight(before.due_on), 0

    def _procedure(self, authority: str, number: int, on: date) -> Procedure:
        if (named := (authority, number, on)) not in self._procedures:
            if number not in self._versions:
                self._versions[number] = rulebook.version(self._session, number)
            self._procedures[named] = self._versions[number].on(on).procedure(authority)
        return self._procedures[named]


def midnight(day: date) -> datetime:
    """When a day of Shanghai begins."""
    return datetime.combine(day, time(), SHANGHAI)
