"""Reading files into the register. The caller owns the transaction; a refused file leaves nothing behind."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from backend.accounts.areas import Areas
from backend.core import audit
from backend.core.batches import batches
from backend.imports.as_areas import Areas as AreaContent
from backend.imports.as_sites import Sites
from backend.imports.as_venues import Venues
from backend.imports.assigning import assign_areas
from backend.imports.cells import Cells
from backend.imports.content import Content
from backend.imports.models import ImportRun
from backend.imports.opening import OpenFile, open_file, refusing, sha256_of
from backend.imports.options import AreaOptions, FileOptions, SiteOptions, VenueOptions
from backend.imports.reading import Reading
from backend.imports.register import BATCH
from backend.imports.rejects import Rejects
from backend.imports.report import ImportReport, Tally, warnings_of
from backend.rulebook import queries as rulebook

Progress = Callable[[int, int | None], None]  # data rows done, and how many there are if that is known
Make = Callable[[OpenFile, Cells], Content[Any]]


def import_sites(
    session: Session,
    path: Path,
    options: SiteOptions,
    *,
    by: str,
    now: datetime,
    progress: Progress | None = None,
) -> ImportReport:
    """Read schools and other sites. Raises FileRefused when nothing of the file is imported."""
    return _import(session, path, options, lambda f, c: Sites(f, options, c), by, now, progress)


def import_venues(
    session: Session,
    path: Path,
    options: VenueOptions,
    *,
    by: str,
    now: datetime,
    progress: Progress | None = None,
) -> ImportReport:
    """Read venues. Raises FileRefused when nothing of the file is imported."""
    known = list(dict.fromkeys(activity.id for activity in rulebook.current(session).activities))
    return _import(session, path, options, lambda f, c: Venues(f, options, c, known), by, now, progress)


def import_areas(
    session: Session,
    path: Path,
    options: AreaOptions,
    *,
    by: str,
    now: datetime,
    progress: Progress | None = None,
) -> ImportReport:
    """Read districts, streets and towns, and say for every venue and site which of them it lies in."""
    return _import(session, path, options, lambda f, c: AreaContent(f, options, c), by, now, progress)


def _import(
    session: Session,
    path: Path,
    options: FileOptions,
    make: Make,
    by: str,
    now: datetime,
    progress: Progress | None,
) -> ImportReport:
    file, tally = open_file(path, options), Tally()
    content = make(file, Cells(file.columns, tally))
    kind, is_areas = content.register.kind, isinstance(content, AreaContent)
    areas = Areas([]) if is_areas else Areas.load(session)
    run = None if options.dry_run else _begin(session, file, options, kind, by, now)
    run_id = run.id if run else None
    with refusing(path), Rejects(options.rejects, file) as rejects:
        reading = Reading(session, content, areas, rejects, tally, run_id=run_id, now=now)
        for rows in batches(file.layer.rows, BATCH):
            reading.take(rows)
            if progress:
                progress(rows[-1].number + 1, file.layer.total)
        missing = reading.finish()
    assigned = assign_areas(session, now=now) if run and is_areas else {}
    if run:
        run.counts = tally.counts()
        audit.record(session, f"import.{kind}", by=by, subject=f"import_run:{run.id}", detail=run.counts)
    return ImportReport(
        run_id, kind, tally.read, tally.created, tally.changed, tally.same, tally.joined,
        tally.without_position, tally.refused, tally.notes, reading.shares, assigned, options.rejects,
        warnings_of(tally, reading.shares, missing),
    )  # fmt: skip


def _begin(
    session: Session, file: OpenFile, options: FileOptions, kind: str, by: str, now: datetime
) -> ImportRun:
    run = ImportRun(
        kind=kind, stem=file.stem, file_name=file.path.name, file_sha256=sha256_of(file.path),
        options=_asked(file, options), counts={}, by=by, at=now,
    )  # fmt: skip
    session.add(run)
    session.flush()
    return run


def _asked(file: OpenFile, options: FileOptions) -> dict[str, Any]:
    """The options as they are kept beside the run."""
    asked = {
        name: value for name, value in asdict(options).items() if value and name not in ("rejects", "dry_run")
    }
    asked["ref_column"] = file.ref_column
    return asked | {"only": {column: sorted(texts) for column, texts in options.only.items()}}
