"""Visits with everything that can be sealed, and periods that an authority has confirmed."""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from backend.core import audit
from backend.core.deployment import Deployment
from backend.retention import job
from backend.retention.models import Certificate, Destroyed
from backend.rulebook import actions as rulebook
from backend.rulebook.reading import DATA
from tests.forms.samples import PHOTO, cafe_submission
from tests.intake.tablet import SIGNATURES, Tablet, file_all

NOW = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
VISITED = date(2026, 11, 20)  # in Shanghai
TIMES = {"start": "2026-11-20T10:00:00.000+08:00", "end": "2026-11-20T10:20:00.000+08:00"}
CHILD = PHOTO | {"photo": "child.jpg", "minor_possible": ""}
FILES = {**SIGNATURES, "front.jpg": b"picture of a door", "child.jpg": b"picture of a child"}
YEARS = {
    "photo_minor": 1, "envelope_unmasked": 2, "consent_evidence": 3, "photo_ordinary": 4, "visit_clean": 5,
    "visit_violation": 6, "envelope_unfilable": 1,
}  # fmt: skip
UNFILED = ("envelope_unfilable", "rescue_file")


def confirm(deployment: Deployment, years: dict[str, Any], **said: Any) -> None:
    """An authority lays these periods down; what it laid down before is replaced."""
    folder = deployment.settings.var_dir / "law"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(DATA, folder)
    rows = [
        {
            "id": f"KEEP-{name}-{said.get('agency', '')}", "retention_class": name, "active": True,
            "counted_from": "RECEIVED" if name in UNFILED else "VISIT_DAY", "years": number,
            "authority": {"zh": "某档案局", "en": "an archives bureau"}, "document_no": "某档〔2026〕1号",
            "dated": "2026-01-01", "in_force_from": "2026-01-01", "confidence": ["T"],
            "source": "the document", "last_verified_on": "2026-11-21",
        } | said
        for name, number in years.items()
    ]  # fmt: skip
    (folder / "retention_settings.yaml").write_text(json.dumps({"rows": rows}), "utf-8")
    with deployment.unit_of_work() as session:
        rulebook.load(session, Path(folder), by="tester", now=NOW)


def visit(deployment: Deployment, tablet: Tablet, number: int = 1, **said: Any) -> int:
    """A filed visit with an open and a sealed photo and three signatures; returns its id."""
    answers = TIMES | said.pop("answers", {})
    said = {"photos": [PHOTO, CHILD], "instance_id": f"uuid:{number}"} | said
    assert tablet.send(cafe_submission(answers=answers, **said), FILES).status_code == 201
    file_all(deployment)
    return number


def run(deployment: Deployment, on: str) -> int:
    return job.run(deployment, date.fromisoformat(on), by="tester", now=lambda: NOW)


def certificates(deployment: Deployment) -> list[tuple[str, str, int]]:
    """Class, due day and count of each."""
    with deployment.reading() as session:
        found = session.scalars(select(Certificate).order_by(Certificate.due_on, Certificate.retention_class))
        return [(one.retention_class, one.due_on.isoformat(), one.count) for one in found]


def destroyed(deployment: Deployment) -> set[tuple[str, int]]:
    with deployment.reading() as session:
        return {(one.kind, one.item_id) for one in session.scalars(select(Destroyed))}


def on_disk(deployment: Deployment) -> int:
    return len([path for path in deployment.files.root.rglob("*") if path.is_file()])


def chain_is_whole(deployment: Deployment) -> bool:
    with deployment.reading() as session:
        return audit.verify(session, deployment.audit_dir, deployment.keys).seq > 0
