"""Work orders of other channels become tips (工单导入). The caller owns the transaction.

A row whose columns or values nobody has mapped waits, sealed, and is tried again with each new mapping.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import uuid4

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.accounts.queries import areas_to_choose
from backend.accounts.scope import Scope, area_condition
from backend.core import audit
from backend.core.days import SHANGHAI
from backend.core.errors import InvalidInput, NotFound
from backend.core.personal_numbers import mask
from backend.core.sealed import VisitKey, known_visit_key, visit_key
from backend.core.spreadsheets import without_guard
from backend.rulebook import queries as rulebook
from backend.tasks.errors import ImportRefused
from backend.tasks.table import cells
from backend.tips.actions import receive_order
from backend.tips.errors import OrdersRefused
from backend.tips.order_models import ChannelMapping, OrderFile, OrderRow
from backend.tips.orders import Meaning, Order, RowState, RowUnclear, faults_of_mapping, meant, rows_of_json
from backend.tips.rules import Source

LARGEST, MOST_ROWS = 4 * 2**20, 2000


def read(content: bytes, file_name: str) -> list[dict[str, str]]:
    """The rows of an Excel workbook or a JSON list, as texts by heading. Raises OrdersRefused."""
    if len(content) > LARGEST:
        raise OrdersRefused(file="too_large")
    found = _json(content) if file_name.lower().endswith(".json") else _workbook(content)
    rows = [row for row in found if any(row.values())]
    if not rows or len(rows) > MOST_ROWS:
        raise OrdersRefused(file="too_large" if rows else "empty")
    return rows


def mapping_of(session: Session, channel: Source) -> ChannelMapping | None:
    """How a channel is read now."""
    versions = select(ChannelMapping).where(ChannelMapping.channel == channel)
    return session.scalar(versions.order_by(ChannelMapping.version.desc()).limit(1))


def put_mapping(
    session: Session, channel: Source, columns: Mapping[str, str], values: Mapping[str, Mapping[str, str]],
    *, by: str, now: datetime,
) -> ChannelMapping | None:  # fmt: skip
    """Add to how a channel is read, as a new version; the same again makes none. Raises InvalidInput."""
    known = mapping_of(session, channel)
    before = Meaning(known.columns, known.values) if known else Meaning({}, {})
    after = before.with_more(columns, values)
    if wrong := faults_of_mapping(after, _kinds(session), _areas(session)):
        raise InvalidInput(**wrong)
    if after == before:
        return known
    number = known.version + 1 if known else 1
    said = {
        "columns": dict(after.columns),
        "values": {name: dict(table) for name, table in after.values.items()},
    }
    made = ChannelMapping(channel=channel, version=number, **said, made_by=by, made_at=now)
    session.add(made)
    session.flush()
    detail = {"channel": channel, "version": number}
    audit.record(session, "channel.map", by=by, subject=f"channel_mapping:{made.id}", detail=detail)
    return made


def take_in(
    session: Session, channel: Source, rows: Sequence[Mapping[str, str]],
    *, area_code: str, scope: Scope | None, by: str, now: datetime,
) -> OrderFile:  # fmt: skip
    """Make tips of the rows of a file; what is unclear waits or is refused, each with its reason."""
    key = visit_key(session, f"orders:{uuid4()}")
    file = OrderFile(channel=channel, area_code=area_code, key_id=key.row_id, read_by=by, read_at=now)
    session.add(file)
    session.flush()
    reader = _Reader.of(session, channel)
    for number, row in enumerate(rows, 2):  # as Excel counts, below the headings
        kept = OrderRow(order_file_id=file.id, number=number, state=RowState.QUARANTINED, faults={},
                        mapping_version=0)  # fmt: skip
        kept.sealed = key.seal(orjson.dumps(row), _place(file.id, number))
        session.add(kept)
        _try(session, file, kept, reader, row, scope, now)
    session.flush()
    detail = {"channel": channel} | Counter(row.state for row in file.rows)
    audit.record(session, "channel.import", by=by, subject=f"order_file:{file.id}", detail=detail)
    return file


def try_again(session: Session, channel: Source, scope: Scope, *, by: str, now: datetime) -> int:
    """Try the waiting rows of a channel in scope with its newest mapping; how many became tips."""
    waiting = (
        select(OrderFile, OrderRow)
        .join(OrderRow, OrderRow.order_file_id == OrderFile.id)
        .where(OrderFile.channel == channel, OrderRow.state == RowState.QUARANTINED, _visible(scope))
        .order_by(OrderRow.id)
        .with_for_update(of=OrderRow)
    )
    reader, done = _Reader.of(session, channel), 0
    for file, row in session.execute(waiting).all():
        said = _opened(known_visit_key(session, file.key_id), file, row)
        _try(session, file, row, reader, said, scope, now)
        done += row.tip_id is not None
    if done:
        detail = {"channel": channel, "taken": done}
        audit.record(session, "channel.retry", by=by, subject=f"channel:{channel}", detail=detail)
    return done


def list_files(
    session: Session, scope: Scope, *, offset: int = 0, limit: int = 20
) -> tuple[list[tuple[OrderFile, dict[str, int]]], int]:
    """The files in scope, newest first, with how many rows of each state; and how many files."""
    chosen = select(OrderFile).where(_visible(scope))
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    files = session.scalars(chosen.order_by(OrderFile.id.desc()).offset(offset).limit(limit)).all()
    counted = select(OrderRow.order_file_id, OrderRow.state, func.count()).where(
        OrderRow.order_file_id.in_([one.id for one in files])
    )
    counts: dict[int, dict[str, int]] = {one.id: {} for one in files}
    for file_id, state, count in session.execute(counted.group_by(OrderRow.order_file_id, OrderRow.state)):
        counts[file_id][state] = count
    return [(one, counts[one.id]) for one in files], total


def file_of(session: Session, scope: Scope, file_id: int) -> OrderFile:
    """A file in scope; NotFound for all others."""
    found = session.scalar(select(OrderFile).where(OrderFile.id == file_id, _visible(scope)))
    if found is None:
        raise NotFound(order_file_id=file_id)
    return found


def to_map(file: OrderFile) -> dict[str, list[str]]:
    """The headings and values of a file that nobody has mapped yet, each once."""
    found: dict[str, dict[str, None]] = {}
    for row in file.rows:
        if row.state == RowState.QUARANTINED:
            for name, said in (row.faults or {}).items():
                found.setdefault(name, {}).update(dict.fromkeys(said))
    return {name: list(said) for name, said in found.items()}


@dataclass(frozen=True, slots=True)
class _Reader:
    """What reads the rows of a file: the newest mapping of its channel, and what is known here."""

    meaning: Meaning
    version: int
    kinds: frozenset[str]
    areas: frozenset[str]

    @classmethod
    def of(cls, session: Session, channel: Source) -> Self:
        found = mapping_of(session, channel)
        meaning = Meaning(found.columns, found.values) if found else Meaning({}, {})
        return cls(meaning, found.version if found else 0, _kinds(session), _areas(session))

    def read(self, file: OrderFile, said: Mapping[str, str], scope: Scope | None, now: datetime) -> Order:
        order = meant(
            said, self.meaning, channel=Source(file.channel), kinds=self.kinds, areas=self.areas,
            area_code=file.area_code, now=now,
        )  # fmt: skip
        if scope is not None and not scope.covers(order.noted.area_code):
            raise RowUnclear({"area": ["not_your_area"]}, waits=False)
        return order


def _try(
    session: Session, file: OrderFile, row: OrderRow, reader: _Reader, said: Mapping[str, str],
    scope: Scope | None, now: datetime,
) -> None:  # fmt: skip
    row.mapping_version = reader.version
    try:
        order = reader.read(file, said, scope, now)
    except RowUnclear as why:
        row.state = RowState.QUARANTINED if why.waits else RowState.REFUSED
        row.faults = {name: [mask(one) for one in found] for name, found in why.faults.items()}
        return
    tip, is_new = receive_order(
        session, Source(file.channel), order.number, order.noted, order.contact,
        has_complaint=order.has_complaint, received_at=order.received_at, now=now,
    )  # fmt: skip
    row.state, row.tip_id = (RowState.TAKEN if is_new else RowState.KNOWN), tip.id
    row.faults = row.sealed = None


def _opened(key: VisitKey, file: OrderFile, row: OrderRow) -> dict[str, str]:
    said: dict[str, str] = orjson.loads(key.open(row.sealed or b"", _place(file.id, row.number)))
    return said


def _place(file_id: int, number: int) -> str:
    return f"order:{file_id}:{number}"


def _visible(scope: Scope) -> Any:
    return area_condition(scope, OrderFile.area_code)


def _kinds(session: Session) -> frozenset[str]:
    return frozenset(kind.id for kind in rulebook.current(session).tip_kinds)


def _areas(session: Session) -> frozenset[str]:
    return frozenset(code for code, _ in areas_to_choose(session))


def _json(content: bytes) -> list[dict[str, str]]:
    try:
        rows = rows_of_json(json.loads(content))
    except (ValueError, RecursionError):
        rows = None
    if rows is None:
        raise OrdersRefused(file="not_a_table")
    return rows


def _workbook(content: bytes) -> list[dict[str, str]]:
    try:
        found = cells(content, longest=MOST_ROWS)
    except ImportRefused as why:
        raise OrdersRefused(file=why.data["table"]) from None
    headings = [_text(cell) for cell in found[0]] if found else []
    if len(named := [one for one in headings if one]) != len(set(named)):
        raise OrdersRefused(file="columns_twice")
    return [
        {heading: _text(cell) for heading, cell in zip(headings, row, strict=False) if heading}
        for row in found[1:]
    ]


def _text(cell: Any) -> str:
    """A cell as it is meant: times whole, numbers without a point. Shanghai's clock in a cell of Excel."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        rounded = cell + timedelta(microseconds=500_000)  # Excel keeps parts of a day
        return rounded.replace(microsecond=0, tzinfo=SHANGHAI).isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return without_guard(str(cell).strip())
