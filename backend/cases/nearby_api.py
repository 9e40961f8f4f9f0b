"""HTTP door to what stands around a site, and whether the authority is dealing with it."""

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.cases.order_queries import statuses_for_school
from backend.core.days import today
from backend.core.web import deployment, get_session
from backend.protected_sites import queries as sites
from backend.screening.api import READERS
from backend.screening.rules import SchoolStatus
from backend.screening.schemas import NearbyFilter, NearbyOut
from backend.screening.surroundings import VenueNear, surroundings
from backend.screening.walking import with_walking_from

blp = Blueprint("nearby", __name__, url_prefix="/api/v1", description="Who stands around a school")


@blp.route("/sites/<int:site_id>/nearby")
class Nearby(MethodView):
    @requires(*READERS, Role.REPORTER)
    @blp.arguments(NearbyFilter, location="query")
    @blp.response(200, NearbyOut(many=True))
    def get(self, asked: dict[str, Any], site_id: int) -> Any:
        """List the venues around a site, nearest first; a school sees itself and fewer fields"""
        session, scope, on = get_session(), current_user().scope, today()
        site = sites.site(session, scope, site_id)
        found = surroundings(session, deployment().settings, scope, site, on=on, **asked)
        found = with_walking_from(session, site, found)
        shown = _to_school if scope.role is Role.REPORTER else _to_staff
        statuses = statuses_for_school(session, site, found, on)
        return [shown(row, status) for row, status in zip(found, statuses, strict=True)]


def _to_school(row: VenueNear, status: SchoolStatus | None) -> dict[str, Any]:
    """The only things that leave the house for a school."""
    return {
        "name": row.venue.name,
        "activity": row.activity,
        "licence_no": row.licence_no,
        "boundary_m": row.held.distance.boundary_m,
        "gate_m": row.held.distance.gate_m,
        "walking": row.walking,
        "status": status,
    }


def _to_staff(row: VenueNear, status: SchoolStatus | None) -> dict[str, Any]:
    more = {"venue_id": row.venue.id, "ref": row.venue.ref, "held": row.held, "came_first": row.came_first}
    return _to_school(row, status) | more
