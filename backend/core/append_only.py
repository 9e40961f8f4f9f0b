"""Tables in which every row stays as it was written, for every ordinary statement."""

from sqlalchemy import Connection


def guard(connection: Connection, table: str) -> None:
    """Refuse to change or remove rows. A migration that rebuilds the table guards it again."""
    why = f"{table} is append-only"
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE integrity_constraint_violation USING MESSAGE = '{why}'; END $$"
        )
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
        )
        return
    for deed in ("update", "delete"):
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_no_{deed} BEFORE {deed} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
        )
