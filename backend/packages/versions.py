"""The token by which a tablet says what it has. It is no secret and proves nothing: it only saves bytes."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

FORMAT = 1  # of the package; another one means a full package
OLDEST = timedelta(days=30)
_WRITTEN = re.compile(r"(\d+)\.([0-9a-f]{12})\.(\d{1,19})\.([0-9a-f]{8})\.([0-9a-f]{8})\.(\d{8})")


@dataclass(frozen=True, slots=True)
class Version:
    """What a package holds: whose register, how far its ledger was, which law, which forms, of which day."""

    scope: str
    mark: int
    law: str
    forms: str
    made_on: date

    def __str__(self) -> str:
        parts = (FORMAT, self.scope, self.mark, self.law, self.forms, self.made_on.strftime("%Y%m%d"))
        return ".".join(map(str, parts))

    @classmethod
    def read(cls, text: str) -> "Version | None":
        """The version that a tablet names; None for what is no token of this format."""
        found = _WRITTEN.fullmatch(text)
        if found is None or int(found[1]) != FORMAT:
            return None
        try:
            made_on = date.fromisoformat(found[6])
        except ValueError:
            return None
        return cls(found[2], int(found[3]), found[4], found[5], made_on)

    def can_be_completed_to(self, now: "Version") -> bool:
        """Whether what lacks can be added, rather than everything sent anew."""
        is_young = timedelta(0) <= now.made_on - self.made_on <= OLDEST
        return self.scope == now.scope and self.mark <= now.mark and is_young


def short_hash(said: Any, length: int = 8) -> str:
    """A short name for a content; anything that JSON can say."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:length]
