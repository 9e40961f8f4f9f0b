"""What can be done to entries of the credit registers. The caller owns the transaction and holds the row.

Nothing is entered by itself: a person proposes from a decision, another one decides.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.accounts.rules import Role
from backend.accounts.scope import Person
from backend.cases import queries as cases
from backend.core import audit
from backend.core.days import SHANGHAI, day_of
from backend.core.errors import InvalidInput, NotAllowed
from backend.credit import decisions, queries
from backend.credit.errors import DeedRefused, EntryChanged, EntryTaken, NoDecision
from backend.credit.models import CreditConfirmation, CreditEntry, CreditStep
from backend.credit.rules import WAYS, Because, Deed, State, hindrances, until
from backend.rulebook import queries as rulebook
from backend.rulebook.clocks import deadline
from backend.rulebook.procedure import Clock
from backend.rulebook.rows import CreditCriterion, CreditRegister
from backend.venues import queries as venues
from backend.venues.models import Venue


def confirm(session: Session, said: dict[str, Any], *, by: Person, now: datetime) -> CreditConfirmation:
    """Confirm a ground for one's agency, by the document that says its terms. Raises NotAllowed."""
    if by.role is not Role.LEGAL_REVIEWER or by.agency_id is None:
        raise NotAllowed(role=by.role)
    ground = _ground(session, said["criterion_id"], day_of(now))
    if ground.register is CreditRegister.WARNING:
        raise InvalidInput(criterion_id="needs_none")
    if not ground.citable:
        raise DeedRefused(because=Because.FROM_MEMORY)
    if (repair := said.get("repair_after_months")) is not None and repair >= said["months"]:
        raise InvalidInput(repair_after_months="after_the_end")
    version = rulebook.current(session).version
    made = CreditConfirmation(
        agency_id=by.agency_id, rulebook_version=version, confirmed_by=by.id, confirmed_at=now, **said
    )
    session.add(made)
    session.flush()
    detail = {"criterion": ground.id}
    audit.record(
        session, "credit.confirm", by=by.actor, subject=f"credit_confirmation:{made.id}", detail=detail
    )
    return made


def propose(session: Session, said: dict[str, Any], *, by: Person, now: datetime) -> CreditEntry:
    """Propose an entry on a decision, of a case here or made elsewhere.

    Raises NotAllowed, NoDecision, EntryTaken, DeedRefused, InvalidInput; NotFound for what is not in scope.
    """
    if by.role is not Role.SUPERVISOR or by.agency_id is None:
        raise NotAllowed(role=by.role)
    on, venue = day_of(now), venues.venue(session, by.scope, said["venue_id"])
    ground = _ground(session, said["criterion_id"], on)
    _check(session, said, ground, venue, by, on)
    entry = CreditEntry(
        **said, register=ground.register, agency_id=by.agency_id, area_code=venue.area_code or "",
        credit_code=venue.credit_code, state=State.PROPOSED, proposed_by=by.id, proposed_at=now,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(entry)
    except IntegrityError:
        raise EntryTaken(decision_no=said["decision_no"]) from None
    _note(session, entry, Deed.PROPOSE, {}, ground, by=by, now=now)
    return entry


def take(
    session: Session, entry: CreditEntry, said: dict[str, Any], *, by: Person, now: datetime
) -> CreditStep:
    """Make a step in an entry as it was looked at. Raises EntryChanged, DeedRefused, InvalidInput."""
    if said["version"] != entry.version:
        raise EntryChanged(version=entry.version)
    deed, on = Deed(said["deed"]), day_of(now)
    if (way := WAYS.get(deed)) is None:
        raise InvalidInput(deed="unknown")
    known = queries.facts(session, entry, on)
    for because in hindrances(deed, known, user_id=by.id, role=by.role, on=on):
        raise DeedRefused(because=because)
    for name, is_needed in (("paper", way.needs_paper), ("reason", way.needs_reason)):
        if is_needed and not said.get(name):
            raise DeedRefused(because=Because(f"{name}_missing"))
    dated_on = said.get("dated_on") or on
    if dated_on > on:
        raise InvalidInput(dated_on="in_the_future")
    ground = queries.criterion_of(session, entry.criterion_id, on)
    _apply(session, entry, deed, dated_on, ground, by.agency_id, on)
    entry.state = way.to or entry.state
    entry.version += 1
    return _note(session, entry, deed, said | {"dated_on": dated_on}, ground, by=by, now=now)


def _apply(
    session: Session, entry: CreditEntry, deed: Deed, dated_on: date, ground: CreditCriterion | None,
    agency_id: int | None, on: date,
) -> None:  # fmt: skip
    """What a step changes beside the state. An entry begins on the day of the decision to list it."""
    confirmation = queries.confirmed(session, agency_id).get(entry.criterion_id)
    if deed is Deed.NOTIFY and confirmation:
        entry.statement_until = dated_on + timedelta(confirmation.statement_days)
    elif deed is Deed.LIST:
        entry.listed_on = on
        if entry.register != CreditRegister.WARNING and confirmation:
            entry.confirmation_id = confirmation.id
            entry.until_on = until(on, queries.terms_of(confirmation))
    elif deed in (Deed.PUBLISH, Deed.WITHDRAW):
        entry.is_published = deed is Deed.PUBLISH
    elif deed in (Deed.REPAIR, Deed.ANNUL):
        entry.removed_on, entry.is_published = on, False
        if deed is Deed.REPAIR and ground:
            entry.deleted_by_on = _deleted_by(session, ground, dated_on)


def _deleted_by(session: Session, ground: CreditCriterion, certified_on: date) -> date | None:
    """Until when others delete it after the certificate (社会信用条例 38)."""
    clock = Clock(id=ground.id, name=ground.name, count=ground.deleted_within_days, lapse=ground.exit)
    begun_at = datetime(certified_on.year, certified_on.month, certified_on.day, tzinfo=SHANGHAI)
    found = deadline(clock, begun_at, rulebook.current(session).day)
    return found.due_on if found else None


def _check(
    session: Session, said: dict[str, Any], ground: CreditCriterion, venue: Venue, by: Person, on: date
) -> None:
    """Refuse a ground for other businesses, a decision that is none, a list without responsible persons."""
    activities = {one.activity for one in venue.activities}
    if ground.activities and not activities & {*ground.activities}:
        raise InvalidInput(criterion_id="not_for_this_venue")
    if said["decision_on"] > on:
        raise InvalidInput(decision_on="in_the_future")
    is_list = ground.register is not CreditRegister.WARNING
    if is_list and not said["is_person"] and not said["responsible"]:
        raise InvalidInput(responsible="required")
    if (case_id := said.get("case_id")) is None:
        if not said.get("decision_sha256"):
            raise InvalidInput(decision_sha256="required")
        return
    said["decision_sha256"] = None
    case = cases.case(session, by.scope, case_id)
    if case.venue_id != venue.id or not decisions.holds(case):
        raise NoDecision(case_id=case_id)
    if not decisions.is_of(session, case, said["decision_no"]):
        raise InvalidInput(decision_no="not_of_this_case")
    if case.proposal and case.proposal.said["is_person"] != said["is_person"]:
        raise InvalidInput(is_person="not_as_decided")


def _ground(session: Session, criterion_id: str, on: date) -> CreditCriterion:
    if (found := queries.criterion_of(session, criterion_id, on)) is None:
        raise InvalidInput(criterion_id="unknown")
    if not found.active:
        raise DeedRefused(because=Because.SWITCHED_OFF)
    return found


def _note(
    session: Session, entry: CreditEntry, deed: Deed, said: dict[str, Any], ground: CreditCriterion | None,
    *, by: Person, now: datetime,
) -> CreditStep:  # fmt: skip
    clauses = list(ground.clauses) if ground else []
    if deed is Deed.REPAIR and ground:
        clauses += ground.deleted_by
    step = CreditStep(
        entry_id=entry.id, seq=len(entry.steps) + 1, deed=deed, to_state=entry.state, user_id=by.id,
        made_at=now, dated_on=said.get("dated_on") or day_of(now), paper=said.get("paper"),
        reason=said.get("reason"), clauses=clauses, rulebook_version=rulebook.current(session).version,
    )  # fmt: skip
    session.add(step)
    session.flush()
    session.expire(entry, ["steps"])
    audit.record(session, f"credit.{deed}", by=by.actor, subject=f"credit_entry:{entry.id}")
    return step
