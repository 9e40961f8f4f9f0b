"""Hotspots on a real database: one's own cells, those of others as far as they tell of nobody."""

import pytest

from backend.accounts import actions
from backend.accounts.auth import Role
from tests.inspections.visited import NOW, add_visit
from tests.people import desk_of
from tests.screening.places import add_venue, at

HERE, THERE = "310101", "310104"


@pytest.fixture
def agency(deployment):
    with deployment.unit_of_work() as session:
        names = {"name_zh": "示例文旅局", "name_en": "Example culture bureau"}
        return actions.put_agency(session, code="culture", activities=None, by="tester", now=NOW, **names).id


@pytest.fixture
def supervisor(app, agency):
    return desk_of(app, Role.SUPERVISOR, areas=(HERE,), agency_id=agency)


@pytest.fixture
def visits(deployment, agency):
    """Add visits at so many metres east, to so many venues of an area."""

    def add(count, *, east_m=0.0, venues=3, area=HERE, found=0, **columns):
        with deployment.unit_of_work() as session:
            places = [add_venue(session, at(east_m), area_code=area).id for _ in range(venues)]
            lon, lat = at(east_m)
            for number in range(count):
                add_visit(
                    session, venue_id=places[number % venues], lon=lon, lat=lat, area_code=area,
                    agency_id=agency, found=int(number < found), **columns,
                )  # fmt: skip

    return add


def cells(desk, query=""):
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


def test_other_districts_are_told_without_what_could_be_one_venue_or_one_child(supervisor, visits):
    visits(4, east_m=20_000, area=THERE)
    visits(9, east_m=30_000, area=THERE, venues=1, found=5)
    visits(6, east_m=40_000, area=THERE, found=1)
    visits(12, east_m=50_000, area=THERE, found=6)
    visits(1, found=1)

    assert cells(supervisor) == [(False, 12, 6, 6), (False, 6, None, None), (True, 1, 1, 1)]


def test_a_cell_on_the_border_tells_ones_own_part_only(supervisor, visits):
    visits(2)
    visits(9, area=THERE, found=5)

    assert cells(supervisor) == [(True, 2, 0, 0)]


def test_another_agency_is_not_counted_and_a_coordinator_sees_all(app, supervisor, visits):
    visits(5)
    other = desk_of(app, Role.SUPERVISOR, areas=(HERE,))

    assert cells(other) == []
    assert cells(desk_of(app, Role.COORDINATOR, areas=(HERE,))) == cells(supervisor) == [(True, 5, 0, 0)]


def test_activity_period_and_resolution_are_chosen(supervisor, visits):
    visits(3)
    visits(2, activity="bar")
    visits(1, east_m=3_000)

    assert cells(supervisor, "?activity=bar") == [(True, 2, 0, 0)]
    assert cells(supervisor, "?since=2026-11-21") == cells(supervisor, "?until=2026-11-19") == []
    assert [visits for _, visits, *_ in cells(supervisor, "?resolution=5")] == [6]
    assert supervisor.get("/api/v1/hotspots?resolution=12").status_code == 422


def test_modules_of_one_visit_are_one_visit(supervisor, visits):
    visits(3, venues=1, visit_no="uuid:one", found=2)

    assert cells(supervisor) == [(True, 1, 1, 2)]


def test_a_day_cannot_be_told_elsewhere_by_two_periods(supervisor, visits):
    visits(5, area=THERE)

    assert (
        cells(supervisor, "?since=2026-11-25")
        == cells(supervisor, "?since=2026-11-01")
        == [(False, 5, None, None)]
    )


def test_a_visit_without_a_fix_stands_at_its_venue(deployment, supervisor, agency):
    with deployment.unit_of_work() as session:
        venue = add_venue(session, at(0), area_code=HERE)
        add_visit(session, venue_id=venue.id, agency_id=agency)
        add_visit(session, agency_id=agency)

    assert cells(supervisor) == [(True, 1, 0, 0)]


@pytest.mark.parametrize("role", [Role.REPORTER, Role.ASSISTANT, Role.AUDITOR, Role.SYSTEM_ADMIN])
def test_who_sees_no_inspections_sees_no_hotspots(app, role):
    assert desk_of(app, role).get("/api/v1/hotspots").status_code == 403
