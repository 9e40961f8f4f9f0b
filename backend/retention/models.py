"""Legal holds, certificates of destruction, and on which basis data of children are kept."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.core.db import Base, UtcDateTime
from backend.retention.rules import BasisKind, ConsentForm, GivenBy, HoldReason, Kind, LiftReason
from backend.tasks.models import one_of


class LegalHold(Base):
    """Nothing of a visit may be destroyed while one of these is open (法律保留); see `guards`."""

    __tablename__ = "legal_holds"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("visit_keys.id"), index=True)
    reason: Mapped[str] = mapped_column(String(16))
    sealed_note: Mapped[bytes | None] = mapped_column(LargeBinary)
    set_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lifted_because: Mapped[str | None] = mapped_column(String(16))

    __table_args__ = (
        CheckConstraint(one_of("reason", HoldReason), name="reason"),
        CheckConstraint(one_of("lifted_because", LiftReason), name="lifted_because"),
        CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by IS NULL) AND (lifted_at IS NULL) = (lifted_because IS NULL)",
            name="lifted",
        ),
    )


class Certificate(Base):
    """What was destroyed at once of one class, agency and area (销毁证明). Its number is its id."""

    __tablename__ = "destruction_certificates"

    id: Mapped[int] = mapped_column(primary_key=True)
    retention_class: Mapped[str] = mapped_column(String(32))
    setting: Mapped[str] = mapped_column(String(64))
    rulebook_version: Mapped[int]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    area_code: Mapped[str] = mapped_column(String(16))
    due_on: Mapped[date] = mapped_column(Date)
    destroyed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    count: Mapped[int]
    ids_hash: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(String(64))

    items: Mapped[list["Destroyed"]] = relationship(viewonly=True)

    __table_args__ = (Index("ix_destruction_certificates_area_code_id", "area_code", "id"),)


class Destroyed(Base):
    """One thing that a certificate covers. `stored` names its sealed file until that left the disk."""

    __tablename__ = "destroyed_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("destruction_certificates.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    item_id: Mapped[int]
    key_id: Mapped[int] = mapped_column(ForeignKey("visit_keys.id"), index=True)
    stored: Mapped[str | None] = mapped_column(String(64), unique=True)

    __table_args__ = (UniqueConstraint("kind", "item_id"), CheckConstraint(one_of("kind", Kind), name="kind"))


class ProcessingBasis(Base):
    """Why pictures of children may be kept with a visit (处理依据); the newest counts, the older ones stay.

    No name: who consented is a word of a list, and where the paper lies is sealed under the visit's key.
    """

    __tablename__ = "processing_bases"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    form: Mapped[str | None] = mapped_column(String(16))
    given_by: Mapped[str | None] = mapped_column(String(16))
    given_on: Mapped[date | None] = mapped_column(Date)
    sealed_reference: Mapped[bytes | None] = mapped_column(LargeBinary)
    clause: Mapped[str | None] = mapped_column(String(64))
    rulebook_version: Mapped[int]
    seen_by: Mapped[int] = mapped_column(ForeignKey("users.id"))  # the officer who saw the consent
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint(one_of("kind", BasisKind), name="kind"),
        CheckConstraint(one_of("form", ConsentForm), name="form"),
        CheckConstraint(one_of("given_by", GivenBy), name="given_by"),
        CheckConstraint("(kind = 'guardian_consent') = (form IS NOT NULL)", name="consent_form"),
        CheckConstraint("(kind = 'guardian_consent') = (given_by IS NOT NULL)", name="consent_by"),
        CheckConstraint("(kind = 'guardian_consent') = (given_on IS NOT NULL)", name="consent_on"),
        CheckConstraint("(kind = 'statutory_duty') = (clause IS NOT NULL)", name="duty_clause"),
    )
