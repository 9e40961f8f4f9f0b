"""Tablets (平板管理): the list, one tablet, letting one in by a square on the screen, refusing a lost one."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import render_template, request

from backend.accounts import actions, devices, enrolment
from backend.accounts.auth import current_user, requires
from backend.accounts.device_schemas import DeviceFilter
from backend.accounts.devices_api import KEEPERS, qr_text
from backend.accounts.models import Device
from backend.accounts.queries import area_names
from backend.accounts.rules import DeviceState, Revoked
from backend.core.errors import InvalidInput, Refusal
from backend.core.web import deployment, get_session
from backend.intake import collect, queries
from backend.web.qr import qr_picture
from backend.web.shell import pages, with_refusal
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.words import t

DAYS = 180
STATE_KINDS = {DeviceState.ACTIVE: "clear", DeviceState.EXPIRED: "survey", DeviceState.REVOKED: "inside"}


@pages.get("/devices")
@requires(*KEEPERS)
def device_list() -> Any:
    """The tablets in one's care."""
    number, place = page_asked()
    given, chosen = filters_asked(DeviceFilter())
    now = datetime.now(UTC)
    rows, total = devices.list_devices(get_session(), current_user().scope, now=now, **chosen, **place)
    return render_template(
        "devices.html", page=Page(rows, total, number), given=given, state=_state, package=_package,
        states=[(one, t.named("device_state", one)) for one in DeviceState],
    )  # fmt: skip


@pages.get("/devices/new")
@requires(*KEEPERS)
def new_device() -> Any:
    """The form for letting a tablet in."""
    return render_template("device_new.html", refusal=None, given={}, **_choices())


@pages.post("/devices/new")
@requires(*KEEPERS)
def offer_device() -> Any:
    """Show the square once: an enrolment code for our own tablet, or the settings of ODK Collect."""
    person, session, given = current_user(), get_session(), request.form
    try:
        said = _read(given)
        whose = devices.for_whom(session, person.scope, **said.pop("whose"))
        if given.get("app") == "collect":
            return _collect(said | whose)
        offered, code = enrolment.offer(session, **said, **whose, by=person.actor, now=datetime.now(UTC))
    except Refusal as refusal:
        return with_refusal("device_new.html", refusal, given=given, **_choices())
    return render_template(
        "device_offer.html", offered=offered, code=code, picture=qr_picture(qr_text(code))
    ), 201


@pages.get("/devices/<int:device_id>")
@requires(*KEEPERS)
def device(device_id: int) -> Any:
    """One tablet, and what can be done with it."""
    return _page(_in_care(device_id))


@pages.post("/devices/<int:device_id>")
@requires(*KEEPERS)
def refuse_device(device_id: int) -> Any:
    """Refuse the tablet from now on."""
    if (deed := request.form.get("deed")) not in list(Revoked):
        raise InvalidInput(deed="choose_one")
    found = _in_care(device_id)
    person = current_user()
    actions.revoke_device(
        get_session(), device_id, because=Revoked(deed), by=person.actor, now=datetime.now(UTC)
    )
    return _page(found)


@pages.get("/devices/<int:device_id>/lost")
@requires(*KEEPERS)
def lost_device(device_id: int) -> Any:
    """What was on a tablet that nobody can find, and what to do."""
    return _page(_in_care(device_id), "device_lost.html")


def _collect(said: dict[str, Any]) -> Any:
    admitted, settings = collect.admit(
        get_session(), deployment().settings, **said, by=current_user().actor, now=datetime.now(UTC)
    )
    return render_template(
        "device_collect.html", device=admitted, address=settings["general"]["server_url"],
        password=settings["admin"]["admin_pw"], picture=qr_picture(collect.packed(settings)),
    ), 201  # fmt: skip


def _in_care(device_id: int) -> Device:
    return devices.device_in_care(get_session(), current_user().scope, device_id)


def _page(found: Device, template: str = "device.html") -> Any:
    session = get_session()
    return render_template(
        template, device=found, state=_state, package=_package,
        area_names=area_names(session, found.areas_now), sent=queries.sent_by(session, found.id),
    )  # fmt: skip


def _state(one: Device) -> tuple[str, str]:
    state = devices.state_of(one, datetime.now(UTC))
    return t.named("device_state", state), STATE_KINDS[state]


def _package(one: Device) -> tuple[str, str]:
    """What the tablet carries, in words, and the kind of chip."""
    if one.package_expires_at is None:
        return t.package_none, "plain"
    is_good = one.package_expires_at > datetime.now(UTC)
    return (t.package_good, "clear") if is_good else (t.package_over, "survey")


def _choices() -> dict[str, Any]:
    session, scope = get_session(), current_user().scope
    officers = devices.officers_to_equip(session, scope)
    agencies = devices.agencies_to_equip(session, scope)
    return {
        "officers": [(one.id, f"{one.display_name} {one.login}") for one in officers],
        "agencies": [(one.id, t.agency_name(one.names)) for one in agencies],
        "apps": [("own", t.device_app_own)]
        + ([("collect", t.device_app_collect)] if deployment().settings.collect_door else []),
        "days": DAYS,
    }


def _read(given: Any) -> dict[str, Any]:
    """The fields of the form in the types that the deeds take. Raises InvalidInput."""
    name, days = given.get("device_name", "").strip(), given.get("device_days", DAYS, type=int)
    if not 0 < len(name) <= 64:
        raise InvalidInput(device_name="required")
    if not 0 < days <= timedelta(days=3660).days:
        raise InvalidInput(device_days="wrong")
    areas = ["" if code == "*" else code for code in given.get("areas", "").replace(",", " ").split()]
    if any(len(code) > 16 for code in areas):
        raise InvalidInput(areas="areas_needed")
    whose = {name: given.get(name, type=int) for name in ("user_id", "agency_id")}
    return {"name": name, "days": days, "whose": whose | {"areas": areas}}
