"""What the map tells of other areas: blocks of cell, activity and quarter, told or kept back; see `rules`."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Integer, cast, extract, func, select, true
from sqlalchemy.orm import Session

from backend.accounts.rules import Role
from backend.accounts.scope import Scope, activity_condition, area_condition
from backend.core.settings import Settings
from backend.inspections.models import Visit
from backend.inspections.queries import uncorrected
from backend.maps.chosen import Chosen
from backend.maps.kept import Kept
from backend.maps.rules import (
    LEAST_VENUES,
    LEAST_VISITS,
    Counts,
    Shown,
    finished_quarters,
    outside_area,
    quarter_begins,
    together,
)
from geodata.hotspots import parent_bits

Key = TypeVar("Key", bound=Hashable)
Block = tuple[int, str, date]  # cell, activity, first day of the quarter
blocks: Kept[dict[Block, Shown]] = Kept(seconds=24 * 3600, room=1_000_000)  # told blocks of a day


def told_outside(
    session: Session, settings: Settings, scope: Scope, chosen: Chosen, resolution: int, today: date
) -> dict[int, Shown]:
    """Cells outside the reader's areas, as far as they tell of nobody.

    Here each checklist of a visit counts by itself: blocks are of one activity.
    """
    keep, put = parent_bits(resolution)
    found = _chosen_blocks(session, settings, scope, chosen, today)
    return _together((cell & keep | put, shown) for (cell, _, _), shown in found)


def told_by_quarter(
    session: Session, settings: Settings, scope: Scope, chosen: Chosen, today: date, *, by_activity: bool
) -> dict[tuple[str | None, date], Shown]:
    """The same blocks by the first day of their quarter, all together or each activity by itself."""
    found = _chosen_blocks(session, settings, scope, chosen, today)
    return _together(
        ((activity if by_activity else None, quarter), shown) for (_, activity, quarter), shown in found
    )


def _together(blocks: Iterable[tuple[Key, Shown]]) -> dict[Key, Shown]:
    told: dict[Key, list[Shown]] = defaultdict(list)
    for key, shown in blocks:
        told[key].append(shown)
    return {key: together(some) for key, some in told.items()}


def _chosen_blocks(
    session: Session, settings: Settings, scope: Scope, chosen: Chosen, today: date
) -> Iterator[tuple[Block, Shown]]:
    """The told blocks that fit; none where something is chosen that makes no blocks."""
    if scope.everywhere or not chosen.can_be_told_outside:
        return
    first, last = finished_quarters(chosen.since, chosen.until, today)
    every = blocks.get((settings.database, scope.view, today), lambda: _told_blocks(session, scope, today))
    for block, shown in every.items():
        _, activity, quarter = block
        if (first or quarter) <= quarter <= last and chosen.activity in (activity, None):
            yield block, shown


def _told_blocks(session: Session, scope: Scope, today: date) -> dict[Block, Shown]:
    """All blocks that are told at all. Once a day: so late visits show in no two answers of it either."""
    theirs = true() if scope.role is Role.COORDINATOR else Visit.agency_id == scope.agency_id
    others = ~area_condition(scope, Visit.area_code)
    year, month = (cast(extract(part, Visit.fact_on), Integer) for part in ("year", "month"))
    counted = (
        select(
            Visit.cell, Visit.activity, func.min(Visit.fact_on), func.count(),
            func.count().filter(Visit.found > 0), func.sum(Visit.found),
        )
        .where(others, theirs, uncorrected(), activity_condition(scope, Visit.activity))
        .where(Visit.cell.is_not(None), Visit.fact_on < quarter_begins(today))
        .group_by(Visit.cell, Visit.activity, year, (month + 2) // 3)
        .having(func.count() >= LEAST_VISITS, func.min(Visit.venue_id) < func.max(Visit.venue_id))
    )  # fmt: skip
    rows: Iterable[Any] = session.execute(counted)
    told = {
        (cell, activity, quarter_begins(day)): outside_area(Counts(visits, hits, int(found), LEAST_VENUES))
        for cell, activity, day, visits, hits, found in rows
    }
    return {block: shown for block, shown in told.items() if shown}
