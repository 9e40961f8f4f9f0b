"""A web worker starts small: what is heavy belongs to commands and jobs."""

import os
import subprocess
import sys
from pathlib import Path

from tests.server import environment

HEAVY = {
    "geopandas",
    "pandas",
    "numba",
    "pypinyin",
    "segno",
    "rjieba",
    "pyxform",
    "typst",
    "docx",
    "PIL",
    "h3",
    "pyogrio",
    "pyarrow",
}
_ASK = """
import sys
from wsgi import app
client = app.test_client()
for path in ("/sign-in", "/api/openapi.json", "/openrosa/formList"):
    client.get(path)
print(*(name for name in sys.modules if "." not in name))
"""


def test_a_fresh_worker_has_imported_nothing_heavy(settings):
    done = subprocess.run(
        [sys.executable, "-c", _ASK], cwd=Path(__file__).parents[1], env=os.environ | environment(settings),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = set(done.stdout.split())

    assert "flask" in loaded
    assert loaded & HEAVY == set()
