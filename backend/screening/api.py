"""HTTP doors of screening: what the last run found, one place checked, which sites are near a venue."""

from functools import partial
from typing import Any

import shapely
from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core.days import today
from backend.core.errors import NotFound
from backend.core.paging import OnePage
from backend.core.positions import to_register
from backend.core.web import deployment, get_session
from backend.screening import queries, results
from backend.screening.schemas import (
    CheckedOut,
    CheckIn,
    ExplanationOut,
    NearbyFilter,
    ScreeningRunOut,
    VerdictFilter,
    VerdictOut,
)  # fmt: skip
from backend.screening.walking import with_walking
from backend.venues import queries as venues

blp = Blueprint("screening", __name__, url_prefix="/api/v1", description="Who stands too near a school")
READERS = (Role.INSPECTOR, Role.ASSISTANT, Role.SUPERVISOR, Role.LEGAL_REVIEWER, Role.COORDINATOR)


@blp.route("/screening")
class Verdicts(MethodView):
    @requires(*READERS)
    @blp.arguments(VerdictFilter, location="query")
    @blp.response(200, VerdictOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List the verdicts of the newest run"""
        return partial(results.list_verdicts, get_session(), current_user().scope, **chosen)


@blp.route("/screening/newest")
class NewestRun(MethodView):
    @requires(*READERS)
    @blp.response(200, ScreeningRunOut)
    def get(self) -> Any:
        """Show the newest run: its day, its versions, its counts"""
        if (run := results.newest_run(get_session())) is None:
            raise NotFound(screening="nobody_has_screened")
        return run


@blp.route("/screening/<int:run_id>/venues/<int:venue_id>")
class Explanation(MethodView):
    @requires(*READERS)
    @blp.response(200, ExplanationOut)
    def get(self, run_id: int, venue_id: int) -> Any:
        """Explain a run's verdicts on a venue: every number, and the places as they were measured"""
        scope = current_user().scope
        venues.venue(get_session(), scope, venue_id)
        return results.explain(get_session(), scope, run_id, venue_id)


@blp.route("/screening/check")
class Check(MethodView):
    @requires(*READERS)
    @blp.arguments(CheckIn)
    @blp.response(200, CheckedOut)
    def post(self, asked: dict[str, Any]) -> Any:
        """Hold an activity in one place against all sites; nothing is stored"""
        place, _ = to_register(shapely.Point(asked.pop("lon"), asked.pop("lat")), asked.pop("crs"))
        on = asked.pop("on") or today()
        served = deployment()
        with served.reading() as session:
            return queries.check(session, served.settings, lon=place.x, lat=place.y, on=on, **asked)


@blp.route("/venues/<int:venue_id>/distances")
class Distances(MethodView):
    @requires(*READERS)
    @blp.arguments(NearbyFilter, location="query")
    @blp.response(200, CheckedOut(many=True))
    def get(self, asked: dict[str, Any], venue_id: int) -> Any:
        """List the sites around a venue for each of its activities; nothing without a position"""
        session, scope = get_session(), current_user().scope
        venue = venues.venue(session, scope, venue_id)
        found = queries.distances_of_venue(session, deployment().settings, venue, on=today(), **asked)
        mine = [checked for checked in found if scope.concerns(checked.activity)]
        return with_walking(session, venue.place, mine)
