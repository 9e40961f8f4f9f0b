"""The ledger of changes of the register and its visits: how far it is, and what changed since a mark.

A mark says: all that changed before it is known. On PostgreSQL it is the oldest transaction still at work, so
that what commits late, with an early number, is not missed; a little may then be told twice.
"""

from sqlalchemy import ColumnElement, Connection, func, literal_column, select
from sqlalchemy.orm import Session

from backend.packages.models import RegisterChange

WATCHED = (("venues", "venues", "id"), ("sites", "sites", "id"), ("venue_activities", "venues", "venue_id"),
           ("licences", "venues", "venue_id"), ("visits", "visits", "id"))  # fmt: skip
_EVENTS = ("INSERT", "UPDATE", "DELETE")
_OLDEST: ColumnElement[int] = literal_column("pg_snapshot_xmin(pg_current_snapshot())::text::bigint")


def mark(session: Session) -> int:
    """How far the ledger is. Take it before anything else is read."""
    if _is_postgresql(session):
        return int(session.execute(select(_OLDEST)).scalar_one())
    return (session.scalar(select(func.max(RegisterChange.seq))) or 0) + 1


def count_since(session: Session, since: int) -> int:
    """How many rows of the register changed since a mark."""
    return session.scalar(select(func.count()).where(_after(session, since))) or 0


def changed_since(session: Session, kind: str, since: int) -> list[int]:
    """The rows that changed since a mark: new, changed or gone."""
    rows = select(RegisterChange.row_id).where(RegisterChange.kind == kind, _after(session, since))
    return list(session.scalars(rows.order_by(RegisterChange.row_id)))


def _after(session: Session, since: int) -> ColumnElement[bool]:
    return (RegisterChange.xid if _is_postgresql(session) else RegisterChange.seq) >= since


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def watch(connection: Connection) -> None:
    """Keep the ledger from now on, whoever writes."""
    if connection.dialect.name == "postgresql":
        _watch_postgresql(connection)
        return
    for table, kind, column in WATCHED:
        for event in _EVENTS:
            rows = {"INSERT": ("new",), "DELETE": ("old",)}.get(event, ("old", "new"))
            noted = "".join(
                f"INSERT OR REPLACE INTO register_changes (kind, row_id) VALUES ('{kind}', {row}.{column}); "  # noqa: S608
                for row in (rows if column != "id" else rows[-1:])
            )
            connection.exec_driver_sql(
                f"CREATE TRIGGER rc_{table}_{event.lower()} AFTER {event} ON {table} BEGIN {noted}END"
            )


def _watch_postgresql(connection: Connection) -> None:
    """One statement of ours for each of theirs, however many rows it touches."""
    for column in dict.fromkeys(column for *_, column in WATCHED):
        connection.exec_driver_sql(
            f"CREATE FUNCTION note_register_{column}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608
            "INSERT INTO register_changes (kind, row_id, xid) "
            f"SELECT DISTINCT TG_ARGV[0], {column}, pg_current_xact_id()::text::bigint FROM touched "
            "ON CONFLICT (kind, row_id) DO UPDATE SET xid = excluded.xid; RETURN NULL; END $$"
        )
    for table, kind, column in WATCHED:
        for event in _EVENTS:
            seen = "OLD" if event == "DELETE" else "NEW"
            connection.exec_driver_sql(
                f"CREATE TRIGGER rc_{table}_{event.lower()} AFTER {event} ON {table} "
                f"REFERENCING {seen} TABLE AS touched FOR EACH STATEMENT "
                f"EXECUTE FUNCTION note_register_{column}('{kind}')"
            )


def unwatch(connection: Connection) -> None:
    """Take the triggers away, so that they can be laid anew."""
    is_postgresql = connection.dialect.name == "postgresql"
    for table, *_ in WATCHED:
        for event in _EVENTS:
            trigger = f"rc_{table}_{event.lower()}"
            connection.exec_driver_sql(
                f"DROP TRIGGER IF EXISTS {trigger}" + (f" ON {table}" if is_postgresql else "")
            )
    for column in dict.fromkeys(column for *_, column in WATCHED) if is_postgresql else ():
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS note_register_{column}()")
