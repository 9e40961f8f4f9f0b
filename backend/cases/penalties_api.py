"""HTTP doors of proposals of penalties (处罚建议、审定)."""

from datetime import UTC, datetime
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.cases import penalties, queries
from backend.cases.api import PARTIES
from backend.cases.frozen import freeze
from backend.cases.penalty_schemas import (
    PenaltyFactsIn,
    PenaltyProposalIn,
    PenaltyProposalOut,
    PenaltyProposedOut,
    PenaltyRulingIn,
    said_of,
)
from backend.core.web import get_session

blp = Blueprint("penalties", __name__, url_prefix="/api/v1/cases", description="What a case may lead to")


@blp.route("/<int:case_id>/candidates", methods=["POST"])
@requires(*PARTIES)
@blp.arguments(PenaltyFactsIn)
@blp.response(200, PenaltyProposedOut)
def candidates(said: dict[str, Any], case_id: int) -> Any:
    """Lay side by side what the law says to what was found; nothing is kept"""
    session = get_session()
    found = queries.case(session, current_user().scope, case_id)
    facts = said_of(said)
    return freeze(penalties.lay(session, found, facts, tuple(said["earlier"])))


@blp.route("/<int:case_id>/proposals")
class Proposals(MethodView):
    @requires(*PARTIES)
    @blp.response(200, PenaltyProposalOut(many=True))
    def get(self, case_id: int) -> Any:
        """List what was proposed and decided, in its order; the last counts"""
        return queries.case(get_session(), current_user().scope, case_id).proposals

    @requires(Role.INSPECTOR)
    @blp.arguments(PenaltyProposalIn)
    @blp.response(201, PenaltyProposalOut)
    def post(self, said: dict[str, Any], case_id: int) -> Any:
        """Propose a penalty, or none, in a case as it was looked at"""
        session, person = get_session(), current_user()
        found = queries.case(session, person.scope, case_id, to_change=True)
        facts = said_of(said)
        said["earlier"] = tuple(said["earlier"])
        return penalties.propose(
            session, found, facts, said.pop("suggested"), **said, by=person, now=datetime.now(UTC)
        )


@blp.route("/<int:case_id>/proposals/<int:seq>/ruling", methods=["POST"])
@requires(Role.LEGAL_REVIEWER)
@blp.arguments(PenaltyRulingIn)
@blp.response(201, PenaltyProposalOut)
def decide(said: dict[str, Any], case_id: int, seq: int) -> Any:
    """Decide on the proposal that counts, as the case was looked at"""
    session, person = get_session(), current_user()
    found = queries.case(session, person.scope, case_id, to_change=True)
    penalties.decide(session, found, seq, said.pop("chosen"), **said, by=person, now=datetime.now(UTC))
    return found.proposal
