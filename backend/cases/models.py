"""Cases with their violations, officers, steps and deadlines. Steps are never changed: see `guards`."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.accounts.models import Agency, User
from backend.accounts.rules import Authority
from backend.cases.penalty_models import PenaltyProposal
from backend.core.db import Base, UtcDateTime
from backend.inspections.models import Violation
from backend.rulebook.procedure import Actor, Pause, Unit, Whose
from backend.tasks.models import one_of
from backend.tasks.rules import written
from backend.venues.models import Venue


class CaseSeries(Base):
    """How an agency numbers its cases in one year (案号). `next_number` is the first that no case has."""

    __tablename__ = "case_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    year: Mapped[int]
    pattern: Mapped[str] = mapped_column(String(64), unique=True)
    next_number: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        UniqueConstraint("agency_id", "year"),
        CheckConstraint("next_number > 0", name="from_one"),
    )


class Case(Base):
    """One case (案件) of one agency about violations at one venue. A number that was given stays given.

    `acted_on` is the day of the act, or of its end where it went on: the limitation counts from it.
    `next_due_on` is the first day on which a clock of the agency warns, `overdue_after` the first last day
    of one; they are set where clocks are counted.
    """

    __tablename__ = "cases"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("case_series.id"))
    number: Mapped[int]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    area_code: Mapped[str] = mapped_column(String(16))
    venue_id: Mapped[int] = mapped_column(ForeignKey("venues.id"), index=True)
    authority: Mapped[str] = mapped_column(String(16))  # its profile of procedure
    state: Mapped[str] = mapped_column(String(32))
    is_open: Mapped[bool]
    acted_on: Mapped[date] = mapped_column(Date)
    found_on: Mapped[date] = mapped_column(Date)
    is_long: Mapped[bool]  # life, health or financial safety, with harm: the longer limitation
    opened_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_due_on: Mapped[date | None] = mapped_column(Date)
    overdue_after: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(default=1)

    series: Mapped[CaseSeries] = relationship(lazy="joined", viewonly=True)
    venue: Mapped[Venue] = relationship(viewonly=True)
    agency: Mapped[Agency] = relationship(viewonly=True)
    violations: Mapped[list["CaseViolation"]] = relationship(viewonly=True, order_by="CaseViolation.id")
    officers: Mapped[list["CaseOfficer"]] = relationship(viewonly=True, order_by="CaseOfficer.id")
    steps: Mapped[list["CaseStep"]] = relationship(viewonly=True, order_by="CaseStep.seq")
    deadlines: Mapped[list["CaseDeadline"]] = relationship(viewonly=True, order_by="CaseDeadline.id")
    proposals: Mapped[list[PenaltyProposal]] = relationship(viewonly=True, order_by=PenaltyProposal.seq)

    @property
    def text(self) -> str:
        """Its number as it stands on paper."""
        return written(self.series.pattern, self.number)

    @property
    def officers_now(self) -> list["CaseOfficer"]:
        return [one for one in self.officers if one.until is None]

    @property
    def proposal(self) -> PenaltyProposal | None:
        """The proposal that counts."""
        return self.proposals[-1] if self.proposals else None

    @property
    def running(self) -> list["CaseDeadline"]:
        return [one for one in self.deadlines if one.ended_at is None]

    __table_args__ = (
        UniqueConstraint("series_id", "number"),
        CheckConstraint(one_of("authority", Authority), name="authority"),
        CheckConstraint("is_open = (ended_at IS NULL)", name="ended"),
        CheckConstraint("acted_on <= found_on", name="acted_before_found"),
    )


IN_ORDER = (Case.is_open.desc(), Case.next_due_on.is_(None), Case.next_due_on, Case.id.desc())
Index(  # all that their list reads to choose, to count and to sort
    "ix_cases_in_order", Case.agency_id, *IN_ORDER,
    Case.area_code, Case.state, Case.venue_id, Case.number, Case.overdue_after,
)  # fmt: skip


class CaseViolation(Base):
    """A violation that a case is about. It is in one open case at most."""

    __tablename__ = "case_violations"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    violation_id: Mapped[int] = mapped_column(ForeignKey("violations.id"))
    is_open: Mapped[bool] = mapped_column(default=True)

    violation: Mapped[Violation] = relationship(viewonly=True)

    __table_args__ = (
        UniqueConstraint("case_id", "violation_id"),
        Index(
            "uq_case_violations_open", "violation_id", unique=True,
            sqlite_where=text("is_open"), postgresql_where=text("is_open"),
        ),
    )  # fmt: skip


class CaseOfficer(Base):
    """Somebody who investigates a case, or did until they were replaced; with the certificate of that day."""

    __tablename__ = "case_officers"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    certificate_no: Mapped[str] = mapped_column(String(64))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(lazy="joined", viewonly=True)

    __table_args__ = (
        Index(
            "uq_case_officers_now", "case_id", "user_id", unique=True,
            sqlite_where=until.is_(None), postgresql_where=until.is_(None),
        ),
        Index("ix_case_officers_of_user", "user_id", "until", "case_id"),
    )  # fmt: skip


class CaseStep(Base):
    """One step of a case: who made it when, by which clauses, with which papers. Never changed or removed."""

    __tablename__ = "case_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    seq: Mapped[int]
    step: Mapped[str] = mapped_column(String(64))
    from_state: Mapped[str | None] = mapped_column(String(32))
    to_state: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)  # as somebody says
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)  # by the server
    rulebook_version: Mapped[int]
    clauses: Mapped[list[str]] = mapped_column(JSON)
    papers: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # id, name, SHA-256 if it is a file
    reason: Mapped[str | None] = mapped_column(String(1000))
    begins: Mapped[str | None] = mapped_column(String(16))
    ends: Mapped[str | None] = mapped_column(String(16))
    extends: Mapped[str | None] = mapped_column(String(32))
    days: Mapped[int | None]  # or what the unit of the extended clock is

    user: Mapped[User] = relationship(viewonly=True, lazy="joined")

    __table_args__ = (
        UniqueConstraint("case_id", "seq"),
        CheckConstraint("(seq = 1) = (from_state IS NULL)", name="first"),
        CheckConstraint(one_of("actor", Actor), name="actor"),
        CheckConstraint(one_of("begins", Pause), name="begins"),
        CheckConstraint(one_of("ends", Pause), name="ends"),
        CheckConstraint("(extends IS NULL) = (days IS NULL)", name="extends"),
        CheckConstraint("made_at <= recorded_at", name="made_before_recorded"),
    )


class CaseDeadline(Base):
    """A clock of a case (期限): when it began, its last day as it was worked out, when it ended.

    Without a number there is no last day. `warn_on` is the earliest day that a reading, or an older calendar,
    gave. A provisional one touches years whose holidays are not loaded. A paused one stands still.
    """

    __tablename__ = "case_deadlines"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    clock: Mapped[str] = mapped_column(String(32))
    whose: Mapped[str] = mapped_column(String(16))
    count: Mapped[int | None]
    unit: Mapped[str] = mapped_column(String(16))
    more: Mapped[int] = mapped_column(default=0)  # by which it was extended
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    begun_on: Mapped[date] = mapped_column(Date)  # its day in Shanghai
    due_on: Mapped[date | None] = mapped_column(Date)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # of hours
    warn_on: Mapped[date | None] = mapped_column(Date)
    is_provisional: Mapped[bool] = mapped_column(default=False)
    unloaded: Mapped[list[int]] = mapped_column(JSON, default=list)
    is_paused: Mapped[bool] = mapped_column(default=False)
    rulebook_version: Mapped[int]
    started_by: Mapped[int] = mapped_column(ForeignKey("case_steps.id"))
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("case_steps.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint(one_of("whose", Whose), name="whose"),
        CheckConstraint(one_of("unit", Unit), name="unit"),
        CheckConstraint("(due_on IS NULL) = (warn_on IS NULL)", name="due"),
        CheckConstraint("warn_on IS NULL OR warn_on <= due_on", name="warned_in_time"),
        CheckConstraint("(ended_by IS NULL) = (ended_at IS NULL)", name="ended"),
        Index(
            "uq_case_deadlines_running", "case_id", "clock", unique=True,
            sqlite_where=ended_at.is_(None), postgresql_where=ended_at.is_(None),
        ),
        Index("ix_case_deadlines_alike", "clock", "begun_on", "rulebook_version", "more"),
    )  # fmt: skip
