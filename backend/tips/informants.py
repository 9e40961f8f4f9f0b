"""Who gave a tip (反映人): sealed apart from what they told, opened by two people or for the reply alone.

An answer reaches whoever holds the receipt without anybody reading this. Each look is in the audit trail.
"""

from dataclasses import asdict
from datetime import datetime, timedelta

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.scope import Person, Scope
from backend.core import audit
from backend.core.errors import NotFound
from backend.core.sealed import known_visit_key, visit_key
from backend.tips import queries
from backend.tips.errors import InformantSealed, SecondPersonNeeded, TipSettled
from backend.tips.models import InformantRequest, Tip, TipInformant
from backend.tips.rules import NOBODY, Contact

LAPSES_AFTER = timedelta(days=7)  # what nobody agreed to by then has to be asked again


def keep(session: Session, tip: Tip, contact: Contact) -> None:
    """Seal who gave a tip; nothing where nothing was said."""
    if contact == NOBODY:
        return
    key = visit_key(session, f"informant:{tip.uuid}")
    sealed = key.seal(orjson.dumps(asdict(contact)), _place(tip.id))
    session.add(TipInformant(tip_id=tip.id, key_id=key.row_id, sealed=sealed))
    session.flush()


def of(session: Session, tip: Tip) -> TipInformant | None:
    """Who gave a tip, sealed as it is; both halves of a submission have the same."""
    return session.scalar(select(TipInformant).where(TipInformant.tip_id == (tip.split_id or tip.id)))


def ask(session: Session, tip: Tip, reason: str, *, by: Person, now: datetime) -> InformantRequest:
    """Ask to see who gave a tip. Raises NotFound where nobody said."""
    informant = _known(session, tip)
    sealed = known_visit_key(session, informant.key_id).seal(reason.encode(), _reason(informant))
    request = InformantRequest(
        informant_id=informant.id, sealed_reason=sealed, requested_by=by.id, requested_at=now
    )
    session.add(request)
    session.flush()
    _note(session, "ask", tip, by, request=request.id)
    return request


def agree(session: Session, request_id: int, *, by: Person, minutes: int, now: datetime) -> InformantRequest:
    """Agree to another person's request: it is open to that person for some minutes.

    Raises NotFound out of scope, SecondPersonNeeded.
    """
    request = session.scalar(
        select(InformantRequest).where(InformantRequest.id == request_id).with_for_update()
    )
    if request is None:
        raise NotFound(request_id=request_id)
    tip = queries.tip(session, by.scope, request.informant.tip_id)
    too_old = request.requested_at <= now - LAPSES_AFTER
    if too_old or by.id == request.requested_by or request.agreed_by is not None:
        raise SecondPersonNeeded(request_id=request_id)
    request.agreed_by, request.agreed_at = by.id, now
    request.open_until = now + timedelta(minutes=minutes)
    _note(session, "agree", tip, by, request=request.id)
    return request


def waiting(session: Session, tip: Tip, now: datetime) -> list[InformantRequest]:
    """Requests for a tip to which somebody may still agree, oldest first."""
    informant = of(session, tip)
    since = now - LAPSES_AFTER
    if informant is None:
        return []
    asked = select(InformantRequest).where(
        InformantRequest.informant_id == informant.id,
        InformantRequest.agreed_by.is_(None),
        InformantRequest.requested_at > since,
    )
    return list(session.scalars(asked.order_by(InformantRequest.id)))


def reason_of(session: Session, scope: Scope, request_id: int, *, by: Person) -> str:
    """Why somebody asks, for whoever may agree; the look is noted. Raises NotFound out of scope."""
    request = session.get(InformantRequest, request_id)
    if request is None:
        raise NotFound(request_id=request_id)
    tip = queries.tip(session, scope, request.informant.tip_id)
    _note(session, "read_reason", tip, by, request=request.id)
    key = known_visit_key(session, request.informant.key_id)
    return key.open(request.sealed_reason, _reason(request.informant)).decode()


def look(session: Session, tip: Tip, *, by: Person, now: datetime) -> Contact:
    """Who gave a tip, for whoever a second person opened it to. Raises InformantSealed, NotFound."""
    informant = _known(session, tip)
    if not _is_open(session, informant, by, now):
        raise InformantSealed(tip_id=tip.id)
    _note(session, "look", tip, by)
    return _opened(session, informant)


def to_reply(session: Session, tip: Tip, *, by: Person) -> str:
    """How to reach who gave it, for whoever answered it and has not told them yet; no name.

    Raises InformantSealed, NotFound.
    """
    informant = _known(session, tip)
    if not may_reply(tip, by):
        raise InformantSealed(tip_id=tip.id)
    _note(session, "reply", tip, by)
    return _opened(session, informant).reach


def may_reply(tip: Tip, by: Person) -> bool:
    """Whether somebody may open the contact to send the answer: they gave it, and it was not sent."""
    return tip.answered_by == by.id and tip.told_at is None


def told(session: Session, tip: Tip, *, by: Person, now: datetime) -> Tip:
    """Note that the answer was sent directly; the contact closes again. Raises TipSettled, NotFound."""
    _known(session, tip)
    if not may_reply(tip, by):
        raise TipSettled(state=tip.state)
    tip.told_by, tip.told_at = by.id, now
    _note(session, "told", tip, by)
    return tip


def _known(session: Session, tip: Tip) -> TipInformant:
    if (found := of(session, tip)) is None:
        raise NotFound(tip_id=tip.id)
    return found


def _is_open(session: Session, informant: TipInformant, by: Person, now: datetime) -> bool:
    opened = select(InformantRequest.id).where(
        InformantRequest.informant_id == informant.id,
        InformantRequest.requested_by == by.id,
        InformantRequest.open_until > now,
    )
    return session.scalar(opened.limit(1)) is not None


def _opened(session: Session, informant: TipInformant) -> Contact:
    key = known_visit_key(session, informant.key_id)
    return Contact(**orjson.loads(key.open(informant.sealed, _place(informant.tip_id))))


def _place(tip_id: int) -> str:
    return f"informant:{tip_id}"


def _reason(informant: TipInformant) -> str:
    return f"informant-reason:{informant.id}"


def _note(session: Session, step: str, tip: Tip, by: Person, **detail: int) -> None:
    audit.record(session, f"informant.{step}", by=by.actor, subject=f"tip:{tip.id}", detail=detail or None)
