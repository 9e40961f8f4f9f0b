"""What the office brings out while tablets are on the street: other versions of app and checklists."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from flask import Flask

from backend.web import tablet_app
from forms.build import build
from tests.chromium import served
from tests.forms.samples import CHECKLISTS
from tests.tablet.breaking import BreakingLine
from tests.tablet.screens import ROOT, TABLET

ASKED = "执法记录仪编号"


def build_app(folder: Path, version: str) -> Path:
    """Build the app as another version; gives what is to be served."""
    made_from = folder / "forms" / "tablet"
    shutil.copytree(TABLET, made_from, ignore=shutil.ignore_patterns("dist", "node_modules", "tests"))
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    package = json.loads((TABLET / "package.json").read_text("utf-8"))
    (made_from / "package.json").write_text(json.dumps(package | {"version": version}), "utf-8")
    vite = [ROOT / ".venv/bin/node", ROOT / "node_modules/vite/bin/vite.js", "build", "--logLevel", "error"]
    subprocess.run(vite, cwd=made_from, check=True, timeout=300)
    return made_from / "dist"


@contextmanager
def released(app: Flask, line: BreakingLine, dist: Path) -> Iterator[None]:
    """The server comes back with another version of the app."""
    before = line.port
    with patch.object(tablet_app, "DIST", dist), served(app) as address:
        line.port = int(address.rsplit(":", 1)[1])
        yield
        line.port = before


def publish_forms(folder: Path, work: Path, number: int, *activities: str) -> None:
    """Build these checklists anew, with another word for the body camera's number."""
    shutil.copytree(CHECKLISTS / "sections", work / "sections")
    for activity in activities:
        shutil.copy(CHECKLISTS / f"{activity}.md", work)
    arrival = work / "sections" / "arrival.md"
    arrival.write_text(arrival.read_text("utf-8").replace(ASKED, asked(number)), "utf-8")
    build(work, folder, validate=False)


def asked(number: int) -> str:
    """How that version asks for it."""
    return f"第{number}版{ASKED}"
