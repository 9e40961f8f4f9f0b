"""Looking up issued documents: those of one's own agency. No content is opened here."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from backend.accounts.scope import Scope
from backend.core.errors import NotFound
from backend.documents.models import IssuedDocument


def visible(scope: Scope) -> ColumnElement[bool]:
    """Documents of the caller's agency."""
    return IssuedDocument.agency_id == scope.agency_id


def list_documents(
    session: Session, scope: Scope, *, kind: str | None = None, year: int | None = None,
    case_id: int | None = None, offset: int = 0, limit: int = 20,
) -> tuple[Sequence[IssuedDocument], int]:  # fmt: skip
    """Documents in scope, newest first, and how many there are."""
    wanted = select(IssuedDocument).where(visible(scope))
    for column, asked in ((IssuedDocument.kind, kind), (IssuedDocument.case_id, case_id)):
        if asked is not None:
            wanted = wanted.where(column == asked)
    if year is not None:
        wanted = wanted.where(IssuedDocument.made_on.between(date(year, 1, 1), date(year, 12, 31)))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    return session.scalars(wanted.order_by(IssuedDocument.id.desc()).offset(offset).limit(limit)).all(), total


def document(session: Session, scope: Scope, document_id: int) -> IssuedDocument:
    """A document in scope; NotFound for all others."""
    found = session.scalar(select(IssuedDocument).where(IssuedDocument.id == document_id, visible(scope)))
    if found is None:
        raise NotFound(document_id=document_id)
    return found


def made_of(session: Session, scope: Scope, subject: str) -> Sequence[IssuedDocument]:
    """What was issued of one thing, such as `tip:5`, newest first."""
    wanted = select(IssuedDocument).where(IssuedDocument.subject == subject, visible(scope))
    return session.scalars(wanted.order_by(IssuedDocument.id.desc())).all()
