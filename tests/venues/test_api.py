"""The doors of venues: who sees which, and what a supervisor may enter and correct."""

from datetime import UTC, date, datetime

import pytest
import shapely
from sqlalchemy import select, text

from backend.accounts import actions as accounts
from backend.accounts.auth import Role
from backend.accounts.models import Area
from backend.core.audit import AuditEntry
from tests.people import desk_of
from tests.screening.places import ORIGIN, add_venue

URL = "/api/v1/venues"
POINT = {"type": "Point", "coordinates": [121.47, 31.23]}
NEW = {"name": "新吧", "activities": ["bar"], "place": POINT, "crs": "wgs84", "capture": "survey"}


@pytest.fixture
def venues(deployment):
    """A bar that sells tobacco and a cafe nobody can find here, a bar elsewhere."""
    with deployment.unit_of_work() as session:
        session.add(Area(code="310101", name="黄浦区", place=shapely.box(121.4, 31.2, 121.6, 31.4)))
        session.add(Area(code="310104", name="徐汇区", place=shapely.box(121.6, 31.2, 121.8, 31.4)))
        here = {"area_code": "310101", "credit_code": "91350100M000100Y43", "address": "南京路1号"}
        licence = {"issued_on": date(2019, 6, 1)}
        bar = add_venue(session, ORIGIN, "bar", "tobacco", name="甲吧", licence=licence, **here)
        cafe = add_venue(session, None, "internet_cafe", name="乙网吧", area_code="310101002")
        away = add_venue(session, (121.7, 31.3), "bar", name="丙吧", area_code="310104")
        return bar.id, cafe.id, away.id


@pytest.fixture
def supervisor(app, venues):
    return desk_of(app, Role.SUPERVISOR, areas=("310101",))


@pytest.fixture
def culture(app, deployment, venues):
    """A supervisor of an agency that looks after internet cafes and bars only."""
    agency_id = agency_for(deployment, "internet_cafe", "bar")
    return desk_of(app, Role.SUPERVISOR, areas=("310101",), agency_id=agency_id)


def agency_for(deployment, *activities):
    with deployment.unit_of_work() as session:
        named = {"name_zh": "执法大队", "name_en": "an agency", "activities": list(activities)}
        return accounts.put_agency(session, code="agency", by="tester", now=datetime.now(UTC), **named).id


def names(answer):
    return [venue["name"] for venue in answer.json]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["甲吧", "乙网吧"]),
        ("activity=bar", ["甲吧"]),
        ("area=310101002", ["乙网吧"]),
        ("has_position=false", ["乙网吧"]),
        ("has_position=true", ["甲吧"]),
        ("text=网吧", ["乙网吧"]),
        ("text=南京路", ["甲吧"]),
        ("text=沪网文〔2019〕", ["甲吧"]),
        ("text=91350100m", ["甲吧"]),
        ("text=_", []),
        ("page=2&page_size=1", ["乙网吧"]),
    ],
)
def test_venues_of_ones_areas(app, venues, query, found):
    inspector = desk_of(app, Role.INSPECTOR, areas=("310101",))

    assert names(inspector.get(f"{URL}?{query}")) == found


def test_an_agency_sees_the_venues_that_it_supervises(app, deployment, venues):
    inspector = desk_of(app, Role.INSPECTOR, areas=("31",), agency_id=agency_for(deployment, "tobacco"))

    assert names(inspector.get(URL)) == ["甲吧"]
    assert inspector.get(f"{URL}/{venues[1]}").status_code == 404


def test_a_venue_elsewhere_is_not_there(venues, supervisor):
    *_, elsewhere = venues

    assert supervisor.get(f"{URL}/{elsewhere}").status_code == 404
    assert supervisor.patch(f"{URL}/{elsewhere}", json={}, headers={"If-Match": '"x"'}).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_a_list_costs_the_same_however_long(deployment, supervisor, rows):
    from sqlalchemy import event

    with deployment.unit_of_work() as session:
        for _ in range(rows):
            add_venue(session, ORIGIN, "bar", "alcohol", area_code="310101", licence={})
    said = []
    event.listen(deployment.engine, "before_cursor_execute", lambda *about: said.append(about[2]))

    answer = supervisor.get(f"{URL}?page_size=50")

    assert len(answer.json) == rows + 2
    assert sum("FROM venue" in statement or "FROM licences" in statement for statement in said) == 4


def test_a_venue_entered_by_hand(deployment, supervisor):
    licence = {"activity": "bar", "number": "B1", "issued_on": "2020-01-01", "expires_on": None}
    said = NEW | {
        "activities": ["bar", "alcohol"],
        "licences": [licence],
        "credit_code": "９1350100m000100y43",
    }

    answer = supervisor.post(URL, json=said)

    venue = answer.json
    assert (answer.status_code, venue["activities"], venue["licences"]) == (
        201,
        ["alcohol", "bar"],
        [licence],
    )
    assert (venue["credit_code"], venue["area_code"], venue["place"]) == (
        "91350100M000100Y43",
        "310101",
        POINT,
    )
    with deployment.reading() as session:
        [entry] = session.scalars(select(AuditEntry).where(AuditEntry.deed == "venue.add"))
    assert entry.subject == f"venue:{venue['id']}"


def test_a_venue_drawn_as_an_area(supervisor):
    ring = [[121.47, 31.23], [121.471, 31.23], [121.471, 31.231], [121.47, 31.231], [121.47, 31.23]]

    venue = supervisor.post(URL, json=NEW | {"place": {"type": "Polygon", "coordinates": [ring]}}).json

    assert (venue["place"]["type"], venue["footprint"]["type"]) == ("Point", "Polygon")
    assert 70 < venue["extent_m"] < 80


def test_a_venue_that_nobody_can_find_yet(supervisor):
    said = {"name": "某酒吧", "activities": ["bar"]}

    assert supervisor.post(URL, json=said).status_code == 403
    assert supervisor.post(URL, json=said | {"area_code": "310104"}).status_code == 403
    answer = supervisor.post(URL, json=said | {"area_code": "310101"})
    assert (answer.status_code, answer.json["place"]) == (201, None)


@pytest.mark.parametrize(
    ("change", "code", "status"),
    [
        pytest.param({"activities": []}, 422, "invalid_input", id="does nothing"),
        pytest.param({"activities": ["disco"]}, 422, "invalid_input", id="no such activity"),
        pytest.param({"activities": ["bar", "tobacco"]}, 403, "not_allowed", id="another agency's"),
        pytest.param(
            {"licences": [{"activity": "tobacco", "number": "1"}]}, 403, "not_allowed", id="their licence"
        ),
        pytest.param({"credit_code": "91350100M000100Y44"}, 422, "invalid_input", id="wrong check digit"),
        pytest.param(
            {"place": {"type": "Point", "coordinates": [121.7, 31.3]}}, 403, "not_allowed", id="elsewhere"
        ),
        pytest.param(
            {"operator_name": "张三13812345678"}, 422, "personal_number_found", id="a personal number"
        ),
        pytest.param({"crs": "nad27"}, 422, "invalid_input", id="no such reference"),
        pytest.param({"capture": None}, 422, "invalid_input", id="nobody says how"),
    ],
)
def test_venues_that_are_not_entered(deployment, culture, change, code, status):
    answer = culture.post(URL, json=NEW | change)

    assert (answer.status_code, answer.json["status"]) == (code, status)
    with deployment.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM venues")) == 3


def test_a_correction_names_the_state_that_it_corrects(deployment, venues, supervisor):
    url = f"{URL}/{venues[0]}"
    shown = supervisor.get(url)
    etag = shown.headers["ETag"]
    change = {"address": "西藏路2号", "activities": ["bar", "alcohol"], "licences": []}

    blind = supervisor.patch(url, json=change)
    done = supervisor.patch(url, json=change, headers={"If-Match": etag})
    stale = supervisor.patch(url, json={"address": "x"}, headers={"If-Match": etag})
    again = supervisor.patch(url, json=change, headers={"If-Match": done.headers["ETag"]})

    assert (blind.status_code, done.status_code, stale.status_code, again.status_code) == (428, 200, 412, 200)
    assert (done.json["activities"], done.json["licences"], done.json["version"]) == (
        ["alcohol", "bar"],
        [],
        2,
    )
    assert again.json["version"] == 2
    assert done.headers["ETag"] == supervisor.get(url).headers["ETag"] != etag
    with deployment.reading() as session:
        [entry] = session.scalars(select(AuditEntry).where(AuditEntry.deed == "venue.change"))
    assert entry.detail == {"fields": ["activities", "address", "licences"]}


def test_an_agency_leaves_what_others_supervise_as_it_is(venues, culture):
    url = f"{URL}/{venues[0]}"
    etag = culture.get(url).headers["ETag"]

    refused = culture.patch(url, json={"activities": ["bar"]}, headers={"If-Match": etag})
    allowed = culture.patch(
        url, json={"activities": ["tobacco", "internet_cafe"]}, headers={"If-Match": etag}
    )

    assert (refused.status_code, refused.json["errors"]) == (403, {"activities": ["tobacco"]})
    assert allowed.json["activities"] == ["internet_cafe", "tobacco"]


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.REPORTER, Role.SYSTEM_ADMIN])
def test_only_a_supervisor_writes_and_a_reporter_sees_no_list(app, venues, role):
    someone = desk_of(app, role)

    assert someone.post(URL, json=NEW).status_code == 403
    assert someone.patch(f"{URL}/{venues[0]}", json={}, headers={"If-Match": '"x"'}).status_code == 403
    if role is Role.REPORTER:
        assert someone.get(URL).status_code == 403


def test_a_new_position_brings_its_own_error(deployment, venues, supervisor):
    url = f"{URL}/{venues[0]}"
    etag = {"If-Match": supervisor.get(url).headers["ETag"]}

    blind = supervisor.patch(url, json={"place": POINT, "crs": "wgs84"}, headers=etag)
    area = supervisor.patch(url, json={"area_code": "310101002"}, headers=etag)
    moved = supervisor.patch(url, json={"place": POINT, "crs": "wgs84", "capture": "device"}, headers=etag)

    assert (blind.json["errors"], area.json["errors"]) == (
        {"capture": "missing"}, {"area_code": "follows_from_position"},
    )  # fmt: skip
    assert (moved.json["accuracy_m"], moved.json["capture"], moved.json["source_crs"]) == (
        None,
        "device",
        "wgs84",
    )
