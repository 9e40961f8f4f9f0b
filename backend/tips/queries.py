"""Looking up tips: those of one's areas, and what of one's own is here. `contents` opens what is sealed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from backend.accounts.scope import DevicePerson, Person, Scope, area_condition
from backend.core import spatial
from backend.core.errors import NotFound
from backend.tips.models import Tip, TipClock, TipPicture
from backend.tips.rules import Nature, Source, State
from backend.venues.models import Venue
from backend.venues.queries import visible as visible_venues
from geodata.distance import point_to_point_m

AROUND_M = 100.0


def visible(scope: Scope) -> ColumnElement[bool]:
    """Tips of the caller's areas."""
    return area_condition(scope, Tip.area_code)


def chosen(
    scope: Scope, *, source: Source | None = None, kind: str | None = None, state: State | None = None,
    nature: Nature | None = None, overdue_on: date | None = None, text: str = "",
) -> Select[Tip]:  # fmt: skip
    """Tips in scope that fit; `text` is how a receipt number, or a channel's own, begins."""
    wanted = select(Tip).where(visible(scope))
    columns = ((Tip.source, source), (Tip.kind, kind), (Tip.state, state), (Tip.nature, nature))
    for column, asked in columns:
        if asked is not None:
            wanted = wanted.where(column == asked)
    if overdue_on is not None:
        wanted = wanted.where(Tip.id.in_(select(TipClock.tip_id).where(*_late(overdue_on))))
    if text:
        begins = text.strip()
        numbers = (
            Tip.receipt_no.startswith(begins.upper(), autoescape=True),
            Tip.channel_no.startswith(begins, autoescape=True),
        )
        wanted = wanted.where(or_(*numbers))
    return wanted


def oldest_late(session: Session, scope: Scope, on: date) -> date | None:
    """Since when the first of the clocks in scope is over."""
    late = select(func.min(TipClock.due_on)).join(Tip, Tip.id == TipClock.tip_id)
    return session.scalar(late.where(visible(scope), *_late(on)))


def _late(on: date) -> tuple[ColumnElement[bool], ...]:
    return TipClock.due_on < on, TipClock.stopped_at.is_(None)


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


def alike(session: Session, scope: Scope, found: Tip, *, days: int) -> list[Tip]:
    """Tips in scope that may be about the same: its kind, its venue or within 100 m, within so many days.

    Nobody but officers sees them, and nothing is done with them unless an officer does it.
    """
    places = []
    if found.venue_id is not None:
        places.append(Tip.venue_id == found.venue_id)
    if found.lon is not None and found.lat is not None:
        west, south, east, north = spatial.around(found.lon, found.lat, AROUND_M)
        places.append(and_(Tip.lon.between(west, east), Tip.lat.between(south, north)))
    window = timedelta(days=days)
    near = select(Tip).where(
        visible(scope), Tip.id != found.id, Tip.kind == found.kind, or_(false(), *places),
        Tip.received_at.between(found.received_at - window, found.received_at + window),
    )  # fmt: skip
    rows = session.scalars(near.order_by(Tip.id.desc()).limit(50))
    return [one for one in rows if _is_there(one, found)]


def _is_there(one: Tip, found: Tip) -> bool:
    """Same venue, or within 100 m; the corners of a box around a place are farther."""
    if found.venue_id is not None and one.venue_id == found.venue_id:
        return True
    if one.lon is None or one.lat is None or found.lon is None or found.lat is None:
        return False
    return float(point_to_point_m(one.lon, one.lat, found.lon, found.lat)) <= AROUND_M


def group_of(session: Session, scope: Scope, found: Tip) -> list[Tip]:
    """All tips in scope that are looked into together with one (并办), itself among them, the first first."""
    first = found.joined_id or found.id
    together = select(Tip).where(visible(scope), or_(Tip.id == first, Tip.joined_id == first))
    return list(session.scalars(together.order_by(Tip.joined_id.is_not(None), Tip.id)))


def halves_of(session: Session, scope: Scope, found: Tip) -> list[Tip]:
    """The other half of a submission that was split, in scope."""
    other = or_(Tip.split_id == found.id, false() if found.split_id is None else Tip.id == found.split_id)
    return list(session.scalars(select(Tip).where(visible(scope), other)))


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
