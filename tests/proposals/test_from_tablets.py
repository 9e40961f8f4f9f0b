"""An enrolled tablet proposes with its token; what it proposes is its officer's."""

from uuid import uuid4

import pytest
import shapely

from backend.accounts.auth import Role
from tests.accounts.enrolling import add_tablet
from tests.people import add_person, desk, desk_of
from tests.screening.places import add_site, add_venue, at, square


@pytest.fixture(autouse=True)
def register(deployment):
    with deployment.unit_of_work() as session:
        add_venue(session, at(0), area_code="310101", name="旧名")
        add_venue(session, at(0), area_code="310104")
        add_site(session, square(0, 0, 100), area_code="310101")


@pytest.fixture
def officer(deployment):
    return add_person(deployment, Role.INSPECTOR, areas=("310101",))


@pytest.fixture
def tablet(app, deployment, officer):
    token = add_tablet(deployment, user_id=officer)[1]
    shown = {"Authorization": f"Bearer {token}"}
    return lambda path, method="POST", **body: app.test_client().open(
        f"/tablet/{path}", method=method, headers=shown, **body
    )


def said(**values):
    return {"uuid": str(uuid4()), "seen_version": 1, "values": values, "reason": "现场核对"}


def test_a_tablet_proposes_and_hears_what_became_of_it(app, tablet, officer):
    point = shapely.geometry.mapping(shapely.Point(at(5, 5)))
    gate = {"type": "MultiPoint", "coordinates": [point["coordinates"]]}
    proposal = said(gates=gate, crs="wgs84")

    answers = [tablet("sites/1/proposals", json=proposal) for _ in range(2)]
    desk_of(app, Role.SUPERVISOR, areas=("310101",)).post(
        f"/api/v1/proposals/{proposal['uuid']}/refusal", json={"reason": "门已封闭"}
    )

    assert [answer.status_code for answer in answers] == [201, 200]
    assert (answers[0].json["state"], answers[0].json["user_id"]) == ("waiting", officer)
    became = tablet(f"proposals/{proposal['uuid']}", "GET").json
    assert (became["state"], became["decision_reason"]) == ("refused", "门已封闭")


def test_two_tablets_of_one_morning_change_different_fields_of_one_venue(app, deployment, tablet):
    other = add_tablet(deployment, user_id=add_person(deployment, Role.INSPECTOR, areas=("310101",)))[1]
    name, address = said(name="新名"), said(address="新路1号") | {"seen": {"address": None}}

    first = tablet("venues/1/proposals", json=name)
    second = app.test_client().post(
        "/tablet/venues/1/proposals", json=address, headers={"Authorization": f"Bearer {other}"}
    )

    assert (first.json["state"], first.json["is_parallel"]) == ("merged", False)
    assert (second.json["state"], second.json["is_parallel"]) == ("merged", True)
    venue = desk_of(app, Role.SUPERVISOR, areas=("310101",)).get("/api/v1/venues/1").json
    assert (venue["name"], venue["address"], venue["version"]) == ("新名", "新路1号", 3)


def test_the_officer_may_send_it_again_from_a_desk(app, tablet, officer):
    proposal = said(name="新名")
    tablet("venues/1/proposals", json=proposal)

    assert desk(app, officer).post("/api/v1/venues/1/proposals", json=proposal).status_code == 200


def test_a_tablet_reaches_no_farther_than_its_officer(app, tablet):
    assert tablet("venues/2/proposals", json=said(name="新名")).status_code == 404
    assert tablet(f"proposals/{uuid4()}", "GET").status_code == 404
    assert app.test_client().post("/tablet/venues/1/proposals", json=said(name="新名")).status_code == 401
