"""Which rows of the register changed last, and when: what a tablet lacks is found without the rest."""

from sqlalchemy import BigInteger, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base


class RegisterChange(Base):
    """The newest change of a row of `venues`, `sites` or `visits`; triggers write it, nobody can forget.

    SQLite, where one writes at a time, counts by `seq`; PostgreSQL goes by the transaction's number `xid`.
    """

    __tablename__ = "register_changes"

    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    row_id: Mapped[int]
    xid: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (
        UniqueConstraint("kind", "row_id"),
        Index("ix_register_changes_xid", "xid", sqlite_where=text("xid IS NOT NULL")),
    )
