"""The deployment's keys held against all that they wrap, and new keys in the place of old ones (密钥轮换)."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from backend.core import audit
from backend.core.deployment import Deployment, DeploymentRow, probe_of
from backend.core.keys import Keys
from backend.core.sealed import VisitKeyRow
from backend.core.settings import Settings

Each = Callable[[Iterable[Any]], Iterable[Any]]  # what shows progress over rows
_BATCH = 1000


def check(deployment: Deployment, *, each: Each = iter) -> dict[str, int]:
    """Open every visit's key. Raises InvalidTag or KeysMissing at the first that does not open."""
    counts = {"opened": 0, "destroyed": 0}
    with deployment.reading() as session:
        rows = session.scalars(select(VisitKeyRow).execution_options(yield_per=_BATCH))
        with rows:
            for row in each(rows):
                if row.wrapped is None:
                    counts["destroyed"] += 1
                else:
                    deployment.keys.unwrap(row.wrapped, _context(row))
                    counts["opened"] += 1
    return counts


def rotate_root(settings: Settings, *, by: str, each: Each = iter) -> dict[str, int]:
    """Make the next root key and wrap the probe and every visit's key with it, some at a time.

    A running service goes on: it reads the new root key when it first meets it. If this is interrupted,
    run it again; the old root keys stay in their folder for old backups.
    """
    number = Keys.add_root(settings.keys)
    deployment = Deployment.open(settings)
    with deployment.unit_of_work() as session:
        session.get_one(DeploymentRow, 1).probe = probe_of(deployment.keys)
        audit.record(session, "keys.rotate", by=by, subject=f"root:{number}")
        last = session.scalar(select(func.max(VisitKeyRow.id))) or 0
    wrapped = 0
    for first in each(range(1, last + 1, _BATCH)):
        wrapped += _wrap_anew(deployment, first)
    deployment.engine.dispose()
    return {"root": number, "wrapped": wrapped}


def add_sharing(deployment: Deployment, *, by: str) -> None:
    """Make the next key that signs what leaves."""
    with deployment.unit_of_work() as session:
        made = Keys.add_sharing(deployment.settings.keys)
        audit.record(session, "sharing.key", by=by, subject=f"sharing_key:{made.id}")


def retire_sharing(deployment: Deployment, key_id: str, *, by: str, now: datetime) -> None:
    """Let a key sign nothing more that leaves. Raises KeyNotRetired."""
    with deployment.unit_of_work() as session:
        Keys.retire_sharing(deployment.settings.keys, key_id, now=now)
        audit.record(session, "sharing.retire_key", by=by, subject=f"sharing_key:{key_id}")


def _wrap_anew(deployment: Deployment, first: int) -> int:
    keys = deployment.keys
    with deployment.unit_of_work() as session:
        some = select(VisitKeyRow).where(VisitKeyRow.id.between(first, first + _BATCH - 1))
        rows = [row for row in session.scalars(some.with_for_update()) if row.wrapped is not None]
        for row in rows:
            row.wrapped = keys.wrap(keys.unwrap(row.wrapped or b"", _context(row)), _context(row))
    return len(rows)


def _context(row: VisitKeyRow) -> str:
    return f"visit:{row.visit_id}"
