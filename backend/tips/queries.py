"""Looking up tips: those of one's areas, and what of one's own is here. `contents` opens what is sealed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from backend.accounts.scope import DevicePerson, Person, Scope, area_condition
from backend.core import spatial
from backend.core.errors import NotFound
from backend.tips.models import Tip, TipPicture
from backend.tips.rules import Source, State
from backend.venues.models import Venue
from backend.venues.queries import visible as visible_venues

AROUND_M = 100.0


def visible(scope: Scope) -> ColumnElement[bool]:
    """Tips of the caller's areas."""
    return area_condition(scope, Tip.area_code)


def chosen(
    scope: Scope, *, source: Source | None = None, kind: str | None = None, state: State | None = None,
    text: str = "",
) -> Select[Tip]:  # fmt: skip
    """Tips in scope that fit; `text` is how a receipt number begins."""
    wanted = select(Tip).where(visible(scope))
    for column, asked in ((Tip.source, source), (Tip.kind, kind), (Tip.state, state)):
        if asked is not None:
            wanted = wanted.where(column == asked)
    if text:
        wanted = wanted.where(Tip.receipt_no.startswith(text.strip().upper(), autoescape=True))
    return wanted


def list_tips(
    session: Session, scope: Scope, *, offset: int = 0, limit: int = 20, **filters: Any
) -> tuple[Sequence[Tip], int]:
    """Tips in scope, newest first, and how many there are; for the filters see `chosen`."""
    wanted = chosen(scope, **filters)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    return session.scalars(wanted.order_by(Tip.id.desc()).offset(offset).limit(limit)).all(), total


def tip(session: Session, scope: Scope, tip_id: int, *, to_change: bool = False) -> Tip:
    """A tip in scope; NotFound for all others. Whoever wants to change it waits for whoever does."""
    named = select(Tip).where(Tip.id == tip_id, visible(scope))
    found = session.scalar(named.with_for_update() if to_change else named)
    if found is None:
        raise NotFound(tip_id=tip_id)
    return found


def picture(session: Session, scope: Scope, tip_id: int, number: int) -> tuple[Tip, TipPicture]:
    """A picture of a tip in scope that came; NotFound for all others."""
    found = tip(session, scope, tip_id)
    shown = next((one for one in found.pictures if one.number == number and one.came_at), None)
    if shown is None:
        raise NotFound(tip_id=tip_id, number=number)
    return found, shown


def own(session: Session, sender: DevicePerson | Person, uuid: str) -> Tip:
    """A lead that came from this tablet, or from its officer; NotFound for all others."""
    mine = sent_by(sender)
    found = session.scalar(select(Tip).where(Tip.uuid == uuid, Tip.source == Source.STREET, mine))
    if found is None:
        raise NotFound(uuid=uuid)
    return found


def reported_by(person: Person) -> ColumnElement[bool]:
    """What this account reported for the school for which it speaks now."""
    return and_(Tip.source == Source.SCHOOL, Tip.user_id == person.id, Tip.site_id == person.scope.site_id)


def list_reported(
    session: Session, person: Person, *, offset: int = 0, limit: int = 20
) -> tuple[list[Tip], int]:
    """A school's own tips, newest first, and how many there are."""
    wanted = select(Tip).where(reported_by(person))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    return list(session.scalars(wanted.order_by(Tip.id.desc()).offset(offset).limit(limit))), total


def reported(session: Session, person: Person, tip_id: int) -> Tip:
    """One of a school's own tips; NotFound for all others."""
    found = session.scalar(select(Tip).where(Tip.id == tip_id, reported_by(person)))
    if found is None:
        raise NotFound(tip_id=tip_id)
    return found


def sent_by(sender: DevicePerson | Person) -> ColumnElement[bool]:
    """What a person sent, or a tablet or its officer."""
    if not isinstance(sender, DevicePerson):
        return Tip.user_id == sender.id
    by_officer = false() if sender.user_id is None else Tip.user_id == sender.user_id
    return or_(Tip.device_id == sender.device_id, by_officer)


def venues_around(session: Session, scope: Scope, found: Tip) -> list[Venue]:
    """The venues that a tip may be about: the one that it names, else those near its position."""
    if found.venue_id is not None:
        near = Venue.id == found.venue_id
    elif found.lon is None or found.lat is None:
        return []
    else:
        near = spatial.near(session, Venue.place, found.lon, found.lat, AROUND_M)
    return list(
        session.scalars(select(Venue).where(near, visible_venues(scope)).order_by(Venue.id).limit(20))
    )
