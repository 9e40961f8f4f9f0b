"""Sending what waits: signed, once at a time, and tried again; each attempt is noted before it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from backend.core.days import day_of
from backend.core.deployment import Deployment
from backend.sharing import queries
from backend.sharing.errors import NotDelivered
from backend.sharing.models import SharingMessage
from backend.sharing.noting import note
from backend.sharing.posting import post, trust
from backend.sharing.reaching import Target, networks, target_of
from backend.sharing.rules import WAITING, Channel, Delivery, Outcome, Standing, wait
from backend.sharing.signing import Receipt, new_nonce, receipt_of, signed_headers

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


def send(deployment: Deployment, *, clock: Callable[[], datetime], by: str) -> dict[str, int]:
    """Send every message that is due; how many ended how. However many do this at once, each goes once."""
    for setting in (networks, trust):  # one that cannot be read is said before anything is tried
        setting(deployment.settings)
    with deployment.reading() as session:
        numbers = queries.due(session, clock())
    counts = {"receipted": 0, "failed": 0, "withheld": 0}
    for number in numbers:
        with deployment.unit_of_work() as session:
            parcel = _begin(session, deployment, number, now=clock(), by=by)
        if parcel is None:
            continue
        if not isinstance(parcel, Parcel):
            counts["withheld"] += 1
            continue
        how = _deliver(parcel, deployment)
        with deployment.unit_of_work() as session:
            _settle(session, deployment, parcel, how, now=clock(), by=by)
        counts["receipted" if isinstance(how, Receipt) else "failed"] += 1
    return counts


def _begin(
    session: Session, deployment: Deployment, number: int, *, now: datetime, by: str
) -> Parcel | Delivery | None:
    """Take a message in hand and note that it goes; None: somebody else has it already."""
    message = _held(session, number)
    if message.state not in WAITING or message.next_at > now:
        return None
    agreement = message.agreement
    if agreement.standing(day_of(now)) is not Standing.IN_FORCE:
        message.state, message.reason = Delivery.WITHHELD, "agreement_over"
        note(session, message, Outcome.WITHHELD, reason=message.reason, now=now, by=by)
        return Delivery.WITHHELD
    if agreement.channel != Channel.HTTPS:
        return None
    key, nonce = deployment.keys.sharing_keys[0], new_nonce()
    target = target_of(agreement.address or "")
    headers = signed_headers(target.url, message.body, message.message_id, key=key, nonce=nonce, now=now)
    message.state, message.reason, message.next_at = Delivery.SENT, None, now + _OURS_FOR
    message.tries += 1
    note(session, message, Outcome.BEGUN, key_id=key.id, nonce=nonce, now=now, by=by)
    return Parcel(
        message.id, message.message_id, target, message.body, message.sha256, agreement.receiver_key, headers
    )


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
    message = _held(session, parcel.number)
    if isinstance(how, Receipt):
        message.state, message.reason = Delivery.RECEIPTED, None
        message.receipt_no, message.receipted_at = how.number, how.received_at
        note(session, message, Outcome.RECEIPTED, now=now, by=by)
        return
    is_last = message.tries >= deployment.settings.sharing_tries
    message.state, message.reason = Delivery.GIVEN_UP if is_last else Delivery.FAILED, how.reason
    message.next_at = now + wait(message.tries)
    note(session, message, Outcome.FAILED, reason=how.reason, now=now, by=by)


def _held(session: Session, number: int) -> SharingMessage:
    return session.get_one(SharingMessage, number, with_for_update={"of": SharingMessage})
