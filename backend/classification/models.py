"""Notes on what a new kind of business is (归类说明). Nothing is changed: a later note takes the place."""

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base, UtcDateTime


class ClassificationNote(Base):
    """What one kind of business is, everywhere or at one venue; `category` nothing: in no category."""

    __tablename__ = "classification_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    business: Mapped[str] = mapped_column(String(128), index=True)
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venues.id"), index=True)
    category: Mapped[str | None] = mapped_column(String(32))  # an activity of the rulebook
    decided_by: Mapped[str] = mapped_column(String(255))  # the authority or office
    decided_on: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(2000))
    clauses: Mapped[list[str]] = mapped_column(JSON)
    supersedes: Mapped[int | None] = mapped_column(ForeignKey("classification_notes.id"), unique=True)
    entered_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
