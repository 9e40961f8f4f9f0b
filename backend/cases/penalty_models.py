"""Proposals of penalties and what the legal reviewer decided. Neither is ever changed: see `guards`."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.accounts.models import User
from backend.core.db import Base, UtcDateTime
from backend.rulebook.procedure import Ruling
from backend.tasks.models import one_of


class PenaltyProposal(Base):
    """What an officer found, everything that the law says to it on that day, and a suggestion (处罚建议).

    A later one of the case takes its place; this stays.
    """

    __tablename__ = "penalty_proposals"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    seq: Mapped[int]
    rulebook_version: Mapped[int]
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    earlier: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # penalties of the venue
    laid: Mapped[dict[str, Any]] = mapped_column(JSON)
    suggested: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(1000))
    proposed_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    proposer: Mapped[User] = relationship(viewonly=True)
    ruling: Mapped["PenaltyRuling | None"] = relationship(viewonly=True, lazy="joined")

    __table_args__ = (UniqueConstraint("case_id", "seq"),)


class PenaltyRuling(Base):
    """What a legal reviewer, who is no officer of the case, decided on a proposal, and why (审定)."""

    __tablename__ = "penalty_rulings"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("penalty_proposals.id"), unique=True)
    outcome: Mapped[str] = mapped_column(String(16))
    chosen: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(1000))
    ruled_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    ruled_at: Mapped[datetime] = mapped_column(UtcDateTime)

    reviewer: Mapped[User] = relationship(viewonly=True)

    __table_args__ = (CheckConstraint(one_of("outcome", Ruling), name="outcome"),)
