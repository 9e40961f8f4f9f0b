"""What is drawn in one tile of a map: venues, sites with gates and rings, areas and roads (矢量瓦片)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import shapely
from sqlalchemy import select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from backend.accounts.models import Area
from backend.accounts.rules import Role
from backend.core import spatial
from backend.maps.chosen import Chosen
from backend.maps.queries import Looking
from backend.maps.venues import Shows, chosen_venues
from backend.protected_sites.models import Site
from backend.protected_sites.queries import visible as visible_sites
from backend.roads.models import Road
from backend.roads.queries import newest_network
from backend.rulebook import queries as rulebook
from backend.screening.listing import worst_verdicts
from backend.screening.rules import shown_to_school
from backend.screening.surroundings import surroundings
from backend.venues.models import Venue
from geodata.tiles import Layer, Tile, encode, gathered, ring

EACH_FROM, OUTLINES_FROM, GATES_FROM, NAMES_FROM = 14, 12, 14, 16  # zooms
SQUARES = 64  # to a side of a tile in which venues are gathered
MOST_EACH = 8_000  # venues drawn one by one in a tile
AREAS_FROM, MAIN_ROADS_FROM = 6, 11
_MAIN = ("trunk", "primary", "secondary", "tertiary")


def register_tile(session: Session, looking: Looking, tile: Tile, chosen: Chosen, shows: Shows) -> bytes:
    """Venues and sites that somebody may see; a school sees itself and what its own list shows."""
    sites = _sites(session, looking, tile)
    if looking.scope.role is Role.REPORTER:
        return encode([*sites, _around_own_school(session, looking, tile)])
    return encode([*sites, *_venues(session, looking, tile, chosen, shows)])


def base_tile(session: Session, tile: Tile) -> bytes:
    """What lies below: areas and imported roads. The same for everybody."""
    areas = Layer("areas", tile)
    if tile.z >= AREAS_FROM:
        inside = spatial.inside(session, Area.place, tile.box())
        for row in session.execute(select(Area.id, Area.code, Area.name, Area.place).where(inside)):
            areas.add_shape(row.place, row.id, {"code": row.code, "name": row.name})
    return encode([areas, _roads(session, tile)])


def _roads(session: Session, tile: Tile) -> Layer:
    """Main roads from far away, every one from near."""
    layer, network = Layer("roads", tile), newest_network(session)
    if network is None or tile.z < MAIN_ROADS_FROM:
        return layer
    where = [Road.network_id == network.id, spatial.inside(session, Road.place, tile.box())]
    if tile.z < EACH_FROM:
        where.append(Road.kind.in_(_MAIN))
    for row in session.execute(select(Road.id, Road.kind, Road.name, Road.place).where(*where)):
        name = row.name if tile.z >= EACH_FROM else None
        layer.add_shape(row.place, row.id, {"kind": row.kind, "name": name})
    return layer


def _venues(session: Session, looking: Looking, tile: Tile, chosen: Chosen, shows: Shows) -> Iterable[Layer]:
    here = spatial.inside(session, Venue.place, tile.box(margin=0))
    wanted = chosen_venues(session, looking, chosen, shows).where(here)
    columns = (Venue.id, Venue.name, type_coerce(Venue.place, NullType()))
    rows = session.execute(wanted.with_only_columns(*columns)).all()
    units = tile.units(shapely.get_coordinates(shapely.from_wkb([row[2] for row in rows])))
    if tile.z < EACH_FROM or len(rows) > MOST_EACH:
        middle, count = gathered(units, SQUARES)
        together = Layer("venues_together", tile)
        together.add_points(middle, range(len(count)), ({"venues": n} for n in count.tolist()))
        return [together]
    each = Layer("venues", tile)
    ids = [row[0] for row in rows]
    verdicts = worst_verdicts(session, looking.scope, ids)
    has_names = tile.z >= NAMES_FROM
    tags = ({"verdict": verdicts.get(row[0]), "name": row[1] if has_names else None} for row in rows)
    each.add_points(units, ids, tags)
    return [each]


def _around_own_school(session: Session, looking: Looking, tile: Tile) -> Layer:
    """The venues of a school's own list: what they do, and how they stand in words that accuse nobody."""
    layer = Layer("venues", tile)
    site = session.scalar(select(Site).where(visible_sites(looking.scope)))
    if site is None or tile.z < OUTLINES_FROM:
        return layer
    near = surroundings(session, looking.settings, looking.scope, site, on=looking.today)
    places = shapely.get_coordinates([row.venue.place for row in near])
    tags = ({"activity": row.activity, "status": shown_to_school(row.held.verdict)} for row in near)
    layer.add_points(tile.units(places), range(len(near)), tags)  # numbered by the list, not by the register
    return layer


def _sites(session: Session, looking: Looking, tile: Tile) -> list[Layer]:
    layers = {name: Layer(name, tile) for name in ("rings", "sites", "gates", "site_points")}
    radius = _Radii(session, looking.today)
    reach = ring(shapely.box(*tile.box()), radius.widest) if tile.z >= OUTLINES_FROM else None
    box = reach.bounds if reach else tile.box()
    columns = (Site.id, Site.name, Site.kind, Site.area_code, Site.place, Site.gates)
    here = spatial.inside(session, Site.place, box)
    for row in session.execute(select(*columns).where(here, visible_sites(looking.scope))):
        tags = {"kind": row.kind, "name": row.name if tile.z >= GATES_FROM else None}
        _points(layers["site_points"], row.id, row.place.centroid, tags)
        if tile.z < OUTLINES_FROM:
            continue
        if metres := radius.of(row.kind, row.area_code or ""):
            layers["rings"].add_shape(ring(row.place, metres), row.id, {"metres": metres})
        layers["sites"].add_shape(row.place, row.id, tags)
        gates = row.place if row.place.geom_type == "MultiPoint" else row.gates
        if gates is not None and tile.z >= GATES_FROM:
            _points(layers["gates"], row.id, gates, {})
    return list(layers.values())


def _points(layer: Layer, its_id: int, shape: shapely.Geometry, tags: dict[str, Any]) -> None:
    places = shapely.get_coordinates(shape)
    layer.add_points(layer.tile.units(places), [its_id] * len(places), [tags] * len(places))


class _Radii:
    """How far the widest ring around a site reaches, by the rules of a day that have a radius."""

    def __init__(self, session: Session, on: date) -> None:
        self._on_day = rulebook.current(session).on(on)
        self._known: dict[tuple[str, str], float] = {}
        radii = [rule.radius_m for rule in self._on_day.distance_rules.values()]
        radii += [setting.radius_m for setting in self._on_day.distance_settings.values()]
        self.widest = max(metres or 0.0 for metres in radii)

    def of(self, kind: str, area: str) -> float:
        """Metres; 0 where no rule has a radius."""
        if (kind, area) not in self._known:
            found = (self._on_day.distance_rule(does, kind, area) for does in self._on_day.activities)
            self._known[kind, area] = max((rule.radius_m or 0.0 for rule in found if rule), default=0.0)
        return self._known[kind, area]
