"""HTTP doors of orders to correct (责令改正). Orders come in by what tablets handed over."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.cases import order_queries as queries
from backend.cases import orders
from backend.cases.api import OPENERS, PARTIES, as_query
from backend.cases.order_schemas import (
    ExtensionIn,
    OrderContentOut,
    OrderFilter,
    OrderOut,
    OutcomeIn,
    ProofIn,
)
from backend.core import audit
from backend.core.downloads import to_keep
from backend.core.paging import OnePage
from backend.core.web import deployment, get_session

blp = Blueprint("orders", __name__, url_prefix="/api/v1/orders", description="Orders to correct")


@blp.route("")
@requires(*PARTIES)
@blp.arguments(OrderFilter, location="query")
@blp.response(200, OrderOut(many=True))
@blp.paginate(OnePage, max_page_size=200)
def list_orders(chosen: dict[str, Any]) -> Any:
    """List orders, the next due first"""
    return partial(queries.list_orders, get_session(), current_user().scope, **as_query(chosen))


@blp.route("/<int:order_id>")
class Order(MethodView):
    @requires(*PARTIES)
    @blp.etag
    @blp.response(200, OrderOut)
    def get(self, order_id: int) -> Any:
        """Show an order without what somebody typed"""
        return queries.order(get_session(), current_user().scope, order_id)


@blp.route("/<int:order_id>/content")
@requires(*PARTIES)
@blp.response(200, OrderContentOut)
def content(order_id: int) -> Any:
    """Show what was typed; each look is in the audit trail"""
    return read_content(order_id)


@blp.route("/<int:order_id>/proofs")
class Proofs(MethodView):
    @requires(*OPENERS)
    @blp.arguments(ProofIn)
    @blp.response(201, OrderOut)
    def post(self, said: dict[str, Any], order_id: int) -> Any:
        """Keep what the party brought to show that it corrected"""
        found = _to_change(order_id)
        orders.add_proof(get_session(), found, **said, by=current_user(), now=datetime.now(UTC))
        return found


@blp.route("/<int:order_id>/proofs/<int:seq>")
@requires(*PARTIES)
@blp.response(200, content_type="application/octet-stream")
def proof(order_id: int, seq: int) -> Response:
    """Take out a file that the party brought; each look is in the audit trail"""
    return file_answer(order_id, seq)


@blp.route("/<int:order_id>/extension")
class Extension(MethodView):
    @requires(Role.SUPERVISOR)
    @blp.etag
    @blp.arguments(ExtensionIn)
    @blp.response(200, OrderOut)
    def put(self, said: dict[str, Any], order_id: int) -> Any:
        """Give more time, with the reason"""
        found = _as_looked_at(order_id)
        orders.extend(get_session(), found, **said, by=current_user(), now=datetime.now(UTC))
        return found


@blp.route("/<int:order_id>/outcome")
class Outcome(MethodView):
    @requires(*OPENERS)
    @blp.etag
    @blp.arguments(OutcomeIn)
    @blp.response(200, OrderOut)
    def put(self, said: dict[str, Any], order_id: int) -> Any:
        """Say what became of an order"""
        found = _as_looked_at(order_id)
        orders.settle(get_session(), found, said, by=current_user(), now=datetime.now(UTC))
        return found


def read_content(order_id: int) -> dict[str, Any]:
    """What an order demands and what was typed since; the look is written down first."""
    person = current_user()
    with deployment().unit_of_work() as session:
        found = queries.order(session, person.scope, order_id)
        audit.record(session, "order.read", by=person.actor, subject=f"order:{order_id}")
        notes = {str(one.seq): orders.note_of(session, found, one) for one in found.entries}
        return {"order_id": order_id, "demand": orders.demand_of(session, found), "notes": notes}


def file_answer(order_id: int, seq: int) -> Response:
    """A file of an order, to be kept and not shown in the browser; the look is written down first."""
    person = current_user()
    with deployment().unit_of_work() as session:
        found, entry = queries.entry(session, person.scope, order_id, seq)
        audit.record(
            session, "order.read", by=person.actor, subject=f"order:{order_id}", detail={"file": seq}
        )
        brought = orders.file_of(session, found, entry)
    name = f"order-{order_id}-{seq}.{orders.file_kind(brought)}"
    return to_keep(Response(brought, mimetype="application/octet-stream"), name)


def _to_change(order_id: int) -> Any:
    return queries.order(get_session(), current_user().scope, order_id, to_change=True)


def _as_looked_at(order_id: int) -> Any:
    """The order, if `If-Match` names the state that it is in."""
    found = _to_change(order_id)
    blp.check_etag(found, OrderOut)
    return found
