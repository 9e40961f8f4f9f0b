"""Looking up what is held, what falls due, what was destroyed, and where a basis is missing."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, select, true
from sqlalchemy.orm import Session, selectinload

from backend.accounts.rules import Role
from backend.accounts.scope import Column, Scope, area_condition
from backend.core.errors import NotFound
from backend.core.sealed import VisitKeyRow
from backend.inspections import queries as inspections
from backend.inspections.models import Evidence, Visit
from backend.intake.models import Envelope, EnvelopeFile, RescueFile
from backend.retention.models import Certificate, Destroyed, LegalHold, ProcessingBasis
from backend.retention.planning import Periods, plans
from backend.retention.rules import Part, ids_hash
from backend.tips.mandatory_models import MandatoryReport
from backend.tips.models import Tip

Row = TypeVar("Row")
LOOK_AHEAD = timedelta(days=90)
_OVERSEE = (Role.AUDITOR, Role.SECURITY_ADMIN)  # those without an agency look after all of their areas


@dataclass(frozen=True, slots=True)
class Upcoming:
    """How much of a class falls due on a day."""

    due_on: date
    retention_class: str
    count: int


def upcoming(session: Session, scope: Scope, today: date) -> list[Upcoming]:
    """What falls due in the next 90 days by the periods of today, what is due already included."""
    periods = Periods(session, today + LOOK_AHEAD, law_on=today)
    planned = plans(
        session,
        periods,
        visits=_theirs(scope, Visit.area_code, Visit.agency_id),
        envelopes=_theirs(scope, Envelope.area_code, Envelope.agency_id),
        rescues=_theirs(scope, RescueFile.area_code, RescueFile.agency_id),
        tips=and_(area_condition(scope, Tip.area_code), true() if _oversees(scope) else false()),
        reports=_theirs(scope, MandatoryReport.area_code, MandatoryReport.agency_id),
    )
    counted = Counter(
        (due.on, due.part.retention_class or "")
        for _, one in planned
        for due in one.dues
        if _is_theirs(scope, due.part)
    )
    return [Upcoming(on, name, count) for (on, name), count in sorted(counted.items())]


def list_certificates(
    session: Session, scope: Scope, *, offset: int = 0, limit: int = 20
) -> tuple[list[Certificate], int]:
    """Certificates of destruction, newest first, and how many there are."""
    chosen = select(Certificate).where(_theirs(scope, Certificate.area_code, Certificate.agency_id))
    return _page(session, chosen.order_by(Certificate.id.desc()), offset, limit)


def certificate(session: Session, scope: Scope, certificate_id: int) -> Certificate:
    """One of them with what it covers; NotFound for those out of scope."""
    theirs = _theirs(scope, Certificate.area_code, Certificate.agency_id)
    chosen = select(Certificate).where(Certificate.id == certificate_id, theirs)
    found = session.scalar(chosen.options(selectinload(Certificate.items)))
    if found is None:
        raise NotFound(certificate_id=certificate_id)
    return found


def is_whole(found: Certificate) -> bool:
    """Whether a certificate still covers exactly what it covered when it was written."""
    return found.ids_hash == ids_hash((item.kind, item.item_id) for item in found.items)


def certificates_of(session: Session, visit: Visit) -> list[Certificate]:
    """The certificates of what was destroyed of a visit and its other checklists, oldest first."""
    of_key = select(Destroyed.certificate_id).where(Destroyed.key_id == visit.key_id)
    return list(
        session.scalars(select(Certificate).where(Certificate.id.in_(of_key)).order_by(Certificate.id))
    )


def is_destroyed(session: Session, visit: Visit) -> bool:
    """Whether the record of a visit is gone."""
    wrapped = select(VisitKeyRow.wrapped.is_(None)).where(VisitKeyRow.id == visit.key_id)
    return bool(session.scalar(wrapped))


def holds_of(session: Session, visit: Visit) -> list[LegalHold]:
    """Every hold on a visit or its other checklists, newest first; lifted ones stay."""
    return list(
        session.scalars(select(LegalHold).filter_by(key_id=visit.key_id).order_by(LegalHold.id.desc()))
    )


def hold(session: Session, scope: Scope, hold_id: int) -> tuple[LegalHold, Visit]:
    """A hold and its visit; NotFound for those out of scope."""
    chosen = select(LegalHold, Visit).join(Visit, Visit.id == LegalHold.visit_id)
    row = session.execute(chosen.where(LegalHold.id == hold_id, inspections.visible(scope))).one_or_none()
    if row is None:
        raise NotFound(hold_id=hold_id)
    return row.LegalHold, row.Visit


def open_holds(
    session: Session, scope: Scope, *, offset: int = 0, limit: int = 20
) -> tuple[list[tuple[LegalHold, Visit]], int]:
    """Holds that are not lifted, oldest first, with their visits; and how many there are."""
    chosen = (
        select(LegalHold, Visit)
        .join(Visit, Visit.id == LegalHold.visit_id)
        .where(LegalHold.lifted_at.is_(None), _theirs(scope, Visit.area_code, Visit.agency_id))
    )
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    rows = session.execute(chosen.order_by(LegalHold.id).offset(offset).limit(limit))
    return [(row.LegalHold, row.Visit) for row in rows], total


def has_child_data(session: Session, visit: Visit) -> bool:
    """Whether a picture is kept with the visit in which a child may be."""
    return session.scalar(select(Visit.id).where(Visit.id == visit.id, _child_data())) is not None


def without_basis(
    session: Session, scope: Scope, *, offset: int = 0, limit: int = 20
) -> tuple[list[Visit], int]:
    """Visits with such pictures for which nobody noted a basis, oldest first; and how many there are."""
    noted = exists().where(ProcessingBasis.visit_id == Visit.id)
    chosen = select(Visit).where(inspections.visible(scope), _child_data(), ~noted)
    return _page(session, chosen.order_by(Visit.id), offset, limit)


def bases_of(session: Session, visit: Visit) -> list[ProcessingBasis]:
    """The noted bases of a visit, the newest first: that one counts."""
    chosen = select(ProcessingBasis).filter_by(visit_id=visit.id)
    return list(session.scalars(chosen.order_by(ProcessingBasis.id.desc())))


def _child_data() -> ColumnElement[bool]:
    """A sealed picture that came and was not destroyed; few visits have one, so those are asked first."""
    sealed = Visit.id.in_(select(Evidence.visit_id).where(Evidence.sealed))
    here = (
        select(Evidence.id)
        .join(EnvelopeFile, EnvelopeFile.name_hash == Evidence.name_hash)
        .join(Envelope, Envelope.id == EnvelopeFile.envelope_id)
        .where(Evidence.visit_id == Visit.id, Evidence.sealed)
        .where(Envelope.instance_id == Visit.instance_id, func.length(EnvelopeFile.sealed_key) > 0)
    )
    return and_(sealed, here.correlate(Visit).exists())


def _theirs(scope: Scope, area: Column, agency: Column) -> ColumnElement[bool]:
    return and_(area_condition(scope, area), true() if _oversees(scope) else agency == scope.agency_id)


def _is_theirs(scope: Scope, part: Part) -> bool:
    return scope.covers(part.area_code) and (_oversees(scope) or part.agency_id == scope.agency_id)


def _oversees(scope: Scope) -> bool:
    return scope.agency_id is None and scope.role in _OVERSEE


def _page(session: Session, chosen: Select[Row], offset: int, limit: int) -> tuple[list[Row], int]:
    total = session.scalar(select(func.count()).select_from(chosen.order_by(None).subquery())) or 0
    return list(session.scalars(chosen.offset(offset).limit(limit))), total
