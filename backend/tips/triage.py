"""What supervisors do with a tip (研判、办理), each step kept in its history.

Nothing is closed without an answer, and no step begins a clock anew. The caller holds the row.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.scope import Person
from backend.core import audit
from backend.core.errors import InvalidInput, NotFound
from backend.core.sealed import locked_visit_key
from backend.tips import clocks, queries
from backend.tips.actions import other_half
from backend.tips.contents import answer_place, note_place
from backend.tips.errors import TipSettled
from backend.tips.models import Tip, TipStep
from backend.tips.rules import Deed, State, state_after
from backend.venues.queries import venue as venue_in_scope


def take(session: Session, tip: Tip, *, by: Person, now: datetime) -> Tip:
    """Take a tip in hand, to see what it is. Raises TipSettled."""
    _step(session, tip, Deed.TAKE, by, now, taken_by=by.id, taken_at=now)
    return tip


def accept(session: Session, tip: Tip, *, joined_id: int | None = None, by: Person, now: datetime) -> Tip:
    """Decide to look into it, together with another tip if one is named. Raises TipSettled, InvalidInput."""
    _step(session, tip, Deed.ACCEPT, by, now)
    return tip if joined_id is None else join(session, tip, joined_id, by=by, now=now)


def join(session: Session, tip: Tip, joined_id: int, *, by: Person, now: datetime) -> Tip:
    """Look into it together with another tip in scope (并办); each keeps its own clocks and answer.

    Raises TipSettled; InvalidInput for a tip that is itself joined, or that others were joined to.
    """
    first = queries.tip(session, by.scope, joined_id, to_change=True)
    others = session.scalar(select(Tip.id).where(Tip.joined_id == tip.id).limit(1))
    if first.id == tip.id or first.joined_id or others:
        raise InvalidInput(joined_id="not_this_one")
    _step(session, tip, Deed.JOIN, by, now, joined_id=first.id)
    return tip


def transfer(session: Session, tip: Tip, to_name: str, note: str, *, by: Person, now: datetime) -> Tip:
    """Pass it on to whom it concerns (移送); received and due stay as they were. Raises TipSettled."""
    _step(session, tip, Deed.TRANSFER, by, now, note, to_name=to_name)
    return tip


def take_back(session: Session, tip: Tip, note: str, *, by: Person, now: datetime) -> Tip:
    """Have it back from whom it was passed on to (退回). Raises TipSettled."""
    _step(session, tip, Deed.TAKE_BACK, by, now, note)
    return tip


def verify(session: Session, tip: Tip, is_filed: bool, note: str, *, by: Person, now: datetime) -> Tip:
    """Note that it was verified, and whether a case was filed; said once. Raises TipSettled."""
    if tip.state == State.RECEIVED or tip.verified_at is not None:
        raise TipSettled(state=tip.state)
    _step(session, tip, Deed.VERIFY, by, now, note, verified_by=by.id, verified_at=now, is_filed=is_filed)
    return tip


def answer(session: Session, tip: Tip, text: str, *, by: Person, now: datetime) -> Tip:
    """Answer a tip, for whoever gave it; said once. Raises TipSettled, ContentDestroyed."""
    sealed = locked_visit_key(session, tip.key_id).seal(text.encode(), answer_place(tip.uuid))
    _step(session, tip, Deed.ANSWER, by, now, sealed_answer=sealed, answered_by=by.id, answered_at=now)
    return tip


def close(session: Session, tip: Tip, note: str = "", *, by: Person, now: datetime) -> Tip:
    """Close what was answered. Raises TipSettled."""
    _step(session, tip, Deed.CLOSE, by, now, note, closed_by=by.id, closed_at=now)
    return tip


def split(session: Session, tip: Tip, *, by: Person, now: datetime) -> Tip:
    """Handle the complaint in a report, or the report in a complaint, as a tip of its own (分办).

    The other half was received when the first was, and has its own clocks and answer. Raises TipSettled.
    """
    if tip.split_id or session.scalar(select(Tip.id).where(Tip.split_id == tip.id)):
        raise TipSettled(state="split")
    _step(session, tip, Deed.SPLIT, by, now)
    return other_half(session, tip, by=by.actor, now=now)


def place(session: Session, tip: Tip, venue_id: int, *, by: Person, now: datetime) -> Tip:
    """Say which venue in scope it is about. Raises TipSettled, InvalidInput."""
    try:
        venue = venue_in_scope(session, by.scope, venue_id)
    except NotFound:
        raise InvalidInput(venue_id="not_found") from None
    _step(session, tip, Deed.PLACE, by, now, venue_id=venue.id)
    return tip


def extend(
    session: Session, tip: Tip, clock: str, because: str, approved_by: str, *, by: Person, now: datetime
) -> Tip:
    """Extend one of its clocks, once, with the head's approval. Raises TipSettled, NotFound."""
    clocks.extend(session, tip, clock, because=because, approved_by=approved_by, by=by.id)
    _step(session, tip, Deed.EXTEND, by, now)
    return tip


def _step(
    session: Session, tip: Tip, deed: Deed, by: Person, now: datetime, note: str = "",
    *, to_name: str | None = None, **columns: Any,
) -> None:  # fmt: skip
    """Make one step: the tip's columns at once, then its clocks and its history. Raises TipSettled."""
    after = state_after(State(tip.state), deed)
    if after is None:
        raise TipSettled(state=tip.state)
    key = locked_visit_key(session, tip.key_id) if note else None
    if to_name:
        columns["to_name"] = to_name
    for name, value in (columns | {"state": after}).items():
        setattr(tip, name, value)
    clocks.stop(session, tip, deed, now)
    step = TipStep(tip_id=tip.id, deed=deed, by=by.id, at=now, to_name=to_name)
    session.add(step)
    session.flush()
    step.sealed_note = key.seal(note.encode(), note_place(step)) if key else None
    audit.record(session, f"tip.{deed}", by=by.actor, subject=f"tip:{tip.id}")
