"""Hotspots on a real database: one's own cells, those of others as far as they tell of nobody."""

from datetime import date

import pytest

from backend.accounts.auth import Role
from backend.maps.queries import gathered
from tests.inspections.visited import add_visit
from tests.people import desk_of
from tests.screening.places import add_venue, at

HERE, THERE = "310101", "310104"
SUMMER = date(2026, 8, 20)  # in a quarter that is over


def cells(desk, query=""):
    gathered.clear()  # a minute later
    answer = desk.get(f"/api/v1/hotspots{query}")
    assert answer.status_code == 200, answer.json
    return [(one["in_area"], one["visits"], one["with_violation"], one["violations"]) for one in answer.json]


def test_a_cell_counts_visits_violations_and_their_rate(supervisor, visits):
    visits(8, found=2)

    (cell,) = supervisor.get("/api/v1/hotspots").json

    assert (cell["visits"], cell["with_violation"], cell["violations"], cell["rate"]) == (8, 2, 2, 0.25)
    assert cell["rate_low"] < 0.25 < cell["rate_high"]
    assert cell["place"]["type"] == "Polygon"
    assert len(cell["cell"]) == 15


def test_what_was_counted_is_kept_for_a_minute_and_for_those_who_see_the_same(
    app, agency, supervisor, visits
):
    def seen(desk, query=""):
        return [one["visits"] for one in desk.get(f"/api/v1/hotspots{query}").json]

    visits(5)
    neighbour = desk_of(app, Role.SUPERVISOR, areas=(THERE,), agency_id=agency)
    first = seen(supervisor)
    visits(2)

    assert (first, seen(supervisor), seen(neighbour)) == ([5], [5], [])
    assert seen(supervisor, "?activity=internet_cafe") == [7]
    gathered.clear()
    assert seen(supervisor) == [7]


def test_other_districts_are_told_without_what_could_be_one_venue_or_one_child(supervisor, visits, frozen):
    visits(4, east_m=20_000, area=THERE, fact_on=SUMMER)
    visits(9, east_m=30_000, area=THERE, venues=1, found=5, fact_on=SUMMER)
    visits(6, east_m=40_000, area=THERE, found=1, fact_on=SUMMER)
    visits(12, east_m=50_000, area=THERE, found=6, fact_on=SUMMER)
    visits(1, found=1)
    frozen()

    assert cells(supervisor) == [(False, 12, 6, 6), (False, 6, None, None), (True, 1, 1, 1)]


def test_a_cell_on_the_border_tells_ones_own_part_only(supervisor, visits, frozen):
    visits(2)
    visits(12, area=THERE, found=6, fact_on=SUMMER)
    frozen()

    assert cells(supervisor) == [(True, 2, 0, 0)]


def test_another_agency_is_not_counted_and_a_coordinator_sees_all(app, supervisor, visits):
    visits(5)
    other = desk_of(app, Role.SUPERVISOR, areas=(HERE,))

    assert cells(other) == []
    assert cells(desk_of(app, Role.COORDINATOR, areas=(HERE,))) == cells(supervisor) == [(True, 5, 0, 0)]


def test_activity_period_and_resolution_are_chosen(supervisor, visits):
    visits(3)
    visits(2, activity="bar")
    visits(1, east_m=1_500)

    assert cells(supervisor, "?activity=bar") == [(True, 2, 0, 0)]
    assert cells(supervisor, "?since=2026-11-21") == cells(supervisor, "?until=2026-11-19") == []
    assert [visits for _, visits, *_ in cells(supervisor, "?resolution=5")] == [6]
    assert supervisor.get("/api/v1/hotspots?resolution=12").status_code == 422
    assert supervisor.get("/api/v1/hotspots?by=planet").status_code == 422


def test_modules_of_one_visit_are_one_visit(supervisor, visits):
    visits(3, venues=1, visit_no="uuid:one", found=2)

    assert cells(supervisor) == [(True, 1, 1, 2)]


def test_a_day_cannot_be_told_elsewhere_by_two_periods(supervisor, visits, frozen):
    visits(5, area=THERE, fact_on=SUMMER)
    frozen()

    assert (
        cells(supervisor, "?since=2026-08-25")
        == cells(supervisor, "?since=2026-07-01")
        == [(False, 5, None, None)]
    )


@pytest.mark.parametrize("query", ["by=area", "verdict=inside", "agency_id=1"])
def test_elsewhere_nothing_else_can_be_chosen(supervisor, visits, frozen, query):
    visits(12, area=THERE, found=6, fact_on=SUMMER)
    frozen()
    assert cells(supervisor) == [(False, 12, 6, 6)]

    assert cells(supervisor, f"?{query}") == []


def test_a_visit_without_a_fix_stands_at_its_venue(deployment, supervisor, agency):
    with deployment.unit_of_work() as session:
        venue = add_venue(session, at(0), area_code=HERE)
        add_visit(session, venue_id=venue.id, agency_id=agency)
        add_visit(session, agency_id=agency)

    assert cells(supervisor) == [(True, 1, 0, 0)]


@pytest.mark.parametrize("role", [Role.REPORTER, Role.ASSISTANT, Role.AUDITOR, Role.SYSTEM_ADMIN])
def test_who_sees_no_inspections_sees_no_hotspots(app, role):
    assert desk_of(app, role).get("/api/v1/hotspots").status_code == 403
