"""What a school was shown of its surroundings, once a month: so that the next month tells what changed.

Kept is what left the house anyway: names, activities, licence numbers and a status in words.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.db import insert_if_new
from backend.screening.models import SurroundingsLook


@dataclass(frozen=True, slots=True)
class Seen:
    """A venue's activity as a school was shown it."""

    venue_id: int
    activity: str
    name: str | None
    licence_no: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class Look:
    """What a school was shown on a day."""

    on: date
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from an earlier look: rows of today by venue and activity, and those that are gone."""

    new: frozenset[tuple[int, str]]
    licensed: frozenset[tuple[int, str]]  # a licence that was not there: of a new venue, or a new number
    restated: frozenset[tuple[int, str]]  # the status differs
    gone: tuple[Seen, ...]


def keep_look(session: Session, site_id: int, seen: Iterable[Seen], on: date) -> None:
    """Keep the first look of a month; later ones of that month change nothing."""
    rows = [asdict(one) for one in seen]
    insert_if_new(session, SurroundingsLook, site_id=site_id, month=f"{on:%Y-%m}", looked_on=on, rows=rows)


def look_to_compare(session: Session, site_id: int, on: date) -> Look | None:
    """The newest look of an earlier month, else the one of this month; nothing before the first."""
    this_month = f"{on:%Y-%m}"
    looks = select(SurroundingsLook).where(
        SurroundingsLook.site_id == site_id, SurroundingsLook.month <= this_month
    )
    newest = session.scalars(looks.order_by(SurroundingsLook.month.desc()).limit(2)).all()
    found = next((one for one in newest if one.month < this_month), newest[0] if newest else None)
    return Look(found.looked_on, tuple(Seen(**row) for row in found.rows)) if found else None


def has_looked(session: Session, site_id: int, on: date) -> bool:
    """Whether this month's look is kept already."""
    month = SurroundingsLook.month == f"{on:%Y-%m}"
    return bool(session.scalar(select(SurroundingsLook.id).where(SurroundingsLook.site_id == site_id, month)))


def compare(before: Iterable[Seen], now: Iterable[Seen]) -> Changes:
    """What became of a school's surroundings between two looks."""
    old, new = ({(one.venue_id, one.activity): one for one in seen} for seen in (before, now))
    kept = [key for key in new if key in old]
    return Changes(
        frozenset(new.keys() - old.keys()),
        frozenset(
            key for key, one in new.items()
            if one.licence_no and (key not in old or old[key].licence_no != one.licence_no)
        ),
        frozenset(key for key in kept if new[key].status != old[key].status),
        tuple(one for key, one in old.items() if key not in new),
    )  # fmt: skip
