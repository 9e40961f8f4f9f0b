"""Orders to correct (责令改正): what must be corrected by when, what was shown for it, what became of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.accounts.models import User
from backend.cases.rules import Entry, OrderState
from backend.core.db import Base, UtcDateTime
from backend.inspections.models import Violation
from backend.tasks.models import one_of
from backend.venues.models import Venue

_IN_ORDER = ("agency_id", "due_on", "id", "state", "area_code", "venue_id")  # all that their list reads


class Order(Base):
    """An order that was handed over on the spot (责令改正通知书).

    `sealed` is what it demands, as somebody typed it, under the visit's key.
    """

    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(String(36), unique=True)  # the UUID of what was handed over
    number: Mapped[str | None] = mapped_column(String(64), index=True)  # as it is printed
    visit_no: Mapped[str] = mapped_column(String(128))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    area_code: Mapped[str] = mapped_column(String(16))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venues.id"), index=True)
    handed_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(16))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))  # of the re-inspection
    key_id: Mapped[int] = mapped_column(ForeignKey("visit_keys.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    venue: Mapped[Venue | None] = relationship(viewonly=True)
    violations: Mapped[list["OrderViolation"]] = relationship(viewonly=True, order_by="OrderViolation.id")
    entries: Mapped[list["OrderEntry"]] = relationship(viewonly=True, order_by="OrderEntry.seq")

    __table_args__ = (
        CheckConstraint(one_of("state", OrderState), name="state"),
        Index("ix_orders_in_order", *_IN_ORDER),
    )


class OrderViolation(Base):
    """A violation that an order names. Not corrected in time, it opens the serious tier (拒不改正)."""

    __tablename__ = "order_violations"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    violation_id: Mapped[int] = mapped_column(ForeignKey("violations.id"), index=True)
    refused_on: Mapped[date | None] = mapped_column(Date)  # the day of the re-inspection that found it so

    violation: Mapped[Violation] = relationship(viewonly=True)

    __table_args__ = (UniqueConstraint("order_id", "violation_id"),)


class OrderEntry(Base):
    """What happened to an order: proof, more time, the outcome. Never changed or removed.

    What somebody typed and the file that they brought are sealed under the visit's key.
    """

    __tablename__ = "order_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date | None] = mapped_column(Date)  # of what was extended
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visits.id"))  # by which it was found so
    sealed_note: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    sealed_file: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    file_sha256: Mapped[str | None] = mapped_column(String(64))

    user: Mapped[User | None] = relationship(viewonly=True, lazy="joined")

    __table_args__ = (
        UniqueConstraint("order_id", "seq"),
        CheckConstraint(one_of("kind", Entry), name="kind"),
        CheckConstraint("(kind = 'extended') = (due_on IS NOT NULL)", name="extended"),
        CheckConstraint("(sealed_file IS NULL) = (file_sha256 IS NULL)", name="file"),
        CheckConstraint("kind <> 'failed' OR visit_id IS NOT NULL", name="found_at_a_visit"),
    )
