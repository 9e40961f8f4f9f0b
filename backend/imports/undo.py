"""Taking a reading back (撤销导入): new rows go, changed rows become what they were; what is in use stays."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Row, delete, func, select
from sqlalchemy.orm import Session

from backend.accounts.areas import Areas
from backend.core import audit
from backend.core.db import Base
from backend.imports.assigning import assign_areas, codes_of
from backend.imports.errors import AlreadyUndone, RunUnknown
from backend.imports.models import ImportChange, ImportRun
from backend.imports.register import AREAS, BATCH, REGISTERS, Register, Values, foreign_keys_to, unpacked


@dataclass(frozen=True)
class Kept:
    """A row that is not undone: ``changed_since``, or the name of a table whose rows refer to it."""

    ref: str
    because: str


@dataclass(frozen=True)
class Undoing:
    """What undoing a run does; `going_along` counts rows of other tables that go with the removed ones."""

    run_id: int
    kind: str
    file_name: str
    removed: int
    restored: int
    kept: tuple[Kept, ...]
    going_along: Mapping[str, int]


def preview(session: Session, run_id: int) -> Undoing:
    """What `undo` would do now."""
    return _walk(session, _run(session, run_id), None)


def undo(session: Session, run_id: int, *, by: str, now: datetime) -> Undoing:
    """Take back what a run did, except to rows that changed since or that something refers to."""
    run = _run(session, run_id)
    done = _walk(session, run, now)
    run.undone_at = now
    if run.kind == AREAS.kind:
        assign_areas(session, now=now)
    detail = {"removed": done.removed, "restored": done.restored, "kept": len(done.kept)}
    audit.record(session, "import.undo", by=by, subject=f"import_run:{run_id}", detail=detail)
    return done


def _run(session: Session, run_id: int) -> ImportRun:
    run = session.get(ImportRun, run_id)
    if run is None:
        raise RunUnknown(run_id=run_id)
    if run.undone_at and not next(_changes(session, run_id), None):
        raise AlreadyUndone(run_id=run_id)
    return run


def _walk(session: Session, run: ImportRun, now: datetime | None) -> Undoing:
    """Go through what a run did; take it back if `now` is given."""
    register, areas = REGISTERS[run.kind], Areas.load(session)
    kept: list[Kept] = []
    along: Counter[str] = Counter()
    removed = restored = 0
    for changes in _changes(session, run.id):
        reasons = _in_the_way(session, register, changes)
        kept += [Kept(change.ref, reasons[change.id]) for change in changes if change.id in reasons]
        free = [change for change in changes if change.id not in reasons]
        new = [change.row_id for change in free if change.before is None]
        old = {
            change.row_id: unpacked(register, change.before) for change in free if change.before is not None
        }
        along += _going_along(session, register, new)
        removed, restored = removed + len(new), restored + len(old)
        if now:
            register.delete(session, new)
            register.update(session, _as_they_were(register, areas, old, now))
            session.execute(delete(ImportChange).where(ImportChange.id.in_([change.id for change in free])))
    return Undoing(run.id, run.kind, run.file_name, removed, restored, tuple(kept), dict(along))


def _changes(session: Session, run_id: int) -> Iterator[Sequence[Row[Any]]]:
    """What a run did, with the ref and the version that each row has now."""
    register = REGISTERS[session.get_one(ImportRun, run_id).kind]
    table, last = register.table, 0
    version = table.c.version if "version" in table.c else ImportChange.version
    columns = (
        ImportChange.id, ImportChange.row_id, ImportChange.version, ImportChange.before,
        table.c[register.key].label("ref"), version.label("version_now"),
    )  # fmt: skip
    of_run = (
        select(*columns)
        .outerjoin(table, table.c.id == ImportChange.row_id)
        .where(ImportChange.run_id == run_id)
    )
    while found := session.execute(
        of_run.where(ImportChange.id > last).order_by(ImportChange.id).limit(BATCH)
    ).all():
        yield found
        last = found[-1].id


def _in_the_way(session: Session, register: Register, changes: Sequence[Row[Any]]) -> dict[int, str]:
    """The changes that cannot be taken back, and why."""
    ids = [change.row_id for change in changes]
    newest = dict(
        session.execute(
            select(ImportChange.row_id, func.max(ImportChange.id))
            .join(ImportRun, ImportRun.id == ImportChange.run_id)
            .where(ImportRun.kind == register.kind, ImportChange.row_id.in_(ids))
            .group_by(ImportChange.row_id)
        ).all()
    )
    reasons = {
        change.id: "changed_since"
        for change in changes
        if newest[change.row_id] != change.id or change.version_now != change.version
    }
    new = {change.row_id: change.id for change in changes if change.before is None}
    for column in _referring(register, goes_along=False):
        used = session.scalars(select(column).where(column.in_(new)).distinct())
        reasons |= {new[row_id]: column.table.name for row_id in used}
    return reasons


def _going_along(session: Session, register: Register, ids: Sequence[int]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for column in _referring(register, goes_along=True):
        if column.table not in register.children.values():
            counted[column.table.name] += session.scalar(select(func.count()).where(column.in_(ids))) or 0
    return +counted


def _referring(register: Register, *, goes_along: bool) -> Iterator[Column[Any]]:
    """Columns of any room that refer to the register; ON DELETE CASCADE says that their rows go along."""
    for table in Base.metadata.sorted_tables:
        for key in foreign_keys_to(register.table, table):
            if (key.ondelete == "CASCADE") is goes_along:
                yield key.parent


def _as_they_were(
    register: Register, areas: Areas, old: Mapping[int, Values], now: datetime
) -> dict[int, Values]:
    """Rows as they were, but for what time has changed: the areas that are loaded now, and when."""
    codes = codes_of(areas, [row.get("place") for row in old.values()])
    fresh = ({"area_code": code, "changed_at": now} for code in codes)
    return {
        row_id: dict.fromkeys(register.columns) | row | time
        for (row_id, row), time in zip(old.items(), fresh, strict=True)
    }
