"""Resumable uploads that are whole, and their way into the envelopes that they belong to."""

from base64 import b64decode
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from backend.core import audit
from backend.core.sealed import ContentDestroyed, destroy_key, known_visit_key, locked_visit_key
from backend.intake.attachments import keep_file
from backend.intake.errors import AttachmentChanged, UploadUnacceptable
from backend.intake.models import Envelope, State, Upload, UploadState

BY = "system:uploads"
_SAME_SENDER: ColumnElement[bool] = or_(
    Upload.user_id == Envelope.user_id,
    and_(Upload.user_id.is_(None), Envelope.user_id.is_(None), Upload.device_id == Envelope.device_id),
)


def join(session: Session, now: datetime, *conditions: ColumnElement[bool]) -> list[Upload]:
    """Put whole uploads into the envelopes of their senders, and have these filed again."""
    pairs = (
        select(Upload, Envelope)
        .join(Envelope, and_(Upload.instance_id == Envelope.instance_id, _SAME_SENDER))
        .where(Upload.state == UploadState.WAITING, *conditions)
        .with_for_update(of=Upload)
    )
    joined = []
    for upload, envelope in session.execute(pairs).all():
        upload.state = _attach(session, upload, envelope, now)
        joined.append(upload)
    return joined


def _attach(session: Session, upload: Upload, envelope: Envelope, now: datetime) -> UploadState:
    detail = {"instance": envelope.instance_id, "files": [upload.sha256]}
    subject = f"envelope:{envelope.id}"
    try:
        name, secret = name_of(session, upload), secret_of(session, upload)
        key = locked_visit_key(session, envelope.key_id)
        is_new = keep_file(
            session, envelope.id, envelope.instance_id, name, stored=upload.stored or "", secret=secret,
            sha256=upload.sha256 or "", size=upload.length, key=key, now=now,
        )  # fmt: skip
    except (AttachmentChanged, ContentDestroyed) as refusal:
        audit.record(
            session, "upload.refuse", by=BY, subject=subject, detail=detail | {"why": refusal.status}
        )
        destroy_key(session, upload.key_id, now)
        return UploadState.REFUSED
    upload.envelope_id, upload.sealed_key = envelope.id, None
    if is_new:
        to_be_filed_again = {"state": State.RECEIVED, "revision": Envelope.revision + 1}
        session.execute(update(Envelope).where(Envelope.id == envelope.id).values(to_be_filed_again))
        audit.record(session, "upload.attach", by=BY, subject=subject, detail=detail)
        upload.stored = None
    destroy_key(session, upload.key_id, now)
    return UploadState.KEPT


def read_metadata(header: str) -> dict[str, str]:
    """The pairs of an Upload-Metadata header. Raises UploadUnacceptable."""
    said: dict[str, str] = {}
    try:
        for pair in filter(None, header.split(",")):
            key, _, value = pair.strip().partition(" ")
            if not key.isascii() or key in said or len(header) > 4096:
                raise ValueError
            said[key] = b64decode(value, validate=True).decode()
    except ValueError:
        raise UploadUnacceptable(reason="metadata_unreadable") from None
    return said


def name_of(session: Session, upload: Upload) -> str:
    """The name of the attachment."""
    return read_metadata(metadata_of(session, upload))["filename"]


def metadata_of(session: Session, upload: Upload) -> str:
    """What the sender said about it, word for word."""
    return known_visit_key(session, upload.key_id).open(upload.sealed_metadata, "metadata").decode()


def secret_of(session: Session, upload: Upload) -> bytes:
    """The key of its sealed file."""
    return known_visit_key(session, upload.key_id).open(upload.sealed_key or b"", "file")
