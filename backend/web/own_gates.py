"""A school corrects its own gates and its outline (校门位置对吗): what it says waits for a supervisor."""

import math
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import shapely
from flask import redirect, render_template, request, url_for
from marshmallow import Schema, fields, validate

from backend.accounts.auth import Role, current_user, requires
from backend.core.days import today
from backend.core.errors import InvalidInput, PersonalNumberFound, Refusal
from backend.core.fields import FreeText
from backend.core.positions import to_register
from backend.core.web import get_session
from backend.maps.frame import frame_of
from backend.proposals import actions, queries
from backend.proposals.errors import ProposalChanged
from backend.proposals.values import REGISTER
from backend.protected_sites.models import Site
from backend.web import beneath
from backend.web.forms import by_words, loaded
from backend.web.own_school import own_site
from backend.web.shell import pages
from backend.web.sketches import sketch_of
from backend.web.static_files import asset
from backend.web.words import portal as words
from backend.web.words import t
from geodata.distance import point_to_geometry_m

MOST_NEW, MOST_CORNERS, FARTHEST_M = 3, 500, 1000.0
_AROUND_M = 100.0  # of the map at first
_WORDS = ("asking", "found", "not_found", "marked", "full", "other_crs")  # of the script
_REFUSED = (InvalidInput, PersonalNumberFound, ProposalChanged)


class OwnChangeIn(Schema):
    """What a school says beside the places themselves; which school it is, the account says."""

    uuid = fields.UUID(required=True)
    seen_version = fields.Integer(required=True, validate=validate.Range(min=1))
    reason = FreeText(required=True, min_length=2, max_length=1000)
    effective_on = fields.Date(required=True)


@pages.get("/own-school/gates")
@requires(Role.REPORTER)
def own_gates() -> Any:
    """The school and its gates by the register, and the forms that correct them."""
    return _page({}, None)


@pages.post("/own-school/gates")
@requires(Role.REPORTER)
def change_own_gates() -> Any:
    """Send a correction; the same form sent twice is kept once."""
    site = own_site()
    if site is None:
        return redirect(url_for("pages.own_school"), 303)
    try:
        said = loaded(OwnChangeIn(), request.form, "gates_")
        if said["seen_version"] != site.version:
            raise InvalidInput(gate="changed_meanwhile")
        told = said | {"uuid": str(said["uuid"]), "values": _values(site)}
        actions.propose(get_session(), "site", site.id, told, by=current_user(), now=datetime.now(UTC))
    except _REFUSED as refusal:
        return _page(request.form, by_words(refusal, "gates_")), refusal.code
    return redirect(url_for("pages.own_gates", _anchor="sent"), 303)


def _page(given: Any, refusal: Refusal | None) -> Any:
    site, session, person = own_site(), get_session(), current_user()
    if site is None:
        return redirect(url_for("pages.own_school"), 303)
    frame = frame_of(session, person.scope, site.id, around_m=_AROUND_M)
    sent, _ = queries.list_proposals(session, person, site_id=site.id)
    return render_template(
        "own_gates.html",
        site=site, given=given, refusal=refusal, gates=_gates(site), most=MOST_NEW, sent=sent,
        sketch=sketch_of(site, [], {}), today=today(), uuids=[str(uuid4()), str(uuid4())],
        words={name: getattr(t, f"gate_{name}") for name in _WORDS}, credit=beneath.credit(),
        sheet=beneath.sheet(frame) | {"css": asset("desk/maps.css"), "words": beneath.words()},
    )  # fmt: skip


def _gates(site: Site) -> list[shapely.Point]:
    return [] if site.known_gates is None else list(site.known_gates.geoms)


def _values(site: Site) -> dict[str, Any]:
    """The gates or the outline as somebody would propose them; both in the register's own reference."""
    return _new_outline(site) if "corners" in request.form else _new_gates(site)


def _new_gates(site: Site) -> dict[str, Any]:
    known, kept = _gates(site), request.form.getlist("keep", type=int)
    new = [one for number in range(1, MOST_NEW + 1) if (one := _typed_gate(site, number)) is not None]
    if not new and len(set(kept)) == len(known):
        raise InvalidInput(gate="unchanged")
    gates = shapely.MultiPoint([one for at, one in enumerate(known) if at in kept] + new)
    if site.place.geom_type != "MultiPoint":
        return {"gates": None if gates.is_empty else gates, "crs": REGISTER}
    if gates.is_empty:
        raise InvalidInput(gate="required")  # nothing else is known of where the school is
    return _placed(gates, REGISTER)


def _typed_gate(site: Site, number: int) -> shapely.Point | None:
    typed = [request.form.get(f"{name}_{number}", "").strip() for name in ("lon", "lat")]
    if not any(typed):
        return None
    gate = shapely.Point([_degrees(text, "gate") for text in typed])
    return _near(site, to_register(gate, request.form.get(f"crs_{number}"))[0], "gate")


def _new_outline(site: Site) -> dict[str, Any]:
    lines = [line for line in request.form["corners"].splitlines() if line.strip()][: MOST_CORNERS + 1]
    corners = [[_degrees(text, "outline") for text in line.replace("，", ",").split(",")] for line in lines]
    if not 3 <= len(corners) <= MOST_CORNERS or {len(corner) for corner in corners} != {2}:
        raise InvalidInput(outline="wrong")
    crs = request.form.get("crs", "")
    outline, _ = to_register(shapely.Polygon(corners), crs)
    if not outline.is_valid or not outline.area:
        raise InvalidInput(outline="no_outline")
    gates = {"gates": site.known_gates} if site.place.geom_type == "MultiPoint" else {}
    return _placed(_near(site, outline, "outline"), crs) | gates


def _placed(place: shapely.Geometry, crs: str) -> dict[str, Any]:
    """A position with what is known of it: nobody said how exact it is."""
    source = words.gates_source.zh.format(crs=crs)  # the register speaks Chinese
    return {"place": place, "crs": REGISTER, "capture": "map", "source": source}


def _degrees(text: str, name: str) -> float:
    try:
        degrees = float(text)
    except ValueError:
        degrees = math.nan
    if not abs(degrees) <= 180:
        raise InvalidInput(**{name: "wrong"})
    return degrees


def _near(site: Site, place: shapely.Geometry, name: str) -> shapely.Geometry:
    """The same place; one far from the school has a wrong number in it, or another reference."""
    corners = shapely.get_coordinates(place).tolist()
    if any(point_to_geometry_m(lon, lat, site.place) > FARTHEST_M for lon, lat in corners):
        raise InvalidInput(**{name: "far_away"})
    return place
