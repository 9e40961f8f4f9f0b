"""Venues and sites of one day as arrays, each with a hash of the state that is measured (登记册)."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Row, select, true, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import NullType

from backend.core.settings import Settings
from backend.protected_sites.models import SITE_KINDS, Site
from backend.screening.rules import position_error_m
from backend.venues.models import Venue, VenueActivity

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Objects = NDArray[np.object_]

CHUNK = 20_000  # venues that are held in memory at a time

_MULTIPOINT = 4  # shapely's type id
_WHERE_FROM = ("source", "source_crs", "capture", "accuracy_m", "surveyed_on")
_VENUE_FACTS = ("ref", "version", "name", "area_code", "extent_m", "established_on", *_WHERE_FROM)
_SITE_FACTS = ("ref", "version", "name", "area_code", "kind", "opened_on", "closed_on", *_WHERE_FROM)


@dataclass(frozen=True)
class Places:
    """Rows of the register in the order of their ids, and what a hash of their state is taken of."""

    id: Ints
    ref: list[str]
    version: Ints
    facts: list[bytes]  # JSON
    place: Objects  # None where nobody knows
    gates: Objects
    error_m: Floats

    def __len__(self) -> int:
        return len(self.id)

    @cached_property
    def has_place(self) -> Flags:
        return np.asarray(~(shapely.is_missing(self.place) | shapely.is_empty(self.place)))

    @cached_property
    def place_wkb(self) -> list[bytes | None]:
        return list(shapely.to_wkb(self.place))

    @cached_property
    def gates_wkb(self) -> list[bytes | None]:
        return list(shapely.to_wkb(self.gates))

    @cached_property
    def sha256(self) -> list[str]:
        """A hash of each row's state: facts, place and gates."""
        states = zip(self.facts, self.place_wkb, self.gates_wkb, strict=True)
        return [hashlib.sha256(b"\0".join(part or b"" for part in state)).hexdigest() for state in states]


@dataclass(frozen=True)
class Venues(Places):
    """Venues; the activities of venue `i` are activity[activity_start[i]:activity_start[i + 1]]."""

    area: list[str]
    activity: Objects
    activity_start: Ints

    @cached_property
    def owner(self) -> Ints:
        """For each of `activity`: the place of its venue."""
        return np.repeat(np.arange(len(self)), np.diff(self.activity_start))

    @cached_property
    def lonlat(self) -> Floats:
        """(n, 2), NaN where a venue has no position."""
        return np.column_stack([shapely.get_x(self.place), shapely.get_y(self.place)])


@dataclass(frozen=True)
class Sites(Places):
    """Sites that are open on the day. Without an outline the gates, where known, are what is measured to."""

    kind: Ints  # place in SITE_KINDS
    extent_m: Floats  # how far a campus may reach beyond its place

    @cached_property
    def has_outline(self) -> Flags:
        return np.asarray(shapely.get_dimensions(self.place) == 2)

    @cached_property
    def has_gates(self) -> Flags:
        return np.asarray(~shapely.is_missing(self.gates))


def sites_on(session: Session, settings: Settings, on: date | None) -> Sites:
    """Every site that is open on a day, or every one there is; the unprotected ones included."""
    rows = session.execute(
        select(Site.id, *_columns(Site, _SITE_FACTS), _wkb(Site.place), _wkb(Site.gates))
        .where(true() if on is None else open_on(on))
        .order_by(Site.id)
    ).all()
    known = _places(rows, _SITE_FACTS, settings)
    place, gates = known["place"], known["gates"]
    outlined = shapely.get_dimensions(place) == 2
    known["gates"] = np.where(shapely.get_type_id(place) == _MULTIPOINT, place, gates)
    known["place"] = np.where(~outlined & ~shapely.is_missing(gates), gates, place)
    kind = np.array([SITE_KINDS.index(row.kind) for row in rows], np.int64)
    return Sites(**known, kind=kind, extent_m=np.where(outlined, 0.0, settings.extent_without_outline_m))


def open_on(day: date) -> ColumnElement[bool]:
    """Sites that are there on a day; both days of a site count, and an unknown one is open-ended."""
    begun = Site.opened_on.is_(None) | (Site.opened_on <= day)
    return begun & (Site.closed_on.is_(None) | (Site.closed_on >= day))


def venues_in_chunks(session: Session, settings: Settings, size: int = CHUNK) -> Iterator[Venues]:
    """The whole register, in the order of ids, `size` venues at a time."""
    last = 0
    while rows := session.execute(
        select(Venue.id, *_columns(Venue, _VENUE_FACTS), _wkb(Venue.place))
        .where(Venue.id > last)
        .order_by(Venue.id)
        .limit(size)
    ).all():
        first, last = rows[0].id, rows[-1].id
        yield _venues(rows, _activities(session, first, last), settings)


def _activities(session: Session, first: int, last: int) -> Sequence[Row[int, str]]:
    return session.execute(
        select(VenueActivity.venue_id, VenueActivity.activity)
        .where(VenueActivity.venue_id.between(first, last))
        .order_by(VenueActivity.venue_id, VenueActivity.activity)
    ).all()


def _venues(rows: Sequence[Row[Any]], does: Sequence[Row[int, str]], settings: Settings) -> Venues:
    places = _places(rows, _VENUE_FACTS, settings)
    places["error_m"] += np.array([row.extent_m for row in rows])
    owner = np.array([venue_id for venue_id, _ in does], np.int64)
    return Venues(
        **places,
        area=[row.area_code or "" for row in rows],
        activity=np.array([activity for _, activity in does], dtype=object),
        activity_start=np.append(np.searchsorted(owner, places["id"]), len(owner)),
    )


def _places(rows: Sequence[Row[Any]], facts: tuple[str, ...], settings: Settings) -> dict[str, Any]:
    columns = 1 + len(facts)
    unstated_m = settings.unstated_accuracy_m
    return {
        "id": np.array([row[0] for row in rows], np.int64),
        "ref": [row.ref for row in rows],
        "version": np.array([row.version for row in rows], np.int64),
        "facts": [orjson.dumps(dict(zip(facts, row[1:columns], strict=True))) for row in rows],
        "place": _geometries(rows, columns),
        "gates": _geometries(rows, columns + 1),
        "error_m": np.array([position_error_m(row.accuracy_m, unstated_m=unstated_m) for row in rows]),
    }


def _geometries(rows: Sequence[Row[Any]], column: int) -> Objects:
    found = np.full(len(rows), None, dtype=object)
    if rows and column < len(rows[0]):
        found[:] = shapely.from_wkb([row[column] for row in rows])
    return found


def _columns(model: type[Any], names: tuple[str, ...]) -> list[InstrumentedAttribute[Any]]:
    return [getattr(model, name) for name in names]


def _wkb(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """Geometry as the database hands it over: shapely reads a whole column of it at once."""
    return type_coerce(column, NullType())
