"""What the map tells of other areas: blocks of cell, activity and quarter, told or kept back; see `rules`."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import extract, func, select, true
from sqlalchemy.orm import Session

from backend.accounts.rules import Role
from backend.accounts.scope import Scope, area_condition
from backend.inspections.models import Visit
from backend.inspections.queries import uncorrected
from backend.maps.chosen import Chosen, of_period
from backend.maps.rules import (
    LEAST_VENUES,
    LEAST_VISITS,
    Counts,
    Shown,
    finished_quarters,
    outside_area,
    together,
)
from geodata.hotspots import parent_bits


def told_outside(
    session: Session, scope: Scope, chosen: Chosen, resolution: int, today: date
) -> dict[int, Shown]:
    """Cells outside the reader's areas, as far as they tell of nobody.

    Here each checklist of a visit counts by itself: blocks are of one activity.
    """
    if scope.everywhere or not chosen.can_be_told_outside:
        return {}
    first, last = finished_quarters(chosen.since, chosen.until, today)
    if first is not None and first > last:
        return {}
    theirs = true() if scope.role is Role.COORDINATOR else Visit.agency_id == scope.agency_id
    others = ~area_condition(scope, Visit.area_code)
    quarter = (extract("month", Visit.fact_on) + 2) / 3
    blocks = (
        select(
            Visit.cell,
            func.count().label("visits"),
            func.count().filter(Visit.found > 0).label("hits"),
            func.sum(Visit.found).label("found"),
        )
        .where(others, theirs, uncorrected(), Visit.cell.is_not(None))
        .where(*of_period(scope, chosen.activity, first, last))
        .group_by(Visit.cell, Visit.activity, extract("year", Visit.fact_on), func.floor(quarter))
        .having(func.count() >= LEAST_VISITS, func.min(Visit.venue_id) < func.max(Visit.venue_id))
    )
    keep, put = parent_bits(resolution)
    told: dict[int, list[Shown]] = defaultdict(list)
    rows: Iterable[Any] = session.execute(blocks)
    for cell, visits, hits, found in rows:
        if block := outside_area(Counts(visits, hits, found, LEAST_VENUES)):
            told[cell & keep | put].append(block)
    return {cell: together(some) for cell, some in told.items()}
