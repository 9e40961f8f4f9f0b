"""Draft the next migration from what the models have and the newest database lacks: read it, then edit it."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from backend import migrations
from backend.core.db import make_engine


def draft(message: str) -> Path:
    """Write `0002_<message>.py` and put its number into newest.txt."""
    number = f"{int(migrations.newest() or 0) + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/draft.db")
        if int(number) > 1:
            migrations.migrate(engine)
        with engine.begin() as connection:
            made = command.revision(migrations.config(connection), message, autogenerate=True, rev_id=number)
        engine.dispose()
    Path(migrations.__file__).with_name("newest.txt").write_text(number + "\n")
    return Path(made.path)  # type: ignore[union-attr]


if __name__ == "__main__":
    print(draft(sys.argv[1]))
