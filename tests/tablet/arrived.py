"""What a server has of a tablet, hash by hash."""

import hashlib

from sqlalchemy import select

from backend.core.deployment import Deployment
from backend.core.sealed import known_visit_key
from backend.intake.arrivals import file_context, open_xml
from backend.intake.models import Envelope, EnvelopeFile


def held(deployment: Deployment) -> list[tuple[str, str, str]]:
    """All that the server keeps: instance, name (blank: the record), hash; what is there twice, twice."""
    held = []
    with deployment.reading() as session:
        for envelope in session.scalars(select(Envelope)):
            key = known_visit_key(session, envelope.key_id)
            xml = open_xml(key, envelope.sealed, envelope.instance_id)
            held.append((envelope.instance_id, "", hashlib.sha256(xml).hexdigest()))
        for file, envelope in session.execute(select(EnvelopeFile, Envelope).join(Envelope)):
            key, of = known_visit_key(session, envelope.key_id), envelope.instance_id
            name = key.open(file.sealed_name, file_context(of, "name")).decode()
            secret = key.open(file.sealed_key, file_context(of, file.stored))
            content = b"".join(deployment.files.read(file.stored, secret))
            held.append((of, name, hashlib.sha256(content).hexdigest()))
    return sorted(held)
