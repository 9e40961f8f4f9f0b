"""Looking up documents that were handed over: of a visit, of a tablet, of numbers. No content is opened."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.accounts.scope import DevicePerson
from backend.core.errors import NotFound
from backend.inspections.models import Visit
from backend.intake.document_models import HandedDocument
from backend.tasks.ledger_models import DocumentNumber
from backend.tasks.rules import NumberState


def of_visit(session: Session, visit: Visit) -> Sequence[HandedDocument]:
    """The documents of a visit that somebody may see, in the order in which they were handed over."""
    own = select(HandedDocument).filter_by(visit_no=visit.visit_no, agency_id=visit.agency_id)
    return session.scalars(own.order_by(HandedDocument.handed_at, HandedDocument.id)).all()


def one_of_visit(session: Session, visit: Visit, document: str) -> HandedDocument:
    """One of these; NotFound for all others."""
    own = select(HandedDocument).filter_by(visit_no=visit.visit_no, agency_id=visit.agency_id)
    found = session.scalar(own.where(HandedDocument.document == document))
    if found is None:
        raise NotFound(document=document)
    return found


def sent_by(session: Session, tablet: DevicePerson, document: str) -> HandedDocument:
    """A document that came from this tablet or its officer; NotFound for all others."""
    own = HandedDocument.device_id == tablet.device_id
    if tablet.user_id is not None:
        own |= HandedDocument.user_id == tablet.user_id
    found = session.scalar(select(HandedDocument).where(HandedDocument.document == document, own))
    if found is None:
        raise NotFound(document=document)
    return found


def that_came(session: Session, documents: Iterable[str | None]) -> set[str]:
    """Which of these documents are here, with their content."""
    known = select(HandedDocument.document).where(HandedDocument.document.in_(list(filter(None, documents))))
    return set(session.scalars(known))


def lacking(session: Session, series_ids: Iterable[int]) -> dict[int, int]:
    """By series, how many numbers are used by a document whose content has not come."""
    here = select(HandedDocument.id).where(HandedDocument.document == DocumentNumber.document).exists()
    counted = (
        select(DocumentNumber.series_id, func.count())
        .where(
            DocumentNumber.series_id.in_(list(series_ids)), DocumentNumber.state == NumberState.USED, ~here
        )
        .group_by(DocumentNumber.series_id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}
