"""The pages of tablets: listed for their keepers, let in by a square that is shown once, refused at once."""

import re

import pytest

from backend.accounts.auth import Role
from tests.accounts.enrolling import TabletKey, add_tablet
from tests.intake.tablet import FORM_DATA, form_data, just_now

SAID = {"device_name": "七号平板", "app": "own", "device_days": "30"}


@pytest.fixture
def supervisor(people):
    return people(Role.SUPERVISOR)


def send_one(app, token):
    return app.test_client().post(
        "/tablet/submission", data=form_data(just_now(), []), content_type=FORM_DATA,
        headers={"Authorization": f"Bearer {token}"},
    )  # fmt: skip


def test_a_square_lets_one_tablet_in(app, supervisor, inspector):
    page = supervisor.post("/devices/new", data=SAID | {"user_id": inspector})

    assert page.status_code == 201
    assert "data:image/svg+xml" in page.text
    code = re.search(r"<code>([0-9A-Z-]+)</code>", page.text)[1]
    assert app.test_client().post("/tablet/enrolment", json=TabletKey().says(code)).status_code == 201
    assert "平板7" in supervisor.get("/devices").text


def test_a_form_that_names_nobodys_areas_is_shown_again(supervisor, inspector):
    page = supervisor.post("/devices/new", data=SAID)

    assert page.status_code == 422
    assert "七号平板" in page.text


@pytest.mark.parametrize(
    "bad",
    [{"device_name": ""}, {"device_name": "张三13800138000"}, {"device_days": "0"}, {"device_days": "99999"}],
)
def test_a_name_and_days_are_asked_for(supervisor, inspector, bad):
    assert supervisor.post("/devices/new", data=SAID | {"user_id": inspector} | bad).status_code == 422


def test_nobody_equips_other_peoples_officers(people, inspector):
    stranger = people(Role.SUPERVISOR, areas=("310104",))

    assert stranger.post("/devices/new", data=SAID | {"user_id": inspector}).status_code == 403
    assert "inspector" not in stranger.get("/devices/new").text.split("<main")[1]


def test_collects_settings_are_shown_once(supervisor, inspector):
    page = supervisor.post("/devices/new", data=SAID | {"user_id": inspector, "app": "collect"})

    assert page.status_code == 201
    assert re.search(r"/openrosa/key/[\w-]{43}", page.text)
    assert "/openrosa/key/" not in supervisor.get("/devices/1").text


def test_one_tablet_shows_how_it_stands(app, deployment, supervisor, inspector, agency, forms):
    _, token = add_tablet(deployment, user_id=inspector, agency_id=agency)
    assert send_one(app, token).status_code == 201

    page = supervisor.get("/devices/1").text

    assert "扫码登记，有签名密钥" in page
    assert "未下载" in page
    assert "<dt>发来的检查表</dt><dd>1</dd>" in page


def test_a_lost_tablet_is_refused_at_once(app, deployment, supervisor, inspector, agency, forms):
    _, token = add_tablet(deployment, user_id=inspector, agency_id=agency)
    assert "从未收到它发来的检查表" in supervisor.get("/devices/1/lost").text

    page = supervisor.post("/devices/1", data={"deed": "lost"}).text

    assert "这台平板已被注销" in page
    assert "原因：遗失" in page
    assert send_one(app, token).status_code == 401
    assert "已注销" in supervisor.get("/devices?state=revoked").text


def test_tablets_of_others_are_not_there(deployment, people, inspector, agency):
    add_tablet(deployment, user_id=inspector, agency_id=agency)

    for more in ({"areas": ("310104",)}, {"agency_id": None}):
        stranger = people(Role.SUPERVISOR, **more)
        assert "平板7" not in stranger.get("/devices").text
        for address in ("/devices/1", "/devices/1/lost"):
            assert stranger.get(address).status_code == 404
        assert stranger.post("/devices/1", data={"deed": "lost"}).status_code == 404


@pytest.mark.parametrize("deed", ["", "destroy"])
def test_a_refusal_needs_a_reason(deployment, supervisor, inspector, agency, deed):
    add_tablet(deployment, user_id=inspector, agency_id=agency)

    assert supervisor.post("/devices/1", data={"deed": deed}).status_code == 422
