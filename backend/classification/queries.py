"""Looking up classification notes: those on a kind of business are for all, others as their venue is."""

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from backend.accounts.scope import Scope
from backend.classification.models import ClassificationNote
from backend.venues.models import Venue
from backend.venues.queries import visible as venue_visible


def visible(scope: Scope) -> ColumnElement[bool]:
    """Notes that somebody may see."""
    its_venue = select(Venue.id).where(Venue.id == ClassificationNote.venue_id, venue_visible(scope))
    return or_(ClassificationNote.venue_id.is_(None), its_venue.correlate(ClassificationNote).exists())


def in_force() -> ColumnElement[bool]:
    """Notes that no later one replaced."""
    later = aliased(ClassificationNote)
    return ~select(later.id).where(later.supersedes == ClassificationNote.id).exists()


def list_notes(
    session: Session,
    scope: Scope,
    *,
    business: str = "",
    venue_id: int | None = None,
    only_current: bool = False,
    offset: int = 0,
    limit: int = 20,
) -> tuple[list[ClassificationNote], int]:
    """Notes, newest first, and how many there are; `business` is part of its name."""
    chosen = select(ClassificationNote).where(visible(scope))
    if business:
        chosen = chosen.where(ClassificationNote.business.contains(business.strip(), autoescape=True))
    if venue_id is not None:
        chosen = chosen.where(ClassificationNote.venue_id == venue_id)
    if only_current:
        chosen = chosen.where(in_force())
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    page = chosen.order_by(ClassificationNote.id.desc()).offset(offset).limit(limit)
    return list(session.scalars(page)), total


def decided_everywhere(session: Session) -> set[str]:
    """Kinds of business with a note that holds for all venues."""
    return set(
        session.scalars(select(ClassificationNote.business).where(ClassificationNote.venue_id.is_(None)))
    )


def newest_note(session: Session, business: str, venue_id: int | None) -> ClassificationNote | None:
    """The note in force on a kind of business, everywhere or at one venue."""
    same = (
        ClassificationNote.business == business,
        ClassificationNote.venue_id.is_not_distinct_from(venue_id),
    )
    return session.scalar(select(ClassificationNote).where(*same, in_force()))


def replaced(session: Session, ids: list[int]) -> set[int]:
    """Which of these notes a later one replaced."""
    later = select(ClassificationNote.supersedes).where(ClassificationNote.supersedes.in_(ids))
    return {one for one in session.scalars(later) if one is not None}
