"""What can be done to documents: issue one, withdraw one. The caller owns the transaction."""

import zlib
from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

import orjson
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.accounts.scope import Person
from backend.core import audit
from backend.core.errors import NotAllowed
from backend.core.sealed import visit_key
from backend.core.settings import Settings
from backend.core.spoken import by_chance
from backend.documents.blocks import Document, sha256_of
from backend.documents.contents import context, stamp
from backend.documents.errors import DocumentWithdrawn, ReviewOpen
from backend.documents.models import DocumentWithdrawal, IssuedDocument
from backend.documents.pdf import as_pdf
from backend.documents.rules import CODE_LENGTH, Because, awaits_review
from backend.tasks import ledger
from backend.tasks.rules import DocumentKind


def issue(
    session: Session,
    settings: Settings,
    made: Document,
    *,
    images: Mapping[str, str] | None = None,
    case_id: int | None = None,
    subject: str | None = None,
    by: Person,
    now: datetime,
) -> IssuedDocument:
    """Give a document its number and its code, and keep it for good.

    Raises NotAllowed for whoever has no agency, ReviewOpen, SeriesUnknown, SignUnprintable.
    """
    if by.agency_id is None:
        raise NotAllowed(agency_id=None)
    if awaits_review(made["blocks"]):
        raise ReviewOpen(kind=made["kind"])
    uuid, kind = str(uuid4()), DocumentKind(made["kind"])
    number = ledger.take(session, by.agency_id, kind, document=uuid, by=by.actor, now=now)
    document: Document = {**made, "number": number.text}
    sha256, code = sha256_of(document["blocks"]), by_chance(CODE_LENGTH)
    printed = as_pdf(document, images or {}, stamp(settings, code, sha256), now)
    content = orjson.dumps({"document": document, "images": dict(images or {})})
    key = visit_key(session, context(uuid))
    issued = IssuedDocument(
        uuid=uuid, kind=kind, agency_id=by.agency_id, number_id=number.id, title=document["title"],
        made_on=datetime.fromisoformat(document["on"]).date(), pages=printed.pages, sha256=sha256, code=code,
        case_id=case_id, subject=subject, sealed=key.seal(zlib.compress(content, 6), context(uuid)),
        key_id=key.row_id, issued_by=by.id, issued_at=now,
    )  # fmt: skip
    session.add(issued)
    session.flush()
    detail = {"kind": kind, "sha256": sha256}
    audit.record(session, "document.issue", by=by.actor, subject=f"issued:{issued.id}", detail=detail)
    return issued


def withdraw(
    session: Session, found: IssuedDocument, *, because: Because, by: Person, now: datetime
) -> DocumentWithdrawal:
    """Say that a document counts no more; the row stays, and its code says so. Raises DocumentWithdrawn."""
    row = DocumentWithdrawal(document_id=found.id, because=because, withdrawn_by=by.id, withdrawn_at=now)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise DocumentWithdrawn(document_id=found.id) from None
    detail = {"because": because}
    audit.record(session, "document.withdraw", by=by.actor, subject=f"issued:{found.id}", detail=detail)
    return row
