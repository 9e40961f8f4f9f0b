"""Transfers with their steps, clocks and packages; recommendations with what was done about them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.accounts.models import Agency, User
from backend.cases.models import Case
from backend.core.db import Base, UtcDateTime
from backend.rulebook.procedure import Actor, Whose
from backend.tasks.models import one_of
from backend.transfers.rules import Body, Entry, Kind, LeadKind, Sender, Stage
from backend.venues.models import Venue

_ONE_SUBJECT = (
    "(CASE WHEN case_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN visit_id IS NULL THEN 0 ELSE 1 END) "
    "+ (CASE WHEN tip_id IS NULL THEN 0 ELSE 1 END) = CASE WHEN kind = 'procuratorate' THEN 0 ELSE 1 END"
)


def _one_open(column: str, *more: str) -> Index:
    """At most one transfer of a matter is under way (to one receiver, with `more`)."""
    under_way = text("NOT is_over")
    return Index(
        f"uq_transfers_{column}_open", column, *more, unique=True,
        sqlite_where=under_way, postgresql_where=under_way,
    )  # fmt: skip


class Transfer(Base):
    """One transfer (移送): of a case, a visit or a tip; a lead for a procuratorate names venues or a school.

    `team` are its officers. What it says and why stands in `reason`; evidence goes on paper or in packages.
    """

    __tablename__ = "transfers"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    lead_kind: Mapped[str | None] = mapped_column(String(16))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    area_code: Mapped[str] = mapped_column(String(16))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visits.id"))
    tip_id: Mapped[int | None] = mapped_column(ForeignKey("tips.id"))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venues.id"), index=True)  # of its matter
    venue_ids: Mapped[list[int]] = mapped_column(JSON)  # that a lead concerns
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"))  # around which a lead is
    to_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    to_name: Mapped[str] = mapped_column(String(128))
    body: Mapped[str] = mapped_column(String(16))
    team: Mapped[list[int]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(1000))
    state: Mapped[str] = mapped_column(String(32))
    is_over: Mapped[bool] = mapped_column(default=False)
    proposed_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    agency: Mapped[Agency] = relationship(viewonly=True, foreign_keys=agency_id)
    case: Mapped[Case | None] = relationship(viewonly=True)
    venue: Mapped[Venue | None] = relationship(viewonly=True)
    steps: Mapped[list["TransferStep"]] = relationship(viewonly=True, order_by="TransferStep.seq")
    clocks: Mapped[list["TransferClock"]] = relationship(viewonly=True, order_by="TransferClock.id")
    packages: Mapped[list["TransferPackage"]] = relationship(viewonly=True, order_by="TransferPackage.id")

    @property
    def running(self) -> list["TransferClock"]:
        return [one for one in self.clocks if one.ended_at is None]

    __table_args__ = (
        CheckConstraint(one_of("kind", Kind), name="kind"),
        CheckConstraint(one_of("lead_kind", LeadKind), name="lead_kind"),
        CheckConstraint(one_of("body", Body), name="body"),
        CheckConstraint("(kind = 'procuratorate') = (lead_kind IS NOT NULL)", name="lead"),
        CheckConstraint(_ONE_SUBJECT, name="subject"),
        _one_open("case_id"),
        _one_open("visit_id", "to_name"),
        _one_open("tip_id"),
        Index("ix_transfers_agency_id_id", "agency_id", "id"),
    )


class TransferStep(Base):
    """One step of a transfer: who made it when, by which clauses, with which papers. Never changed."""

    __tablename__ = "transfer_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfers.id"))
    seq: Mapped[int]
    step: Mapped[str] = mapped_column(String(64))
    from_state: Mapped[str | None] = mapped_column(String(32))
    to_state: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)  # as somebody says
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)  # by the server
    rulebook_version: Mapped[int]
    clauses: Mapped[list[str]] = mapped_column(JSON)
    papers: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # id, name, SHA-256 if it is a file
    reason: Mapped[str | None] = mapped_column(String(1000))

    user: Mapped[User] = relationship(viewonly=True, lazy="joined")

    __table_args__ = (
        UniqueConstraint("transfer_id", "seq"),
        CheckConstraint(one_of("actor", Actor), name="actor"),
        CheckConstraint("(seq = 1) = (from_state IS NULL)", name="first"),
        CheckConstraint("made_at <= recorded_at", name="made_before_recorded"),
    )


class TransferClock(Base):
    """A time limit of a transfer, the agency's or the receiver's; without a number it has no last day."""

    __tablename__ = "transfer_clocks"

    id: Mapped[int] = mapped_column(primary_key=True)
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfers.id"), index=True)
    clock: Mapped[str] = mapped_column(String(32))
    whose: Mapped[str] = mapped_column(String(16))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date | None] = mapped_column(Date, index=True)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # of hours
    rulebook_version: Mapped[int]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint(one_of("whose", Whose), name="whose"),
        CheckConstraint("due_at IS NULL OR due_on IS NOT NULL", name="due"),
    )


class TransferPackage(Base):
    """A package of evidence for a procuratorate as it was made: what is in it, what was left out, its hash.

    The ZIP is sealed under a key of its own.
    """

    __tablename__ = "transfer_packages"

    id: Mapped[int] = mapped_column(primary_key=True)
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfers.id"), index=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    sha256: Mapped[str] = mapped_column(String(64))  # of the ZIP
    size: Mapped[int]
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # name, size, SHA-256
    fields: Mapped[list[str]] = mapped_column(JSON)
    left_out: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # what, why, how many
    sealed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("visit_keys.id"))
    made_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    maker: Mapped[User] = relationship(viewonly=True)

    __table_args__ = (CheckConstraint("size > 0", name="size"),)


class Recommendation(Base):
    """A recommendation to the agency (检察建议、司法建议) that waits for its written reply.

    What it is about is sealed under a key of its own. `due_on` is the last day that any reading of the texts
    allows, `warn_on` the earliest; `readings` name them.
    """

    __tablename__ = "recommendations"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    area_code: Mapped[str] = mapped_column(String(16))
    sender: Mapped[str] = mapped_column(String(16))
    sender_name: Mapped[str] = mapped_column(String(128))
    number: Mapped[str] = mapped_column(String(64))
    received_on: Mapped[date] = mapped_column(Date)
    officer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    stage: Mapped[str] = mapped_column(String(16))
    due_on: Mapped[date | None] = mapped_column(Date)
    warn_on: Mapped[date | None] = mapped_column(Date)
    readings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # id of the rulebook's row, last day
    rulebook_version: Mapped[int]
    key_id: Mapped[int] = mapped_column(ForeignKey("visit_keys.id"))
    sealed_about: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    version: Mapped[int] = mapped_column(default=1)

    officer: Mapped[User] = relationship(viewonly=True)
    entries: Mapped[list["RecommendationEntry"]] = relationship(
        viewonly=True, order_by="RecommendationEntry.seq"
    )

    __table_args__ = (
        UniqueConstraint("agency_id", "sender_name", "number"),
        CheckConstraint(one_of("sender", Sender), name="sender"),
        CheckConstraint(one_of("stage", Stage), name="stage"),
        CheckConstraint("(due_on IS NULL) = (warn_on IS NULL)", name="due"),
        Index("ix_recommendations_agency_id_warn_on", "agency_id", "warn_on"),
    )


class RecommendationEntry(Base):
    """What happened to a recommendation: proof, reply, sending, closing. Never changed; texts are sealed."""

    __tablename__ = "recommendation_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendations.id"))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_on: Mapped[date | None] = mapped_column(Date)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("issued_documents.id"))
    reply_no: Mapped[str | None] = mapped_column(String(64))  # of a reply that was written elsewhere
    sealed_note: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    sealed_file: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    file_sha256: Mapped[str | None] = mapped_column(String(64))

    user: Mapped[User] = relationship(viewonly=True, lazy="joined", foreign_keys=user_id)
    officer: Mapped[User | None] = relationship(viewonly=True, foreign_keys=officer_id)

    __table_args__ = (
        UniqueConstraint("recommendation_id", "seq"),
        CheckConstraint(one_of("kind", Entry), name="kind"),
        CheckConstraint("(sealed_file IS NULL) = (file_sha256 IS NULL)", name="file"),
        CheckConstraint(
            "(kind = 'replied') = (document_id IS NOT NULL OR reply_no IS NOT NULL)", name="replied"
        ),
    )
