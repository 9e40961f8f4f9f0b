"""The letter that goes with a transfer (移送函、移送书): who prepares it, what it says, which were issued."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.models import User
from backend.accounts.rules import Role
from backend.accounts.scope import Person
from backend.cases import paper_forms
from backend.cases.paper_facts import party_of
from backend.core.errors import NotFound
from backend.documents import facts
from backend.documents.blocks import Document
from backend.documents.cases import transfer_letter
from backend.documents.law import BLANK
from backend.documents.models import DocumentWithdrawal, IssuedDocument
from backend.documents.shown import day_shown
from backend.inspections.models import Visit
from backend.rulebook import queries as rulebook
from backend.tasks.rules import DocumentKind
from backend.transfers.models import Transfer, TransferStep
from backend.transfers.rules import Kind
from backend.venues.models import Venue

KIND = DocumentKind.TRANSFER_LETTER
_KNOWN = {"is_crime", "to"}  # the transfer says that
ASKED = tuple(ask for ask in paper_forms.FORMS[KIND] if ask.name not in _KNOWN)


def subject(found: Transfer) -> str:
    """By which name the letters of a transfer are found again."""
    return f"transfer:{found.id}"


def may_write(session: Session, found: Transfer, by: Person, on: date) -> bool:
    """Whether a next step takes a letter, and this person prepares it: its team, or a head."""
    is_theirs = by.id in found.team or by.role is Role.SUPERVISOR
    ahead = rulebook.current(session).on(on).transfer(found.kind.upper()).out_of(found.state)
    taken = [kind for step in ahead for paper in step.needs for kind in paper.documents]
    return found.agency_id == by.agency_id and is_theirs and KIND in taken


def issued_of(session: Session, found: Transfer, *, only_counting: bool = False) -> Sequence[IssuedDocument]:
    """The letters of a transfer and of no other, newest first; its kind makes them what its way asks for.

    With `only_counting` without what was withdrawn.
    """
    wanted = select(IssuedDocument).where(
        IssuedDocument.kind == KIND, IssuedDocument.agency_id == found.agency_id,
        IssuedDocument.subject == subject(found),
    )  # fmt: skip
    if only_counting:
        wanted = wanted.where(IssuedDocument.id.not_in(select(DocumentWithdrawal.document_id)))
    return session.scalars(wanted.order_by(IssuedDocument.id.desc())).all()


def issued_one(session: Session, found: Transfer, document_id: int) -> IssuedDocument:
    """A letter of the transfer; NotFound for all others."""
    for one in issued_of(session, found):
        if one.id == document_id:
            return one
    raise NotFound(document_id=document_id)


def prefilled(session: Session, found: Transfer, on: date) -> dict[str, str]:
    """What the form says before anybody typed."""
    known = paper_forms.prefilled(session, found.case, KIND, on) if found.case else _of_visit(session, found)
    known["why"] = found.reason
    if found.kind != Kind.POLICE_CRIME:  # there it is the chief, whoever noted it
        known["approved_by"] = _approval(found).user.display_name
    return {ask.name: known.get(ask.name, "") for ask in ASKED}


def _of_visit(session: Session, found: Transfer) -> dict[str, str]:
    visit = session.get(Visit, found.visit_id) if found.visit_id else None
    if visit is None or not (what := paper_forms.breaches_in_words(session, visit.violations)):
        return {}
    seen = f"{day_shown(visit.fact_on)}，执法人员检查发现当事人{what}"
    return {"cause": f"涉嫌{what}", "facts": seen}


def draft(session: Session, found: Transfer, said: Mapping[str, Any], *, on: date) -> Document:
    """The letter as it would be issued."""
    law = rulebook.current(session)
    approval = _approval(found)
    people = session.scalars(select(User).where(User.id.in_(found.team)).order_by(User.id))
    return transfer_letter(law, facts.TransferFacts(
        agency=found.agency.name_zh, on=on, cause=said["cause"], party=_party(session, found),
        officers=tuple(
            facts.Officer(name=one.display_name, certificate_no=one.certificate_no)
            for one in people if one.certificate_no
        ),
        case_number=found.case.text if found.case else None, contact=facts.Contact.of(found.agency),
        to=found.to_name, facts=said["facts"], why=said["why"], clauses=tuple(approval.clauses),
        attached=said["attached"], is_crime=found.kind == Kind.POLICE_CRIME, is_case=found.case is not None,
        approved_by=said["approved_by"] or None, approved_at=approval.made_at,
    ))  # fmt: skip


def _approval(found: Transfer) -> TransferStep:
    """The step by which the head approved it last: until then no letter is made."""
    return next(step for step in reversed(found.steps) if step.step == "approve")


def _party(session: Session, found: Transfer) -> facts.Party:
    """Who is responsible for the venue; of several, their names."""
    ids = [found.venue_id] if found.venue_id else found.venue_ids
    there = [session.get_one(Venue, one) for one in ids]
    if len(there) == 1:
        return party_of(there[0])
    return facts.Party(name="、".join(one.name or one.ref for one in there) or BLANK)
