"""Who did what to which row: append-only, each entry holding the hash of the one before it.

Entries are written in the deed's own transaction. Their place in the chain is taken under one lock at its
very end; the head is signed and written to a file outside the database, so that a cut tail is seen too.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import JSON, Index, LargeBinary, String, Table, insert, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from backend.core.db import Base, UtcDateTime
from backend.core.keys import Keys

_CHAIN_LOCK = 0x48554D49  # one advisory lock on PostgreSQL; on SQLite the line of writers serves
_BEGINNING = b"\0" * 32


class AuditEntry(Base):
    """One deed, or one look at protected content. No personal data: subjects are ids."""

    __tablename__ = "audit_entries"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(64))
    deed: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(128))
    detail: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    hash: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (Index("ix_audit_entries_subject", "subject"),)


_ENTRIES = cast(Table, AuditEntry.__table__)
_LAST = select(_ENTRIES.c.seq, _ENTRIES.c.hash).order_by(_ENTRIES.c.seq.desc()).limit(1)
_ADD = insert(_ENTRIES)


@dataclass(frozen=True, slots=True)
class Head:
    database_id: str
    seq: int
    hash: bytes


def record(
    session: Session, deed: str, *, by: str, subject: str, detail: dict[str, Any] | None = None
) -> None:
    """Note a deed; it enters the chain when the unit of work ends, or not at all."""
    session.info.setdefault("audit", []).append(
        {"at": datetime.now(UTC), "actor": by, "deed": deed, "subject": subject, "detail": detail}
    )


@contextmanager
def trial(session: Session) -> Iterator[None]:
    """Try something to see whether it would be refused: neither it nor what it noted stays."""
    noted = session.info.setdefault("audit", [])
    before, attempt = len(noted), session.begin_nested()
    try:
        yield
    finally:
        attempt.rollback()
        del noted[before:]


def chain(session: Session) -> Head | None:
    """Put the noted deeds at the end of the chain. Called by the unit of work, just before it commits."""
    entries = session.info.pop("audit", [])
    if not entries:
        return None
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _CHAIN_LOCK})
    last = session.execute(_LAST).one_or_none()
    seq, previous = last or (0, _BEGINNING)
    for entry in entries:
        seq += 1
        previous = _hash(previous, seq, **entry)
        entry |= {"seq": seq, "hash": previous}
    session.execute(_ADD, entries)
    return Head(session.info["database_id"], seq, previous)


def _hash(previous: bytes, seq: int, at: datetime, actor: str, deed: str, subject: str, detail: Any) -> bytes:
    said = json.dumps([seq, at.isoformat(), actor, deed, subject, detail], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(previous + said.encode()).digest()


def write_head(folder: Path, keys: Keys, head: Head) -> None:
    """Sign the head and put it outside the database; an older head never replaces a newer one.

    It is written over in place: shorter than a disk's sector, it is the old one or the new one.
    """
    fd = _open_head(folder, head.database_id)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        if (known := _read_head(fd)) and known["seq"] > head.seq:
            return
        said = {"database": head.database_id, "seq": head.seq, "hash": head.hash.hex()}
        signature = keys.signer.sign(json.dumps(said).encode()).hex()
        signed = json.dumps(said | {"signature": signature}).encode()
        os.pwrite(fd, signed, 0)
        os.ftruncate(fd, len(signed))
    finally:
        os.close(fd)


def _open_head(folder: Path, database_id: str) -> int:
    try:
        return os.open(_head_file(folder, database_id), os.O_RDWR)
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(_head_file(folder, database_id), os.O_RDWR | os.O_CREAT, 0o644)


def _head_file(folder: Path, database_id: str) -> Path:
    return folder / f"{database_id}.head"


def _read_head(fd: int) -> dict[str, Any] | None:
    raw = os.pread(fd, 4096, 0)
    return cast(dict[str, Any], json.loads(raw)) if raw else None


class ChainBroken(Exception):
    """The audit trail is not what was written; the message says where it stops being true."""


def verify(session: Session, folder: Path, keys: Keys, *, each: Any = iter) -> Head:
    """Walk the chain from the beginning and hold its head against the signed file. Raises ChainBroken."""
    from cryptography.exceptions import InvalidSignature

    identity = session.info["database_id"]
    path = _head_file(folder, identity)
    try:
        head = None
        if path.exists():
            with open(path, "rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH)
                head = _read_head(file.fileno())
        if head:
            said = {name: head[name] for name in ("database", "seq", "hash")}
            keys.signer.public_key().verify(bytes.fromhex(head["signature"]), json.dumps(said).encode())
    except (InvalidSignature, KeyError, ValueError):
        raise ChainBroken(f"the head file {path.name} was not signed with this deployment's key") from None
    seq, previous = 0, _BEGINNING
    entries = select(*AuditEntry.__table__.columns).order_by(AuditEntry.seq).execution_options(yield_per=5000)
    with session.execute(entries) as rows:
        for row in each(rows):
            seq += 1
            previous = _hash(previous, seq, row.at, row.actor, row.deed, row.subject, row.detail)
            if row.seq != seq or row.hash != previous:
                raise ChainBroken(f"entry {seq} was changed, removed or slipped in")
            if head and head["seq"] == seq and head["hash"] != previous.hex():
                raise ChainBroken(f"entry {seq} differs from the signed head")
    if seq and head is None:
        raise ChainBroken(f"the head file {path.name} is gone")
    if head and head["seq"] > seq:
        raise ChainBroken(f"the entries after {seq} were cut off; the signed head is {head['seq']}")
    return Head(identity, seq, previous)
