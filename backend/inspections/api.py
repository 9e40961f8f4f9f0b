"""HTTP doors of inspections (检查记录). Read-only: visits come in by OpenRosa, corrections too."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from flask import Response, stream_with_context
from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core import audit
from backend.core.downloads import to_keep
from backend.core.paging import OnePage
from backend.core.spreadsheets import csv_answer
from backend.core.web import deployment, get_session
from backend.inspections import actions, exports, grounds, queries
from backend.inspections.frequency import frequency
from backend.inspections.schemas import (
    FrequencyFilter,
    FrequencyOut,
    GroundsOut,
    MatchIn,
    RecordOut,
    ViolationFilter,
    ViolationOut,
    VisitDetailOut,
    VisitFilter,
    VisitOut,
)
from backend.venues import queries as venues

blp = Blueprint("inspections", __name__, url_prefix="/api/v1", description="Visits and what they found")
READERS = (Role.INSPECTOR, Role.SUPERVISOR, Role.LEGAL_REVIEWER, Role.COORDINATOR)
PLANNERS = (Role.SUPERVISOR, Role.COORDINATOR)
PROTECTED = (Role.INSPECTOR, Role.SUPERVISOR, Role.LEGAL_REVIEWER)


@blp.route("/visits")
class Visits(MethodView):
    @requires(*READERS)
    @blp.arguments(VisitFilter, location="query")
    @blp.response(200, VisitOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List visits, newest first"""
        return partial(queries.list_visits, get_session(), current_user().scope, **chosen)


@blp.route("/visits.csv")
@requires(*READERS)
@blp.arguments(VisitFilter, location="query")
@blp.response(200, content_type="text/csv")
def visits_csv(chosen: dict[str, Any]) -> Response:
    """Every visit that fits, as a file for spreadsheets (UTF-8 with BOM); each export is recorded"""
    found = _exported("csv", chosen)
    return csv_answer("visits", exports.COLUMNS, (row.values() for row in found))


@blp.route("/visits.geojson")
@requires(*READERS)
@blp.arguments(VisitFilter, location="query")
@blp.response(200, content_type="application/geo+json")
def visits_geojson(chosen: dict[str, Any]) -> Response:
    """Every visit that fits, as GeoJSON; each export is recorded"""
    found = stream_with_context(exports.geojson(_exported("geojson", chosen)))
    return to_keep(Response(found, content_type="application/geo+json"), "visits.geojson")


def _exported(kind: str, chosen: dict[str, Any]) -> Iterator[exports.Row]:
    """The rows, read while they are sent; the export is in the audit trail before the first."""
    person, served = current_user(), deployment()
    said = {name: str(value) for name, value in chosen.items() if value}
    with served.unit_of_work() as session:
        audit.record(session, "visit.export", by=person.actor, subject="visits", detail={"as": kind} | said)

    def read() -> Iterator[exports.Row]:
        with served.reading() as session:
            yield from exports.rows(session, person.scope, **chosen)

    return read()


@blp.route("/visits/<int:visit_id>")
@requires(*READERS)
@blp.response(200, VisitDetailOut)
def visit(visit_id: int) -> Any:
    """Show a visit with findings, ID checks, evidence, distances and violations"""
    return queries.visit(get_session(), current_user().scope, visit_id)


@blp.route("/visits/<int:visit_id>/record")
@requires(*PROTECTED)
@blp.response(200, RecordOut)
def record(visit_id: int) -> Any:
    """Show everything that was typed, masked; each look is written into the audit trail"""
    person = current_user()
    with deployment().unit_of_work() as session:
        found = queries.visit(session, person.scope, visit_id)
        opened = queries.record_of(session, found)
        audit.record(session, "visit.read_record", by=person.actor, subject=f"visit:{visit_id}")
    return {"visit_id": visit_id, "record": opened}


@blp.route("/visits/<int:visit_id>/confirmation", methods=["POST"])
@requires(Role.SUPERVISOR)
@blp.response(200, VisitDetailOut)
def confirmation(visit_id: int) -> Any:
    """Let this correction of a colleague's visit count; both stay, and both are shown"""
    session, person = get_session(), current_user()
    correction = queries.visit(session, person.scope, visit_id)
    return actions.confirm_correction(session, correction, by=person, now=datetime.now(UTC))


@blp.route("/visits/<int:visit_id>/task", methods=["PUT"])
@requires(Role.SUPERVISOR)
@blp.arguments(MatchIn)
@blp.response(200, GroundsOut)
def match_task(said: dict[str, Any], visit_id: int) -> Any:
    """Say which task a visit answers, where that was not clear"""
    person = current_user()
    return grounds.match_by_hand(
        get_session(), person.scope, visit_id, said["task_id"], by=person.actor, now=datetime.now(UTC)
    )


@blp.route("/venues/<int:venue_id>/frequency")
@requires(*PLANNERS)
@blp.arguments(FrequencyFilter, location="query")
@blp.response(200, FrequencyOut)
def frequency_of(said: dict[str, date], venue_id: int) -> Any:
    """Count the visits of all agencies to a business in a year, and what else is planned there"""
    session = get_session()
    venue = venues.venue(session, current_user().scope, venue_id)
    apart = timedelta(days=deployment().settings.visits_apart_days)
    counted = frequency(session, venue, said["on"], apart=apart)
    return {"counted": counted, "too_soon": counted.is_soon(said["on"], apart)}


@blp.route("/violations")
class Violations(MethodView):
    @requires(*READERS)
    @blp.arguments(ViolationFilter, location="query")
    @blp.response(200, ViolationOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List violations, newest first, each with all candidate legal bases and none chosen"""
        return partial(queries.list_violations, get_session(), current_user().scope, **chosen)
