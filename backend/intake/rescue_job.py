"""Rescue files that wait: uploads that are whole are brought in, and what needs nobody is taken."""

import fcntl
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from cryptography.exceptions import InvalidTag
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.models import Device, User
from backend.accounts.queries import person_of, person_with
from backend.core import audit
from backend.core.deployment import Deployment
from backend.core.errors import Refusal
from backend.core.sealed import destroy_key, known_visit_key
from backend.core.streams import stream_of
from backend.intake import rescue
from backend.intake.actions import Sender
from backend.intake.leftovers import remove_unneeded
from backend.intake.models import (
    Outcome,
    RescueFile,
    RescueItem,
    RescueState,
    UnneededFile,
    Upload,
    UploadState,
)
from backend.intake.rescue_format import Kind, Section, read_head
from backend.intake.rescue_taking import Result, Taking
from backend.intake.waiting import secret_of

BY = "system:rescue"


def take_waiting(deployment: Deployment) -> int:
    """Bring one upload in, or take one file; returns how many were looked at."""
    with deployment.reading() as session:
        whole = select(Upload.id).where(Upload.state == UploadState.WAITING, Upload.rescue_id.is_not(None))
        upload_id = session.scalar(whole.limit(1))
        waiting = select(RescueFile.id).where(RescueFile.state == RescueState.RECEIVED)
        file_id = session.scalar(waiting.order_by(RescueFile.id).limit(1))
    now = datetime.now(UTC)
    if upload_id:
        bring_upload(deployment, upload_id, now)
    elif file_id:
        take(deployment, file_id, now)
    return int(bool(upload_id or file_id))


def bring_upload(deployment: Deployment, upload_id: int, now: datetime) -> None:
    """Make a whole upload a rescue file, or note why it is none."""
    with deployment.reading() as session:
        upload = session.get_one(Upload, upload_id)
        secret = secret_of(session, upload)
        by = rescue.Bringer.of(person_with(session.get_one(Device, upload.device_id)))
    found_id, reason = None, None
    try:
        stream = stream_of(deployment.files.read(upload.stored or "", secret))
        found_id = rescue.bring(deployment, stream, by=by, now=now, rescue_id=upload.rescue_id)
    except Refusal as refusal:
        reason = str(refusal.data.get("reason", refusal.status))
    except InvalidTag:
        reason = "damaged_here"
    with deployment.unit_of_work() as session:
        row = session.get_one(Upload, upload_id)
        row.state = UploadState.REFUSED if reason else UploadState.KEPT
        row.rescue_file_id, row.reason, row.sealed_key = found_id, reason, None
        destroy_key(session, row.key_id, now)
        if reason:
            detail = {"rescue": row.rescue_id, "why": reason}
            audit.record(session, "upload.refuse", by=BY, subject=f"upload:{row.id}", detail=detail)


def take(
    deployment: Deployment, file_id: int, now: datetime, progress: rescue.Progress = lambda done, total: None
) -> None:
    """Take what is in a file and needs nobody's word; harmless when that was done.

    It owns its transactions.
    """
    with _one_at_a_time(deployment):
        with deployment.reading() as session:
            row = session.get_one(RescueFile, file_id)
            if row.state != RescueState.RECEIVED:
                return
            by = _sender(session, row, now)
            try:
                taking, waiting = _open(session, deployment, row, by, now) if by else (None, [])
            except (InvalidTag, FileNotFoundError):
                _note_damage(deployment, file_id)
                return
        results = dict(_each(taking, waiting, progress)) if taking else {}
        with deployment.unit_of_work() as session:
            row = session.get_one(RescueFile, file_id)
            if taking is None:
                row.state, row.decided_by = RescueState.QUARANTINED, None  # who answered for it has left
                audit.record(session, "rescue.wait", by=BY, subject=f"rescue:{file_id}")
                return
            _note(session, row, waiting, results, now)
        remove_unneeded(deployment)


def _note_damage(deployment: Deployment, file_id: int) -> None:
    """The disk lost it: it stands in nobody's way, and another copy takes its place."""
    with deployment.unit_of_work() as session:
        session.get_one(RescueFile, file_id).state = RescueState.PARTLY
        detail = {"why": "damaged_here"}
        audit.record(session, "rescue.take", by=BY, subject=f"rescue:{file_id}", detail=detail)


def _sender(session: Session, row: RescueFile, now: datetime) -> Sender | None:
    """As whose the content is filed: of the tablet's holder, or of who answers for an unknown tablet."""
    if row.device_id is not None:
        return person_with(session.get_one(Device, row.device_id))
    return person_of(session.get(User, row.decided_by) if row.decided_by else None, now)


def _open(
    session: Session, deployment: Deployment, row: RescueFile, by: Sender, now: datetime
) -> tuple[Taking, list[Section]]:
    """The file, and its sections that were not taken yet, each form before its attachments."""
    stored = row.stored or ""
    secret = known_visit_key(session, row.key_id).open(row.sealed_key or b"", stored)
    head = read_head(stream_of(deployment.files.read(stored, secret)), deployment.settings)
    items = select(RescueItem.number).where(RescueItem.rescue_file_id == row.id)
    done = set(session.scalars(items.where(RescueItem.outcome != Outcome.REFUSED)))
    waiting = [section for section in head.sections if section.number not in done]
    waiting.sort(key=lambda section: section.kind not in (Kind.SUBMISSION, Kind.LEAD))
    return Taking(deployment, head, stored, secret, row.size, by, now), waiting


def _each(
    taking: Taking, sections: Iterable[Section], progress: rescue.Progress
) -> Iterator[tuple[int, Result]]:
    done = 0
    for section in sections:
        yield section.number, taking.take(section)
        done += section.bytes
        progress(done, taking.size)


def _note(
    session: Session, row: RescueFile, sections: list[Section], results: dict[int, Result], now: datetime
) -> None:
    """Write down what became of each; a file that holds nothing more is needed by nobody."""
    kept = {
        item.number: item for item in session.scalars(select(RescueItem).filter_by(rescue_file_id=row.id))
    }
    for section in sections:
        outcome, reason = results[section.number]
        if known := kept.get(section.number):
            known.outcome, known.reason = outcome, reason
            continue
        kept[section.number] = RescueItem(
            rescue_file_id=row.id, number=section.number, kind=section.kind, instance_id=section.instance_id,
            sha256=section.sha256, content_sha256=section.content_sha256, outcome=outcome, reason=reason,
        )  # fmt: skip
        session.add(kept[section.number])
    outcomes = Counter(str(item.outcome) for item in kept.values())
    row.state = RescueState.PARTLY if outcomes[Outcome.REFUSED] else RescueState.TAKEN
    row.taken_at = now
    audit.record(session, "rescue.take", by=BY, subject=f"rescue:{row.id}", detail=dict(outcomes))
    if row.state == RescueState.PARTLY or outcomes[Outcome.DRAFT]:
        return
    session.add(UnneededFile(stored=row.stored))
    row.stored, row.sealed_key = None, None
    destroy_key(session, row.key_id, now)


@contextmanager
def _one_at_a_time(deployment: Deployment) -> Iterator[None]:
    with open(deployment.settings.var_dir / "rescue.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
