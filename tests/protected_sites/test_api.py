"""The doors of sites: who sees which, and what a supervisor may enter and correct."""

import pytest
import shapely
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.accounts.models import Area
from backend.core.audit import AuditEntry
from backend.protected_sites.models import Site
from geodata.distance import point_to_point_m
from tests.people import desk, desk_of
from tests.screening.places import ORIGIN, add_site, at, square

URL = "/api/v1/sites"
POINT = {"type": "Point", "coordinates": [121.47, 31.23]}
NEW = {
    "name": "新校区",
    "kind": "primary",
    "place": POINT,
    "crs": "wgs84",
    "capture": "survey",
    "accuracy_m": 0,
}


@pytest.fixture
def sites(deployment):
    """Two schools here, one elsewhere."""
    with deployment.unit_of_work() as session:
        session.add(Area(code="310101", name="黄浦区", place=shapely.box(121.4, 31.2, 121.6, 31.4)))
        session.add(Area(code="310104", name="徐汇区", place=shapely.box(121.6, 31.2, 121.8, 31.4)))
        here = add_site(
            session,
            square(0, 0, 100),
            name="一中",
            kind="middle",
            area_code="310101002",
            gates=shapely.MultiPoint([at(0)]),
        )
        also = add_site(session, shapely.Point(ORIGIN), name="二小", address="南京路1号", area_code="310101")
        there = add_site(session, shapely.Point(121.7, 31.3), name="三小", area_code="310104")
        return here.id, also.id, there.id


@pytest.fixture
def supervisor(app, sites):
    return desk_of(app, Role.SUPERVISOR, areas=("310101",))


def names(answer):
    return [site["name"] for site in answer.json]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["一中", "二小"]),
        ("kind=primary", ["二小"]),
        ("area=310101002", ["一中"]),
        ("area=310104", []),
        ("text=南京路", ["二小"]),
        ("text=%25", []),
        ("page=2&page_size=1", ["二小"]),
    ],
)
def test_sites_of_ones_areas(app, sites, query, found):
    inspector = desk_of(app, Role.INSPECTOR, areas=("310101",))

    assert names(inspector.get(f"{URL}?{query}")) == found


def test_the_answer_says_how_many_there_are(supervisor):
    assert '"total": 2' in supervisor.get(f"{URL}?page_size=1").headers["X-Pagination"]


def test_a_site_elsewhere_is_not_there(app, sites, supervisor):
    *_, elsewhere = sites
    reporter = desk_of(app, Role.REPORTER, areas=("310101",), site_id=sites[1])

    assert supervisor.get(f"{URL}/{elsewhere}").status_code == 404
    assert supervisor.patch(f"{URL}/{elsewhere}", json={}, headers={"If-Match": '"x"'}).status_code == 404
    assert names(reporter.get(URL)) == ["二小"]
    assert reporter.get(f"{URL}/{elsewhere}").status_code == 404


def test_nobody_is_made_the_reporter_of_a_school_elsewhere(app, sites):
    """Whoever opens accounts names the school, but can give no more areas than their own."""
    admin = desk_of(app, Role.SECURITY_ADMIN, areas=("310104",))
    new = {
        "login": "spy",
        "display_name": "新人",
        "role": "reporter",
        "areas": ["310104"],
        "site_id": sites[1],
    }
    made = admin.post("/api/v1/users", json=new).json["user"]["id"]

    reporter = desk(app, made)

    assert reporter.get(f"{URL}/{sites[1]}").status_code == 404
    assert reporter.get(f"{URL}/{sites[1]}/nearby").status_code == 404
    assert names(reporter.get(URL)) == []


def test_a_site_is_shown_with_its_outline_and_can_be_asked_for_again(sites, supervisor):
    shown = supervisor.get(f"{URL}/{sites[0]}")
    again = supervisor.get(f"{URL}/{sites[0]}", headers={"If-None-Match": shown.headers["ETag"]})

    assert (shown.json["place"]["type"], shown.json["gates"]["type"]) == ("Polygon", "MultiPoint")
    assert again.status_code == 304


def test_a_site_entered_by_hand_is_converted_and_put_in_its_area(deployment, supervisor):
    answer = supervisor.post(URL, json=NEW | {"crs": "GCJ-02"})

    assert (answer.status_code, answer.json["area_code"], answer.json["source_crs"]) == (
        201,
        "310101",
        "gcj02",
    )
    assert point_to_point_m(121.47, 31.23, *answer.json["place"]["coordinates"]) == pytest.approx(484, abs=20)
    with deployment.reading() as session:
        [entry] = session.scalars(select(AuditEntry).where(AuditEntry.deed == "site.add"))
    assert entry.subject == f"site:{answer.json['id']}"


@pytest.mark.parametrize(
    ("change", "code", "status"),
    [
        pytest.param({"crs": None}, 422, "invalid_input", id="a reference that is nothing"),
        pytest.param({"crs": "bd10"}, 422, "invalid_input", id="no such reference"),
        pytest.param({"kind": "school"}, 422, "invalid_input", id="no such kind"),
        pytest.param(
            {"place": {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}},
            422,
            "invalid_input",
            id="a line",
        ),
        pytest.param(
            {"place": {"type": "Point", "coordinates": [31.23, 121.47]}}, 422, "invalid_input", id="swapped"
        ),
        pytest.param(
            {"place": {"type": "Point", "coordinates": [121.7, 31.3]}}, 403, "not_allowed", id="elsewhere"
        ),
        pytest.param({"accuracy_m": -1}, 422, "invalid_input", id="a negative error"),
        pytest.param({"name": "电话13812345678"}, 422, "personal_number_found", id="a personal number"),
        pytest.param({"version": 9}, 422, "invalid_input", id="not his to say"),
    ],
)
def test_sites_that_are_not_entered(deployment, supervisor, change, code, status):
    answer = supervisor.post(URL, json=NEW | change)

    assert (answer.status_code, answer.json["status"]) == (code, status)
    with deployment.reading() as session:
        assert session.query(Site).count() == 3


def test_a_position_without_a_reference_is_refused(sites, supervisor):
    etag = supervisor.get(f"{URL}/{sites[1]}").headers["ETag"]

    answer = supervisor.patch(
        f"{URL}/{sites[1]}", json={"place": POINT, "capture": "map"}, headers={"If-Match": etag}
    )

    assert (answer.status_code, answer.json["errors"]) == (422, {"crs": "unknown_reference"})


def test_a_correction_names_the_state_that_it_corrects(deployment, sites, supervisor):
    url = f"{URL}/{sites[1]}"
    etag = supervisor.get(url).headers["ETag"]
    change = {
        "opened_on": "2001-09-01",
        "gates": {"type": "MultiPoint", "coordinates": [[121.47, 31.23]]},
        "crs": "wgs84",
    }

    blind = supervisor.patch(url, json=change)
    done = supervisor.patch(url, json=change, headers={"If-Match": etag})
    stale = supervisor.patch(url, json={"opened_on": None}, headers={"If-Match": etag})
    again = supervisor.patch(url, json=change, headers={"If-Match": done.headers["ETag"]})

    assert (blind.status_code, done.status_code, stale.status_code, again.status_code) == (428, 200, 412, 200)
    assert (done.json["version"], done.json["opened_on"], again.json["version"]) == (2, "2001-09-01", 2)
    assert done.headers["ETag"] == supervisor.get(url).headers["ETag"]
    with deployment.reading() as session:
        [entry] = session.scalars(select(AuditEntry).where(AuditEntry.deed == "site.change"))
    assert entry.detail == {"fields": ["gates", "opened_on"]}


def test_a_site_cannot_be_moved_out_of_ones_areas(deployment, sites, supervisor):
    url = f"{URL}/{sites[1]}"
    etag = supervisor.get(url).headers["ETag"]
    away = {"place": {"type": "Point", "coordinates": [121.7, 31.3]}, "crs": "wgs84", "capture": "map"}

    assert supervisor.patch(url, json=away, headers={"If-Match": etag}).status_code == 403
    assert supervisor.get(url).headers["ETag"] == etag


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.REPORTER, Role.SYSTEM_ADMIN])
def test_only_a_supervisor_writes(app, sites, role):
    someone = desk_of(app, role, site_id=sites[0])

    assert someone.post(URL, json=NEW).status_code == 403
    assert someone.patch(f"{URL}/{sites[0]}", json={}, headers={"If-Match": '"x"'}).status_code == 403
