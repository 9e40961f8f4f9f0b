"""Make a deployment ready: keys, tables, the probe row, the rulebook. Harmless when run again."""

from datetime import UTC, datetime

from sqlalchemy import inspect

from backend import models  # noqa: F401  (every room's tables)
from backend.core import audit, spatial
from backend.core.db import Base
from backend.core.deployment import Deployment
from backend.core.keys import Keys
from backend.core.settings import Settings


def initialise(settings: Settings) -> Deployment:
    """Migrate the database of the settings, make what keys are missing, load the rulebook."""
    deployment = Deployment(settings, Keys.create(settings.keys))
    _make_tables(deployment)
    deployment.mark()
    _load_rulebook(deployment)
    return deployment


def _make_tables(deployment: Deployment) -> None:
    if inspect(deployment.engine).has_table("deployment"):
        return
    with deployment.engine.begin() as connection:
        Base.metadata.create_all(connection)
        audit.guard(connection)
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, spatial.Geometry):
                    spatial.create_index(connection, table.name, column.name)


def _load_rulebook(deployment: Deployment) -> None:
    try:
        from backend.rulebook import actions
    except ImportError:
        return
    with deployment.unit_of_work() as session:
        actions.load(session, by="system", now=datetime.now(UTC))
