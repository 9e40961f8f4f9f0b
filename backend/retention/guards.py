"""What the database itself refuses: destroying what is held, holding what is gone, removing either."""

from sqlalchemy import Connection

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
    postgresql = connection.dialect.name == "postgresql"
    install = _postgresql if postgresql else _sqlite
    for table, column, key in _CONTENT:
        emptied = f"length(OLD.{column}) > 0 AND coalesce(length(NEW.{column}), 0) = 0"
        held = f"{emptied} AND {_HELD.format(key=key)}"
        install(connection, table, f"UPDATE OF {column}", held, "it is held")
    alive = "SELECT 1 FROM visit_keys WHERE id = NEW.key_id AND wrapped IS NOT NULL"
    lock = " FOR SHARE" if postgresql else ""  # so that it waits for whoever is destroying it
    install(connection, "legal_holds", "INSERT", f"NOT EXISTS ({alive}{lock})", "its content is gone")
    install(connection, "legal_holds", "DELETE", "1 = 1", "a hold is lifted and stays")


def guard_rows(connection: Connection) -> None:
    """Refuse to remove rows of held content. A migration that rebuilds one of these tables does so again."""
    install = _postgresql if connection.dialect.name == "postgresql" else _sqlite
    for table, _, key in _CONTENT:
        held = _HELD.format(key=key.replace("NEW.", "OLD."))
        install(connection, table, "DELETE", held, "it is held")


def _sqlite(connection: Connection, table: str, deed: str, refused: str, why: str) -> None:
    connection.exec_driver_sql(
        f"CREATE TRIGGER {_name(table, deed)} BEFORE {deed} ON {table} WHEN {refused} "
        f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
    )


def _postgresql(connection: Connection, table: str, deed: str, refused: str, why: str) -> None:
    name, row = _name(table, deed), "OLD" if deed == "DELETE" else "NEW"
    connection.exec_driver_sql(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {refused} THEN RAISE integrity_constraint_violation USING MESSAGE = '{why}'; END IF; "
        f"RETURN {row}; END $$"
    )
    connection.exec_driver_sql(
        f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def _name(table: str, deed: str) -> str:
    return f"{table}_hold_{deed.split()[0].lower()}"
