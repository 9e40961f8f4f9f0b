"""What the database itself refuses: a query that is changed, a unit that goes."""

from sqlalchemy import Connection

from backend.core import append_only
from backend.core.guards import refuse


def guard(connection: Connection) -> None:
    """Put the triggers on. A migration that rebuilds one of these tables puts them on again."""
    append_only.guard(connection, "staff_queries")
    refuse(connection, "contact_units_delete", "contact_units", "DELETE", "1 = 1", "what was recorded stays")
