"""The lists that tablets carry (实体列表): venues of one activity and protected sites, of the caller's area.

Names, numbers and places only: nothing about inspections, nothing about people.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

import shapely
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.accounts.scope import Scope, area_condition
from backend.core.errors import NotFound
from backend.protected_sites.models import Site
from backend.venues.models import Licence, Venue, VenueActivity

VENUES = ("id", "name", "address", "activity", "licence_number", "lon", "lat")
SITES = ("id", "name", "kind", "lon", "lat")
_Rows = Callable[[Session, Scope, str], Iterator[tuple[Any, ...]]]


def write(session: Session, name: str, scope: Scope, activity: str) -> bytes:
    """A list as CSV. Raises NotFound for a name that is no list."""
    columns, rows, _ = _list(name)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows(session, scope, activity))
    return text.getvalue().encode()


def md5(session: Session, name: str, scope: Scope, activity: str) -> str:
    """The hash of a list; worked out again only when the register has changed."""
    state = _state(session, _list(name)[2])
    known = _hashes(session.info["database_id"])
    key = (name, scope.areas, activity, state)
    if key not in known:
        if len(known) > 1000:
            known.clear()
        content = write(session, name, scope, activity)
        known[key] = hashlib.md5(content, usedforsecurity=False).hexdigest()
    return known[key]


@lru_cache
def _hashes(database_id: str) -> dict[tuple[Any, ...], str]:
    return {}


def _list(name: str) -> tuple[tuple[str, ...], _Rows, type[Venue] | type[Site]]:
    if name == "venues.csv":
        return VENUES, _venues, Venue
    if name == "sites.csv":
        return SITES, _sites, Site
    raise NotFound(file=name)


def _state(session: Session, model: type[Venue] | type[Site]) -> tuple[Any, ...]:
    counts = select(func.count(), func.max(model.changed_at), func.sum(model.version)).select_from(model)
    return tuple(session.execute(counts).one())


def _venues(session: Session, scope: Scope, activity: str) -> Iterator[tuple[Any, ...]]:
    numbers = dict(
        session.execute(
            select(Licence.venue_id, Licence.number)
            .where(Licence.activity == activity)
            .order_by(Licence.issued_on, Licence.id)
        ).all()
    )
    doing_it = select(VenueActivity.venue_id).where(VenueActivity.activity == activity)
    chosen = (
        select(Venue.id, Venue.ref, Venue.name, Venue.address, Venue.place)
        .where(Venue.id.in_(doing_it), area_condition(scope, Venue.area_code))
        .order_by(Venue.id)
    )
    for row in session.execute(chosen):
        name = row.name or row.address or row.ref
        yield (row.id, name, row.address, activity, numbers.get(row.id), *_lonlat(row.place))


def _sites(session: Session, scope: Scope, _activity: str) -> Iterator[tuple[Any, ...]]:
    chosen = select(Site.id, Site.ref, Site.name, Site.kind, Site.place).order_by(Site.id)
    for row in session.execute(chosen.where(area_condition(scope, Site.area_code))):
        yield (row.id, row.name or row.ref, row.kind, *_lonlat(row.place))


def _lonlat(place: shapely.Geometry | None) -> Iterable[str]:
    """A point of the place to show it by; distances are never measured from it."""
    if place is None:
        return "", ""
    point = place if place.geom_type == "Point" else place.representative_point()
    return f"{point.x:.7f}", f"{point.y:.7f}"
