"""How the rate of visits that found something went, month by month or quarter by quarter (趋势).

The same numbers as on the map, under the same rules: one's own areas whole, others only in told blocks, which
are quarters; see `rules`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Integer, cast, extract, func, select, true
from sqlalchemy.orm import Session

from backend.accounts.queries import area_names
from backend.inspections.models import Visit
from backend.maps.chosen import Chosen, own_visits
from backend.maps.outside import told_by_quarter
from backend.maps.periods import Against, Period, Step
from backend.maps.queries import Looking, visits_with
from backend.maps.rules import NOTHING, Change, Counts, Shown, change, within_area

_USUAL = {Step.MONTH: 12, Step.QUARTER: 8}  # periods, where nobody said since when


class Parted(StrEnum):
    """By what visits are told apart."""

    NOT = "all"  # 合计
    ACTIVITY = "activity"  # 业态
    AREA = "area"  # 街镇


@dataclass(frozen=True, slots=True)
class Point:
    """A period, the one that it is held against, and by how much the rate changed."""

    period: Period
    now: Shown | None
    before: Shown | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class Series:
    """The periods of an activity, of an area, or of all; `in_area` is the reader's own part."""

    by: Parted
    key: str | None
    name: str | None  # of an area
    in_area: bool
    points: list[Point]

    @property
    def visits(self) -> int:
        return sum(point.now.visits for point in self.points if point.now)


Told = dict[tuple[str | None, Period], Shown]


def trends(
    session: Session, looking: Looking, chosen: Chosen, *, step: Step, by: Parted, against: Against
) -> list[Series]:
    """Series of whole periods, one's own first, those with most visits first."""
    last = Period.of(min(chosen.until or looking.today, looking.today), step)
    first = Period.of(chosen.since, step) if chosen.since else last.moved(1 - _USUAL[step])
    wanted = replace(chosen, since=first.before(against).first, until=last.last)
    own = _own(session, looking, wanted, step, by)
    others = _others(session, looking, wanted, by) if step is Step.QUARTER else {}
    names = area_names(session, {key or "" for key, _ in own}) if by is Parted.AREA else {}
    found = [
        Series(by, key, names.get(key or ""), told is own, _points(told, key, first, last, against))
        for told in (own, others)
        for key in {key for key, _ in told}
    ]
    some = (series for series in found if series.visits)
    return sorted(some, key=lambda series: (not series.in_area, -series.visits, series.key or ""))


def _points(told: Told, key: str | None, first: Period, last: Period, against: Against) -> list[Point]:
    """Every period from the first with a visit on, so that a gap shows."""
    known = [period for one, period in told if one == key and first <= period <= last]
    points = []
    for period in min(known, default=last).until(last):
        now, before = told.get((key, period)), told.get((key, period.before(against)))
        points.append(Point(period, now, before, change(now, before)))
    return points


def _own(session: Session, looking: Looking, chosen: Chosen, step: Step, by: Parted) -> Told:
    """Every period that there is: a scan of the one index that holds all of it is several times as quick as
    looking up the visits of some days one by one. Day by day is as that index lies; only visits of several
    checklists are counted in whole periods, because they may end on another day.
    """
    chosen = replace(chosen, since=None, until=None)
    where = own_visits(session, looking.settings, looking.scope, chosen, looking.today)
    year, month = (cast(extract(part, Visit.fact_on), Integer) for part in ("year", "month"))
    key: list[Any] = {Parted.NOT: [], Parted.ACTIVITY: [Visit.activity], Parted.AREA: [Visit.area_code]}[by]
    counts = (*(visits_with(condition) for condition in (true(), Visit.found > 0)), func.sum(Visit.found))
    whole_period: list[Any] = [year, (month + step.months - 1) // step.months]
    counted: dict[tuple[str | None, Period], Counts] = {}
    for which, when in ((~Visit.several, [Visit.fact_on]), (Visit.several, whole_period)):
        asked = select(*counts, func.min(Visit.fact_on), *key).where(where, which).group_by(*when, *key)
        rows: Iterable[Any] = session.execute(asked)
        for visits, hits, found, day, *its in rows:
            at = (its[0] if its else None, Period.of(day, step))
            counted[at] = counted.get(at, NOTHING) + Counts(visits, hits, int(found))
    return {at: within_area(counts) for at, counts in counted.items()}


def _others(session: Session, looking: Looking, chosen: Chosen, by: Parted) -> Told:
    """Street-towns of others are not told."""
    if by is Parted.AREA:
        return {}
    told = told_by_quarter(session, looking.scope, chosen, by_activity=by is Parted.ACTIVITY)
    return {(key, Period(quarter, Step.QUARTER)): shown for (key, quarter), shown in told.items()}
