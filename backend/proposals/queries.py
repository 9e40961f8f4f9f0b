"""Looking up proposals: an officer's own, and for those who decide, all about rows that they may see."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlalchemy.orm import Session

from backend.accounts.rules import Role
from backend.accounts.scope import DevicePerson, Person
from backend.core.errors import NotFound
from backend.proposals import values
from backend.proposals.models import Proposal, State
from backend.proposals.rules import merge
from backend.proposals.targets import TARGETS, Row
from backend.protected_sites import queries as sites
from backend.protected_sites.models import Site
from backend.venues import queries as venues
from backend.venues.models import Venue


@dataclass(frozen=True, slots=True)
class FieldNow:
    """A field of a proposal beside what the register says now."""

    name: str
    base: Any
    theirs: Any
    mine: Any
    outcome: str  # as it came; while it waits, as it is now
    pick: str | None
    was_seen: bool


def visible(reader: Person | DevicePerson) -> ColumnElement[bool]:
    """Proposals about rows that somebody may see; an inspector and a school see the own ones."""
    user_id = reader.user_id if isinstance(reader, DevicePerson) else reader.id
    own = Proposal.user_id == user_id if reader.role in (Role.INSPECTOR, Role.REPORTER) else true()
    its_venue = select(Venue.id).where(Venue.id == Proposal.venue_id, venues.visible(reader.scope))
    its_site = select(Site.id).where(Site.id == Proposal.site_id, sites.visible(reader.scope))
    about = (one.correlate(Proposal).exists() for one in (its_venue, its_site))
    return and_(own, or_(*about))


def list_proposals(
    session: Session,
    reader: Person,
    *,
    state: State | None = None,
    venue_id: int | None = None,
    site_id: int | None = None,
    offset: int = 0,
    limit: int = 20,
) -> tuple[list[Proposal], int]:
    """Proposals and how many there are: those that wait, oldest first, then the others, newest first."""
    chosen = select(Proposal).where(visible(reader))
    for column, asked in (
        (Proposal.state, state), (Proposal.venue_id, venue_id), (Proposal.site_id, site_id),
    ):  # fmt: skip
        if asked is not None:
            chosen = chosen.where(column == asked)
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    waits = Proposal.state == State.WAITING
    order = case((waits, 0), else_=1), case((waits, Proposal.id), else_=-Proposal.id)
    return list(session.scalars(chosen.order_by(*order).offset(offset).limit(limit))), total


def proposal(session: Session, reader: Person | DevicePerson, uuid: str) -> Proposal:
    """A proposal in scope; NotFound for all others."""
    found = session.scalar(select(Proposal).where(Proposal.uuid == uuid, visible(reader)))
    if found is None:
        raise NotFound(uuid=uuid)
    return found


def row_of(session: Session, reader: Person | DevicePerson, one: Proposal) -> Row:
    """The venue or site that a proposal is about."""
    return TARGETS[one.kind].find(session, reader.scope, one.row_id)


def fields_now(one: Proposal, row: Row) -> list[FieldNow]:
    """Each field with what the register says now; those that were decided as they were then."""
    theirs, is_open = TARGETS[one.kind].fields_of(row), one.state == State.WAITING
    return [
        FieldNow(
            name, field.get("base"), theirs[name] if is_open else field["theirs"], field["mine"],
            _outcome_now(one, name, theirs) if is_open and name in one.waiting_fields else field["outcome"],
            field.get("pick"), "base" in field,
        )
        for name, field in one.fields.items()
    ]  # fmt: skip


def _outcome_now(one: Proposal, name: str, theirs: dict[str, Any]) -> str:
    field = one.fields[name]
    base = {name: field["base"]} if "base" in field else {}
    now = (values.comparable(said) for said in (base, {name: theirs[name]}, {name: field["mine"]}))
    return str(merge(one.kind, *now)[name])
