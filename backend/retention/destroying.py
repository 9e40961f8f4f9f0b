"""Destroying what is due, in one transaction with the certificates that prove it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from backend.core import audit
from backend.core.sealed import VisitKeyRow, destroy_key
from backend.inspections.models import PictureMark, PictureWaiting, Visit
from backend.intake.document_models import HandedDocument
from backend.intake.models import Envelope, EnvelopeFile, RescueFile, RescueState, UnsealRequest
from backend.retention.models import Certificate, Destroyed, LegalHold, ProcessingBasis
from backend.retention.parts import parts_of
from backend.retention.planning import Periods, held_keys
from backend.retention.rules import Due, Kind, Plan, ids_hash
from backend.tips.mandatory_models import Handover, MandatoryReport
from backend.tips.models import InformantRequest, Tip, TipInformant, TipPicture, TipStep

_GONE = b""  # what stands in place of content that went
Group = tuple[str, str, int | None, str, date]


def destroy(session: Session, key_ids: Iterable[int], periods: Periods, *, by: str, now: datetime) -> int:
    """Destroy what is due under these keys; returns how much that was.

    The keys are locked first, so that a hold set at the same moment comes before or is refused, and of two
    runs at once the second finds nothing.
    """
    alive = select(VisitKeyRow.id).where(VisitKeyRow.id.in_(list(key_ids)), VisitKeyRow.wrapped.is_not(None))
    locked = list(session.scalars(alive.order_by(VisitKeyRow.id).with_for_update()))
    held = held_keys(session, locked)
    planned = {
        key_id: periods.plan(parts)
        for key_id, parts in parts_of(session, [one for one in locked if one not in held]).items()
    }
    _erase(session, planned, now)
    return _certify(session, planned, periods, by=by, now=now)


def _erase(session: Session, planned: Mapping[int, Plan], now: datetime) -> None:
    """Make it unreadable: without the key that seals it, and without the sealed content itself."""
    parts = [due.part for one in planned.values() for due in one.dues]
    files = [part.id for part in parts if part.kind is Kind.FILE]
    forms = [part.id for part in parts if part.kind is Kind.FORM]
    session.execute(update(EnvelopeFile).where(EnvelopeFile.id.in_(files)).values(sealed_key=_GONE))
    session.execute(
        update(Envelope).where(Envelope.id.in_(forms)).values(sealed=_GONE, sealed_signature=None)
    )
    rescues = [part.id for part in parts if part.kind is Kind.RESCUE]
    gone = {"stored": None, "sealed_key": None}
    of_these = update(RescueFile).where(RescueFile.id.in_(rescues))
    session.execute(of_these.values(gone))
    waits = RescueFile.state == RescueState.QUARANTINED
    session.execute(of_these.where(waits).values(state=RescueState.REFUSED))  # nobody can take it any more
    evidence = [part.evidence_id for part in parts if part.evidence_id]
    for marks in (PictureMark, PictureWaiting):
        session.execute(delete(marks).where(marks.evidence_id.in_(evidence)))
    whole = [key_id for key_id, one in planned.items() if one.with_key]
    _erase_rest(session, whole)
    for key_id in whole:
        destroy_key(session, key_id, now)


def _erase_rest(session: Session, key_ids: list[int]) -> None:
    """Whatever else was sealed under these keys. The rows stay, as counts and days without a word."""
    numbers = select(VisitKeyRow.visit_id).where(VisitKeyRow.id.in_(key_ids))  # there is an index on these
    visits = select(Visit.id).where(Visit.visit_no.in_(numbers))
    envelopes = select(Envelope.id).where(Envelope.visit_no.in_(numbers))
    tips, answered = select(Tip.id).where(Tip.key_id.in_(key_ids)), Tip.sealed_answer.is_not(None)
    informants = select(TipInformant.id).where(TipInformant.key_id.in_(key_ids))
    reports = select(MandatoryReport.id).where(MandatoryReport.key_id.in_(key_ids))
    for statement in (
        update(Visit).where(Visit.visit_no.in_(numbers)).values(record=_GONE),
        update(EnvelopeFile).where(EnvelopeFile.envelope_id.in_(envelopes)).values(sealed_name=_GONE),
        update(HandedDocument).where(HandedDocument.visit_no.in_(numbers)).values(sealed=_GONE),
        update(UnsealRequest).where(UnsealRequest.visit_no.in_(numbers)).values(sealed_reason=_GONE),
        update(Tip).where(Tip.key_id.in_(key_ids)).values(sealed=_GONE),
        update(Tip).where(Tip.key_id.in_(key_ids), answered).values(sealed_answer=_GONE),
        update(TipPicture)
        .where(TipPicture.tip_id.in_(tips), TipPicture.sealed.is_not(None))
        .values(sealed=_GONE),
        update(TipStep)
        .where(TipStep.tip_id.in_(tips), TipStep.sealed_note.is_not(None))
        .values(sealed_note=_GONE),
        update(TipInformant).where(TipInformant.key_id.in_(key_ids)).values(sealed=_GONE),
        update(InformantRequest)
        .where(InformantRequest.informant_id.in_(informants))
        .values(sealed_reason=_GONE),
        update(MandatoryReport).where(MandatoryReport.key_id.in_(key_ids)).values(sealed=_GONE),
        update(Handover)
        .where(Handover.report_id.in_(reports), Handover.sealed_result.is_not(None))
        .values(sealed_result=_GONE),
        update(LegalHold).where(LegalHold.key_id.in_(key_ids)).values(sealed_note=None),
        update(ProcessingBasis).where(ProcessingBasis.visit_id.in_(visits)).values(sealed_reference=None),
    ):
        session.execute(statement, execution_options={"synchronize_session": False})


def _certify(
    session: Session, planned: Mapping[int, Plan], periods: Periods, *, by: str, now: datetime
) -> int:
    """A certificate for each class, period, agency, area and due day; each is in the audit chain."""
    groups: dict[Group, list[tuple[int, Due]]] = defaultdict(list)
    for key_id, one in planned.items():
        for due in one.dues:
            part = due.part
            group = (part.retention_class or "", due.setting, part.agency_id, part.area_code, due.on)
            groups[group].append((key_id, due))
    for (retention_class, setting, agency_id, area_code, due_on), dues in groups.items():
        certificate = Certificate(
            retention_class=retention_class, setting=setting, agency_id=agency_id, area_code=area_code,
            rulebook_version=periods.law.rulebook.version, due_on=due_on, destroyed_at=now, count=len(dues),
            ids_hash=ids_hash((due.part.kind, due.part.id) for _, due in dues), by=by,
        )  # fmt: skip
        session.add(certificate)
        session.flush()
        session.add_all(_item(certificate, key_id, due) for key_id, due in dues)
        _note(session, certificate)
    return sum(map(len, groups.values()))


def _item(certificate: Certificate, key_id: int, due: Due) -> Destroyed:
    part = due.part
    return Destroyed(
        certificate_id=certificate.id, kind=part.kind, item_id=part.id, key_id=key_id, stored=part.stored
    )


def _note(session: Session, certificate: Certificate) -> None:
    detail = {
        "class": certificate.retention_class, "setting": certificate.setting, "count": certificate.count,
        "rulebook": certificate.rulebook_version, "due_on": certificate.due_on.isoformat(),
        "ids": certificate.ids_hash,
    }  # fmt: skip
    audit.record(
        session,
        "retention.destroy",
        by=certificate.by,
        subject=f"certificate:{certificate.id}",
        detail=detail,
    )
