"""HTTP doors of messages: what happened to each, its very bytes, the table that goes by mail and returns."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core.days import today
from backend.core.paging import OnePage
from backend.core.spreadsheets import XLSX, file_answer
from backend.core.web import deployment, get_session
from backend.sharing import actions, queries, replies
from backend.sharing.api import READERS
from backend.sharing.errors import ReplyRefused
from backend.sharing.models import SharingMessage, SharingReply
from backend.sharing.schemas import (
    SharingAttemptOut,
    SharingLeftFilter,
    SharingLeftOut,
    SharingMessageFilter,
    SharingMessageOut,
    SharingReplyOut,
)
from backend.sharing.sheet import read
from backend.tasks.table import LARGEST

blp = Blueprint("sharing_messages", __name__, url_prefix="/api/v1/sharing", description="Messages that leave")
_FILE = {
    "content": {
        "multipart/form-data": {
            "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
        }
    }
}


@blp.route("/messages")
@requires(*READERS)
@blp.arguments(SharingMessageFilter, location="query")
@blp.response(200, SharingMessageOut(many=True))
@blp.paginate(OnePage, max_page_size=200)
def messages(chosen: dict[str, Any]) -> Any:
    """List messages of the agreements in scope, newest first"""
    return partial(queries.list_messages, get_session(), current_user().scope, **chosen)


@blp.route("/messages/<int:number>")
@requires(*READERS)
@blp.response(200, SharingMessageOut)
def one_message(number: int) -> SharingMessage:
    """Show a message"""
    return _message(number)


@blp.route("/messages/<int:number>/attempts")
@requires(*READERS)
@blp.response(200, SharingAttemptOut(many=True))
def attempts(number: int) -> Any:
    """List what happened to a message, in its order"""
    return _message(number).attempts


@blp.route("/messages/<int:number>/body")
@requires(*READERS)
@blp.response(200, content_type="application/json")
def body(number: int) -> Response:
    """The very bytes that leave; each look is written into the audit trail"""
    return looked_at(number)


@blp.route("/messages/<int:number>/queueing", methods=["POST"])
@requires(Role.SUPERVISOR, Role.COORDINATOR)
@blp.response(200, SharingMessageOut)
def queue_again(number: int) -> SharingMessage:
    """Let a message that failed be tried anew"""
    found = held(number)
    actions.queue_again(get_session(), found, by=current_user(), now=datetime.now(UTC))
    return found


@blp.route("/messages/<int:number>/table", methods=["POST"])
@requires(Role.SUPERVISOR, Role.COORDINATOR)
@blp.response(200, content_type=XLSX)
def take_out(number: int) -> Response:
    """The message as a signed table, for a receiver who only has e-mail; from now on it counts as gone"""
    return taken_out(number)


@blp.route("/messages/<int:number>/replies", methods=["POST"])
@requires(Role.SUPERVISOR, Role.COORDINATOR)
@blp.response(201, SharingReplyOut)
@blp.doc(requestBody=_FILE)
def show_reply(number: int) -> SharingReply:
    """Show what differs in a table that came back; nothing of it is taken in yet"""
    return shown(number)


@blp.route("/messages/<int:number>/replies/<int:reply_id>/confirmation", methods=["PUT"])
@requires(Role.SUPERVISOR, Role.COORDINATOR)
@blp.response(200, SharingReplyOut)
def confirm_reply(number: int, reply_id: int) -> SharingReply:
    """Take in what was shown, as a whole"""
    found = held(number)
    return replies.confirm(get_session(), found, reply_id, by=current_user(), now=datetime.now(UTC))


@blp.route("/left")
@requires(*READERS)
@blp.arguments(SharingLeftFilter, location="query")
@blp.response(200, SharingLeftOut(many=True))
@blp.paginate(OnePage, max_page_size=200)
def left(chosen: dict[str, Any]) -> Any:
    """List each time that fields left, newest first"""
    return partial(queries.list_left, get_session(), current_user().scope, **chosen)


def held(number: int) -> SharingMessage:
    """A message in scope, for whoever changes it."""
    return queries.message(get_session(), current_user().scope, number, to_change=True)


def looked_at(number: int) -> Response:
    """The bytes of a message, once the look is in the audit trail. Raises NotAllowed, MessageNotSent."""
    person = current_user()
    with deployment().unit_of_work() as session:
        found = queries.message(session, person.scope, number)
        content = actions.look(session, found, by=person, on=today())
    return Response(content, mimetype="application/json")


def taken_out(number: int) -> Response:
    """A message as its signed table."""
    key, person, now = deployment().keys.sharing_keys[0], current_user(), datetime.now(UTC)
    with deployment().reading() as session:
        found = queries.message(session, person.scope, number)
        content = replies.drawn(found, key, by=person, now=now)
    replies.take_out(get_session(), held(number), key, by=person, now=now)
    return file_answer(f"sharing-{number}", content)


def shown(number: int) -> SharingReply:
    """The table that was sent with this request, held against what left. Raises ReplyRefused.

    Others write while it arrives and is unpacked.
    """
    person, sent = current_user(), request.files.get("file")
    with deployment().reading() as session:
        replies.check_gone(queries.message(session, person.scope, number), person)
    if sent is None or not sent.filename:
        raise ReplyRefused(table="required")
    with sent.stream as stream:
        content = stream.read(LARGEST + 1)
    sheet, keys = read(content), deployment().keys.sharing_publics
    return replies.show(get_session(), held(number), sheet, keys, by=person, now=datetime.now(UTC))


def _message(number: int) -> SharingMessage:
    return queries.message(get_session(), current_user().scope, number)
