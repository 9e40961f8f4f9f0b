"""Proposing a penalty and deciding on it (处罚建议、审定). The caller owns the transaction."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from backend.accounts.rules import Role
from backend.accounts.scope import Person
from backend.cases import penalty_queries as queries
from backend.cases.errors import CaseChanged, PenaltyRefused
from backend.cases.escalation import Earlier
from backend.cases.frozen import freeze
from backend.cases.mitigation import Circumstance, contradictions
from backend.cases.models import Case
from backend.cases.penalty_models import PenaltyProposal, PenaltyRuling
from backend.cases.proposing import Chosen, Proposed, Said, faults
from backend.cases.queries import procedure_of
from backend.cases.rules import Because
from backend.core import audit
from backend.core.days import day_of
from backend.core.errors import InvalidInput, NotFound
from backend.documents.public import may_be_person
from backend.rulebook import queries as rulebook

_OF_A_PERSON = {
    Circumstance.UNDER_14, Circumstance.FROM_14, Circumstance.UNABLE, Circumstance.PARTLY_ABLE,
}  # fmt: skip


def lay(session: Session, case: Case, said: Said, earlier: tuple[Earlier, ...]) -> Proposed:
    """Everything that the law says to what was found, without keeping any of it. Raises InvalidInput."""
    if any(contradictions(said.circumstances)):
        raise InvalidInput(circumstances="contradiction")
    if said.circumstances & _OF_A_PERSON and not _is_person(case, said):
        raise InvalidInput(circumstances="of_a_person_only")
    if set(said.acts) - {one.violation_id for one in case.violations}:
        raise InvalidInput(acts="unknown")
    return queries.lay(session, case, said, (*queries.earlier_of(session, case), *earlier))


def propose(
    session: Session, case: Case, said: Said, suggested: Chosen, *,
    earlier: tuple[Earlier, ...] = (), reason: str, version: int, by: Person, now: datetime,
) -> PenaltyProposal:  # fmt: skip
    """Keep what an officer of the case found and suggests. It takes the place of an earlier proposal.

    Raises CaseChanged, PenaltyRefused, InvalidInput.
    """
    _may(session, case, version, now)
    if by.id not in {one.user_id for one in case.officers_now} or by.role is not Role.INSPECTOR:
        raise PenaltyRefused(because=Because.NOT_YOURS)
    said = replace(said, is_person=_is_person(case, said))
    laid = lay(session, case, said, earlier)
    _hold(laid, suggested)
    suggested = suggested.taking(said.amounts.gains)
    known = (*queries.earlier_of(session, case), *earlier)
    row = PenaltyProposal(
        case_id=case.id, seq=len(case.proposals) + 1, rulebook_version=rulebook.current(session).version,
        said=freeze(said), earlier=freeze(known), laid=freeze(laid), suggested=freeze(suggested),
        reason=reason, proposed_by=by.id, proposed_at=now,
    )  # fmt: skip
    _write(session, case, row)
    audit.record(
        session, "case.propose_penalty", by=by.actor, subject=f"case:{case.id}", detail={"seq": row.seq}
    )
    return row


def decide(
    session: Session, case: Case, seq: int, chosen: Chosen, *,
    reason: str, version: int, by: Person, now: datetime,
) -> PenaltyRuling:  # fmt: skip
    """Keep what the legal reviewer decides on the proposal that counts; once.

    Raises CaseChanged, PenaltyRefused, NotFound.
    """
    _may(session, case, version, now)
    if by.role is not Role.LEGAL_REVIEWER:
        raise PenaltyRefused(because=Because.NOT_YOURS)
    if by.id in {one.user_id for one in case.officers}:
        raise PenaltyRefused(because=Because.OFFICER_OF_THE_CASE)
    proposal = next((one for one in case.proposals if one.seq == seq), None)
    if proposal is None:
        raise NotFound(seq=seq)
    if proposal is not case.proposal or proposal.ruling:
        raise PenaltyRefused(because=Because.USED_UP)
    of_proposal = queries.opened(proposal)
    _hold(of_proposal.laid, chosen)
    chosen = chosen.taking(of_proposal.said.amounts.gains)
    row = PenaltyRuling(
        proposal_id=proposal.id, outcome=chosen.outcome, chosen=freeze(chosen), reason=reason,
        ruled_by=by.id, ruled_at=now,
    )  # fmt: skip
    _write(session, case, row)
    detail = {"seq": seq, "outcome": chosen.outcome}
    audit.record(session, "case.decide_penalty", by=by.actor, subject=f"case:{case.id}", detail=detail)
    return row


def _is_person(case: Case, said: Said) -> bool:
    """A natural person, for the limit on the spot as on paper: said so, or by the operator's name."""
    return said.is_person or may_be_person(case.venue.operator_name or "")


def _may(session: Session, case: Case, version: int, now: datetime) -> None:
    if version != case.version:
        raise CaseChanged(version=case.version)
    if not procedure_of(session, case, day_of(now)).leads_to_ruling(case.state):
        raise PenaltyRefused(because=Because.NOT_FROM_HERE)


def _hold(laid: Proposed, choice: Chosen) -> None:
    """Refuse with the first thing that the law does not allow."""
    for fault in faults(laid, choice):
        raise PenaltyRefused(because=fault.why, candidate=fault.candidate)


def _write(session: Session, case: Case, row: PenaltyProposal | PenaltyRuling) -> None:
    session.add(row)
    case.version += 1
    session.flush()
    session.expire(case)
