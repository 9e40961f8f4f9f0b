"""Sealed content: encrypted in chunks under one key per visit, so that destroying the key destroys it.

A sealed stream is `HMS1`, a 7-byte nonce prefix, then chunks of 64 KiB, each with its own tag; the nonce
holds the chunk's number and whether it is the last, so nothing can be cut off, swapped or appended (the
STREAM construction, AES-256-GCM). `HMS1` is the algorithm id: another algorithm gets another one.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import LargeBinary, String, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from backend.core.db import Base, UtcDateTime, insert_if_new
from backend.core.errors import Refusal
from backend.core.keys import Keys

MAGIC, CHUNK, TAG = b"HMS1", 64 * 1024, 16


class Readable(Protocol):
    """What gives bytes, as many as are asked for or what is left."""

    def read(self, size: int, /) -> bytes: ...


class ContentDestroyed(Refusal):
    """The key of this visit was destroyed when its retention ended."""

    code, status = 410, "content_destroyed"


class VisitKeyRow(Base):
    """A visit's data key, wrapped under the root key; without it nothing of the visit can be read."""

    __tablename__ = "visit_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[str] = mapped_column(String(64), unique=True)
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    destroyed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


_OF_VISIT = (
    select(VisitKeyRow).where(VisitKeyRow.visit_id == bindparam("visit_id")).with_for_update(read=True)
)


@dataclass(frozen=True, slots=True)
class VisitKey:
    """Seals and opens what belongs to one visit; `context` names the content's place, authenticated."""

    row_id: int
    secret: bytes

    def seal(self, data: bytes, context: str) -> bytes:
        return seal(self.secret, data, context)

    def open(self, sealed: bytes, context: str) -> bytes:
        return open_sealed(self.secret, sealed, context)


def visit_key(session: Session, visit_id: str, *, new_secret: bytes | None = None) -> VisitKey:
    """The key of a visit, made when it is first asked for inside a unit of work, locked as below.

    With `new_secret` the key is most likely new and shall be this one: content could be sealed before.
    """
    keys: Keys = session.info["keys"]
    if new_secret is None and (known := session.scalar(_OF_VISIT, {"visit_id": visit_id})):
        return _opened(keys, known)
    secret = new_secret or os.urandom(32)
    wrapped = keys.wrap(secret, f"visit:{visit_id}")
    if row_id := insert_if_new(session, VisitKeyRow, visit_id=visit_id, wrapped=wrapped):
        return VisitKey(row_id, secret)
    return _opened(keys, session.execute(_OF_VISIT, {"visit_id": visit_id}).scalar_one())


def known_visit_key(session: Session, key_id: int) -> VisitKey:
    """The key that sealed content names."""
    return _opened(session.info["keys"], session.get_one(VisitKeyRow, key_id))


def locked_visit_key(session: Session, key_id: int) -> VisitKey:
    """The same for whoever goes on to seal something that must stay: a destroyer comes before, or waits."""
    session.get_one(VisitKeyRow, key_id, with_for_update={"read": True}, populate_existing=True)
    return known_visit_key(session, key_id)


def destroy_key(session: Session, key_id: int, now: datetime) -> None:
    """Destroy a key: what is sealed under it cannot be read any more, by anybody."""
    row = session.get_one(VisitKeyRow, key_id)
    if row.wrapped is not None:
        row.wrapped, row.destroyed_at = None, now


def _opened(keys: Keys, row: VisitKeyRow) -> VisitKey:
    if row.wrapped is None:
        raise ContentDestroyed(visit_id=row.visit_id)
    return VisitKey(row.id, keys.unwrap(row.wrapped, f"visit:{row.visit_id}"))


def seal(key: bytes, data: bytes, context: str) -> bytes:
    """Seal bytes that fit in memory."""
    sealer = Sealer(key, context)
    return sealer.header + sealer.update(data) + sealer.finish()


def open_sealed(key: bytes, sealed: bytes, context: str) -> bytes:
    """Open what `seal` made; raises InvalidTag when a bit, the key or the context differs."""
    import io

    return b"".join(open_stream(key, io.BytesIO(sealed), context))


class Sealer:
    """Turns a stream into its sealed form, holding one chunk at most."""

    def __init__(self, key: bytes, context: str) -> None:
        prefix = os.urandom(7)
        self.header = MAGIC + prefix
        self._aead, self._prefix, self._context = AESGCM(key), prefix, context.encode()
        self._number, self._rest = 0, b""

    def update(self, data: bytes) -> bytes:
        """Whole chunks that can be written now. The last chunk waits for `finish`."""
        data = self._rest + data if self._rest else data
        view, at, out = memoryview(data), 0, []
        while len(data) - at > CHUNK:
            out.append(self._chunk(view[at : at + CHUNK], last=False))
            at += CHUNK
        self._rest = bytes(view[at:])
        return b"".join(out)

    def finish(self) -> bytes:
        return self._chunk(self._rest, last=True)

    def _chunk(self, data: bytes | memoryview, *, last: bool) -> bytes:
        nonce = _nonce(self._prefix, self._number, last=last)
        self._number += 1
        return self._aead.encrypt(nonce, data, self._context)


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, last)


def open_stream(key: bytes, file: Readable, context: str) -> Iterator[bytes]:
    """The content of a sealed stream, chunk by chunk; InvalidTag at the first byte that was changed."""
    yield from _chunks(key, _prefix_of(file), file, context, 0)


def open_stream_at(key: bytes, file: BinaryIO, context: str, begin: int) -> Iterator[bytes]:
    """The content from a place on, without what comes before it. InvalidTag where there is no such place."""
    prefix = _prefix_of(file)
    number, skipped = divmod(begin, CHUNK)
    file.seek(number * (CHUNK + TAG), os.SEEK_CUR)
    chunks = _chunks(key, prefix, file, context, number)
    yield next(chunks)[skipped:]
    yield from chunks


def _prefix_of(file: Readable) -> bytes:
    header = file.read(len(MAGIC) + 7)
    if header[: len(MAGIC)] != MAGIC:
        raise InvalidTag
    return header[len(MAGIC) :]


def _chunks(key: bytes, prefix: bytes, file: Readable, context: str, number: int) -> Iterator[bytes]:
    aead, chunk = AESGCM(key), file.read(CHUNK + TAG)
    while True:
        following = file.read(CHUNK + TAG)
        yield aead.decrypt(_nonce(prefix, number, last=not following), chunk, context.encode())
        if not following:
            return
        chunk, number = following, number + 1
