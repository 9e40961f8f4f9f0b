"""Looking up sweeps: those of sites in one's areas, and for a school the closed ones of its own."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from backend.accounts.rules import Role
from backend.accounts.scope import Scope, area_condition
from backend.core.errors import NotFound
from backend.planning.models import Sweep, SweepTask
from backend.planning.rules import LARGEST_RING_M, State
from backend.protected_sites.models import Site
from backend.rulebook import queries as rulebook
from backend.screening.queries import SHOWN_M

_STATES: dict[State, tuple[ColumnElement[bool], ...]] = {
    State.DRAFT: (Sweep.approved_on.is_(None), Sweep.closed_at.is_(None)),
    State.APPROVED: (
        Sweep.approved_on.is_not(None), Sweep.tasks_made_at.is_(None), Sweep.closed_at.is_(None),
    ),
    State.UNDER_WAY: (Sweep.tasks_made_at.is_not(None), Sweep.closed_at.is_(None)),
    State.CLOSED: (Sweep.closed_at.is_not(None),),
}  # fmt: skip


def visible(scope: Scope) -> ColumnElement[bool]:
    """Sweeps at sites of the caller's areas."""
    return area_condition(scope, Sweep.area_code)


def sweep(session: Session, scope: Scope, sweep_id: int, *, to_change: bool = False) -> Sweep:
    """A sweep in scope; NotFound for all others. Whoever wants to change it waits for whoever does."""
    wanted = select(Sweep).where(Sweep.id == sweep_id, visible(scope))
    if to_change:
        wanted = wanted.with_for_update(of=Sweep).execution_options(populate_existing=True)
    if (found := session.scalar(wanted)) is None:
        raise NotFound(sweep_id=sweep_id)
    return found


def list_sweeps(
    session: Session,
    scope: Scope,
    *,
    state: State | None = None,
    site_id: int | None = None,
    offset: int = 0,
    limit: int = 20,
) -> tuple[Sequence[Sweep], int]:
    """Sweeps in scope, newest first, and how many there are."""
    wanted = select(Sweep).where(visible(scope), *(_STATES[state] if state else ()))
    if site_id is not None:
        wanted = wanted.where(Sweep.site_id == site_id)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    page = wanted.options(joinedload(Sweep.site)).order_by(Sweep.id.desc()).offset(offset).limit(limit)
    return session.scalars(page).all(), total


def closed_around(session: Session, site_id: int) -> Sequence[Sweep]:
    """The sweeps around a site that came to a result, newest first."""
    closed = select(Sweep).where(Sweep.site_id == site_id, Sweep.result.is_not(None))
    return session.scalars(closed.order_by(Sweep.closed_at.desc())).all()


def of_task(session: Session, scope: Scope, task_id: int) -> Sweep | None:
    """The sweep for which a task was made, if it is in scope."""
    made = select(SweepTask.sweep_id).where(SweepTask.task_id == task_id)
    return session.scalar(select(Sweep).where(Sweep.id.in_(made), visible(scope)))


def made_for(session: Session, sweep: Sweep) -> Sequence[SweepTask]:
    """The tasks of a sweep as they are now."""
    wanted = select(SweepTask).where(SweepTask.sweep_id == sweep.id).order_by(SweepTask.id)
    return session.scalars(wanted.options(selectinload(SweepTask.task))).all()


def may_lead(scope: Scope, sweep: Sweep) -> bool:
    """Whether somebody may change, begin and close it: a coordinator, or the agency that opened it."""
    own = scope.agency_id is not None and scope.agency_id == sweep.agency_id
    return scope.role is Role.COORDINATOR or (scope.role is Role.SUPERVISOR and own)


def may_send(scope: Scope, agency_id: int) -> bool:
    """Whether somebody may set tasks for an agency: who coordinates, for all; a supervisor, for the own."""
    return scope.role is Role.COORDINATOR or scope.agency_id == agency_id


def ring_m(session: Session, site: Site, on: date) -> float:
    """The widest ring that a rule keeps around a kind of site; where none is set, what pages show."""
    on_day = rulebook.current(session).on(on)
    ruled = (on_day.distance_rule(one, site.kind, site.area_code) for one in on_day.activities)
    radii = [rule.radius_m for rule in ruled if rule and rule.radius_m is not None]
    return min(max(radii, default=SHOWN_M), LARGEST_RING_M)
