"""HTTP doors to who gave a tip (反映人): asked for by one, agreed to by another, each look noted."""

from datetime import UTC, datetime
from typing import Any

from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core.web import deployment, get_session
from backend.tips import informants, queries
from backend.tips.models import InformantRequest, Tip
from backend.tips.schemas import (
    InformantAskIn,
    InformantOut,
    InformantReachOut,
    InformantReasonOut,
    InformantRequestOut,
    TipOut,
)

blp = Blueprint(
    "informants", __name__, url_prefix="/api/v1/tips", description="Who gave a tip: opened by two people"
)


@blp.route("/<int:tip_id>/informant")
@requires(Role.SUPERVISOR)
@blp.response(200, InformantOut)
def informant(tip_id: int) -> Any:
    """Show who gave a tip to whoever a second person opened it to; the look is noted"""
    return shown(tip_id)


@blp.route("/<int:tip_id>/informant/reach")
@requires(Role.SUPERVISOR)
@blp.response(200, InformantReachOut)
def reach(tip_id: int) -> Any:
    """Show how to reach who gave it, to whoever answered it; the look is noted"""
    return {"reach": reached(tip_id)}


@blp.route("/<int:tip_id>/informant/told", methods=["POST"])
@requires(Role.SUPERVISOR)
@blp.response(200, TipOut)
def told(tip_id: int) -> Tip:
    """Note that the answer was sent directly"""
    return noted_as_told(tip_id)


@blp.route("/<int:tip_id>/informant/requests", methods=["POST"])
@requires(Role.SUPERVISOR)
@blp.arguments(InformantAskIn)
@blp.response(201, InformantRequestOut)
def ask(said: dict[str, str], tip_id: int) -> InformantRequest:
    """Ask to see who gave a tip, and say why"""
    return asked(tip_id, said)


@blp.route("/informant-requests/<int:request_id>/reason")
@requires(Role.SUPERVISOR)
@blp.response(200, InformantReasonOut)
def reason(request_id: int) -> Any:
    """Say why somebody asks, to whoever may agree; the look is noted"""
    return {"reason": reason_read(request_id)}


@blp.route("/informant-requests/<int:request_id>/agree", methods=["POST"])
@requires(Role.SUPERVISOR)
@blp.response(200, InformantRequestOut)
def agree(request_id: int) -> InformantRequest:
    """Agree to another person's request"""
    return agreed(request_id)


def shown(tip_id: int) -> Any:
    """Who gave a tip; the look is in the audit trail before it goes out."""
    person = current_user()
    with deployment().unit_of_work() as session:
        found = queries.tip(session, person.scope, tip_id)
        return informants.look(session, found, by=person, now=datetime.now(UTC))


def reached(tip_id: int) -> str:
    """How to reach them for the reply; the look is in the audit trail before it goes out."""
    person = current_user()
    with deployment().unit_of_work() as session:
        found = queries.tip(session, person.scope, tip_id)
        return informants.to_reply(session, found, by=person)


def reason_read(request_id: int) -> str:
    """Why somebody asks; the look is in the audit trail before it goes out."""
    person = current_user()
    with deployment().unit_of_work() as session:
        return informants.reason_of(session, person.scope, request_id, by=person)


def asked(tip_id: int, said: dict[str, str]) -> InformantRequest:
    """Ask to see who gave a tip."""
    session, person = get_session(), current_user()
    found = queries.tip(session, person.scope, tip_id)
    return informants.ask(session, found, **said, by=person, now=datetime.now(UTC))


def agreed(request_id: int) -> InformantRequest:
    """Agree to another person's request."""
    minutes, now = deployment().settings.unseal_minutes, datetime.now(UTC)
    return informants.agree(get_session(), request_id, by=current_user(), minutes=minutes, now=now)


def noted_as_told(tip_id: int) -> Tip:
    """Note that the answer was sent directly."""
    session, person = get_session(), current_user()
    found = queries.tip(session, person.scope, tip_id, to_change=True)
    return informants.told(session, found, by=person, now=datetime.now(UTC))
