"""Sending what waits: signed, once at a time, and tried again; each attempt is noted before it is made."""

import fcntl
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from backend.core.days import day_of
from backend.core.deployment import Deployment
from backend.sharing import queries
from backend.sharing.errors import NotDelivered
from backend.sharing.models import SharingAttempt, SharingMessage
from backend.sharing.noting import note
from backend.sharing.posting import post, trust
from backend.sharing.reaching import Target, networks, target_of
from backend.sharing.rules import WAITING, Channel, Delivery, Outcome, Standing, wait
from backend.sharing.signing import Receipt, new_nonce, receipt_of, signed_headers

log = logging.getLogger("humiao.sharing")
_AT_ONCE = 1000
_SILENT = ("unreachable", "no_answer", "not_trusted")
_OURS_FOR = timedelta(minutes=10)  # nobody else tries a message that is on its way


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message on its way."""

    number: int
    message_id: str
    target: Target
    body: bytes
    sha256: str
    receiver_key: str | None
    headers: dict[str, str]
    nonce: str  # by which its attempt is known


def send(deployment: Deployment, *, clock: Callable[[], datetime], by: str) -> dict[str, int]:
    """Send messages that are due; how many ended how. However many do this at once, each goes once.

    Of one machine one sends at a time. A host that does not answer is left alone for the rest of the run, and
    what goes wrong with one message holds up no other.
    """
    for setting in (networks, trust):  # one that cannot be read is said before anything is tried
        setting(deployment.settings)
    counts, silent = {"receipted": 0, "failed": 0, "withheld": 0}, set[str]()
    with _only_one(deployment) as is_ours:
        if not is_ours:
            return counts
        with deployment.reading() as session:
            numbers = queries.due(session, clock(), limit=_AT_ONCE)
        for number in numbers:
            try:
                ended = _send_one(deployment, number, silent, clock=clock, by=by)
            except Exception as problem:  # its text may hold what leaves
                log.error("message %s waits: %s", number, type(problem).__name__)
                ended = "failed"
            if ended:
                counts[ended] += 1
    return counts


def _send_one(
    deployment: Deployment, number: int, silent: set[str], *, clock: Callable[[], datetime], by: str
) -> str | None:
    """How a message ended; None: it is not tried now."""
    with deployment.unit_of_work() as session:
        parcel = _begin(session, deployment, number, silent, now=clock(), by=by)
    if parcel is None:
        return None
    if not isinstance(parcel, Parcel):
        return "withheld" if parcel is Delivery.WITHHELD else "failed"
    how = _deliver(parcel, deployment)
    with deployment.unit_of_work() as session:
        _settle(session, deployment, parcel, how, now=clock(), by=by)
    if isinstance(how, Receipt):
        return "receipted"
    if how.reason in _SILENT:
        silent.add(parcel.target.authority)
    return "failed"


@contextmanager
def _only_one(deployment: Deployment) -> Iterator[bool]:
    """Whether nobody else of this machine sends now."""
    with open(deployment.settings.var_dir / "sharing.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _begin(
    session: Session, deployment: Deployment, number: int, silent: set[str], *, now: datetime, by: str
) -> Parcel | Delivery | None:
    """Take a message in hand and note that it goes; None: another has it, or its host is silent."""
    message = _held(session, number)
    if message.state not in WAITING or message.next_at > now:
        return None
    agreement = message.agreement
    if agreement.standing(day_of(now)) is not Standing.IN_FORCE:
        return _stop(session, message, now=now, by=by)
    if agreement.channel != Channel.HTTPS:
        return None
    target = target_of(agreement.address or "")
    if target.authority in silent:
        return None
    if message.tries >= deployment.settings.sharing_tries:  # whoever sent it died each time
        message.state, message.reason = Delivery.GIVEN_UP, "no_answer"
        note(session, message, Outcome.FAILED, reason=message.reason, now=now, by=by)
        return Delivery.GIVEN_UP
    key, nonce = deployment.keys.sharing_keys[0], new_nonce()
    headers = signed_headers(target.url, message.body, message.message_id, key=key, nonce=nonce, now=now)
    message.state, message.reason, message.next_at = Delivery.SENT, None, now + _OURS_FOR
    message.tries += 1
    note(session, message, Outcome.BEGUN, key_id=key.id, nonce=nonce, now=now, by=by)
    return Parcel(
        message.id, message.message_id, target, message.body, message.sha256, agreement.receiver_key, headers,
        nonce,
    )  # fmt: skip


def _stop(session: Session, message: SharingMessage, *, now: datetime, by: str) -> Delivery:
    """Its agreement is over: what was never begun is withheld, the rest may have arrived and is given up."""
    begun = exists().where(SharingAttempt.message_id == message.id, SharingAttempt.outcome == Outcome.BEGUN)
    state, outcome = Delivery.WITHHELD, Outcome.WITHHELD
    if session.scalar(select(begun)):
        state, outcome = Delivery.GIVEN_UP, Outcome.FAILED
    message.state, message.reason = state, "agreement_over"
    note(session, message, outcome, reason=message.reason, now=now, by=by)
    return state


def _deliver(parcel: Parcel, deployment: Deployment) -> Receipt | NotDelivered:
    try:
        answer = post(parcel.target, parcel.headers, parcel.body, deployment.settings)
        return receipt_of(
            answer, message_id=parcel.message_id, sha256=parcel.sha256, receiver_key=parcel.receiver_key
        )
    except NotDelivered as problem:
        return problem


def _settle(
    session: Session, deployment: Deployment, parcel: Parcel, how: Receipt | NotDelivered, *,
    now: datetime, by: str,
) -> None:  # fmt: skip
    """Note how an attempt ended. A message that is another attempt's by now takes only a receipt from it."""
    message, reason = _held(session, parcel.number), getattr(how, "reason", None)
    outcome = Outcome.RECEIPTED if isinstance(how, Receipt) else Outcome.FAILED
    note(session, message, outcome, reason=reason, nonce=parcel.nonce, now=now, by=by)
    if isinstance(how, Receipt):
        if message.state != Delivery.RECEIPTED:
            message.state, message.reason = Delivery.RECEIPTED, None
            message.receipt_no, message.receipted_at = how.number, how.received_at
        return
    if message.state != Delivery.SENT or _newest_nonce(session, message) != parcel.nonce:
        return
    is_last = message.tries >= deployment.settings.sharing_tries
    message.state, message.reason = Delivery.GIVEN_UP if is_last else Delivery.FAILED, how.reason
    message.next_at = now + wait(message.tries)


def _newest_nonce(session: Session, message: SharingMessage) -> str | None:
    """The nonce of the newest attempt that was begun."""
    begun = (SharingAttempt.message_id == message.id, SharingAttempt.outcome == Outcome.BEGUN)
    return session.scalar(
        select(SharingAttempt.nonce).where(*begun).order_by(SharingAttempt.seq.desc()).limit(1)
    )


def _held(session: Session, number: int) -> SharingMessage:
    return session.get_one(SharingMessage, number, with_for_update={"of": SharingMessage})
