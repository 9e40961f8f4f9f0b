"""The token by which a tablet says what it has. It is no secret and proves nothing: it only saves bytes."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.audit import AuditEntry

FORMAT = 2  # of the package; another one means a full package
OLDEST = timedelta(days=30)
_WRITTEN = re.compile(
    r"(\d+)\.([0-9a-f]{10})\.(\d{1,18})\.([0-9a-f]{6})\.([0-9a-f]{6})\.([0-9a-f]{6})\.(\d{1,9})-([0-9a-f]{6})"
)


@dataclass(frozen=True, slots=True)
class Version:
    """What a package holds: whose register, how far its ledger was, which law, forms, tasks and numbers.

    The newest entry of the audit trail at that time is its witness: where that entry is not, or is another, a
    backup was restored since, and what the tablet has may never have been.
    """

    scope: str
    mark: int
    law: str
    forms: str
    own: str
    witness: int
    witness_hash: str

    def __str__(self) -> str:
        witness = f"{self.witness}-{self.witness_hash}"
        parts = (FORMAT, self.scope, self.mark, self.law, self.forms, self.own, witness)
        return ".".join(map(str, parts))

    @classmethod
    def read(cls, text: str) -> "Version | None":
        """The version that a tablet names; None for what is no token of this format."""
        found = _WRITTEN.fullmatch(text)
        if found is None or int(found[1]) != FORMAT:
            return None
        return cls(found[2], int(found[3]), found[4], found[5], found[6], int(found[7]), found[8])

    def can_be_completed_to(self, session: Session, newest: "Version", now: datetime) -> bool:
        """Whether what lacks can be added, rather than everything sent anew."""
        if self.scope != newest.scope or self.mark > newest.mark:
            return False
        seen = session.get(AuditEntry, self.witness)
        return seen is not None and seen.hash.hex()[:6] == self.witness_hash and now - seen.at <= OLDEST


def witness(session: Session) -> tuple[int, str]:
    """The newest entry of the audit trail, and how its hash begins."""
    newest = select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)
    found = session.execute(newest).one_or_none()
    return (found.seq, found.hash.hex()[:6]) if found else (0, "0" * 6)


def short_hash(said: Any, length: int = 6) -> str:
    """A short name for a content; anything that JSON can say."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:length]
