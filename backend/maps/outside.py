"""What the map tells of other areas: sums of frozen blocks, and of nothing else; see `rules`."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import QueryableAttribute, Session

from backend.accounts.rules import Role
from backend.accounts.scope import Scope, activity_condition, area_condition
from backend.maps.chosen import Chosen
from backend.maps.models import FrozenQuarter, ToldBlock
from backend.maps.rules import Block, Shown, quarter_begins, together
from geodata.hotspots import parent_bits

Key = TypeVar("Key", bound=Hashable)


def told_outside(session: Session, scope: Scope, chosen: Chosen, resolution: int) -> dict[int, Shown]:
    """Cells outside the reader's areas, as far as they tell of nobody.

    Here each checklist of a visit counts by itself: blocks are of one activity.
    """
    keep, put = parent_bits(resolution)
    found = _told(session, scope, chosen, ToldBlock.cell)
    return _together((cell & keep | put, block) for (cell,), block in found)


def told_by_quarter(
    session: Session, scope: Scope, chosen: Chosen, *, by_activity: bool
) -> dict[tuple[str | None, date], Shown]:
    """The same blocks by the first day of their quarter, all together or each activity by itself."""
    found = _told(session, scope, chosen, ToldBlock.activity, FrozenQuarter.begins_on)
    return _together(
        ((activity if by_activity else None, quarter), block) for (activity, quarter), block in found
    )


def _told(session: Session, scope: Scope, chosen: Chosen, *by: Any) -> Iterator[tuple[Any, Block]]:
    """Sums of blocks that fit; none where something is chosen that makes no blocks."""
    if scope.everywhere or not chosen.can_be_told_outside:
        return
    added = (_all_told(column) for column in (ToldBlock.with_violation, ToldBlock.violations))
    asked = select(func.sum(ToldBlock.visits), *added, *by).join_from(ToldBlock, FrozenQuarter)
    rows: Iterable[Any] = session.execute(asked.where(*_fits(scope, chosen)).group_by(*by))
    for visits, with_violation, violations, *key in rows:
        yield tuple(key), Block(visits, with_violation, violations)


def _together(blocks: Iterable[tuple[Key, Block]]) -> dict[Key, Shown]:
    told: dict[Key, list[Block]] = defaultdict(list)
    for key, block in blocks:
        told[key].append(block)
    return {key: together(some) for key, some in told.items()}


def _fits(scope: Scope, chosen: Chosen) -> list[ColumnElement[bool]]:
    """Whole quarters; of others, of the reader's own agency unless they see all."""
    wanted = [~area_condition(scope, ToldBlock.area_code), activity_condition(scope, ToldBlock.activity)]
    wanted += [] if scope.role is Role.COORDINATOR else [ToldBlock.agency_id == scope.agency_id]
    wanted += [ToldBlock.activity == chosen.activity] if chosen.activity else []
    wanted += [FrozenQuarter.begins_on >= quarter_begins(chosen.since)] if chosen.since else []
    wanted += [FrozenQuarter.begins_on <= chosen.until] if chosen.until else []
    return wanted


def _all_told(column: QueryableAttribute[int | None]) -> ColumnElement[int | None]:
    """Their sum, unless one of them is kept back."""
    return case((func.count(column) == func.count(), func.sum(column)))
