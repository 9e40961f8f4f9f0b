"""Documents that were handed over at an inspection: listed beside it, and shown as the party holds them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.auth import current_user, requires
from backend.core import audit
from backend.core.downloads import to_keep
from backend.core.web import deployment, get_session
from backend.documents.html import as_page
from backend.documents.pdf import as_pdf
from backend.inspections import queries
from backend.inspections.api import PROTECTED
from backend.inspections.models import Visit
from backend.intake import document_queries
from backend.intake.document_contents import opened
from backend.intake.document_format import Said
from backend.intake.document_models import HandedDocument
from backend.tasks.ledger_models import DocumentNumber
from backend.web.shell import pages
from backend.web.words import t


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """A document without its content, and the number that it bears."""

    row: HandedDocument
    number: DocumentNumber | None

    @property
    def number_text(self) -> str:
        return self.number.text if self.number else t.document_no_number

    @property
    def is_taken(self) -> bool:
        """Whether the ledger names another document under its number."""
        return self.number is not None and self.number.document != self.row.document

    @property
    def is_destroyed(self) -> bool:
        return not self.row.sealed


@pages.post("/visits/<int:visit_id>/documents/<uuid:document>")
@requires(*PROTECTED)
def open_document(visit_id: int, document: UUID) -> Any:
    """One document as it was handed over; the look is in the audit trail when the page is shown."""
    visit, shown, content = _looked_at(get_session(), visit_id, document)
    drawn = as_page(content["document"], content["images"])
    return render_template("document_page.html", visit=visit, one=shown, drawn=drawn)


@pages.post("/visits/<int:visit_id>/documents/<uuid:document>.pdf")
@requires(*PROTECTED)
def print_document(visit_id: int, document: UUID) -> Response:
    """The same as PDF, for the files. The look is written down first; nobody waits for the printing."""
    with deployment().unit_of_work() as session:
        _, shown, content = _looked_at(session, visit_id, document)
        said, handed_at = content["document"], shown.row.handed_at
    printed = as_pdf(said, content["images"], None, handed_at)
    name = f"{said['title']} {said['number'] or t.document_no_number}.pdf"
    return to_keep(Response(printed.content, mimetype="application/pdf"), name)


def _looked_at(session: Session, visit_id: int, document: UUID) -> tuple[Visit, DocumentShown, Said]:
    person = current_user()
    visit = queries.visit(session, person.scope, visit_id)
    row = document_queries.one_of_visit(session, visit, str(document))
    content = opened(session, row)
    audit.record(session, "document.read", by=person.actor, subject=f"document:{row.document}")
    return visit, _shown(session, [row])[0], content


def documents_of(session: Session, visit: Visit) -> list[DocumentShown]:
    """What was handed over at a visit, without its content."""
    return _shown(session, document_queries.of_visit(session, visit))


def _shown(session: Session, rows: Any) -> list[DocumentShown]:
    named = select(DocumentNumber).where(
        DocumentNumber.id.in_([one.number_id for one in rows if one.number_id])
    )
    numbers = {one.id: one for one in session.scalars(named)}
    return [DocumentShown(row, numbers.get(row.number_id or 0)) for row in rows]
