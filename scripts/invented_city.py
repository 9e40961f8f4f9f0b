"""A city for the benchmarks: the demo's district with all that is in it, and as many rows more as a city has.

Rows beyond the demo's are copies of its own with other days, places and numbers; those of the demo stay as
they are, so that one of each kind can be opened.
"""

import random
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import invented_places
import numpy as np
import shapely
from sqlalchemy import LargeBinary, String, UniqueConstraint, func, insert, select

from backend import models
from backend.cli.demo_district import make
from backend.core.days import today
from backend.core.deployment import Deployment
from backend.core.settings import Settings
from backend.screening.actions import screen
from geodata.hotspots import cell_at

Row = dict[str, Any]
DISTRICTS = [f"3199{number:02}" for number in range(1, 17)]  # the first is the demo's
SCHOOLS, VISITS, TASKS, TIPS, PROPOSALS, DEVICES, USERS = 3_500, 200_000, 20_000, 10_000, 4_000, 500, 1_500
NUMBERS, TRAIL, YEARS = 50_000, 300_000, 3
CITY = (np.array([[121.47, 31.23]]), 0.8)
AT_ONCE = 20_000


def build(settings: Settings, folder: Path, venues: int) -> Deployment:
    """Make it; returns its deployment."""
    make(settings, folder / "accounts.json")
    deployment = Deployment.open(settings)
    dice, now = random.Random(1), datetime.now(UTC)
    first, places = _register(deployment, venues, now)
    _visits(deployment, dice, now, first, places)
    _others(deployment, dice, now, first, len(places))
    with deployment.unit_of_work() as session:
        screen(session, settings, today(), by="bench", now=now)
    return deployment


def _register(deployment: Deployment, count: int, now: datetime) -> tuple[int, Any]:
    """Venues and schools; returns the id of the first venue, and where they are."""
    places = invented_places.venues(count, *CITY, seed=1)
    outlines = invented_places.schools(SCHOOLS, *CITY, seed=2)
    activities = list(_distinct(deployment, models.venues.VenueActivity.activity))
    with deployment.unit_of_work() as session:
        first, school = (
            next_id(session, model) for model in (models.venues.Venue, models.protected_sites.Site)
        )
        known = {"changed_at": now, "source": "bench", "source_crs": "EPSG:4490"}
        put(session, models.accounts.Area, [{"code": code, "name": f"示例{code}"} for code in DISTRICTS[1:]])
        put(session, models.protected_sites.Site, (
            {"id": school + n, "ref": f"school:{n}", "name": f"示例小学 {n}", "kind": "primary",
             "place": outline, "area_code": _district(outline.centroid.x), "address": f"示例路{n}号", **known}
            for n, outline in enumerate(outlines)
        ))  # fmt: skip
        put(session, models.venues.Venue, (
            {"id": first + n, "ref": f"bench:{n}", "name": f"示例场所 {n}", "place": point,
             "area_code": _district(point.x), "operator_name": f"示例公司 {n}", **known}
            for n, point in enumerate(shapely.points(places))
        ))  # fmt: skip
        does = [(first + n, activities[n % len(activities)]) for n in range(count)]
        put(session, models.venues.VenueActivity, ({"venue_id": a, "activity": b} for a, b in does))
        put(session, models.venues.Licence, (
            {"venue_id": venue, "activity": activity, "number": f"证{venue}",
             "issued_on": now.date() - timedelta(days=venue % 2000),
             "expires_on": now.date() + timedelta(days=venue % 2000)}
            for venue, activity in does
        ))  # fmt: skip
    return first, places


def _visits(deployment: Deployment, dice: random.Random, now: datetime, first: int, places: Any) -> None:
    """Visits of some years, each with its envelope, a finding, an ID check, a photo, and what it broke."""
    cells = [cell_at(lon, lat) for lon, lat in places.tolist()]
    rooms = models.inspections
    with deployment.unit_of_work() as session:
        samples = [dict(row._mapping) for row in session.execute(select(rooms.Visit.__table__))]
        start, envelope_start = next_id(session, rooms.Visit), next_id(session, models.intake.Envelope)
        envelope = dict(session.execute(select(models.intake.Envelope.__table__)).first()._mapping)
        agencies = {row["activity"]: row["agency_id"] for row in samples}
    for part in _in_parts(VISITS):
        visits, envelopes = [], []
        for n in part:
            sample, venue = samples[n % len(samples)], dice.randrange(len(places))
            at = now - timedelta(days=dice.random() * 365 * YEARS)
            lon, lat = places[venue].tolist()
            name = {"instance_id": f"uuid:{n:032x}", "visit_no": f"uuid:{n:032x}", "received_at": at}
            whose = {"agency_id": agencies[sample["activity"]], "area_code": _district(lon)}
            visits.append(sample | name | whose | {
                "id": start + n, "venue_id": first + venue, "fact_on": at.date(), "filed_at": at, "lon": lon,
                "lat": lat, "cell": cells[venue], "found": (0, 0, 0, 1, 2)[n % 5], "to_review": n % 7 == 0,
                "corrects": None, "several": False,
            })  # fmt: skip
            state = "unfilable" if n % 3000 == 0 else "filed"
            envelopes.append(envelope | name | whose | {"id": envelope_start + n, "state": state})
        with deployment.unit_of_work() as session:
            put(session, rooms.Visit, visits)
            put(session, models.intake.Envelope, envelopes)
            put(
                session,
                rooms.Finding,
                _of(visits, item="ban_sign", answer="ok", duties=[], clauses=[], photos=[]),
            )
            put(session, rooms.IdCheck, _of(visits, method="on_site", people_checked=20, not_verified=1))
            put(session, rooms.VisitFlag, _of(visits[::10], code="missing_photo", count=1, raised_at=now))
            told = {"clauses": [], "reasons": [], "doubts": [], "rulebook_version": 1, "standing": "found"}
            broken = [row | {"fact_on": visit["fact_on"], "duty_id": "ACC-NET-1"}
                      for visit in visits for row in _of([visit] * visit["found"], **told)]  # fmt: skip
            put(session, rooms.Violation, broken)
            _photos(session, visits, envelopes)


def _photos(session: Any, visits: list[Row], envelopes: list[Row]) -> None:
    """One photo a visit; in one of ten a minor may be."""
    named = [uuid.uuid4().bytes for _ in visits]
    put(session, models.inspections.Evidence, (
        {"visit_id": visit["id"], "number": 1, "kind": "photo", "name_hash": name, "about": [],
         "sealed": visit["id"] % 10 == 0}
        for visit, name in zip(visits, named, strict=True)
    ))  # fmt: skip
    put(session, models.intake.EnvelopeFile, (
        {"envelope_id": envelope["id"], "name_hash": name, "sealed_name": b"x", "sealed_key": b"x" * 60,
         "stored": name.hex(), "sha256": "0" * 64, "size": 1, "received_at": envelope["received_at"]}
        for envelope, name in zip(envelopes, named, strict=True)
    ))  # fmt: skip


def _others(deployment: Deployment, dice: random.Random, now: datetime, first: int, venues: int) -> None:
    """Tasks, tips, proposals, numbers, people, tablets, and the trail of what was done."""

    def ago(days: float) -> datetime:
        return now - timedelta(days=dice.random() * days)

    def somewhere(_: int) -> Row:
        return {"area_code": dice.choice(DISTRICTS), "venue_id": first + dice.randrange(venues)}

    def task(n: int) -> Row:
        if n % 5 == 0:
            due = now.date() + timedelta(days=dice.randrange(-60, 60))
            return somewhere(n) | {"state": "open", "due_on": due, "done_at": None}
        done = ago(365 * YEARS)
        return somewhere(n) | {"state": "done", "due_on": done.date(), "done_at": done}

    with deployment.unit_of_work() as session:
        ids = copies(session, models.tasks.Task, TASKS, task)
        one = session.scalar(select(models.tasks.TaskOfficer.user_id))
        put(session, models.tasks.TaskOfficer, ({"task_id": n, "user_id": one, "since": now} for n in ids))
        copies(
            session,
            models.tips.Tip,
            TIPS,
            lambda n: {"area_code": dice.choice(DISTRICTS), "received_at": ago(900)},
            also=("channel_no",),
        )
        copies(session, models.proposals.Proposal, PROPOSALS, lambda n: {"received_at": ago(900)})
        copies(
            session, models.accounts.Device, DEVICES, lambda n: {"last_used_at": ago(9), "name": f"平板 {n}"}
        )
        people = copies(
            session, models.accounts.User, USERS, lambda n: {"display_name": f"人员 {n}", "site_id": None}
        )
        put(
            session,
            models.accounts.UserArea,
            ({"user_id": n, "code": dice.choice(DISTRICTS)} for n in people),
        )
        _numbers(session, now)
        entry = dict(session.execute(select(models.audit.AuditEntry.__table__)).first()._mapping)
        last = session.scalar(select(func.max(models.audit.AuditEntry.seq))) or 0
        put(session, models.audit.AuditEntry, (
            entry | {"seq": last + 1 + n, "at": ago(900), "subject": f"visit:{n}"} for n in range(TRAIL)
        ))  # fmt: skip


def _numbers(session: Any, now: datetime) -> None:
    """Numbers of one series, twenty a block; half of them are used."""
    device = session.scalar(select(func.min(models.accounts.Device.id)))
    series = session.scalar(select(func.min(models.ledger.NumberSeries.id)))
    put(session, models.ledger.NumberBlock, (
        {"id": n + 1, "uuid": str(uuid.uuid4()), "series_id": series, "device_id": device,
         "first": 20 * n + 1, "last": 20 * n + 20, "day": now.date() - timedelta(days=n % 300),
         "reserved_at": now}
        for n in range(NUMBERS // 20)
    ))  # fmt: skip
    put(session, models.ledger.DocumentNumber, (
        {"series_id": series, "number": n + 1, "block_id": n // 20 + 1,
         "state": "used" if n % 2 else "reserved", "document": str(uuid.uuid4()) if n % 2 else None}
        for n in range(NUMBERS)
    ))  # fmt: skip


def copies(
    session: Any, model: Any, count: int, change: Callable[[int], Row], *, also: tuple[str, ...] = ()
) -> list[int]:
    """So many copies of the rows there are, changed; what is unique, `also` that, is made anew. Their ids."""
    table, first = model.__table__, next_id(session, model)
    samples = [dict(row._mapping) for row in session.execute(select(table))]
    alone = [column for column in table.columns if column.unique or column.name in also] + [
        constraint.columns[0] for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint) and len(constraint.columns) == 1
    ]  # fmt: skip

    def copy(n: int) -> Row:
        row = samples[n % len(samples)]
        fresh = {c.name: _fresh(c.type) for c in alone if row[c.name] is not None}
        return row | fresh | {"id": first + n} | change(n)

    put(session, model, map(copy, range(count)))
    return list(range(first, first + count))


def _fresh(kind: Any) -> Any:
    new = uuid.uuid4()
    return (
        new.bytes
        if isinstance(kind, LargeBinary)
        else str(new)[: kind.length if isinstance(kind, String) else None]
    )


def _of(visits: Iterable[Row], **columns: Any) -> list[Row]:
    return [columns | {"visit_id": visit["id"]} for visit in visits]


def put(session: Any, model: Any, rows: Iterable[Row]) -> None:
    rows = list(rows)
    for part in _in_parts(len(rows)):
        session.execute(insert(model.__table__), rows[part.start : part.stop])


def next_id(session: Any, model: Any) -> int:
    return (session.scalar(select(func.max(model.id))) or 0) + 1


def _distinct(deployment: Deployment, column: Any) -> Iterator[Any]:
    with deployment.reading() as session:
        yield from session.scalars(select(column).distinct().order_by(column))


def _district(lon: float) -> str:
    """Sixteen strips from west to east."""
    return DISTRICTS[min(max(int((lon - 121.07) / 0.8 * 16), 0), 15)]


def _in_parts(count: int) -> Iterator[range]:
    for begin in range(0, count, AT_ONCE):
        yield range(begin, min(begin + AT_ONCE, count))
