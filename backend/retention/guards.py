"""What the database itself refuses: destroying what is held, holding what is gone, removing either."""

from sqlalchemy import Connection

from backend.core.guards import refuse

_HELD = "EXISTS (SELECT 1 FROM legal_holds WHERE lifted_at IS NULL AND key_id = {key})"
_OF_FILE = "(SELECT key_id FROM envelopes WHERE id = NEW.envelope_id)"
_CONTENT = (  # table, column without which its content is gone, the key that it is sealed under
    ("visit_keys", "wrapped", "NEW.id"),
    ("envelopes", "sealed", "NEW.key_id"),
    ("envelope_files", "sealed_key", _OF_FILE),
    ("visits", "record", "NEW.key_id"),
)


def guard(connection: Connection) -> None:
    """Put the triggers on. A migration that rebuilds one of these tables puts them on again."""
    for table, column, key in _CONTENT:
        emptied = f"length(OLD.{column}) > 0 AND coalesce(length(NEW.{column}), 0) = 0"
        held = f"{emptied} AND {_HELD.format(key=key)}"
        _refuse(connection, table, f"UPDATE OF {column}", held, "it is held")
    alive = "SELECT 1 FROM visit_keys WHERE id = NEW.key_id AND wrapped IS NOT NULL"
    # locked, so that it waits for whoever is destroying it
    lock = " FOR SHARE" if connection.dialect.name == "postgresql" else ""
    _refuse(connection, "legal_holds", "INSERT", f"NOT EXISTS ({alive}{lock})", "its content is gone")
    _refuse(connection, "legal_holds", "DELETE", "1 = 1", "a hold is lifted and stays")


def guard_rows(connection: Connection) -> None:
    """Refuse to remove rows of held content. A migration that rebuilds one of these tables does so again."""
    for table, _, key in _CONTENT:
        _refuse(connection, table, "DELETE", _HELD.format(key=key.replace("NEW.", "OLD.")), "it is held")


def _refuse(connection: Connection, table: str, deed: str, when: str, why: str) -> None:
    refuse(connection, f"{table}_hold_{deed.split()[0].lower()}", table, deed, when, why)
