"""Looking up the credit registers: one's agency's entries, what counts at a venue, what everybody may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from backend.accounts.scope import Person, Scope, area_condition
from backend.cases.rules import ACTORS
from backend.core.errors import NotFound
from backend.credit import decisions
from backend.credit.models import CreditConfirmation, CreditEntry
from backend.credit.rules import WAYS, Because, Deed, Facts, State, Terms, hindrances
from backend.documents.public import masked_names
from backend.rulebook import queries as rulebook
from backend.rulebook.rows import CreditCriterion, CreditRegister
from backend.venues.models import Venue


@dataclass(frozen=True, slots=True)
class Choice:
    """A deed that leads on from where an entry stands, and what keeps this reader from it."""

    deed: Deed
    because: tuple[Because, ...]


def visible(scope: Scope) -> ColumnElement[bool]:
    """Entries of the caller's agency and areas, for those who may have a part in cases."""
    if scope.role not in ACTORS or scope.agency_id is None:
        return false()
    return and_(area_condition(scope, CreditEntry.area_code), CreditEntry.agency_id == scope.agency_id)


def in_force(on: date) -> ColumnElement[bool]:
    """Entries that count on a day; those whose period is over do so no more."""
    lasts = or_(CreditEntry.until_on.is_(None), CreditEntry.until_on >= on)
    return and_(CreditEntry.state == State.LISTED, lasts)


def entry(session: Session, scope: Scope, entry_id: int, *, to_change: bool = False) -> CreditEntry:
    """An entry in scope; NotFound for all others. Whoever wants to change it waits for whoever does."""
    chosen = select(CreditEntry).where(CreditEntry.id == entry_id, visible(scope))
    if to_change:
        chosen = chosen.with_for_update().execution_options(populate_existing=True)
    if (found := session.scalar(chosen)) is None:
        raise NotFound(entry_id=entry_id)
    return found


def list_entries(
    session: Session, scope: Scope, *, offset: int = 0, limit: int = 20, **filters: Any
) -> tuple[Sequence[CreditEntry], int]:
    """Entries in scope, newest first, and how many; for the filters see `chosen`."""
    return _page(session, chosen(scope, **filters), offset, limit)


def chosen(
    scope: Scope, *, on: date, register: CreditRegister | None = None, state: State | None = None,
    expired: bool | None = None, venue_id: int | None = None, text: str = "",
) -> Select[CreditEntry]:  # fmt: skip
    """Entries in scope that fit; `text` is part of a venue's or party's name, or of a decision's number."""
    wanted = select(CreditEntry).join(Venue).where(visible(scope))
    if register:
        wanted = wanted.where(CreditEntry.register == register)
    if state:
        wanted = wanted.where(CreditEntry.state == state)
    if expired is not None:
        over = and_(CreditEntry.state == State.LISTED, CreditEntry.until_on < on)
        wanted = wanted.where(over if expired else in_force(on))
    if venue_id is not None:
        wanted = wanted.where(CreditEntry.venue_id == venue_id)
    if text:
        columns = (Venue.name, CreditEntry.party, CreditEntry.decision_no)
        wanted = wanted.where(or_(*(column.contains(text, autoescape=True) for column in columns)))
    return wanted


def at_venue(session: Session, venue_id: int, on: date) -> Sequence[CreditEntry]:
    """What counts at a venue on a day, of every agency: for officers who may see the venue."""
    here = select(CreditEntry).where(CreditEntry.venue_id == venue_id, in_force(on))
    return session.scalars(here.order_by(CreditEntry.listed_on.desc(), CreditEntry.id.desc())).all()


def list_published(
    session: Session, *, on: date, register: CreditRegister | None = None, offset: int = 0, limit: int = 20
) -> tuple[Sequence[CreditEntry], int]:
    """What everybody may see: entries that count and were published, newest first; and how many."""
    wanted = select(CreditEntry).where(CreditEntry.is_published, in_force(on))
    if register:
        wanted = wanted.where(CreditEntry.register == register)
    return _page(session, wanted, offset, limit)


def public_party(found: CreditEntry) -> str:
    """The party as everybody may read it: of a natural person the family name only."""
    return masked_names([found.party]).get(found.party, "某") if found.is_person else found.party


def public_venue(found: CreditEntry) -> str | None:
    """The venue as everybody may read it: where it bears the name of a person, that is masked too."""
    name = found.venue.name
    return name.replace(found.party, public_party(found)) if name and found.is_person else name


def confirmed(session: Session, agency_id: int | None) -> dict[str, CreditConfirmation]:
    """The newest confirmation of an agency by the ground."""
    own = select(CreditConfirmation).where(CreditConfirmation.agency_id == agency_id)
    return {one.criterion_id: one for one in session.scalars(own.order_by(CreditConfirmation.id))}


def criterion_of(session: Session, criterion_id: str, on: date) -> CreditCriterion | None:
    """A ground as the rulebook of a day knows it."""
    return rulebook.current(session).on(on).credit_criteria.get(criterion_id)


def facts(session: Session, found: CreditEntry, on: date) -> Facts:
    """How an entry stands, for the rules: before it is listed by the newest confirmation, then by its own."""
    ground = criterion_of(session, found.criterion_id, on)
    stands_on = found.confirmation or confirmed(session, found.agency_id).get(found.criterion_id)
    case = found.case
    asked = [step.user_id for step in found.steps if step.deed == Deed.ASK_REPAIR]
    return Facts(
        CreditRegister(found.register), State(found.state), found.proposed_by,
        active=bool(ground and ground.active), terms=terms_of(stands_on),
        statement_until=found.statement_until, heard=any(one.deed == Deed.HEAR for one in found.steps),
        listed_on=found.listed_on, until_on=found.until_on, published=found.is_published,
        decided=case is None or (decisions.holds(case) and decisions.is_of(session, case, found.decision_no)),
        officers=frozenset(one.user_id for one in case.officers) if case else frozenset(),
        asked_by=asked[-1] if asked else None, from_memory=bool(ground and not ground.citable),
    )  # fmt: skip


def terms_of(confirmation: CreditConfirmation | None) -> Terms | None:
    if confirmation is None:
        return None
    return Terms(confirmation.statement_days, confirmation.months, confirmation.repair_after_months)


def choices(session: Session, found: CreditEntry, by: Person, on: date) -> list[Choice]:
    """Every deed that leads on from here, with what keeps this reader from it."""
    known = facts(session, found, on)
    every = (
        Choice(deed, tuple(hindrances(deed, known, user_id=by.id, role=by.role, on=on))) for deed in WAYS
    )
    return [one for one in every if not {Because.NOT_FROM_HERE, Because.DONE_ALREADY} & {*one.because}]


def _page(
    session: Session, wanted: Select[CreditEntry], offset: int, limit: int
) -> tuple[Sequence[CreditEntry], int]:
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    page = wanted.order_by(CreditEntry.id.desc()).offset(offset).limit(limit)
    together = (joinedload(CreditEntry.venue), joinedload(CreditEntry.agency))
    return session.scalars(page.options(*together, joinedload(CreditEntry.confirmation))).all(), total
