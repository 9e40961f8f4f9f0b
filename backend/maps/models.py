"""What the map tells of other areas, frozen for good; nothing that is kept back stands here."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base
from backend.maps.rules import LEAST_VISITS


class FrozenQuarter(Base):
    """A quarter whose blocks were worked out, and on which day; that happens once."""

    __tablename__ = "frozen_quarters"

    id: Mapped[int] = mapped_column(primary_key=True)
    begins_on: Mapped[date] = mapped_column(Date, unique=True)
    frozen_on: Mapped[date] = mapped_column(Date)


class ToldBlock(Base):
    """One cell, area, agency, activity and quarter, as far as it is told. Its row stays as it is."""

    __tablename__ = "told_blocks"

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter_id: Mapped[int] = mapped_column(ForeignKey("frozen_quarters.id"))
    cell: Mapped[int] = mapped_column(BigInteger)
    area_code: Mapped[str] = mapped_column(String(16))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    activity: Mapped[str] = mapped_column(String(32))
    visits: Mapped[int]
    with_violation: Mapped[int | None]
    violations: Mapped[int | None]

    __table_args__ = (
        UniqueConstraint("quarter_id", "cell", "area_code", "agency_id", "activity"),
        CheckConstraint(f"visits >= {LEAST_VISITS}", name="visits"),
        CheckConstraint(
            f"with_violation BETWEEN {LEAST_VISITS} AND visits - {LEAST_VISITS}", name="with_violation"
        ),
        CheckConstraint("(with_violation IS NULL) = (violations IS NULL)", name="violations"),
    )
