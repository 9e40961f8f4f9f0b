"""HTTP doors of proposals: for tablets and desks that propose, and for those who decide."""

from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.accounts.tablets import current_tablet, requires_tablet
from backend.core.paging import OnePage
from backend.core.web import get_session
from backend.proposals import actions, queries
from backend.proposals.schemas import (
    DecisionIn,
    ProposalDetailOut,
    ProposalFilter,
    ProposalOut,
    RefusalIn,
    SiteProposalIn,
    VenueProposalIn,
)

blp = Blueprint("proposals", __name__, url_prefix="/api/v1", description="Changes that officers propose")
tablet_blp = Blueprint(
    "tablet_proposals", __name__, url_prefix="/tablet", description="Changes from the field"
)
PROPOSERS = (Role.INSPECTOR, Role.SUPERVISOR)
READERS = (*PROPOSERS, Role.COORDINATOR)
_AGAIN = {"schema": ProposalOut, "description": "Already here: it was sent again"}


@blp.route("/venues/<int:venue_id>/proposals", methods=["POST"])
@requires(*PROPOSERS)
@blp.arguments(VenueProposalIn)
@blp.response(201, ProposalOut)
@blp.alt_response(200, **_AGAIN)
def about_venue(said: dict[str, Any], venue_id: int) -> Any:
    """Propose a change of a venue; the same UUID again is harmless"""
    return _propose("venue", venue_id, said, current_user())


@blp.route("/sites/<int:site_id>/proposals", methods=["POST"])
@requires(*PROPOSERS)
@blp.arguments(SiteProposalIn)
@blp.response(201, ProposalOut)
@blp.alt_response(200, **_AGAIN)
def about_site(said: dict[str, Any], site_id: int) -> Any:
    """Propose a change of a site; the same UUID again is harmless"""
    return _propose("site", site_id, said, current_user())


@tablet_blp.route("/venues/<int:venue_id>/proposals", methods=["POST"])
@requires_tablet(Role.INSPECTOR)
@tablet_blp.arguments(VenueProposalIn)
@tablet_blp.response(201, ProposalOut)
@tablet_blp.alt_response(200, **_AGAIN)
def venue_from_field(said: dict[str, Any], venue_id: int) -> Any:
    """Propose a change of a venue from the field; the same UUID again is harmless"""
    return _propose("venue", venue_id, said, current_tablet())


@tablet_blp.route("/sites/<int:site_id>/proposals", methods=["POST"])
@requires_tablet(Role.INSPECTOR)
@tablet_blp.arguments(SiteProposalIn)
@tablet_blp.response(201, ProposalOut)
@tablet_blp.alt_response(200, **_AGAIN)
def site_from_field(said: dict[str, Any], site_id: int) -> Any:
    """Propose a change of a site from the field; the same UUID again is harmless"""
    return _propose("site", site_id, said, current_tablet())


def _propose(kind: str, row_id: int, said: dict[str, Any], by: actions.Proposer) -> Any:
    told = said | {"uuid": str(said["uuid"])}
    proposal, is_new = actions.propose(get_session(), kind, row_id, told, by=by, now=datetime.now(UTC))
    return proposal, 201 if is_new else 200


@tablet_blp.route("/proposals/<uuid:uuid>")
@requires_tablet(Role.INSPECTOR)
@tablet_blp.response(200, ProposalOut)
def became(uuid: UUID) -> Any:
    """Show what became of an own proposal"""
    return queries.proposal(get_session(), current_tablet(), str(uuid))


@blp.route("/proposals")
class Proposals(MethodView):
    @requires(*READERS)
    @blp.arguments(ProposalFilter, location="query")
    @blp.response(200, ProposalOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List proposals about rows of one's areas; an inspector sees the own ones"""
        return partial(queries.list_proposals, get_session(), current_user(), **chosen)


@blp.route("/proposals/<uuid:uuid>")
@requires(*READERS)
@blp.response(200, ProposalDetailOut)
def proposal(uuid: UUID) -> Any:
    """Show a proposal field by field beside what the register says now"""
    session, person = get_session(), current_user()
    found = queries.proposal(session, person, str(uuid))
    row = queries.row_of(session, person, found)
    return {
        "proposal": found,
        "row_version": row.version,
        "fields_now": queries.fields_now(found, row),
    }


@blp.route("/proposals/<uuid:uuid>/decision", methods=["POST"])
@requires(Role.SUPERVISOR)
@blp.arguments(DecisionIn)
@blp.response(200, ProposalOut)
def decision(said: dict[str, Any], uuid: UUID) -> Any:
    """Pick the register's value or the proposed one, for each field that waits"""
    session, person = get_session(), current_user()
    found = queries.proposal(session, person, str(uuid))
    return actions.decide(session, found, **said, by=person, now=datetime.now(UTC))


@blp.route("/proposals/<uuid:uuid>/refusal", methods=["POST"])
@requires(Role.SUPERVISOR)
@blp.arguments(RefusalIn)
@blp.response(200, ProposalOut)
def refusal(said: dict[str, Any], uuid: UUID) -> Any:
    """Leave the register as it is, and say why"""
    session, person = get_session(), current_user()
    found = queries.proposal(session, person, str(uuid))
    return actions.refuse(session, found, **said, by=person, now=datetime.now(UTC))


@blp.route("/proposals/<uuid:uuid>/withdrawal", methods=["POST"])
@requires(*PROPOSERS)
@blp.response(200, ProposalOut)
def withdrawal(uuid: UUID) -> Any:
    """Take back one's own proposal"""
    session, person = get_session(), current_user()
    found = queries.proposal(session, person, str(uuid))
    return actions.withdraw(session, found, by=person, now=datetime.now(UTC))
