"""The parts of one submission request: XML in memory, files sealed while they arrive, all within limits."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder, NeedData

from backend.core.files import SealedUpload
from backend.core.settings import Settings
from backend.intake.errors import SubmissionTooLarge, SubmissionUnacceptable

XML_PART, SIGNATURE_PART = "xml_submission_file", "humiao_signature"
_SIGNATURE_BYTES = 256 * 1024
_READ, _HEADERS = 64 * 1024, 256 * 1024
_FIELD_BYTES = 1024  # of the small fields that some tablets send along, such as *isIncomplete*
_NAME = re.compile(r"[^/\\\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]{1,200}")


def is_file_name(name: str) -> bool:
    """Whether an attachment may be called so: no folders, nothing invisible, something a disk can hold."""
    return bool(_NAME.fullmatch(name)) and name.strip(". ") != "" and len(name.encode()) <= 255


@dataclass(slots=True)
class Parts:
    """What one request brought. Whoever gets it keeps or discards the files."""

    xml: bytes = b""
    signature: bytes = b""  # what a tablet signed beside it, as it came
    files: dict[str, SealedUpload] = field(default_factory=dict)

    def discard(self) -> None:
        """Remove every file of this request."""
        for file in self.files.values():
            file.discard()


def read_parts(
    stream: BinaryIO, content_type: str, *, settings: Settings, create: Callable[[], SealedUpload]
) -> Parts:
    """Read a multipart body to its end; when it is refused, nothing of it stays on the disk."""
    reader = _Reader(settings, create)
    try:
        for event in events(stream, content_type, max_parts=settings.max_parts):
            reader.take(event)
        if not reader.parts.xml:
            raise SubmissionUnacceptable(reason="no_xml", part=XML_PART)
    except BaseException as problem:
        reader.parts.discard()
        if isinstance(problem, RequestEntityTooLarge):
            limits = {"bytes": settings.max_request_bytes, "parts": settings.max_parts}
            raise SubmissionTooLarge(part="request", limit=limits) from None
        if isinstance(problem, ValueError | ClientDisconnected):  # it ends early, or is no multipart
            raise SubmissionUnacceptable(reason="not_whole") from None
        raise
    return reader.parts


def events(stream: BinaryIO, content_type: str, *, max_parts: int) -> Iterator[Event]:
    """A multipart body as it arrives. Raises SubmissionUnacceptable; ValueError: it ends early."""
    kind, options = parse_options_header(content_type)
    boundary = options.get("boundary", "")
    if kind != "multipart/form-data" or not 0 < len(boundary) <= 200:
        raise SubmissionUnacceptable(reason="not_multipart")
    decoder = MultipartDecoder(boundary.encode("latin-1"), max_form_memory_size=_HEADERS, max_parts=max_parts)
    while True:
        decoder.receive_data(stream.read(_READ) or None)
        while not isinstance(event := decoder.next_event(), NeedData):
            if isinstance(event, Epilogue):
                return
            yield event


def one_file(stream: BinaryIO, content_type: str) -> tuple[dict[str, str], Iterator[bytes]]:
    """The small fields that come before the only file of a form, and the file as it arrives."""
    fields: dict[str, str] = {}
    name, arriving = "", events(stream, content_type, max_parts=8)
    for event in arriving:
        if isinstance(event, File):
            break
        if isinstance(event, Field):
            name, fields[event.name] = event.name, ""
        elif isinstance(event, Data):
            fields[name] += event.data.decode(errors="replace")
            if len(fields[name]) > _FIELD_BYTES:
                raise SubmissionTooLarge(part="field", limit=_FIELD_BYTES)
    return fields, _content(arriving)


def _content(arriving: Iterator[Event]) -> Iterator[bytes]:
    for event in arriving:
        if not isinstance(event, Data):
            return
        yield event.data


class _Reader:
    """Takes the events of one body in their order."""

    def __init__(self, settings: Settings, create: Callable[[], SealedUpload]) -> None:
        self.settings, self._create = settings, create
        self.parts = Parts()
        self._write: Callable[[bytes], None] = lambda _: None

    def take(self, event: Event) -> None:
        if isinstance(event, Data):
            self._write(event.data)
        elif isinstance(event, Field | File) and event.name == XML_PART:
            self._write = self._take_xml()
        elif isinstance(event, Field | File) and event.name == SIGNATURE_PART:
            self._write = self._take_signature()
        elif isinstance(event, Field | File) and (isinstance(event, File) or "content-type" in event.headers):
            self._write = self._take_file(getattr(event, "filename", event.name))
        elif isinstance(event, Field):
            self._write = self._counted(lambda _: None, "field", _FIELD_BYTES)

    def _take_xml(self) -> Callable[[bytes], None]:
        if self.parts.xml:
            raise SubmissionUnacceptable(reason="two_parts_of_one_name", part=XML_PART)

        def write(data: bytes) -> None:
            self.parts.xml += data

        return self._counted(write, XML_PART, self.settings.max_xml_bytes)

    def _take_signature(self) -> Callable[[bytes], None]:
        if self.parts.signature:
            raise SubmissionUnacceptable(reason="two_parts_of_one_name", part=SIGNATURE_PART)

        def write(data: bytes) -> None:
            self.parts.signature += data

        return self._counted(write, SIGNATURE_PART, _SIGNATURE_BYTES)

    def _take_file(self, name: str) -> Callable[[bytes], None]:
        if not is_file_name(name):
            raise SubmissionUnacceptable(reason="file_name_not_allowed")
        if name in self.parts.files:
            raise SubmissionUnacceptable(reason="two_parts_of_one_name", part=name)
        file = self.parts.files[name] = self._create()
        return self._counted(file.write, name, self.settings.max_file_bytes)

    @staticmethod
    def _counted(write: Callable[[bytes], object], part: str, limit: int) -> Callable[[bytes], None]:
        size = 0

        def write_counted(data: bytes) -> None:
            nonlocal size
            size += len(data)
            if size > limit:
                raise SubmissionTooLarge(part=part, limit=limit)
            write(data)

        return write_counted
