"""HTTP doors for street leads from tablets."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import request
from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role
from backend.accounts.tablets import current_tablet, requires_tablet
from backend.core.web import get_session
from backend.intake import leads
from backend.intake.schemas import HeldOut, LeadIn, LeadOut
from backend.tips import actions, queries
from backend.tips.pictures import ready
from backend.tips.rules import LARGEST_PICTURE

tablet_blp = Blueprint("tablet_leads", __name__, url_prefix="/tablet", description="Leads from the street")


@tablet_blp.before_request
def _limit() -> None:
    """No request here is larger than a picture."""
    request.max_content_length = LARGEST_PICTURE


@tablet_blp.route("/leads", methods=["POST"])
@requires_tablet(Role.INSPECTOR)
@tablet_blp.arguments(LeadIn)
@tablet_blp.response(201, LeadOut)
@tablet_blp.alt_response(200, schema=LeadOut, description="Already here: it was sent again")
def receive(said: dict[str, Any]) -> Any:
    """Keep a lead; the same record again is harmless"""
    record, signature = (said[name].encode() for name in ("record", "signature"))
    tip, is_new = leads.receive(get_session(), record, signature, by=current_tablet(), now=datetime.now(UTC))
    return tip, 201 if is_new else 200


@tablet_blp.route("/leads/<uuid:uuid>")
class Lead(MethodView):
    @requires_tablet(Role.INSPECTOR)
    @tablet_blp.response(200, HeldOut)
    def get(self, uuid: UUID) -> Any:
        """Say by their hashes what is kept of an own lead: what is named here may leave the tablet"""
        return leads.held(get_session(), current_tablet(), str(uuid))


@tablet_blp.route("/leads/<uuid:uuid>/pictures/<name>", methods=["POST"])
@requires_tablet(Role.INSPECTOR)
@tablet_blp.response(201, LeadOut)
@tablet_blp.alt_response(200, schema=LeadOut, description="Already here: it was sent again")
def receive_picture(uuid: UUID, name: str) -> Any:
    """Keep a picture that an own lead names; the body is its bytes"""
    picture = ready(request.get_data())  # read whole before a session may hold up other writers
    session, tablet = get_session(), current_tablet()
    tip = queries.own(session, tablet, str(uuid))
    _, is_new = actions.add_picture(session, tip, name, picture, by=tablet.actor, now=datetime.now(UTC))
    return tip, 201 if is_new else 200
