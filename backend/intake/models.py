"""What came in, sealed: envelopes with their files, and who may open them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base, UtcDateTime

State = StrEnum("State", ["RECEIVED", "FILED", "UNFILABLE"])  # 已收 / 已归档 / 暂不能归档


class Envelope(Base):
    """One submission as it came (信封): its XML sealed under the visit's key, never changed."""

    __tablename__ = "envelopes"

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[str] = mapped_column(String(128), unique=True)
    visit_no: Mapped[str] = mapped_column(String(128), index=True)
    form_id: Mapped[str] = mapped_column(String(64))
    form_version: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # the XML, compressed, then sealed
    xml_hash: Mapped[bytes] = mapped_column(LargeBinary)  # keyed: tells same from other, and nothing else
    key_id: Mapped[int] = mapped_column(ForeignKey("visit_keys.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    area_code: Mapped[str] = mapped_column(String(16))  # what all areas of the sender have in common
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by the tablet's clock, when it says so
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(String(64))  # why it cannot be filed, a stable word
    detail: Mapped[str | None] = mapped_column(String(256))  # the same for people; never its content
    revision: Mapped[int] = mapped_column(default=0)  # counts the requests that brought further files
    filed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("state IN ({})".format(", ".join(f"'{s}'" for s in State)), name="state"),
        Index("ix_envelopes_state_id", "state", "id"),
    )


class EnvelopeFile(Base):
    """One attachment (附件): its content is a sealed file, its name and its key are sealed here."""

    __tablename__ = "envelope_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    envelope_id: Mapped[int] = mapped_column(ForeignKey("envelopes.id"))
    name_hash: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_name: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_key: Mapped[bytes] = mapped_column(LargeBinary)
    stored: Mapped[str] = mapped_column(String(64), unique=True)  # the name of the sealed file
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("envelope_id", "name_hash"),)


class UnsealRequest(Base):
    """Sealed content opens for one person for a while, when a second person agreed (双人启封)."""

    __tablename__ = "unseal_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_no: Mapped[str] = mapped_column(String(128), index=True)
    sealed_reason: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[int] = mapped_column(ForeignKey("visit_keys.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    area_code: Mapped[str] = mapped_column(String(16))
    requested_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    agreed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    open_until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint("agreed_by <> requested_by", name="two_people"),)
