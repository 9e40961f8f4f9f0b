"""What came in, sealed: envelopes with their files, and who may open them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base, UtcDateTime

State = StrEnum("State", ["RECEIVED", "FILED", "UNFILABLE"])  # 已收 / 已归档 / 暂不能归档
Signed = StrEnum("Signed", ["VALID", "INVALID", "ABSENT"])  # 签名有效 / 签名不成立 / 没有签名


def one_of(column: str, known: type[StrEnum]) -> CheckConstraint:
    """Nothing else may stand in this column."""
    return CheckConstraint("{} IN ({})".format(column, ", ".join(f"'{one}'" for one in known)), name=column)


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
    signed: Mapped[str | None] = mapped_column(String(16))  # by a tablet that holds a key
    sealed_signature: Mapped[bytes | None] = mapped_column(LargeBinary)  # the part as it came, names in it
    is_rescued: Mapped[bool] = mapped_column(default=False, server_default=false())  # from a rescue file

    __table_args__ = (
        one_of("state", State),
        one_of("signed", Signed),
        Index("ix_envelopes_state_id", "state", "id"),
        Index("ix_envelopes_of_device", "device_id", "received_at"),
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
    """An attachment that arrives over several connections (断点续传), until a submission takes it.

    A rescue file may come so too; then `instance_id` is empty.
    """

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
    rescue_id: Mapped[str | None] = mapped_column(String(36), index=True)  # of a whole rescue file instead
    rescue_file_id: Mapped[int | None] = mapped_column(ForeignKey("rescue_files.id"))  # what became of it
    reason: Mapped[str | None] = mapped_column(String(64))  # why such a file was refused as a whole

    __table_args__ = (
        one_of("state", UploadState),
        Index("ix_uploads_state_expires_at", "state", "expires_at"),
    )


# 救援文件：待取出 / 全部取出 / 部分取出 / 隔离待处理 / 不予取出
RescueState = StrEnum("RescueState", ["RECEIVED", "TAKEN", "PARTLY", "QUARANTINED", "REFUSED"])
# 平板未登记 / 平板已注销 / 平板已到期 / 持有人停用
Quarantine = StrEnum("Quarantine", ["UNKNOWN", "REVOKED", "EXPIRED", "CLOSED"])
# 已取出 / 原已收到 / 未完成的检查，密封保存 / 未取出
Outcome = StrEnum("Outcome", ["TAKEN", "THERE", "DRAFT", "REFUSED"])


class RescueFile(Base):
    """One rescue file, kept whole and sealed as long as anything in it is not filed."""

    __tablename__ = "rescue_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    rescue_id: Mapped[str] = mapped_column(String(36))
    device_no: Mapped[int]  # as the file says
    device_id: Mapped[int | None] = mapped_column(
        ForeignKey("devices.id"), index=True
    )  # whose signature holds
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    area_code: Mapped[str] = mapped_column(String(16))
    manifest_hash: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)  # by the tablet's clock
    brought_by: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submissions: Mapped[int]
    attachments: Mapped[int]
    drafts: Mapped[int]
    documents: Mapped[int] = mapped_column(default=0, server_default="0")
    size: Mapped[int] = mapped_column(BigInteger)
    key_id: Mapped[int] = mapped_column(ForeignKey("visit_keys.id"))
    stored: Mapped[str | None] = mapped_column(String(64), unique=True)
    sealed_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(16))
    quarantine: Mapped[str | None] = mapped_column(String(16))  # why it waited for somebody
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_reason: Mapped[str | None] = mapped_column(String(1000))
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("device_no", "rescue_id"),
        one_of("state", RescueState),
        one_of("quarantine", Quarantine),
        Index("ix_rescue_files_state_id", "state", "id"),
    )


class UnneededFile(Base):
    """A sealed file that no row needs any more, noted until it has left the disk, so that none stays."""

    __tablename__ = "unneeded_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    stored: Mapped[str] = mapped_column(String(64), unique=True)


class RescueItem(Base):
    """What became of one section of a rescue file. The hash is that of its sealed bytes."""

    __tablename__ = "rescue_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    rescue_file_id: Mapped[int] = mapped_column(ForeignKey("rescue_files.id"))
    number: Mapped[int]  # its place among the sections, from 0
    kind: Mapped[str] = mapped_column(String(16))
    instance_id: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
    content_sha256: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(String(64))  # why it was not taken

    __table_args__ = (UniqueConstraint("rescue_file_id", "number"), one_of("outcome", Outcome))


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
