"""Documents that were handed over on the spot (当场交付的文书), kept as the tablet made them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base, UtcDateTime
from backend.intake.models import Signed, one_of

How = StrEnum("How", ["PAPER", "SCREEN", "LEFT"])  # 当场交付 / 平板阅看 / 留置


class HandedDocument(Base):
    """One document: its blocks sealed under its visit's key. The entry of its number names its UUID."""

    __tablename__ = "handed_documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(String(36), unique=True)  # its UUID
    visit_no: Mapped[str] = mapped_column(String(128), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    number_id: Mapped[int | None] = mapped_column(ForeignKey("document_numbers.id"))
    sha256: Mapped[str] = mapped_column(String(64))  # of the content as it came
    how: Mapped[str] = mapped_column(String(16))
    handed_at: Mapped[datetime] = mapped_column(UtcDateTime)  # by the tablet's clock
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # the content, compressed, then sealed
    key_id: Mapped[int] = mapped_column(ForeignKey("visit_keys.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed: Mapped[str] = mapped_column(String(16))
    is_rescued: Mapped[bool] = mapped_column(default=False, server_default=false())  # from a rescue file

    __table_args__ = (one_of("how", How), one_of("signed", Signed))
