"""The register of venues (场所名录), and one venue: papers, distances, what inspections found."""

from collections.abc import Iterator
from typing import Any

from flask import Response, render_template
from marshmallow import fields, validate

from backend.accounts.auth import Role, current_user, requires
from backend.accounts.queries import area_names, areas_in_scope
from backend.cases.api import OPENERS
from backend.core.days import today
from backend.core.spreadsheets import csv_answer
from backend.core.web import deployment, get_session
from backend.credit import queries as credit
from backend.documents.queries import made_of
from backend.inspections import api as inspections
from backend.rulebook import queries as rulebook
from backend.screening.listing import Listed, list_register, whole_register
from backend.screening.queries import SHOWN_M
from backend.screening.results import newest_run
from backend.screening.rules import Verdict
from backend.staff_queries.api import OVERSEERS
from backend.venues import queries
from backend.venues.api import READERS
from backend.venues.schemas import VenueFilter
from backend.web.distances import metres, shown_distances, worst_of
from backend.web.found import found_at, item_name
from backend.web.noted import notes_at
from backend.web.shell import pages
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.words import t

NO_POSITION = "no_position"
OFFICERS = (Role.INSPECTOR, Role.SUPERVISOR, Role.LEGAL_REVIEWER, Role.COORDINATOR)
CLINICS = ("medical_aesthetics",)  # the one kind of venue that may be a unit in close contact with minors


class RegisterFilter(VenueFilter):
    """What one may look for on the page of the register."""

    class Meta:
        exclude = ("has_position",)

    verdict = fields.String(validate=validate.OneOf([*Verdict, NO_POSITION]))
    licensed_since = fields.Date()


@pages.get("/venues")
@requires(*READERS)
def venues() -> Any:
    """The venues of one's areas, with the verdict of the newest screening."""
    number, place = page_asked()
    given, chosen = filters_asked(RegisterFilter())
    session, scope = get_session(), current_user().scope
    rows, total = list_register(session, scope, **_as_query(chosen), **place)
    return render_template(
        "venues.html",
        page=Page(rows, total, number), given=given, run=newest_run(session), state=verdict_in_words,
        activities=[(one.id, t.activity_name(one.id)) for one in _activities()],
        verdicts=[(one, t.verdict_name(one)) for one in Verdict] + [(NO_POSITION, t.position_none)],
        areas=area_choices(),
    )  # fmt: skip


@pages.get("/venues.csv")
@requires(*READERS)
def venues_csv() -> Response:
    """The same list for a spreadsheet, as a whole."""
    _, chosen = filters_asked(RegisterFilter())
    names = {area.code: area.name for area in areas_in_scope(get_session(), current_user().scope)}
    headings = (
        t.number, t.ref, t.venue_name, t.activity, t.address, t.area, t.operator, t.credit_code,
        t.licence_number, t.verdict,
    )  # fmt: skip
    return csv_answer("venues", headings, _lines(_as_query(chosen), names))


@pages.get("/venues/<int:venue_id>")
@requires(*READERS)
def venue(venue_id: int) -> Any:
    """One venue with all that is known about it and that the reader may see."""
    session, person = get_session(), current_user()
    shown, on = queries.venue(session, person.scope, venue_id), today()
    distances = shown_distances(session, deployment().settings, person.scope, shown, on=on)
    found = found_at(session, person.scope, venue_id) if person.role in inspections.READERS else None
    return render_template(
        "venue.html",
        venue=shown, on=on, distances=distances, worst=worst_of(distances), found=found, accuracy=accuracy,
        metres=metres, near_m=SHOWN_M, item_name=item_name, notes=notes_at(session, person.scope, venue_id),
        area_names=area_names(session, [shown.area_code or ""]), may_plan=person.role is Role.SUPERVISOR,
        may_open_case=person.role in OPENERS and bool(found and found.violations),
        credit_entries=credit.at_venue(session, venue_id, on) if person.role in OFFICERS else None,
        may_propose_credit=person.role is Role.SUPERVISOR and person.agency_id is not None,
        may_query_staff=person.role in OVERSEERS and any(one.activity in CLINICS for one in shown.activities),
        issued=made_of(session, person.scope, f"venue:{venue_id}"),
    )  # fmt: skip


def verdict_in_words(listed: Listed) -> str:
    """What stands in the list where there is no verdict."""
    if not listed.has_position:
        return t.position_none
    return t.verdict_none if listed.screened else t.verdict_unknown


def accuracy(place: Any) -> str:
    """The error of a position: as somebody stated it, or what stands in for that."""
    if place.accuracy_m is None:
        return t.accuracy_assumed.format(metres=f"{deployment().settings.unstated_accuracy_m:g}")
    return t.accuracy_stated.format(metres=f"{place.accuracy_m:g}")


def area_choices() -> list[tuple[str, str]]:
    """The areas that the reader may choose among."""
    return [(area.code, area.name) for area in areas_in_scope(get_session(), current_user().scope)]


def _activities() -> list[Any]:
    scope, known = current_user().scope, rulebook.current(get_session()).on(today()).activities
    return [activity for activity in known.values() if scope.concerns(activity.id)]


def _as_query(chosen: dict[str, Any]) -> dict[str, Any]:
    if chosen.get("verdict") == NO_POSITION:
        return chosen | {"verdict": None, "has_position": False}
    return chosen


def _lines(chosen: dict[str, Any], names: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    """Read with a session of their own: the request's is closed before the first line is sent."""
    with deployment().reading() as session:
        for number, one in enumerate(whole_register(session, current_user().scope, **chosen), 1):
            yield (
                number, one.ref, one.name, t.activities_named(one.activities), one.address,
                names.get(one.area_code or "", one.area_code), one.operator_name, one.credit_code,
                t.listed(one.licences), t.verdict_name(one.verdict) if one.verdict else verdict_in_words(one),
            )  # fmt: skip
