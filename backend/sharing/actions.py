"""What can be done to agreements and messages. The caller owns the transaction and holds the row."""

from base64 import b64decode
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from backend.accounts.rules import Role
from backend.accounts.scope import Person, Scope
from backend.core import audit
from backend.core.days import day_of
from backend.core.errors import InvalidInput, NotAllowed
from backend.core.settings import Settings
from backend.sharing import queries
from backend.sharing.catalogue import CATALOGUE
from backend.sharing.errors import AgreementRefused, MessageNotSent
from backend.sharing.models import SharingAgreement, SharingMessage, SharingStep
from backend.sharing.noting import note
from backend.sharing.reaching import is_allowed, target_of
from backend.sharing.rules import (
    PROPOSERS,
    Because,
    Channel,
    Deed,
    Delivery,
    Outcome,
    Standing,
    State,
    after,
    hindrance,
    same_receiver,
)

_AGAIN = (Delivery.FAILED, Delivery.GIVEN_UP)
_KEY_BYTES = 32


def propose(
    session: Session, settings: Settings, said: dict[str, Any], *, by: Person, now: datetime
) -> SharingAgreement:
    """Propose an agreement, or another one in the place of one that counts.

    Raises NotAllowed, InvalidInput; NotFound for what is not in scope.
    """
    agency_id = by.agency_id if by.role is Role.SUPERVISOR else None
    if by.role not in PROPOSERS or (by.role is Role.SUPERVISOR and agency_id is None):
        raise NotAllowed(role=by.role)
    if not by.scope.covers(said["area_code"]):
        raise InvalidInput(area_code="not_your_area")
    _check_dataset(said, agency_id, day_of(now))
    _check_channel(said, settings)
    if not said["from_on"] <= said["until_on"]:
        raise InvalidInput(until_on="before_from_on")
    if said["until_on"] < day_of(now):
        raise InvalidInput(until_on="over")
    _check_receiver(session, said, by.scope, day_of(now))
    made = SharingAgreement(**said, agency_id=agency_id, proposed_by=by.id, proposed_at=now)
    session.add(made)
    session.flush()
    audit.record(session, "sharing.propose", by=by.actor, subject=f"sharing_agreement:{made.id}")
    return made


def decide(
    session: Session, found: SharingAgreement, deed: Deed, reason: str | None, *, by: Person, now: datetime
) -> SharingStep:
    """Confirm, refuse or end an agreement. Raises AgreementRefused; InvalidInput without a reason."""
    is_own = found.proposed_by == by.id
    because = hindrance(deed, State(found.state), found.term, day_of(now), by.role, is_own=is_own)
    if because is not None:
        raise AgreementRefused(because=because)
    if deed is not Deed.CONFIRM and not reason:
        raise InvalidInput(reason="required")
    if deed is Deed.CONFIRM and found.replaces_id is not None:
        _replace(session, found.replaces_id, by)
    step = SharingStep(agreement_id=found.id, deed=deed, user_id=by.id, made_at=now, reason=reason)
    session.add(step)
    session.flush()  # the database looks for the step
    found.state = after(deed)
    found.version += 1
    session.flush()
    session.expire(found, ["steps"])
    audit.record(session, f"sharing.{deed}", by=by.actor, subject=f"sharing_agreement:{found.id}")
    return step


def queue_again(session: Session, message: SharingMessage, *, by: Person, now: datetime) -> None:
    """Let a message that failed be tried anew, now and as often as any. Raises NotAllowed, MessageNotSent."""
    if by.role not in PROPOSERS:
        raise NotAllowed(role=by.role)
    if message.state not in _AGAIN:
        raise MessageNotSent(because="not_failed")
    if message.agreement.standing(day_of(now)) is not Standing.IN_FORCE:
        raise MessageNotSent(because="agreement_over")
    message.state, message.reason, message.tries, message.next_at = Delivery.QUEUED, None, 0, now
    note(session, message, Outcome.QUEUED_AGAIN, now=now, by=by.actor, user_id=by.id)


def look(session: Session, message: SharingMessage, *, by: Person, on: date) -> bytes:
    """The bytes of a message, for somebody's eyes; the look is in the audit trail.

    Raises NotAllowed, MessageNotSent: whoever has what goes by table could mail it without taking it out.
    """
    if message.agreement.channel == Channel.SPREADSHEET:
        if by.role not in PROPOSERS:
            raise NotAllowed(role=by.role)
        if message.agreement.standing(on) is not Standing.IN_FORCE:
            raise MessageNotSent(because="agreement_over")
    audit.record(session, "sharing.look", by=by.actor, subject=f"sharing_message:{message.id}")
    return message.body


def _replace(session: Session, replaces_id: int, by: Person) -> None:
    """The older agreement ends with this; it must still count."""
    older = queries.agreement(session, by.scope, replaces_id, to_change=True)
    if older.state != State.CONFIRMED:
        raise AgreementRefused(because=Because.REPLACED_IS_OVER)
    older.state = State.REPLACED
    older.version += 1
    session.flush()


def _check_receiver(session: Session, said: dict[str, Any], scope: Scope, on: date) -> None:
    """One receiver is spelled in one way; what replaces an agreement that counts is for the same."""
    receiver, replaces_id = said["receiver"], said.get("replaces_id")
    if replaces_id is None:
        if queries.is_spelled_otherwise(session, scope, receiver, on):
            raise InvalidInput(receiver="spelled_otherwise")
        return
    replaced = queries.agreement(session, scope, replaces_id)
    if replaced.state != State.CONFIRMED:
        raise InvalidInput(replaces_id="not_in_force")
    if replaced.dataset != said["dataset"] or not same_receiver(replaced.receiver, receiver):
        raise InvalidInput(replaces_id="another_receiver")
    if replaced.receiver != receiver:
        raise InvalidInput(receiver="spelled_otherwise")


def _check_dataset(said: dict[str, Any], agency_id: int | None, on: date) -> None:
    """Fields of the catalogue only, an assessment where one is needed."""
    dataset = CATALOGUE[said["dataset"]]
    if not said["fields"] or set(said["fields"]) - {*dataset.names}:
        raise InvalidInput(fields="not_in_catalogue")
    said["fields"] = [name for name in dataset.names if name in said["fields"]]
    if dataset.needs_agency and agency_id is None:
        raise InvalidInput(dataset="of_an_agency")
    number, assessed_on = said.get("assessment_no"), said.get("assessed_on")
    if (number is None) != (assessed_on is None) or (dataset.needs_assessment and number is None):
        raise InvalidInput(assessment_no="assessment_whole")
    if assessed_on and assessed_on > on:
        raise InvalidInput(assessed_on="in_the_future")


def _check_channel(said: dict[str, Any], settings: Settings) -> None:
    """An https address of a host that the setting allows, or a table without any."""
    address, key = said.get("address"), said.get("receiver_key")
    if said["channel"] == Channel.SPREADSHEET:
        if address or key:
            raise InvalidInput(address="only_for_https")
        return
    try:
        allowed = is_allowed(target_of(address or ""), settings)
    except ValueError:
        raise InvalidInput(address="no_https_address") from None
    if not allowed:
        raise InvalidInput(address="host_not_allowed")
    if key is not None and not _is_key(key):
        raise InvalidInput(receiver_key="no_key")


def _is_key(text: str) -> bool:
    try:
        return len(b64decode(text, validate=True)) == _KEY_BYTES
    except ValueError:
        return False
