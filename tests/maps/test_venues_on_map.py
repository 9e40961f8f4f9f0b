"""The venues on the map and their table: by what they do, their verdict, their newest visit, and where."""

import csv
import io
import json
from datetime import date

import pytest

from backend.accounts.auth import Role
from tests.inspections.visited import add_visit
from tests.maps.conftest import HERE
from tests.people import desk_of
from tests.screening.places import add_site, add_venue, at, square


@pytest.fixture
def venues(deployment, agency):
    """Four venues, a kilometre apart: found, waiting for review, clean, never visited."""
    with deployment.unit_of_work() as session:
        names = ["有问题", "待判断", "没问题", "没去过"]
        ids = [add_venue(session, at(n * 1000), area_code=HERE, name=name).id for n, name in enumerate(names)]
        of = {"agency_id": agency, "area_code": HERE}
        add_visit(session, venue_id=ids[0], fact_on=date(2026, 1, 10), **of)
        add_visit(session, venue_id=ids[0], fact_on=date(2026, 3, 10), found=2, **of)
        add_visit(session, venue_id=ids[1], fact_on=date(2026, 3, 11), review=1, **of)
        add_visit(session, venue_id=ids[2], fact_on=date(2026, 1, 12), found=1, **of)
        add_visit(session, venue_id=ids[2], fact_on=date(2026, 3, 12), **of)
        return ids


def named(desk, query=""):
    answer = desk.get(f"/api/v1/map/venues{query}")
    assert answer.status_code == 200, answer.json
    return [one["name"] for one in answer.json]


def test_each_venue_tells_what_its_newest_visit_found(supervisor, venues):
    found = supervisor.get("/api/v1/map/venues").json

    assert [(one["name"], one["status"], one["visited_on"]) for one in found] == [
        ("有问题", "found", "2026-03-10"), ("待判断", "review", "2026-03-11"),
        ("没问题", "clean", "2026-03-12"), ("没去过", "unvisited", None),
    ]  # fmt: skip
    assert (found[1]["lon"], found[1]["lat"]) == pytest.approx(at(1000))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?status=found", ["有问题"]),
        ("?status=review", ["待判断"]),
        ("?status=clean", ["没问题"]),
        ("?status=unvisited", ["没去过"]),
        ("?until=2026-01-31", ["有问题", "没问题"]),
        ("?until=2026-01-31&status=found", ["没问题"]),
        ("?since=2026-03-12", ["没问题"]),
        ("?activity=bar", []),
        ("?verdict=inside", []),
        ("?text=没", ["没问题", "没去过"]),
        ("?area=310104", []),
    ],
)
def test_what_is_chosen_beside_the_map_chooses_its_table(supervisor, venues, query, names):
    assert named(supervisor, query) == names


def test_the_frame_of_the_map_chooses_too(supervisor, venues):
    (west, south), (east, north) = at(500, -100), at(2500, 100)

    assert named(supervisor, f"?west={west}&south={south}&east={east}&north={north}") == ["待判断", "没问题"]
    assert supervisor.get(f"/api/v1/map/venues?west={west}").status_code == 422


def test_a_ring_around_a_school_chooses_what_lies_in_it(deployment, supervisor, venues):
    with deployment.unit_of_work() as session:
        school = add_site(session, square(1100, 0, 50), area_code=HERE).id

    assert named(supervisor, f"?site_id={school}&within_m=200") == ["待判断"]


def test_another_agency_sees_the_venues_and_not_what_was_found(app, venues):
    other = desk_of(app, Role.SUPERVISOR, areas=(HERE,))

    assert {one["status"] for one in other.get("/api/v1/map/venues").json} == {"unvisited"}
    assert named(other, "?status=found") == []


def test_another_district_sees_nothing_of_it(app, agency, venues):
    assert named(desk_of(app, Role.SUPERVISOR, areas=("310104",), agency_id=agency)) == []


def test_the_table_leaves_as_a_file(supervisor, venues):
    table = list(
        csv.DictReader(io.StringIO(supervisor.get("/api/v1/map/venues.csv").text.removeprefix("\ufeff")))
    )
    features = json.loads(supervisor.get("/api/v1/map/venues.geojson?status=found").text)["features"]

    assert [(row["name"], row["status"]) for row in table] == [
        ("有问题", "found"), ("待判断", "review"), ("没问题", "clean"), ("没去过", "unvisited"),
    ]  # fmt: skip
    assert [one["geometry"]["coordinates"] for one in features] == [pytest.approx(at(0))]
