"""What came in, sealed: envelopes with their files, and who may open them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
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


# 传输中 / 已收齐待表单 / 已入附件 / 与已有附件不同 / 已过期
UploadState = StrEnum("UploadState", ["OPEN", "WAITING", "KEPT", "REFUSED", "EXPIRED"])


class Upload(Base):
    """An attachment that arrives over several connections (断点续传), until a submission takes it."""

    __tablename__ = "uploads"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(64), unique=True)
    instance_id: Mapped[str] = mapped_column(String(128), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"), index=True)
    length: Mapped[int] = mapped_column(BigInteger)
    key_id: Mapped[int] = mapped_column(ForeignKey("visit_keys.id"))  # its own, destroyed when it ends
    sealed_metadata: Mapped[bytes] = mapped_column(LargeBinary)  # the name among it
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(16))
    envelope_id: Mapped[int | None] = mapped_column(ForeignKey("envelopes.id"))
    stored: Mapped[str | None] = mapped_column(String(64), unique=True)  # once it is whole
    sealed_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    sha256: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        CheckConstraint("state IN ({})".format(", ".join(f"'{s}'" for s in UploadState)), name="state"),
        Index("ix_uploads_state_expires_at", "state", "expires_at"),
    )


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
