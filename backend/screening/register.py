"""Venues and sites of one day as arrays, each with a hash of the state that is measured (登记册)."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Row, Table, and_, or_, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from backend.core.settings import Settings
from backend.protected_sites.models import SITE_KINDS, Site
from backend.screening.rules import position_error_m
from backend.venues.models import Venue, VenueActivity

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Objects = NDArray[np.object_]
Columns = dict[str, tuple[Any, ...]]

CHUNK = 50_000  # venues that are held in memory at a time

_VENUES, _DOING, _SITES = (cast(Table, model.__table__) for model in (Venue, VenueActivity, Site))
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


def states_of(
    session: Session, settings: Settings, on: date, venue_id: int, site_ids: Iterable[int]
) -> tuple[str, dict[int, str]]:
    """The hashes of a venue and of some sites as they are now: the same by which a run keeps them."""
    columns = _read(session, _VENUES, _VENUE_FACTS, "place", where=_VENUES.c.id == venue_id)
    venue = Places(**_places(columns, _VENUE_FACTS, settings))
    sites = sites_on(session, settings, on, only=site_ids)
    return venue.sha256[0], dict(zip(sites.id.tolist(), sites.sha256, strict=True))


def sites_on(session: Session, settings: Settings, on: date, *, only: Iterable[int] | None = None) -> Sites:
    """Every site that is open on a day, the unprotected ones included; its last day counts."""
    c = _SITES.c
    is_there = and_(
        or_(c.opened_on.is_(None), c.opened_on <= on), or_(c.closed_on.is_(None), c.closed_on >= on)
    )
    if only is not None:
        is_there = and_(is_there, c.id.in_(list(only)))
    columns = _read(session, _SITES, _SITE_FACTS, "place", "gates", where=is_there)
    known = _places(columns, _SITE_FACTS, settings)
    place, gates = known["place"], known["gates"]
    outlined = shapely.get_dimensions(place) == 2
    known["gates"] = np.where(shapely.get_type_id(place) == _MULTIPOINT, place, gates)
    known["place"] = np.where(~outlined & ~shapely.is_missing(gates), gates, place)
    kind = np.array([SITE_KINDS.index(kind) for kind in columns["kind"]], np.int64)
    return Sites(**known, kind=kind, extent_m=np.where(outlined, 0.0, settings.extent_without_outline_m))


def venues_in_chunks(session: Session, settings: Settings, size: int = CHUNK) -> Iterator[Venues]:
    """The whole register, in the order of ids, `size` venues at a time."""
    last = 0
    while (columns := _read(session, _VENUES, _VENUE_FACTS, "place", where=_VENUES.c.id > last, limit=size))[
        "id"
    ]:
        first, last = columns["id"][0], columns["id"][-1]
        does = session.execute(
            select(_DOING.c.venue_id, _DOING.c.activity)
            .where(_DOING.c.venue_id.between(first, last))
            .order_by(_DOING.c.venue_id, _DOING.c.activity)
        ).all()
        yield _venues(columns, does, settings)


def _venues(columns: Columns, does: Sequence[Row[int, str]], settings: Settings) -> Venues:
    places = _places(columns, _VENUE_FACTS, settings)
    places["error_m"] += np.array(columns["extent_m"])
    owner = np.array([venue_id for venue_id, _ in does], np.int64)
    return Venues(
        **places,
        area=[code or "" for code in columns["area_code"]],
        activity=np.array([activity for _, activity in does], dtype=object),
        activity_start=np.append(np.searchsorted(owner, places["id"]), len(owner)),
    )


def _read(
    session: Session,
    table: Table,
    facts: tuple[str, ...],
    *geometries: str,
    where: ColumnElement[bool],
    limit: int | None = None,
) -> Columns:
    """Columns by name. Geometry comes as the database hands it over: shapely reads a whole column at once."""
    names = ("id", *facts)
    wkb = (type_coerce(table.c[name], NullType()).label(name) for name in geometries)
    chosen = select(*(table.c[name] for name in names), *wkb).where(where).order_by(table.c.id).limit(limit)
    rows = session.execute(chosen).all()
    every = (*names, *geometries)
    return dict(zip(every, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(every, ())


def _places(columns: Columns, facts: tuple[str, ...], settings: Settings) -> dict[str, Any]:
    unstated_m = settings.unstated_accuracy_m
    states = zip(*(columns[name] for name in facts), strict=True)
    return {
        "id": np.array(columns["id"], np.int64),
        "ref": list(columns["ref"]),
        "version": np.array(columns["version"], np.int64),
        "facts": [orjson.dumps(dict(zip(facts, state, strict=True))) for state in states],
        "place": _geometries(columns["place"]),
        "gates": _geometries(columns.get("gates", (None,) * len(columns["id"]))),
        "error_m": np.array(
            [position_error_m(metres, unstated_m=unstated_m) for metres in columns["accuracy_m"]]
        ),
    }


def _geometries(wkb: Sequence[Any]) -> Objects:
    found = np.full(len(wkb), None, dtype=object)
    found[:] = shapely.from_wkb(list(wkb))
    return found
