"""Alembic runs this for every command; the connection comes from `migrations.config`."""

from alembic import context

from backend import models  # noqa: F401  (every room's tables)
from backend.core.db import Base
from backend.migrations import is_ours, render

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=render,
    include_object=is_ours,
    compare_type=True,
)
context.run_migrations()
