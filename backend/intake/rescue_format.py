"""A rescue file as bytes: one line with a signed manifest, then sealed sections. docs/rescue.md describes it.

Nothing in it is compressed, so no claim can be larger than what comes; every length is held against a limit.
"""

import hashlib
import re
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, BinaryIO
from uuid import UUID

import orjson

from backend.core.days import instant_of
from backend.core.settings import Settings
from backend.intake.arrivals import is_plain
from backend.intake.document_format import Handed
from backend.intake.document_models import How
from backend.intake.errors import RescueTooLarge, RescueUnacceptable

FORMAT, DOMAIN, KEY_INFO = 1, b"humiao-rescue-v1\n", "humiao-visit-key-v1\n{visit}"
WRAPPED_BYTES = 65 + 32 + 16  # a point of P-256, a data key, a tag
_LARGEST_ID = 2**31 - 1
_SHA256, _KEY_ID = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{16}")

# 检查表 / 附件 / 未完成的检查 / 线索 / 文书
Kind = StrEnum("Kind", ["SUBMISSION", "ATTACHMENT", "DRAFT", "LEAD", "DOCUMENT"])


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """The data key of a visit, sealed to one of our rescue keys."""

    visit: str  # its number
    key_id: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Section:
    """One sealed stream, and where in the file it lies."""

    number: int
    visit: int  # its place in the list of visits
    kind: Kind
    instance_id: str
    name: str  # of an attachment
    begins: int
    bytes: int
    sha256: str
    content_sha256: str
    handed: Handed | None  # what is said beside a document

    @property
    def ends(self) -> int:
        return self.begins + self.bytes

    @property
    def context(self) -> str:
        """Where on the tablet it was sealed."""
        return f"tablet:{self.instance_id}:{self.name or ('document' if self.handed else 'xml')}"


@dataclass(frozen=True, slots=True)
class Head:
    """The first line: what a tablet says that follows, and its signature over that."""

    line: bytes
    manifest: bytes
    signature: bytes
    rescue_id: str
    device_no: int
    key_id: str
    made_at: datetime
    visits: tuple[WrappedKey, ...]
    sections: tuple[Section, ...]

    @property
    def size(self) -> int:
        """How long the whole file is."""
        return self.sections[-1].ends if self.sections else len(self.line)

    @property
    def hash(self) -> bytes:
        return hashlib.sha256(self.manifest).digest()

    def count(self, kind: Kind) -> int:
        return sum(section.kind is kind for section in self.sections)


def is_uuid(text: str) -> bool:
    """Whether it may be the id of a rescue file: small letters, with hyphens."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def read_head(stream: BinaryIO, settings: Settings) -> Head:
    """Read the first line and no more. Raises RescueUnacceptable, RescueTooLarge."""
    longest = settings.max_rescue_manifest_bytes * 4 // 3 + 1024
    line = stream.readline(longest + 1)
    if len(line) > longest:
        raise RescueTooLarge(part="manifest", limit=settings.max_rescue_manifest_bytes)
    try:
        said = orjson.loads(line)
        manifest, signature = (b64decode(said[name], validate=True) for name in ("manifest", "signature"))
        if not line.endswith(b"\n"):
            raise ValueError
    except (ValueError, KeyError, TypeError):
        raise RescueUnacceptable(reason="no_rescue_file") from None
    try:
        return _head(line, manifest, signature, orjson.loads(manifest), settings)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RescueUnacceptable(reason="manifest_unreadable") from None


def _head(line: bytes, manifest: bytes, signature: bytes, said: Any, settings: Settings) -> Head:
    if said["format"] != FORMAT:
        raise RescueUnacceptable(reason="format_unknown")
    listed = said["sections"]
    if max(len(listed), len(said["visits"])) > settings.max_rescue_sections:
        raise RescueTooLarge(part="sections", limit=settings.max_rescue_sections)
    visits = tuple(_wrapped(one, said["key_id"]) for one in said["visits"])
    at, sections = len(line), []
    for number, one in enumerate(listed):
        sections.append(_section(one, number, at, visits))
        at = sections[-1].ends
        if at > settings.max_rescue_bytes:
            raise RescueTooLarge(part="file", limit=settings.max_rescue_bytes)
    return Head(
        line, manifest, signature, _uuid(said["id"]), _number(said["device_id"], 1, _LARGEST_ID),
        _text(said["key_id"], _KEY_ID), instant_of(said["made_at"]), visits, tuple(sections),
    )  # fmt: skip


def _wrapped(said: Any, key_id: str) -> WrappedKey:
    """A visit that began before the key was changed names the one that it is sealed to."""
    key_id = _text(said.get("key_id", key_id), _KEY_ID)
    return WrappedKey(_plain(said["visit"]), key_id, b64decode(said["wrapped"], validate=True))


def _section(said: Any, number: int, begins: int, visits: tuple[WrappedKey, ...]) -> Section:
    kind = Kind(said["kind"])
    name = said["name"] if kind is Kind.ATTACHMENT else ""
    if not isinstance(name, str):
        raise TypeError
    visit = _number(said["visit"], 0, len(visits) - 1)
    handed = _handed(said, visits[visit].visit) if kind is Kind.DOCUMENT else None
    return Section(
        number, visit, kind, _plain(said["instance_id"]), name, begins, _number(said["bytes"], 1, 2**53),
        _text(said["sha256"], _SHA256), _text(said["content_sha256"], _SHA256), handed,
    )  # fmt: skip


def _handed(said: Any, visit: str) -> Handed:
    number = said["number"]
    handed = Handed(
        _uuid(said["instance_id"]), visit, None if number is None else _number(number, 1, _LARGEST_ID),
        How(said["how"]), said["handed_at"], _text(said["content_sha256"], _SHA256),
    )  # fmt: skip
    instant_of(handed.handed_at)
    return handed


def _number(said: Any, least: int, most: int) -> int:
    if type(said) is not int or not least <= said <= most:
        raise ValueError
    return said


def _text(said: Any, form: re.Pattern[str]) -> str:
    if not form.fullmatch(said):
        raise ValueError
    return str(said)


def _plain(said: Any) -> str:
    if not is_plain(said):
        raise ValueError
    return str(said)


def _uuid(said: Any) -> str:
    if not is_uuid(said):
        raise ValueError
    return str(said)
