"""What a map shows as plain rows, for answers and files: quicker than a schema for each cell."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from backend.maps.queries import Compared, Hotspot, Place, StandsOut
from backend.maps.rules import Shown
from backend.maps.trends import Parted, Point, Series
from backend.maps.venues import OnMap
from geodata.hotspots import name_of

Row = dict[str, Any]
_SHOWN = (
    "visits", "with_violation", "violations", "rate", "rate_low", "rate_high", "is_small_sample",
)  # fmt: skip
_CHANGE = ("difference", "low", "high", "is_clear")
HOTSPOT_COLUMNS = ("cell", "area_code", "name", "in_area", *_SHOWN, "score", "false_alarms", "stands_out")
_OF_VENUE = ("id", "ref", "name", "address", "area_code", "verdict")
_OF_VISIT = ("status", "visit_id", "visited_on", "lon", "lat")
VENUE_COLUMNS = (*_OF_VENUE, "activities", "licences", *_OF_VISIT)
_TWO_PERIODS = (
    *(f"now_{name}" for name in _SHOWN), *(f"before_{name}" for name in _SHOWN),
    *(f"change_{name}" for name in _CHANGE),
)  # fmt: skip
COMPARED_COLUMNS = ("cell", "area_code", "name", "in_area", *_TWO_PERIODS)
_OF_TREND = ("activity", "area_code", "name", "in_area", "period", "first_day", "last_day")
TREND_COLUMNS = (*_OF_TREND, *_TWO_PERIODS)


def hotspot_row(one: Hotspot) -> Row:
    """One row of HOTSPOT_COLUMNS and its `place`."""
    return _place(one.place) | _shown(one.shown) | _stands_out(one.stands_out)


def compared_row(one: Compared) -> Row:
    """A place with what is told of it in both periods; `flat` makes one row of COMPARED_COLUMNS of it."""
    return _place(one.place) | _two_periods(one)


def trend_rows(series: Series) -> Iterator[Row]:
    """Its periods in order; `flat` makes rows of TREND_COLUMNS of them."""
    key = "area_code" if series.by is Parted.AREA else "activity"
    its = {"activity": None, "area_code": None, key: series.key, "name": series.name}
    for point in series.points:
        period = point.period
        days = {"period": period.name, "first_day": period.first, "last_day": period.last}
        yield its | {"in_area": series.in_area} | days | _two_periods(point)


def flat(row: Row) -> Row:
    """The same without rows in rows."""
    parts = {"now": _SHOWN, "before": _SHOWN, "change": _CHANGE}
    for part, names in parts.items():
        row |= {f"{part}_{name}": row[part] and row[part][name] for name in names}
    return row


def venue_row(one: OnMap) -> Row:
    """One row of VENUE_COLUMNS."""
    told = {name: getattr(one.venue, name) for name in _OF_VENUE}
    lists = {"activities": " ".join(one.venue.activities), "licences": " ".join(one.venue.licences)}
    return told | lists | {name: getattr(one, name) for name in _OF_VISIT}


def with_point(row: Row) -> Row:
    """A row of a venue with its `place` instead of lon and lat."""
    lon, lat = row.pop("lon"), row.pop("lat")
    return row | {"place": None if lon is None else {"type": "Point", "coordinates": [lon, lat]}}


def geojson(rows: Iterable[Row]) -> Iterator[bytes]:
    """A FeatureCollection, feature by feature; what has no outline has no geometry."""
    yield b'{"type":"FeatureCollection","features":['
    for number, row in enumerate(rows):
        told = {name: value for name, value in row.items() if name != "place"}
        feature = {"type": "Feature", "geometry": row["place"], "properties": told}
        yield (b",\n" if number else b"\n") + orjson.dumps(feature)
    yield b"\n]}\n"


def _place(place: Place) -> Row:
    return {
        "cell": name_of(place.key) if isinstance(place.key, int) else None,
        "area_code": place.key if isinstance(place.key, str) else None,
        "name": place.name,
        "place": place.shape,
        "in_area": place.in_area,
    }


def _two_periods(one: Compared | Point) -> Row:
    found = one.change
    return {
        "now": one.now and _shown(one.now),
        "before": one.before and _shown(one.before),
        "change": found and {name: getattr(found, name) for name in _CHANGE},
    }


def _shown(shown: Shown) -> Row:
    return {name: getattr(shown, name) for name in _SHOWN}


def _stands_out(found: StandsOut | None) -> Row:
    return {
        "score": found and found.score,
        "false_alarms": found and found.false_alarms,
        "stands_out": found and found.how,
    }
