"""A PostgreSQL of our own for a test run: a cluster in a folder that goes away, reached by a socket in it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def cluster() -> Iterator[str]:
    """Start one and give its URL up to the database name."""
    bin_dir = _bin_dir()
    folder = Path(tempfile.mkdtemp(prefix="humiao-pg-"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    try:
        _run(
            bin_dir / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"
        )
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=60 -c autovacuum=off"
        _run(bin_dir / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://postgres@/{{name}}?host={folder}"
        finally:
            _run(bin_dir / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _bin_dir() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        raise RuntimeError(
            "PostgreSQL with PostGIS is needed for these tests (Debian: postgresql-15-postgis-3)"
        )
    return found[-1] if found else Path(str(on_path)).parent


def _run(*command: object) -> None:
    words = [str(word) for word in command]
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        words = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *words]
    done = subprocess.run(
        words, capture_output=True, text=True, cwd="/", env=os.environ | {"LC_ALL": "C.UTF-8"}
    )
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stdout}{done.stderr}")
