"""What can be done to submissions: keep one, once and for good; file it; try again what failed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from backend.accounts.scope import DevicePerson, Person
from backend.core import audit
from backend.core.db import insert_if_new
from backend.core.deployment import Deployment
from backend.core.errors import Refusal
from backend.core.sealed import VisitKey, visit_key
from backend.inspections.actions import record_inspection
from backend.inspections.grounds import note_grounds
from backend.intake import signing, waiting
from backend.intake.arrivals import Arrival, plain_version, prepare
from backend.intake.attachments import keep_file
from backend.intake.errors import SubmissionChanged
from backend.intake.filing import Prepared, prepare_filing, why_not
from backend.intake.models import Envelope, Signed, State, Upload
from backend.intake.orders import MEASURE, take_up
from backend.intake.parts import Parts

Sender = Person | DevicePerson
FILER = "system:filer"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was kept: whether the submission is new here, and which of its files its XML does not name."""

    instance_id: str
    is_new: bool
    unnamed: tuple[str, ...]
    kept: tuple[str, ...]  # the files that are new here


def receive(
    deployment: Deployment, parts: Parts, *, by: Sender, sent_at: datetime | None, now: datetime,
    rescued: Signed | None = None,
) -> Receipt:  # fmt: skip
    """Keep a submission, durable when this returns. The same again is a success and may bring more files.

    It owns its transaction, unlike other actions: what is slow comes before the line of writers, and files
    move to their place after it. `rescued`: from a rescue file, whose signature counts for all of it.
    """
    try:
        arrival = prepare(deployment, parts)
        signed = rescued or signing.verdict(by, arrival.submission.instance_id, parts)
        came = {"sent_at": sent_at, "signed": signed, "is_rescued": rescued is not None}
        with deployment.unit_of_work() as session:
            is_new, kept = keep(session, arrival, parts, by=by, now=now, **came)
    except Refusal:
        parts.discard()
        raise
    for name, file in parts.files.items():
        if name in kept:
            file.keep()
        else:
            file.discard()
    submission = arrival.submission
    unnamed = tuple(name for name in parts.files if name not in submission.file_names)
    return Receipt(submission.instance_id, is_new, unnamed, tuple(kept))


def keep(
    session: Session, arrival: Arrival, parts: Parts, *, by: Sender, now: datetime, **came: Any
) -> tuple[bool, list[str]]:
    """Write it down: whether it is new, and which files are. Of many that come at once, one is the first.

    `came` says how: when the tablet sent it, how its signature stands, whether a rescue file brought it.
    """
    submission = arrival.submission
    key = visit_key(session, arrival.visit_no, new_secret=arrival.secret)
    envelope_id = insert_if_new(
        session, Envelope, instance_id=submission.instance_id, visit_no=arrival.visit_no,
        form_id=submission.form_id, form_version=plain_version(submission),
        sealed=arrival.sealed_with(key), xml_hash=arrival.xml_hash, key_id=key.row_id,
        sealed_signature=signing.sealed(key, submission.instance_id, parts.signature),
        received_at=now, state=State.RECEIVED, revision=0, **_sender(by), **came,
    )  # fmt: skip
    is_new = envelope_id is not None
    envelope_id = envelope_id or _known(session, arrival)
    kept = _keep_files(session, envelope_id, submission.instance_id, parts, key, now)
    if kept and not is_new:
        to_be_filed_again = {"state": State.RECEIVED, "revision": Envelope.revision + 1}
        session.execute(update(Envelope).where(Envelope.id == envelope_id).values(to_be_filed_again))
    if kept or is_new:
        hashes = [parts.files[name].sha256 for name in kept]
        detail = {"instance": submission.instance_id, "xml": arrival.xml_hash.hex(), "files": hashes}
        audit.record(
            session, "envelope.receive", by=by.actor, subject=f"envelope:{envelope_id}", detail=detail
        )
    waiting.join(session, now, Upload.instance_id == submission.instance_id)
    return is_new, kept


def _sender(by: Sender) -> dict[str, Any]:
    tablet = by if isinstance(by, DevicePerson) else None
    return {
        "user_id": by.user_id if isinstance(by, DevicePerson) else by.id,
        "device_id": tablet and tablet.device_id,
        "agency_id": by.agency_id,
        "area_code": min(by.scope.areas, default=""),
    }


def _known(session: Session, arrival: Arrival) -> int:
    instance_id = arrival.submission.instance_id
    known = select(Envelope.id, Envelope.xml_hash).where(Envelope.instance_id == instance_id)
    envelope_id, xml_hash = session.execute(known).one()
    if xml_hash != arrival.xml_hash:
        raise SubmissionChanged(instanceID=instance_id)
    return envelope_id


def _keep_files(
    session: Session, envelope_id: int, instance_id: str, parts: Parts, key: VisitKey, now: datetime
) -> list[str]:
    """Name the new files in rows; returns their names."""
    return [
        name
        for name, file in parts.files.items()
        if keep_file(
            session,
            envelope_id,
            instance_id,
            name,
            stored=file.name,
            secret=file.secret,
            sha256=file.sha256,
            size=file.size,
            key=key,
            now=now,
        )
    ]


def file_envelope(session: Session, deployment: Deployment, envelope_id: int, now: datetime) -> State:
    """File one envelope as a visit, or note why that cannot be. `filer` does the same for many."""
    return file_prepared(session, prepare_filing(session, deployment, envelope_id), now)


def file_prepared(session: Session, prepared: Prepared, now: datetime) -> State:
    """Write what was prepared, in a savepoint of its own: one envelope never spoils another.

    An envelope that is no longer as it was prepared is left to the next time, and says RECEIVED.
    """
    reason, detail = prepared.reason, prepared.detail
    if prepared.draft:
        try:
            with session.begin_nested():
                filed = _settle(session, prepared, state=State.FILED, reason=None, detail=None, filed_at=now)
                if filed:
                    _record(session, prepared, now)
                return State.FILED if filed else State.RECEIVED
        except OperationalError:
            raise
        except Exception as problem:
            reason, detail = why_not(problem)
    if not _settle(session, prepared, state=State.UNFILABLE, reason=reason, detail=detail):
        return State.RECEIVED
    subject = f"envelope:{prepared.envelope_id}"
    audit.record(session, "envelope.unfilable", by=FILER, subject=subject, detail={"reason": reason})
    return State.UNFILABLE


def _record(session: Session, prepared: Prepared, now: datetime) -> None:
    if prepared.draft is None or prepared.said is None:
        return
    visit_id, is_new = record_inspection(session, prepared.draft, by=FILER, now=now)
    if is_new:
        visit = prepared.draft.visit
        note_grounds(session, visit_id, visit, prepared.said, by=FILER, now=now)
        if MEASURE in visit["measures"]:
            take_up(session, visit["visit_no"], visit["agency_id"], now=now)


def _settle(session: Session, prepared: Prepared, **values: Any) -> bool:
    as_prepared = (
        Envelope.id == prepared.envelope_id,
        Envelope.revision == prepared.revision,
        Envelope.state == State.RECEIVED,
    )
    done = session.execute(update(Envelope).where(*as_prepared).values(values))
    return bool(cast(CursorResult[Any], done).rowcount)


def replay(
    deployment: Deployment, *, by: str, now: datetime, envelope_ids: Sequence[int] | None = None
) -> Counter[State]:
    """Try again what could not be filed (all of it, or these); returns how many are in which state now."""
    with deployment.unit_of_work() as session:
        chosen = update(Envelope).where(Envelope.state == State.UNFILABLE)
        if envelope_ids is not None:
            chosen = chosen.where(Envelope.id.in_(envelope_ids))
        ids = list(session.scalars(chosen.values(state=State.RECEIVED).returning(Envelope.id)))
        if ids:
            audit.record(session, "envelope.replay", by=by, subject="envelopes", detail={"envelopes": ids})
    states: Counter[State] = Counter()
    for envelope_id in sorted(ids):
        with deployment.reading() as session:
            prepared = prepare_filing(session, deployment, envelope_id)
        with deployment.unit_of_work() as session:
            states[file_prepared(session, prepared, now)] += 1
    return states
