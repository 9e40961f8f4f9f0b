"""The venues that a map shows as points, each with its verdict and what its newest visit found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, select
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
    by_visits = shows.status or chosen.since or chosen.until or chosen.agency_id is not None
    if by_visits:
        also.append(_visited_so(_newest(session, looking, chosen), shows.status))
    told = {"activity": chosen.activity, "area": shows.area, "text": shows.text, "verdict": chosen.verdict}
    return told | {"also": also}


def _visited_so(visited: Subquery, status: Status | None) -> ColumnElement[bool]:
    """Venues whose newest visit found that, or that had any; or none."""
    if status is Status.UNVISITED:
        return Venue.id.not_in(select(visited.c.venue_id))
    these = select(visited.c.venue_id)
    return Venue.id.in_(these.where(_says(visited, status)) if status else these)


def _newest(session: Session, looking: Looking, chosen: Chosen, *where: ColumnElement[bool]) -> Subquery:
    """Of each venue the newest of the visits that fit: of the last day, and of that day the last."""
    fits = own_visits(session, looking.settings, looking.scope, chosen, looking.today)
    wanted = (fits, Visit.venue_id.is_not(None), *where)
    last = select(Visit.venue_id, func.max(Visit.fact_on).label("on")).where(*wanted)
    day = last.group_by(Visit.venue_id).subquery()
    of_day = and_(Visit.venue_id == day.c.venue_id, Visit.fact_on == day.c.on)
    ids = select(func.max(Visit.id)).join(day, of_day).where(*wanted).group_by(Visit.venue_id)
    columns = (Visit.id, Visit.venue_id, Visit.fact_on, Visit.found, Visit.to_review)
    return select(*columns).where(Visit.id.in_(ids)).subquery()


def _says(visit: Subquery, status: Status) -> ColumnElement[bool]:
    if status is Status.FOUND:
        return visit.c.found > 0
    waits = visit.c.to_review > 0 if status is Status.REVIEW else visit.c.to_review == 0
    return and_(visit.c.found == 0, waits)


def _on_map(session: Session, looking: Looking, chosen: Chosen, page: Sequence[Listed]) -> list[OnMap]:
    ids = [venue.id for venue in page]
    places = {
        row.id: row.place for row in session.execute(select(Venue.id, Venue.place).where(Venue.id.in_(ids)))
    }
    newest = _newest(session, looking, chosen, Visit.venue_id.in_(ids))
    visits = {row.venue_id: row for row in session.execute(select(newest))}
    return [_one(venue, places.get(venue.id), visits.get(venue.id)) for venue in page]


def _one(venue: Listed, place: Any, visit: Any) -> OnMap:
    lon, lat = (place.x, place.y) if place else (None, None)
    if visit is None:
        return OnMap(venue, lon, lat, Status.UNVISITED)
    status = Status.FOUND if visit.found else Status.REVIEW if visit.to_review else Status.CLEAN
    return OnMap(venue, lon, lat, status, visit.id, visit.fact_on)
