"""The map (检查地图): venues, what was found in cells and street-towns, two periods compared."""

from collections.abc import Sequence
from typing import Any

import orjson
from flask import Response, make_response, render_template, url_for
from marshmallow import fields, validate

from backend.accounts.auth import current_user, requires
from backend.accounts.queries import list_agencies
from backend.core.web import get_session, policy
from backend.inspections.api import READERS
from backend.maps import queries
from backend.maps.api import looking_at, venues_chosen
from backend.maps.chosen import Chosen
from backend.maps.frame import Frame, frame_of
from backend.maps.here import visits_here
from backend.maps.rules import follow_each_other
from backend.maps.schemas import TileFilter, VisitsHereFilter
from backend.maps.venues import OnMap, list_on_map
from backend.protected_sites.queries import site
from backend.screening.rules import Verdict
from backend.venues.models import Venue
from backend.venues.queries import names_of, venue
from backend.web import beneath
from backend.web.map_picture import picture
from backend.web.map_rows import MapRow, legend_of, level_in_words, row_of
from backend.web.shell import pages
from backend.web.sites import RANGES_M
from backend.web.tables import PAGE_SIZE, Page, filters_asked, page_asked
from backend.web.task_new import activity_choices
from backend.web.venues import area_choices
from backend.web.words import t

POINTS, CELLS, AREAS, CHANGE = SHOWS = ("points", "cells", "areas", "change")
MOST_DRAWN = 2000
_OF_PLACES = (("hotspots", "CSV"), ("hotspots", "GeoJSON"))
_FILES = {
    POINTS: (("venues", "CSV"), ("venues", "GeoJSON")),
    CELLS: _OF_PLACES, AREAS: _OF_PLACES, CHANGE: (("comparison", "CSV"),),
}  # fmt: skip
_BEFORE = ("before_since", "before_until")
_OF_VENUES = ("status", "area", "text")
_OF_PAGE = ("shows", "venue_id", *_BEFORE)


class MapPageFilter(TileFilter):
    """What the page shows: the filters of the map, and as what."""

    shows = fields.String(load_default=POINTS, validate=validate.OneOf(SHOWS))
    before_since = fields.Date()
    before_until = fields.Date()
    venue_id = fields.Integer()  # where to look first; it chooses nothing


@pages.get("/map")
@requires(*READERS)
def city_map() -> Any:
    """The map beside its filters, and a table of whatever it shows."""
    given, chosen = filters_asked(MapPageFilter())
    session, person, shows = get_session(), current_user(), chosen["shows"]
    page, legend = _page(chosen)
    here = venue(session, person.scope, chosen["venue_id"]) if "venue_id" in chosen else None
    answer = make_response(render_template(
        "city_map.html",
        page=page, legend=legend, shows=shows, all_shows=SHOWS, given=given, level=level_in_words,
        others={name: text for name, text in given.items() if name != "shows"}, of_visits=_of_visits(given),
        needs_periods=not _is_ready(chosen), exports=_exports(given, chosen), here=here,
        around=site(session, person.scope, chosen["site_id"]) if "site_id" in chosen else None,
        config=_config(given, chosen, here), credit=beneath.credit(may_leave=True),
        roads=beneath.roads(may_leave=True), ranges=[(metres, str(metres)) for metres in RANGES_M],
        activities=activity_choices(), areas=area_choices(), statuses=t.options("map_status"),
        verdicts=[(one, t.verdict_name(one)) for one in Verdict],
        agencies=[(one.id, t.agency_name(one.names)) for one in list_agencies(session)]
        if person.agency_id is None else [],
    ))  # fmt: skip
    answer.headers["Content-Security-Policy"] = policy(*beneath.hosts())
    return answer


@pages.get("/map/places.json")
@requires(*READERS)
def map_places() -> Response:
    """The places of the page as GeoJSON, each with its level and what is said of it."""
    _, chosen = filters_asked(MapPageFilter())
    rows = map(row_of, _places(chosen))
    drawn = [_feature(number, row) for number, row in enumerate(rows) if row.shape]
    found = orjson.dumps({"type": "FeatureCollection", "features": drawn})
    return Response(found, content_type="application/geo+json")


@pages.get("/map/picture.svg")
@requires(*READERS)
def map_picture() -> Response:
    """The same as a picture, where a browser draws no map."""
    _, chosen = filters_asked(MapPageFilter())
    frame = _frame(chosen)
    if chosen["shows"] == POINTS:
        drawn = picture(frame, venues=_venues(chosen, offset=0, limit=MOST_DRAWN)[0])
    else:
        drawn = picture(frame, places=map(row_of, _places(chosen)))
    return Response(drawn, content_type="image/svg+xml; charset=utf-8")


@pages.get("/map/visits")
@requires(*READERS)
def map_visits() -> Any:
    """The visits that a cell or a street-town counts, those that found most first."""
    number, place = page_asked()
    _, chosen = filters_asked(VisitsHereFilter())
    where = {name: chosen.pop(name) for name in ("cell", "area")}
    session = get_session()
    rows, total = visits_here(session, looking_at({}), _chosen(chosen), **where, **place)
    venues = names_of(session, {visit.venue_id for visit in rows if visit.venue_id})
    return render_template("map_visits.html", page=Page(rows, total, number), venues=venues)


def _page(chosen: dict[str, Any]) -> tuple[Page, dict[str, int]]:
    """One page of what the map shows, and how many places there are of each level."""
    number, place = page_asked()
    if chosen["shows"] == POINTS:
        return Page(*_venues(chosen, **place), number), {}
    found = _places(chosen)
    some = [row_of(one) for one in found[place["offset"] : place["offset"] + PAGE_SIZE]]
    return Page(some, len(found), number), legend_of(found)


def _venues(chosen: dict[str, Any], *, offset: int, limit: int) -> tuple[list[OnMap], int]:
    asked = {name: value for name, value in chosen.items() if name not in _OF_PAGE}
    return list_on_map(get_session(), looking_at({}), *venues_chosen(asked), offset=offset, limit=limit)


def _places(chosen: dict[str, Any]) -> Sequence[queries.Hotspot | queries.Compared]:
    """Cells, street-towns, or cells in two periods; none before both periods were chosen."""
    session, shows = get_session(), chosen["shows"]
    looking = looking_at({"by": _by(shows)})
    if not _is_ready(chosen):
        return []
    now = _chosen(chosen)
    if shows != CHANGE:
        return queries.hotspots(session, looking, now)
    before = _chosen(chosen | {name.removeprefix("before_"): chosen[name] for name in _BEFORE})
    return queries.comparison(session, looking, now, before)


def _is_ready(chosen: dict[str, Any]) -> bool:
    """Whether two periods were chosen that follow each other, where two are needed."""
    days = [chosen[name] for name in (*_BEFORE, "since", "until") if name in chosen]
    if chosen["shows"] != CHANGE:
        return True
    return len(days) == 4 and follow_each_other((days[0], days[1]), (days[2], days[3]))


def _chosen(asked: dict[str, Any]) -> Chosen:
    said = {name: value for name, value in asked.items() if name not in (*_OF_PAGE, *_OF_VENUES)}
    return Chosen(**said | ({"verdict": said["verdict"].value} if "verdict" in said else {}))


def _feature(number: int, row: MapRow) -> dict[str, Any]:
    said = {
        "name": row.name, "level": row.level, "stands_out": row.stands_out,
        "lines": [f"{word}：{text}" for word, text in row.lines], "where": row.where,
    }  # fmt: skip
    return {"type": "Feature", "id": number, "geometry": row.shape, "properties": said}


def _of_visits(given: dict[str, Any]) -> dict[str, Any]:
    """The filters that choose visits: those of a place go on with its name."""
    return {name: text for name, text in given.items() if name not in (*_OF_PAGE, *_OF_VENUES)}


def _frame(chosen: dict[str, Any]) -> Frame:
    return frame_of(get_session(), current_user().scope, chosen.get("site_id"), chosen.get("venue_id"))


def _exports(given: dict[str, Any], chosen: dict[str, Any]) -> list[tuple[str, str]]:
    """What the page shows as files of the API, with the same filters."""
    asked = {name: text for name, text in given.items() if name not in ("shows", "venue_id")}
    asked["by"] = _by(chosen["shows"])
    doors = _FILES[chosen["shows"]] if _is_ready(chosen) else ()
    return [(kind, url_for(f"maps.{door}_{kind.lower()}", **asked)) for door, kind in doors]


def _by(shows: str) -> str:
    return queries.AREA if shows == AREAS else queries.CELL


def _config(given: dict[str, Any], chosen: dict[str, Any], here: Venue | None) -> dict[str, Any]:
    """What the script of the map needs: where its data come from, and what it says."""
    of_tiles = {name: text for name, text in given.items() if name not in _OF_PAGE}
    of_ring = {name: text for name, text in given.items() if name not in ("site_id", "within_m")}
    return beneath.sheet(_frame(chosen), may_leave=True, **of_tiles) | {
        "shows": chosen["shows"],
        "here": [here.place.x, here.place.y] if here and here.place else None,
        "places": url_for("pages.map_places", **given),
        "visits": url_for("pages.map_visits", **_of_visits(given)),
        "venue": url_for("pages.venue", venue_id=0), "site": url_for("pages.site", site_id=0),
        "around": url_for("pages.city_map", **of_ring),
        "words": beneath.words() | {
            "failed": str(t.map_failed), "visits": str(t.map_visits_here), "venue": str(t.map_venue_page),
            "site": str(t.map_site_page), "around": str(t.map_only_around), "together": str(t.map_together),
            "verdicts": {one.value: t.verdict_name(one) for one in Verdict},
        },
    }  # fmt: skip
