"""Work orders of hotlines at the desk (工单导入): files in, what waits in them, and what their words mean."""

from typing import Any

from flask import Response, redirect, render_template, request, url_for

from backend.accounts import queries as accounts
from backend.accounts.auth import Role, current_user, requires
from backend.core.errors import InvalidInput, NotAllowed, Refusal
from backend.core.spreadsheets import file_answer, workbook
from backend.core.web import get_session
from backend.tips import order_importing as importing
from backend.tips import orders_api
from backend.tips.errors import OrdersRefused
from backend.tips.orders import CODED, RowState
from backend.tips.rules import CHANNELS, Source
from backend.web.shell import minute, pages
from backend.web.tables import Page, page_asked
from backend.web.tips import kinds_to_choose
from backend.web.words import t

CHIPS = {"taken": "clear", "known": "plain", "quarantined": "survey", "refused": "inside"}


@pages.get("/work-orders")
@requires(Role.SUPERVISOR)
def work_orders() -> Any:
    """The files of one's areas, and where another one is chosen."""
    return _list(None)


@pages.post("/work-orders")
@requires(Role.SUPERVISOR)
def take_work_orders() -> Any:
    """Take a file in and show what became of its rows."""
    try:
        file = orders_api.taken_in()
    except (OrdersRefused, InvalidInput, NotAllowed) as refusal:
        return _list(refusal), refusal.code
    return redirect(url_for("pages.work_order_file", file_id=file.id), 303)


@pages.get("/work-orders/<int:file_id>")
@requires(Role.SUPERVISOR)
def work_order_file(file_id: int) -> Any:
    """What became of each row, and the words that nobody has mapped yet."""
    return _file(file_id, None)


@pages.post("/work-orders/<int:file_id>")
@requires(Role.SUPERVISOR)
def map_work_orders(file_id: int) -> Any:
    """Say what columns and values mean, as a new version of the mapping; what waited is tried again."""
    file = importing.file_of(get_session(), current_user().scope, file_id)
    waiting = importing.to_map(file)
    chosen = {
        name: {text: code for at, text in enumerate(said) if (code := request.form.get(f"{name}_{at}"))}
        for name, said in waiting.items()
    }
    values = {name: table for name, table in chosen.items() if name in CODED and table}
    try:
        orders_api.mapped(Source(file.channel), {"columns": chosen.get("column", {}), "values": values})
    except InvalidInput as refusal:
        return _file(file_id, refusal), refusal.code
    return redirect(url_for("pages.work_order_file", file_id=file_id), 303)


@pages.get("/work-orders/<int:file_id>/answers.xlsx")
@requires(Role.SUPERVISOR)
def work_order_answers(file_id: int) -> Response:
    """What came of the orders, as a workbook for the hotline; each export is recorded."""
    headings = (t.tip_channel_no, t.tip_nature, t.tip_state, t.tip_to, t.tip_received, t.tip_answered,
                t.tip_answer)  # fmt: skip
    rows = [
        (one.channel_no, t.named("tip_nature", one.nature), t.named("tip_state", one.state), one.to_name,
         minute(one.received_at), one.answered_at and minute(one.answered_at), one.answer)
        for one in orders_api.outcomes_told(file_id)
    ]  # fmt: skip
    return file_answer(f"work-orders-{file_id}-answers", workbook(t.work_order_answers, headings, rows))


def _list(refusal: Refusal | None) -> Any:
    number, place = page_asked()
    session, scope = get_session(), current_user().scope
    rows, total = importing.list_files(session, scope, **place)
    return render_template(
        "work_orders.html",
        page=Page(rows, total, number), refusal=refusal, states=list(RowState), chips=CHIPS,
        channels=[(one, t.named("tip_source", one)) for one in CHANNELS],
        areas=[(one.code, one.name) for one in accounts.areas_in_scope(session, scope)],
    )  # fmt: skip


def _file(file_id: int, refusal: Refusal | None) -> Any:
    session = get_session()
    file = importing.file_of(session, current_user().scope, file_id)
    return render_template(
        "work_order_file.html",
        file=file, refusal=refusal, waiting=importing.to_map(file), chips=CHIPS,
        choices={
            "column": t.options("work_order_field"), "kind": kinds_to_choose(),
            "nature": t.options("work_order_nature"), "area": accounts.areas_to_choose(session),
        },
    )  # fmt: skip
