"""From the map to the record: what stands out, how it changed, where one may go from there."""

import csv
import io
import json
from datetime import date

import numpy as np
import pytest
import shapely

from backend.accounts.models import Area
from backend.accounts.rules import Role
from backend.core.audit import AuditEntry
from backend.maps.queries import compared, gathered
from backend.screening.actions import screen
from backend.screening.rules import Verdict
from geodata import hotspots as grid
from tests.inspections.visited import NOW, add_visit
from tests.people import desk_of
from tests.screening.places import DAY, add_site, add_venue, at, square

HERE, THERE = "310101", "310104"
SPRING, SUMMER = date(2026, 5, 20), date(2026, 8, 20)
PERIODS = "since=2026-07-01&until=2026-09-30&before_since=2026-04-01&before_until=2026-06-30"


def rows(desk, path):
    gathered.clear(), compared.clear()  # a minute later
    answer = desk.get(f"/api/v1{path}")
    assert answer.status_code == 200, answer.json
    return answer.json


def test_a_gathering_stands_out_and_too_few_visits_do_not(supervisor, visits):
    for east in range(8):
        for north in range(8):
            is_gathering = east < 2 and north < 2
            visits(6, east_m=east * 1000, north_m=north * 1000, found=6 if is_gathering else 1)
    visits(2, east_m=-9_000, found=2)

    found = rows(supervisor, "/hotspots")
    more = [one for one in found if one["stands_out"] == "more"]

    assert {one["rate"] for one in more} & {1.0}
    assert all(one["false_alarms"] <= 0.05 and one["score"] > 2 for one in more)
    assert len(more) < 12
    assert [one["stands_out"] for one in found if one["is_small_sample"]] == [None]
    assert_scores_are_those_of_geodata(found)


def assert_scores_are_those_of_geodata(found):
    told = {grid.named(one["cell"]): one for one in found if not one["is_small_sample"]}
    cells = np.array(sorted(told))
    rates = np.array([told[cell]["rate"] for cell in cells.tolist()])
    scores = grid.gi_star(rates, *grid.cells_side_by_side(cells))
    assert [told[cell]["score"] for cell in cells.tolist()] == pytest.approx(scores.tolist())


def test_street_towns_are_counted_with_name_and_outline(deployment, supervisor, visits):
    with deployment.unit_of_work() as session:
        session.add(Area(code="310101002", name="示例街道", place=square(-500, -500, 1000)))
    visits(6, area="310101002", found=3)
    visits(5, area="310101015", found=1)

    found = rows(supervisor, "/hotspots?by=area")

    assert [(one["area_code"], one["name"], one["visits"], one["rate"]) for one in found] == [
        ("310101002", "示例街道", 6, 0.5), ("310101015", None, 5, 0.2),
    ]  # fmt: skip
    assert found[0]["place"]["type"] == "Polygon"
    assert found[1]["place"] is None


def test_a_period_is_held_against_an_earlier_one(supervisor, visits):
    visits(40, found=30, fact_on=SUMMER)
    visits(40, found=10, fact_on=SPRING)
    visits(3, east_m=5_000, found=3, fact_on=SUMMER)

    rise, alone = rows(supervisor, f"/hotspots/comparison?{PERIODS}")

    assert (rise["now"]["rate"], rise["before"]["rate"], rise["change"]["difference"]) == (0.75, 0.25, 0.5)
    assert rise["change"]["is_clear"]
    assert (alone["now"]["visits"], alone["before"], alone["change"]) == (3, None, None)


def test_elsewhere_both_periods_tell_only_blocks(supervisor, visits, frozen):
    visits(12, area=THERE, found=6, fact_on=SUMMER)
    visits(3, area=THERE, found=3, fact_on=SPRING)
    frozen()

    (cell,) = rows(supervisor, f"/hotspots/comparison?{PERIODS}")

    assert (cell["in_area"], cell["now"]["visits"], cell["before"]) == (False, 12, None)


@pytest.mark.parametrize(
    "days",
    [
        ("2026-01-01", "2026-03-31", "2026-03-01", "2026-05-01"),
        ("2026-05-01", "2026-06-01", "2026-01-01", "2026-02-01"),
    ],
)
def test_periods_that_overlap_or_stand_the_wrong_way_round_are_refused(supervisor, days):
    names = ("before_since", "before_until", "since", "until")
    query = "&".join(f"{name}={day}" for name, day in zip(names, days, strict=True))

    assert supervisor.get(f"/api/v1/hotspots/comparison?{query}").status_code == 422


def test_from_a_cell_to_the_signed_record_in_three_steps(deployment, app, agency, supervisor, visits):
    visits(3, found=1)
    visits(2, area=THERE, found=2)
    (cell,) = rows(supervisor, "/hotspots")

    listed = rows(supervisor, f"/hotspots/visits?cell={cell['cell']}")
    opened = rows(supervisor, f"/visits/{listed[0]['id']}")

    assert len(listed) == cell["visits"] == 3
    assert [violation["duty_id"] for violation in opened["violations"]] == ["ACC-NET-1"]
    assert rows(desk_of(app, Role.SUPERVISOR, areas=(HERE,)), f"/hotspots/visits?cell={cell['cell']}") == []


def test_a_larger_cell_leads_to_all_visits_within(supervisor, visits):
    visits(3)
    visits(2, east_m=1_200)
    (cell,) = rows(supervisor, "/hotspots?resolution=5")

    assert len(rows(supervisor, f"/hotspots/visits?cell={cell['cell']}")) == cell["visits"] == 5


def test_a_street_town_leads_to_its_visits(supervisor, visits):
    visits(3, area="310101002")
    visits(2, area="310101015")

    assert len(rows(supervisor, "/hotspots/visits?area=310101002")) == 3


@pytest.mark.parametrize("query", ["", "?cell=nonsense", "?cell=88309a6e4dfffff&area=310101"])
def test_one_place_has_to_be_named(supervisor, query):
    assert supervisor.get(f"/api/v1/hotspots/visits{query}").status_code == 422


def test_the_ring_around_a_school_and_a_verdict_choose_venues(deployment, settings, supervisor, agency):
    with deployment.unit_of_work() as session:
        school = add_site(session, square(0, 0, 100), area_code=HERE).id
        for east_m in (150, 290, 310, 900):
            venue = add_venue(session, at(east_m, 50), area_code=HERE)
            add_visit(session, venue_id=venue.id, agency_id=agency, area_code=HERE)
        screen(session, settings, DAY, by="tester", now=NOW)

    def counted(query):
        return sum(one["visits"] for one in rows(supervisor, f"/hotspots?{query}"))

    assert [counted(f"site_id={school}&within_m={metres}") for metres in (60, 200, 250, 2000)] == [1, 2, 3, 4]
    assert [counted(f"verdict={verdict}") for verdict in Verdict] == [2, 0, 2, 0]


def test_the_ring_of_a_school_elsewhere_is_not_there(deployment, supervisor):
    with deployment.unit_of_work() as session:
        school = add_site(session, square(0, 0, 100), area_code=THERE).id

    assert supervisor.get(f"/api/v1/hotspots?site_id={school}").status_code == 404


def test_what_the_map_shows_leaves_as_a_file_and_that_is_recorded(deployment, supervisor, visits):
    visits(6, found=3, fact_on=SUMMER)

    table = list(
        csv.DictReader(io.StringIO(supervisor.get("/api/v1/hotspots.csv").text.removeprefix("\ufeff")))
    )
    features = json.loads(supervisor.get("/api/v1/hotspots.geojson?activity=internet_cafe").text)["features"]
    compared = supervisor.get(f"/api/v1/hotspots/comparison.csv?{PERIODS}").text

    assert [(row["visits"], row["rate"], row["in_area"]) for row in table] == [("6", "0.5", "True")]
    assert features[0]["properties"]["visits"] == 6
    assert shapely.geometry.shape(features[0]["geometry"]).contains(shapely.Point(at(0)))
    assert compared.splitlines()[1].count(",") == compared.splitlines()[0].count(",")
    with deployment.reading() as session:
        noted = session.query(AuditEntry).filter_by(deed="map.export").all()
    assert [(one.subject, one.detail["as"]) for one in noted] == [
        ("hotspots", "csv"), ("hotspots", "geojson"), ("comparison", "csv"),
    ]  # fmt: skip


def test_an_export_is_noted_without_what_was_searched_for(deployment, supervisor):
    supervisor.get("/api/v1/map/venues.csv?text=张三&area=310101")

    with deployment.reading() as session:
        (noted,) = session.query(AuditEntry).filter_by(deed="map.export")
        assert (noted.detail["area"], "text" in noted.detail) == ("310101", False)


def test_a_corrected_visit_does_not_count_its_correction_does(deployment, supervisor, agency):
    with deployment.unit_of_work() as session:
        lon, lat = at(0)
        where = {"lon": lon, "lat": lat, "agency_id": agency, "visit_no": "uuid:one"}
        old = add_visit(session, found=2, **where)
        add_visit(session, corrects=old.instance_id, received_at=NOW, **where)

    assert [(one["visits"], one["violations"]) for one in rows(supervisor, "/hotspots")] == [(1, 0)]


def test_checklists_of_one_visit_are_counted_in_the_cell_of_the_first(deployment, supervisor, agency):
    with deployment.unit_of_work() as session:
        for east_m in (0, 3_000):
            lon, lat = at(east_m)
            add_visit(session, lon=lon, lat=lat, agency_id=agency, visit_no="uuid:one")

    assert [one["visits"] for one in rows(supervisor, "/hotspots")] == [1]
