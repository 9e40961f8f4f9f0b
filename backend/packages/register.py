"""The register as a tablet carries it: venues and sites by columns, positions in ten-millionths of a degree.

Every field is named here and nowhere else. No operator and no other person, nothing of inspections, tips or
cases: a lost tablet tells what stands on the street.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from sqlalchemy import ColumnElement, Row, Select, or_, select, true
from sqlalchemy.orm import Session

from backend.accounts.models import Area
from backend.accounts.scope import Scope, area_condition
from backend.core import spatial
from backend.protected_sites.models import Site
from backend.venues.models import Licence, Venue, VenueActivity
from backend.venues.queries import visible

TICKS = 1e7  # in a degree: one is about a centimetre, so that a tablet measures what the server measures
BEYOND_M = 500.0  # sites are taken along so far beyond the areas: a school may stand across the border
VENUE_FIELDS = (
    "id", "version", "name", "name_pinyin", "name_initials", "address", "address_pinyin", "address_initials",
    "area_code", "credit_code", "established_on", "lon", "lat", "accuracy_m", "extent_m", "activities",
    "licences",
)  # fmt: skip
SITE_FIELDS = (
    "id", "version", "name", "kind", "address", "area_code", "place", "gates", "accuracy_m", "opened_on",
    "closed_on",
)  # fmt: skip
_VENUE = (
    Venue.id, Venue.version, Venue.name, Venue.name_pinyin, Venue.name_initials, Venue.address,
    Venue.address_pinyin, Venue.address_initials, Venue.area_code, Venue.credit_code, Venue.established_on,
    Venue.place, Venue.accuracy_m, Venue.extent_m,
)  # fmt: skip
_SITE = (
    Site.id, Site.version, Site.name, Site.kind, Site.address, Site.area_code, Site.place, Site.gates,
    Site.accuracy_m, Site.opened_on, Site.closed_on,
)  # fmt: skip
_FEW = 500  # as many ids as a statement may name
Columns = dict[str, list[Any]]
_Ids = Sequence[int] | Select[int]


@dataclass(frozen=True, slots=True)
class Reach:
    """Which rows somebody's tablet carries."""

    scope: Scope
    box: spatial.Box | None  # around their areas, as far as these are drawn
    year: int  # of which visits are counted

    @classmethod
    def of(cls, session: Session, scope: Scope, year: int) -> "Reach":
        """Their areas and a little beyond."""
        if scope.everywhere:
            return cls(scope, None, year)
        drawn = select(Area.place).where(area_condition(scope, Area.code), Area.place.is_not(None))
        shapes = [shape for shape in session.scalars(drawn) if shape is not None]
        if not shapes:
            return cls(scope, None, year)
        west, south, east, north = np.round(shapely.total_bounds(np.array(shapes, dtype=object)), 5).tolist()
        low, high = spatial.around(west, south, BEYOND_M), spatial.around(east, north, BEYOND_M)
        return cls(scope, (low[0], low[1], high[2], high[3]), year)

    def key(self) -> list[Any]:
        """What makes two reaches the same. The agency is among it: its visits are in the package."""
        activities, agency_id = self.scope.activities, self.scope.agency_id
        known = activities if activities is None else sorted(activities)
        return [sorted(self.scope.areas), known, agency_id, self.box, self.year]

    def sites(self, session: Session) -> ColumnElement[bool]:
        """Sites of the areas and those near them."""
        own = area_condition(self.scope, Site.area_code)
        return own if self.box is None else or_(own, spatial.inside(session, Site.place, self.box))


def venues(session: Session, reach: Reach, ids: Sequence[int] | None = None) -> Columns:
    """The venues of a reach, or those of them that are named."""
    columns: Columns = {name: [] for name in VENUE_FIELDS}
    for some in few(ids):
        named = true() if some is None else Venue.id.in_(some)
        chosen = select(*_VENUE).where(visible(reach.scope), named).order_by(Venue.id)
        of = select(Venue.id).where(visible(reach.scope)) if some is None else some
        activities, licences = _activities(session, of), _licences(session, of)
        for row in session.execute(chosen):
            _add(columns, VENUE_FIELDS, _venue(row, activities[row.id], licences[row.id]))
    return columns


def sites(session: Session, reach: Reach, ids: Sequence[int] | None = None) -> Columns:
    """The sites of a reach, or those of them that are named."""
    columns: Columns = {name: [] for name in SITE_FIELDS}
    for some in few(ids):
        named = true() if some is None else Site.id.in_(some)
        for row in session.execute(select(*_SITE).where(reach.sites(session), named).order_by(Site.id)):
            _add(columns, SITE_FIELDS, _site(row))
    return columns


READ = {"venues": venues, "sites": sites}


def few(ids: Sequence[int] | None) -> Iterable[Sequence[int] | None]:
    return [None] if ids is None else [ids[first : first + _FEW] for first in range(0, len(ids), _FEW)]


def _add(columns: Columns, names: Sequence[str], values: Sequence[Any]) -> None:
    for name, value in zip(names, values, strict=True):
        columns[name].append(value)


def _venue(row: Row[Any], activities: list[str], licences: list[Any]) -> tuple[Any, ...]:
    lon, lat = (None, None) if row.place is None else ticks(row.place)[0]
    return (
        row.id, row.version, row.name, row.name_pinyin, row.name_initials, row.address, row.address_pinyin,
        row.address_initials, row.area_code, row.credit_code, row.established_on, lon, lat, row.accuracy_m,
        row.extent_m, activities, licences,
    )  # fmt: skip


def _site(row: Row[Any]) -> tuple[Any, ...]:
    gates = row.place if row.place.geom_type == "MultiPoint" else row.gates  # known by nothing else
    return (
        row.id, row.version, row.name, row.kind, row.address, row.area_code, shape_of(row.place),
        shape_of(gates), row.accuracy_m, row.opened_on, row.closed_on,
    )  # fmt: skip


def shape_of(place: shapely.Geometry | None) -> dict[str, Any] | None:
    """A shape as the lists of its corners, each list as steps from corner to corner.

    `points` for gates and single points, `rings` for outlines: a polygon is a list of rings, its outer first.
    """
    if place is None:
        return None
    if place.geom_type in ("Point", "MultiPoint"):
        return {"points": _steps(place)}
    polygons = getattr(place, "geoms", [place])
    return {"rings": [[_steps(ring) for ring in (one.exterior, *one.interiors)] for one in polygons]}


def _steps(shape: shapely.Geometry) -> list[int]:
    corners = np.array(ticks(shape))
    steps: list[int] = np.diff(corners, axis=0, prepend=np.zeros((1, 2), np.int64)).ravel().tolist()
    return steps


def ticks(shape: shapely.Geometry) -> list[list[int]]:
    """The corners of a shape in whole ten-millionths of a degree."""
    corners: list[list[int]] = np.rint(shapely.get_coordinates(shape) * TICKS).astype(np.int64).tolist()
    return corners


def _activities(session: Session, of: _Ids) -> defaultdict[int, list[str]]:
    chosen = select(VenueActivity.venue_id, VenueActivity.activity).where(VenueActivity.venue_id.in_(of))
    found: defaultdict[int, list[str]] = defaultdict(list)
    for venue_id, activity in session.execute(chosen.order_by(VenueActivity.activity)):
        found[venue_id].append(activity)
    return found


def _licences(session: Session, of: _Ids) -> defaultdict[int, list[Any]]:
    said = (Licence.activity, Licence.number, Licence.issued_on, Licence.expires_on)
    chosen = select(Licence.venue_id, *said).where(Licence.venue_id.in_(of))
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for venue_id, *licence in session.execute(chosen.order_by(Licence.id)):
        found[venue_id].append(licence)
    return found
