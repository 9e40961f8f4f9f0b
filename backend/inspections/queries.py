"""Looking up visits and violations. An agency sees its own of the area, a coordinator all of the area."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from backend.accounts.rules import Role
from backend.accounts.scope import Scope, area_condition
from backend.core.errors import NotFound
from backend.core.sealed import known_visit_key
from backend.inspections.drafts import open_record
from backend.inspections.models import Evidence, PictureMark, Violation, Visit, VisitFlag
from backend.inspections.pictures import ALIKE


def visible(scope: Scope) -> ColumnElement[bool]:
    """Visits that somebody may see."""
    theirs = true() if scope.role is Role.COORDINATOR else Visit.agency_id == scope.agency_id
    return and_(area_condition(scope, Visit.area_code), theirs)


def current() -> ColumnElement[bool]:
    """Visits that no later one corrects; both stay."""
    return ~Visit.corrections.any()


def uncorrected() -> ColumnElement[bool]:
    """The same as `current`, asked once for all instead of for each: for counts over whole registers."""
    older, newer = aliased(Visit), aliased(Visit)
    corrected = select(older.id).join(older.corrections.of_type(newer)).where(newer.corrects > "")
    return Visit.id.not_in(corrected)


def list_visits(
    session: Session, scope: Scope, *, offset: int = 0, limit: int = 20, **filters: Any
) -> tuple[list[Visit], int]:
    """Visits, newest first, with their flags, and how many there are; for the filters see `chosen_visits`."""
    chosen = chosen_visits(scope, **filters)
    total = _count(session, chosen)
    page = chosen.options(selectinload(Visit.flags)).order_by(Visit.id.desc()).offset(offset).limit(limit)
    return list(session.scalars(page)), total


def chosen_visits(
    scope: Scope,
    *,
    venue_id: int | None = None,
    activity: str | None = None,
    visit_no: str | None = None,
    flag: str | None = None,
    flagged: bool = False,
    since: date | None = None,
    until: date | None = None,
    only_current: bool = False,
) -> Select[Visit]:
    """Visits in scope that fit. Both days are counted."""
    chosen = _of_visits(
        select(Visit).where(visible(scope)), venue_id=venue_id, activity=activity, since=since, until=until
    )
    if visit_no:
        chosen = chosen.where(Visit.visit_no == visit_no)
    if flag or flagged:
        raised = exists().where(VisitFlag.visit_id == Visit.id, VisitFlag.settled_at.is_(None))
        chosen = chosen.where(raised.where(VisitFlag.code == flag) if flag else raised)
    return chosen.where(current()) if only_current else chosen


def visit(session: Session, scope: Scope, visit_id: int) -> Visit:
    """A visit with all that was found; NotFound for those out of scope."""
    children = (
        Visit.flags,
        Visit.findings,
        Visit.id_checks,
        Visit.evidence,
        Visit.distances,
        Visit.corrections,
        Visit.judged,
    )
    module = selectinload(Visit.modules)
    found = session.scalar(
        select(Visit)
        .where(Visit.id == visit_id, visible(scope))
        .options(
            *map(selectinload, children),
            selectinload(Visit.violations).selectinload(Violation.bases),
            module.selectinload(Visit.violations).selectinload(Violation.bases),
            module.selectinload(Visit.judged),
            module.selectinload(Visit.corrections),
        )
    )
    if found is None:
        raise NotFound(visit_id=visit_id)
    return found


def record_of(session: Session, visit: Visit) -> dict[str, Any]:
    """Everything that was typed, as filed and masked. Whoever shows it writes that into the audit trail."""
    return open_record(known_visit_key(session, visit.key_id), visit.instance_id, visit.record)


def evidence(session: Session, scope: Scope, visit_id: int, number: int) -> tuple[Visit, Evidence]:
    """One piece of evidence of a visit in scope."""
    numbered = (Evidence.visit_id == Visit.id, Evidence.number == number)
    row = session.execute(
        select(Visit, Evidence).where(Visit.id == visit_id, visible(scope), *numbered)
    ).one_or_none()
    if row is None:
        raise NotFound(visit_id=visit_id, number=number)
    return row.Visit, row.Evidence


def corrected_by(session: Session, visit: Visit) -> Visit | None:
    """The visit of the same agency that this one says it corrects, if it is here."""
    named = select(Visit).where(Visit.instance_id == visit.corrects, Visit.agency_id == visit.agency_id)
    return session.scalar(named) if visit.corrects else None


def said_corrections(session: Session, scope: Scope, visit: Visit) -> list[Visit]:
    """Every visit that says it corrects this one, oldest first; those of colleagues may wait for a yes."""
    chosen = select(Visit).where(Visit.corrects == visit.instance_id, visible(scope))
    children = (Visit.findings, Visit.id_checks, Visit.evidence)
    return list(session.scalars(chosen.order_by(Visit.id).options(*map(selectinload, children))))


def alike_pictures(session: Session, visit: Visit, marks: Sequence[int], *, since: date) -> list[int]:
    """Photos of other visits (evidence ids) that look like the one with these marks.

    Modules of the same visit, and a visit and its correction, may show the same photo.
    """
    if not marks:
        return []
    related = or_(
        Visit.visit_no == visit.visit_no,
        Visit.instance_id == (visit.corrects or ""),
        func.coalesce(Visit.corrects, "") == visit.instance_id,
    )
    found = (
        select(PictureMark.evidence_id)
        .join(Evidence, Evidence.id == PictureMark.evidence_id)
        .join(Visit, Visit.id == Evidence.visit_id)
        .where(PictureMark.mark.in_(marks), PictureMark.fact_on >= since, ~related)
        .group_by(PictureMark.evidence_id)
        .having(func.count() >= ALIKE)
    )
    return list(session.scalars(found))


def modules_of(session: Session, scope: Scope, visit: Visit) -> list[Visit]:
    """The other checklists of the same visit, without those that a correction replaced."""
    same = select(Visit).where(Visit.visit_no == visit.visit_no, Visit.id != visit.id, visible(scope))
    return list(session.scalars(same.where(current()).order_by(Visit.id)))


def visit_of_instance(session: Session, scope: Scope, instance_id: str) -> int | None:
    """The id of a visit in scope by its instanceID; nothing while it was not filed."""
    return session.scalar(select(Visit.id).where(Visit.instance_id == instance_id, visible(scope)))


def list_violations(
    session: Session,
    scope: Scope,
    *,
    venue_id: int | None = None,
    activity: str | None = None,
    visit_no: str | None = None,
    duty: str | None = None,
    standing: str | None = None,
    since: date | None = None,
    until: date | None = None,
    offset: int = 0,
    limit: int = 20,
) -> tuple[list[Violation], int]:
    """Violations that no correction has taken back, newest first, with all their bases; and how many."""
    chosen = _of_visits(
        select(Violation).join(Visit, Visit.id == Violation.visit_id).where(visible(scope), current()),
        venue_id=venue_id, activity=activity, since=since, until=until,
    )  # fmt: skip
    if visit_no:
        chosen = chosen.where(Visit.visit_no == visit_no)
    if duty:
        chosen = chosen.where(Violation.duty_id == duty)
    if standing:
        chosen = chosen.where(Violation.standing == standing)
    total = _count(session, chosen)
    loaded = chosen.options(joinedload(Violation.visit), selectinload(Violation.bases))
    page = loaded.order_by(Violation.id.desc()).offset(offset).limit(limit)
    return list(session.scalars(page)), total


def violations_by_id(session: Session, scope: Scope, wanted: Sequence[int]) -> list[Violation]:
    """These violations, as far as they are in scope and no correction has taken them back."""
    chosen = select(Violation).join(Visit, Visit.id == Violation.visit_id)
    mine = chosen.where(Violation.id.in_(wanted), visible(scope), current())
    return list(session.scalars(mine.options(joinedload(Violation.visit)).order_by(Violation.id)))


def visits_of_venue(session: Session, scope: Scope, venue_id: int, *, limit: int = 50) -> list[Visit]:
    """The newest visits to a venue that the caller may see."""
    return list_visits(session, scope, venue_id=venue_id, limit=limit)[0]


def violations_of_venue(session: Session, scope: Scope, venue_id: int, *, limit: int = 50) -> list[Violation]:
    """The newest violations found at a venue that the caller may see."""
    return list_violations(session, scope, venue_id=venue_id, limit=limit)[0]


def _of_visits(
    chosen: Select[Any],
    *,
    venue_id: int | None,
    activity: str | None,
    since: date | None,
    until: date | None,
) -> Select[Any]:
    if venue_id is not None:
        chosen = chosen.where(Visit.venue_id == venue_id)
    if activity:
        chosen = chosen.where(Visit.activity == activity)
    if since:
        chosen = chosen.where(Visit.fact_on >= since)
    if until:
        chosen = chosen.where(Visit.fact_on <= until)
    return chosen


def _count(session: Session, chosen: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
