"""An envelope read as a visit: opened, parsed, masked, matched with the register, judged.

This is the slow part of filing. Nothing is written here: a reading session does, before the line of writers.
"""

import traceback
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Row, bindparam, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from backend.core import personal_numbers
from backend.core.deployment import Deployment
from backend.core.errors import InvalidInput
from backend.core.keys import KeysMissing
from backend.core.sealed import ContentDestroyed, VisitKey, known_visit_key
from backend.inspections import drafts, flags
from backend.inspections.drafts import Draft
from backend.inspections.grounds import Said
from backend.intake import signing
from backend.intake.arrivals import file_context, open_xml
from backend.intake.built_forms import FormsNotBuilt, catalogue
from backend.intake.circumstances import circumstances, limits, venue_of
from backend.intake.models import Envelope, EnvelopeFile
from backend.rulebook import queries as rulebook
from backend.screening.queries import check_position
from forms.errors import FormUnknown, SubmissionUnreadable
from forms.records import Visit
from forms.submission import Limits, parse
from forms.visits import to_visit

_envelopes, _envelope_files = Envelope.__table__, EnvelopeFile.__table__
_ENVELOPE = select(_envelopes).where(_envelopes.c.id == bindparam("id"))
_FILES = select(_envelope_files.c.sealed_name, _envelope_files.c.sha256, _envelope_files.c.size).where(
    _envelope_files.c.envelope_id == bindparam("envelope_id")
)
_FROM_ENVELOPE = ("agency_id", "user_id", "device_id", "sent_at", "received_at")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be written for one envelope as it was at this revision: a draft, or why there is none."""

    envelope_id: int
    revision: int
    draft: Draft | None = None
    said: Said | None = None
    reason: str | None = None
    detail: str | None = None


class _Mask:
    """Masks personal numbers and remembers which texts held one."""

    def __init__(self) -> None:
        self.held: set[str] = set()

    def __call__(self, text: str) -> str:
        masked = personal_numbers.mask(text)
        if masked != text:
            self.held.add(text)
        return masked


def prepare_filing(session: Session, deployment: Deployment, envelope_id: int) -> Prepared:
    """Read one envelope. Whatever is wrong with it is its own: only a failing database is raised."""
    envelope = session.execute(_ENVELOPE, {"id": envelope_id}).one()
    try:
        draft, said = _draft(session, deployment, envelope)
    except OperationalError:
        raise
    except Exception as problem:
        session.rollback()  # so that the next one is read in a whole transaction
        reason, detail = why_not(problem)
        return Prepared(envelope_id, envelope.revision, reason=reason, detail=detail)
    return Prepared(envelope_id, envelope.revision, draft, said)


def why_not(problem: Exception) -> tuple[str, str]:
    """A stable word for what went wrong, and where; never the message, which may hold what somebody wrote."""
    if isinstance(problem, FormUnknown | FormsNotBuilt):
        return "form_unknown", "this version of the form was never built here: run `humiao forms build`"
    if isinstance(problem, SubmissionUnreadable):
        return "unreadable", problem.reason
    if isinstance(problem, InvalidTag | KeysMissing):
        return "cannot_be_opened", "its key does not open it"
    if isinstance(problem, ContentDestroyed):
        return "content_destroyed", "its key was destroyed when its retention ended"
    last = traceback.extract_tb(problem.__traceback__)[-1]
    return "internal_error", f"{type(problem).__name__} in {Path(last.filename).name}:{last.lineno}"


def _draft(session: Session, deployment: Deployment, envelope: Row[Any]) -> tuple[Draft, Said]:
    key = known_visit_key(session, envelope.key_id)
    xml = open_xml(key, envelope.sealed, envelope.instance_id)
    submission = parse(xml, limits=Limits(size=deployment.settings.max_xml_bytes))
    form = catalogue(deployment).form(submission.form_id, submission.version)
    mask = _Mask()
    visit = to_visit(submission, form, mask=mask)
    settings, fact_on = deployment.settings, drafts.day_of(visit, envelope.received_at)
    venue = venue_of(session, visit, settings.unstated_accuracy_m)
    came = _files(session, envelope, key)
    files = {name: sha256 for name, (sha256, _) in came.items()}
    for name in {*files, *visit.file_names}:
        mask(name)
    known = circumstances(
        session, visit, envelope, venue,
        fact_on=fact_on, files=files, signed=_signed(envelope, key, came),
        masked=len(mask.held), unstated_accuracy_m=settings.unstated_accuracy_m,
    )  # fmt: skip
    area_code = (venue and venue.area_code) or envelope.area_code
    drafted = drafts.draft(
        visit,
        rulebook=rulebook.current(session),
        key=key,
        keys=deployment.keys,
        fact_on=fact_on,
        district=area_code,
        files=files,
        flags=flags.flags(visit, known, limits(settings)),
        distances=_distances(session, deployment, visit, fact_on),
        venue_id=venue and venue.id,
        area_code=area_code if known.in_area else envelope.area_code,
        **{name: getattr(envelope, name) for name in _FROM_ENVELOPE},
    )
    return drafted, _said(visit)


def _said(visit: Visit) -> Said:
    why = visit.reason
    numbers = tuple(number for number in (why.plan_number.strip(), why.lead_number.strip()) if number)
    first = visit.officers[0].certificate.strip() if visit.officers else ""
    return Said(why.kind, why.joint is True, why.check_code.strip(), numbers, first)


def _distances(session: Session, deployment: Deployment, visit: Visit, on: date) -> list[dict[str, Any]]:
    """The position held against the sites around it, as `screening` does; none where it cannot be."""
    if (where := visit.position) is None:
        return []
    try:
        checked = check_position(
            session, deployment.settings, visit.form_id, where.lon, where.lat,
            on=on, accuracy_m=where.accuracy_m,
        )  # fmt: skip
    except InvalidInput:
        return []
    return [
        {
            "site_id": held.distance.site.id,
            "site_version": held.distance.site.version,
            "rule_id": held.rule.id,
            "setting": held.rule.setting,
            "method": held.line.way.measured,
            "distance_m": held.line.distance_m,
            "error_m": held.line.error_m,
            "extent_m": held.line.extent_m,
            "verdict": held.verdict,
        }
        for held in (near.held for near in checked.sites)
        if held.rule
    ]


def _signed(envelope: Row[Any], key: VisitKey, came: dict[str, tuple[str, int]]) -> str | None:
    part = signing.opened(key, envelope.instance_id, envelope.sealed_signature)
    return signing.stands(envelope.signed, part, came)


def _files(session: Session, envelope: Row[Any], key: VisitKey) -> dict[str, tuple[str, int]]:
    """What arrived, by name, with its SHA-256 and size."""
    rows = session.execute(_FILES, {"envelope_id": envelope.id})
    context = file_context(envelope.instance_id, "name")
    return {key.open(sealed_name, context).decode(): (sha256, size) for sealed_name, sha256, size in rows}
