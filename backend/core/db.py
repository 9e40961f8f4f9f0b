"""One database, two kinds: SQLite by default, PostgreSQL at scale. The base of all models, and the engine."""

from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    DateTime,
    Engine,
    Executable,
    MetaData,
    Table,
    TypeDecorator,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase, Session

from backend.core import spatial

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",  # what was overwritten is not left in the file: a destroyed key is gone
    "cache_size=-16000",
    "wal_autocheckpoint=16000",  # pages; most are copied back earlier: see Deployment
)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, kept in UTC. A naive datetime is refused: nobody may guess its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value!r} names no time zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


def make_engine(url: str) -> Engine:
    """An engine whose transactions are real on SQLite too (the driver would swallow BEGIN and SAVEPOINT)."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        engine = create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
        event.listen(engine, "connect", _prepare_postgresql)
        return engine
    engine = create_engine(parsed, connect_args={"timeout": 30}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_postgresql(dbapi_connection: Any, _record: Any) -> None:
    """A list that takes some hundredths of a second is not worth starting helpers of PostgreSQL for."""
    dbapi_connection.execute("SET parallel_setup_cost = 20000")
    dbapi_connection.commit()


def _prepare_sqlite(dbapi_connection: Any, _record: Any) -> None:
    dbapi_connection.isolation_level = None
    for pragma in _PRAGMAS:
        dbapi_connection.execute(f"PRAGMA {pragma}")
    spatial.prepare_sqlite(dbapi_connection)


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def in_turn(session: Session, *what: str) -> None:
    """Let those who work on the same thing come one after the other, each until its unit of work ends.

    What one of them wrote is then seen by the next. On SQLite the line of writers serves.
    """
    if session.get_bind().dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")
        session.execute(lock, {"what": "\n".join(what)})


def insert_if_new(session: Session, model: type[Base], **values: Any) -> int | None:
    """Insert a row unless one with the same unique value is there, however many do so at once.

    Returns the id of the new row, None when there is one already.
    """
    dialect = session.get_bind().dialect.name
    new_id: int | None = session.scalar(_insert_if_new(cast(Table, model.__table__), dialect), values)
    return new_id


@cache  # a statement without values is compiled once
def _insert_if_new(table: Table, dialect: str) -> Executable:
    insert = (postgresql if dialect == "postgresql" else sqlite).insert
    return cast(Executable, insert(table).on_conflict_do_nothing().returning(table.c.id))


def insert_all_new(session: Session, model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert the rows whose unique values are not there yet."""
    if rows:
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        session.execute(dialect.insert(cast(Table, model.__table__)).on_conflict_do_nothing(), rows)
