"""The migrations make exactly what the models describe, on both databases."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, inspect, text
from sqlalchemy.schema import CreateIndex

from backend import migrations, models  # noqa: F401
from backend.core.db import Base
from backend.core.spatial import Geometry

VERSIONS = Path(migrations.__file__).parent / "versions"


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_migrated_tables_are_those_of_the_models(deployment):
    with deployment.engine.connect() as connection:
        options = {"include_object": migrations.is_ours, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)

        assert compare_metadata(context, Base.metadata) == []


def test_indexes_of_more_than_columns_are_those_of_the_models_on_sqlite_too(deployment):
    if not deployment.is_sqlite:
        pytest.skip("only on SQLite: from there SQLAlchemy does not read them back")
    wanted = [
        str(CreateIndex(index).compile(deployment.engine))
        for table in Base.metadata.sorted_tables
        for index in table.indexes
        if not all(isinstance(part, Column) for part in index.expressions)
    ]
    with deployment.engine.connect() as connection:
        made = set(connection.scalars(text("SELECT sql FROM sqlite_master WHERE type = 'index'")))

    assert wanted
    assert set(map(_plain, wanted)) <= {_plain(sql) for sql in made if sql}


def _plain(sql: str) -> str:
    return " ".join(re.sub("[()]", "", sql).split())


def test_every_geometry_has_its_index(deployment):
    wanted = {
        f"{table.name}_{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Geometry)
    }
    with deployment.engine.connect() as connection:
        if deployment.is_sqlite:
            sql = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE rt_%'"
        else:
            sql = "SELECT indexname FROM pg_indexes WHERE indexname LIKE 'gx_%'"
        found = {name[3:] for name in connection.scalars(text(sql))}

    assert found == wanted


def test_migrating_again_changes_nothing(deployment):
    before = sorted(inspect(deployment.engine).get_table_names())

    migrations.migrate(deployment.engine)

    assert sorted(inspect(deployment.engine).get_table_names()) == before


def test_the_newest_number_stands_in_its_file():
    numbers = sorted(re.match(r"\d{4}", path.name).group() for path in VERSIONS.glob("*.py"))

    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]
    assert migrations.newest() == numbers[-1]
