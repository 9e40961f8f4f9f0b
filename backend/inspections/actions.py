"""What can be done to inspections. The caller owns the transaction; nothing here commits."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, exists, insert, select, update
from sqlalchemy.orm import Session

from backend.accounts.scope import Person
from backend.core import audit
from backend.core.db import Base, insert_if_new
from backend.inspections.drafts import Draft, Row
from backend.inspections.errors import AlreadyConfirmed, NothingToConfirm, OwnCorrection
from backend.inspections.flags import OF_FILES
from backend.inspections.models import (
    Evidence,
    Finding,
    IdCheck,
    JudgedSign,
    PictureMark,
    PictureWaiting,
    Standing,
    Violation,
    ViolationBasis,
    Visit,
    VisitDistance,
    VisitFlag,
)
from backend.inspections.queries import alike_pictures, corrected_by
from backend.venues.models import Venue
from geodata.hotspots import cell_at

_SAME_VISIT = (
    select(Visit.id, Visit.cell, Visit.several)
    .where(Visit.visit_no == bindparam("visit_no"))
    .where(Visit.agency_id.is_not_distinct_from(bindparam("agency_id")))
    .order_by(Visit.id)
)
_VENUE_PLACE = select(Venue.place).where(Venue.id == bindparam("venue_id"))


def record_inspection(session: Session, draft: Draft, *, by: str, now: datetime) -> tuple[int, bool]:
    """Record a visit once, however often it comes; files that come later complete its evidence.

    Returns the id of the visit, and whether it is new.
    """
    visit_id = insert_if_new(session, Visit, **draft.visit, **_on_maps(session, draft), filed_at=now)
    if visit_id is None:
        return _complete(session, draft, by=by, now=now), False
    _insert(session, Finding, draft.findings, visit_id=visit_id)
    _insert(session, IdCheck, draft.id_checks, visit_id=visit_id)
    _insert(session, Evidence, draft.evidence, visit_id=visit_id)
    _insert(session, VisitDistance, draft.distances, visit_id=visit_id)
    _queue_pictures(session, draft, visit_id)
    _insert(session, JudgedSign, draft.judged, visit_id=visit_id)
    raised = [{"code": code, "count": count} for code, count in draft.flags.items()]
    _insert(session, VisitFlag, raised, visit_id=visit_id, raised_at=now)
    for row, bases in draft.breaches:
        violations = _table(Violation)
        one = insert(violations).values(**row, visit_id=visit_id).returning(violations.c.id)
        _insert(session, ViolationBasis, bases, violation_id=session.scalar(one))
    detail = {"instance": draft.visit["instance_id"], "violations": len(draft.breaches)}
    audit.record(session, "visit.record", by=by, subject=f"visit:{visit_id}", detail=detail)
    return visit_id, True


def _on_maps(session: Session, draft: Draft) -> Row:
    standings = [row["standing"] for row, _ in draft.breaches]
    counts = {"found": standings.count(Standing.FOUND), "to_review": standings.count(Standing.REVIEW)}
    return counts | place_on_map(session, draft.visit)


def place_on_map(session: Session, visit: Row) -> Row:
    """In which cell of the map a new checklist is counted, and whether others of the same visit are here.

    All of one visit are counted in one cell, that of the first with a place: where it was begun, else where
    its venue stands. Without a place it is on no map of cells.
    """
    named = {name: visit.get(name) for name in ("visit_no", "agency_id")}
    others = session.execute(_SAME_VISIT, named).all()
    if alone := [row.id for row in others if not row.several]:
        session.execute(update(Visit).where(Visit.id.in_(alone)).values(several=True))
    cell = next((row.cell for row in others if row.cell is not None), None)
    return {"cell": _cell(session, visit) if cell is None else cell, "several": bool(others)}


def _cell(session: Session, visit: Row) -> int | None:
    if visit.get("lon") is not None:
        return cell_at(visit["lon"], visit["lat"])
    place = session.execute(_VENUE_PLACE, {"venue_id": visit.get("venue_id")}).scalar()
    return cell_at(place.x, place.y) if place else None


def confirm_correction(session: Session, correction: Visit, *, by: Person, now: datetime) -> Visit:
    """Let a colleague's correction count: from now on the older visit is shown as corrected.

    Raises NothingToConfirm where it corrects no colleague's visit, OwnCorrection, AlreadyConfirmed.
    """
    older = corrected_by(session, correction)
    if older is None or older.user_id == correction.user_id:
        raise NothingToConfirm(visit_id=correction.id)
    if older.corrects and older.received_at > correction.received_at:  # two must not hide each other
        raise NothingToConfirm(visit_id=correction.id)
    if by.id in (correction.user_id, older.user_id):
        raise OwnCorrection(visit_id=correction.id)
    if correction.confirmed_at is not None:
        raise AlreadyConfirmed(visit_id=correction.id)
    correction.confirmed_by, correction.confirmed_at = by.id, now
    session.flush()
    _raise_or_settle(session, correction.id, "correction_to_confirm", 0, now)
    session.expire(correction, ["flags"])
    detail = {"corrects": older.id}
    audit.record(
        session, "visit.confirm_correction", by=by.actor, subject=f"visit:{correction.id}", detail=detail
    )
    return correction


def _insert(session: Session, model: type[Base], rows: list[Row], **shared: Any) -> None:
    if rows:
        session.execute(insert(_table(model)), [row | shared for row in rows])


def _table(model: type[Base]) -> Table:
    return cast(Table, model.__table__)


def _complete(session: Session, draft: Draft, *, by: str, now: datetime) -> int:
    """Note which files have arrived since. Everything else about the visit stays as it was filed."""
    instance_id = draft.visit["instance_id"]
    visit_id = session.execute(select(Visit.id).where(Visit.instance_id == instance_id)).scalar_one()
    for row in draft.evidence:
        arrived = {"arrived_sha256": row["arrived_sha256"]}
        missing = (Evidence.number == row["number"], Evidence.arrived_sha256.is_(None))
        session.execute(update(Evidence).where(Evidence.visit_id == visit_id, *missing).values(arrived))
    _queue_pictures(session, draft, visit_id)
    for code in sorted(OF_FILES):
        _raise_or_settle(session, visit_id, code, draft.flags.get(code, 0), now)
    audit.record(session, "visit.complete", by=by, subject=f"visit:{visit_id}")
    return visit_id


def _queue_pictures(session: Session, draft: Draft, visit_id: int) -> None:
    """Note which photos are here and were not compared with earlier ones yet."""
    if not any(row["kind"] == "photo" and row["arrived_sha256"] for row in draft.evidence):
        return
    done = [exists().where(table.evidence_id == Evidence.id) for table in (PictureWaiting, PictureMark)]
    here = select(Evidence.id).where(
        Evidence.visit_id == visit_id, Evidence.kind == "photo", Evidence.arrived_sha256.is_not(None)
    )
    fresh = here.where(*(~one for one in done))
    session.execute(insert(_table(PictureWaiting)).from_select(["evidence_id"], fresh))


def mark_picture(
    session: Session, waiting_id: int, marks: Sequence[int], *, memory_from: date, now: datetime
) -> int:
    """Keep the marks of a photo and flag its visit if it looks like one of another visit of the agency.

    Returns how many earlier photos look like it.
    """
    waiting = session.get_one(PictureWaiting, waiting_id)
    evidence = session.get_one(Evidence, waiting.evidence_id)
    visit = session.get_one(Visit, evidence.visit_id)
    alike = alike_pictures(session, visit, marks, since=memory_from)
    kept = [{"evidence_id": evidence.id, "mark": mark, "fact_on": visit.fact_on} for mark in marks]
    _insert(session, PictureMark, kept)
    if alike:
        there = select(VisitFlag.count).where(
            VisitFlag.visit_id == visit.id, VisitFlag.code == "reused_picture"
        )
        _raise_or_settle(session, visit.id, "reused_picture", (session.scalar(there) or 0) + 1, now)
    session.delete(waiting)
    return len(alike)


def _raise_or_settle(session: Session, visit_id: int, code: str, count: int, now: datetime) -> None:
    flag = update(VisitFlag).where(VisitFlag.visit_id == visit_id, VisitFlag.code == code)
    if not count:
        session.execute(flag.where(VisitFlag.settled_at.is_(None)).values(settled_at=now))
    elif not insert_if_new(session, VisitFlag, visit_id=visit_id, code=code, count=count, raised_at=now):
        session.execute(flag.values(count=count, settled_at=None))
