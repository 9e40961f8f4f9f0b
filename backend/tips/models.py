"""Tips and their pictures. What somebody wrote, what was answered and what is shown is sealed."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.core.db import Base, UtcDateTime
from backend.tasks.models import one_of
from backend.tips.rules import Source, State


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
    sealed_answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    pictures: Mapped[list["TipPicture"]] = relationship(lazy="selectin", order_by="TipPicture.number")

    __table_args__ = (
        CheckConstraint(one_of("source", Source), name="source"),
        CheckConstraint(one_of("state", State), name="state"),
        CheckConstraint(
            "source <> 'street' OR (secret_hash IS NULL AND (device_id IS NOT NULL OR user_id IS NOT NULL))",
            name="from_officer",
        ),
        CheckConstraint(
            "source <> 'school' OR (site_id IS NOT NULL AND user_id IS NOT NULL AND secret_hash IS NOT NULL)",
            name="from_school",
        ),
        CheckConstraint(
            "(lon IS NULL) = (lat IS NULL) AND (lon IS NULL) = (source_crs IS NULL)", name="position"
        ),
        CheckConstraint(
            "(state = 'received') = (taken_at IS NULL) AND (taken_at IS NULL) = (taken_by IS NULL)",
            name="taken",
        ),
        CheckConstraint(
            "(state = 'answered') = (answered_at IS NOT NULL) "
            "AND (answered_at IS NULL) = (answered_by IS NULL) "
            "AND (answered_at IS NULL) = (sealed_answer IS NULL)",
            name="answered",
        ),
        Index("ix_tips_area_code_id", "area_code", "id"),
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
