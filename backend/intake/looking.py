"""Photos held against earlier ones, by the filer when nothing waits to be filed: never in a web worker."""

import logging
from datetime import UTC, datetime

from cryptography.exceptions import InvalidTag
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.deployment import Deployment
from backend.core.errors import Refusal
from backend.core.keys import KeysMissing
from backend.inspections import pictures
from backend.inspections.actions import mark_picture
from backend.inspections.models import Evidence, PictureWaiting, Visit
from backend.intake.queries import content_of

log = logging.getLogger("humiao.filer")
BATCH = 10


def look_at_pictures(deployment: Deployment) -> int:
    """Compare the oldest photos that wait; returns how many were looked at.

    What cannot be opened or is no picture is left aside: it has flags of its own.
    """
    years = deployment.settings.picture_years
    with deployment.reading() as session:
        rows = session.execute(
            select(PictureWaiting.id, Evidence, Visit)
            .join(Evidence, Evidence.id == PictureWaiting.evidence_id)
            .join(Visit, Visit.id == Evidence.visit_id)
            .order_by(PictureWaiting.id)
            .limit(BATCH)
        ).all()
        looked = [
            (
                waiting_id,
                _marks(session, deployment, visit, evidence),
                pictures.begin_of_memory(visit.fact_on, years),
            )
            for waiting_id, evidence, visit in rows
        ]
    if looked:
        with deployment.unit_of_work() as session:
            for waiting_id, marks, memory_from in looked:
                mark_picture(session, waiting_id, marks, memory_from=memory_from, now=datetime.now(UTC))
    return len(looked)


def _marks(session: Session, deployment: Deployment, visit: Visit, evidence: Evidence) -> list[int]:
    try:
        content = content_of(session, deployment, visit, evidence)
        return pictures.marks(deployment.keys, visit.agency_id, content)
    except (Refusal, InvalidTag, KeysMissing, OSError):
        log.warning("a photo of visit %s could not be compared", visit.id)
        return []
