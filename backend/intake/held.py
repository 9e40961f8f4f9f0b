"""What is kept of a submission, told to the tablet that sent it: hashes and sizes, no content."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.scope import DevicePerson
from backend.core.errors import NotFound
from backend.core.sealed import VisitKey, known_visit_key
from backend.intake.arrivals import file_context, is_plain
from backend.intake.models import Envelope, EnvelopeFile
from backend.intake.queries import sent_by_them, unmasked_xml


@dataclass(frozen=True, slots=True)
class HeldFile:
    """An attachment that is kept."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Held:
    """A submission that is kept, with the files that came so far."""

    instance_id: str
    xml_sha256: str
    files: list[HeldFile]


def submission(session: Session, tablet: DevicePerson, instance_id: str) -> Held:
    """What is kept of one that came from this tablet or its officer. Raises NotFound, ContentDestroyed."""
    named = select(Envelope).where(Envelope.instance_id == instance_id, sent_by_them(tablet))
    found = session.scalar(named) if is_plain(instance_id) else None
    if found is None:
        raise NotFound(instance_id=instance_id)
    key = known_visit_key(session, found.key_id)
    xml_sha256 = hashlib.sha256(unmasked_xml(session, found)).hexdigest()
    return Held(instance_id, xml_sha256, _files(session, key, found))


def _files(session: Session, key: VisitKey, envelope: Envelope) -> list[HeldFile]:
    kept = select(EnvelopeFile).filter_by(envelope_id=envelope.id).order_by(EnvelopeFile.id)
    context = file_context(envelope.instance_id, "name")
    return [
        HeldFile(key.open(row.sealed_name, context).decode(), row.size, row.sha256)
        for row in session.scalars(kept)
    ]
