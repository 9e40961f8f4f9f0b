"""A school's own portal (校园周边): what stands around it, in words that accuse nobody, and the ways on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template

from backend.accounts.auth import Role, current_user, requires
from backend.core.web import deployment, get_session
from backend.protected_sites import queries
from backend.protected_sites.models import Site
from backend.screening.queries import SHOWN_M
from backend.screening.rules import SchoolStatus, Verdict, shown_to_school
from backend.screening.surroundings import VenueNear, surroundings
from backend.web.distances import metres
from backend.web.shell import pages
from backend.web.sites import RANGES_M, dots_of, range_asked, rings_of
from backend.web.sketches import sketch_of
from backend.web.venues import today
from backend.web.words import t
from geodata.distance import point_to_geometry_m

# The sketch of a school shows no verdict either: what is too near looks like what has to be measured.
_MARKS = {
    SchoolStatus.DISTANCE_KEPT: Verdict.CLEAR,
    SchoolStatus.TO_BE_MEASURED: Verdict.SURVEY,
    SchoolStatus.NOT_SET: Verdict.NOT_CONFIGURED,
}


@dataclass(frozen=True, slots=True)
class ForSchool:
    """Everything that a school is shown of a venue: no verdict, no inspection; the id stays in the house."""

    venue_id: int
    name: str | None
    activity: str
    licence_no: str | None
    status: SchoolStatus | None
    metres: dict[str, float]  # from its boundary, its gate, its point

    @property
    def mark(self) -> Verdict | None:
        """How it looks on the sketch and in the list."""
        return _MARKS[self.status] if self.status else None


@pages.get("/own-school")
@requires(Role.REPORTER)
def own_school() -> Any:
    """Where a school's people begin: their own surroundings."""
    site, within_m = own_site(), range_asked()
    if site is None:
        return render_template("own_school_none.html")
    near = near_own(site, today(), within_m)
    rows = [for_school(row) for row in near]
    return render_template(
        "own_school.html",
        site=site, rows=rows, within=within_m, ranges=RANGES_M, metres=metres, measured=_measured(rows),
        sketch=sketch_of(site, dots_of(near, [row.mark for row in rows]), rings_of(site)),
        status_of={mark: status for status, mark in reversed(_MARKS.items())},
    )  # fmt: skip


def own_site() -> Site | None:
    """The school for which somebody speaks; nothing where the account has none."""
    scope = current_user().scope
    return None if scope.site_id is None else queries.site(get_session(), scope, scope.site_id)


def near_own(site: Site, on: date, within_m: float = SHOWN_M) -> list[VenueNear]:
    """What stands around the own school, nearest first."""
    scope = current_user().scope
    return surroundings(get_session(), deployment().settings, scope, site, on=on, within_m=within_m)


def for_school(row: VenueNear) -> ForSchool:
    """What leaves the house for a school."""
    status = shown_to_school(row.held.verdict)
    return ForSchool(row.venue.id, row.venue.name, row.activity, row.licence_no, status, _metres(row))


def _measured(rows: list[ForSchool]) -> dict[str, str]:
    """What the distances are measured from, in words: the same in every row."""
    return {one: getattr(t, f"from_{one}") for one in (rows[0].metres if rows else ())}


def _metres(row: VenueNear) -> dict[str, float]:
    """Metres from whatever is known of the school: its boundary, its nearest gate, else its one point."""
    site, distance, place, far = row.held.distance.site, row.held.distance, row.venue.place, {}
    if site.has_outline:
        far["outline"] = distance.boundary_m
    if distance.gate_m is not None:
        far["gate"] = distance.gate_m
    if place is not None and site.place.geom_type == "Point":
        far["point"] = point_to_geometry_m(place.x, place.y, site.place)
    return far
