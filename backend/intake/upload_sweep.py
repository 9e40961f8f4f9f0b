"""What becomes of resumable uploads that nobody goes on with, and of files that nobody needs."""

import contextlib
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from backend.core import audit
from backend.core.deployment import Deployment
from backend.core.partial import BeingWritten, offset_of
from backend.core.sealed import destroy_key
from backend.intake import uploads
from backend.intake.errors import AttachmentChanged, UploadOffset
from backend.intake.leftovers import remove_unneeded
from backend.intake.models import Upload, UploadState
from backend.intake.waiting import BY, join

_OVER = (UploadState.EXPIRED, UploadState.REFUSED, UploadState.KEPT)


def tend(deployment: Deployment, now: datetime) -> None:
    """Bring whole uploads to their envelopes, end what waited too long, remove what nobody needs."""
    _complete(deployment, now)
    with deployment.reading() as session:
        over = select(Upload.id).where(
            Upload.state.in_([UploadState.OPEN, UploadState.WAITING]), Upload.expires_at <= now
        )
        expired = list(session.scalars(over))
        waits = session.scalar(select(Upload.id).where(Upload.state == UploadState.WAITING).limit(1))
    if waits or expired:
        with deployment.unit_of_work() as session:
            join(session, now)
            _expire(session, expired, now)
    _remove_files(deployment)
    remove_unneeded(deployment)


def _complete(deployment: Deployment, now: datetime) -> None:
    """Finish those whose last bytes came just before a kill."""
    with deployment.reading() as session:
        whole = [
            upload for upload in session.scalars(select(Upload).where(Upload.state == UploadState.OPEN))
            if offset_of(deployment.files.arriving(upload.public_id)) == upload.length
        ]  # fmt: skip
    for upload in whole:
        with contextlib.suppress(AttachmentChanged, BeingWritten, UploadOffset):
            uploads.finish(deployment, upload, now)


def _expire(session: Session, ids: Iterable[int], now: datetime) -> None:
    for upload_id in ids:
        upload = session.get_one(Upload, upload_id, with_for_update=True)
        if upload.state not in (UploadState.OPEN, UploadState.WAITING):
            continue
        detail = {"instance": upload.instance_id, "bytes": upload.length, "was": upload.state}
        upload.state = UploadState.EXPIRED
        destroy_key(session, upload.key_id, now)
        audit.record(session, "upload.expire", by=BY, subject=f"upload:{upload.id}", detail=detail)


def _remove_files(deployment: Deployment) -> None:
    with deployment.reading() as session:
        ended = select(Upload.id, Upload.stored).where(Upload.state.in_(_OVER), Upload.stored.is_not(None))
        useless = session.execute(ended).all()
        open_ones = set(session.scalars(select(Upload.public_id).where(Upload.state == UploadState.OPEN)))
    for path in [*deployment.files.arriving("").iterdir()]:
        if path.name not in open_ones:
            path.unlink(missing_ok=True)
    for _, stored in useless:
        deployment.files.remove(stored or "")
    if useless:
        with deployment.unit_of_work() as session:
            ids = [upload_id for upload_id, _ in useless]
            session.execute(update(Upload).where(Upload.id.in_(ids)).values(stored=None))
