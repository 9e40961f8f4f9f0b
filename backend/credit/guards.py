"""What the database itself refuses: steps and confirmations that are changed, an entry that goes."""

from sqlalchemy import Connection

from backend.core import append_only
from backend.core.guards import refuse


def guard(connection: Connection) -> None:
    """Put the triggers on. A migration that rebuilds one of these tables puts them on again."""
    for table in ("credit_steps", "credit_confirmations"):
        append_only.guard(connection, table)
    refuse(
        connection, "credit_entries_delete", "credit_entries", "DELETE", "1 = 1", "what was recorded stays"
    )
