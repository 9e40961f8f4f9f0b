"""What happened to a message, as a row and in the audit trail."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.core import audit
from backend.sharing.models import SharingAttempt, SharingMessage
from backend.sharing.rules import Outcome


def note(
    session: Session, message: SharingMessage, outcome: Outcome, *, now: datetime, by: str,
    reason: str | None = None, key_id: str | None = None, nonce: str | None = None,
    user_id: int | None = None,
) -> None:  # fmt: skip
    """Write down what happened to a message that this unit of work holds."""
    last = select(func.max(SharingAttempt.seq)).where(SharingAttempt.message_id == message.id)
    session.add(
        SharingAttempt(
            message_id=message.id, seq=(session.scalar(last) or 0) + 1, at=now, outcome=outcome,
            reason=reason, key_id=key_id, nonce=nonce, user_id=user_id,
        )
    )  # fmt: skip
    session.flush()
    detail = {"reason": reason} if reason else None
    audit.record(session, f"sharing.{outcome}", by=by, subject=f"sharing_message:{message.id}", detail=detail)
