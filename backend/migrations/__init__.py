"""Numbered steps from one shape of the database to the next, the same on SQLite and PostgreSQL."""

from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from backend.core import spatial
from backend.core.db import UtcDateTime

_HERE = Path(__file__).parent


def migrate(engine: Engine) -> None:
    """Bring the database of an engine to the newest shape."""
    with engine.execution_options(writing=True).begin() as connection:
        command.upgrade(config(connection), "head")


def config(connection: Connection) -> Config:
    """Alembic's view of our folder, working on one connection."""
    made = Config()
    made.set_main_option("script_location", str(_HERE))
    made.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    made.attributes["connection"] = connection
    return made


def is_ours(_object: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
    """Whether a table or index is described by the models: not PostGIS's, nor made for geometry."""
    return not (
        kind in ("table", "index") and (name == "spatial_ref_sys" or spatial.is_index_of_geometry(name))
    )


def render(kind: str, what: object, _context: object) -> str | Literal[False]:
    """How our own column types are written in a drafted migration."""
    if kind == "type" and isinstance(what, (UtcDateTime, spatial.Geometry)):
        return "db.UtcDateTime()" if isinstance(what, UtcDateTime) else "spatial.Geometry()"
    return False


def newest() -> str:
    """Number of the newest step, from a file of one line: two branches that add one collide in review."""
    return (_HERE / "newest.txt").read_text().strip()
