"""A row that is known already: what its file said last time and says now, what a person changed since."""

from collections.abc import Sequence
from typing import NamedTuple

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.imports.models import ImportChange, ImportRun
from backend.imports.register import Register, Values, packed

_POSITION = {"place", "footprint", "extent_m", "source", "source_crs", "capture", "accuracy_m", "surveyed_on"}


class Known(NamedTuple):
    """A row of the register, and what the newest reading said of it (nothing if a person made it)."""

    id: int
    said: bytes | None

    @property
    def name(self) -> str | None:
        name: str | None = orjson.loads(self.said).get("name") if self.said else None
        return name


def known_rows(session: Session, register: Register, refs: Sequence[str]) -> dict[str, Known]:
    """The rows that are known by these refs."""
    ids = register.ids(session, refs)
    oldest_first = (
        select(ImportChange.row_id, ImportChange.said)
        .join(ImportRun, ImportRun.id == ImportChange.run_id)
        .where(ImportRun.kind == register.kind, ImportChange.row_id.in_(ids.values()))
        .order_by(ImportChange.id)
    )
    said = dict(session.execute(oldest_first).all()) if ids else {}
    return {ref: Known(row_id, said.get(row_id)) for ref, row_id in ids.items()}


def merged(register: Register, row: Values, said: bytes | None, values: Values) -> tuple[Values, bool]:
    """The row with everything changed that the file now says differently; and whether its position stayed.

    A position that a person determined is not moved by a file.
    """
    before, now = orjson.loads(said or b"{}"), orjson.loads(packed(values))
    changed = {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
    stays = bool(changed & _POSITION) and row.get("capture") not in (None, "import")
    fresh = dict(row)
    for name in changed - _POSITION if stays else changed:
        fresh[name] = values.get(name)
    for name in changed & register.children.keys():
        fresh[name] = _parts(row[name], before.get(name, []), values[name])
    return fresh, stays


def _parts(ours: list[Values], before: list[Values], theirs: list[Values]) -> list[Values]:
    """Child rows: the file's in the place of those it named before, and those that a person added."""
    once_said = {packed(part) for part in before}
    kept = [part for part in ours if packed(part) not in once_said and part not in theirs]
    return theirs + kept
