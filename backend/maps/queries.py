"""Counting visits and what they found, in cells of a hexagonal grid (H3) or in street-towns (热点)."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import shapely
from sqlalchemy import ColumnElement, and_, case, distinct, func, select, true
from sqlalchemy.orm import Session

from backend.accounts.models import Area
from backend.accounts.scope import Scope
from backend.core.settings import Settings
from backend.inspections.models import Visit
from backend.maps.chosen import Chosen, own_visits
from backend.maps.kept import Kept
from backend.maps.outside import told_outside
from backend.maps.rules import FALSE_ALARMS, NOTHING, Change, Counts, Shown, change, within_area
from geodata import hotspots as grid

CELL, AREA = "cell", "area"
Key = int | str  # of a cell, the code of an area
_DRAWN = 1e-4  # degrees: outlines of areas are drawn no finer


@dataclass(frozen=True, slots=True)
class Place:
    """A cell or a street-town."""

    key: Key
    name: str | None
    in_area: bool
    outline: dict[str, Any] | None = None  # of a street-town, if one is known

    @property
    def shape(self) -> dict[str, Any] | None:
        """GeoJSON in lon/lat; that of a cell is drawn when it is asked for."""
        return grid.polygon(self.key) if isinstance(self.key, int) else self.outline

    @property
    def is_cell(self) -> bool:
        return isinstance(self.key, int)


@dataclass(frozen=True, slots=True)
class StandsOut:
    """Whether rates gather around a place: Gi* as a standard score, the share of false alarms, the word."""

    score: float
    false_alarms: float

    @property
    def how(self) -> str:
        if self.false_alarms > FALSE_ALARMS:
            return "no"
        return "more" if self.score > 0 else "less"


@dataclass(frozen=True, slots=True)
class Hotspot:
    """One place with what the reader is told of it; too few visits cannot stand out."""

    place: Place
    shown: Shown
    stands_out: StandsOut | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One place in two periods."""

    place: Place
    now: Shown | None
    before: Shown | None
    change: Change | None


Told = dict[Key, Shown]


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks, at what kind of places, on which day (in Shanghai)."""

    scope: Scope
    settings: Settings
    today: date
    by: str = CELL
    resolution: int = grid.FINEST

    @property
    def view(self) -> tuple[Any, ...]:
        """All that decides what is counted, as a key under which it is kept."""
        return self.settings.database, self.scope.view, self.today, self.by, self.resolution


gathered: Kept[list[Hotspot]] = Kept(seconds=60, room=40_000)  # so old may a map be; places
compared: Kept[list[Compared]] = Kept(seconds=60, room=20_000)


def hotspots(session: Session, looking: Looking, chosen: Chosen) -> list[Hotspot]:
    """Places with visits, most visits first: one's own whole, others as far as they tell of nobody.

    Several checklists of one visit are one visit. A corrected visit does not count, its correction does.
    What was counted is kept for a minute.
    """
    return gathered.get((looking.view, chosen), lambda: _hotspots(session, looking, chosen))


def comparison(session: Session, looking: Looking, now: Chosen, before: Chosen) -> list[Compared]:
    """The same places in two periods, the clearest rise first; kept for a minute."""
    return compared.get((looking.view, now, before), lambda: _comparison(session, looking, now, before))


def _hotspots(session: Session, looking: Looking, chosen: Chosen) -> list[Hotspot]:
    own, others = _shown(session, looking, chosen)
    places = _places(session, looking, own, others)
    stand_out = _standing_out(session, looking, own)
    found = [Hotspot(places[key], shown, stand_out.get(key)) for key, shown in (own | others).items()]
    return sorted(found, key=lambda one: (-one.shown.visits, one.place.key))


def _comparison(session: Session, looking: Looking, now: Chosen, before: Chosen) -> list[Compared]:
    (own_now, others_now), (own_before, others_before) = (_shown(session, looking, c) for c in (now, before))
    own = {**own_before, **own_now}  # what is one's own in either period tells one's own part in both
    others = {key: told for key, told in {**others_before, **others_now}.items() if key not in own}
    places, found = _places(session, looking, own, others), []
    for key, place in places.items():
        told_now, told_before = (
            (mine if place.in_area else theirs).get(key)
            for mine, theirs in ((own_now, others_now), (own_before, others_before))
        )
        found.append(Compared(place, told_now, told_before, change(told_now, told_before)))
    return sorted(found, key=lambda one: (-(one.change.low if one.change else -9.0), one.place.key))


def _shown(session: Session, looking: Looking, chosen: Chosen) -> tuple[Told, Told]:
    """One's own places, and those of others that are not among them."""
    own = {key: within_area(counts) for key, counts in _own_counts(session, looking, chosen).items()}
    if looking.by == AREA:
        return own, {}
    others = told_outside(session, looking.scope, chosen, looking.resolution)
    return own, {cell: shown for cell, shown in others.items() if cell not in own}


def _own_counts(session: Session, looking: Looking, chosen: Chosen) -> dict[Key, Counts]:
    """Grouped as the index lies, so that nothing is sorted, and added up here.

    That is right because all checklists of one visit are counted in one cell. Only where a visit has several
    are they told apart by its number.
    """
    where = own_visits(session, looking.settings, looking.scope, chosen, looking.today)
    counts = (*(visits_with(which) for which in (true(), Visit.found > 0)), func.sum(Visit.found))
    counted = select(Visit.cell, Visit.area_code, *counts).where(where).group_by(Visit.cell, Visit.area_code)
    keep, put = grid.parent_bits(looking.resolution)
    together: dict[Key, Counts] = {}
    rows: Iterable[Any] = session.execute(counted)
    for cell, area_code, visits, hits, found in rows:
        key = area_code if looking.by == AREA else cell and cell & keep | put
        if key is not None:
            together[key] = together.get(key, NOTHING) + Counts(visits, hits, int(found))
    return together


def visits_with(which: ColumnElement[bool]) -> ColumnElement[int]:
    """How many visits of a group have a checklist like this."""
    alone = func.count(case((and_(which, ~Visit.several), 1)))
    return alone + func.count(distinct(case((and_(which, Visit.several), Visit.visit_no))))


def _places(session: Session, looking: Looking, own: Told, others: Told) -> dict[Key, Place]:
    if looking.by == CELL:
        return {cell: Place(cell, None, cell in own) for cell in [*own, *others] if isinstance(cell, int)}
    areas = {row.code: row for row in _areas(session, own)}
    return {
        code: Place(
            code,
            areas[code].name if code in areas else None,
            in_area=True,
            outline=shapely.geometry.mapping(areas[code].place.simplify(_DRAWN)) if code in areas else None,
        )
        for code in own
    }


def _areas(session: Session, codes: Iterable[Key]) -> Sequence[Any]:
    """Areas with an outline."""
    wanted = (Area.code.in_(sorted(map(str, codes))), Area.place.is_not(None))
    return session.execute(select(Area.code, Area.name, Area.place).where(*wanted)).all()


def _standing_out(session: Session, looking: Looking, own: Told) -> dict[Key, StandsOut]:
    """Which of one's own places gather visits that found something, or that found nothing, around them."""
    keys = sorted(key for key, shown in own.items() if not shown.is_small_sample)
    if looking.by == CELL:
        one, other = grid.cells_side_by_side(np.array(keys, np.int64))
    else:
        shapes = {row.code: row.place for row in _areas(session, keys)}
        one, other = grid.areas_side_by_side(np.array([shapes.get(str(key)) for key in keys], dtype=object))
    rates = np.array([own[key].rate for key in keys], np.float64)
    scores = grid.gi_star(rates, one, other)
    shares = grid.false_discovery(grid.chance_of(scores))
    return {
        key: StandsOut(score, share)
        for key, score, share in zip(keys, scores.tolist(), shares.tolist(), strict=True)
        if not math.isnan(score)
    }
