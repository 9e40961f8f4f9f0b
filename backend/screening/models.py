"""What was measured and judged, with the versions that explain it in a hearing a year later."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base, UtcDateTime


class ScreeningRun(Base):
    """The whole register held against the distance rules of one day (距离核查)."""

    __tablename__ = "screening_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column(Date)
    rulebook_version: Mapped[int]
    data_version: Mapped[str] = mapped_column(String(64))  # hash over every row that was measured
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    by: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Measurement(Base):
    """One venue, one site, one activity: the distance, its error, and what the rule says."""

    __tablename__ = "measurements"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("screening_runs.id", ondelete="CASCADE"))
    venue_id: Mapped[int] = mapped_column(ForeignKey("venues.id", ondelete="CASCADE"))
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"))
    activity: Mapped[str] = mapped_column(String(32))
    rule_id: Mapped[str] = mapped_column(String(32))
    method: Mapped[str] = mapped_column(String(48))
    distance_m: Mapped[float]
    error_m: Mapped[float]
    extent_m: Mapped[float]
    verdict: Mapped[str] = mapped_column(String(16))

    __table_args__ = (
        CheckConstraint("verdict IN ('inside', 'survey', 'clear', 'not_configured')", name="verdict"),
        Index("ix_measurements_run_id_venue_id", "run_id", "venue_id"),
        Index("ix_measurements_site_id", "site_id"),
    )


class VenueVerdict(Base):
    """The worst verdict of a venue under a rule, from the newest run: what the register shows and filters by."""

    __tablename__ = "venue_verdicts"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("screening_runs.id", ondelete="CASCADE"), index=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venues.id", ondelete="CASCADE"), index=True)
    activity: Mapped[str] = mapped_column(String(32))
    rule_id: Mapped[str] = mapped_column(String(32))
    verdict: Mapped[str] = mapped_column(String(16), index=True)
