"""What the database itself refuses: steps and entries out of order, or changed; a transfer that goes."""

from sqlalchemy import Connection

from backend.core.guards import changes, refuse

_DONE = {"transfer_steps": "transfer_id", "recommendation_entries": "recommendation_id"}

_OUT_OF_ORDER = "NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM {0} WHERE {1} = NEW.{1})"
_ELSEWHERE = (
    "NEW.seq > 1 AND NEW.from_state <> "
    "(SELECT to_state FROM transfer_steps WHERE transfer_id = NEW.transfer_id AND seq = NEW.seq - 1)"
)
_BEGUN = changes("transfer_id", "clock", "whose", "begun_at", "due_on", "due_at")
_RECEIVED = changes("agency_id", "sender_name", "number", "received_on", "key_id", "sealed_about")


def guard(connection: Connection) -> None:
    """Put the triggers on. A migration that rebuilds one of these tables puts them on again."""
    for table, of in _DONE.items():
        refuse(connection, f"{table}_order", table, "INSERT", _OUT_OF_ORDER.format(table, of), "out of order")
    for table in (*_DONE, "transfer_packages"):
        refuse(connection, f"{table}_update", table, "UPDATE", "1 = 1", "what was done stays as it is")
    for table in (*_DONE, "transfers", "transfer_packages", "recommendations"):
        refuse(connection, f"{table}_delete", table, "DELETE", "1 = 1", "what was recorded stays")


def guard_clocks(connection: Connection) -> None:
    """The same for clocks, which end once, for steps from elsewhere, and for what was received."""
    clocks, stays = "transfer_clocks", "what was recorded stays"
    refuse(
        connection, "transfer_steps_state", "transfer_steps", "INSERT", _ELSEWHERE, "a step from elsewhere"
    )
    refuse(connection, f"{clocks}_delete", clocks, "DELETE", "1 = 1", stays)
    refuse(connection, f"{clocks}_update", clocks, "UPDATE", f"OLD.ended_at IS NOT NULL OR {_BEGUN}", stays)
    refuse(connection, "recommendations_update", "recommendations", "UPDATE", _RECEIVED, stays)
