"""Everything that is sealed under some visits' keys and was not destroyed yet, by key."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.days import SHANGHAI
from backend.core.sealed import VisitKeyRow
from backend.inspections.models import Evidence, Violation, Visit
from backend.intake.models import Envelope, EnvelopeFile, RescueFile, RescueState, State
from backend.retention.models import Destroyed, ProcessingBasis
from backend.retention.rules import Kind, Part
from backend.tips.mandatory_models import MandatoryReport
from backend.tips.models import Tip, TipInformant
from backend.tips.rules import OVER

Parts = Mapping[int, list[Part]]


def parts_of(session: Session, key_ids: Iterable[int]) -> Parts:
    """The parts of each key; a key without any is left out."""
    key_ids = list(key_ids)
    numbers = select(VisitKeyRow.visit_id).where(VisitKeyRow.id.in_(key_ids))  # visits have an index on these
    visits = session.execute(select(*_VISIT).where(Visit.visit_no.in_(numbers))).all()
    of_these = Violation.visit_id.in_([visit.id for visit in visits])
    broken = set(session.scalars(select(Violation.visit_id).where(of_these)))
    accused = {visit.key_id for visit in visits if visit.id in broken}
    records = {visit.instance_id: _record(visit, visit.key_id in accused) for visit in visits}
    found: dict[int, list[Part]] = defaultdict(list)
    for visit in visits:
        found[visit.key_id].append(records[visit.instance_id])
    envelopes = session.execute(select(*_ENVELOPE).where(Envelope.visit_no.in_(numbers))).all()
    for envelope in envelopes:
        found[envelope.key_id].append(_form(envelope, records.get(envelope.instance_id)))
    for key_id, part in _files(session, envelopes, records):
        found[key_id].append(part)
    for key_id, part in _consents(session, visits):
        found[key_id].append(part)
    for key_id, part in _rescues(session, key_ids):
        found[key_id].append(part)
    for key_id, part in (*_tips(session, key_ids), *_mandatory(session, key_ids)):
        found[key_id].append(part)
    return _without_destroyed(session, key_ids, found)


_VISIT = (Visit.id, Visit.key_id, Visit.instance_id, Visit.fact_on, Visit.received_at, Visit.agency_id,
          Visit.area_code)  # fmt: skip
_ENVELOPE = (Envelope.id, Envelope.key_id, Envelope.instance_id, Envelope.received_at, Envelope.state,
             Envelope.agency_id, Envelope.area_code)  # fmt: skip


def _record(visit: Any, is_accused: bool) -> Part:
    """A whole visit counts as one with a violation where one of its checklists shows any."""
    name = "visit_violation" if is_accused else "visit_clean"
    days = {"visit_day": visit.fact_on, "received": _day(visit)}
    return Part(Kind.RECORD, visit.id, name, days, visit.agency_id, visit.area_code)


def _form(envelope: Any, record: Part | None) -> Part:
    """A form that waits to be filed, again perhaps, is of no class: it is on its way."""
    name = "envelope_unmasked" if record else "envelope_unfilable"
    days = record.days if record else {"received": _day(envelope)}
    is_waiting = envelope.state == State.RECEIVED
    return Part(
        Kind.FORM, envelope.id, None if is_waiting else name, days, envelope.agency_id, envelope.area_code
    )


def _files(
    session: Session, envelopes: Iterable[Any], records: Mapping[str, Part]
) -> Iterable[tuple[int, Part]]:
    """Photos by whether a minor may be in them; signatures and sketches with the record."""
    by_id = {envelope.id: envelope for envelope in envelopes}
    known = select(Evidence.visit_id, Evidence.name_hash, Evidence.id, Evidence.kind, Evidence.sealed)
    of_visits = known.where(Evidence.visit_id.in_([part.id for part in records.values()]))
    evidence = {(row.visit_id, row.name_hash): row for row in session.execute(of_visits)}
    columns = (EnvelopeFile.id, EnvelopeFile.envelope_id, EnvelopeFile.name_hash, EnvelopeFile.stored)
    for file in session.execute(select(*columns).where(EnvelopeFile.envelope_id.in_(by_id))):
        envelope = by_id[file.envelope_id]
        record = records.get(envelope.instance_id)
        shown = evidence.get((record.id, file.name_hash)) if record else None
        form = _form(envelope, record)
        name = form.retention_class and _class_of_file(record, shown)
        evidence_id = shown.id if shown else None
        yield (
            envelope.key_id,
            Part(
                Kind.FILE, file.id, name, form.days, form.agency_id, form.area_code, file.stored, evidence_id
            ),
        )


def _class_of_file(record: Part | None, shown: Any) -> str | None:
    if record is None:
        return "envelope_unfilable"
    if shown is None or shown.sealed:  # nobody said what it shows
        return "photo_minor"
    return "photo_ordinary" if shown.kind == "photo" else record.retention_class


def _consents(session: Session, visits: Iterable[Any]) -> Iterable[tuple[int, Part]]:
    by_id = {visit.id: visit for visit in visits}
    for basis in session.scalars(select(ProcessingBasis).where(ProcessingBasis.visit_id.in_(by_id))):
        visit = by_id[basis.visit_id]
        days = {"visit_day": visit.fact_on, "received": basis.entered_at.astimezone(SHANGHAI).date()}
        yield (
            visit.key_id,
            Part(Kind.CONSENT, basis.id, "consent_evidence", days, visit.agency_id, visit.area_code),
        )


def _rescues(session: Session, key_ids: list[int]) -> Iterable[tuple[int, Part]]:
    """Rescue files that are kept whole, each under a key of its own; one that is being taken in stays."""
    kept = select(RescueFile).where(RescueFile.key_id.in_(key_ids), RescueFile.stored.is_not(None))
    for file in session.scalars(kept.where(RescueFile.state != RescueState.RECEIVED)):
        days = {"received": _day(file)}
        yield (
            file.key_id,
            Part(Kind.RESCUE, file.id, "rescue_file", days, file.agency_id, file.area_code, file.stored),
        )


def _tips(session: Session, key_ids: list[int]) -> Iterable[tuple[int, Part]]:
    """Tips with their pictures, and who gave them, under keys of their own; what nobody answered stays."""
    columns = (Tip.id, Tip.key_id, Tip.received_at, Tip.state, Tip.area_code)
    for tip in session.execute(select(*columns).where(Tip.key_id.in_(key_ids))):
        name = "tip" if tip.state in OVER else None
        yield tip.key_id, Part(Kind.TIP, tip.id, name, {"received": _day(tip)}, None, tip.area_code)
    kept = select(TipInformant.id, TipInformant.key_id, Tip.received_at, Tip.state, Tip.area_code)
    for one in session.execute(kept.join(Tip).where(TipInformant.key_id.in_(key_ids))):
        name = "tip" if one.state in OVER else None
        yield one.key_id, Part(Kind.INFORMANT, one.id, name, {"received": _day(one)}, None, one.area_code)


def _mandatory(session: Session, key_ids: list[int]) -> Iterable[tuple[int, Part]]:
    """Mandatory reports; one of which no result is known stays."""
    for one in session.scalars(select(MandatoryReport).where(MandatoryReport.key_id.in_(key_ids))):
        name = "mandatory_report" if any(handed.result_at for handed in one.handovers) else None
        days = {"received": _day(one)}
        yield one.key_id, Part(Kind.MANDATORY, one.id, name, days, one.agency_id, one.area_code)


def _without_destroyed(session: Session, key_ids: list[int], found: Parts) -> Parts:
    gone_ones = select(Destroyed.kind, Destroyed.item_id).where(Destroyed.key_id.in_(key_ids))
    gone = {(row.kind, row.item_id) for row in session.execute(gone_ones)}
    wanted = set(key_ids)
    left = {
        key_id: [part for part in parts if (part.kind, part.id) not in gone]
        for key_id, parts in found.items()
        if key_id in wanted
    }
    return {key_id: parts for key_id, parts in left.items() if parts}


def _day(row: Any) -> date:
    received_at: datetime = row.received_at
    return received_at.astimezone(SHANGHAI).date()
