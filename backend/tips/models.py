"""Tips, their pictures, clocks and steps. What somebody wrote, answered or shows is sealed."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.core.db import Base, UtcDateTime
from backend.tasks.models import one_of
from backend.tips.rules import CHANNELS, Deed, Nature, Source, State


class Tip(Base):
    """One tip (线索). It belongs to the area where its place lies, or the school's.

    `sealed` is the record as it came, under a key of this tip alone. Who is no officer gets a secret with the
    receipt number; of both together only a keyed hash is kept.
    """

    __tablename__ = "tips"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)  # made where it was noted
    digest: Mapped[bytes] = mapped_column(LargeBinary)  # keyed: tells the same from another story
    receipt_no: Mapped[str] = mapped_column(String(32), unique=True)
    secret_hash: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    source: Mapped[str] = mapped_column(String(16))
    channel_no: Mapped[str | None] = mapped_column(String(64))  # the number of the channel's work order
    nature: Mapped[str] = mapped_column(String(16), default=Nature.REPORT, server_default=Nature.REPORT)
    kind: Mapped[str] = mapped_column(String(32))
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)  # as the sender says
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    area_code: Mapped[str] = mapped_column(String(16))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"), index=True)
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venues.id"), index=True)
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    source_crs: Mapped[str | None] = mapped_column(String(32))  # the reference that the sender named
    accuracy_m: Mapped[float | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"), index=True)
    is_signed: Mapped[bool | None]  # by the tablet; nothing from a desk
    key_id: Mapped[int] = mapped_column(ForeignKey("visit_keys.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    state: Mapped[str] = mapped_column(String(16))
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    joined_id: Mapped[int | None] = mapped_column(ForeignKey("tips.id"), index=True)  # handled with that one
    split_id: Mapped[int | None] = mapped_column(ForeignKey("tips.id"), unique=True)  # its other half
    to_name: Mapped[str | None] = mapped_column(String(128))  # to whom it was passed on
    verified_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_filed: Mapped[bool | None]  # whether a case was filed after verifying
    sealed_answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # told its answer directly
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    pictures: Mapped[list["TipPicture"]] = relationship(lazy="selectin", order_by="TipPicture.number")
    clocks: Mapped[list["TipClock"]] = relationship(lazy="selectin", order_by="TipClock.id")
    steps: Mapped[list["TipStep"]] = relationship(order_by="TipStep.id")

    __table_args__ = (
        CheckConstraint(one_of("source", Source), name="source"),
        CheckConstraint(one_of("nature", Nature), name="nature"),
        CheckConstraint(one_of("state", State), name="state"),
        CheckConstraint(
            "source <> 'street' OR (secret_hash IS NULL AND (device_id IS NOT NULL OR user_id IS NOT NULL))",
            name="from_officer",
        ),
        CheckConstraint(
            "source <> 'school' OR (site_id IS NOT NULL AND user_id IS NOT NULL "
            "AND (secret_hash IS NOT NULL OR split_id IS NOT NULL))",
            name="from_school",
        ),
        CheckConstraint(
            "source <> 'public' OR (user_id IS NULL AND device_id IS NULL "
            "AND (secret_hash IS NOT NULL OR split_id IS NOT NULL))",
            name="from_public",
        ),
        CheckConstraint(
            f"(channel_no IS NOT NULL) = ({one_of('source', CHANNELS)})"
            " AND (channel_no IS NULL OR secret_hash IS NULL)",
            name="from_channel",
        ),
        CheckConstraint(
            "(lon IS NULL) = (lat IS NULL) AND (lon IS NULL) = (source_crs IS NULL)", name="position"
        ),
        CheckConstraint(
            "(state = 'received') = (taken_at IS NULL) AND (taken_at IS NULL) = (taken_by IS NULL)",
            name="taken",
        ),
        CheckConstraint(
            "(state IN ('answered', 'closed')) = (answered_at IS NOT NULL) "
            "AND (answered_at IS NULL) = (answered_by IS NULL) "
            "AND (answered_at IS NULL) = (sealed_answer IS NULL)",
            name="answered",
        ),
        CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL) AND (closed_at IS NULL) = (closed_by IS NULL)",
            name="closed",
        ),
        CheckConstraint(
            "(told_at IS NULL) = (told_by IS NULL) AND (told_at IS NULL OR answered_at IS NOT NULL)",
            name="told",
        ),
        CheckConstraint("state <> 'transferred' OR to_name IS NOT NULL", name="transferred"),
        CheckConstraint(
            "(verified_at IS NULL) = (verified_by IS NULL) AND (verified_at IS NULL) = (is_filed IS NULL)",
            name="verified",
        ),
        CheckConstraint("joined_id <> id AND split_id <> id", name="not_itself"),
        UniqueConstraint("source", "channel_no", "nature"),
        Index("ix_tips_area_code_id", "area_code", "id"),
        Index("ix_tips_kind_received_at", "kind", "received_at"),
    )


class TipPicture(Base):
    """A picture that a tip names; `sealed` once it came, encoded anew without what the camera noted.

    Hash and size are those of what the sender has. Where a minor may be in it, it is shown pixelated but for
    the areas that somebody marked as clear.
    """

    __tablename__ = "tip_pictures"

    id: Mapped[int] = mapped_column(primary_key=True)
    tip_id: Mapped[int] = mapped_column(ForeignKey("tips.id"))
    number: Mapped[int]  # from 1
    name: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    minor_possible: Mapped[bool]
    clear_areas: Mapped[list[list[float]]] = mapped_column(JSON)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    came_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("tip_id", "number"),
        CheckConstraint("(sealed IS NULL) = (came_at IS NULL)", name="came"),
    )


class TipClock(Base):
    """One time limit that runs for a tip, by a row of the rulebook; without a number it has no last day.

    It counts from the day on which the tip was received, whoever it was passed on to since.
    """

    __tablename__ = "tip_clocks"

    id: Mapped[int] = mapped_column(primary_key=True)
    tip_id: Mapped[int] = mapped_column(ForeignKey("tips.id"))
    clock: Mapped[str] = mapped_column(String(32))
    rulebook_version: Mapped[int]
    due_on: Mapped[date | None] = mapped_column(Date, index=True)
    is_provisional: Mapped[bool]  # holidays of a year that it reaches are not known yet
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    more: Mapped[int] = mapped_column(default=0, server_default="0")
    extended_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    approved_by: Mapped[str | None] = mapped_column(String(64))  # the head who approved it
    because: Mapped[str | None] = mapped_column(String(255))

    __table_args__ = (
        UniqueConstraint("tip_id", "clock"),
        CheckConstraint("due_on IS NOT NULL OR NOT is_provisional", name="provisional"),
        CheckConstraint(
            "(more > 0) = (extended_by IS NOT NULL) AND (extended_by IS NULL) = (approved_by IS NULL) "
            "AND (extended_by IS NULL) = (because IS NULL)",
            name="extended",
        ),
    )


class TipStep(Base):
    """One thing that was done with a tip, in order: its history, transfers among it."""

    __tablename__ = "tip_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    tip_id: Mapped[int] = mapped_column(ForeignKey("tips.id"), index=True)
    deed: Mapped[str] = mapped_column(String(16))
    by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    to_name: Mapped[str | None] = mapped_column(String(128))
    sealed_note: Mapped[bytes | None] = mapped_column(LargeBinary)

    __table_args__ = (
        CheckConstraint(one_of("deed", Deed), name="deed"),
        CheckConstraint("(deed = 'transfer') = (to_name IS NOT NULL)", name="transferred"),
    )


class TipInformant(Base):
    """Who gave a tip, as they said (反映人): sealed under a key of its own, apart from what they told."""

    __tablename__ = "tip_informants"

    id: Mapped[int] = mapped_column(primary_key=True)
    tip_id: Mapped[int] = mapped_column(ForeignKey("tips.id"), unique=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("visit_keys.id"), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    tip: Mapped[Tip] = relationship(viewonly=True)


class InformantRequest(Base):
    """Somebody asks who gave a tip; it opens for them for a while when a second person agreed (双人启封)."""

    __tablename__ = "informant_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    informant_id: Mapped[int] = mapped_column(ForeignKey("tip_informants.id"), index=True)
    sealed_reason: Mapped[bytes] = mapped_column(LargeBinary)
    requested_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    agreed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    open_until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    informant: Mapped[TipInformant] = relationship(viewonly=True)

    __table_args__ = (
        CheckConstraint("agreed_by <> requested_by", name="two_people"),
        CheckConstraint(
            "(agreed_at IS NULL) = (agreed_by IS NULL) AND (agreed_at IS NULL) = (open_until IS NULL)",
            name="agreed",
        ),
    )
