"""Messages at the desk: where each stands, tables that go by mail and come back, and all that left."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from backend.accounts.auth import Role, current_user, requires
from backend.core import audit
from backend.core.days import today
from backend.core.errors import NotAllowed, Refusal
from backend.core.spreadsheets import csv_answer
from backend.core.web import deployment, get_session
from backend.sharing import actions, queries, replies
from backend.sharing.api import READERS
from backend.sharing.catalogue import CATALOGUE
from backend.sharing.errors import MessageNotSent, ReplyRefused
from backend.sharing.messages_api import held, looked_at, shown, taken_out
from backend.sharing.models import SharingMessage, SharingReply
from backend.sharing.rules import PROPOSERS, Channel, Delivery, Standing
from backend.sharing.schemas import SharingLeftFilter, SharingMessageFilter
from backend.web.sharing import DELIVERY_CHIPS, in_words, why
from backend.web.shell import minute, pages
from backend.web.tables import Page, every_row, filters_asked, page_asked
from backend.web.words import t

_REFUSED = (NotAllowed, MessageNotSent, ReplyRefused)


@pages.get("/sharing/messages")
@requires(*READERS)
def sharing_messages() -> Any:
    """Messages of the agreements in scope, newest first."""
    number, place = page_asked()
    given, chosen = filters_asked(SharingMessageFilter())
    rows, total = queries.list_messages(get_session(), current_user().scope, **chosen, **place)
    return render_template(
        "sharing_messages.html",
        page=Page(list(rows), total, number), given=given, chips=DELIVERY_CHIPS, why=why, datasets=CATALOGUE,
    )  # fmt: skip


@pages.get("/sharing/messages/<int:number>")
@requires(*READERS)
def sharing_message(number: int) -> Any:
    """One message: what happened to it, and what can be done."""
    return _page(queries.message(get_session(), current_user().scope, number))


@pages.post("/sharing/messages/<int:number>")
@requires(Role.SUPERVISOR, Role.COORDINATOR)
def follow_sharing_message(number: int) -> Any:
    """Queue it again, take its table out, show a table that came back, or take in what was shown."""
    person, now, deed = current_user(), datetime.now(UTC), request.form.get("deed")
    try:
        if deed == "take":
            return taken_out(number)
        if deed == "show":
            reply = shown(number)
            return _page(held(number), reply=reply)
        if deed == "confirm":
            reply_id = request.form.get("reply_id", 0, type=int)
            replies.confirm(get_session(), held(number), reply_id, by=person, now=now)
        else:
            actions.queue_again(get_session(), held(number), by=person, now=now)
    except _REFUSED as refusal:
        return _page(held(number), in_words(refusal)), refusal.code
    return redirect(url_for("pages.sharing_message", number=number, done=1), 303)


@pages.get("/sharing/messages/<int:number>.json")
@requires(*READERS)
def sharing_content(number: int) -> Response:
    """The very bytes that leave; the look is in the audit trail."""
    return looked_at(number)


@pages.get("/sharing/left")
@requires(*READERS)
def sharing_left() -> Any:
    """Each time that fields left, newest first."""
    number, place = page_asked()
    given, chosen = filters_asked(SharingLeftFilter())
    rows, total = queries.list_left(get_session(), current_user().scope, **chosen, **place)
    page = Page(list(rows), total, number)
    return render_template("sharing_left.html", page=page, given=given, datasets=CATALOGUE)


@pages.get("/sharing/left.csv")
@requires(*READERS)
def sharing_left_csv() -> Response:
    """The same for a spreadsheet; the export is in the audit trail."""
    _, chosen = filters_asked(SharingLeftFilter())
    headings = (
        t.number, t.sharing_at, t.sharing_receiver, t.sharing_id, t.sharing_message_id, t.sharing_dataset,
        t.sharing_about, t.sharing_fields, t.sharing_rows, t.sharing_outcome, t.sharing_receipt_no,
        t.sharing_sha256,
    )  # fmt: skip
    with deployment().unit_of_work() as session:
        audit.record(session, "sharing.export", by=current_user().actor, subject="sharing_attempts")
    return csv_answer("sharing-left", headings, _lines(chosen))


def _page(found: SharingMessage, refusal: Refusal | None = None, reply: SharingReply | None = None) -> Any:
    session, may_act = get_session(), current_user().role in PROPOSERS
    counts = found.agreement.standing(today()) is Standing.IN_FORCE
    is_table = found.agreement.channel == Channel.SPREADSHEET
    known = queries.taken_in(session, found.id)
    return render_template(
        "sharing_message.html",
        one=found, refusal=refusal, reply=reply, done="done" in request.args, chips=DELIVERY_CHIPS, why=why,
        dataset=CATALOGUE[found.agreement.dataset], known=known.rows if known else {},
        is_table=is_table, may_take=may_act and counts and is_table,
        may_look=not is_table or (may_act and counts),
        may_reply=may_act and is_table and found.state in (Delivery.SENT, Delivery.RECEIPTED),
        may_queue=may_act and counts and found.state in (Delivery.FAILED, Delivery.GIVEN_UP),
    )  # fmt: skip


def _lines(chosen: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for number, one in every_row(queries.list_left, **chosen):
        message, agreement = one.message, one.message.agreement
        yield (
            number, minute(one.at), agreement.receiver, agreement.id, message.message_id,
            t.text(CATALOGUE[agreement.dataset].name), message.about, " ".join(message.fields),
            message.row_count, t.named("sharing_outcome", one.outcome), message.receipt_no, message.sha256,
        )  # fmt: skip
