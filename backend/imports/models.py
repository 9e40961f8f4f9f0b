"""One reading of one file (导入): what was asked, what came of it, and what is needed to undo it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base, UtcDateTime


class ImportRun(Base):
    """A file read into the register."""

    __tablename__ = "import_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))  # the table that it filled
    stem: Mapped[str] = mapped_column(String(255), index=True)  # what the refs of its rows begin with
    file_name: Mapped[str] = mapped_column(String(255))
    file_sha256: Mapped[str] = mapped_column(String(64))
    options: Mapped[dict[str, Any]] = mapped_column(JSON)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint("kind IN ('areas', 'sites', 'venues')", name="kind"),)


class ImportChange(Base):
    """What a run did to one row. Gone when the run is undone, so that a row's newest one is what holds.

    `said` is what the file said of the row: the next reading changes only what a newer file says differently
    and leaves alone what a person corrected since. `before` is the row as it was, nothing if it is new.
    """

    __tablename__ = "import_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_runs.id"), index=True)
    row_id: Mapped[int] = mapped_column(index=True)
    version: Mapped[int]  # of the row, as the run left it
    said: Mapped[bytes] = mapped_column(LargeBinary)  # JSON
    before: Mapped[bytes | None] = mapped_column(LargeBinary)  # JSON
