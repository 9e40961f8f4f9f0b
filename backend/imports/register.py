"""The tables that files fill, row by row as plain values: found by ref, inserted, changed, restored."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

import orjson
import shapely
from sqlalchemy import ForeignKey, RowMapping, Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from backend.accounts.models import Area
from backend.core.spatial import Geometry
from backend.protected_sites.models import Site
from backend.venues.models import Licence, Venue, VenueActivity

Values = dict[str, Any]
BATCH = 2000


@dataclass(frozen=True)
class Register:
    """One table, by what its rows are known, and the tables whose rows are part of its own."""

    table: Table
    key: str = "ref"
    children: Mapping[str, Table] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return str(self.table.name)

    @property
    def columns(self) -> list[str]:
        return [column.name for column in self.table.c if not column.primary_key]

    @cached_property
    def _longest(self) -> dict[str, int]:
        """How long the text of each column may be, also of the children's."""
        columns = (column for table in (self.table, *self.children.values()) for column in table.c)
        lengths = {column.name: getattr(column.type, "length", None) for column in columns}
        return {name: length for name, length in lengths.items() if length}

    def has_room_for(self, values: Values) -> bool:
        """Whether every text fits its column."""
        parts = (part for name in self.children for part in values[name])
        return all(
            len(said) <= self._longest[name]
            for part in (values, *parts)
            for name, said in part.items()
            if said is not None and name in self._longest
        )

    def ids(self, session: Session, refs: Sequence[str]) -> dict[str, int]:
        """The ids of rows that are there."""
        key = self.table.c[self.key]
        return {row[0]: row[1] for row in session.execute(select(key, self.table.c.id).where(key.in_(refs)))}

    def rows(self, session: Session, ids: Sequence[int]) -> dict[int, Values]:
        """Whole rows with their children: column to value, name of a child table to a list of its rows."""
        found = session.execute(select(self.table).where(self.table.c.id.in_(ids))).mappings()
        rows: dict[int, Values] = {row["id"]: _without(row, "id") for row in found}
        for name, child in self.children.items():
            for row in rows.values():
                row[name] = []
            owner = parent_column(child, self.table)
            for part in session.execute(
                select(child).where(child.c[owner].in_(ids)).order_by(child.c.id)
            ).mappings():
                rows[part[owner]][name].append(_without(part, "id", owner))
        return rows

    def insert(self, session: Session, rows: Sequence[Values]) -> list[int]:
        """New rows with their children; their ids in the order given."""
        columns, key = self.columns, self.table.c[self.key]
        values = [{name: row.get(name) for name in columns} for row in rows]
        made = session.execute(insert(self.table).returning(key, self.table.c.id), values)
        ids: dict[str, int] = dict(made.all())
        ordered = [ids[row[self.key]] for row in rows]
        self._insert_children(session, zip(ordered, rows, strict=True))
        return ordered

    def update(self, session: Session, rows: Mapping[int, Values]) -> None:
        """Put whole rows in the place of those that are there."""
        if not rows:
            return
        columns = self.columns
        changed = update(self.table).where(self.table.c.id == bindparam("its_id"))
        changed = changed.values({name: bindparam(f"to_{name}") for name in columns})
        values = [{"its_id": i} | {f"to_{name}": row[name] for name in columns} for i, row in rows.items()]
        session.execute(changed, values)
        for child in self.children.values():
            owner = child.c[parent_column(child, self.table)]
            session.execute(delete(child).where(owner.in_(list(rows))))
        self._insert_children(session, rows.items())

    def delete(self, session: Session, ids: Sequence[int]) -> None:
        session.execute(delete(self.table).where(self.table.c.id.in_(ids)))

    def _insert_children(self, session: Session, rows: Iterable[tuple[int, Values]]) -> None:
        rows = list(rows)
        for name, child in self.children.items():
            owner = parent_column(child, self.table)
            if parts := [part | {owner: row_id} for row_id, row in rows for part in row[name]]:
                session.execute(insert(child), parts)


def _table(model: type[Any]) -> Table:
    table: Table = model.__table__
    return table


AREAS = Register(_table(Area), key="code")
SITES = Register(_table(Site))
VENUES = Register(
    _table(Venue), children={"venue_activities": _table(VenueActivity), "licences": _table(Licence)}
)
REGISTERS = {register.kind: register for register in (AREAS, SITES, VENUES)}


def parent_column(child: Table, parent: Table) -> str:
    """The column of `child` that names its row in `parent`."""
    return next(key.parent.name for key in foreign_keys_to(parent, child))


def foreign_keys_to(parent: Table, table: Table) -> Iterator[ForeignKey]:
    """The foreign keys by which `table` refers to `parent`."""
    return (key for key in table.foreign_keys if key.column.table is parent)


def _without(row: RowMapping, *names: str) -> Values:
    return {name: value for name, value in row.items() if name not in names}


def packed(values: Values) -> bytes:
    """Values of a row as JSON, in one form for the same values; blanks are left out."""
    said = {name: value for name, value in values.items() if value is not None}
    return orjson.dumps(said, default=_plain, option=orjson.OPT_SORT_KEYS)


def _plain(value: Any) -> str:
    if isinstance(value, shapely.Geometry):
        return str(shapely.to_wkb(value, hex=True))
    raise TypeError(type(value))


def unpacked(register: Register, said: bytes) -> Values:
    """The values that `packed` put away."""
    values: Values = orjson.loads(said)
    for name, child in register.children.items():
        values[name] = [_typed(child, part) for part in values.get(name, ())]
    return _typed(register.table, values)


def _typed(table: Table, values: Values) -> Values:
    return {
        name: _value(table.c[name].type, value) if name in table.c else value
        for name, value in values.items()
    }


def _value(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Geometry):
        return shapely.from_wkb(value)
    python_type = getattr(kind, "impl", kind).python_type
    if python_type in (date, datetime):
        return python_type.fromisoformat(value)
    return value
