"""HTTP doors of transfers (移送) and of the packages that go with leads."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.cases.api import OPENERS, PARTIES
from backend.cases.schemas import ChoiceOut
from backend.core.days import today
from backend.core.downloads import to_keep
from backend.core.paging import OnePage
from backend.core.web import deployment, get_session
from backend.transfers import actions, packages, queries
from backend.transfers.schemas import (
    PackageIn,
    PackageOut,
    TransferDueOut,
    TransferFilter,
    TransferIn,
    TransferOut,
    TransferStepIn,
    TransferStepOut,
)

blp = Blueprint(
    "transfers", __name__, url_prefix="/api/v1/transfers", description="Transfers to other bodies"
)


def as_query(chosen: dict[str, Any]) -> dict[str, Any]:
    """The filters of a list as the query takes them: some time limits are over in the middle of a day."""
    asked = dict(chosen)
    return asked | {"overdue_at": datetime.now(UTC)} if asked.pop("overdue", False) else asked


@blp.route("")
class Transfers(MethodView):
    @requires(*PARTIES)
    @blp.arguments(TransferFilter, location="query")
    @blp.response(200, TransferOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List transfers, the next due first; what was handed over to one's agency too"""
        return partial(queries.list_transfers, get_session(), current_user().scope, **as_query(chosen))

    @requires(*OPENERS)
    @blp.arguments(TransferIn)
    @blp.response(201, TransferOut)
    def post(self, said: dict[str, Any]) -> Any:
        """Propose a transfer"""
        return actions.propose(get_session(), said, by=current_user(), now=datetime.now(UTC))


@blp.route("/<int:transfer_id>")
class Transfer(MethodView):
    @requires(*PARTIES)
    @blp.etag
    @blp.response(200, TransferOut)
    def get(self, transfer_id: int) -> Any:
        """Show a transfer"""
        return _transfer(transfer_id)


@blp.route("/<int:transfer_id>/due")
@requires(*PARTIES)
@blp.response(200, TransferDueOut(many=True))
def due(transfer_id: int) -> Any:
    """Say what is due, of the agency and of the receiver, the next first"""
    return queries.due(get_session(), _transfer(transfer_id), datetime.now(UTC))


@blp.route("/<int:transfer_id>/choices")
@requires(*PARTIES)
@blp.response(200, ChoiceOut(many=True))
def choices(transfer_id: int) -> Any:
    """List the steps that lead on, with what keeps the caller from each"""
    return queries.choices(get_session(), _transfer(transfer_id), current_user(), today())


@blp.route("/<int:transfer_id>/steps")
@requires(*PARTIES)
@blp.response(200, TransferStepOut(many=True))
def steps(transfer_id: int) -> Any:
    """List what was done, in its order"""
    return _transfer(transfer_id).steps


@blp.route("/<int:transfer_id>/step")
class Step(MethodView):
    @requires(*OPENERS)
    @blp.etag
    @blp.arguments(TransferStepIn)
    @blp.response(200, TransferOut)
    def put(self, said: dict[str, Any], transfer_id: int) -> Any:
        """Make a step in the transfer as it was looked at"""
        session, person = get_session(), current_user()
        found = queries.transfer(session, person.scope, transfer_id, to_change=True)
        blp.check_etag(found, TransferOut)
        actions.take_step(session, found, said, by=person, now=datetime.now(UTC))
        return found


@blp.route("/<int:transfer_id>/packages")
class Packages(MethodView):
    @requires(*PARTIES)
    @blp.response(200, PackageOut(many=True))
    def get(self, transfer_id: int) -> Any:
        """List the packages that were made: what is in each, what was left out"""
        return _transfer(transfer_id).packages

    @requires(*OPENERS)
    @blp.arguments(PackageIn)
    @blp.response(201, PackageOut)
    def post(self, said: dict[str, Any], transfer_id: int) -> Any:
        """Make a package of the evidence for the procuratorate"""
        return make_package(transfer_id, said.get("names", []))


@blp.route("/<int:transfer_id>/packages/<int:package_id>")
@requires(Role.SUPERVISOR, Role.INSPECTOR)
@blp.response(200, content_type="application/zip")
def package(transfer_id: int, package_id: int) -> Response:
    """Take a package out; each time is in the audit trail"""
    return package_answer(transfer_id, package_id)


def make_package(transfer_id: int, names: Sequence[str]) -> Any:
    """Put it together beside the line of writers, and then keep it."""
    person, served, now = current_user(), deployment(), datetime.now(UTC)
    with served.reading() as session:
        found = queries.transfer(session, person.scope, transfer_id)
        built = packages.build(session, served, found, names, by=person, now=now)
    session = get_session()
    found = queries.transfer(session, person.scope, transfer_id, to_change=True)
    return packages.keep(session, found, built, by=person, now=now)


def package_answer(transfer_id: int, package_id: int) -> Response:
    """The ZIP piece by piece; the look is in the audit trail before the first byte goes out."""
    person = current_user()
    with deployment().unit_of_work() as session:
        found = queries.package(session, person, transfer_id, package_id)
        pieces = packages.content_of(session, found, by=person)
        name, size = f"lead-{transfer_id}-{package_id}.zip", found.size
    response = to_keep(Response(pieces, content_type="application/zip"), name)
    response.content_length = size
    return response


def _transfer(transfer_id: int) -> Any:
    return queries.transfer(get_session(), current_user().scope, transfer_id)
