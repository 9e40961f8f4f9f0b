"""Inspections as rows that leave this system: plain facts in columns, nothing that was typed, no officer."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from backend.accounts.scope import Scope
from backend.inspections.models import Finding, Standing, Violation, Visit, VisitFlag
from backend.inspections.queries import chosen_visits
from backend.venues.queries import names_of

COLUMNS = (
    "visit_id", "visit_no", "instance_id", "corrects", "corrected_by", "activity", "form_version", "fact_on",
    "started_at", "ended_at", "received_at", "area_code", "agency_id", "venue_id", "venue_name", "lon", "lat",
    "accuracy_m", "measures", "items_in_breach", "violations_found", "violations_to_review", "flags",
)  # fmt: skip
AT_ONCE = 1000
Row = dict[str, Any]


def rows(session: Session, scope: Scope, **filters: Any) -> Iterator[Row]:
    """Every visit in scope that fits, newest first, as COLUMNS; read a thousand at a time."""
    wanted = chosen_visits(scope, **filters).order_by(Visit.id.desc()).limit(AT_ONCE)
    wanted = wanted.options(selectinload(Visit.corrections))
    part = list(session.scalars(wanted))
    while part:
        yield from _rows(session, part)
        oldest = part[-1].id
        session.expunge_all()
        part = list(session.scalars(wanted.where(Visit.id < oldest)))


def geojson(found: Iterator[Row]) -> Iterator[bytes]:
    """A FeatureCollection, feature by feature; a visit without a position has no geometry."""
    yield b'{"type":"FeatureCollection","features":['
    for number, row in enumerate(found):
        yield (b",\n" if number else b"\n") + orjson.dumps(_feature(row))
    yield b"\n]}\n"


def _feature(row: Row) -> Row:
    has_place = row["lon"] is not None and row["lat"] is not None
    point = {"type": "Point", "coordinates": [row["lon"], row["lat"]]} if has_place else None
    told = {name: value for name, value in row.items() if name not in ("lon", "lat")}
    return {"type": "Feature", "id": row["visit_id"], "geometry": point, "properties": told}


def _rows(session: Session, visits: Sequence[Visit]) -> Iterator[Row]:
    names = names_of(session, {one.venue_id for one in visits if one.venue_id})
    breaches = _by_visit(session, visits, Finding, Finding.item, Finding.answer == "breach")
    found = _by_visit(session, visits, Violation, Violation.duty_id, Violation.standing == Standing.FOUND)
    review = _by_visit(session, visits, Violation, Violation.duty_id, Violation.standing == Standing.REVIEW)
    flags = _by_visit(session, visits, VisitFlag, VisitFlag.code, VisitFlag.settled_at.is_(None))
    for one in visits:
        more = {
            "visit_id": one.id,
            "corrected_by": max(one.corrected_by_ids, default=None),
            "venue_name": names.get(one.venue_id or 0),
            "measures": " ".join(one.measures),
            "items_in_breach": " ".join(breaches[one.id]),
            "violations_found": " ".join(found[one.id]),
            "violations_to_review": " ".join(review[one.id]),
            "flags": " ".join(flags[one.id]),
        }
        yield {name: more[name] if name in more else getattr(one, name) for name in COLUMNS}


def _by_visit(
    session: Session, visits: Sequence[Visit], table: Any, column: Any, which: Any
) -> dict[int, list[str]]:
    between = table.visit_id.between(visits[-1].id, visits[0].id)
    found: dict[int, list[str]] = defaultdict(list)
    for visit_id, value in session.execute(select(table.visit_id, column).where(between, which)):
        found[visit_id].append(value or "item")
    return found
