"""Looking up envelopes and what lies in them. Content is opened here, and audited by whoever shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as Xml

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session, defer

from backend.accounts.rules import Role
from backend.accounts.scope import DevicePerson, Person, Scope, area_condition
from backend.core import personal_numbers
from backend.core.deployment import Deployment
from backend.core.errors import NotFound
from backend.core.sealed import ContentDestroyed, known_visit_key
from backend.inspections.models import Evidence, Visit
from backend.intake.arrivals import file_context, open_xml
from backend.intake.models import Envelope, EnvelopeFile, State


def visible(scope: Scope) -> ColumnElement[bool]:
    """Envelopes that somebody may know of: a system administrator's are not limited to an agency."""
    theirs = true() if scope.role is Role.SYSTEM_ADMIN else Envelope.agency_id == scope.agency_id
    return and_(area_condition(scope, Envelope.area_code), theirs)


def list_envelopes(
    session: Session, scope: Scope, *, state: State | None = None, offset: int = 0, limit: int = 20
) -> tuple[list[Envelope], int]:
    """Envelopes without their content, oldest first, and how many there are."""
    chosen = select(Envelope).where(visible(scope))
    if state:
        chosen = chosen.where(Envelope.state == state)
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    page = chosen.options(defer(Envelope.sealed)).order_by(Envelope.id).offset(offset).limit(limit)
    return list(session.scalars(page)), total


def envelope(session: Session, scope: Scope, envelope_id: int) -> Envelope:
    """An envelope in scope; NotFound for all others."""
    found = session.scalar(select(Envelope).where(Envelope.id == envelope_id, visible(scope)))
    if found is None:
        raise NotFound(envelope_id=envelope_id)
    return found


def sent_by_them(sender: Person | DevicePerson) -> ColumnElement[bool]:
    """Envelopes of an officer, or of a tablet: its own and its officer's."""
    if isinstance(sender, Person):
        return Envelope.user_id == sender.id
    own = Envelope.device_id == sender.device_id
    return own if sender.user_id is None else own | (Envelope.user_id == sender.user_id)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a tablet has sent so far."""

    count: int
    last_at: datetime | None


def sent_by(session: Session, device_id: int) -> Sent:
    """How many submissions came from a tablet, and when the last one did."""
    theirs = Envelope.device_id == device_id
    row = session.execute(select(func.count(), func.max(Envelope.received_at)).where(theirs)).one()
    return Sent(*row)


def envelope_of(session: Session, visit: Visit) -> Envelope:
    """The envelope that a visit was filed from."""
    return session.execute(select(Envelope).filter_by(instance_id=visit.instance_id)).scalar_one()


def unmasked_xml(session: Session, envelope: Envelope) -> bytes:
    """The XML byte for byte as it came: sealed content."""
    return open_xml(known_visit_key(session, envelope.key_id), envelope.sealed, envelope.instance_id)


def masked_xml(session: Session, envelope: Envelope) -> str:
    """The XML written anew, personal numbers masked: protected content.

    Masked node by node, because comments, references or an encoding can hide a number in the raw text. It was
    held against all limits when it came.
    """
    root = Xml.fromstring(unmasked_xml(session, envelope))  # noqa: S314
    for node in root.iter():
        node.text, node.tail = _masked(node.text), _masked(node.tail)
        for name, text in node.attrib.items():
            node.set(name, personal_numbers.mask(text))
    return personal_numbers.mask(Xml.tostring(root, encoding="unicode"))


def _masked(text: str | None) -> str | None:
    return text and personal_numbers.mask(text)


def content_of(session: Session, deployment: Deployment, visit: Visit, evidence: Evidence) -> Iterator[bytes]:
    """The bytes of a photo or signature. Raises NotFound while it has not arrived, ContentDestroyed."""
    named = (
        select(EnvelopeFile, Envelope.key_id)
        .join(Envelope)
        .where(Envelope.instance_id == visit.instance_id, EnvelopeFile.name_hash == evidence.name_hash)
    )
    row: Any = session.execute(named).one_or_none()
    if row is None:
        raise NotFound(visit_id=visit.id, number=evidence.number)
    file, key = row.EnvelopeFile, known_visit_key(session, row.key_id)
    if not file.sealed_key:
        raise ContentDestroyed(visit_id=visit.id, number=evidence.number)
    secret = key.open(file.sealed_key, file_context(visit.instance_id, file.stored))
    return deployment.files.read(file.stored, secret)
