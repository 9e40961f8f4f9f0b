"""Every version of the rulebook that was ever in use, whole: a result can be explained years later."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base, UtcDateTime


class RulebookVersion(Base):
    """One version, never changed. Whoever judges by it names its number and the id of the row."""

    __tablename__ = "rulebook_versions"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content_hash: Mapped[str] = mapped_column(String(64))  # no key: an older content may come back
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    loaded_by: Mapped[str] = mapped_column(String(64))
