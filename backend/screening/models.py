"""What was measured and judged, with everything that explains it in a hearing a year later."""

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
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base, UtcDateTime
from backend.screening.rules import Verdict
from geodata.walking import State

# Written so because SQLite takes three times as long over an IN list when many rows are inserted.
_IS_A_VERDICT = " OR ".join(f"verdict = '{verdict.value}'" for verdict in Verdict)


class ScreeningRun(Base):
    """The whole register held against the distance rules of one day (距离核查). The newest one is shown."""

    __tablename__ = "screening_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column(Date)
    rulebook_version: Mapped[int]
    data_version: Mapped[str] = mapped_column(String(64))  # hash over every venue and site that took part
    basis: Mapped[dict[str, Any]] = mapped_column(JSON)  # the rules as applied, and what was assumed
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    by: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MeasuredPlace(Base):
    """A venue or a site as it was when it was measured: the same state once, however many runs use it.

    `sha256` is taken over facts, place and gates with a zero byte between them.
    """

    __tablename__ = "measured_places"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    facts: Mapped[str] = mapped_column(Text)  # JSON as it was hashed: ref, version, CRS, accuracy ...
    place: Mapped[bytes] = mapped_column(LargeBinary)  # WKB, lon/lat EPSG:4490
    gates: Mapped[bytes | None] = mapped_column(LargeBinary)


class Measurement(Base):
    """One venue, one site, one activity: every number, and what it proves. Kept where it is no clearance."""

    __tablename__ = "measurements"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("screening_runs.id", ondelete="CASCADE"))
    venue_id: Mapped[int] = mapped_column(ForeignKey("venues.id", ondelete="CASCADE"))
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"))
    activity: Mapped[str] = mapped_column(String(32))
    rule_id: Mapped[str] = mapped_column(String(32))
    rule_no: Mapped[int]  # place among the rules of the run's basis, where the district's own values stand
    method: Mapped[str] = mapped_column(String(32))  # how distance_m was measured
    distance_m: Mapped[float]
    boundary_m: Mapped[float]  # from the outline, or the point that stands for it
    gate_m: Mapped[float | None]  # from the nearest gate
    error_m: Mapped[float]
    extent_m: Mapped[float]
    verdict: Mapped[str] = mapped_column(String(16))
    venue_as_measured: Mapped[int] = mapped_column(ForeignKey("measured_places.id"))
    site_as_measured: Mapped[int] = mapped_column(ForeignKey("measured_places.id"))

    __table_args__ = (
        CheckConstraint(_IS_A_VERDICT, name="verdict"),
        Index("ix_measurements_run_id_venue_id", "run_id", "venue_id"),
        Index("ix_measurements_venue_id", "venue_id"),
        Index("ix_measurements_site_id", "site_id"),
    )


class VenueVerdict(Base):
    """The worst verdict of a venue under a rule; the register shows and filters by the newest run's."""

    __tablename__ = "venue_verdicts"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("screening_runs.id", ondelete="CASCADE"))
    venue_id: Mapped[int] = mapped_column(ForeignKey("venues.id", ondelete="CASCADE"), index=True)
    venue_version: Mapped[int]
    activity: Mapped[str] = mapped_column(String(32))
    rule_id: Mapped[str] = mapped_column(String(32))
    verdict: Mapped[str] = mapped_column(String(16))

    __table_args__ = (
        CheckConstraint(_IS_A_VERDICT, name="verdict"),
        Index("ix_venue_verdicts_run_id_verdict", "run_id", "verdict", "venue_id", "activity"),
    )


class WalkingMeasurement(Base):
    """The way on foot from a venue to a site's nearest gate (步行距离), beside a run; no rule judges it.

    `state` says why there are no metres; how far both ends lie from a road says how far to trust them.
    """

    __tablename__ = "walking_measurements"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("screening_runs.id", ondelete="CASCADE"))
    venue_id: Mapped[int] = mapped_column(ForeignKey("venues.id", ondelete="CASCADE"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"), index=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("road_networks.id"))
    state: Mapped[str] = mapped_column(String(16))
    metres: Mapped[float | None]
    venue_from_road_m: Mapped[float | None]
    gate_from_road_m: Mapped[float | None]

    __table_args__ = (
        UniqueConstraint("run_id", "venue_id", "site_id"),
        CheckConstraint("state IN ({})".format(", ".join(f"'{state}'" for state in State)), name="state"),
    )


class SurroundingsLook(Base):
    """What a school was shown of its surroundings the first time in a month: no verdict, no inspection."""

    __tablename__ = "surroundings_looks"

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"))
    month: Mapped[str] = mapped_column(String(7))  # 2026-11
    looked_on: Mapped[date] = mapped_column(Date)
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)

    __table_args__ = (UniqueConstraint("site_id", "month"),)
