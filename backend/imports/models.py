"""One reading of one file: what was asked, what came of it, and what is needed to undo it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base, UtcDateTime


class ImportRun(Base):
    """A file read into the register (导入)."""

    __tablename__ = "import_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))  # areas, sites, venues
    file_name: Mapped[str] = mapped_column(String(255))
    file_sha256: Mapped[str] = mapped_column(String(64))
    options: Mapped[dict[str, Any]] = mapped_column(JSON)
    counts: Mapped[dict[str, Any]] = mapped_column(
        JSON
    )  # read, created, changed, same, left_out, refused: {reason: n}
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint("kind IN ('areas', 'sites', 'venues')", name="kind"),)


class ImportChange(Base):
    """What a run did to one row: `before` is what it replaced, nothing when the row is new."""

    __tablename__ = "import_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_runs.id"), index=True)
    row_id: Mapped[int]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    __table_args__ = (Index("ix_import_changes_row_id", "row_id"),)
