"""Urging letters (督办): who coordinates sends them, the agency answers, nobody takes one back."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, selectinload

from backend.accounts.models import Agency
from backend.accounts.rules import Role
from backend.accounts.scope import Person, Scope, area_condition
from backend.core import audit
from backend.core.days import day_of
from backend.core.errors import InvalidInput, NotAllowed, NotFound
from backend.indicators.definitions import indicators
from backend.indicators.models import Urging, UrgingAnswer
from backend.indicators.rules import State


def urge(
    session: Session, *, area_code: str, to_agency_id: int, subject: str, words: str, due_on: date,
    indicator: str | None = None, by: Person, now: datetime,
) -> Urging:  # fmt: skip
    """Urge an agency of one's area to do its duty until a day. Raises InvalidInput."""
    if not by.scope.covers(area_code):
        raise InvalidInput(area_code="not_your_area")
    if session.get(Agency, to_agency_id) is None:
        raise InvalidInput(to_agency_id="unknown")
    if indicator is not None and indicator not in {one.id for one in indicators()}:
        raise InvalidInput(indicator="unknown")
    if due_on <= day_of(now):
        raise InvalidInput(due_on="in_the_past")
    sent = Urging(
        area_code=area_code, to_agency_id=to_agency_id, indicator=indicator, subject=subject, words=words,
        due_on=due_on, sent_by=by.id, sent_at=now,
    )  # fmt: skip
    session.add(sent)
    session.flush()
    detail = {"agency_id": to_agency_id, "due_on": due_on.isoformat()}
    audit.record(session, "urging.send", by=by.actor, subject=f"urging:{sent.id}", detail=detail)
    return sent


def answer(session: Session, found: Urging, words: str, *, by: Person, now: datetime) -> UrgingAnswer:
    """What the agency that was urged says to it, once or more. Raises NotAllowed."""
    if by.agency_id != found.to_agency_id:
        raise NotAllowed(agency_id=by.agency_id)
    given = UrgingAnswer(
        urging_id=found.id, seq=len(found.answers) + 1, words=words, answered_by=by.id, answered_at=now
    )
    session.add(given)
    session.flush()
    session.expire(found, ["answers"])
    detail = {"seq": given.seq}
    audit.record(session, "urging.answer", by=by.actor, subject=f"urging:{found.id}", detail=detail)
    return given


def urging(session: Session, scope: Scope, urging_id: int, *, to_answer: bool = False) -> Urging:
    """A letter in scope; NotFound for all others. Whoever answers waits for whoever does."""
    wanted = select(Urging).where(Urging.id == urging_id, _visible(scope))
    if to_answer:
        wanted = wanted.with_for_update(of=Urging).execution_options(populate_existing=True)
    if (found := session.scalar(wanted)) is None:
        raise NotFound(urging_id=urging_id)
    return found


def list_urgings(
    session: Session, scope: Scope, *, today: date, state: State | None = None, offset: int = 0,
    limit: int = 20,
) -> tuple[Sequence[Urging], int]:  # fmt: skip
    """Letters in scope, what waits for an answer first, the earliest day first; and how many there are."""
    is_answered = exists().where(UrgingAnswer.urging_id == Urging.id)
    wanted = select(Urging).where(_visible(scope))
    if state is State.ANSWERED:
        wanted = wanted.where(is_answered)
    elif state is not None:
        late = Urging.due_on < today
        wanted = wanted.where(~is_answered, late if state is State.LATE else ~late)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    page = wanted.order_by(is_answered, Urging.due_on, Urging.id).offset(offset).limit(limit)
    return session.scalars(page.options(selectinload(Urging.answers))).all(), total


def _visible(scope: Scope) -> ColumnElement[bool]:
    """Who coordinates sees those of the own areas, a supervisor those to the own agency."""
    if scope.role is Role.COORDINATOR:
        return area_condition(scope, Urging.area_code)
    return Urging.to_agency_id == scope.agency_id
