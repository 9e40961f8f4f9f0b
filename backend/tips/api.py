"""HTTP doors of tips: for schools that report, and for supervisors who answer. Tablets come by intake."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint
from marshmallow import Schema

from backend.accounts.auth import Role, current_user, requires
from backend.core import audit
from backend.core.days import today
from backend.core.paging import OnePage
from backend.core.web import deployment, get_session
from backend.tips import actions, contents, queries, triage
from backend.tips.models import Tip
from backend.tips.pictures import ready
from backend.tips.schemas import (
    AnswerIn,
    ReceiptOut,
    SchoolTipIn,
    TipAcceptIn,
    TipContentOut,
    TipDeedIn,
    TipExtendIn,
    TipFilter,
    TipHistoryOut,
    TipJoinIn,
    TipNoteIn,
    TipOut,
    TipPlaceIn,
    TipTakeBackIn,
    TipTransferIn,
    TipVerifyIn,
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
        chosen["overdue_on"] = today() if chosen.pop("overdue") else None
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
            "place": contents.place_of(session, found),
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


@blp.route("/<int:tip_id>/history")
@requires(Role.SUPERVISOR)
@blp.response(200, TipHistoryOut)
def history(tip_id: int) -> Any:
    """What was done with a tip, and which others may be about the same or are handled with it"""
    session, scope = get_session(), current_user().scope
    found = queries.tip(session, scope, tip_id)
    days = deployment().settings.alike_days
    return {
        "steps": found.steps,
        "alike": queries.alike(session, scope, found, days=days),
        "group": queries.group_of(session, scope, found),
    }


def _route(name: str, deed: Callable[..., Tip], takes: type[Schema] = TipDeedIn) -> None:
    """A door for one deed of `triage`; what it says is what the deed takes."""

    @requires(Role.SUPERVISOR)
    @blp.arguments(takes)
    @blp.response(200, TipOut)
    def view(said: dict[str, Any], tip_id: int) -> Tip:
        session, person = get_session(), current_user()
        found = queries.tip(session, person.scope, tip_id, to_change=True)
        return deed(session, found, **said, by=person, now=datetime.now(UTC))

    view.__doc__ = (deed.__doc__ or "").split(". Raises")[0].split(".\n")[0]
    view.__name__ = name
    blp.route(f"/<int:tip_id>/{name}", methods=["POST"], endpoint=name)(view)


_route("hand", triage.take)
_route("accept", triage.accept, TipAcceptIn)
_route("join", triage.join, TipJoinIn)
_route("transfer", triage.transfer, TipTransferIn)
_route("take-back", triage.take_back, TipTakeBackIn)
_route("verify", triage.verify, TipVerifyIn)
_route("answer", triage.answer, AnswerIn)
_route("close", triage.close, TipNoteIn)
_route("split", triage.split)
_route("place", triage.place, TipPlaceIn)
_route("extend", triage.extend, TipExtendIn)
