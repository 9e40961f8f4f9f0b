"""The rows of one file, a chunk at a time: known or new, refused or kept, and what is written of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from backend.accounts.areas import Areas
from backend.imports.content import Content, Placed
from backend.imports.errors import FileRefused, RowRefused
from backend.imports.joining import joined, refs_of_several_rows
from backend.imports.locating import locate
from backend.imports.merging import Known, known_rows, merged
from backend.imports.models import ImportChange, ImportRun
from backend.imports.readings import Readings, Shares
from backend.imports.register import Values, packed
from backend.imports.rejects import Rejects
from backend.imports.report import Tally
from geodata.layers import Row


class Item(NamedTuple):
    """A row that is kept: what the file says of it, the area that it lies in, the row of the register."""

    row: Row
    ref: str
    values: Values
    area_code: str | None
    known: Known | None


class Reading:
    """One file on its way into the register. Without a `run_id` nothing is written."""

    def __init__(
        self, session: Session, content: Content[Any], areas: Areas, rejects: Rejects, tally: Tally,
        *, run_id: int | None, now: datetime,
    ) -> None:  # fmt: skip
        self._session, self._content, self._areas = session, content, areas
        self._rejects, self._tally, self._run_id, self._now = rejects, tally, run_id, now
        self._file, self._register = content.file, content.register
        self._readings = Readings(areas, self._file.crs)
        self._seen: set[str] = set()
        self._met: set[int] = set()  # of the rows known before, those that the file still has
        self._known_before = self._count_known()
        if self._known_before:
            self._refuse_other_refs()
        self._further: Counter[str] = Counter()  # rows still to come of refs that several rows have
        if self._register.children and not content.numbered:
            self._further = refs_of_several_rows(content, self._file.layer.rows)
        self._waiting: dict[str, Item] = {}

    @property
    def shares(self) -> Shares | None:
        return self._readings.shares

    def take(self, rows: Sequence[Row]) -> None:
        """Bring a chunk of rows into the register."""
        self._tally.read += len(rows)
        refs = {row.number: ref for row in rows if (ref := self._ref(row))}
        known = known_rows(self._session, self._register, list(refs.values())) if self._known_before else {}
        self._met |= {row.id for row in known.values()}
        if self._content.numbered:
            self._refuse_new_names((row, known.get(refs[row.number])) for row in rows)
        items = self._kept([row for row in rows if row.number in refs], refs, known)
        self._write(list(self._joined(items)))

    def finish(self) -> int:
        """Write what still waited. Returns how many known rows the file has no more.

        Rows known by their number must all be there.
        """
        self._write(list(self._waiting.values()))
        whole = self._content.stem and not self._file.is_partial
        missing = self._known_before - len(self._met) if whole else 0
        if missing and self._content.numbered:
            raise self._refusal(f"{missing} of its rows that are in the register are not in it any more")
        return missing

    def _count_known(self) -> int:
        key, stem = self._register.table.c[self._register.key], self._content.stem
        return self._session.scalar(select(func.count()).where(key.startswith(stem, autoescape=True))) or 0

    def _refuse_other_refs(self) -> None:
        """Rows known by their number and rows known by a column would stand in the register twice."""
        runs = select(ImportRun).where(
            ImportRun.kind == self._register.kind, ImportRun.stem == self._file.stem
        )
        for run in self._session.scalars(
            runs.where(select(ImportChange.id).where(ImportChange.run_id == ImportRun.id).exists())
        ):
            if run.options.get("ref_column") != self._file.ref_column:
                how = (
                    f"by column {run.options['ref_column']!r}"
                    if run.options.get("ref_column")
                    else "by row numbers"
                )
                raise FileRefused(
                    "other_refs",
                    f"run {run.id} read {run.file_name} {how}: read this file the same way, or "
                    f"`humiao import undo {run.id}` first, or rename the file if it is another one",
                )

    def _ref(self, row: Row) -> str | None:
        try:
            ref = self._content.ref(row)
            if ref in self._seen and ref not in self._further:
                raise RowRefused("duplicate_ref")
        except RowRefused as refusal:
            self._refuse(row, refusal.reason)
            return None
        self._seen.add(ref)
        return ref

    def _refuse(self, row: Row, reason: str) -> None:
        self._tally.refused[reason] += 1
        self._rejects.add(row, reason)

    def _refuse_new_names(self, rows: Iterator[tuple[Row, Known | None]]) -> None:
        for row, known in rows:
            if (
                known
                and known.said
                and known.name != (name := self._content.cells.text(row, "name", noting=False))
            ):
                raise self._refusal(
                    f"row {row.number} was {known.name or 'unnamed'} and is now {name or 'unnamed'}"
                )

    def _refusal(self, what: str) -> FileRefused:
        return FileRefused(
            "rows_moved",
            f"{self._file.path.name}: {what}. Rows known by their number must stay where they are. If a "
            "column identifies the rows, `humiao import undo` the earlier run and read both files with "
            "--ref-column; if this is another file that only bears the same name, rename it",
        )

    def _joined(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, those of one venue as one as soon as the last of them was read."""
        for item in items:
            if item.ref not in self._further:
                yield item
                continue
            self._further[item.ref] -= 1
            first = self._waiting.get(item.ref)
            if first is None:
                self._waiting[item.ref] = item
            elif (values := joined(self._register, first.values, item.values)) is None:
                self._refuse(item.row, "duplicate_ref")
            else:
                self._tally.joined += 1
                self._waiting[item.ref] = first._replace(values=values)
            if not self._further[item.ref]:
                yield self._waiting.pop(item.ref)

    def _write(self, items: Sequence[Item]) -> None:
        self._tally.without_position += sum(item.values["place"] is None for item in items)
        self._create([item for item in items if item.known is None])
        self._change([(item, item.known) for item in items if item.known])

    def _kept(self, rows: Sequence[Row], refs: dict[int, str], known: Mapping[str, Known]) -> Iterator[Item]:
        found = locate(
            [row.geometry for row in rows], [row.problem for row in rows], self._file.crs, self._areas
        )
        for i, note in found.notes:
            self._tally.note(note, rows[i].number)
        named = [self._named_area(row) for row in rows]
        self._readings.add(found.given, named)
        for i, row in enumerate(rows):
            ref = refs[row.number]
            try:
                placed = Placed(found.shapes[i], found.points[i], found.problems[i])
                values = self._content.values(row, placed)
                if not self._register.has_room_for(values):
                    raise RowRefused("text_too_long")
            except RowRefused as refusal:
                self._refuse(row, refusal.reason)
            else:
                code = found.codes[i] if placed.shape is not None else self._areas.code_of(named[i])
                yield Item(row, ref, values, code, known.get(ref))

    def _named_area(self, row: Row) -> str | None:
        """The loaded area in which the row's own text says that it lies."""
        if not len(self._areas):
            return None
        cells = self._content.cells
        if "district" in cells.columns:
            return self._areas.named_in_cell(cells.raw(row, "district"))
        return self._areas.named_in_text(cells.raw(row, "address"))

    def _create(self, items: Sequence[Item]) -> None:
        self._tally.created += len(items)
        if self._run_id and items:
            made = [self._first_version(item) for item in items]
            ids = self._register.insert(self._session, made)
            self._remember([(i, 1, item.values, None) for i, item in zip(ids, items, strict=True)])

    def _first_version(self, item: Item) -> Values:
        own = {
            self._register.key: item.ref,
            "area_code": item.area_code,
            "version": 1,
            "changed_at": self._now,
        }
        return item.values | own

    def _change(self, items: Sequence[tuple[Item, Known]]) -> None:
        changed = {known.id: (item, known) for item, known in items if packed(item.values) != known.said}
        self._tally.same += len(items) - len(changed)
        self._tally.changed += len(changed)
        if self._run_id and changed:
            before = self._register.rows(self._session, list(changed))
            after = {
                i: self._next_version(before[i], item, known.said) for i, (item, known) in changed.items()
            }
            self._register.update(self._session, after)
            self._remember(
                [(i, after[i].get("version", 1), item.values, before[i]) for i, (item, _) in changed.items()]
            )

    def _next_version(self, row: Values, item: Item, said: bytes | None) -> Values:
        fresh, position_stays = merged(self._register, row, said, item.values)
        if position_stays:
            self._tally.note("position_kept", item.row.number)
        if "version" in row:
            code = row["area_code"] if position_stays else item.area_code
            fresh |= {"version": row["version"] + 1, "changed_at": self._now, "area_code": code}
        return fresh

    def _remember(self, changes: Sequence[tuple[int, int, Values, Values | None]]) -> None:
        rows = [
            {"run_id": self._run_id, "row_id": row_id, "version": version, "said": packed(said),
             "before": None if before is None else packed(before)}
            for row_id, version, said, before in changes
        ]  # fmt: skip
        self._session.execute(insert(cast(Table, ImportChange.__table__)), rows)
