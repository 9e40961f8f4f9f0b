"""Looking up cases: which there are, how one stands, what is due, what may be done. Own agency only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, select, union
from sqlalchemy.orm import Session, joinedload, selectinload

from backend.accounts.scope import Person, Scope, area_condition
from backend.cases.deadlines import Clocks, pauses_of
from backend.cases.frozen import thaw
from backend.cases.models import (
    IN_ORDER,
    Case,
    CaseDeadline,
    CaseOfficer,
    CaseSeries,
    CaseStep,
    CaseViolation,
)
from backend.cases.proposing import Chosen
from backend.cases.rules import (
    ACTORS,
    NOTICES,
    Because,
    Facts,
    Hindrance,
    Limitation,
    Made,
    Standing,
    Who,
    hindrances,
    limitation,
    may_ask_for_hearing,
)
from backend.core.days import day_of
from backend.core.errors import NotFound
from backend.rulebook import queries as rulebook
from backend.rulebook.procedure import Clock, Procedure, Ruling, Step, Whose
from backend.venues.models import Venue

SOON = timedelta(days=3)
_MOST_DIGITS = 9  # of a case's number
_TOGETHER = (
    joinedload(Case.venue), selectinload(Case.officers), selectinload(Case.deadlines),
    selectinload(Case.violations),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """A clock that runs, and how it stands on a day."""

    row: CaseDeadline
    clock: Clock
    standing: Standing

    @property
    def sooner(self) -> tuple[date, int]:
        return self.row.warn_on or date.max, self.row.id


@dataclass(frozen=True, slots=True)
class Choice:
    """A step that leads on from where a case stands, and what keeps this reader from it."""

    step: Step
    hindrances: tuple[Hindrance, ...]

    @property
    def may(self) -> bool:
        return not self.hindrances


def visible(scope: Scope) -> ColumnElement[bool]:
    """Cases of the caller's agency and areas, for those who may have a part in them."""
    if scope.role not in ACTORS or scope.agency_id is None:
        return false()
    return and_(area_condition(scope, Case.area_code), Case.agency_id == scope.agency_id)


def case(session: Session, scope: Scope, case_id: int, *, to_change: bool = False) -> Case:
    """A case in scope; NotFound for all others. Whoever wants to change it waits for whoever does."""
    chosen = select(Case).where(Case.id == case_id, visible(scope)).options(*_TOGETHER)
    if to_change:
        chosen = chosen.with_for_update(of=Case).execution_options(populate_existing=True)
    if (found := session.scalar(chosen)) is None:
        raise NotFound(case_id=case_id)
    return found


def list_cases(
    session: Session, scope: Scope, *, offset: int = 0, limit: int = 20, **filters: Any
) -> tuple[Sequence[Case], int]:
    """Cases in scope, the next due first, what is over last; and how many. For filters see `chosen`."""
    wanted = chosen(scope, **filters)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    page = wanted.with_only_columns(Case.id).order_by(*IN_ORDER).offset(offset).limit(limit)
    rows = select(Case).where(Case.id.in_(session.scalars(page).all())).order_by(*IN_ORDER)
    return session.scalars(rows.options(*_TOGETHER)).all(), total


def chosen(
    scope: Scope,
    *,
    state: str | None = None,
    is_open: bool | None = None,
    venue_id: int | None = None,
    officer_id: int | None = None,
    overdue_on: date | None = None,
    due_by: date | None = None,
    text: str = "",
) -> Select[Case]:
    """Cases in scope that fit; `text` is part of the venue's name, or the case's number of the year.

    `overdue_on`: something should have been done before that day; `due_by`: something is due by it.
    """
    wanted = select(Case).where(visible(scope))
    for column, value in ((Case.state, state), (Case.is_open, is_open), (Case.venue_id, venue_id)):
        if value is not None:
            wanted = wanted.where(column == value)
    if officer_id is not None:
        has_it = select(CaseOfficer.case_id).filter_by(user_id=officer_id, until=None)
        wanted = wanted.where(Case.id.in_(has_it))
    if overdue_on:
        wanted = wanted.where(Case.next_due_on < overdue_on, Case.overdue_after < overdue_on)
    if due_by:
        wanted = wanted.where(Case.next_due_on <= due_by)
    if text:
        wanted = wanted.where(_found_by(scope, text))
    return wanted


def _found_by(scope: Scope, text: str) -> ColumnElement[bool]:
    """Cases at a venue of such a name, or with this number: each read from its own index."""
    named = Case.venue_id.in_(select(Venue.id).where(Venue.name.contains(text, autoescape=True)))
    if not text.isdecimal() or len(text) > _MOST_DIGITS:
        return named
    series = select(CaseSeries.id).where(CaseSeries.agency_id == scope.agency_id)
    numbered = select(Case.id).where(Case.series_id.in_(series), Case.number == int(text))
    return Case.id.in_(union(select(Case.id).where(named), numbered))


def pressing(session: Session, scope: Scope, on: date) -> tuple[int, int, date | None, date | None]:
    """How many cases are overdue and how many due within three days, and the earliest day of each."""
    is_late = Case.overdue_after < on
    late, late_on = func.count().filter(is_late), func.min(Case.overdue_after).filter(is_late)
    soon, soon_on = func.count().filter(~is_late), func.min(Case.next_due_on).filter(~is_late)
    near = select(late, soon, late_on, soon_on).where(visible(scope), Case.next_due_on <= on + SOON)
    how_many, how_soon, late_since, soon_since = session.execute(near).one()
    return how_many, how_soon, late_since, soon_since


def due(session: Session, found: Case, now: datetime) -> list[Due]:
    """What of a case is due by when, the next first: each with its clock, clause and what its lapse means."""
    return _due(Clocks(session), found, now)


def next_due(session: Session, some: Sequence[Case], now: datetime) -> dict[int, Due]:
    """By case, the first of these that the agency itself must keep."""
    clocks = Clocks(session)
    own = {one.id: [due for due in _due(clocks, one, now) if due.clock.whose is Whose.AGENCY] for one in some}
    return {case_id: first[0] for case_id, first in own.items() if first}


def _due(clocks: Clocks, found: Case, now: datetime) -> list[Due]:
    rows = [Due(row, clocks.of(found, row), _standing(row, now)) for row in found.running]
    return sorted(rows, key=lambda one: one.sooner)


def _standing(row: CaseDeadline, now: datetime) -> Standing:
    on = day_of(now)
    if row.is_paused:
        return Standing.PAUSED
    if row.due_on is None or row.warn_on is None:
        return Standing.UNNUMBERED
    if row.due_on < on or (row.due_at and row.due_at < now):
        return Standing.OVERDUE if row.whose == Whose.AGENCY else Standing.OVER
    if row.warn_on < on:
        return Standing.WARNED
    return Standing.SOON if row.warn_on <= on + SOON else Standing.RUNNING


def facts(found: Case) -> Facts:
    """How a case stands, for the rules."""
    proposal = found.proposal
    ruling = proposal.ruling if proposal else None
    chosen = thaw(Chosen, ruling.chosen) if ruling else None
    return Facts(
        found.state, [Made(one.step, one.to_state) for one in found.steps],
        {one.clock: one.due_on for one in found.running}, pauses_of(found.steps)[1],
        frozenset(one.user_id for one in found.officers_now),
        frozenset(one.user_id for one in found.officers),
        thaw(Chosen, proposal.suggested) if proposal else None,
        bool(proposal and proposal.said["is_person"]),
        Ruling(ruling.outcome) if ruling else None,
        must_be_heard=bool(chosen and may_ask_for_hearing(chosen)), chosen=chosen, told=_told(found),
    )  # fmt: skip


def last_told(found: Case) -> CaseStep | None:
    """The step by which the party was last told of a penalty."""
    return next((one for one in reversed(found.steps) if one.step in NOTICES), None)


def _told(found: Case) -> Chosen | None:
    """What the reviewer had chosen when the party was last told."""
    if (notice := last_told(found)) is None:
        return None
    rulings = [one.ruling for one in found.proposals if one.ruling]
    known = [one for one in rulings if one.ruled_at <= notice.recorded_at]
    return thaw(Chosen, known[-1].chosen) if known else None


def procedure_of(session: Session, found: Case, on: date) -> Procedure:
    """How this case goes on, by the law of a day."""
    return rulebook.current(session).on(on).procedure(found.authority)


def choices(session: Session, found: Case, by: Person, on: date) -> list[Choice]:
    """Every step that leads on from where the case stands, with what keeps this reader from it."""
    procedure, known = procedure_of(session, found, on), facts(found)
    who, made = Who(by.id, by.role), []
    for step in procedure.out_of(found.state):
        why = tuple(hindrances(step, procedure, known, who, on))
        if not {Because.NOTHING_RUNS, Because.RUNS_ALREADY} & {one.because for one in why}:
            made.append(Choice(step, why))
    return made


def limitation_of(session: Session, found: Case) -> Limitation:
    """Whether the act was found in time (处罚时效), by the law of the day on which it was found."""
    clocks = rulebook.current(session).on(found.found_on).procedure(found.authority).clocks
    clock = clocks["limitation_long" if found.is_long else "limitation"]
    return limitation(clock, found.acted_on, found.found_on)


def open_cases_of(session: Session, violation_ids: Iterable[int]) -> dict[int, int]:
    """By violation, the open case that it is in."""
    taken = select(CaseViolation.violation_id, CaseViolation.case_id).where(
        CaseViolation.violation_id.in_(list(violation_ids)), CaseViolation.is_open.is_(True)
    )
    return {row.violation_id: row.case_id for row in session.execute(taken)}


def series_of(session: Session, scope: Scope) -> Sequence[CaseSeries]:
    """How the caller's agency numbers its cases, newest year first."""
    own = select(CaseSeries).where(CaseSeries.agency_id == scope.agency_id)
    return session.scalars(own.order_by(CaseSeries.year.desc())).all()
