"""HTTP doors of venues."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core.paging import OnePage
from backend.core.web import get_session
from backend.venues import actions, queries
from backend.venues.schemas import VenueChange, VenueFilter, VenueIn, VenueOut

blp = Blueprint("venues", __name__, url_prefix="/api/v1/venues", description="Premises that are inspected")
READERS = (Role.INSPECTOR, Role.ASSISTANT, Role.SUPERVISOR, Role.LEGAL_REVIEWER, Role.COORDINATOR)


@blp.route("")
class Venues(MethodView):
    @requires(*READERS)
    @blp.arguments(VenueFilter, location="query")
    @blp.response(200, VenueOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List venues of one's areas that one's agency supervises"""
        return partial(queries.list_venues, get_session(), current_user().scope, **chosen)

    @requires(Role.SUPERVISOR)
    @blp.etag
    @blp.arguments(VenueIn)
    @blp.response(201, VenueOut)
    def post(self, said: dict[str, Any]) -> Any:
        """Enter a venue by hand"""
        person = current_user()
        return actions.add_venue(get_session(), person.scope, said, by=person.actor, now=datetime.now(UTC))


@blp.route("/<int:venue_id>")
class Venue(MethodView):
    @requires(*READERS)
    @blp.etag
    @blp.response(200, VenueOut)
    def get(self, venue_id: int) -> Any:
        """Show a venue"""
        return queries.venue(get_session(), current_user().scope, venue_id)

    @requires(Role.SUPERVISOR)
    @blp.etag
    @blp.arguments(VenueChange)
    @blp.response(200, VenueOut)
    def patch(self, said: dict[str, Any], venue_id: int) -> Any:
        """Correct a venue; `If-Match` names the state that was corrected"""
        person, session = current_user(), get_session()
        venue = queries.venue(session, person.scope, venue_id, to_change=True)
        blp.check_etag(venue, VenueOut)
        return actions.change_venue(
            session, person.scope, venue, said, by=person.actor, now=datetime.now(UTC)
        )
