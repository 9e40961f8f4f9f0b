"""A school's own portal (校园周边): what stands around it, in words that accuse nobody, and the ways on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template

from backend.accounts.auth import Role, current_user, requires
from backend.cases.order_queries import statuses_for_school
from backend.core.days import today
from backend.core.web import deployment, get_session
from backend.planning.queries import closed_around
from backend.protected_sites import queries
from backend.protected_sites.models import Site
from backend.screening.looks import Changes, Seen, compare, has_looked, keep_look, look_to_compare
from backend.screening.queries import SHOWN_M
from backend.screening.rules import SchoolStatus, Verdict
from backend.screening.surroundings import VenueNear, surroundings
from backend.staff_queries import queries as staff_queries
from backend.web.distances import metres
from backend.web.shell import pages
from backend.web.sites import RANGES_M, dots_of, range_asked, rings_of
from backend.web.sketches import sketch_of
from backend.web.sweep_sheet import short_results
from backend.web.words import t
from geodata.distance import point_to_geometry_m

MOST_SWEEPS = 3
# The sketch of a school shows no verdict either: what is too near looks like what has to be measured.
_MARKS = {
    SchoolStatus.DISTANCE_KEPT: Verdict.CLEAR,
    SchoolStatus.TO_BE_MEASURED: Verdict.SURVEY,
    SchoolStatus.NOT_SET: Verdict.NOT_CONFIGURED,
    SchoolStatus.BEING_HANDLED: Verdict.SURVEY,
}


@dataclass(frozen=True, slots=True)
class ForSchool:
    """What a school is shown of a venue: no verdict, no inspection; the id names it in a report only."""

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


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since an earlier look; `on` is None where this is the first one."""

    on: date | None
    changes: Changes


@pages.get("/own-school")
@requires(Role.REPORTER)
def own_school() -> Any:
    """Where a school's people begin: their own surroundings."""
    site, within_m = own_site(), range_asked()
    if site is None:
        return render_template("own_school_none.html")
    around = near_own(site, max(within_m, SHOWN_M))
    near = [row for row in around if row.held.distance.boundary_m <= within_m]
    rows, rings = for_school(site, near), rings_of(site)
    since = since_last_month(site, around)
    return render_template(
        "own_school.html",
        site=site, rows=rows, within=within_m, ranges=RANGES_M, metres=metres, measured=measured_of(rows),
        sketch=sketch_of(site, dots_of(near, [row.mark for row in rows]), rings),
        far=far_in_words, since=since, granted=for_school(site, _granted(around, since, rings)),
        sweeps=short_results(closed_around(get_session(), site.id)[:MOST_SWEEPS]),
        staff_queries_late=staff_queries.late(get_session(), current_user(), today())[0],
        status_of={mark: status for status, mark in reversed(_MARKS.items())},
    )  # fmt: skip


def own_site() -> Site | None:
    """The school for which somebody speaks; nothing where the account has none."""
    scope = current_user().scope
    return None if scope.site_id is None else queries.site(get_session(), scope, scope.site_id)


def near_own(site: Site, within_m: float = SHOWN_M) -> list[VenueNear]:
    """What stands around the own school today, nearest first."""
    scope = current_user().scope
    return surroundings(get_session(), deployment().settings, scope, site, on=today(), within_m=within_m)


def since_last_month(site: Site, around: list[VenueNear]) -> Since:
    """What changed within the usual range since the last month's look; the first look of a month is kept."""
    session, on = get_session(), today()
    usual = [row for row in around if row.held.distance.boundary_m <= SHOWN_M]
    now = [_seen(shown) for shown in for_school(site, usual)]
    before = look_to_compare(session, site.id, on)
    if not has_looked(session, site.id, on):
        with deployment().unit_of_work() as writing:
            keep_look(writing, site.id, now, on)
    return Since(before.on if before else None, compare(before.seen if before else now, now))


def _seen(shown: ForSchool) -> Seen:
    return Seen(shown.venue_id, shown.activity, shown.name, shown.licence_no, shown.status)


def _granted(around: list[VenueNear], since: Since, rings: dict[str, float | None]) -> list[VenueNear]:
    """New licences inside the widest ring that a rule sets; where none is set, within the usual range."""
    ring_m = max((radius for radius in rings.values() if radius is not None), default=SHOWN_M)
    return [
        row
        for row in around
        if (row.venue.id, row.activity) in since.changes.licensed and row.held.distance.boundary_m <= ring_m
    ]


def for_school(site: Site, rows: list[VenueNear]) -> list[ForSchool]:
    """What leaves the house for a school."""
    statuses = statuses_for_school(get_session(), site, rows, today())
    return [
        ForSchool(row.venue.id, row.venue.name, row.activity, row.licence_no, status, _metres(row))
        for row, status in zip(rows, statuses, strict=True)
    ]


def far_in_words(row: ForSchool) -> str:
    """Every distance that is known, one after the other."""
    far = ((getattr(t, f"from_{one}"), t.metres_m.format(metres=metres(m))) for one, m in row.metres.items())
    return t.listed(" ".join(said) for said in far)


def measured_of(rows: list[ForSchool]) -> dict[str, str]:
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
