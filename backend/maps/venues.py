"""The venues that a map shows as points, each with its verdict and what its newest visit found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, select
from sqlalchemy.orm import Session

from backend.core import spatial
from backend.inspections.models import Visit
from backend.maps.chosen import Chosen, in_ring, own_visits
from backend.maps.queries import Looking
from backend.screening.listing import Listed, choose, list_register, whole_register
from backend.venues.models import Venue

_AT_ONCE = 500


class Status(StrEnum):
    """What the newest visit that counts found at a venue."""

    FOUND = "found"  # 有违法行为
    REVIEW = "review"  # 待人工判断
    CLEAN = "clean"  # 未发现问题
    UNVISITED = "unvisited"  # 未检查


_SAYS = case(  # of a visit
    (Visit.found > 0, Status.FOUND.value), (Visit.to_review > 0, Status.REVIEW.value),
    else_=Status.CLEAN.value,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shows:
    """What else is chosen of venues. `frame` is the box of the map: west, south, east, north."""

    status: Status | None = None
    area: str = ""
    text: str = ""
    frame: spatial.Box | None = None


@dataclass(frozen=True, slots=True)
class OnMap:
    """A venue on the map; of its newest visit in the period the id, the day and what it found."""

    venue: Listed
    lon: float | None
    lat: float | None
    status: Status
    visit_id: int | None = None
    visited_on: date | None = None


def list_on_map(
    session: Session, looking: Looking, chosen: Chosen, shows: Shows, *, offset: int = 0, limit: int = 20
) -> tuple[list[OnMap], int]:
    """A page of the venues in scope that fit, and how many there are."""
    filters = _filters(session, looking, chosen, shows)
    page, total = list_register(session, looking.scope, offset=offset, limit=limit, **filters)
    return _on_map(session, looking, chosen, page), total


def all_on_map(session: Session, looking: Looking, chosen: Chosen, shows: Shows) -> Iterator[OnMap]:
    """Every venue that fits, some at a time."""
    venues = whole_register(session, looking.scope, **_filters(session, looking, chosen, shows))
    while some := list(islice(venues, _AT_ONCE)):
        yield from _on_map(session, looking, chosen, some)


def chosen_venues(session: Session, looking: Looking, chosen: Chosen, shows: Shows) -> Select[Venue]:
    """The venues in scope that fit, to be drawn."""
    return choose(session, looking.scope, **_filters(session, looking, chosen, shows))


def _filters(session: Session, looking: Looking, chosen: Chosen, shows: Shows) -> dict[str, Any]:
    also: list[ColumnElement[bool]] = []
    if shows.frame:
        also.append(spatial.inside(session, Venue.place, shows.frame))
    if chosen.site_id is not None:
        ring = in_ring(session, looking.settings, looking.scope, chosen, looking.today)
        also.append(Venue.id.in_(ring))
    if shows.status:
        said = _newest(session, looking, chosen, _SAYS)
        also.append(said.is_(None) if shows.status is Status.UNVISITED else said == shows.status.value)
    elif chosen.since or chosen.until or chosen.agency_id is not None:
        also.append(_newest(session, looking, chosen, Visit.id).is_not(None))
    told = {"activity": chosen.activity, "area": shows.area, "text": shows.text, "verdict": chosen.verdict}
    return told | {"also": also}


def _newest(session: Session, looking: Looking, chosen: Chosen, what: Any) -> ScalarSelect[Any]:
    """Of a venue the newest of the visits that fit: of the last day, and of that day the last.

    Asked for each venue, since one index holds all that it reads.
    """
    fits = own_visits(session, looking.settings, looking.scope, chosen, looking.today)
    last_first = select(what).where(Visit.venue_id == Venue.id, fits).order_by(Visit.fact_on.desc())
    return last_first.order_by(Visit.id.desc()).limit(1).correlate(Venue).scalar_subquery()


def _on_map(session: Session, looking: Looking, chosen: Chosen, page: Sequence[Listed]) -> list[OnMap]:
    newest = _newest(session, looking, chosen, Visit.id)
    wanted = select(Venue.id, Venue.place, newest).where(Venue.id.in_([venue.id for venue in page]))
    found = {venue_id: (place, visit_id) for venue_id, place, visit_id in session.execute(wanted)}
    columns = select(Visit.id, Visit.fact_on, Visit.found, Visit.to_review)
    shown = columns.where(Visit.id.in_([visit_id for _, visit_id in found.values() if visit_id]))
    visits = {row.id: row for row in session.execute(shown)}
    some = ((venue, *found.get(venue.id, (None, None))) for venue in page)
    return [_one(venue, place, visits.get(visit_id)) for venue, place, visit_id in some]


def _one(venue: Listed, place: Any, visit: Any) -> OnMap:
    lon, lat = (place.x, place.y) if place else (None, None)
    if visit is None:
        return OnMap(venue, lon, lat, Status.UNVISITED)
    status = Status.FOUND if visit.found else Status.REVIEW if visit.to_review else Status.CLEAN
    return OnMap(venue, lon, lat, status, visit.id, visit.fact_on)
