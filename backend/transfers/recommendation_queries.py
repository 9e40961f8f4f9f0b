"""Looking up recommendations: those of one's own agency and areas. No content is opened here."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from backend.accounts.models import User
from backend.accounts.scope import Scope, area_condition
from backend.cases.rules import ACTORS
from backend.core.errors import NotFound
from backend.transfers.models import Recommendation, RecommendationEntry
from backend.transfers.rules import SOON, Stage

_WAITING = (Stage.OPEN, Stage.REPLIED)  # nothing was sent yet


def visible(scope: Scope) -> ColumnElement[bool]:
    """Recommendations to the caller's agency, of the caller's areas."""
    if scope.role not in ACTORS or scope.agency_id is None:
        return false()
    own = Recommendation.agency_id == scope.agency_id
    return and_(area_condition(scope, Recommendation.area_code), own)


def recommendation(
    session: Session, scope: Scope, recommendation_id: int, *, to_change: bool = False
) -> Recommendation:
    """One in scope; NotFound for all others. Whoever wants to change it waits for whoever does."""
    chosen = select(Recommendation).where(Recommendation.id == recommendation_id, visible(scope))
    if to_change:
        chosen = chosen.with_for_update().execution_options(populate_existing=True)
    if (found := session.scalar(chosen)) is None:
        raise NotFound(recommendation_id=recommendation_id)
    return found


def entry(
    session: Session, scope: Scope, recommendation_id: int, seq: int
) -> tuple[Recommendation, RecommendationEntry]:
    """One entry that brought a file; NotFound for all others."""
    found = recommendation(session, scope, recommendation_id)
    brought = next((one for one in found.entries if one.seq == seq and one.file_sha256), None)
    if brought is None:
        raise NotFound(recommendation_id=recommendation_id, seq=seq)
    return found, brought


def list_recommendations(
    session: Session, scope: Scope, *, offset: int = 0, limit: int = 20, **filters: Any
) -> tuple[Sequence[Recommendation], int]:
    """Those in scope, what waits first and the next due first of it; and how many."""
    wanted = chosen(scope, **filters)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    settled = Recommendation.stage.not_in(_WAITING)
    order = (settled, Recommendation.warn_on.is_(None), Recommendation.warn_on, Recommendation.id)
    page = wanted.order_by(*order).offset(offset).limit(limit).options(joinedload(Recommendation.officer))
    return session.scalars(page).all(), total


def chosen(
    scope: Scope, *, sender: str | None = None, stage: str | None = None, overdue_on: date | None = None,
    due_by: date | None = None, text: str = "",
) -> Select[Recommendation]:  # fmt: skip
    """Those in scope that fit; `overdue_on` by the earliest reading; `text` is part of sender or number."""
    wanted = select(Recommendation).where(visible(scope))
    for column, value in ((Recommendation.sender, sender), (Recommendation.stage, stage)):
        if value is not None:
            wanted = wanted.where(column == value)
    waiting = Recommendation.stage.in_(_WAITING)
    if overdue_on:
        wanted = wanted.where(waiting, Recommendation.warn_on < overdue_on)
    if due_by:
        wanted = wanted.where(waiting, Recommendation.warn_on <= due_by)
    if text:
        parts = (Recommendation.sender_name, Recommendation.number)
        wanted = wanted.where(or_(*(one.contains(text, autoescape=True) for one in parts)))
    return wanted


def pressing(session: Session, scope: Scope, on: date) -> tuple[int, int, date | None, date | None]:
    """How many replies are overdue by the earliest reading, how many due in three days; the earliest days."""
    waiting = (visible(scope), Recommendation.stage.in_(_WAITING), Recommendation.warn_on.is_not(None))
    days = [one for one in session.scalars(select(Recommendation.warn_on).where(*waiting)) if one]
    late = [one for one in days if one < on]
    soon = [one for one in days if on <= one <= on + SOON]
    return len(late), len(soon), min(late, default=None), min(soon, default=None)


def officers_of(session: Session, scope: Scope) -> Sequence[User]:
    """Who of the agency may answer for one."""
    mine = select(User).where(User.agency_id == scope.agency_id, User.active, User.role.in_(list(ACTORS)))
    return session.scalars(mine.order_by(User.login)).all()
