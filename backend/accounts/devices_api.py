"""HTTP doors of tablets: who has which, letting them in and refusing them."""

from datetime import UTC, datetime
from typing import Any

from flask import request
from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts import actions, devices, enrolment, tablet_officers
from backend.accounts.auth import STRANGERS_SEND, Role, current_user, requires
from backend.accounts.device_schemas import (
    DeviceFilter,
    DeviceOut,
    EnrolledOut,
    EnrolmentIn,
    OfferIn,
    OfferOut,
    OfficerIn,
    OfficerOut,
    RevocationIn,
    WipeOut,
)
from backend.accounts.tablets import current_tablet, refuse_in_the_clear, requires_tablet
from backend.core.errors import SignInNeeded
from backend.core.web import deployment, get_session

blp = Blueprint("devices", __name__, url_prefix="/api/v1", description="Tablets")
tablet_blp = Blueprint(
    "enrolment", __name__, url_prefix="/tablet", description="Where tablets and officers come in"
)
KEEPERS = (Role.SUPERVISOR, Role.SYSTEM_ADMIN)


@blp.route("/devices")
@requires(*KEEPERS)
@blp.arguments(DeviceFilter, location="query")
@blp.response(200, DeviceOut(many=True))
@blp.paginate(max_page_size=200)
def listed(chosen: dict[str, Any], pagination_parameters: Any) -> Any:
    """List the tablets in one's care, newest first"""
    page = {"offset": pagination_parameters.first_item, "limit": pagination_parameters.page_size}
    person, now = current_user(), datetime.now(UTC)
    rows, total = devices.list_devices(get_session(), person.scope, now=now, **chosen, **page)
    pagination_parameters.item_count = total
    return rows


@blp.route("/devices/<int:device_id>")
@requires(*KEEPERS)
@blp.response(200, DeviceOut)
def shown(device_id: int) -> Any:
    """Show a tablet"""
    return devices.device_in_care(get_session(), current_user().scope, device_id)


@blp.route("/devices/<int:device_id>/revocation", methods=["POST"])
@requires(*KEEPERS)
@blp.arguments(RevocationIn)
@blp.response(200, DeviceOut)
def revoke(said: dict[str, Any], device_id: int) -> Any:
    """Refuse a tablet from now on"""
    person, session = current_user(), get_session()
    device = devices.device_in_care(session, person.scope, device_id)
    actions.revoke_device(session, device.id, **said, by=person.actor, now=datetime.now(UTC))
    return device


@blp.route("/device-enrolments", methods=["POST"])
@requires(*KEEPERS)
@blp.arguments(OfferIn)
@blp.response(201, OfferOut)
def offer(said: dict[str, Any]) -> Any:
    """Make a code that lets one tablet in within 15 minutes; it is in the answer, and nowhere else"""
    person, session, name, days = current_user(), get_session(), said.pop("name"), said.pop("days")
    whose = devices.for_whom(session, person.scope, **said)
    offered, code = enrolment.offer(
        session, name=name, days=days, **whose, by=person.actor, now=datetime.now(UTC)
    )
    return {"code": code, "qr_text": qr_text(code), "expires_at": offered.expires_at}


def qr_text(code: str) -> str:
    """What the square on the screen says: where to enrol, and with what. A browser sends no fragment."""
    return f"{deployment().settings.public_url}/tablet/enrolment#{code}"


class Enrolment(MethodView):
    @tablet_blp.arguments(EnrolmentIn)
    @tablet_blp.response(201, EnrolledOut)
    def post(self, said: dict[str, Any]) -> Any:
        """Bring a code and a new key; the answer holds the tablet's token, and nothing else does

        `signature` is ECDSA P-256 with SHA-256 over `humiao-enrolment-v1`, a line feed, the code in capitals
        without hyphens, a line feed, and the bytes of the public key.
        """
        now = datetime.now(UTC)
        with deployment().reading() as session:  # strangers with invented codes hold up nobody who writes
            enrolment.usable(session, said["code"], now)
        device, token = enrolment.enrol(get_session(), **said, now=now)
        keys = deployment().keys
        public = {"package_key": keys.package_public, "rescue_key": keys.newest_rescue.public}
        return {"device": device, "token": token} | public


@tablet_blp.route("/officers", methods=["POST"])
@requires_tablet(Role.INSPECTOR)
@tablet_blp.arguments(OfficerIn)
@tablet_blp.response(200, OfficerOut)
def officer(said: dict[str, Any]) -> Any:
    """Say who works with this tablet: an inspector of its agency and areas, by name and password"""
    address, now = request.remote_addr or "", datetime.now(UTC)
    return tablet_officers.sign_in(deployment(), current_tablet(), **said, address=address, now=now)


@tablet_blp.route("/wipe")
@tablet_blp.response(200, WipeOut)
def wipe() -> Any:
    """Tell a tablet that was revoked to destroy what opens its content; signed, so that nobody else can

    `signature` is by the key of packages over `humiao-wipe-v1`, a line feed, and the bytes of `said`.
    """
    shown = request.authorization
    if shown is None or shown.type != "bearer" or not shown.token:
        raise SignInNeeded()
    return enrolment.wipe(deployment(), token=shown.token)


@tablet_blp.before_request
def _strangers() -> None:
    request.max_content_length = STRANGERS_SEND
    refuse_in_the_clear()


tablet_blp.route("/enrolment")(Enrolment)
