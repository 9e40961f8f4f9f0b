"""HTTP doors of sweeps."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core.days import today
from backend.core.paging import OnePage
from backend.core.web import deployment, get_session
from backend.planning import actions, queries
from backend.planning.outcome import outcome_of
from backend.planning.schemas import (
    SweepChange,
    SweepClosingIn,
    SweepFilter,
    SweepIn,
    SweepOut,
    SweepOutcomeOut,
    SweepTaskOut,
    SweepTasksIn,
    SweepZoneOut,
)
from backend.planning.zone import zone_of

blp = Blueprint(
    "sweeps", __name__, url_prefix="/api/v1/sweeps", description="One site, all agencies, before and after"
)
PLANNERS = (Role.SUPERVISOR, Role.COORDINATOR)


@blp.route("")
class Sweeps(MethodView):
    @requires(*PLANNERS)
    @blp.arguments(SweepFilter, location="query")
    @blp.response(200, SweepOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List the sweeps of one's areas, newest first"""
        return partial(queries.list_sweeps, get_session(), current_user().scope, **chosen)

    @requires(*PLANNERS)
    @blp.etag
    @blp.arguments(SweepIn)
    @blp.response(201, SweepOut)
    def post(self, said: dict[str, Any]) -> Any:
        """Open a sweep; without an approval it is a draft"""
        return actions.open_sweep(get_session(), said, by=current_user(), now=datetime.now(UTC))


@blp.route("/<int:sweep_id>")
class Sweep(MethodView):
    @requires(*PLANNERS)
    @blp.etag
    @blp.response(200, SweepOut)
    def get(self, sweep_id: int) -> Any:
        """Show a sweep"""
        return queries.sweep(get_session(), current_user().scope, sweep_id)

    @requires(*PLANNERS)
    @blp.etag
    @blp.arguments(SweepChange)
    @blp.response(200, SweepOut)
    def patch(self, said: dict[str, Any], sweep_id: int) -> Any:
        """Change a draft, note its approval or its publication; `If-Match` names the state"""
        found = _to_change(sweep_id)
        return actions.change_sweep(get_session(), found, said, by=current_user(), now=datetime.now(UTC))


@blp.route("/<int:sweep_id>/zone")
@requires(*PLANNERS)
@blp.response(200, SweepZoneOut)
def zone(sweep_id: int) -> Any:
    """List the venues inside the ring that one's agency looks after, each with what is proposed"""
    session, scope = get_session(), current_user().scope
    found = queries.sweep(session, scope, sweep_id)
    around = zone_of(session, deployment().settings, found, today())
    return {"places": around.seen_by(scope), "beyond": around.beyond}


@blp.route("/<int:sweep_id>/tasks", methods=["POST"])
@requires(*PLANNERS)
@blp.arguments(SweepTasksIn)
@blp.response(200, SweepTaskOut(many=True))
def make_tasks(said: dict[str, Any], sweep_id: int) -> Any:
    """Send agencies to venues, each pair once; the answer holds the new tasks"""
    session, person = get_session(), current_user()
    found = queries.sweep(session, person.scope, sweep_id, to_change=True)
    pairs = {(one["venue_id"], one["agency_id"]) for one in said["places"]}
    return actions.make_tasks(
        session, deployment().settings, found, pairs, together_on=said["together_on"], by=person,
        now=datetime.now(UTC),
    )  # fmt: skip


@blp.route("/<int:sweep_id>/closing")
class Closing(MethodView):
    @requires(*PLANNERS)
    @blp.etag
    @blp.arguments(SweepClosingIn)
    @blp.response(200, SweepOut)
    def put(self, said: dict[str, Any], sweep_id: int) -> Any:
        """Close a sweep with a sentence; what came of it is kept"""
        found = _to_change(sweep_id)
        return actions.close(get_session(), found, **said, by=current_user(), now=datetime.now(UTC))


@blp.route("/<int:sweep_id>/outcome")
@requires(*PLANNERS)
@blp.response(200, SweepOutcomeOut)
def outcome(sweep_id: int) -> Any:
    """Count the zone before and after, by activity and by agency"""
    session = get_session()
    return outcome_of(session, queries.sweep(session, current_user().scope, sweep_id))


def _to_change(sweep_id: int) -> Any:
    """The sweep, if `If-Match` names the state that it is in."""
    found = queries.sweep(get_session(), current_user().scope, sweep_id, to_change=True)
    blp.check_etag(found, SweepOut)
    return found
