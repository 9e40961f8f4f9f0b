"""HTTP doors of protected sites."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core.paging import OnePage
from backend.core.web import get_session
from backend.protected_sites import actions, queries
from backend.protected_sites.schemas import SiteChange, SiteFilter, SiteIn, SiteOut

blp = Blueprint("sites", __name__, url_prefix="/api/v1/sites", description="Schools and kindergartens")
READERS = (
    Role.INSPECTOR, Role.ASSISTANT, Role.SUPERVISOR, Role.LEGAL_REVIEWER, Role.COORDINATOR, Role.REPORTER,
)  # fmt: skip


@blp.route("")
class Sites(MethodView):
    @requires(*READERS)
    @blp.arguments(SiteFilter, location="query")
    @blp.response(200, SiteOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List sites of one's areas; a school's reporter sees that school"""
        return partial(queries.list_sites, get_session(), current_user().scope, **chosen)

    @requires(Role.SUPERVISOR)
    @blp.etag
    @blp.arguments(SiteIn)
    @blp.response(201, SiteOut)
    def post(self, said: dict[str, Any]) -> Any:
        """Enter a site by hand"""
        person = current_user()
        return actions.add_site(get_session(), person.scope, said, by=person.actor, now=datetime.now(UTC))


@blp.route("/<int:site_id>")
class Site(MethodView):
    @requires(*READERS)
    @blp.etag
    @blp.response(200, SiteOut)
    def get(self, site_id: int) -> Any:
        """Show a site"""
        return queries.site(get_session(), current_user().scope, site_id)

    @requires(Role.SUPERVISOR)
    @blp.etag
    @blp.arguments(SiteChange)
    @blp.response(200, SiteOut)
    def patch(self, said: dict[str, Any], site_id: int) -> Any:
        """Correct a site; `If-Match` names the state that was corrected"""
        person, session = current_user(), get_session()
        site = queries.site(session, person.scope, site_id, to_change=True)
        blp.check_etag(site, SiteOut)
        return actions.change_site(session, person.scope, site, said, by=person.actor, now=datetime.now(UTC))
