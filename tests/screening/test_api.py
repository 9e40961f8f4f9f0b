from datetime import date

import pytest
import shapely

from backend.accounts.auth import Role
from backend.screening import actions
from geodata.crs import from_lonlat
from tests.people import desk_of
from tests.screening.places import NOW, ORIGIN, add_site, add_venue, at, square

PUDONG, MINHANG = "310115", "310112"


@pytest.fixture
def town(deployment):
    """A school; cafes 30 m, 140 m (accuracy not stated) and 400 m (next district) from it; a bar at 50 m."""
    with deployment.unit_of_work() as session:
        school = add_site(session, square(0, 0, 100), area_code=PUDONG, opened_on=date(2015, 9, 1))

        near = add_venue(
            session, at(130, 50), area_code=PUDONG, name="近处网吧", licence={"issued_on": date(2019, 5, 6)}
        )
        unsure = add_venue(session, at(240, 50), area_code=PUDONG, accuracy_m=None)
        beyond = add_venue(session, at(500, 50), area_code=MINHANG)
        bar = add_venue(session, at(-50, 50), "bar", area_code=PUDONG, name="酒吧")
        return {"school": school.id, "near": near.id, "unsure": unsure.id, "beyond": beyond.id, "bar": bar.id}


@pytest.fixture
def run(deployment, town):
    with deployment.unit_of_work() as session:
        return actions.screen(session, deployment.settings, date(2026, 11, 21), by="user:1", now=NOW).id


@pytest.fixture
def supervisor(app):
    return desk_of(app, Role.SUPERVISOR)


def checked(client, **asked):
    lon, lat = at(130, 50)
    return client.post(
        "/api/v1/screening/check",
        json={"activity": "internet_cafe", "lon": lon, "lat": lat, "crs": "wgs84", "accuracy_m": 0} | asked,
    )


def test_a_place_is_checked_and_nothing_is_stored(town, supervisor):
    answer = checked(supervisor, on="2026-11-21", begun_on="2010-01-01")

    (site,) = answer.json["sites"]
    assert answer.json["verdict"] == "inside"
    assert [(rule["rule_id"], rule["verdict"]) for rule in answer.json["rules"]] == [
        ("BUF-NET-1", "inside"),
        ("BUF-NET-2", "not_configured"),
    ]
    assert (site["site_id"], site["kind"], site["came_first"]) == (town["school"], "primary", "venue_first")
    assert site["held"] == {
        "distance_m": 30.0, "low_m": 30.0, "high_m": 30.0, "measured": "boundary_straight_line",
        "error_m": 0.0, "extent_m": 0.0, "boundary_m": 30.0, "gate_m": None,
        "rule_id": "BUF-NET-1", "setting": None, "verdict": "inside",
    }  # fmt: skip
    assert supervisor.get("/api/v1/screening/newest").status_code == 404


@pytest.mark.parametrize("crs", ["gcj02", "bd09", "EPSG:4549"])
def test_a_place_is_checked_in_the_reference_that_it_is_stated_in(town, supervisor, crs):
    ((x, y),) = from_lonlat([at(130, 50)], crs).tolist()

    (site,) = checked(supervisor, lon=x, lat=y, crs=crs).json["sites"]

    assert site["held"]["distance_m"] == pytest.approx(30, abs=0.01)


@pytest.mark.parametrize(
    "wrong",
    [
        {"crs": None},
        {"crs": "mercator"},
        {"crs": ""},
        {"activity": "swimming"},
        {"accuracy_m": -1},
        {"lat": 91},
    ],
)
def test_a_check_that_would_have_to_guess_is_refused(town, supervisor, wrong):
    assert checked(supervisor, **wrong).status_code == 422


def test_a_check_without_a_reference_is_refused(supervisor):
    asked = {"activity": "bar", "lon": ORIGIN[0], "lat": ORIGIN[1]}

    assert supervisor.post("/api/v1/screening/check", json=asked).status_code == 422


def test_the_verdicts_of_the_newest_run_are_listed_and_filtered(town, run, supervisor):
    def listed(**chosen):
        answer = supervisor.get("/api/v1/screening", query_string=chosen)
        return [(row["venue_id"], row["rule_id"], row["verdict"]) for row in answer.json]

    assert listed(rule="BUF-NET-1") == [
        (town["near"], "BUF-NET-1", "inside"),
        (town["unsure"], "BUF-NET-1", "inside"),
        (town["beyond"], "BUF-NET-1", "clear"),
    ]
    assert listed(activity="bar", verdict="survey") == [(town["bar"], "BUF-BAR-1", "survey")]
    assert listed(area=MINHANG, verdict="clear") == [(town["beyond"], "BUF-NET-1", "clear")]


def test_verdicts_are_scoped_by_area_and_by_agency(app, deployment, town, run):
    from backend.accounts.models import Agency

    with deployment.unit_of_work() as session:
        agency = Agency(code="bars", name_zh="酒吧管理", name_en="bars", activities=["bar"])
        session.add(agency)
        session.flush()
        agency_id = agency.id
    in_minhang = desk_of(app, Role.SUPERVISOR, areas=(MINHANG,))
    of_bars = desk_of(app, Role.SUPERVISOR, agency_id=agency_id)

    assert {row["venue_id"] for row in in_minhang.get("/api/v1/screening").json} == {town["beyond"]}
    assert {row["venue_id"] for row in of_bars.get("/api/v1/screening").json} == {town["bar"]}
    assert of_bars.get(f"/api/v1/venues/{town['near']}/distances").status_code == 404
    assert in_minhang.get(f"/api/v1/sites/{town['school']}/nearby").status_code == 404
    assert of_bars.get(f"/api/v1/screening/{run}/venues/{town['near']}").status_code == 404


def test_a_verdict_is_explained_by_the_places_as_they_were_measured(deployment, town, run, supervisor):
    from backend.protected_sites.models import Site

    with deployment.unit_of_work() as session:
        session.get(Site, town["school"]).place = square(-500, 0, 10)

    explained = supervisor.get(f"/api/v1/screening/{run}/venues/{town['near']}").json

    (line,) = explained["lines"]
    assert [(v["rule_id"], v["verdict"]) for v in explained["verdicts"]] == [
        ("BUF-NET-1", "inside"),
        ("BUF-NET-2", "not_configured"),
    ]
    assert (line["measurement"]["distance_m"], line["measurement"]["error_m"]) == (30.0, 0.0)
    assert (line["rule"]["id"], line["rule"]["radius_m"], line["rule"]["at_limit"]) == (
        "BUF-NET-1",
        200,
        "unsettled",
    )
    assert line["rule"]["citations"]
    assert shapely.geometry.shape(line["site"]["place"]).equals_exact(square(0, 0, 100), 1e-9)
    assert line["venue"]["version"] == 1
    assert len(explained["run"]["data_version"]) == 64


def test_a_clear_verdict_is_explained_too(town, run, supervisor):
    explained = supervisor.get(f"/api/v1/screening/{run}/venues/{town['beyond']}").json

    assert [row["verdict"] for row in explained["verdicts"]] == ["clear", "not_configured"]
    assert explained["lines"] == []


def test_the_surroundings_of_a_school_are_sorted_by_distance(town, supervisor):
    rows = supervisor.get(f"/api/v1/sites/{town['school']}/nearby").json

    assert [(row["venue_id"], round(row["boundary_m"]), row["held"]["verdict"]) for row in rows] == [
        (town["near"], 30, "inside"),
        (town["bar"], 50, "survey"),
        (town["unsure"], 140, "inside"),
        (town["beyond"], 400, "clear"),
    ]
    assert (rows[0]["licence_no"], rows[0]["came_first"]) == ("沪网文〔2019〕0001号", "site_first")


def test_within_reaches_as_far_as_one_asks(town, supervisor):
    asked = f"/api/v1/sites/{town['school']}/nearby?within_m="

    assert [len(supervisor.get(asked + metres).json) for metres in ("29.9", "30", "139.9", "2000")] == [
        0,
        1,
        2,
        4,
    ]
    assert supervisor.get(asked + "2001").status_code == 422


def test_a_school_sees_only_itself_and_only_what_accuses_nobody(app, deployment, town):
    with deployment.unit_of_work() as session:
        other = add_site(session, square(900, 0, 50)).id
    school = desk_of(app, Role.REPORTER, site_id=town["school"])

    rows = school.get(f"/api/v1/sites/{town['school']}/nearby").json

    assert {frozenset(row) for row in rows} == {
        frozenset({"name", "activity", "licence_no", "boundary_m", "gate_m", "walking", "status"})
    }
    assert [row["status"] for row in rows] == [
        "to_be_measured",
        "to_be_measured",
        "to_be_measured",
        "distance_kept",
    ]
    assert school.get(f"/api/v1/sites/{other}/nearby").status_code == 404
    for closed in ("/api/v1/screening", f"/api/v1/venues/{town['near']}/distances"):
        assert school.get(closed).status_code == 403


def test_the_distances_of_a_venue_are_listed_for_each_activity(town, supervisor):
    (cafe,) = supervisor.get(f"/api/v1/venues/{town['near']}/distances").json

    assert (cafe["activity"], cafe["verdict"]) == ("internet_cafe", "inside")
    assert [(site["site_id"], site["came_first"]) for site in cafe["sites"]] == [
        (town["school"], "site_first")
    ]
