"""Work orders of other channels: how their words are read, the files that came, and what waits in them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.core.db import Base, UtcDateTime
from backend.tasks.models import one_of
from backend.tips.orders import RowState
from backend.tips.rules import CHANNELS


class ChannelMapping(Base):
    """How a channel's columns and values are read (字段对照), as data; a change is a new version."""

    __tablename__ = "channel_mappings"

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    columns: Mapped[dict[str, str]] = mapped_column(JSON)
    values: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)
    made_by: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("channel", "version"),
        CheckConstraint(one_of("channel", CHANNELS), name="channel"),
    )


class OrderFile(Base):
    """One file of work orders. Its rows are sealed under its key until they are taken."""

    __tablename__ = "order_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    area_code: Mapped[str] = mapped_column(String(16), index=True)  # of rows that name none
    key_id: Mapped[int] = mapped_column(ForeignKey("visit_keys.id"))
    read_by: Mapped[str] = mapped_column(String(64))
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)

    rows: Mapped[list["OrderRow"]] = relationship(order_by="OrderRow.number")

    __table_args__ = (CheckConstraint(one_of("channel", CHANNELS), name="channel"),)


class OrderRow(Base):
    """One row: the tip that it became, or why it waits or is refused."""

    __tablename__ = "order_rows"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_file_id: Mapped[int] = mapped_column(ForeignKey("order_files.id"))
    number: Mapped[int]  # as the file counts, below its headings
    state: Mapped[str] = mapped_column(String(16), index=True)
    faults: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    mapping_version: Mapped[int]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # gone once it is a tip
    tip_id: Mapped[int | None] = mapped_column(ForeignKey("tips.id"), index=True)

    __table_args__ = (
        UniqueConstraint("order_file_id", "number"),
        CheckConstraint(one_of("state", RowState), name="state"),
        CheckConstraint("(state IN ('taken', 'known')) = (tip_id IS NOT NULL)", name="taken"),
        CheckConstraint("(tip_id IS NULL) = (faults IS NOT NULL)", name="why"),
        CheckConstraint("(tip_id IS NULL) = (sealed IS NOT NULL)", name="sealed_until_taken"),
    )
