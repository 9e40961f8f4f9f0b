"""Attachments of envelopes: named in rows, never replaced by other bytes, however they came."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.db import insert_if_new
from backend.core.sealed import VisitKey
from backend.inspections.evidence import name_hash
from backend.intake.arrivals import file_context
from backend.intake.errors import AttachmentChanged
from backend.intake.models import EnvelopeFile


def keep_file(
    session: Session, envelope_id: int, instance_id: str, name: str, *,
    stored: str, secret: bytes, sha256: str, size: int, key: VisitKey, now: datetime,
) -> bool:  # fmt: skip
    """Name a sealed file as an attachment; whether it is new. Raises AttachmentChanged."""
    hashed = name_hash(session.info["keys"], instance_id, name)
    new_id = insert_if_new(
        session, EnvelopeFile, envelope_id=envelope_id, name_hash=hashed, stored=stored,
        sealed_name=key.seal(name.encode(), file_context(instance_id, "name")),
        sealed_key=key.seal(secret, file_context(instance_id, stored)),
        sha256=sha256, size=size, received_at=now,
    )  # fmt: skip
    there = (EnvelopeFile.envelope_id == envelope_id, EnvelopeFile.name_hash == hashed)
    if new_id is None and sha256 != session.scalar(select(EnvelopeFile.sha256).where(*there)):
        raise AttachmentChanged(name=name)
    return new_id is not None
