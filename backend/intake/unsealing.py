"""Opening sealed content (双人启封): one person asks with a reason, another agrees, and only the first sees.

Every step and every look is written into the audit trail, in the same transaction.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from backend.accounts.scope import Person, Scope, area_condition
from backend.core import audit
from backend.core.errors import NotFound
from backend.core.sealed import known_visit_key
from backend.inspections import queries as inspections
from backend.inspections.models import Visit
from backend.intake.errors import AlreadyAgreed, RequestLapsed, SealedContent, SecondPersonNeeded
from backend.intake.models import UnsealRequest

LAPSES_AFTER = timedelta(days=7)  # what nobody agreed to by then has to be asked again


def ask(session: Session, visit_id: int, reason: str, *, by: Person, now: datetime) -> UnsealRequest:
    """Ask to open what is sealed of a visit; all that came under its number is meant."""
    visit = inspections.visit(session, by.scope, visit_id)
    sealed_reason = known_visit_key(session, visit.key_id).seal(reason.encode(), _context(visit.visit_no))
    request = UnsealRequest(
        visit_no=visit.visit_no, sealed_reason=sealed_reason, key_id=visit.key_id, agency_id=visit.agency_id,
        area_code=visit.area_code, requested_by=by.id, requested_at=now,
    )  # fmt: skip
    session.add(request)
    session.flush()
    _note(session, "ask", request, by)
    return request


def agree(session: Session, request_id: int, *, by: Person, minutes: int, now: datetime) -> UnsealRequest:
    """Agree to another person's request: what it names is open to that person for some minutes."""
    request = find(session, by.scope, request_id, to_change=True)
    if request.requested_at <= now - LAPSES_AFTER:
        raise RequestLapsed(request_id=request_id, days=LAPSES_AFTER.days)
    if request.requested_by == by.id:
        raise SecondPersonNeeded(request_id=request_id)
    if request.agreed_by is not None:
        raise AlreadyAgreed(request_id=request_id)
    request.agreed_by, request.agreed_at = by.id, now
    request.open_until = now + timedelta(minutes=minutes)
    _note(session, "agree", request, by)
    return request


def look(session: Session, visit: Visit, what: str, *, by: Person, now: datetime) -> None:
    """Note a look at sealed content. Raises SealedContent where nothing is open to this person."""
    request = session.scalar(
        select(UnsealRequest)
        .where(
            UnsealRequest.visit_no == visit.visit_no,
            UnsealRequest.requested_by == by.id,
            UnsealRequest.open_until > now,
        )
        .limit(1)
    )
    if request is None:
        raise SealedContent(visit_no=visit.visit_no)
    _note(session, "look", request, by, visit=visit.id, what=what)


def find(session: Session, scope: Scope, request_id: int, *, to_change: bool = False) -> UnsealRequest:
    """A request in scope; NotFound for all others."""
    chosen = select(UnsealRequest).where(UnsealRequest.id == request_id, _visible(scope))
    found = session.scalar(chosen.with_for_update() if to_change else chosen)
    if found is None:
        raise NotFound(request_id=request_id)
    return found


def waiting(session: Session, scope: Scope, now: datetime) -> list[UnsealRequest]:
    """Requests in scope that somebody may still agree to, newest first."""
    chosen = select(UnsealRequest).where(
        UnsealRequest.agreed_by.is_(None), UnsealRequest.requested_at > now - LAPSES_AFTER, _visible(scope)
    )
    return list(session.scalars(chosen.order_by(UnsealRequest.id.desc()).limit(200)))


def read_reason(session: Session, request: UnsealRequest, *, by: Person) -> str:
    """Why somebody asks, for whoever may agree; the look is noted."""
    _note(session, "read_reason", request, by)
    key = known_visit_key(session, request.key_id)
    return key.open(request.sealed_reason, _context(request.visit_no)).decode()


def _visible(scope: Scope) -> ColumnElement[bool]:
    return and_(area_condition(scope, UnsealRequest.area_code), UnsealRequest.agency_id == scope.agency_id)


def _context(visit_no: str) -> str:
    return f"unseal:{visit_no}"


def _note(session: Session, step: str, request: UnsealRequest, by: Person, **detail: int | str) -> None:
    named = {"visit_no": request.visit_no} | detail
    audit.record(session, f"unseal.{step}", by=by.actor, subject=f"unseal:{request.id}", detail=named)
