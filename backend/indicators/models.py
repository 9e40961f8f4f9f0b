"""Frozen reports of indicators, and urging letters with their answers. No row is ever changed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.accounts.models import Agency, User
from backend.core.db import Base, UtcDateTime


class PeriodReport(Base):
    """What was counted for a period and an area (期间报告), for all agencies or for one.

    `content` holds the numbers with the words that define them. Whoever counts again makes a new row that
    says why; the older stays.
    """

    __tablename__ = "period_reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_on: Mapped[date] = mapped_column(Date)
    last_on: Mapped[date] = mapped_column(Date)
    area_code: Mapped[str] = mapped_column(String(16))  # "" is everywhere
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    edition: Mapped[int]
    because: Mapped[str | None] = mapped_column(String(500))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    made_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("first_on <= last_on", name="period"),
        CheckConstraint("edition > 0 AND (edition = 1) = (because IS NULL)", name="edition"),
        Index(
            "uq_period_reports_edition", "first_on", "last_on", "area_code", "edition",
            unique=True, sqlite_where=agency_id.is_(None), postgresql_where=agency_id.is_(None),
        ),
        Index(
            "uq_period_reports_own_edition", "first_on", "last_on", "area_code", "agency_id", "edition",
            unique=True, sqlite_where=agency_id.is_not(None), postgresql_where=agency_id.is_not(None),
        ),
    )  # fmt: skip


class Urging(Base):
    """Who coordinates urges an agency to do its duty (督办), until a day."""

    __tablename__ = "urgings"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_code: Mapped[str] = mapped_column(String(16))
    to_agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    indicator: Mapped[str | None] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(128))
    words: Mapped[str] = mapped_column(String(1000))
    due_on: Mapped[date] = mapped_column(Date)
    sent_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)

    to_agency: Mapped[Agency] = relationship(viewonly=True, lazy="joined")
    answers: Mapped[list["UrgingAnswer"]] = relationship(viewonly=True, order_by="UrgingAnswer.id")

    @property
    def answered_at(self) -> datetime | None:
        return self.answers[0].answered_at if self.answers else None

    __table_args__ = (
        Index("ix_urgings_to_agency_id_due_on", "to_agency_id", "due_on"),
        Index("ix_urgings_area_code_id", "area_code", "id"),
    )


class UrgingAnswer(Base):
    """What an agency answered; it may add to it."""

    __tablename__ = "urging_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    urging_id: Mapped[int] = mapped_column(ForeignKey("urgings.id"))
    seq: Mapped[int]
    words: Mapped[str] = mapped_column(String(2000))
    answered_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(viewonly=True, lazy="joined")

    __table_args__ = (UniqueConstraint("urging_id", "seq"),)
