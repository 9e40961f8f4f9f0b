"""Entries of the credit registers with their steps, and grounds that legal reviewers confirmed."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.accounts.models import Agency, User
from backend.cases.models import Case
from backend.core.db import Base, UtcDateTime
from backend.credit.rules import Deed, State
from backend.rulebook.rows import CreditRegister
from backend.tasks.models import one_of
from backend.venues.models import Venue


class CreditConfirmation(Base):
    """What a legal reviewer confirmed of a ground for an agency, by which document. The newest counts."""

    __tablename__ = "credit_confirmations"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    criterion_id: Mapped[str] = mapped_column(String(32))
    document: Mapped[str] = mapped_column(String(255))  # title, number and article
    statement_days: Mapped[int]  # natural days
    months: Mapped[int]
    repair_after_months: Mapped[int | None]
    rulebook_version: Mapped[int]
    confirmed_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(viewonly=True, lazy="joined")

    __table_args__ = (
        CheckConstraint("statement_days > 0 AND months > 0", name="from_one"),
        CheckConstraint(
            "repair_after_months >= 0 AND repair_after_months < months", name="repair_before_the_end"
        ),
        Index("ix_credit_confirmations_agency_id_criterion_id", "agency_id", "criterion_id"),
    )


class CreditEntry(Base):
    """Somebody in a credit register, or proposed for it, on one decision. It expires by its date.

    `party` is the operator as it was then; of a natural person (`is_person`) others are shown a masked name.
    `responsible` names those who answer for a unit (社会信用条例 33): position and name, for officers only.
    """

    __tablename__ = "credit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    register: Mapped[str] = mapped_column(String(16))
    criterion_id: Mapped[str] = mapped_column(String(32))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    area_code: Mapped[str] = mapped_column(String(16))
    venue_id: Mapped[int] = mapped_column(ForeignKey("venues.id"), index=True)
    party: Mapped[str] = mapped_column(String(255))
    is_person: Mapped[bool]
    credit_code: Mapped[str | None] = mapped_column(String(18))
    responsible: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    act: Mapped[str] = mapped_column(String(500))  # what the decision found
    decision_no: Mapped[str] = mapped_column(String(128))
    decision_on: Mapped[date] = mapped_column(Date)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    decision_sha256: Mapped[str | None] = mapped_column(String(64))  # of a decision made elsewhere
    state: Mapped[str] = mapped_column(String(16))
    confirmation_id: Mapped[int | None] = mapped_column(ForeignKey("credit_confirmations.id"))
    statement_until: Mapped[date | None] = mapped_column(Date)
    listed_on: Mapped[date | None] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)
    removed_on: Mapped[date | None] = mapped_column(Date)
    deleted_by_on: Mapped[date | None] = mapped_column(Date)  # when others show it no more after repair
    is_published: Mapped[bool] = mapped_column(default=False)
    proposed_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    venue: Mapped[Venue] = relationship(viewonly=True)
    agency: Mapped[Agency] = relationship(viewonly=True)
    case: Mapped[Case | None] = relationship(viewonly=True)
    confirmation: Mapped[CreditConfirmation | None] = relationship(viewonly=True)
    steps: Mapped[list["CreditStep"]] = relationship(viewonly=True, order_by="CreditStep.seq")

    __table_args__ = (
        CheckConstraint(one_of("register", CreditRegister), name="register"),
        CheckConstraint(one_of("state", State), name="state"),
        CheckConstraint("(case_id IS NULL) = (decision_sha256 IS NOT NULL)", name="decision"),
        CheckConstraint("(state IN ('listed', 'removed')) = (listed_on IS NOT NULL)", name="listed"),
        CheckConstraint("(state = 'removed') = (removed_on IS NOT NULL)", name="removed"),
        CheckConstraint("listed_on < until_on", name="until"),
        CheckConstraint(
            "register = 'warning' OR listed_on IS NULL OR until_on IS NOT NULL", name="a_list_ends"
        ),
        CheckConstraint("NOT is_published OR state = 'listed'", name="published"),
        UniqueConstraint("criterion_id", "venue_id", "agency_id", "decision_no"),
        Index("ix_credit_entries_agency_id_id", "agency_id", "id"),
    )


class CreditStep(Base):
    """One step of an entry: who did what when, by which clauses, with which paper. Never changed."""

    __tablename__ = "credit_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("credit_entries.id"))
    seq: Mapped[int]
    deed: Mapped[str] = mapped_column(String(16))
    to_state: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    dated_on: Mapped[date] = mapped_column(Date)  # of its paper, else of the step
    paper: Mapped[str | None] = mapped_column(String(255))
    reason: Mapped[str | None] = mapped_column(String(1000))
    clauses: Mapped[list[str]] = mapped_column(JSON)
    rulebook_version: Mapped[int]

    user: Mapped[User] = relationship(viewonly=True, lazy="joined")

    __table_args__ = (
        UniqueConstraint("entry_id", "seq"),
        CheckConstraint(one_of("deed", Deed), name="deed"),
        CheckConstraint(one_of("to_state", State), name="to_state"),
    )
