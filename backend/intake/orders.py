"""Orders to correct among what was handed over: recorded once the document and its visit are both here."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.cases.order_models import Order
from backend.cases.orders import Handed, record_order
from backend.core.days import SHANGHAI
from backend.core.db import in_turn
from backend.core.sealed import ContentDestroyed, known_visit_key
from backend.inspections.models import Visit
from backend.inspections.queries import current, record_of
from backend.intake.document_contents import opened
from backend.intake.document_models import HandedDocument
from backend.tasks.ledger_models import DocumentNumber
from backend.tasks.rules import DocumentKind

MEASURE = "order"  # what a checklist says where one was handed over


def take_up(session: Session, visit_no: str, agency_id: int | None, *, now: datetime) -> None:
    """Record the orders of a visit that are not recorded yet: document and visit come in any order.

    Where both come at once, the second sees what the first wrote.
    """
    in_turn(session, "order", visit_no)
    handed = select(HandedDocument).filter_by(
        visit_no=visit_no, agency_id=agency_id, kind=DocumentKind.ORDER_TO_CORRECT
    )
    known = select(Order.document)
    waiting = session.scalars(handed.where(HandedDocument.document.not_in(known))).all()
    if agency_id is None or not waiting:
        return
    of_visit = select(Visit).where(Visit.visit_no == visit_no, Visit.agency_id == agency_id, current())
    ordering = [one for one in session.scalars(of_visit.order_by(Visit.id)) if MEASURE in one.measures]
    for document in waiting:
        try:
            if ordering:
                _record(session, document, ordering, now)
        except ContentDestroyed:
            continue  # its time of keeping was over before the rest came


def _record(session: Session, document: HandedDocument, visits: Sequence[Visit], now: datetime) -> None:
    measures = [record_of(session, one)["measures"] for one in visits]
    first = visits[0]
    handed = Handed(
        document.document, _number(session, document), document.visit_no, first.agency_id or 0,
        first.area_code, first.venue_id, document.handed_at, _due_on(measures, document.handed_at),
        "\n".join(filter(None, (one["order_text"] for one in measures))),
        [violation.id for one in visits for violation in one.violations], document.user_id,
    )  # fmt: skip
    record_order(session, handed, key=known_visit_key(session, document.key_id), now=now)


def _due_on(measures: Iterable[dict[str, Any]], handed_at: datetime) -> date:
    """The earliest day that a checklist names; at once where none does."""
    named = [date.fromisoformat(one["order_due_on"]) for one in measures if one["order_due_on"]]
    return min(named, default=handed_at.astimezone(SHANGHAI).date())


def _number(session: Session, document: HandedDocument) -> str | None:
    """As it is printed."""
    if document.number_id is not None:
        return session.get_one(DocumentNumber, document.number_id).text
    number = opened(session, document)["document"]["number"]
    return str(number)[:64] if number else None
