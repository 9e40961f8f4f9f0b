"""Looking up tasks, check codes and numbers. An agency sees its own of the area, a coordinator all."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import QueryableAttribute, Session, joinedload

from backend.accounts.models import User
from backend.accounts.rules import Role
from backend.accounts.scope import DevicePerson, Scope, area_condition
from backend.core.errors import NotFound
from backend.tasks.models import CheckCode, CheckCodeAgency, Task, TaskActivity, TaskOfficer
from backend.tasks.rules import LIVE, Candidate
from backend.venues.models import Venue

_TOGETHER = (joinedload(Task.venue), joinedload(Task.agency))


def visible(scope: Scope) -> ColumnElement[bool]:
    """Tasks that somebody may see."""
    theirs = true() if scope.role is Role.COORDINATOR else Task.agency_id == scope.agency_id
    return and_(area_condition(scope, Task.area_code), theirs)


def task(session: Session, scope: Scope, task_id: int, *, to_change: bool = False) -> Task:
    """A task in scope; NotFound for all others. Whoever wants to change it waits for whoever does."""
    chosen = select(Task).where(Task.id == task_id, visible(scope)).options(*_TOGETHER)
    if to_change:
        chosen = chosen.with_for_update(of=Task).execution_options(populate_existing=True)
    if (found := session.scalar(chosen)) is None:
        raise NotFound(task_id=task_id)
    return found


def had_by(session: Session, tablet: DevicePerson, task_id: int) -> Task:
    """A task that the officer of a tablet has or had; on a shared one, of its agency. Else NotFound."""
    had = exists().where(TaskOfficer.task_id == Task.id, TaskOfficer.user_id == tablet.user_id)
    theirs = true() if tablet.user_id is None else had
    found = session.scalar(select(Task).where(Task.id == task_id, visible(tablet.scope), theirs))
    if found is None:
        raise NotFound(task_id=task_id)
    return found


def list_tasks(
    session: Session, scope: Scope, *, offset: int = 0, limit: int = 20, **filters: Any
) -> tuple[Sequence[Task], int]:
    """Tasks in scope, the next due first, what is closed last; and how many. For filters see `chosen`."""
    wanted = chosen(scope, **filters)
    closed = case((Task.state.in_(LIVE), 0), else_=1)
    page = wanted.order_by(closed, Task.due_on, Task.priority, Task.id).offset(offset).limit(limit)
    return session.scalars(page.options(*_TOGETHER)).all(), _count(session, wanted)


def of_source(session: Session, scope: Scope, number: str) -> Sequence[Task]:
    """Tasks in scope that name a plan, a tip or an order by its number, oldest first."""
    named = select(Task).where(visible(scope), Task.source_no == number)
    return session.scalars(named.order_by(Task.id)).all()


def chosen(
    scope: Scope,
    *,
    state: str | None = None,
    kind: str | None = None,
    activity: str | None = None,
    officer_id: int | None = None,
    venue_id: int | None = None,
    overdue_on: date | None = None,
    text: str = "",
) -> Select[Task]:
    """Tasks in scope that fit; `text` is part of a venue's name, a place, or how a number begins."""
    wanted = select(Task).where(visible(scope))
    for column, value in ((Task.state, state), (Task.kind, kind), (Task.venue_id, venue_id)):
        if value is not None:
            wanted = wanted.where(column == value)
    if activity:
        wanted = wanted.where(
            exists().where(TaskActivity.task_id == Task.id, TaskActivity.activity == activity)
        )
    if officer_id is not None:
        wanted = wanted.where(_with(officer_id))
    if overdue_on:
        wanted = wanted.where(Task.state.in_(LIVE), Task.due_on < overdue_on)
    if text:
        wanted = wanted.where(
            or_(
                Task.venue_id.in_(select(Venue.id).where(Venue.name.contains(text, autoescape=True))),
                Task.place_text.contains(text, autoescape=True),
                Task.source_no.startswith(text, autoescape=True),
            )
        )
    return wanted


def of_day(session: Session, scope: Scope, user_id: int, day: date) -> Sequence[Task]:
    """What an officer has to do on a day, in the order of the round: what is set for it, due, or overdue."""
    now = or_(Task.visit_on <= day, and_(Task.visit_on.is_(None), Task.due_on <= day))
    mine = select(Task).where(visible(scope), _with(user_id), Task.state.in_(LIVE), now)
    last = Task.route_order.is_(None)
    order = (last, Task.route_order, Task.priority, Task.due_on, Task.id)
    return session.scalars(mine.order_by(*order).options(*_TOGETHER)).all()


def taken_from(session: Session, scope: Scope, user_id: int, since: Any) -> Sequence[Task]:
    """Tasks that an officer had and has no more, since then."""
    was = exists().where(
        TaskOfficer.task_id == Task.id, TaskOfficer.user_id == user_id, TaskOfficer.until >= since
    )
    chosen = select(Task).where(visible(scope), was, ~_with(user_id))
    return session.scalars(chosen.order_by(Task.id.desc()).limit(20).options(*_TOGETHER)).all()


def _with(user_id: int) -> ColumnElement[bool]:
    return exists().where(
        TaskOfficer.task_id == Task.id, TaskOfficer.user_id == user_id, TaskOfficer.until.is_(None)
    )


def officers_for(session: Session, scope: Scope) -> Sequence[User]:
    """The inspectors to whom somebody may give a task: of their agency, working in their areas."""
    inspectors = select(User).where(
        User.role == Role.INSPECTOR, User.active, User.agency_id == scope.agency_id
    )
    found = session.scalars(inspectors.order_by(User.login))
    return [user for user in found if any(_meet(scope, area.code) for area in user.areas)]


def officer_with(session: Session, agency_id: int | None, certificate: str) -> int | None:
    """The officer of an agency who has a certificate (执法证)."""
    holder = select(User.id).where(User.agency_id == agency_id, User.certificate_no == certificate)
    return session.scalar(holder.order_by(User.id).limit(1)) if certificate else None


def _meet(scope: Scope, code: str) -> bool:
    return scope.covers(code) or any(own.startswith(code) for own in scope.areas)


def candidates(
    session: Session, agency_id: int | None, *, venue_id: int | None, check_code: str, numbers: Sequence[str]
) -> list[Candidate]:
    """The tasks of an agency that a visit might answer."""
    ways: list[ColumnElement[bool]] = [Task.source_no.in_(list(numbers))]
    if check_code:
        ways.append(Task.check_code_id.in_(select(CheckCode.id).where(CheckCode.code == check_code)))
    if venue_id is not None:
        ways.append(and_(Task.venue_id == venue_id, Task.state.in_(LIVE)))
    rows = session.scalars(select(Task).where(Task.agency_id == agency_id, or_(*ways)).order_by(Task.id))
    return [_candidate(row) for row in rows]


def _candidate(row: Task) -> Candidate:
    return Candidate(
        row.id, row.state in LIVE, row.venue_id, row.visit_on, frozenset(row.activity_ids),
        row.check_code.code if row.check_code else None, row.source_no, frozenset(row.officer_ids),
        frozenset(one.user_id for one in row.officers if one.until),
    )  # fmt: skip


def codes_visible(scope: Scope) -> ColumnElement[bool]:
    """Check codes of the caller's agency, at venues of the caller's areas or at none yet."""
    own = exists().where(
        CheckCodeAgency.check_code_id == CheckCode.id, CheckCodeAgency.agency_id == scope.agency_id
    )
    there = CheckCode.venue_id.in_(select(Venue.id).where(area_condition(scope, Venue.area_code)))
    theirs = true() if scope.role is Role.COORDINATOR else own
    return and_(theirs, or_(CheckCode.venue_id.is_(None), there))


def list_codes(
    session: Session,
    scope: Scope,
    *,
    state: str | None = None,
    route: str | None = None,
    text: str = "",
    offset: int = 0,
    limit: int = 20,
) -> tuple[Sequence[CheckCode], int]:
    """Check codes in scope, newest first; `text` is how a code or its number begins."""
    wanted = select(CheckCode).where(codes_visible(scope))
    for column, value in ((CheckCode.state, state), (CheckCode.route, route)):
        if value:
            wanted = wanted.where(column == value)
    if text:
        begins: list[QueryableAttribute[Any]] = [CheckCode.code, CheckCode.source_no]
        wanted = wanted.where(or_(*(column.startswith(text, autoescape=True) for column in begins)))
    page = wanted.order_by(CheckCode.id.desc()).offset(offset).limit(limit)
    return session.scalars(page.options(joinedload(CheckCode.venue))).all(), _count(session, wanted)


def code(session: Session, scope: Scope, code_id: int, *, to_change: bool = False) -> CheckCode:
    """A check code in scope; NotFound for all others."""
    wanted = select(CheckCode).where(CheckCode.id == code_id, codes_visible(scope))
    if to_change:
        wanted = wanted.with_for_update(of=CheckCode).execution_options(populate_existing=True)
    if (found := session.scalar(wanted.options(joinedload(CheckCode.venue)))) is None:
        raise NotFound(check_code_id=code_id)
    return found


def code_named(session: Session, scope: Scope, text: str) -> CheckCode | None:
    """A check code in scope by what is written on it."""
    return session.scalar(select(CheckCode).where(CheckCode.code == text, codes_visible(scope)))


def keeps_codes(session: Session, agency_id: int | None) -> bool:
    """Whether an agency enters its check codes here; only then is one that is missing a surprise."""
    return bool(session.scalar(select(exists().where(CheckCodeAgency.agency_id == agency_id))))


def _count(session: Session, wanted: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0
