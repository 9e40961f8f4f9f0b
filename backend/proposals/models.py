"""What was proposed, what became of each field, and who decided."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base, UtcDateTime

State = StrEnum("State", ["WAITING", "MERGED", "ACCEPTED", "REFUSED", "WITHDRAWN"])
# 待审 / 已并入 / 已采纳 / 不采纳 / 已撤回


class Proposal(Base):
    """A change of one venue or one site that somebody proposes (变更建议).

    `fields` holds for each proposed field: `base` as seen (absent when nobody knows), `mine`, its `outcome`
    when it came, `theirs` at that moment, and later the `pick`. Nothing of it is changed after a decision.
    """

    __tablename__ = "proposals"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)  # made on the tablet
    digest: Mapped[bytes] = mapped_column(LargeBinary)  # keyed: tells the same from another story
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venues.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"), index=True)
    seen_version: Mapped[int]
    met_version: Mapped[int]  # of the row when the proposal came
    fields: Mapped[dict[str, dict[str, Any]]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(1000))
    effective_on: Mapped[date | None] = mapped_column(Date)  # from when it is so; a school says it
    evidence_instance_id: Mapped[str | None] = mapped_column(String(64))  # the visit whose evidence shows it
    evidence_number: Mapped[int | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    noted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by the tablet's clock
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(16))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_reason: Mapped[str | None] = mapped_column(String(1000))

    @property
    def kind(self) -> str:
        return "site" if self.venue_id is None else "venue"

    @property
    def row_id(self) -> int:
        return self.site_id or self.venue_id or 0

    @property
    def waiting_fields(self) -> list[str]:
        """The fields that a person decides, or decided."""
        return [name for name, field in self.fields.items() if field["outcome"] in ("review", "conflict")]

    @property
    def is_parallel(self) -> bool:
        """Others changed the row after it was seen, and fields of both stand side by side (并行更新)."""
        merged = any(field["outcome"] == "merged" for field in self.fields.values())
        return merged and self.met_version > self.seen_version

    __table_args__ = (
        CheckConstraint("(venue_id IS NULL) <> (site_id IS NULL)", name="one_row"),
        CheckConstraint("state IN ({})".format(", ".join(f"'{s}'" for s in State)), name="state"),
        Index("ix_proposals_state_id", "state", "id"),
    )
