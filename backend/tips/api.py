"""HTTP doors of tips: for schools that report, and for supervisors who answer. Tablets come by intake."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core import audit
from backend.core.paging import OnePage
from backend.core.web import deployment, get_session
from backend.tips import actions, contents, queries
from backend.tips.pictures import ready
from backend.tips.schemas import (
    AnswerIn,
    ReceiptOut,
    SchoolTipIn,
    TipContentOut,
    TipFilter,
    TipOut,
    noted_by_school,
)

blp = Blueprint("tips", __name__, url_prefix="/api/v1/tips", description="What inspectors and schools notice")


@blp.route("")
class Tips(MethodView):
    @requires(Role.SUPERVISOR)
    @blp.arguments(TipFilter, location="query")
    @blp.response(200, TipOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List the tips of one's areas, newest first, without what somebody wrote"""
        return partial(queries.list_tips, get_session(), current_user().scope, **chosen)

    @requires(Role.REPORTER)
    @blp.arguments(SchoolTipIn)
    @blp.response(201, ReceiptOut)
    @blp.alt_response(200, schema=ReceiptOut, description="Already here: it was sent again")
    def post(self, said: dict[str, Any]) -> Any:
        """Report something around one's own school; the same UUID again is harmless"""
        pictures = [ready(content) for content in said.pop("pictures")]
        noted, settings, now = noted_by_school(said), deployment().settings, datetime.now(UTC)
        tip, secret, is_new = actions.report_by_school(
            get_session(), settings, noted, pictures, by=current_user(), now=now
        )
        return {"receipt_no": tip.receipt_no, "secret": secret, "state": tip.state}, 201 if is_new else 200


@blp.route("/<int:tip_id>")
@requires(Role.SUPERVISOR)
@blp.response(200, TipOut)
def tip(tip_id: int) -> Any:
    """Show a tip without what somebody wrote"""
    return queries.tip(get_session(), current_user().scope, tip_id)


@blp.route("/<int:tip_id>/content")
@requires(Role.SUPERVISOR)
@blp.response(200, TipContentOut)
def content(tip_id: int) -> Any:
    """Show what somebody wrote, and the answer; each look is written into the audit trail"""
    person = current_user()
    with deployment().unit_of_work() as session:
        found = queries.tip(session, person.scope, tip_id)
        audit.record(session, "tip.read", by=person.actor, subject=f"tip:{tip_id}")
        return {
            "tip_id": tip_id,
            "text": contents.text_of(session, found),
            "answer": contents.answer_of(session, found),
        }


@blp.route("/<int:tip_id>/pictures/<int:number>")
@requires(Role.SUPERVISOR)
@blp.response(200, content_type="image/jpeg")
def picture(tip_id: int, number: int) -> Response:
    """Show a picture; each look is written into the audit trail"""
    return picture_answer(tip_id, number)


def picture_answer(tip_id: int, number: int) -> Response:
    """The look is in the audit trail before the first byte goes out. It is a JPEG of our own making."""
    person = current_user()
    with deployment().unit_of_work() as session:
        found, shown = queries.picture(session, person.scope, tip_id, number)
        detail = {"number": number}
        audit.record(session, "tip.see_picture", by=person.actor, subject=f"tip:{tip_id}", detail=detail)
        content = contents.shown_picture(session, found, shown)
    return Response(content, content_type="image/jpeg")


@blp.route("/<int:tip_id>/hand", methods=["POST"])
@requires(Role.SUPERVISOR)
@blp.response(200, TipOut)
def hand(tip_id: int) -> Any:
    """Take a tip in hand"""
    session, person = get_session(), current_user()
    found = queries.tip(session, person.scope, tip_id, to_change=True)
    return actions.take(session, found, by=person, now=datetime.now(UTC))


@blp.route("/<int:tip_id>/answer", methods=["POST"])
@requires(Role.SUPERVISOR)
@blp.arguments(AnswerIn)
@blp.response(200, TipOut)
def answer(said: dict[str, Any], tip_id: int) -> Any:
    """Answer a tip that is in hand; whoever gave it reads the answer"""
    session, person = get_session(), current_user()
    found = queries.tip(session, person.scope, tip_id, to_change=True)
    return actions.answer(session, found, **said, by=person, now=datetime.now(UTC))
