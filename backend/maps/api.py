"""HTTP doors of maps. Read-only."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from flask import Response, jsonify, stream_with_context
from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import current_user, requires
from backend.core import audit
from backend.core.days import today
from backend.core.downloads import to_keep
from backend.core.paging import OnePage
from backend.core.spreadsheets import csv_answer
from backend.core.web import deployment, get_session
from backend.inspections.api import READERS
from backend.inspections.schemas import VisitOut
from backend.maps import queries, rows
from backend.maps.chosen import Chosen
from backend.maps.here import visits_here
from backend.maps.queries import Looking
from backend.maps.schemas import (
    ComparedOut,
    ComparisonFilter,
    HotspotFilter,
    HotspotOut,
    VenueFilter,
    VenueOnMapOut,
    VisitsHereFilter,
)
from backend.maps.venues import Shows, all_on_map, list_on_map

blp = Blueprint(
    "maps", __name__, url_prefix="/api/v1", description="Where inspections find more than elsewhere"
)


@blp.route("/hotspots")
@requires(*READERS)
@blp.arguments(HotspotFilter, location="query")
@blp.response(200, HotspotOut(many=True))
def hotspots(chosen: dict[str, Any]) -> Any:
    """Count visits and violations by cell or by street-town, most visits first

    Each with the rate per visit, its interval, and whether rates gather there. Outside one's areas only whole
    quarters are told, once they are frozen, without what could be about one venue; street-towns only of one's
    own.
    """
    return jsonify(_hotspot_rows(chosen))


@blp.route("/hotspots.csv")
@requires(*READERS)
@blp.arguments(HotspotFilter, location="query")
@blp.response(200, content_type="text/csv")
def hotspots_csv(chosen: dict[str, Any]) -> Response:
    """The same as a file for spreadsheets (UTF-8 with BOM); each export is recorded"""
    return _csv("hotspots", rows.HOTSPOT_COLUMNS, _hotspot_rows, chosen)


@blp.route("/hotspots.geojson")
@requires(*READERS)
@blp.arguments(HotspotFilter, location="query")
@blp.response(200, content_type="application/geo+json")
def hotspots_geojson(chosen: dict[str, Any]) -> Response:
    """The same as GeoJSON; each export is recorded"""
    return _geojson("hotspots", _hotspot_rows, chosen)


@blp.route("/hotspots/comparison")
@requires(*READERS)
@blp.arguments(ComparisonFilter, location="query")
@blp.response(200, ComparedOut(many=True))
def comparison(chosen: dict[str, Any]) -> Any:
    """Hold one period against an earlier one, the clearest rise first"""
    return jsonify([rows.compared_row(one) for one in _compared(chosen)])


@blp.route("/hotspots/comparison.csv")
@requires(*READERS)
@blp.arguments(ComparisonFilter, location="query")
@blp.response(200, content_type="text/csv")
def comparison_csv(chosen: dict[str, Any]) -> Response:
    """The same as a file for spreadsheets (UTF-8 with BOM); each export is recorded"""
    return _csv("comparison", rows.COMPARED_COLUMNS, _compared_flat, chosen)


@blp.route("/hotspots/visits")
class VisitsHere(MethodView):
    @requires(*READERS)
    @blp.arguments(VisitsHereFilter, location="query")
    @blp.response(200, VisitOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List the visits that a place counts and that one may open, those that found most first"""
        where = {name: chosen.pop(name) for name in ("cell", "area")}
        return partial(visits_here, get_session(), looking_at({}), visits_chosen(chosen), **where)


@blp.route("/map/venues")
class VenuesOnMap(MethodView):
    @requires(*READERS)
    @blp.arguments(VenueFilter, location="query")
    @blp.response(200, VenueOnMapOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List the venues that the map shows, each with its verdict and what its newest visit found"""
        return partial(list_on_map, get_session(), looking_at({}), *venues_chosen(chosen))


@blp.route("/map/venues.csv")
@requires(*READERS)
@blp.arguments(VenueFilter, location="query")
@blp.response(200, content_type="text/csv")
def venues_csv(chosen: dict[str, Any]) -> Response:
    """All of them as a file for spreadsheets (UTF-8 with BOM); each export is recorded"""
    found = _all_venues("csv", chosen)
    return csv_answer("map-venues", rows.VENUE_COLUMNS, (row.values() for row in found))


@blp.route("/map/venues.geojson")
@requires(*READERS)
@blp.arguments(VenueFilter, location="query")
@blp.response(200, content_type="application/geo+json")
def venues_geojson(chosen: dict[str, Any]) -> Response:
    """All of them as GeoJSON; each export is recorded"""
    found = rows.geojson(map(rows.with_point, _all_venues("geojson", chosen)))
    return _file("map-venues", stream_with_context(found))


def _all_venues(kind: str, asked: dict[str, Any]) -> Iterator[rows.Row]:
    """Read while they are sent; the export is in the audit trail before the first."""
    note_export("map-venues", kind, asked)
    looking, served, chosen = looking_at({}), deployment(), venues_chosen(asked)

    def read() -> Iterator[rows.Row]:
        with served.reading() as session:
            yield from map(rows.venue_row, all_on_map(session, looking, *chosen))

    return read()


def venues_chosen(asked: dict[str, Any]) -> tuple[Chosen, Shows]:
    """What was chosen of visits, and what else of venues."""
    frame = [asked.pop(side) for side in ("west", "south", "east", "north") if side in asked]
    shows = Shows(**{name: asked.pop(name) for name in ("status", "area", "text") if name in asked})
    return visits_chosen(asked), replace(shows, frame=tuple(frame) or None)


def _hotspot_rows(asked: dict[str, Any]) -> list[rows.Row]:
    looking = looking_at(asked)
    return [rows.hotspot_row(one) for one in queries.hotspots(get_session(), looking, visits_chosen(asked))]


def _compared_flat(asked: dict[str, Any]) -> list[rows.Row]:
    return [rows.flat(rows.compared_row(one)) for one in _compared(asked)]


def _compared(asked: dict[str, Any]) -> list[queries.Compared]:
    looking = looking_at(asked)
    earlier = {name: asked.pop(f"before_{name}") for name in ("since", "until")}
    now, before = visits_chosen(asked), visits_chosen(asked | earlier)
    return queries.comparison(get_session(), looking, now, before)


def looking_at(asked: dict[str, Any]) -> Looking:
    """Who looks today, and at what kind of places; that is taken out of what was asked."""
    how = {name: asked.pop(name) for name in ("by", "resolution") if name in asked}
    return Looking(current_user().scope, deployment().settings, today(), **how)


def visits_chosen(asked: dict[str, Any]) -> Chosen:
    """What was chosen of visits."""
    verdict = asked.get("verdict")
    return Chosen(**(asked | {"verdict": verdict and verdict.value}))


def _csv(
    name: str, columns: tuple[str, ...], read: Callable[..., list[rows.Row]], asked: dict[str, Any]
) -> Response:
    note_export(name, "csv", asked)
    return csv_answer(name, columns, ([row[column] for column in columns] for row in read(asked)))


def _geojson(name: str, read: Callable[..., list[rows.Row]], asked: dict[str, Any]) -> Response:
    note_export(name, "geojson", asked)
    return _file(name, rows.geojson(read(asked)))


def _file(name: str, content: Iterator[bytes]) -> Response:
    return to_keep(Response(content, content_type="application/geo+json"), f"{name}.geojson")


def note_export(name: str, kind: str, asked: dict[str, Any]) -> None:
    """The export is in the audit trail before anything leaves. A text that was searched for may be a name."""
    said = {key: str(value) for key, value in asked.items() if value and key != "text"}
    with deployment().unit_of_work() as session:
        audit.record(session, "map.export", by=current_user().actor, subject=name, detail={"as": kind} | said)
