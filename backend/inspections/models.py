"""What inspections found: plain facts in columns, everything that a person typed in one sealed record."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    and_,
    false,
    or_,
    text,
)
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, remote

from backend.core.db import Base, UtcDateTime
from backend.rulebook.rules import Outcome
from backend.tasks.models import one_of
from backend.tasks.rules import MatchedBy, Route

Standing = StrEnum("Standing", ["FOUND", "REVIEW"])  # 检查发现 / 须人工判断


_ON_MAPS = (  # all that a map of hotspots reads, so that it reads nothing else: visits are wide rows
    "cell", "area_code", "agency_id", "activity", "fact_on", "venue_id", "found", "several", "visit_no", "id",
)  # fmt: skip


_IN_TIME = (  # the same for the early warning, which asks for a period
    "fact_on", "venue_id", "found", "several", "visit_no", "agency_id", "area_code", "activity", "id",
)  # fmt: skip

_AT_A_VENUE = (  # the same for what the newest visit to a venue found
    "venue_id", "fact_on", "id", "found", "to_review", "agency_id", "area_code", "activity",
)  # fmt: skip


class Visit(Base):
    """One filled checklist (检查). Several with one `visit_no` are one visit of several activities.

    `record` holds the whole visit as filed: masked, compressed, sealed under the visit's key. A correction
    is a new row whose `corrects` is the instanceID of the old one; the old one stays.
    """

    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[str] = mapped_column(String(64), unique=True)
    visit_no: Mapped[str] = mapped_column(String(64), index=True)
    corrects: Mapped[str | None] = mapped_column(String(64), index=True)
    form_id: Mapped[str] = mapped_column(String(64))
    form_version: Mapped[str] = mapped_column(String(64))
    activity: Mapped[str] = mapped_column(String(32))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venues.id"))
    area_code: Mapped[str] = mapped_column(String(16))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))
    fact_on: Mapped[date] = mapped_column(Date)  # the day in Shanghai; the law of this day applies
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by the tablet's clock
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)  # by the server's
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    accuracy_m: Mapped[float | None]
    cell: Mapped[int | None] = mapped_column(BigInteger)  # of H3: where maps count it; see actions
    found: Mapped[int] = mapped_column(default=0, server_default="0")  # violations, by standing
    to_review: Mapped[int] = mapped_column(default=0, server_default="0")
    several: Mapped[bool] = mapped_column(  # other checklists are here of the same visit
        default=False, server_default=false()
    )
    rulebook_version: Mapped[int]
    measures: Mapped[list[str]] = mapped_column(JSON)
    key_id: Mapped[int] = mapped_column(ForeignKey("visit_keys.id"))
    record: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    answers_digest: Mapped[bytes | None] = mapped_column(LargeBinary)  # equal where all answers are
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # a correction of a colleague's
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    grounds: Mapped["VisitGrounds | None"] = relationship(viewonly=True, back_populates="visit")
    flags: Mapped[list["VisitFlag"]] = relationship(viewonly=True)
    findings: Mapped[list["Finding"]] = relationship(viewonly=True)
    id_checks: Mapped[list["IdCheck"]] = relationship(viewonly=True)
    evidence: Mapped[list["Evidence"]] = relationship(viewonly=True, order_by="Evidence.number")
    distances: Mapped[list["VisitDistance"]] = relationship(viewonly=True)
    judged: Mapped[list["JudgedSign"]] = relationship(viewonly=True, order_by="JudgedSign.id")
    violations: Mapped[list["Violation"]] = relationship(viewonly=True, back_populates="visit")
    corrections: Mapped[list["Visit"]] = relationship(viewonly=True, primaryjoin=lambda: _is_corrected())
    modules: Mapped[list["Visit"]] = relationship(viewonly=True, primaryjoin=lambda: _is_module())

    @property
    def corrected_by_ids(self) -> list[int]:
        return sorted(correction.id for correction in self.corrections)

    @property
    def other_modules(self) -> list["Visit"]:
        """The checklists of other activities of the same visit, without those that were corrected."""
        return sorted((one for one in self.modules if not one.corrections), key=lambda one: one.id)

    __table_args__ = (
        Index("ix_visits_at_a_venue", *_AT_A_VENUE),
        Index("ix_visits_area_code_id", "area_code", "id"),
        Index("ix_visits_user_id_id", "user_id", "id"),
        Index("ix_visits_on_maps", *_ON_MAPS),
        Index("ix_visits_in_time", *_IN_TIME),
    )


def _is_corrected() -> ColumnElement[bool]:
    """A colleague's correction takes a supervisor. One that came before its original counts if that corrects
    nothing: a correction may overtake its original, but two visits must not hide each other.
    """
    same_agency = remote(Visit.agency_id).is_not_distinct_from(Visit.agency_id)
    same_officer = remote(Visit.user_id).is_not_distinct_from(Visit.user_id)
    names_it = remote(foreign(Visit.corrects)) == Visit.instance_id
    counts = or_(same_officer, remote(Visit.confirmed_at).is_not(None))
    in_order = or_(Visit.received_at <= remote(Visit.received_at), Visit.corrects.is_(None))
    return and_(names_it, same_agency, counts, in_order)


def _is_module() -> ColumnElement[bool]:
    """Of one visit: the same number, agency and area, so that whoever sees one may see the other."""
    return and_(
        remote(foreign(Visit.visit_no)) == Visit.visit_no,
        remote(Visit.activity) != Visit.activity,
        remote(Visit.area_code) == Visit.area_code,
        remote(Visit.agency_id).is_not_distinct_from(Visit.agency_id),
    )


class VisitGrounds(Base):
    """Why a visit took place (检查由来): its task and check code, as far as they are known here.

    `assisting` (协查): the task was with others by then, or called off; the visit is kept beside it.
    """

    __tablename__ = "visit_grounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), unique=True)
    route: Mapped[str | None] = mapped_column(String(16))  # planned, triggered, as the form says
    joint: Mapped[bool] = mapped_column(default=False)
    check_code_id: Mapped[int | None] = mapped_column(ForeignKey("check_codes.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"), index=True)
    matched_by: Mapped[str | None] = mapped_column(String(16))
    assisting: Mapped[bool] = mapped_column(default=False)

    visit: Mapped[Visit] = relationship(viewonly=True, back_populates="grounds")

    __table_args__ = (
        CheckConstraint(one_of("route", Route), name="route"),
        CheckConstraint(one_of("matched_by", MatchedBy), name="matched_by"),
        CheckConstraint("(task_id IS NULL) = (matched_by IS NULL)", name="matched"),
    )


class VisitFlag(Base):
    """Something about a visit that a supervisor should see (提示). It blocks nothing."""

    __tablename__ = "visit_flags"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"))
    code: Mapped[str] = mapped_column(String(48), index=True)
    count: Mapped[int]  # of files, photos, answers ...: 1 where nothing is counted
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # e.g. the missing photo arrived

    __table_args__ = (UniqueConstraint("visit_id", "code"),)


class Finding(Base):
    """The answer to one item (检查发现). `photos` are numbers of evidence; notes are in the record."""

    __tablename__ = "findings"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    item: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str] = mapped_column(String(32))
    duties: Mapped[list[str]] = mapped_column(JSON)
    clauses: Mapped[list[str]] = mapped_column(JSON)
    photos: Mapped[list[int]] = mapped_column(JSON)


class IdCheck(Base):
    """One look into how identities are verified (身份核验): counts by age band, never a name."""

    __tablename__ = "id_checks"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"))
    method: Mapped[str] = mapped_column(String(32))
    people_checked: Mapped[int | None]
    not_verified: Mapped[int | None]
    mismatched: Mapped[int | None]
    eighteen_today: Mapped[int | None]
    apparent_under_14: Mapped[int | None]
    apparent_14_15: Mapped[int | None]
    apparent_16_17: Mapped[int | None]
    confirmed_under_14: Mapped[int | None]
    confirmed_14_15: Mapped[int | None]
    confirmed_16_17: Mapped[int | None]

    __table_args__ = (Index("ix_id_checks_visit_id_counts", "visit_id", "people_checked", "not_verified"),)


class Evidence(Base):
    """A photo or a signature as the form names it (证据). Captured and arrived hashes are held together here.

    `sealed` is a photo in which a minor may be: it opens to two people only.
    """

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    name_hash: Mapped[bytes] = mapped_column(LargeBinary)
    about: Mapped[list[str]] = mapped_column(JSON)
    sealed: Mapped[bool]
    captured_sha256: Mapped[str | None] = mapped_column(String(64))
    arrived_sha256: Mapped[str | None] = mapped_column(String(64))
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    accuracy_m: Mapped[float | None]

    __table_args__ = (
        UniqueConstraint("visit_id", "number"),
        CheckConstraint("kind IN ('photo', 'signature', 'sketch', 'other')", name="kind"),
        Index(
            "ix_evidence_sealed", "visit_id", sqlite_where=text("sealed = 1"), postgresql_where=text("sealed")
        ),
    )


class PictureWaiting(Base):
    """A photo that arrived and that the filer has not compared with earlier ones yet."""

    __tablename__ = "pictures_waiting"

    id: Mapped[int] = mapped_column(primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), unique=True)


class PictureMark(Base):
    """A keyed mark of a quarter of what a photo looks like; see `pictures`."""

    __tablename__ = "picture_marks"

    id: Mapped[int] = mapped_column(primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), index=True)
    mark: Mapped[int] = mapped_column(BigInteger)
    fact_on: Mapped[date] = mapped_column(Date)

    __table_args__ = (Index("ix_picture_marks_mark_fact_on", "mark", "fact_on"),)


class VisitDistance(Base):
    """The position of a visit held against one site (距离核查): screening only, it accuses nobody."""

    __tablename__ = "visit_distances"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    site_version: Mapped[int]  # of the site's row as it was measured
    rule_id: Mapped[str] = mapped_column(String(32))
    setting: Mapped[str | None] = mapped_column(String(32))  # the authority's decision that filled it in
    method: Mapped[str] = mapped_column(String(32))
    distance_m: Mapped[float]
    error_m: Mapped[float]
    extent_m: Mapped[float]
    verdict: Mapped[str] = mapped_column(String(16))


class JudgedSign(Base):
    """What one sign in a visit means for one duty (逐项判断), acquittals too, in the words of that rulebook.

    `reason` is the id of the row of judgement, or the doubt for which no row spoke.
    """

    __tablename__ = "judged_signs"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    sign: Mapped[str] = mapped_column(String(128))
    duty_id: Mapped[str | None] = mapped_column(String(32))
    outcome: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(48))
    because: Mapped[dict[str, str] | None] = mapped_column(JSON)
    clauses: Mapped[list[str]] = mapped_column(JSON)
    doubts: Mapped[list[str]] = mapped_column(JSON)

    __table_args__ = (
        CheckConstraint("outcome IN ({})".format(", ".join(f"'{o}'" for o in Outcome)), name="outcome"),
    )


class Violation(Base):
    """A duty that a visit shows broken (违法行为), with the clauses of the day of the fact.

    Its statement is the duty's own, in that version of the rulebook. `reasons` say what it rests on, `doubts`
    what a human has to decide; without any it is found.
    """

    __tablename__ = "violations"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"))
    duty_id: Mapped[str | None] = mapped_column(String(32), index=True)
    clauses: Mapped[list[str]] = mapped_column(JSON)
    standing: Mapped[str] = mapped_column(String(16))
    reasons: Mapped[list[str]] = mapped_column(JSON)
    doubts: Mapped[list[str]] = mapped_column(JSON)
    rulebook_version: Mapped[int]
    fact_on: Mapped[date] = mapped_column(Date)

    visit: Mapped[Visit] = relationship(viewonly=True, back_populates="violations")
    bases: Mapped[list["ViolationBasis"]] = relationship(viewonly=True)

    __table_args__ = (
        CheckConstraint("standing IN ({})".format(", ".join(f"'{s}'" for s in Standing)), name="standing"),
        Index("ix_violations_visit_id_standing_duty_id", "visit_id", "standing", "duty_id"),
    )


class ViolationBasis(Base):
    """One of the legal bases on which a violation may be punished (处罚依据候选). None is chosen here."""

    __tablename__ = "violation_bases"

    id: Mapped[int] = mapped_column(primary_key=True)
    violation_id: Mapped[int] = mapped_column(ForeignKey("violations.id"), index=True)
    basis_id: Mapped[str] = mapped_column(String(32))
    clauses: Mapped[list[str]] = mapped_column(JSON)
