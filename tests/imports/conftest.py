"""A desk at which files are read into a register of its own."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from backend.core.deployment import Deployment
from backend.imports import actions, undo
from backend.imports.options import AreaOptions, SiteOptions, VenueOptions
from backend.imports.register import REGISTERS, Register
from backend.imports.report import ImportReport

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


class Desk:
    """Reads files with what is needed said once, and shows what the register then holds."""

    def __init__(self, deployment: Deployment, folder: Path) -> None:
        self.deployment, self.folder = deployment, folder

    def file(self, name: str, *lines: str, encoding: str = "utf-8") -> Path:
        """Write a file of these lines; the one of that name before is gone."""
        path = self.folder / name
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return path

    def sites(self, path: Path, **asked: Any) -> ImportReport:
        if "kind_column" not in asked:
            asked.setdefault("kind", "primary")
        return self._import(actions.import_sites, path, SiteOptions(**({"crs": "wgs84"} | asked)))

    def venues(self, path: Path, **asked: Any) -> ImportReport:
        if "activity_column" not in asked:
            asked.setdefault("activities", ("bar",))
        return self._import(actions.import_venues, path, VenueOptions(**({"crs": "wgs84"} | asked)))

    def areas(self, path: Path, **asked: Any) -> ImportReport:
        asked = {"crs": "wgs84", "code_column": "code", "name_column": "name"} | asked
        return self._import(actions.import_areas, path, AreaOptions(**asked))

    def _import(self, deed: Any, path: Path, options: Any) -> ImportReport:
        with self.deployment.unit_of_work() as session:
            return deed(session, path, options, by="tester", now=NOW)

    def preview(self, run_id: int) -> undo.Undoing:
        with self.deployment.reading() as session:
            return undo.preview(session, run_id)

    def undo(self, run_id: int) -> undo.Undoing:
        with self.deployment.unit_of_work() as session:
            return undo.undo(session, run_id, by="tester", now=NOW)

    def register(self, kind: str) -> dict[str, dict[str, Any]]:
        """Every row with its children, by its ref, without what only says when it was written."""
        register: Register = REGISTERS[kind]
        with self.deployment.reading() as session:
            ids = dict(session.execute(select(register.table.c.id, register.table.c[register.key])).all())
            rows = register.rows(session, list(ids))
        return {
            ids[row_id]: {k: v for k, v in row.items() if k != "changed_at"} for row_id, row in rows.items()
        }

    def everything(self) -> dict[str, Any]:
        return {kind: self.register(kind) for kind in REGISTERS}


@pytest.fixture
def desk(deployment: Deployment, tmp_path: Path) -> Desk:
    folder = tmp_path / "files"
    folder.mkdir()
    return Desk(deployment, folder)


def square(west: float, south: float, side: float) -> str:
    """A square as WKT."""
    east, north = west + side, south + side
    corners = (f"{west} {south}", f"{east} {south}", f"{east} {north}", f"{west} {north}", f"{west} {south}")
    return f'"POLYGON (({", ".join(corners)}))"'
