"""Premises that are inspected (场所), what they do there, and their licences."""

from datetime import date, datetime

import shapely
from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.core.db import Base, UtcDateTime
from backend.core.places import Provenance
from backend.core.spatial import Geometry


class Venue(Provenance, Base):
    """One place of business. Without a position it is kept and listed as such.

    One drawn as an area keeps its footprint; its `place` is a point inside, and `extent_m`, the distance to
    the farthest corner, is added to its error.
    """

    __tablename__ = "venues"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str | None] = mapped_column(String(255))  # nothing = unnamed, known by its ref
    address: Mapped[str | None] = mapped_column(String(512))
    district_text: Mapped[str | None] = mapped_column(String(128))
    area_code: Mapped[str | None] = mapped_column(String(16), index=True)  # the smallest area that holds it
    operator_name: Mapped[str | None] = mapped_column(String(255))
    credit_code: Mapped[str | None] = mapped_column(String(18), index=True)  # GB 32100, check digit verified
    place: Mapped[shapely.Point | None] = mapped_column(Geometry)  # the entrance where known
    footprint: Mapped[shapely.Geometry | None] = mapped_column(Geometry)
    extent_m: Mapped[float] = mapped_column(default=0.0)
    established_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(default=1)  # counts the changes of this row
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    name_pinyin: Mapped[str | None] = mapped_column(Text)  # made by a job from the name: lan xing wang ba
    name_initials: Mapped[str | None] = mapped_column(String(255))  # lxwb
    address_pinyin: Mapped[str | None] = mapped_column(Text)
    address_initials: Mapped[str | None] = mapped_column(String(512))

    activities: Mapped[list["VenueActivity"]] = relationship(
        back_populates="venue", cascade="all, delete-orphan"
    )
    licences: Mapped[list["Licence"]] = relationship(back_populates="venue", cascade="all, delete-orphan")

    __table_args__ = (
        CheckConstraint("accuracy_m >= 0 AND extent_m >= 0", name="errors_not_negative"),
        Index("ix_venues_name", "name"),
    )


class VenueActivity(Base):
    """One of the things that a venue does (业态); ids are the rulebook's."""

    __tablename__ = "venue_activities"

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venues.id", ondelete="CASCADE"))
    activity: Mapped[str] = mapped_column(String(32))

    venue: Mapped[Venue] = relationship(back_populates="activities")

    __table_args__ = (
        UniqueConstraint("venue_id", "activity"),
        Index("ix_venue_activities_activity", "activity", "venue_id"),
    )


class Licence(Base):
    """A permit (许可证). Its number is free text: patterns differ by issuer.

    `activity` is nothing when a file names one number beside several activities and not for which it is.
    """

    __tablename__ = "licences"

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venues.id", ondelete="CASCADE"), index=True)
    activity: Mapped[str | None] = mapped_column(String(32))
    number: Mapped[str] = mapped_column(String(64), index=True)
    issued_on: Mapped[date | None] = mapped_column(Date)
    expires_on: Mapped[date | None] = mapped_column(Date)

    venue: Mapped[Venue] = relationship(back_populates="licences")

    __table_args__ = (
        Index("ix_licences_issued_on", "issued_on"),
        Index("ix_licences_expires_on", "expires_on"),
    )
