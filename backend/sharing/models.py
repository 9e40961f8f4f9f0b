"""Agreements with their steps; messages with what happened to each; replies that came back in a table."""

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
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.accounts.models import Agency, User
from backend.core.db import Base, UtcDateTime
from backend.sharing.catalogue import DatasetId
from backend.sharing.rules import Channel, Deed, Delivery, Outcome, Receiver, Standing, State, Term, standing
from backend.tasks.models import one_of


class SharingAgreement(Base):
    """What a receiver may get, for what, until when (共享协议). Corrected by another one that names it.

    Only its state and version ever change. Without an agency it is of whoever coordinates its area.
    """

    __tablename__ = "sharing_agreements"

    id: Mapped[int] = mapped_column(primary_key=True)
    receiver: Mapped[str] = mapped_column(String(128))
    receiver_kind: Mapped[str] = mapped_column(String(32))
    purpose: Mapped[str] = mapped_column(String(500))
    legal_basis: Mapped[str] = mapped_column(String(255))
    dataset: Mapped[str] = mapped_column(String(16))
    fields: Mapped[list[str]] = mapped_column(JSON)
    area_code: Mapped[str] = mapped_column(String(16))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date] = mapped_column(Date)
    channel: Mapped[str] = mapped_column(String(16))
    address: Mapped[str | None] = mapped_column(String(255))
    receiver_key: Mapped[str | None] = mapped_column(String(64))  # Ed25519, base64: signs its receipts
    assessment_no: Mapped[str | None] = mapped_column(String(128))  # 个人信息保护影响评估
    assessed_on: Mapped[date | None] = mapped_column(Date)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("sharing_agreements.id"))
    proposed_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(16), default=State.PROPOSED)
    version: Mapped[int] = mapped_column(default=1)

    agency: Mapped[Agency | None] = relationship(viewonly=True)
    proposer: Mapped[User] = relationship(viewonly=True)
    steps: Mapped[list["SharingStep"]] = relationship(viewonly=True, order_by="SharingStep.id")

    def standing(self, on: date) -> Standing:
        return standing(State(self.state), self.term, on)

    @property
    def term(self) -> Term:
        return Term(self.from_on, self.until_on)

    __table_args__ = (
        CheckConstraint(one_of("receiver_kind", Receiver), name="receiver_kind"),
        CheckConstraint(one_of("dataset", DatasetId), name="dataset"),
        CheckConstraint(one_of("channel", Channel), name="channel"),
        CheckConstraint(one_of("state", State), name="state"),
        CheckConstraint("from_on <= until_on", name="term"),
        CheckConstraint("(channel = 'https') = (address IS NOT NULL)", name="address"),
        CheckConstraint("(assessment_no IS NULL) = (assessed_on IS NULL)", name="assessment"),
        Index("ix_sharing_agreements_agency_id_id", "agency_id", "id"),
    )


class SharingStep(Base):
    """A decision on an agreement: who made it when, and why. Never changed."""

    __tablename__ = "sharing_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("sharing_agreements.id"))
    deed: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(String(500))

    user: Mapped[User] = relationship(viewonly=True, lazy="joined")

    __table_args__ = (
        UniqueConstraint("agreement_id", "deed"),
        CheckConstraint(one_of("deed", Deed), name="deed"),
    )


class SharingMessage(Base):
    """What is to leave under an agreement: the very bytes, once for each period or change (`about`).

    `message_id` follows from agreement, dataset and `about`, so that the same is never sent as another.
    """

    __tablename__ = "sharing_messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(36), unique=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("sharing_agreements.id"))
    about: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    fields: Mapped[list[str]] = mapped_column(JSON)
    row_count: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(16), default=Delivery.QUEUED)
    reason: Mapped[str | None] = mapped_column(String(32))  # why it failed or is withheld
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    receipt_no: Mapped[str | None] = mapped_column(String(64))
    receipted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # as the receiver says

    agreement: Mapped[SharingAgreement] = relationship(viewonly=True)
    attempts: Mapped[list["SharingAttempt"]] = relationship(viewonly=True, order_by="SharingAttempt.seq")

    __table_args__ = (
        UniqueConstraint("agreement_id", "about"),
        CheckConstraint(one_of("state", Delivery), name="state"),
        CheckConstraint("(state = 'receipted') = (receipted_at IS NOT NULL)", name="receipt"),
        Index("ix_sharing_messages_agreement_id_id", "agreement_id", "id"),
        Index("ix_sharing_messages_state_next_at", "state", "next_at"),
    )


class SharingAttempt(Base):
    """One thing that happened to a message. Never changed; what left is counted from these rows."""

    __tablename__ = "sharing_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("sharing_messages.id"))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(String(32))
    key_id: Mapped[str | None] = mapped_column(String(64))
    nonce: Mapped[str | None] = mapped_column(String(64))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # nobody: the command

    message: Mapped[SharingMessage] = relationship(viewonly=True)
    user: Mapped[User | None] = relationship(viewonly=True, lazy="joined")

    __table_args__ = (
        UniqueConstraint("message_id", "seq"),
        CheckConstraint(one_of("outcome", Outcome), name="outcome"),
    )


class SharingReply(Base):
    """What a receiver wrote into a table that came back: shown first, then taken in as a whole."""

    __tablename__ = "sharing_replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("sharing_messages.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
    rows: Mapped[dict[str, Any]] = mapped_column(JSON)  # by row id: what is said in each column of a reply
    changes: Mapped[list[Any]] = mapped_column(JSON)  # row id, column, before, after
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    message: Mapped[SharingMessage] = relationship(viewonly=True)
