"""Orders to correct (责令改正): which there are, and one of them with its proof and its outcome."""

from datetime import UTC, datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from backend.accounts.auth import Role, current_user, requires
from backend.cases import order_queries as queries
from backend.cases import orders as deeds
from backend.cases.api import OPENERS, PARTIES, as_query
from backend.cases.order_models import Order
from backend.cases.order_schemas import ExtensionIn, OrderFilter, OutcomeIn, ProofIn
from backend.cases.orders_api import file_answer, read_content
from backend.cases.rules import OrderState
from backend.core.days import today
from backend.core.errors import InvalidInput, PersonalNumberFound, Refusal
from backend.core.sealed import ContentDestroyed
from backend.core.web import get_session
from backend.web.forms import by_words, loaded
from backend.web.found import violation_shown
from backend.web.shell import pages
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.words import t

CHIPS = {"open": "survey", "passed": "clear", "failed": "inside"}


@pages.get("/orders")
@requires(*PARTIES)
def orders() -> Any:
    """The orders of one's agency, the next due first."""
    number, place = page_asked()
    given, chosen = filters_asked(OrderFilter())
    rows, total = queries.list_orders(get_session(), current_user().scope, **as_query(chosen), **place)
    return render_template(
        "orders.html",
        page=Page(list(rows), total, number), given=given, state=_state, late=_is_late,
        states=t.options("order_state"),
    )  # fmt: skip


@pages.get("/orders/<int:order_id>")
@requires(*PARTIES)
def order(order_id: int) -> Any:
    """One order with what was typed; the look is in the audit trail."""
    return _page(order_id)


@pages.post("/orders/<int:order_id>")
@requires(*OPENERS)
def change_order(order_id: int) -> Any:
    """Note proof, give more time, or say what became of it."""
    person, now, given, deed = current_user(), datetime.now(UTC), request.form, request.form.get("deed")
    may = {"proof", "passed", "failed"} | ({"extend"} if person.role is Role.SUPERVISOR else set())
    if deed not in may:
        raise InvalidInput(deed="choose_one")
    try:
        said = _said(deed)
    except (InvalidInput, PersonalNumberFound) as refusal:
        return _page(order_id, refusal), refusal.code
    session = get_session()
    found = queries.order(session, person.scope, order_id, to_change=True)
    if given.get("version", type=int) != found.version:
        raise InvalidInput(orders="changed_meanwhile")
    try:
        if deed == "proof":
            deeds.add_proof(session, found, **said, by=person, now=now)
        elif deed == "extend":
            deeds.extend(session, found, **said, by=person, now=now)
        else:
            deeds.settle(session, found, said, by=person, now=now)
    except InvalidInput as refusal:
        raise by_words(refusal, "order_") from None
    return redirect(url_for("pages.order", order_id=order_id, done=1), 303)


@pages.get("/orders/<int:order_id>/proofs/<int:seq>")
@requires(*PARTIES)
def order_proof(order_id: int, seq: int) -> Response:
    """A file that the party brought."""
    return file_answer(order_id, seq)


def _said(deed: str) -> dict[str, Any]:
    """What a form says about one of the deeds, as the API takes it."""
    given = request.form
    if deed == "proof":
        file = request.files.get("file")
        return loaded(ProofIn(only=("note",)), given, "order_") | {"file": file.read() if file else b""}
    if deed == "extend":
        return loaded(ExtensionIn(), given, "order_")
    said = loaded(OutcomeIn(only=("visit_id", "note")), given, "order_") | {"outcome": deed}
    ids = given.getlist("violation_ids", type=int)
    return said | ({"violation_ids": ids} if ids and deed == "failed" else {})


def _page(order_id: int, refusal: Refusal | None = None) -> Any:
    try:
        content: dict[str, Any] | None = read_content(order_id)
    except ContentDestroyed:
        content = None
    session, person = get_session(), current_user()
    found = queries.order(session, person.scope, order_id)
    return render_template(
        "order.html",
        order=found, refusal=refusal, is_done="done" in request.args, content=content, state=_state(found),
        late=_is_late(found), given=request.form,
        violations=[(one, violation_shown(session, one.violation)) for one in found.violations],
        visits=queries.visits_that_may_settle(session, person.scope, found),
        may_write=person.role in OPENERS and found.state == OrderState.OPEN,
        may_prove=person.role in OPENERS, is_head=person.role is Role.SUPERVISOR,
    )  # fmt: skip


def _state(one: Order) -> tuple[str, str]:
    return t.named("order_state", one.state), CHIPS[one.state]


def _is_late(one: Order) -> bool:
    return one.state == OrderState.OPEN and one.due_on < today()
