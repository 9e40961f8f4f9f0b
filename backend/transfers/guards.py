"""What the database itself refuses: steps and entries out of order, or changed; a transfer that goes."""

from sqlalchemy import Connection

from backend.core.guards import refuse

_DONE = {"transfer_steps": "transfer_id", "recommendation_entries": "recommendation_id"}

_OUT_OF_ORDER = "NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM {0} WHERE {1} = NEW.{1})"


def guard(connection: Connection) -> None:
    """Put the triggers on. A migration that rebuilds one of these tables puts them on again."""
    for table, of in _DONE.items():
        refuse(connection, f"{table}_order", table, "INSERT", _OUT_OF_ORDER.format(table, of), "out of order")
    for table in (*_DONE, "transfer_packages"):
        refuse(connection, f"{table}_update", table, "UPDATE", "1 = 1", "what was done stays as it is")
    for table in (*_DONE, "transfers", "transfer_packages", "recommendations"):
        refuse(connection, f"{table}_delete", table, "DELETE", "1 = 1", "what was recorded stays")
