"""Freezing what other areas are told (外区热点定稿): a chore of the filer, once for each quarter."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Integer, Table, extract, func, insert, select
from sqlalchemy import cast as cast_to
from sqlalchemy.orm import Session

from backend.core import audit
from backend.core.days import SHANGHAI
from backend.core.deployment import Deployment
from backend.inspections.models import Visit
from backend.inspections.queries import uncorrected
from backend.maps.models import FrozenQuarter, ToldBlock
from backend.maps.rules import (
    LEAST_VENUES,
    LEAST_VISITS,
    Counts,
    next_quarter,
    outside_area,
    quarter_begins,
    quarter_to_freeze,
)

BY = "system:maps"


def freeze(deployment: Deployment, now: datetime) -> None:
    """Work out the blocks of every quarter that is over for long enough and was not frozen yet."""
    today = now.astimezone(SHANGHAI).date()
    newest = quarter_to_freeze(today, deployment.settings.freeze_after_days)
    with deployment.reading() as session:
        quarters = _not_frozen(session, newest)
        blocks = list(_told(session, quarters)) if quarters else []
    if not quarters:
        return
    with deployment.unit_of_work() as session:
        frozen = [FrozenQuarter(begins_on=quarter, frozen_on=today) for quarter in quarters]
        session.add_all(frozen)
        session.flush()
        ids = {quarter.begins_on: quarter.id for quarter in frozen}
        rows = [{**block, "quarter_id": ids[quarter]} for quarter, block in blocks]
        if rows:
            session.execute(insert(cast(Table, ToldBlock.__table__)), rows)
        detail = {"quarters": len(quarters), "blocks": len(rows)}
        audit.record(session, "map.freeze", by=BY, subject=f"quarter:{newest}", detail=detail)


def _not_frozen(session: Session, newest: date) -> list[date]:
    """First days of quarters, from the one after the last that is frozen, at first from the first visit's."""
    last = session.scalar(select(func.max(FrozenQuarter.begins_on)))
    first = next_quarter(last) if last else session.scalar(select(func.min(Visit.fact_on)))
    if first is None:
        return []
    quarters = [quarter_begins(first)]
    while quarters[-1] < newest:
        quarters.append(next_quarter(quarters[-1]))
    return [quarter for quarter in quarters if quarter <= newest]


def _told(session: Session, quarters: list[date]) -> Iterable[tuple[date, dict[str, Any]]]:
    """Blocks that are told, each with the first day of its quarter. Each checklist of a visit counts."""
    year, month = (cast_to(extract(part, Visit.fact_on), Integer) for part in ("year", "month"))
    block = (Visit.cell, Visit.area_code, Visit.agency_id, Visit.activity)
    counted = (
        select(
            *block, func.min(Visit.fact_on), func.count(),
            func.count().filter(Visit.found > 0), func.sum(Visit.found),
        )
        .where(Visit.cell.is_not(None), uncorrected())
        .where(Visit.fact_on >= quarters[0], Visit.fact_on < next_quarter(quarters[-1]))
        .group_by(*block, year, (month + 2) // 3)
        .having(func.count() >= LEAST_VISITS, func.min(Visit.venue_id) < func.max(Visit.venue_id))
    )  # fmt: skip
    for *key, day, visits, hits, found in session.execute(counted):
        told = outside_area(Counts(visits, hits, int(found), LEAST_VENUES))
        if told:
            names = ("cell", "area_code", "agency_id", "activity")
            yield quarter_begins(day), dict(zip(names, key, strict=True)) | asdict(told)
