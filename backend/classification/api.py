"""HTTP doors of classification notes."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.classification import actions, queries
from backend.classification.schemas import NoteFilter, NoteIn, NoteOut
from backend.core.paging import OnePage
from backend.core.web import get_session
from backend.venues.api import READERS

blp = Blueprint("classification", __name__, url_prefix="/api/v1", description="What new businesses are")
WRITERS = (Role.SUPERVISOR, Role.LEGAL_REVIEWER)


@blp.route("/classification-notes")
class Notes(MethodView):
    @requires(*READERS)
    @blp.arguments(NoteFilter, location="query")
    @blp.response(200, NoteOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List notes, newest first; those that were replaced stay"""
        return partial(queries.list_notes, get_session(), current_user().scope, **chosen)

    @requires(*WRITERS)
    @blp.arguments(NoteIn)
    @blp.response(201, NoteOut)
    def post(self, said: dict[str, Any]) -> Any:
        """Write down who decided what a kind of business is, when, why and on which clauses"""
        return actions.add_note(get_session(), said, by=current_user(), now=datetime.now(UTC))
