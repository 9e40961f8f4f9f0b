"""What the database itself refuses, whoever writes: triggers, the same on SQLite and PostgreSQL."""

from sqlalchemy import Connection


def changes(*columns: str) -> str:
    """When an UPDATE changes one of these columns that was set."""
    other = "(OLD.{0} IS NOT NULL AND (NEW.{0} IS NULL OR NEW.{0} <> OLD.{0}))"
    return " OR ".join(other.format(column) for column in columns)


def refuse(connection: Connection, name: str, table: str, deed: str, when: str, why: str) -> None:
    """Refuse an INSERT, a DELETE or an UPDATE of rows where a condition of OLD and NEW holds.

    A migration that rebuilds the table puts its triggers on again.
    """
    if connection.dialect.name != "postgresql":
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name} BEFORE {deed} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
        )
        return
    row = "OLD" if deed == "DELETE" else "NEW"
    connection.exec_driver_sql(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {when} THEN RAISE integrity_constraint_violation USING MESSAGE = '{why}'; END IF; "
        f"RETURN {row}; END $$"
    )
    connection.exec_driver_sql(
        f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
