"""Units in close contact with minors, and their queries: counts and codes, never a name or a record."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base, UtcDateTime
from backend.staff_queries.rules import AskedBy, AskedOf, QueryKind, Result
from backend.tasks.models import one_of


class ContactUnit(Base):
    """A unit in close contact with minors (密切接触未成年人的单位).

    `queried_on` and `next_due_on` follow from its queries of all staff; nothing: there was none.
    """

    __tablename__ = "contact_units"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(255))
    address: Mapped[str | None] = mapped_column(String(255))
    area_code: Mapped[str] = mapped_column(String(16))
    credit_code: Mapped[str | None] = mapped_column(String(18), unique=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"), unique=True)
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venues.id"), unique=True)
    queried_on: Mapped[date | None] = mapped_column(Date)
    next_due_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
    entered_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint("(queried_on IS NULL) = (next_due_on IS NULL)", name="due"),
        CheckConstraint("queried_on < next_due_on", name="due_later"),
        Index("ix_contact_units_area_code_next_due_on", "area_code", "next_due_on"),
    )


class StaffQuery(Base):
    """One query (查询) and its result for so many people. Never changed: an answer is another row."""

    __tablename__ = "staff_queries"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("contact_units.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    people: Mapped[int]
    queried_on: Mapped[date] = mapped_column(Date)
    asked_of: Mapped[str] = mapped_column(String(16))
    asked_by: Mapped[str] = mapped_column(String(16))
    result: Mapped[str] = mapped_column(String(16))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("staff_queries.id"), unique=True)
    entered_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint(one_of("kind", QueryKind), name="kind"),
        CheckConstraint(one_of("asked_of", AskedOf), name="asked_of"),
        CheckConstraint(one_of("asked_by", AskedBy), name="asked_by"),
        CheckConstraint(one_of("result", Result), name="result"),
        CheckConstraint("result <> 'not_hired' OR kind = 'before_hiring'", name="not_hired"),
        CheckConstraint("result <> 'dismissed' OR kind = 'yearly'", name="dismissed"),
        CheckConstraint("people > 0", name="people"),
        CheckConstraint("replaces_id <> id", name="not_itself"),
    )
