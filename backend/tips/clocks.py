"""The time limits of tips (线索时限): begun when a tip is received, and never begun anew."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.days import SHANGHAI
from backend.core.errors import NotFound
from backend.rulebook import queries as rulebook
from backend.rulebook.rules import Rulebook
from backend.rulebook.tip_clocks import Stop
from backend.rulebook.tip_clocks import TipClock as Limit
from backend.tips.errors import TipSettled
from backend.tips.models import Tip, TipClock
from backend.tips.rules import Deed

_STOPS = {
    Deed.ACCEPT: {Stop.DECIDED},
    Deed.TRANSFER: {Stop.DECIDED},
    Deed.VERIFY: {Stop.VERIFIED},
    Deed.ANSWER: set(Stop),
}


def start(session: Session, tip: Tip) -> None:
    """Begin every clock that the law of the day of receipt lays down for a tip."""
    law = rulebook.current(session)
    for limit in law.on(day_of(tip)).tip_clocks.values():
        if limit.concerns(tip.source, tip.nature, tip.kind):
            clock = TipClock(tip_id=tip.id, clock=limit.id, rulebook_version=law.version, more=0)
            _count(clock, limit, tip.received_at, law)
            session.add(clock)
    session.flush()
    session.refresh(tip, ["clocks"])


def stop(session: Session, tip: Tip, deed: Deed, now: datetime) -> None:
    """End what a deed ends; a clock that has stopped stays where it is."""
    limits = limits_of(session, tip)
    for clock in tip.clocks:
        if clock.stopped_at is None and limits[clock.clock].stops in _STOPS.get(deed, ()):
            clock.stopped_at = now


def extend(session: Session, tip: Tip, name: str, *, because: str, approved_by: str, by: int) -> TipClock:
    """Extend a clock once, by what its text allows. Raises NotFound, TipSettled where it cannot be."""
    clock = next((one for one in tip.clocks if one.clock == name), None)
    if clock is None:
        raise NotFound(clock=name)
    limit = limits_of(session, tip)[name]
    if limit.more is None or clock.more or clock.stopped_at:
        raise TipSettled(clock=name)
    clock.more, clock.extended_by = limit.more, by
    clock.because, clock.approved_by = because, approved_by
    _count(clock, limit, tip.received_at, rulebook.current(session))
    return clock


def recount(session: Session) -> None:
    """Count again what was provisional, by the calendar of the newest rulebook."""
    waiting = select(TipClock, Tip).join(Tip, Tip.id == TipClock.tip_id).where(TipClock.is_provisional)
    for clock, tip in session.execute(waiting).all():
        limit = limits_of(session, tip)[clock.clock]
        _count(clock, limit, tip.received_at, rulebook.current(session))


def limits_of(session: Session, tip: Tip) -> dict[str, Limit]:
    """The rows of the rulebook by which the clocks of a tip run, in the version in which they began."""
    return {
        one.clock: rulebook.version(session, one.rulebook_version).on(day_of(tip)).tip_clocks[one.clock]
        for one in tip.clocks
    }


def day_of(tip: Tip) -> date:
    """The day in Shanghai on which a tip was received: the law of this day applies."""
    return tip.received_at.astimezone(SHANGHAI).date()


def _count(clock: TipClock, limit: Limit, received_at: datetime, law: Rulebook) -> None:
    last = limit.last_day(received_at.astimezone(SHANGHAI), law.day, more=clock.more)
    clock.due_on = last.due_on if last else None
    clock.is_provisional = bool(last and last.unloaded)
