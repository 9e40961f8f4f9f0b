"""The screens over a tablet in memory, with the package of the sample district, behind the real door."""

import gzip
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import orjson
from flask import Flask

import forms
from backend.accounts.rules import Role
from backend.accounts.scope import Scope
from backend.core.deployment import Deployment
from backend.core.settings import Settings
from backend.packages import law, register
from backend.rulebook import queries as rulebook
from backend.web import tablet_app
from tests.chromium import served
from tests.command import humiao

TABLET = Path(forms.__file__).parent / "tablet"
ROOT = TABLET.parents[1]
_EVERYWHERE = Scope(("",), None, None, Role.SUPERVISOR)


def build(folder: Path) -> None:
    """Build the bench into a folder."""
    vite = [ROOT / ".venv/bin/node", ROOT / "node_modules/vite/bin/vite.js", "build", "--logLevel", "error"]
    config = ["--config", TABLET / "tests/screens/bench/vite.config.ts", "--outDir", folder]
    subprocess.run([*vite, *config], cwd=TABLET, check=True, timeout=300)


def write_package(folder: Path, var: Path) -> None:
    """Put the sections that a tablet of the sample district carries beside the pages."""
    settings = Settings(var_dir=var, database_url=f"sqlite:///{var}/humiao.db")
    humiao(settings, "demo")
    deployment, today = Deployment.open(settings), datetime.now(UTC).date()
    with deployment.reading() as session:
        reach, book = register.Reach.of(session, _EVERYWHERE, today.year), rulebook.current(session)
        days = (today, today + timedelta(days=1))
        _, packed = law.law_section(book, _EVERYWHERE, days, settings)
        sections = {kind: read(session, reach) for kind, read in register.READ.items()} | {
            "law": orjson.loads(gzip.decompress(packed.packed)),
            "forms": law.forms(deployment, _EVERYWHERE),
        }
    (folder / "package.json").write_bytes(orjson.dumps(sections))


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of the pages, served by the real door with its headers."""
    app = Flask("bench")
    app.register_blueprint(tablet_app.tablet_app)
    with patch.object(tablet_app, "DIST", folder), served(app) as address:
        yield address


def needed_first(dist: Path) -> set[Path]:
    """What the first page loads, and what that imports at once."""
    page = (dist / "index.html").read_text(encoding="utf-8")
    needed = {dist / name for name in re.findall(r'(?:src|href)="/app/(assets/[^"]+\.(?:js|css))"', page)}
    left = list(needed)
    while left:
        path = left.pop()
        text = path.read_text(encoding="utf-8") if path.suffix == ".js" else ""
        for name in re.findall(r'(?:from|import)\s*"\./([^"]+\.js)"', text):
            if (found := path.parent / name) not in needed:
                needed.add(found)
                left.append(found)
    return needed
