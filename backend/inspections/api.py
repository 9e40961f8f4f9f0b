"""HTTP doors of inspections (检查记录). Read-only: visits come in by OpenRosa, corrections too."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core import audit
from backend.core.paging import OnePage
from backend.core.web import deployment, get_session
from backend.inspections import actions, queries
from backend.inspections.schemas import (
    RecordOut,
    ViolationFilter,
    ViolationOut,
    VisitDetailOut,
    VisitFilter,
    VisitOut,
)

blp = Blueprint("inspections", __name__, url_prefix="/api/v1", description="Visits and what they found")
READERS = (Role.INSPECTOR, Role.SUPERVISOR, Role.LEGAL_REVIEWER, Role.COORDINATOR)
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


@blp.route("/violations")
class Violations(MethodView):
    @requires(*READERS)
    @blp.arguments(ViolationFilter, location="query")
    @blp.response(200, ViolationOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List violations, newest first, each with all candidate legal bases and none chosen"""
        return partial(queries.list_violations, get_session(), current_user().scope, **chosen)
