"""The ledger of document numbers (文号台账): series, blocks that tablets take with them, and every number."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.core.db import Base, UtcDateTime
from backend.tasks.models import one_of
from backend.tasks.rules import DocumentKind, NumberState, Voided, written


class NumberSeries(Base):
    """How an agency numbers one kind of document in one year. `next_number` is the first that nobody has."""

    __tablename__ = "number_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[str] = mapped_column(String(32))
    year: Mapped[int]
    pattern: Mapped[str] = mapped_column(String(64), unique=True)  # two that write alike would number twice
    next_number: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        UniqueConstraint("agency_id", "kind", "year"),
        CheckConstraint(one_of("kind", DocumentKind), name="kind"),
        CheckConstraint("next_number > 0", name="from_one"),
    )


class NumberBlock(Base):
    """Consecutive numbers for one tablet and one day; the tablet's own UUID makes asking again harmless."""

    __tablename__ = "number_blocks"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("number_series.id"))
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), index=True)
    day: Mapped[date] = mapped_column(Date, index=True)
    first: Mapped[int]
    last: Mapped[int]
    reserved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    series: Mapped[NumberSeries] = relationship(lazy="joined", viewonly=True)
    numbers: Mapped[list["DocumentNumber"]] = relationship(viewonly=True, order_by="DocumentNumber.number")

    __table_args__ = (
        UniqueConstraint("series_id", "first"),
        CheckConstraint("first <= last", name="not_empty"),
    )


class DocumentNumber(Base):
    """One number of a series: reserved, used once, or void with its reason. No row ever goes."""

    __tablename__ = "document_numbers"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("number_series.id"))
    number: Mapped[int]
    block_id: Mapped[int | None] = mapped_column(
        ForeignKey("number_blocks.id"), index=True
    )  # nothing: taken at a desk
    state: Mapped[str] = mapped_column(String(16))
    document: Mapped[str | None] = mapped_column(String(64), unique=True)  # the UUID of what bears it
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    voided_because: Mapped[str | None] = mapped_column(String(16))
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    series: Mapped[NumberSeries] = relationship(lazy="joined", viewonly=True)
    block: Mapped[NumberBlock | None] = relationship(lazy="joined", viewonly=True)

    @property
    def text(self) -> str:
        """As it stands on paper."""
        return written(self.series.pattern, self.number)

    __table_args__ = (
        UniqueConstraint("series_id", "number"),
        CheckConstraint(one_of("state", NumberState), name="state"),
        CheckConstraint(one_of("voided_because", Voided), name="voided_because"),
        CheckConstraint("(state = 'used') = (document IS NOT NULL)", name="used"),
        CheckConstraint("(state = 'voided') = (voided_because IS NOT NULL)", name="voided"),
        Index("ix_document_numbers_state", "state"),
    )
