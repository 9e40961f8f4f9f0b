"""Which rows of the register changed last, and when: what a tablet lacks is found without the rest."""

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base


class RegisterChange(Base):
    """The newest change of one row of `venues` or `sites`; triggers write it, no way of writing forgets.

    `seq` only grows: a counter on SQLite, where one writes at a time; the transaction's number on PostgreSQL.
    """

    __tablename__ = "register_changes"

    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger, index=True)
