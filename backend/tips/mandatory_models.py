"""Mandatory reports with whom they were handed to, and who was trained for them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.accounts.rules import ToCall
from backend.core.db import Base, UtcDateTime
from backend.tasks.models import one_of
from backend.tips.rules import AgeBand, HandedHow, Situation, Whereabouts


class MandatoryReport(Base):
    """Harm or danger to a minor, met with at work (强制报告): a copy, for the call comes first.

    No column for a name. What was written is sealed under a key of this report alone.
    """

    __tablename__ = "mandatory_reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    report_no: Mapped[str] = mapped_column(String(32), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"))  # the school that reports
    area_code: Mapped[str] = mapped_column(String(16))
    situation: Mapped[str] = mapped_column(String(16))
    age_band: Mapped[str] = mapped_column(String(16))
    whereabouts: Mapped[str] = mapped_column(String(16))
    met_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    key_id: Mapped[int] = mapped_column(ForeignKey("visit_keys.id"), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    handovers: Mapped[list["Handover"]] = relationship(lazy="selectin", order_by="Handover.id")

    __table_args__ = (
        CheckConstraint(one_of("situation", Situation), name="situation"),
        CheckConstraint(one_of("age_band", AgeBand), name="age_band"),
        CheckConstraint(one_of("whereabouts", Whereabouts), name="whereabouts"),
        Index("ix_mandatory_reports_area_code_id", "area_code", "id"),
    )


class Handover(Base):
    """To whom a mandatory report was handed, when and how (转交), and what became of it."""

    __tablename__ = "handovers"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("mandatory_reports.id"), index=True)
    to_kind: Mapped[str] = mapped_column(String(16))
    to_name: Mapped[str] = mapped_column(String(128))
    how: Mapped[str] = mapped_column(String(16))
    handed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    noted_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed_result: Mapped[bytes | None] = mapped_column(LargeBinary)
    result_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    result_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint(one_of("to_kind", ToCall), name="to_kind"),
        CheckConstraint(one_of("how", HandedHow), name="how"),
        CheckConstraint(
            "(result_at IS NULL) = (result_by IS NULL) AND (result_at IS NULL) = (sealed_result IS NULL)",
            name="result",
        ),
    )


class Training(Base):
    """A unit taught its people to recognise and report (强制报告培训): how many, by whom, when again."""

    __tablename__ = "trainings"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"), index=True)
    area_code: Mapped[str] = mapped_column(String(16), index=True)
    held_on: Mapped[date] = mapped_column(Date)
    topic: Mapped[str] = mapped_column(String(255))
    trained_by: Mapped[str] = mapped_column(String(128))
    people: Mapped[int]
    next_due_on: Mapped[date] = mapped_column(Date)
    entered_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("(agency_id IS NULL) <> (site_id IS NULL)", name="of_one_unit"),
        CheckConstraint("people > 0", name="people"),
        CheckConstraint("next_due_on > held_on", name="next_due_on"),
    )
