"""HTTP doors of recommendations (检察建议、司法建议) and the agency's replies."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.cases.api import OPENERS, PARTIES, as_query
from backend.cases.orders import file_kind
from backend.core import audit
from backend.core.downloads import to_keep
from backend.core.paging import OnePage
from backend.core.web import deployment, get_session
from backend.transfers import recommendation_queries as queries
from backend.transfers import recommendations
from backend.transfers.recommendation_schemas import (
    RecommendationClosedIn,
    RecommendationContentOut,
    RecommendationFilter,
    RecommendationIn,
    RecommendationOfficerIn,
    RecommendationOut,
    RecommendationProofIn,
    RecommendationReplyIn,
    RecommendationSentIn,
)

blp = Blueprint(
    "recommendations", __name__, url_prefix="/api/v1/recommendations",
    description="Recommendations to the agency, and its replies",
)  # fmt: skip


@blp.route("")
class Recommendations(MethodView):
    @requires(*PARTIES)
    @blp.arguments(RecommendationFilter, location="query")
    @blp.response(200, RecommendationOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List recommendations, the next due first"""
        return partial(queries.list_recommendations, get_session(), current_user().scope, **as_query(chosen))

    @requires(Role.SUPERVISOR)
    @blp.arguments(RecommendationIn)
    @blp.response(201, RecommendationOut)
    def post(self, said: dict[str, Any]) -> Any:
        """Enter a recommendation that was received"""
        return recommendations.receive(get_session(), said, by=current_user(), now=datetime.now(UTC))


@blp.route("/<int:recommendation_id>")
class Recommendation(MethodView):
    @requires(*PARTIES)
    @blp.etag
    @blp.response(200, RecommendationOut)
    def get(self, recommendation_id: int) -> Any:
        """Show a recommendation without what somebody typed"""
        return queries.recommendation(get_session(), current_user().scope, recommendation_id)


@blp.route("/<int:recommendation_id>/content")
@requires(*PARTIES)
@blp.response(200, RecommendationContentOut)
def content(recommendation_id: int) -> Any:
    """Show what is recommended and what was typed since; each look is in the audit trail"""
    return read_recommendation(recommendation_id)


@blp.route("/<int:recommendation_id>/officer")
class Officer(MethodView):
    @requires(Role.SUPERVISOR)
    @blp.etag
    @blp.arguments(RecommendationOfficerIn)
    @blp.response(200, RecommendationOut)
    def put(self, said: dict[str, Any], recommendation_id: int) -> Any:
        """Say who answers for it from now on"""
        found = _as_looked_at(recommendation_id)
        recommendations.name_officer(
            get_session(), found, said["officer_id"], by=current_user(), now=datetime.now(UTC)
        )
        return found


@blp.route("/<int:recommendation_id>/proofs")
class Proofs(MethodView):
    @requires(*OPENERS)
    @blp.arguments(RecommendationProofIn)
    @blp.response(201, RecommendationOut)
    def post(self, said: dict[str, Any], recommendation_id: int) -> Any:
        """Keep what shows that it was corrected"""
        found, file = _to_change(recommendation_id), said.get("file", b"")
        recommendations.add_proof(
            get_session(), found, said["note"], file, by=current_user(), now=datetime.now(UTC)
        )
        return found


@blp.route("/<int:recommendation_id>/proofs/<int:seq>")
@requires(*PARTIES)
@blp.response(200, content_type="application/octet-stream")
def proof(recommendation_id: int, seq: int) -> Response:
    """Take out a file; each look is in the audit trail"""
    return proof_answer(recommendation_id, seq)


@blp.route("/<int:recommendation_id>/reply")
class Reply(MethodView):
    @requires(Role.SUPERVISOR)
    @blp.etag
    @blp.arguments(RecommendationReplyIn)
    @blp.response(200, RecommendationOut)
    def put(self, said: dict[str, Any], recommendation_id: int) -> Any:
        """Issue the written reply, or note one that was written elsewhere"""
        found, settings = _as_looked_at(recommendation_id), deployment().settings
        recommendations.reply(get_session(), settings, found, said, by=current_user(), now=datetime.now(UTC))
        return found


@blp.route("/<int:recommendation_id>/sent")
class Sent(MethodView):
    @requires(Role.SUPERVISOR)
    @blp.etag
    @blp.arguments(RecommendationSentIn)
    @blp.response(200, RecommendationOut)
    def put(self, said: dict[str, Any], recommendation_id: int) -> Any:
        """Note that the reply was sent"""
        found = _as_looked_at(recommendation_id)
        recommendations.note_sent(
            get_session(), found, said["sent_on"], by=current_user(), now=datetime.now(UTC)
        )
        return found


@blp.route("/<int:recommendation_id>/closed")
class Closed(MethodView):
    @requires(Role.SUPERVISOR)
    @blp.etag
    @blp.arguments(RecommendationClosedIn)
    @blp.response(200, RecommendationOut)
    def put(self, said: dict[str, Any], recommendation_id: int) -> Any:
        """Close what was answered"""
        found = _as_looked_at(recommendation_id)
        recommendations.close(get_session(), found, said["note"], by=current_user(), now=datetime.now(UTC))
        return found


def read_recommendation(recommendation_id: int) -> dict[str, Any]:
    """What is recommended and what was typed since; the look is written down first."""
    person = current_user()
    with deployment().unit_of_work() as session:
        found = queries.recommendation(session, person.scope, recommendation_id)
        audit.record(
            session, "recommendation.read", by=person.actor, subject=f"recommendation:{recommendation_id}"
        )
        notes = {str(one.seq): recommendations.note_of(session, found, one) for one in found.entries}
        about = recommendations.about_of(session, found)
    return {"recommendation_id": recommendation_id, "about": about, "notes": notes}


def proof_answer(recommendation_id: int, seq: int) -> Response:
    """A file to be kept and not shown in the browser; the look is written down first."""
    person = current_user()
    with deployment().unit_of_work() as session:
        found, entry = queries.entry(session, person.scope, recommendation_id, seq)
        subject = f"recommendation:{recommendation_id}"
        audit.record(session, "recommendation.read", by=person.actor, subject=subject, detail={"file": seq})
        brought = recommendations.file_of(session, found, entry)
    name = f"recommendation-{recommendation_id}-{seq}.{file_kind(brought)}"
    return to_keep(Response(brought, mimetype="application/octet-stream"), name)


def _to_change(recommendation_id: int) -> Any:
    return queries.recommendation(get_session(), current_user().scope, recommendation_id, to_change=True)


def _as_looked_at(recommendation_id: int) -> Any:
    """The recommendation, if `If-Match` names the state that it is in."""
    found = _to_change(recommendation_id)
    blp.check_etag(found, RecommendationOut)
    return found
