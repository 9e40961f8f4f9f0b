"""The clocks of a case (期限): begun, ended, extended and counted anew. Nothing here commits."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.cases.models import Case, CaseDeadline, CaseStep
from backend.core.days import SHANGHAI, day_of
from backend.rulebook import queries as rulebook
from backend.rulebook.clocks import Calendar, Interval, Reading, deadline
from backend.rulebook.procedure import Clock, Pause, Procedure, Whose
from backend.rulebook.rules import Rulebook


def begin(session: Session, step: CaseStep, clocks: Iterable[Clock], *, at: datetime) -> None:
    """Begin clocks with a step; one that runs already begins anew."""
    wanted = list(clocks)
    end(session, step, [clock.id for clock in wanted])
    session.add_all(
        CaseDeadline(
            case_id=step.case_id, clock=clock.id, whose=clock.whose, count=clock.count, unit=clock.unit,
            begun_at=at, rulebook_version=step.rulebook_version, started_by=step.id,
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
    """Work out the last days of what runs, by the newest calendar."""
    calendar = rulebook.current(session).day
    count_anew(case, steps, running(session, case.id), Clocks(session), calendar)
    session.flush()


def count_anew(
    case: Case, steps: Sequence[CaseStep], rows: Iterable[CaseDeadline], clocks: "Clocks",
    calendar: Calendar, *, keep_warning: bool = False,
) -> None:  # fmt: skip
    """Work out the last days of the clocks of a case that run, and which of them is next.

    With `keep_warning` the earlier of the old and the new day goes on to warn.
    """
    pauses, still_open = pauses_of(steps)
    counted: dict[str, CaseDeadline] = {}
    for one in sorted(rows, key=lambda one: clocks.of(case, one).follows or ""):
        clock, before = clocks.of(case, one), one.warn_on
        begun_at = one.begun_at.astimezone(SHANGHAI)
        if (leading := counted.get(clock.follows or "")) and leading.due_on:
            begun_at = midnight(leading.due_on)
        excluded = [pause for kind in clock.excludes for pause in pauses.get(kind, [])]
        found = deadline(
            clock, begun_at, calendar, more=one.more, excluded=excluded, reading=clocks.reading(case, one)
        )
        one.due_on, one.due_at, one.warn_on = (
            (found.due_on, found.at, found.warn_on) if found else (None, None, None)
        )
        if one.warn_on and (first := _first(case, one, clock)):
            since, more = first.begun_at.astimezone(SHANGHAI), first.more + one.more
            earlier = deadline(
                clock, since, calendar, more=more, excluded=excluded, reading=clocks.reading(case, one)
            )
            one.warn_on = min(one.warn_on, earlier.warn_on) if earlier else one.warn_on
        if keep_warning and before and one.warn_on:
            one.warn_on = min(before, one.warn_on)
        one.unloaded = list(found.unloaded) if found else []
        one.is_provisional, one.is_paused = bool(one.unloaded), bool(still_open & set(clock.excludes))
        counted[one.clock] = one
    own = (one.warn_on for one in counted.values() if one.whose == Whose.AGENCY and not one.is_paused)
    case.next_due_on = min((day for day in own if day), default=None)


def _first(case: Case, one: CaseDeadline, clock: Clock) -> CaseDeadline | None:
    """The same clock as it first began, where a later beginning rests on no text."""
    if not clock.warns_from_first:
        return None
    same = (row for row in case.deadlines if row.clock == one.clock and row.id < one.id)
    return min(same, key=lambda row: row.id, default=None)


def pauses_of(steps: Iterable[CaseStep]) -> tuple[dict[Pause, list[Interval]], frozenset[Pause]]:
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
    """Clocks as they were when they began. Each version of the rulebook is asked for once."""

    def __init__(self, session: Session) -> None:
        self._session, self._versions = session, dict[int, Rulebook]()
        self._procedures = dict[tuple[str, int, date], Procedure]()

    def of(self, case: Case, one: CaseDeadline) -> Clock:
        return self._procedure(case, one).clocks[one.clock]

    def reading(self, case: Case, one: CaseDeadline) -> Reading:
        """How a last day on a holiday is read."""
        return reading_of(self._procedure(case, one))

    def _procedure(self, case: Case, one: CaseDeadline) -> Procedure:
        return self.procedure(case.authority, one.rulebook_version, day_of(one.begun_at))

    def procedure(self, authority: str, number: int, on: date) -> Procedure:
        """That of an authority on a day, by a version of the rulebook."""
        if (named := (authority, number, on)) not in self._procedures:
            if number not in self._versions:
                self._versions[number] = rulebook.version(self._session, number)
            self._procedures[named] = self._versions[number].on(on).procedure(authority)
        return self._procedures[named]


def reading_of(procedure: Procedure) -> Reading:
    """How a procedure reads a last day on a holiday."""
    return Reading(procedure.profile.rolls, procedure.profile.rolls_setting)


def midnight(day: date) -> datetime:
    """When a day of Shanghai begins."""
    return datetime.combine(day, time(), SHANGHAI)
