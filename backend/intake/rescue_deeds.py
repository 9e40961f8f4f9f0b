"""What a supervisor decides about a rescue file in quarantine: take it, or not. Nobody looks inside."""

from datetime import datetime

from sqlalchemy.orm import Session

from backend.accounts.rules import Role
from backend.accounts.scope import Person
from backend.core import audit
from backend.core.errors import NotAllowed
from backend.core.sealed import locked_visit_key
from backend.intake.errors import RescueDecided
from backend.intake.models import RescueFile, RescueState
from backend.intake.rescue_queries import rescue_file


def release(session: Session, file_id: int, reason: str, *, by: Person, now: datetime) -> RescueFile:
    """Let a file be taken; the filer does so. What an unknown tablet signed is filed in the name of `by`.

    Raises RescueDecided, ContentDestroyed, NotAllowed: for an unknown tablet only a supervisor of an agency
    can answer.
    """
    row = _waiting(session, file_id, by)
    if row.device_id is None and (by.role is not Role.SUPERVISOR or by.agency_id is None):
        raise NotAllowed(role=by.role)
    return _decide(session, row, RescueState.RECEIVED, "rescue.release", reason, by, now)


def refuse(session: Session, file_id: int, reason: str, *, by: Person, now: datetime) -> RescueFile:
    """Leave a file where it is, sealed, until its retention ends. Raises RescueDecided, ContentDestroyed."""
    row = _waiting(session, file_id, by)
    return _decide(session, row, RescueState.REFUSED, "rescue.refuse", reason, by, now)


def _waiting(session: Session, file_id: int, by: Person) -> RescueFile:
    row = rescue_file(session, by.scope, file_id)
    if row.state == RescueState.QUARANTINED:
        locked_visit_key(session, row.key_id)  # before the row, as whoever destroys does
        session.refresh(row, with_for_update=True)
    if row.state != RescueState.QUARANTINED:
        raise RescueDecided(state=row.state)
    return row


def _decide(
    session: Session, row: RescueFile, state: RescueState, deed: str, reason: str, by: Person, now: datetime
) -> RescueFile:
    row.state, row.decided_by, row.decided_at, row.decision_reason = state, by.id, now, reason
    detail = {"device": row.device_no, "quarantine": row.quarantine}
    audit.record(session, deed, by=by.actor, subject=f"rescue:{row.id}", detail=detail)
    return row
