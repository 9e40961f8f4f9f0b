"""Holding a visit back, and noting why data of children may be kept. The caller owns the transaction."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from backend.accounts.scope import Person
from backend.core import audit
from backend.core.days import SHANGHAI
from backend.core.errors import InvalidInput
from backend.core.sealed import known_visit_key, locked_visit_key
from backend.inspections.models import Visit
from backend.retention import queries
from backend.retention.errors import HoldLifted, NoChildData
from backend.retention.models import LegalHold, ProcessingBasis
from backend.retention.rules import STATUTORY_CLAUSES, BasisKind
from backend.rulebook import queries as rulebook


def set_hold(
    session: Session, visit: Visit, *, reason: str, note: str = "", by: Person, now: datetime
) -> LegalHold:
    """Hold a visit: nothing of it, or of its other checklists, is destroyed until every hold is lifted.

    Raises ContentDestroyed where the content is gone.
    """
    key = locked_visit_key(session, visit.key_id)
    sealed_note = key.seal(note.encode(), _note_context(visit.id)) if note else None
    hold = LegalHold(
        visit_id=visit.id,
        key_id=visit.key_id,
        reason=reason,
        sealed_note=sealed_note,
        set_by=by.id,
        set_at=now,
    )
    session.add(hold)
    session.flush()
    _record(session, "retention.hold", visit, by, hold=hold.id, reason=reason)
    return hold


def lift_hold(session: Session, hold_id: int, *, because: str, by: Person, now: datetime) -> LegalHold:
    """Lift a hold: from the next run on the periods count again. Raises NotFound, HoldLifted."""
    hold, visit = queries.hold(session, by.scope, hold_id)
    locked_visit_key(session, visit.key_id)
    session.refresh(hold, with_for_update=True)
    if hold.lifted_at is not None:
        raise HoldLifted(hold_id=hold_id)
    hold.lifted_by, hold.lifted_at, hold.lifted_because = by.id, now, because
    _record(session, "retention.lift", visit, by, hold=hold.id, reason=because)
    return hold


def note_of(session: Session, hold: LegalHold) -> str:
    """What was typed about a hold. Whoever shows it writes that into the audit trail."""
    if hold.sealed_note is None:
        return ""
    return known_visit_key(session, hold.key_id).open(hold.sealed_note, _note_context(hold.visit_id)).decode()


def note_basis(
    session: Session, visit: Visit, said: dict[str, Any], *, by: Person, now: datetime
) -> ProcessingBasis:
    """Note on which basis pictures of children are kept with a visit; a later note takes the place.

    Raises NoChildData, ContentDestroyed, and InvalidInput where a consent lies in the future or the clause is
    none of those that need no consent.
    """
    if not queries.has_child_data(session, visit):
        raise NoChildData(visit_id=visit.id)
    key = locked_visit_key(session, visit.key_id)
    law = rulebook.current(session).on(now.astimezone(SHANGHAI).date())
    said = dict(said)
    reference = said.pop("reference", "")
    if said["kind"] == BasisKind.GUARDIAN_CONSENT:
        _may_be_given(said["given_on"], law.date)
    elif said["clause"] not in STATUTORY_CLAUSES or said["clause"] not in law.all_clauses:
        raise InvalidInput(clause="not_in_the_rulebook")
    basis = ProcessingBasis(
        visit_id=visit.id, **said, rulebook_version=law.rulebook.version, seen_by=by.id, entered_at=now,
        sealed_reference=key.seal(reference.encode(), _basis_context(visit.id)) if reference else None,
    )  # fmt: skip
    session.add(basis)
    session.flush()
    _record(session, "retention.note_basis", visit, by, basis=basis.id, kind=basis.kind)
    return basis


def reference_of(session: Session, visit: Visit, basis: ProcessingBasis) -> str:
    """Where the paper of a consent lies. Whoever shows it writes that into the audit trail."""
    if basis.sealed_reference is None:
        return ""
    key = known_visit_key(session, visit.key_id)
    return key.open(basis.sealed_reference, _basis_context(visit.id)).decode()


def _may_be_given(on: date, today: date) -> None:
    if on > today:
        raise InvalidInput(given_on="in_the_future")


def _note_context(visit_id: int) -> str:
    return f"hold:{visit_id}"


def _basis_context(visit_id: int) -> str:
    return f"basis:{visit_id}"


def _record(session: Session, deed: str, visit: Visit, by: Person, **detail: int | str) -> None:
    audit.record(session, deed, by=by.actor, subject=f"visit:{visit.id}", detail=detail)
