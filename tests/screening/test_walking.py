"""On foot from venues to gates: in the distance report, beside a run, and never in a verdict."""

from datetime import date

import pytest
import shapely
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from backend.accounts.auth import Role
from backend.core.errors import NotFound
from backend.roads.actions import import_roads
from backend.screening.actions import screen
from backend.screening.models import WalkingMeasurement
from backend.screening.walking import measure_walking
from tests.maps.test_tiles import tile_at
from tests.people import desk_of
from tests.roads.drawn import osm_file
from tests.screening.places import DAY, NOW, add_site, add_venue, at, square

HERE = "310101"


@pytest.fixture
def roads(deployment, tmp_path):
    """Take in streets as the network that is used."""

    def take_in(*streets):
        path = osm_file(tmp_path / "roads.osm", *streets)
        with deployment.unit_of_work() as session:
            return import_roads(
                session, path, crs="wgs84", drawn_on=date(2026, 7, 21), source="示例路网",
                by="tester", now=NOW,
            ).id  # fmt: skip

    return take_in


@pytest.fixture
def places(deployment):
    """A school whose gates are south and north, and a venue 150 m east of it behind a wall."""
    with deployment.unit_of_work() as session:
        gates = shapely.MultiPoint([at(50, 0), at(50, 100)])
        school = add_site(session, square(0, 0, 100), area_code=HERE, gates=gates).id
        return school, add_venue(session, at(250, 50), area_code=HERE).id


@pytest.fixture
def supervisor(app):
    return desk_of(app, Role.SUPERVISOR, areas=(HERE,))


SOUTH = [(-500, -10), (50, -10), (250, -10), (500, -10)]
NORTH = [(-500, 110), (50, 110), (500, 110)]


def told(desk, venue):
    (checked,) = desk.get(f"/api/v1/venues/{venue}/distances").json
    return checked["sites"][0]


def test_without_roads_nothing_is_said_of_walking(supervisor, places):
    assert told(supervisor, places[1])["walking"] is None


def test_the_report_says_how_far_it_is_to_the_nearest_gate_on_foot(supervisor, places, roads):
    network = roads(SOUTH)

    found = told(supervisor, places[1])

    assert found["walking"]["metres"] == pytest.approx(60 + 200 + 10, abs=0.1)
    assert found["walking"]["venue_from_road_m"] == pytest.approx(60, abs=0.1)
    assert found["walking"]["gate_from_road_m"] == pytest.approx(10, abs=0.1)
    assert (found["walking"]["state"], found["walking"]["network_id"]) == ("walked", network)
    assert (found["walking"]["drawn_on"], found["walking"]["source"]) == ("2026-07-21", "示例路网")


def test_walking_changes_no_verdict(supervisor, places, roads):
    before = told(supervisor, places[1])["held"]
    roads(SOUTH)

    found = told(supervisor, places[1])

    assert found["walking"]["metres"] > 200 > before["distance_m"]
    assert found["held"] == before
    assert before["verdict"] == "inside"


def test_a_network_that_lacks_something_here_says_what(supervisor, places, roads):
    roads([(0, 1000), (100, 1000)])
    far = told(supervisor, places[1])["walking"]
    roads([(50, -10), (60, -10)], [(250, -10), (260, -10)])
    apart = told(supervisor, places[1])["walking"]

    assert (far["state"], far["metres"]) == ("far_from_roads", None)
    assert far["venue_from_road_m"] > 900
    assert (apart["state"], apart["metres"]) == ("unconnected", None)


def test_without_a_known_gate_there_is_nothing_to_walk_to(deployment, supervisor, roads):
    with deployment.unit_of_work() as session:
        add_site(session, square(0, 0, 100), area_code=HERE)
        venue = add_venue(session, at(250, 50), area_code=HERE).id
    roads(SOUTH)

    assert told(supervisor, venue)["walking"]["state"] == "gates_unknown"


def test_a_school_and_its_supervisor_see_the_same_way_from_the_other_end(app, supervisor, places, roads):
    school, venue = places
    roads(SOUTH, NORTH)
    reporter = desk_of(app, Role.REPORTER, areas=(HERE,), site_id=school)

    (listed,), (own,) = (desk.get(f"/api/v1/sites/{school}/nearby").json for desk in (supervisor, reporter))

    assert listed["walking"] == own["walking"] == told(supervisor, venue)["walking"]


def test_the_newest_run_keeps_what_was_measured_on_foot(deployment, settings, supervisor, places, roads):
    school, venue = places
    network = roads(SOUTH)
    with deployment.unit_of_work() as session:
        run_id = screen(session, settings, DAY, by="tester", now=NOW).id
        measure_walking(session, by="tester", now=NOW)
    live = told(supervisor, venue)["walking"]

    lines = supervisor.get(f"/api/v1/screening/{run_id}/venues/{venue}").json["lines"]

    assert [line["walking"] for line in lines] == [live]
    assert lines[0]["measurement"]["verdict"] == "inside"
    newer = roads(NORTH)
    with deployment.unit_of_work() as session:
        measure_walking(session, by="tester", now=NOW)
        kept = session.scalars(select(WalkingMeasurement)).all()
        assert [(row.site_id, row.venue_id, row.network_id) for row in kept] == [(school, venue, newer)]
    assert newer != network


def test_the_database_takes_no_state_that_means_nothing(deployment, settings, places, roads):
    roads(SOUTH)
    with deployment.unit_of_work() as session:
        screen(session, settings, DAY, by="tester", now=NOW)
        measure_walking(session, by="tester", now=NOW)

    with pytest.raises(IntegrityError, match="state"), deployment.unit_of_work() as session:
        session.execute(update(WalkingMeasurement).values(state="elsewhere"))


def test_nothing_can_be_measured_before_there_are_roads_and_a_run(deployment, settings, places, roads):
    with deployment.unit_of_work() as session:
        screen(session, settings, DAY, by="tester", now=NOW)
        with pytest.raises(NotFound):
            measure_walking(session, by="tester", now=NOW)
    roads(SOUTH)
    with deployment.unit_of_work() as session:
        assert measure_walking(session, by="tester", now=NOW)


def test_roads_are_drawn_below_the_map(supervisor, roads):
    roads(SOUTH)
    tile = tile_at(15)
    drawn = supervisor.get(f"/api/v1/tiles/base/{tile.z}/{tile.x}/{tile.y}.mvt").data

    assert drawn.count(b"residential") == 1
