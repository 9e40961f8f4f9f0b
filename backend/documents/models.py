"""Documents that an agency issued (已制发的文书): each row stays as it was written, for good."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.accounts.models import Agency
from backend.core.db import Base, UtcDateTime
from backend.documents.rules import Because
from backend.tasks.ledger_models import DocumentNumber
from backend.tasks.models import one_of
from backend.tasks.rules import DocumentKind


class IssuedDocument(Base):
    """One document: its blocks sealed under a key of its own, its number from the ledger.

    `sha256` is of the blocks; `code` leads to what anybody may know of it. `subject` is what it was made of,
    such as `venue:7`.
    """

    __tablename__ = "issued_documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    kind: Mapped[str] = mapped_column(String(32))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    number_id: Mapped[int] = mapped_column(ForeignKey("document_numbers.id"), unique=True)
    title: Mapped[str] = mapped_column(String(64))
    made_on: Mapped[date] = mapped_column(Date)
    pages: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(16), unique=True)
    case_id: Mapped[int | None] = mapped_column(index=True)
    subject: Mapped[str | None] = mapped_column(String(64), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)  # compressed, then sealed
    key_id: Mapped[int] = mapped_column(ForeignKey("visit_keys.id"))
    issued_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)

    agency: Mapped[Agency] = relationship(lazy="joined", viewonly=True)
    number: Mapped[DocumentNumber] = relationship(lazy="joined", viewonly=True)
    withdrawal: Mapped["DocumentWithdrawal | None"] = relationship(lazy="joined", viewonly=True)

    __table_args__ = (
        CheckConstraint(one_of("kind", DocumentKind), name="kind"),
        CheckConstraint("pages > 0", name="pages"),
        Index("ix_issued_documents_agency_id_id", "agency_id", "id"),
    )


class DocumentWithdrawal(Base):
    """That a document counts no more, why and since when (撤回); the document itself stays."""

    __tablename__ = "document_withdrawals"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("issued_documents.id"), unique=True)
    because: Mapped[str] = mapped_column(String(16))
    withdrawn_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint(one_of("because", Because), name="because"),)
