"""Why a visit took place (检查由来): its check code and the task that it answers, noted when it is filed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import Session

from backend.accounts.scope import Scope
from backend.core import audit
from backend.core.db import insert_if_new
from backend.inspections import flags, queries
from backend.inspections.drafts import Row
from backend.inspections.errors import VisitMatched
from backend.inspections.models import Visit, VisitFlag, VisitGrounds
from backend.tasks import actions as tasks
from backend.tasks import codes
from backend.tasks import queries as task_queries
from backend.tasks.models import Task
from backend.tasks.rules import LIVE, Claim, Match, MatchedBy, Route, match

AMBIGUOUS = "task_ambiguous"
_NOTED = (
    select(VisitGrounds.task_id, VisitGrounds.assisting)
    .join(Visit, Visit.id == VisitGrounds.visit_id)
    .where(
        VisitGrounds.task_id.is_not(None),
        Visit.agency_id.is_not_distinct_from(bindparam("agency_id")),
        Visit.user_id.is_not_distinct_from(bindparam("user_id")),
    )
    .order_by(VisitGrounds.id)
    .limit(1)
)  # of the same officer
_OF_INSTANCE = _NOTED.where(Visit.instance_id == bindparam("instance_id"))
_OF_VISIT = _NOTED.where(Visit.visit_no == bindparam("visit_no"))


@dataclass(frozen=True, slots=True)
class Said:
    """What the form says about why the visit took place."""

    route: str
    joint: bool
    check_code: str
    numbers: tuple[str, ...]  # of the plan, of the lead
    certificate: str  # of the first officer


def note_grounds(session: Session, visit_id: int, row: Row, said: Said, *, by: str, now: datetime) -> None:
    """Note task and code of a new visit, close what it answers, and flag what a supervisor has to look at."""
    code = codes.named(session, said.check_code)
    agency_id, venue_id, on = row["agency_id"], row["venue_id"], row["fact_on"]
    is_good = code is not None and codes.is_good(code, agency_id=agency_id, venue_id=venue_id, on=on)
    if code and is_good:
        codes.use(session, code, by=by, now=now)
    found = _task_of(session, row, said)
    session.add(
        VisitGrounds(
            visit_id=visit_id, route=said.route if said.route in set(Route) else None, joint=said.joint,
            check_code_id=code and code.id, task_id=found.task_id, matched_by=found.by,
            assisting=found.assisting,
        )
    )  # fmt: skip
    session.flush()
    is_expected = bool(said.check_code) and task_queries.keeps_codes(session, agency_id)
    raised = flags.of_grounds(
        code_missing=is_expected and code is None,
        code_refused=code is not None and not is_good,
        ambiguous=found.ambiguous,
    )
    for flag in raised:
        insert_if_new(session, VisitFlag, visit_id=visit_id, code=flag, count=1, raised_at=now)
    if found.task_id and not found.assisting:
        _answer(session, session.get_one(Task, found.task_id, with_for_update=True), by=by, now=now)


def match_by_hand(
    session: Session, scope: Scope, visit_id: int, task_id: int, *, by: str, now: datetime
) -> VisitGrounds:
    """Say which task a visit answers, where that was not clear. Raises NotFound, VisitMatched.

    A task that is over already keeps its state; the visit stands beside it.
    """
    visit = queries.visit(session, scope, visit_id)
    task = task_queries.task(session, scope, task_id, to_change=True)
    insert_if_new(session, VisitGrounds, visit_id=visit_id, joint=False, assisting=False)
    noted = session.scalars(select(VisitGrounds).filter_by(visit_id=visit_id).with_for_update()).one()
    if noted.task_id is not None or visit.agency_id != task.agency_id:
        raise VisitMatched(task_id=noted.task_id)
    noted.task_id, noted.matched_by, noted.assisting = task_id, MatchedBy.SUPERVISOR, task.state not in LIVE
    for flag in session.scalars(select(VisitFlag).filter_by(visit_id=visit_id, code=AMBIGUOUS)):
        flag.settled_at = flag.settled_at or now
    session.flush()
    if not noted.assisting:
        _answer(session, task, by=by, now=now)
    audit.record(session, "visit.match_task", by=by, subject=f"visit:{visit_id}", detail={"task": task_id})
    return noted


def _task_of(session: Session, row: Row, said: Said) -> Match:
    """A correction answers what the corrected visit did; a further module what the first one did."""
    if row["corrects"] and (corrected := _noted(session, row, _OF_INSTANCE, instance_id=row["corrects"])):
        return corrected
    agency_id, user_id = row["agency_id"], row["user_id"]
    if user_id is None:  # a shared tablet: who it was says the record
        user_id = task_queries.officer_with(session, agency_id, said.certificate)
    claim = Claim(row["venue_id"], row["activity"], row["fact_on"], user_id, said.check_code, said.numbers)
    known = task_queries.candidates(
        session, agency_id, venue_id=claim.venue_id, check_code=claim.check_code, numbers=claim.numbers
    )
    found = match(claim, known)
    if found.task_id and not found.assisting:
        return found
    return _noted(session, row, _OF_VISIT, visit_no=row["visit_no"]) or found


def _noted(session: Session, row: Row, which: Select[int | None, bool], **named: str) -> Match | None:
    asked = named | {"agency_id": row["agency_id"], "user_id": row["user_id"]}
    noted = session.execute(which, asked).one_or_none()
    return Match(noted.task_id, MatchedBy.VISIT, assisting=noted.assisting) if noted else None


def _answer(session: Session, task: Task, *, by: str, now: datetime) -> None:
    answering = (VisitGrounds.task_id == task.id, ~VisitGrounds.assisting)
    done = session.scalars(
        select(Visit.activity).join(VisitGrounds, VisitGrounds.visit_id == Visit.id).where(*answering)
    )
    tasks.answer(session, task, set(done), by=by, now=now)


def visits_of_task(session: Session, scope: Scope, task: Task) -> list[tuple[Visit, bool]]:
    """The visits that a task led to, oldest first, each with whether it stands beside it only."""
    rows = session.execute(
        select(Visit, VisitGrounds.assisting)
        .join(VisitGrounds, VisitGrounds.visit_id == Visit.id)
        .where(VisitGrounds.task_id == task.id, queries.visible(scope))
        .order_by(Visit.id)
    )
    return [(row.Visit, row.assisting) for row in rows]


def tasks_that_fit(session: Session, scope: Scope, visit: Visit) -> list[Task]:
    """The tasks among which a supervisor chooses: at the venue, and not over or over on that day or later."""
    there = or_(Task.venue_id == visit.venue_id, Task.venue_id.is_(None))
    chosen = select(Task).where(task_queries.visible(scope), there, Task.state.in_(LIVE))
    return list(
        session.scalars(chosen.where(Task.agency_id == visit.agency_id).order_by(Task.due_on).limit(50))
    )
