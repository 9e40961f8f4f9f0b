"""Saying for rows that are there already in which area they lie, when areas came or went."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import shapely
from sqlalchemy import Row, Table, bindparam, select, update
from sqlalchemy.orm import Session

from backend.accounts.areas import Areas
from backend.imports.register import BATCH, SITES, VENUES

Place = Row[int, Any, str | None]  # id, place, area_code


def assign_areas(session: Session, *, now: datetime) -> dict[str, int]:
    """Give every place the code of the smallest area that holds it. Returns how many rows changed.

    The version of a row stays: nothing that the row itself says has changed.
    """
    areas = Areas.load(session)
    return {
        register.kind: sum(
            _assign(session, areas, register.table, rows, now) for rows in _chunks(session, register.table)
        )
        for register in (SITES, VENUES)
    }


def _chunks(session: Session, table: Table) -> Iterator[Sequence[Place]]:
    columns, last = (table.c.id, table.c.place, table.c.area_code), 0
    while rows := session.execute(
        select(*columns)
        .where(table.c.id > last, table.c.place.is_not(None))
        .order_by(table.c.id)
        .limit(BATCH)
    ).all():
        yield rows
        last = rows[-1].id


def codes_of(areas: Areas, places: Sequence[Any]) -> list[str | None]:
    """The code of the smallest area that holds each place; of an outline, a point of it decides."""
    return areas.codes_at(shapely.point_on_surface(np.array(places, dtype=object)))


def _assign(session: Session, areas: Areas, table: Table, rows: Sequence[Place], now: datetime) -> int:
    codes = codes_of(areas, [row.place for row in rows])
    changed = [
        {"its_id": row.id, "code": code}
        for row, code in zip(rows, codes, strict=True)
        if row.area_code != code
    ]
    if changed:
        moved = update(table).where(table.c.id == bindparam("its_id"))
        session.execute(moved.values(area_code=bindparam("code"), changed_at=now), changed)
    return len(changed)
