"""Resumable uploads of attachments (断点续传): begun, gone on with after every cut, whole at the end.

What was acknowledged is on the disk, sealed under the upload's own key. Each sender knows only their own.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import ClientDisconnected

from backend.accounts.scope import DevicePerson, Person
from backend.core import audit
from backend.core.deployment import Deployment
from backend.core.errors import NotFound
from backend.core.partial import PartialFile, offset_of
from backend.core.sealed import known_visit_key, visit_key
from backend.intake.arrivals import is_plain
from backend.intake.errors import (
    AttachmentChanged,
    ChecksumMismatch,
    TooManyUploads,
    UploadGone,
    UploadOffset,
    UploadTooLarge,
    UploadUnacceptable,
)
from backend.intake.models import Upload, UploadState
from backend.intake.parts import is_file_name
from backend.intake.rescue_format import is_uuid
from backend.intake.waiting import join, read_metadata

Sender = Person | DevicePerson
ALGORITHMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}
_READ = 16 * 1024
_RESCUES_AT_ONCE = 8  # of one sender; each may be large


def begin(deployment: Deployment, *, length: int, metadata: str, by: Sender, now: datetime) -> Upload:
    """Open an upload; its content comes later."""
    settings, said = deployment.settings, read_metadata(metadata)
    instance_id, rescue_id = said.get("instanceID", ""), said.get("rescue")
    if rescue_id is not None:
        _hold_rescue(rescue_id, instance_id, by)
    elif not is_plain(instance_id):
        raise UploadUnacceptable(reason="id_not_allowed", part="instanceID")
    elif not is_file_name(said.get("filename", "")):
        raise UploadUnacceptable(reason="file_name_not_allowed")
    limit = settings.max_upload_bytes if rescue_id is None else settings.max_rescue_bytes
    if length > limit:
        raise UploadTooLarge(limit=limit)
    public_id = secrets.token_hex(16)
    user_id, device_id = _sender(by)
    with deployment.unit_of_work() as session:
        under_way = Upload.state.in_([UploadState.OPEN, UploadState.WAITING])
        most, same = settings.max_open_uploads, Upload.rescue_id.is_(None)
        if rescue_id is not None:
            most, same = _RESCUES_AT_ONCE, Upload.rescue_id.is_not(None)
        if (session.scalar(select(func.count()).where(_of(by), under_way, same)) or 0) >= most:
            raise TooManyUploads(limit=most)
        key = visit_key(session, f"upload:{public_id}")
        upload = Upload(
            public_id=public_id, instance_id=instance_id, rescue_id=rescue_id, user_id=user_id,
            device_id=device_id, length=length,
            key_id=key.row_id, sealed_metadata=key.seal(metadata.encode(), "metadata"), created_at=now,
            expires_at=now + timedelta(days=settings.upload_days), state=UploadState.OPEN,
        )  # fmt: skip
        session.add(upload)
        session.flush()
        detail = {"instance": instance_id, "bytes": length}
        audit.record(session, "upload.begin", by=by.actor, subject=f"upload:{upload.id}", detail=detail)
        session.expunge(upload)
    if length == 0:
        finish(deployment, upload, now)
    return upload


def _hold_rescue(rescue_id: str, instance_id: str, by: Sender) -> None:
    """A whole rescue file is sent by an enrolled tablet, and belongs to no form."""
    if instance_id or not is_uuid(rescue_id):
        raise UploadUnacceptable(reason="id_not_allowed", part="rescue")
    if not (isinstance(by, DevicePerson) and by.enrolled):
        raise UploadUnacceptable(reason="not_an_enrolled_tablet")


def find(session: Session, public_id: str, by: Sender) -> Upload:
    """One of the sender's own. Raises NotFound for all others, UploadGone, AttachmentChanged."""
    upload = session.scalar(select(Upload).where(Upload.public_id == public_id, _of(by)))
    if upload is None:
        raise NotFound(upload=public_id)
    if upload.state == UploadState.EXPIRED:
        raise UploadGone()
    if upload.state == UploadState.REFUSED and upload.rescue_id is None:
        raise AttachmentChanged()
    return upload


def offset(deployment: Deployment, upload: Upload, now: datetime) -> int:
    """Where the sender may go on. One whose last bytes came just before a kill is finished now."""
    if upload.state != UploadState.OPEN:
        return upload.length
    if upload.expires_at <= now:
        raise UploadGone()
    reached = offset_of(deployment.files.arriving(upload.public_id))
    if reached == upload.length:
        finish(deployment, upload, now)
    return reached


@dataclass(frozen=True, slots=True)
class Piece:
    """What one request brings: from where, how much, and by which checksum it is known."""

    offset: int
    length: int
    stream: BinaryIO
    algorithm: str | None = None
    checksum: bytes = b""


def take(deployment: Deployment, upload: Upload, piece: Piece, now: datetime) -> int:
    """Take a piece in; durable when this returns how far the upload is. A cut piece counts as far as it came,
    unless it has a checksum: such a piece counts as a whole or not at all.
    """
    if upload.state != UploadState.OPEN:
        if piece.offset == upload.length and piece.length == 0:
            return upload.length
        raise UploadOffset(offset=upload.length)
    if upload.expires_at <= now:
        raise UploadGone()
    with _opened(deployment, upload) as partial:
        if partial.offset != piece.offset:
            raise UploadOffset(offset=partial.offset)
        if piece.offset + piece.length > upload.length:
            raise UploadTooLarge(limit=upload.length)
        _write(partial, piece)
        if partial.offset == upload.length:
            _complete(deployment, upload, partial, now)
        return partial.offset


def _write(partial: PartialFile, piece: Piece) -> None:
    digest = ALGORITHMS[piece.algorithm]() if piece.algorithm else None
    if digest:
        partial.hold()
    if _copy(partial, piece, digest) < piece.length:
        partial.take_back() if digest else partial.settle()
        raise ClientDisconnected()
    if digest:
        if digest.digest() != piece.checksum:
            partial.take_back()
            raise ChecksumMismatch(offset=piece.offset)
        partial.release()
    partial.settle()


def _copy(partial: PartialFile, piece: Piece, digest: "hashlib._Hash | None") -> int:
    """How much came before the end, or before the connection was cut."""
    came = 0
    while came < piece.length:
        try:
            data = piece.stream.read(min(_READ, piece.length - came))
        except (ClientDisconnected, OSError):
            break
        if not data:
            break
        came += len(data)
        partial.write(data)
        if digest:
            digest.update(data)
    return came


def finish(deployment: Deployment, upload: Upload, now: datetime) -> None:
    """Make a whole upload an attachment, or let it wait for its envelope."""
    with _opened(deployment, upload) as partial:
        _complete(deployment, upload, partial, now)


@contextmanager
def _opened(deployment: Deployment, upload: Upload) -> Iterator[PartialFile]:
    """Its file, locked. Whoever was first may have finished since it was looked up."""
    with deployment.reading() as session:
        secret = known_visit_key(session, upload.key_id).secret
    with PartialFile(deployment.files.arriving(upload.public_id), secret) as partial:
        with deployment.reading() as session:
            open_still = session.get_one(Upload, upload.id).state == UploadState.OPEN
        if not open_still:
            partial.remove()
            raise UploadOffset(offset=upload.length)
        yield partial


def _complete(deployment: Deployment, upload: Upload, partial: PartialFile, now: datetime) -> None:
    file = deployment.files.create()
    try:
        for chunk in partial.content():
            file.write(chunk)
        if file.size != upload.length:
            raise UploadOffset(offset=partial.offset)
        file.finish()
        deployment.files.sync()
        with deployment.unit_of_work() as session:
            row = session.get_one(Upload, upload.id, with_for_update=True)
            if row.state != UploadState.OPEN:
                file.discard()
                return
            key = known_visit_key(session, row.key_id)
            row.state, row.stored, row.sha256 = UploadState.WAITING, file.name, file.sha256
            row.sealed_key = key.seal(file.secret, "file")
            session.flush()
            join(session, now, Upload.id == row.id)
            state = row.state
    except BaseException:
        file.discard()
        raise
    file.keep()
    partial.remove()
    if state == UploadState.REFUSED:
        raise AttachmentChanged()


def _sender(by: Sender) -> tuple[int | None, int | None]:
    return (by.user_id, by.device_id) if isinstance(by, DevicePerson) else (by.id, None)


def _of(by: Sender) -> ColumnElement[bool]:
    """An officer's own, whichever tablet they came from; those of a tablet without an officer."""
    user_id, device_id = _sender(by)
    if user_id is not None:
        return Upload.user_id == user_id
    return and_(Upload.user_id.is_(None), Upload.device_id == device_id)
