"""Tasks and who had them, and check codes. Document numbers stand in `ledger_models`."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.accounts.models import Agency, User
from backend.core.db import Base, UtcDateTime
from backend.tasks.rules import CodeState, Kind, Route, TaskState, Trigger
from backend.venues.models import Venue


def one_of(column: str, known: Iterable[str]) -> str:
    return "{} IN ({})".format(column, ", ".join(f"'{value}'" for value in known))


class CheckCode(Base):
    """A permission to inspect a business (检查码), given elsewhere and entered here; never made here."""

    __tablename__ = "check_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str | None] = mapped_column(String(64), unique=True)
    route: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venues.id"), index=True)
    source_no: Mapped[str | None] = mapped_column(String(64))  # of the plan or the lead
    valid_to: Mapped[date | None] = mapped_column(Date)
    applied_on: Mapped[date | None] = mapped_column(Date)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    voided_because: Mapped[str | None] = mapped_column(String(255))
    created_by: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    agencies: Mapped[list["CheckCodeAgency"]] = relationship(lazy="selectin", cascade="all, delete-orphan")
    venue: Mapped[Venue | None] = relationship(viewonly=True)

    @property
    def agency_ids(self) -> list[int]:
        return sorted(one.agency_id for one in self.agencies)

    __table_args__ = (
        CheckConstraint(one_of("route", Route), name="route"),
        CheckConstraint(one_of("state", CodeState), name="state"),
        CheckConstraint("code IS NOT NULL OR state IN ('applied', 'void')", name="has_code"),
        CheckConstraint("(state = 'used') = (used_at IS NOT NULL)", name="used"),
        CheckConstraint("(state = 'void') = (voided_because IS NOT NULL)", name="void"),
    )


class CheckCodeAgency(Base):
    """An agency that comes under a check code; several come together (联合检查)."""

    __tablename__ = "check_code_agencies"

    id: Mapped[int] = mapped_column(primary_key=True)
    check_code_id: Mapped[int] = mapped_column(ForeignKey("check_codes.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)

    __table_args__ = (UniqueConstraint("check_code_id", "agency_id"),)


class Task(Base):
    """Somebody of an agency is to inspect a place by a day, for a reason that can be looked up.

    `officer_id` is who answers for it (主办); everybody who has or had it is in `officers`.
    """

    __tablename__ = "tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    trigger: Mapped[str | None] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    area_code: Mapped[str] = mapped_column(String(16))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venues.id"), index=True)
    place_text: Mapped[str | None] = mapped_column(String(255))  # where the register knows no venue
    reason: Mapped[str] = mapped_column(String(255))
    source_no: Mapped[str | None] = mapped_column(String(64), index=True)  # of the plan, the lead, the order
    check_code_id: Mapped[int | None] = mapped_column(ForeignKey("check_codes.id"), index=True)
    visit_on: Mapped[date | None] = mapped_column(Date)  # the day to go
    due_on: Mapped[date] = mapped_column(Date)  # the last day
    priority: Mapped[int] = mapped_column(default=2)  # 1 first, 3 last
    route_order: Mapped[int | None]  # place in the round of that day
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    created_by: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_because: Mapped[str | None] = mapped_column(String(255))
    version: Mapped[int] = mapped_column(default=1)

    activities: Mapped[list["TaskActivity"]] = relationship(lazy="selectin", cascade="all, delete-orphan")
    officers: Mapped[list["TaskOfficer"]] = relationship(lazy="selectin", order_by="TaskOfficer.id")
    agency: Mapped[Agency] = relationship(viewonly=True)
    venue: Mapped[Venue | None] = relationship(viewonly=True)
    check_code: Mapped[CheckCode | None] = relationship(viewonly=True, lazy="selectin")

    @property
    def now_with(self) -> list["TaskOfficer"]:
        """Those who have it; whoever answers for it stands first."""
        there = [one for one in self.officers if one.until is None]
        return sorted(there, key=lambda one: one.user_id != self.officer_id)

    @property
    def officer_ids(self) -> list[int]:
        return [one.user_id for one in self.now_with]

    @property
    def activity_ids(self) -> list[str]:
        return sorted(one.activity for one in self.activities)

    __table_args__ = (
        CheckConstraint(one_of("kind", Kind), name="kind"),
        CheckConstraint(one_of("trigger", Trigger), name="trigger"),
        CheckConstraint("(kind = 'triggered') = (trigger IS NOT NULL)", name="triggered_by"),
        CheckConstraint("kind <> 're_inspection' OR source_no IS NOT NULL", name="names_the_order"),
        CheckConstraint(one_of("state", TaskState), name="state"),
        CheckConstraint("venue_id IS NOT NULL OR place_text IS NOT NULL", name="somewhere"),
        CheckConstraint("state NOT IN ('assigned', 'in_progress') OR officer_id IS NOT NULL", name="by_whom"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_because IS NOT NULL)", name="withdrawn"),
        CheckConstraint("priority BETWEEN 1 AND 3", name="priority"),
        Index("ix_tasks_agency_id_due_on", "agency_id", "due_on"),
    )


class TaskActivity(Base):
    """One activity that is to be inspected there; a task without any is about whatever is done there."""

    __tablename__ = "task_activities"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    activity: Mapped[str] = mapped_column(String(32))

    __table_args__ = (UniqueConstraint("task_id", "activity"),)


class TaskOfficer(Base):
    """Somebody who has a task, or had it until it went to somebody else; the row stays."""

    __tablename__ = "task_officers"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(lazy="joined", viewonly=True)

    __table_args__ = (
        Index("ix_task_officers_task_id", "task_id"),
        Index(
            "uq_task_officers_now", "task_id", "user_id", unique=True,
            sqlite_where=until.is_(None), postgresql_where=until.is_(None),
        ),
    )  # fmt: skip


class TaskImport(Base):
    """A table of tasks as it was shown before somebody confirmed it; nothing of it is a task until then."""

    __tablename__ = "task_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    faults: Mapped[int]
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
