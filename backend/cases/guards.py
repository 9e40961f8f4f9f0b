"""What the database itself refuses: steps out of order, or changed; a case or an order that goes."""

from sqlalchemy import Connection

from backend.core.guards import refuse

_LAST = "(SELECT {what} FROM case_steps WHERE case_id = NEW.case_id)"
_BEFORE = "(SELECT to_state FROM case_steps WHERE case_id = NEW.case_id AND seq = NEW.seq - 1)"
_OUT_OF_ORDER = (
    f"NEW.seq <> 1 + {_LAST.format(what='coalesce(max(seq), 0)')} "
    f"OR (NEW.seq > 1 AND NEW.from_state <> {_BEFORE})"
)


def guard(connection: Connection) -> None:
    """Put the triggers on. A migration that rebuilds one of these tables puts them on again."""
    refuse(connection, "case_steps_order", "case_steps", "INSERT", _OUT_OF_ORDER, "a step out of order")
    for table in ("case_steps", "order_entries"):
        refuse(connection, f"{table}_update", table, "UPDATE", "1 = 1", "what was done stays as it is")
    for table in ("cases", "case_steps", "case_violations", "orders", "order_entries"):
        refuse(connection, f"{table}_delete", table, "DELETE", "1 = 1", "what was recorded stays")
