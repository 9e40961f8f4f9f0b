"""HTTP doors of the ledger of document numbers: desks read it and lay series down, tablets take and use."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.accounts.tablets import current_tablet, requires_tablet
from backend.core.errors import NotAllowed
from backend.core.paging import OnePage
from backend.core.web import get_session
from backend.tasks import ledger, ledger_queries
from backend.tasks.schemas import (
    BlockIn,
    BlockOut,
    NumberFilter,
    NumberOut,
    NumberVoidIn,
    SeriesIn,
    SeriesOut,
    UseIn,
)

blp = Blueprint("ledger", __name__, url_prefix="/api/v1", description="Document numbers")
tablet_blp = Blueprint("tablet_ledger", __name__, url_prefix="/tablet", description="Document numbers")
LEDGER_READERS = (Role.SUPERVISOR, Role.LEGAL_REVIEWER, Role.AUDITOR)


@blp.route("/number-series")
class Series(MethodView):
    @requires(*LEDGER_READERS)
    @blp.response(200, SeriesOut(many=True))
    def get(self) -> Any:
        """List how one's agency numbers its documents"""
        return ledger.series_of(get_session(), current_user().scope)

    @requires(Role.SUPERVISOR)
    @blp.arguments(SeriesIn)
    @blp.response(201, SeriesOut)
    def post(self, said: dict[str, Any]) -> Any:
        """Lay down how a kind of document is numbered in a year"""
        person = current_user()
        if person.agency_id is None:
            raise NotAllowed(agency_id=None)
        return ledger.add_series(get_session(), agency_id=person.agency_id, **said, by=person.actor)


@blp.route("/document-numbers")
@requires(*LEDGER_READERS)
@blp.arguments(NumberFilter, location="query")
@blp.response(200, NumberOut(many=True))
@blp.paginate(OnePage, max_page_size=200)
def numbers(chosen: dict[str, Any]) -> Any:
    """List the ledger of one's agency, newest numbers first; an auditor sees all of them"""
    return partial(ledger_queries.list_numbers, get_session(), current_user().scope, **chosen)


@blp.route("/document-numbers/<int:number_id>/void", methods=["POST"])
@requires(Role.SUPERVISOR)
@blp.arguments(NumberVoidIn)
@blp.response(200, NumberOut)
def void(said: dict[str, Any], number_id: int) -> Any:
    """Make a number void that bears no document; again is harmless"""
    person, session = current_user(), get_session()
    found = ledger.number_in_scope(session, person.scope, number_id)
    return ledger.void(session, found, **said, by=person.actor, now=datetime.now(UTC))


@tablet_blp.route("/number-blocks", methods=["POST"])
@requires_tablet(Role.INSPECTOR)
@tablet_blp.arguments(BlockIn)
@tablet_blp.response(201, BlockOut)
@tablet_blp.alt_response(200, schema=BlockOut, description="Taken before: the tablet asked again")
def reserve(said: dict[str, Any]) -> Any:
    """Take numbers for a day along; the same UUID again gets the same numbers"""
    told = said | {"uuid": str(said["uuid"])}
    block, is_new = ledger.reserve(get_session(), **told, by=current_tablet(), now=datetime.now(UTC))
    return block, 201 if is_new else 200


@tablet_blp.route("/document-numbers/<int:number_id>/use", methods=["POST"])
@requires_tablet(Role.INSPECTOR)
@tablet_blp.arguments(UseIn)
@tablet_blp.response(200, NumberOut)
def use(said: dict[str, Any], number_id: int) -> Any:
    """Report which document bears a number; again is harmless, another document is refused"""
    told = said | {"document": str(said["document"])}
    return ledger.use(get_session(), number_id, **told, by=current_tablet())


@tablet_blp.route("/document-numbers/<int:number_id>/void", methods=["POST"])
@requires_tablet(Role.INSPECTOR)
@tablet_blp.arguments(NumberVoidIn)
@tablet_blp.response(200, NumberOut)
def spoil(said: dict[str, Any], number_id: int) -> Any:
    """Report a number that was spoilt; again is harmless"""
    return ledger.spoil(get_session(), number_id, **said, by=current_tablet(), now=datetime.now(UTC))
