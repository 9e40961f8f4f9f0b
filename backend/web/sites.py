"""Schools and kindergartens, and what stands around one of them (校园周边)."""

from collections.abc import Iterator
from typing import Any

from flask import Response, render_template, request

from backend.accounts.auth import Role, current_user, requires
from backend.accounts.queries import area_names, areas_in_scope
from backend.core.days import today
from backend.core.spreadsheets import csv_answer
from backend.core.web import deployment, get_session
from backend.planning.api import PLANNERS
from backend.protected_sites import queries
from backend.protected_sites.api import READERS
from backend.protected_sites.models import SITE_KINDS, Site
from backend.protected_sites.rules import is_protected
from backend.protected_sites.schemas import SiteFilter
from backend.rulebook import queries as rulebook
from backend.screening.queries import SHOWN_M
from backend.screening.rules import Verdict
from backend.screening.sketch import Dot
from backend.screening.surroundings import VenueNear, surroundings
from backend.web.distances import metres
from backend.web.shell import pages
from backend.web.sketches import sketch_of
from backend.web.tables import Page, every_row, filters_asked, page_asked
from backend.web.venues import accuracy, area_choices
from backend.web.words import t

RANGES_M = (200, 500, 1000)
STAFF = tuple(role for role in READERS if role is not Role.REPORTER)


@pages.get("/sites")
@requires(*STAFF)
def sites() -> Any:
    """The sites of one's areas."""
    session, scope = get_session(), current_user().scope
    number, place = page_asked()
    given, chosen = filters_asked(SiteFilter())
    rows, total = queries.list_sites(session, scope, **chosen, **place)
    return render_template(
        "sites.html",
        page=Page(rows, total, number), given=given, areas=area_choices(), known_by=known_by,
        area_names=area_names(session, {row.area_code or "" for row in rows}),
        kinds=[(kind, t.site_kind_name(kind)) for kind in SITE_KINDS],
    )  # fmt: skip


@pages.get("/sites.csv")
@requires(*STAFF)
def sites_csv() -> Response:
    """The same list for a spreadsheet, as a whole."""
    _, chosen = filters_asked(SiteFilter())
    names = {area.code: area.name for area in areas_in_scope(get_session(), current_user().scope)}
    headings = (
        t.number, t.ref, t.site_name, t.site_kind, t.address, t.area, t.site_shape, t.accuracy, t.opened_on,
    )  # fmt: skip
    return csv_answer("sites", headings, _lines(chosen, names))


@pages.get("/sites/<int:site_id>")
@requires(*STAFF)
def site(site_id: int) -> Any:
    """One site and the venues around it, nearest first; a school sees its own on a page of its own."""
    session, scope = get_session(), current_user().scope
    shown = queries.site(session, scope, site_id)
    within_m = range_asked()
    rows = surroundings(session, deployment().settings, scope, shown, on=today(), within_m=within_m)
    dots = dots_of(rows, [row.held.verdict for row in rows])
    return render_template(
        "site.html",
        site=shown, rows=rows, within=within_m, ranges=RANGES_M, known_by=known_by, accuracy=accuracy,
        metres=metres, sketch=sketch_of(shown, dots, rings_of(shown)),
        area_names=area_names(session, [shown.area_code or ""]), protected=is_protected(shown.kind),
        may_plan=is_protected(shown.kind) and current_user().role in PLANNERS,
    )  # fmt: skip


def known_by(site: Site) -> str:
    """What is known of where a site is."""
    gates = [t.site_gates] if site.known_gates is not None else []
    return t.listed([t.site_outline, *gates] if site.has_outline else gates or [t.site_point])


def range_asked() -> float:
    """How far around a site somebody wants to look."""
    asked = request.args.get("within", type=int)
    return float(asked) if asked in RANGES_M else SHOWN_M


def dots_of(near: list[VenueNear], marks: list[Verdict | None]) -> list[Dot]:
    """Venues around a site as a sketch draws them."""
    return [_dot(row, number, mark) for number, (row, mark) in enumerate(zip(near, marks, strict=True), 1)]


def _dot(row: VenueNear, number: int, mark: Verdict | None) -> Dot:
    place: Any = row.venue.place  # one without a place is near nothing
    return Dot(place.x, place.y, str(number), f"{number} {row.venue.name or t.unnamed}", mark)


def rings_of(site: Site) -> dict[str, float | None]:
    """The distances that rules keep around this kind of site, by the activity."""
    on_day = rulebook.current(get_session()).on(today())
    ruled = {one: on_day.distance_rule(one, site.kind, site.area_code) for one in on_day.activities}
    return {t.activity_name(activity): rule.radius_m for activity, rule in ruled.items() if rule}


def _lines(chosen: dict[str, Any], names: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    for number, one in every_row(queries.list_sites, **chosen):
        yield (
            number, one.ref, one.name, t.site_kind_name(one.kind), one.address,
            names.get(one.area_code or "", one.area_code), known_by(one), one.accuracy_m, one.opened_on,
        )  # fmt: skip
