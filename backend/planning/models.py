"""Sweeps around protected sites, and the tasks that were made for them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.core.db import Base, UtcDateTime
from backend.planning.rules import LARGEST_RING_M, State, state_of
from backend.protected_sites.models import Site
from backend.tasks.models import Task

_APPROVAL = ("approved_on", "document_no")


class Sweep(Base):
    """A special campaign around one site, under one approved plan (校园周边环境综合整治).

    `areas` are those of whoever opened it: venues beyond them belong to somebody else. `before` holds the
    zone as it stood when the first tasks were made, `result` what came of them when the sweep was closed.
    """

    __tablename__ = "sweeps"

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), index=True)
    area_code: Mapped[str] = mapped_column(String(16), index=True)  # of the site, when it was opened
    areas: Mapped[list[str]] = mapped_column(JSON)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)  # of the opener
    name: Mapped[str] = mapped_column(String(128))
    radius_m: Mapped[float]
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date] = mapped_column(Date)
    approved_by: Mapped[str | None] = mapped_column(String(128))
    approved_on: Mapped[date | None] = mapped_column(Date)
    document_no: Mapped[str | None] = mapped_column(String(64))
    published_on: Mapped[date | None] = mapped_column(Date)
    before: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    tasks_made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str | None] = mapped_column(String(64))
    closing_words: Mapped[str | None] = mapped_column(String(500))
    created_by: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    site: Mapped[Site] = relationship(viewonly=True)
    made: Mapped[list["SweepTask"]] = relationship(viewonly=True, order_by="SweepTask.id")

    @property
    def state(self) -> State:
        return state_of(
            is_approved=self.approved_on is not None,
            has_tasks=self.tasks_made_at is not None,
            is_closed=self.closed_at is not None,
        )

    __table_args__ = (
        CheckConstraint("from_on <= until_on", name="days"),
        CheckConstraint(f"radius_m > 0 AND radius_m <= {LARGEST_RING_M:g}", name="ring"),
        *(CheckConstraint(f"(approved_by IS NULL) = ({one} IS NULL)", name=one) for one in _APPROVAL),
        CheckConstraint(
            "published_on IS NULL OR (approved_on IS NOT NULL AND approved_on <= published_on)",
            name="published",
        ),
        CheckConstraint("tasks_made_at IS NULL OR approved_on IS NOT NULL", name="only_approved_makes_tasks"),
        CheckConstraint("(tasks_made_at IS NULL) = (before IS NULL)", name="before"),
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed_by"),
        CheckConstraint("(closed_at IS NULL) = (closing_words IS NULL)", name="closing_words"),
        CheckConstraint(
            "(result IS NOT NULL) = (closed_at IS NOT NULL AND tasks_made_at IS NOT NULL)", name="result"
        ),
    )


class SweepTask(Base):
    """The one task of an agency at a venue of a sweep."""

    __tablename__ = "sweep_tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    sweep_id: Mapped[int] = mapped_column(ForeignKey("sweeps.id"))
    venue_id: Mapped[int] = mapped_column(ForeignKey("venues.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), unique=True)

    task: Mapped[Task] = relationship(viewonly=True)

    __table_args__ = (UniqueConstraint("sweep_id", "venue_id", "agency_id"),)
