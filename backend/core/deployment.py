"""One running Humiao: its settings, keys, database and sealed files, proved to belong together."""

import fcntl
import itertools
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from sqlalchemy import CheckConstraint, LargeBinary, String, select
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Mapped, Session, mapped_column

from backend.core import audit
from backend.core.db import Base, make_engine
from backend.core.files import FileStore
from backend.core.keys import Keys, KeysMissing
from backend.core.settings import Settings

_PROBE, _PROBE_CONTEXT = b"humiao", "probe"
_COPY_BACK_EVERY = 250  # units of work in this process


class NotInitialised(RuntimeError):
    """The database is not there or holds no Humiao yet; run `humiao init`."""


class WrongKeys(RuntimeError):
    """The keys do not open this database's probe row."""


class DeploymentRow(Base):
    """The one row that says which database this is, with a probe that only the right keys open."""

    __tablename__ = "deployment"

    id: Mapped[int] = mapped_column(primary_key=True)
    database_id: Mapped[str] = mapped_column(String(36))
    probe: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)


def _make_private(database: Path) -> None:
    """The file of a SQLite database, for this account only; what SQLite puts beside it is as private."""
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(database, os.O_RDWR | os.O_CREAT, 0o600))


def probe_of(keys: Keys) -> bytes:
    """What only these keys open."""
    return keys.wrap(_PROBE, _PROBE_CONTEXT)


class Deployment:
    """Reading needs nothing; writing is one unit of work, committed on success."""

    def __init__(self, settings: Settings, keys: Keys) -> None:
        self.settings, self.keys = settings, keys
        self.files = FileStore(settings.var_dir / "files", keys)
        self.engine = make_engine(settings.database)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.audit_dir = settings.var_dir / "audit"
        self._writing_engine = self.engine.execution_options(writing=True)
        self._thread = threading.local()
        self._units = itertools.count(1)
        self._info: dict[str, object] = {"keys": keys}
        if self.is_sqlite:
            _make_private(Path(str(self.engine.url.database)))

    @classmethod
    def open(cls, settings: Settings) -> "Deployment":
        """Open what `humiao init` made; refuses a database whose probe row the keys do not open."""
        deployment = cls(settings, Keys.read(settings.keys))
        try:
            deployment._prove(deployment._row())
        except Exception:
            deployment.engine.dispose()
            raise
        return deployment

    def _row(self) -> DeploymentRow:
        try:
            with Session(self.engine) as session:
                row = session.get(DeploymentRow, 1)
        except (OperationalError, ProgrammingError):
            row = None
        if row is None:
            raise NotInitialised("this database holds no Humiao yet: run `humiao init`")
        return row

    def mark(self) -> None:
        """Write the probe row into a database that was just migrated; harmless when it is there."""
        with Session(self._writing_engine) as session:
            row = session.scalar(select(DeploymentRow))
            if row is None:
                row = DeploymentRow(
                    id=1, database_id=str(uuid4()), probe=self.keys.wrap(_PROBE, _PROBE_CONTEXT)
                )
                session.add(row)
                session.commit()
            self._prove(row)

    def _prove(self, row: DeploymentRow) -> None:
        try:
            proved = self.keys.unwrap(row.probe, _PROBE_CONTEXT) == _PROBE
        except (InvalidTag, KeysMissing):
            proved = False
        if not proved:
            raise WrongKeys(
                f"the keys in {self.settings.keys} are not those of this database: put the right ones back"
            )
        self._info["database_id"] = row.database_id

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for looking things up; whatever it might have changed is dropped."""
        with Session(self.engine, info=dict(self._info)) as session:
            yield session

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        """One transaction: all of it, with its audit entries, or nothing."""
        with self._line_of_writers(), Session(self._writing_engine, info=dict(self._info)) as session:
            yield session
            head = audit.chain(session)
            session.commit()
        if head:  # others in the line need not wait for it
            audit.write_head(self.audit_dir, self.keys, head)
        if self.is_sqlite and next(self._units) % _COPY_BACK_EVERY == 0:
            self._copy_back()

    def _copy_back(self) -> None:
        """Copy SQLite's write-ahead log back while others write, so that little is left to do in the line."""
        connection = self.engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
        finally:
            connection.close()

    def learn_sizes(self) -> None:
        """Let SQLite look how its tables are filled, so that it reads them in the right order.

        PostgreSQL does so by itself.
        """
        if self.is_sqlite:
            with self._line_of_writers(), self.engine.connect() as connection:
                for statement in ("PRAGMA analysis_limit = 1000", "ANALYZE"):
                    connection.connection.cursor().execute(statement)

    def forget(self) -> None:
        """Leave what was overwritten in no file of SQLite: its write-ahead log is copied back and emptied."""
        if self.is_sqlite:
            with self._line_of_writers(), self.engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _line_of_writers(self) -> Iterator[None]:
        """SQLite's busy handler starves some writers; standing in line behind one file lock starves none."""
        if getattr(self._thread, "writing", False):
            raise RuntimeError("a unit of work inside another would wait for itself")
        self._thread.writing = True
        try:
            if not self.is_sqlite:
                yield
                return
            with open(f"{self.engine.url.database}.writer", "w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        finally:
            self._thread.writing = False
