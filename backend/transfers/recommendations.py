"""Recommendations of procuratorates, courts, police and justice (检察建议、司法建议), and the agency's reply.

The caller owns the transaction and holds the row; nothing here commits.
"""

import hashlib
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.accounts.models import Agency, User
from backend.accounts.scope import Person
from backend.cases.orders import LARGEST_FILE, file_kind
from backend.cases.rules import ACTORS
from backend.core import audit
from backend.core.days import SHANGHAI, day_of
from backend.core.errors import InvalidInput, NotAllowed
from backend.core.sealed import known_visit_key, locked_visit_key, visit_key
from backend.core.settings import Settings
from backend.documents import actions as documents
from backend.documents.facts import Contact, RecommendationFacts
from backend.documents.replies import recommendation_reply
from backend.rulebook import queries as rulebook
from backend.transfers.errors import AlreadyReceived, RecommendationSettled
from backend.transfers.models import Recommendation, RecommendationEntry
from backend.transfers.rules import Entry, Sender, Stage, readings, stage_after


def receive(session: Session, said: dict[str, Any], *, by: Person, now: datetime) -> Recommendation:
    """Enter a recommendation, with the officer who answers for it; its time to reply begins on that day.

    Raises NotAllowed, InvalidInput, AlreadyReceived.
    """
    if by.agency_id is None:
        raise NotAllowed(agency_id=None)
    on: date = said["received_on"]
    if on > day_of(now):
        raise InvalidInput(received_on="in_the_future")
    if not by.scope.covers(said["area_code"]):
        raise InvalidInput(area_code="not_found")
    officer = _officer(session, said["officer_id"], by)
    uuid, law = str(uuid4()), rulebook.current(session)
    read = [
        {"id": one.id, "due_on": last.due_on.isoformat()}
        for one in law.on(on).reply_clocks.values()
        if said["sender"] in one.senders
        if (last := one.last_day(datetime.combine(on, time(), SHANGHAI), law.day))
    ]
    days = readings([date.fromisoformat(one["due_on"]) for one in read])
    key = visit_key(session, f"recommendation:{uuid}")
    found = Recommendation(
        uuid=uuid, agency_id=by.agency_id, area_code=said["area_code"], sender=said["sender"],
        sender_name=said["sender_name"], number=said["number"], received_on=on, officer_id=officer.id,
        stage=Stage.OPEN, warn_on=days[0] if days else None, due_on=days[1] if days else None, readings=read,
        rulebook_version=law.version, key_id=key.row_id,
        sealed_about=key.seal(said["about"].encode(), _place(uuid)),
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(found)
    except IntegrityError:
        raise AlreadyReceived(number=said["number"]) from None
    note(session, found, Entry.RECEIVED, by=by, now=now, officer_id=officer.id)
    return found


def name_officer(session: Session, found: Recommendation, user_id: int, *, by: Person, now: datetime) -> None:
    """Say who answers for it from now on. Raises RecommendationSettled, InvalidInput."""
    officer = _officer(session, user_id, by)
    note(session, found, Entry.OFFICER, by=by, now=now, officer_id=officer.id)
    found.officer_id = officer.id
    session.flush()
    session.expire(found, ["officer"])


def add_proof(
    session: Session, found: Recommendation, text: str, file: bytes = b"", *, by: Person, now: datetime
) -> None:
    """Keep, sealed, what shows that it was corrected. Raises RecommendationSettled, InvalidInput."""
    if file and file_kind(file) is None:
        raise InvalidInput(file="no_document")
    if len(file) > LARGEST_FILE:
        raise InvalidInput(file="too_large")
    note(session, found, Entry.PROOF, by=by, now=now, text=text, file=file)


def reply(
    session: Session, settings: Settings, found: Recommendation, said: dict[str, Any],
    *, by: Person, now: datetime,
) -> None:  # fmt: skip
    """Issue the reply where it says what was done, else note the number of one that was written elsewhere.

    Raises RecommendationSettled, InvalidInput, SeriesUnknown.
    """
    if said.get("done"):
        issue_reply(session, settings, found, said, by=by, now=now)
    elif said.get("reply_no"):
        note(session, found, Entry.REPLIED, by=by, now=now, reply_no=said["reply_no"])
    else:
        raise InvalidInput(done="required")


def issue_reply(
    session: Session,
    settings: Settings,
    found: Recommendation,
    said: dict[str, Any],
    *,
    by: Person,
    now: datetime,
) -> None:
    """Issue the written reply to a procuratorate (检察建议回复函).

    Raises RecommendationSettled, InvalidInput for other senders, whose form no text lays down; SeriesUnknown.
    """
    if found.sender != Sender.PROCURATORATE:
        raise InvalidInput(sender="not_a_procuratorate")
    _may(found, Entry.REPLIED)
    audit.record(session, "recommendation.read", by=by.actor, subject=f"recommendation:{found.id}")
    agency = session.get_one(Agency, found.agency_id)
    facts = RecommendationFacts(
        agency=agency.name_zh, on=day_of(now), procuratorate=found.sender_name, their_number=found.number,
        received_on=found.received_on, recommended=about_of(session, found), done=tuple(said["done"]),
        remaining=tuple(said.get("remaining", ())), attached=tuple(said.get("attached", ())),
        contact=Contact.of(agency),
    )  # fmt: skip
    made = recommendation_reply(rulebook.current(session), facts)
    subject = f"recommendation:{found.id}"
    issued = documents.issue(session, settings, made, subject=subject, by=by, now=now)
    note(session, found, Entry.REPLIED, by=by, now=now, document_id=issued.id)


def note_sent(session: Session, found: Recommendation, sent_on: date, *, by: Person, now: datetime) -> None:
    """Note that the reply was sent. Raises RecommendationSettled where none was written; InvalidInput."""
    if not found.received_on <= sent_on <= day_of(now):
        raise InvalidInput(sent_on="not_between")
    note(session, found, Entry.SENT, by=by, now=now, sent_on=sent_on)


def close(session: Session, found: Recommendation, text: str, *, by: Person, now: datetime) -> None:
    """Close what was answered. Raises RecommendationSettled while no reply was sent."""
    note(session, found, Entry.CLOSED, by=by, now=now, text=text)


def note(
    session: Session, found: Recommendation, kind: Entry, *, by: Person, now: datetime, text: str = "",
    file: bytes = b"", **columns: Any,
) -> RecommendationEntry:  # fmt: skip
    """Write one thing down that happened, and move the recommendation on. Raises RecommendationSettled."""
    stage, seq = _may(found, kind), len(found.entries) + 1
    key = locked_visit_key(session, found.key_id)
    if text:
        columns["sealed_note"] = key.seal(text.encode(), _place(found.uuid, seq, "note"))
    if file:
        columns["sealed_file"] = key.seal(file, _place(found.uuid, seq, "file"))
        columns["file_sha256"] = hashlib.sha256(file).hexdigest()
    entry = RecommendationEntry(
        recommendation_id=found.id, seq=seq, kind=kind, user_id=by.id, recorded_at=now, **columns
    )
    session.add(entry)
    found.stage = stage
    if seq > 1:
        found.version += 1
    session.flush()
    session.expire(found, ["entries"])
    audit.record(session, f"recommendation.{kind}", by=by.actor, subject=f"recommendation:{found.id}")
    return entry


def about_of(session: Session, found: Recommendation) -> str:
    """What is recommended. Whoever shows it writes the look down. Raises ContentDestroyed."""
    return known_visit_key(session, found.key_id).open(found.sealed_about, _place(found.uuid)).decode()


def note_of(session: Session, found: Recommendation, entry: RecommendationEntry) -> str:
    """What was typed with an entry. Whoever shows it writes the look down. Raises ContentDestroyed."""
    if entry.sealed_note is None:
        return ""
    key = known_visit_key(session, found.key_id)
    return key.open(entry.sealed_note, _place(found.uuid, entry.seq, "note")).decode()


def file_of(session: Session, found: Recommendation, entry: RecommendationEntry) -> bytes:
    """A file as it was brought. Whoever shows it writes the look down. Raises ContentDestroyed."""
    key = known_visit_key(session, found.key_id)
    return key.open(entry.sealed_file or b"", _place(found.uuid, entry.seq, "file"))


def _place(uuid: str, seq: int = 0, what: str = "about") -> str:
    return f"recommendation:{uuid}:{seq}:{what}"


def _may(found: Recommendation, kind: Entry) -> Stage:
    stage = stage_after(Stage(found.stage), kind)
    if stage is None:
        raise RecommendationSettled(stage=found.stage)
    return stage


def _officer(session: Session, user_id: int, by: Person) -> User:
    """Somebody of the agency who may have a part in cases."""
    found = session.get(User, user_id)
    if found is None or not found.active or found.agency_id != by.agency_id or found.role not in ACTORS:
        raise InvalidInput(officer_id="not_found")
    return found
