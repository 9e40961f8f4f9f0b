"""Taking a rescue file apart: each section is held against its hashes, opened, and fed to `receive`.

Plain content is never on the disk. What cannot be taken is named with its reason; the others are taken.
"""

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from backend.accounts.scope import DevicePerson
from backend.core.deployment import Deployment
from backend.core.errors import Refusal
from backend.core.keys import KeysMissing
from backend.core.sealed import known_visit_key, open_stream
from backend.core.streams import stream_of
from backend.intake import documents, leads
from backend.intake.actions import Receipt, Sender, receive
from backend.intake.arrivals import open_xml, read_submission
from backend.intake.document_format import Handed
from backend.intake.filing import why_not
from backend.intake.models import Envelope, Outcome, Signed
from backend.intake.parts import Parts, is_file_name
from backend.intake.queries import sent_by_them
from backend.intake.rescue_format import KEY_INFO, WRAPPED_BYTES, Head, Kind, Section
from backend.tips.rules import LARGEST_PICTURE

log = logging.getLogger("humiao.rescue")
_OVERHEAD = 1.001  # a sealed stream is longer than its content by less than this, and 64 bytes
Result = tuple[Outcome, str | None]


class _NotTaken(Exception):
    """Why one section is not taken, in a stable word."""


@dataclass(slots=True)
class Taking:
    """One rescue file while it is taken. `size` is how much of it came."""

    deployment: Deployment
    head: Head
    stored: str
    secret: bytes
    size: int
    by: Sender
    now: datetime

    def take(self, section: Section) -> Result:
        """Take one section, whatever is wrong with it; only a failing database or disk is raised."""
        try:
            return self._take(section), None
        except _NotTaken as problem:
            return Outcome.REFUSED, str(problem)
        except Refusal as refusal:
            return Outcome.REFUSED, str(refusal.data.get("reason", refusal.status))
        except (OperationalError, OSError):
            raise
        except Exception as problem:
            word, where = why_not(problem)
            log.error("a section of a rescue file could not be taken: %s, %s", word, where)
            return Outcome.REFUSED, word

    def _take(self, section: Section) -> Outcome:
        self._hold_limits(section)
        if section.instance_id.startswith(leads.PREFIX):
            return self._take_lead(section)
        if section.kind is Kind.SUBMISSION:
            return self._take_submission(section)
        if section.handed:
            return self._take_document(section, section.handed)
        if section.kind is Kind.DRAFT or self._is_of_draft(section):
            for _ in self._content(section):
                pass
            return Outcome.DRAFT
        return self._take_attachment(section)

    def _hold_limits(self, section: Section) -> None:
        settings = self.deployment.settings
        limit = settings.max_upload_bytes if section.kind is Kind.ATTACHMENT else settings.max_xml_bytes
        if section.instance_id.startswith(leads.PREFIX):
            limit = LARGEST_PICTURE
        if section.bytes > limit * _OVERHEAD + 64:
            raise _NotTaken("too_large")
        if section.ends > self.size:
            raise _NotTaken("cut_off")
        if section.kind is Kind.ATTACHMENT and (not is_file_name(section.name) or section.name == "xml"):
            raise _NotTaken("name_not_allowed")  # `xml` would be sealed in the place of the form itself

    def _is_of_draft(self, section: Section) -> bool:
        return any(
            one.kind is Kind.DRAFT and one.instance_id == section.instance_id for one in self.head.sections
        )

    def _take_submission(self, section: Section) -> Outcome:
        xml = b"".join(self._content(section))
        limit = self.deployment.settings.max_xml_bytes
        if read_submission(xml, limit).instance_id != section.instance_id:
            raise _NotTaken("another_instance")
        return Outcome.TAKEN if self._receive(Parts(xml)).is_new else Outcome.THERE

    def _take_lead(self, section: Section) -> Outcome:
        content = b"".join(self._content(section))
        with self.deployment.unit_of_work() as session:
            said = (section.instance_id, section.name, content)
            is_new = leads.rescue(session, *said, by=self.by, now=self.now)
        return Outcome.TAKEN if is_new else Outcome.THERE

    def _take_document(self, section: Section, handed: Handed) -> Outcome:
        content = b"".join(self._content(section))
        is_new = documents.receive(
            self.deployment, content, handed, by=self.by, signed=self._signed, now=self.now, is_rescued=True
        )
        return Outcome.TAKEN if is_new else Outcome.THERE

    def _take_attachment(self, section: Section) -> Outcome:
        xml, file = self._xml_of(section.instance_id), self.deployment.files.create()
        try:
            for chunk in self._content(section):
                file.write(chunk)
        except BaseException:
            file.discard()
            raise
        receipt = self._receive(Parts(xml, files={section.name: file}))
        return Outcome.TAKEN if section.name in receipt.kept else Outcome.THERE

    def _receive(self, parts: Parts) -> Receipt:
        return receive(
            self.deployment, parts, by=self.by, sent_at=self.head.made_at, now=self.now, rescued=self._signed
        )

    @property
    def _signed(self) -> Signed:
        """The signature of the file counts for all of it, as far as we know the tablet."""
        return Signed.VALID if isinstance(self.by, DevicePerson) else Signed.INVALID

    def _xml_of(self, instance_id: str) -> bytes:
        """The form that an attachment belongs to, from this file or here before; the sender's own only."""
        named = select(Envelope).where(Envelope.instance_id == instance_id, sent_by_them(self.by))
        with self.deployment.reading() as session:
            envelope = session.scalar(named)
            if envelope is None:
                raise _NotTaken("no_submission")
            return open_xml(known_visit_key(session, envelope.key_id), envelope.sealed, instance_id)

    def _content(self, section: Section) -> Iterator[bytes]:
        """The content in the clear; what was given is worth something only when this ended by itself."""
        key, digest = self._key(section.visit), hashlib.sha256()
        whole = stream_of(self.deployment.files.read_at(self.stored, self.secret, section.begins))
        part = _Part(whole, section.bytes)
        try:
            for chunk in open_stream(key, part, section.context):
                digest.update(chunk)
                yield chunk
        except InvalidTag:
            is_as_signed = part.sha256() == section.sha256
            raise _NotTaken("cannot_be_opened" if is_as_signed else "hash_differs") from None
        if part.sha256() != section.sha256:
            raise _NotTaken("hash_differs")
        if digest.hexdigest() != section.content_sha256:
            raise _NotTaken("content_differs")

    def _key(self, number: int) -> bytes:
        wrapped = self.head.visits[number]
        try:
            if len(wrapped.sealed) != WRAPPED_BYTES:
                raise InvalidTag
            rescue_key = self.deployment.keys.rescue_key(wrapped.key_id)
            return rescue_key.open(wrapped.sealed, KEY_INFO.format(visit=wrapped.visit).encode())
        except (InvalidTag, KeysMissing):
            raise _NotTaken("key_does_not_open") from None


class _Part:
    """A stretch of a stream, hashed while it is read."""

    def __init__(self, stream: BinaryIO, length: int) -> None:
        self._stream, self._left, self._digest = stream, length, hashlib.sha256()

    def read(self, size: int, /) -> bytes:
        data = self._stream.read(min(size, self._left))
        self._left -= len(data)
        self._digest.update(data)
        return data

    def sha256(self) -> str:
        """Of all of it, to its end."""
        while self.read(64 * 1024):
            pass
        return self._digest.hexdigest()
