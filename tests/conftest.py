"""Real databases for every test: SQLite by default, PostgreSQL + PostGIS with `--database postgresql`.

A template is made once; each test that asks for `deployment` gets a copy of its own, thrown away afterwards.
"""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from flask import Flask
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache

from backend.core.deployment import Deployment
from backend.core.settings import Settings
from backend.init import initialise
from tests import postgres

hypothesis_settings.register_profile("busy", deadline=None)  # two cores are often busy with something else
hypothesis_settings.load_profile("busy")

_MEMORY, _ROOM = Path("/dev/shm"), 4 << 30
if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:  # making databases is mostly making files
    os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)

_KEPT = ExitStack()
_DIALECTS: dict[str, Dialect] = {}
_STATEMENTS: LRUCache[object, object] = LRUCache(4000)
_SKIPPED: list[str] = []
_MAY_BE_SKIPPED = ("the shared data are not here", "only on SQLite:", "only on PostgreSQL:")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.addoption(
        "--long", action="store_true", help="run the tests in full size instead of their short form"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: in full size, with --long only")
    if config.getoption("--database") == "postgresql" and not _hands_tests_out(config):
        os.environ["HUMIAO_TEST_CLUSTER"] = _KEPT.enter_context(postgres.cluster())


def _hands_tests_out(config: pytest.Config) -> bool:
    """Whether others run the tests. Each of them has a cluster of its own: on PostgreSQL a package also holds
    whatever was at work anywhere in the cluster, so that one test would see that another one is running.
    """
    return bool(config.getoption("numprocesses", None)) and not hasattr(config, "workerinput")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long form is another run, `make test-long`; what is the same over both databases runs once."""
    wanted, on_sqlite = bool(config.getoption("--long")), config.getoption("--database") == "sqlite"
    chosen = [
        item
        for item in items
        if wanted == (item.get_closest_marker("long") is not None) and (on_sqlite or _asks_a_database(item))
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def _asks_a_database(item: pytest.Item) -> bool:
    """Whether a test may end otherwise over another database. Of a tablet's screens its day is played."""
    is_of_screens = item.path.parent.name == "tablet" and item.path.name != "test_day_in_chromium.py"
    return "databases" in getattr(item, "fixturenames", ()) and not is_of_screens


def pytest_unconfigure() -> None:
    _KEPT.close()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[-1]).removeprefix("Skipped: ")  # type: ignore[index]
        if not reason.startswith(_MAY_BE_SKIPPED):
            _SKIPPED.append(f"{report.nodeid}: {reason}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failed one, unless it could not run anywhere."""
    if os.environ.get("CI") and _SKIPPED and session.exitstatus == 0:
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("CI"):
        for skipped in _SKIPPED:
            terminalreporter.write_line(f"may not be skipped in CI: {skipped}", red=True)


class _Sqlite:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = initialise(Settings(database_url=f"sqlite:///{folder}/template.db", var_dir=folder))
        with self.template.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self.template.engine.dispose()

    def copy(self, to: Path) -> str:
        shutil.copy(self.folder / "template.db", to / "humiao.db")
        return f"sqlite:///{to}/humiao.db"

    def drop(self, url: str) -> None: ...

    def close(self) -> None: ...


class _Postgresql:
    def __init__(self, folder: Path) -> None:
        self.folder, self.cluster = folder, os.environ["HUMIAO_TEST_CLUSTER"]
        self.admin = create_engine(self.cluster.format(name="postgres"), isolation_level="AUTOCOMMIT")
        self.name = f"template_{uuid4().hex}"
        self._say(f"CREATE DATABASE {self.name}")
        url = self.cluster.format(name=self.name)
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("CREATE EXTENSION postgis"))
        engine.dispose()
        self.template = initialise(Settings(database_url=url, var_dir=folder))
        self.template.engine.dispose()

    def copy(self, to: Path) -> str:
        name = f"t_{uuid4().hex}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {self.name} STRATEGY FILE_COPY")
        return self.cluster.format(name=name)

    def drop(self, url: str) -> None:
        self._say(f"DROP DATABASE {url.split('/')[3].split('?')[0]} WITH (FORCE)")

    def close(self) -> None:
        self.admin.dispose()

    def _say(self, statement: str) -> None:
        with self.admin.connect() as connection:
            connection.execute(text(statement))


@event.listens_for(Engine, "engine_connect")
def _as_quick_as_one_database(connection: Connection) -> None:
    """Every test has a database of its own, but its statements are worded once in a process; and no test
    pulls a plug, so nothing waits for the disk.
    """
    connection.dialect = _DIALECTS.setdefault(connection.dialect.name, connection.dialect)
    connection.execution_options(compiled_cache=_STATEMENTS)
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[_Sqlite | _Postgresql]:
    kind = {"sqlite": _Sqlite, "postgresql": _Postgresql}[request.config.getoption("--database")]
    made = kind(tmp_path_factory.mktemp("template"))
    yield made
    made.close()


@pytest.fixture
def settings(databases: _Sqlite | _Postgresql, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a fresh database of this test, with keys and a var folder of its own."""
    for name in ("keys", "audit"):
        shutil.copytree(databases.folder / name, tmp_path / name)
    url = databases.copy(tmp_path)
    yield Settings(database_url=url, var_dir=tmp_path)
    databases.drop(url)


@pytest.fixture
def deployment(settings: Settings) -> Iterator[Deployment]:
    opened = Deployment.open(settings)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def applications() -> list[Flask]:
    """The application of this process, once there is one: making its routes is slow."""
    return []


@pytest.fixture
def app(deployment: Deployment, applications: list[Flask]) -> Flask:
    """The application over this test's database; it remembers nothing of the one before."""
    from backend.app import create_app

    if not applications:
        applications.append(create_app(deployment))
        applications[0].testing = True
        applications[0].wsgi_app = _as_servers_do(applications[0].wsgi_app)
    applications[0].extensions.update({"humiao": deployment, "humiao.basic": {}})
    return applications[0]


def _as_servers_do(application: WSGIApplication) -> WSGIApplication:
    """Refuses a header that no server could send: Flask's own test client takes any."""

    def answers(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            for line in (status, *(value for header in headers for value in header)):
                line.encode("latin-1")
            return start_response(status, headers, exc_info)

        return application(environ, start)  # type: ignore[arg-type]

    return answers
