"""Proposed changes: what waits, and one of them side by side with the register."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import shapely
from flask import render_template, request
from markupsafe import Markup
from marshmallow import ValidationError

from backend.accounts import queries as accounts
from backend.accounts.auth import Role, current_user, requires
from backend.core.errors import InvalidInput
from backend.core.web import get_session
from backend.inspections.queries import visit_of_instance
from backend.proposals import actions, queries, values
from backend.proposals.api import READERS
from backend.proposals.models import Proposal, State
from backend.proposals.queries import FieldNow
from backend.proposals.schemas import DecisionIn, ProposalFilter, RefusalIn
from backend.protected_sites.queries import names_of as site_names
from backend.protected_sites.queries import sites_near
from backend.screening.sketch import Words, draw_change
from backend.venues.queries import names_of as venue_names
from backend.web.shell import pages
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.words import t

AROUND_M = 300.0


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field in words, side by side."""

    name: str
    base: str
    theirs: str
    mine: str
    outcome: str
    pick: str | None
    waits: bool


@pages.get("/proposals")
@requires(*READERS)
def proposals() -> Any:
    """What was proposed: first of all what waits."""
    number, place = page_asked()
    given, chosen = filters_asked(ProposalFilter(only=("state",)))
    session, person = get_session(), current_user()
    rows, total = queries.list_proposals(session, person, **chosen, **place)
    return render_template(
        "proposals.html",
        page=Page(rows, total, number), given=given,
        states=[(state, t.named("proposal_state", state)) for state in State],
        venues=venue_names(session, {row.venue_id for row in rows if row.venue_id}),
        sites=site_names(session, {row.site_id for row in rows if row.site_id}),
        people=accounts.names_of(session, [actor for row in rows for actor in _proposers(row)]),
    )  # fmt: skip


@pages.get("/proposals/<uuid:uuid>")
@requires(*READERS)
def proposal(uuid: UUID) -> Any:
    """One proposal, field by field."""
    return _page(queries.proposal(get_session(), current_user(), str(uuid)))


@pages.post("/proposals/<uuid:uuid>")
@requires(Role.INSPECTOR, Role.SUPERVISOR)
def settle_proposal(uuid: UUID) -> Any:
    """Decide, refuse or withdraw it."""
    session, person, now = get_session(), current_user(), datetime.now(UTC)
    found = queries.proposal(session, person, str(uuid))
    deed = request.form.get("deed")
    if deed == "withdraw":
        actions.withdraw(session, found, by=person, now=now)
    elif deed == "refuse" and person.role is Role.SUPERVISOR:
        actions.refuse(session, found, **_said(RefusalIn(), ("reason",)), by=person, now=now)
    elif deed == "decide" and person.role is Role.SUPERVISOR:
        picks = {name.removeprefix("pick-"): pick for name, pick in request.form.items() if "pick-" in name}
        said = _said(DecisionIn(), ("row_version", "reason"), picks=picks)
        actions.decide(session, found, **said, by=person, now=now)
    else:
        raise InvalidInput(deed="choose_one")
    return _page(found)


def _said(schema: Any, names: tuple[str, ...], **more: Any) -> dict[str, Any]:
    given = {name: request.form[name].strip() for name in names if request.form.get(name, "").strip()}
    try:
        said: dict[str, Any] = schema.load(given | more)
    except ValidationError as problem:
        raise InvalidInput(**dict.fromkeys(problem.messages, "required")) from None
    return said


def _page(found: Proposal) -> Any:
    session, person = get_session(), current_user()
    row = queries.row_of(session, person, found)
    fields = queries.fields_now(found, row)
    people = [*_proposers(found), f"user:{found.decided_by or 0}"]
    evidence = found.evidence_instance_id and visit_of_instance(
        session, person.scope, found.evidence_instance_id
    )
    return render_template(
        "proposal.html",
        proposal=found, row=row, fields=[_shown(found, one) for one in fields], sketch=_sketch(row, fields),
        people=accounts.names_of(session, people), evidence=evidence,
        is_waiting=found.state == State.WAITING, is_own=found.user_id == person.id,
        may_decide=found.state == State.WAITING and person.role is Role.SUPERVISOR,
    )  # fmt: skip


def _proposers(found: Proposal) -> list[str]:
    """The officer, or at least the tablet, as the audit knows them."""
    return [f"user:{found.user_id or 0}", f"device:{found.device_id or 0}"]


def _shown(found: Proposal, one: FieldNow) -> FieldShown:
    base = _in_words(one.name, one.base) if one.was_seen else t.proposal_not_seen
    waits = found.state == State.WAITING and one.name in found.waiting_fields
    return FieldShown(
        one.name, base, _in_words(one.name, one.theirs), _in_words(one.name, one.mine), one.outcome,
        one.pick, waits,
    )  # fmt: skip


def _in_words(name: str, value: Any) -> str:
    """A kept value as a person reads it."""
    if name in ("place", "gates"):
        return _where(value)
    if not value:
        return t.not_stated
    if name == "activities":
        return t.activities_named(value)
    if name == "licences":
        return t.one_after_another(map(_licence, value))
    return t.site_kind_name(value) if name == "kind" else str(value)


def _where(value: Any) -> str:
    shape = values.geometry(value)
    if shape is None:
        return t.position_none
    if shape.geom_type == "Point":
        said = t.position_exact.format(lon=f"{shape.x:.6f}", lat=f"{shape.y:.6f}")
    elif shape.geom_type == "MultiPoint":
        said = t.proposal_gates.format(count=len(shape.geoms))
    else:
        said = t.proposal_outline.format(corners=len(shapely.get_coordinates(shape)))
    accuracy_m = value.get("accuracy_m")
    more = [] if accuracy_m is None else [t.accuracy_stated.format(metres=f"{accuracy_m:g}")]
    return t.one_after_another([said, *more])


def _licence(licence: dict[str, Any]) -> str:
    activity = t.activity_name(licence["activity"]) if licence["activity"] else t.not_stated
    days = {
        name: licence[f"{name}_on"] or t.not_stated if f"{name}_on" in licence else t.not_stated
        for name in ("issued", "expires")
    }
    return t.proposal_licence.format(number=licence["number"], activity=activity, **days)


def _sketch(row: Any, fields: list[FieldNow]) -> Markup | None:
    """Before and after of a position, an outline or gates, among the sites around."""
    moved = [one for one in fields if one.name in ("place", "gates")]
    before, after = ([values.geometry(getattr(one, which)) for one in moved] for which in ("theirs", "mine"))
    known = [shape for shape in (*before, *after) if shape is not None]
    if not known:
        return None
    title = t.proposal_sketch.format(name=row.name or row.ref)
    svg = draw_change(
        _together(before), _together(after), _around(row, known[0]),
        words=Words(title=title, north=t.sketch_north, metres=t.sketch_metres),
        labels=(t.proposal_before, t.proposal_after),
    )  # fmt: skip
    return Markup(svg)  # noqa: S704  (made by `draw_change`, which escapes every word)


def _together(shapes: list[shapely.Geometry | None]) -> shapely.Geometry | None:
    known = [part for shape in shapes if shape is not None for part in shapely.get_parts(shape)]
    return shapely.GeometryCollection(known) if known else None


def _around(row: Any, place: shapely.Geometry) -> list[shapely.Geometry]:
    centre = place.representative_point()
    near = sites_near(get_session(), centre.x, centre.y, AROUND_M)
    return [site.place for site in near if (site.id, site.ref) != (row.id, row.ref)]
