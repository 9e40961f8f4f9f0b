"""Sessions on the server: cookies, time-outs, signing out, and what other sites cannot do."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text, update

from backend.accounts.auth import BROWSER_COOKIE, SESSION_COOKIE, Role
from backend.accounts.models import SignIn
from tests.people import PASSWORD, add_person, desk, desk_of

ME = "/api/v1/me"


def door_token(client):
    """What the sign-in form of this browser carries."""
    client.get("/sign-in")
    deployment = client.application.extensions["humiao"]
    return deployment.keys.keyed_hash("csrf", client.get_cookie(BROWSER_COOKIE).value).hex()


def sign_in(client, login, password=PASSWORD, **form):
    form = {"login": login, "password": password, "csrf_token": door_token(client)} | form
    return client.post("/sign-in", data=form)


@pytest.fixture
def zhang(deployment):
    return add_person(deployment, login="zhang")


def test_signing_in_gives_a_strict_cookie_of_this_host_only(app, zhang):
    answer = sign_in(app.test_client(), "zhang")

    assert (answer.status_code, answer.location) == (303, "/")
    (cookie,) = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith(SESSION_COOKIE + "=")]
    assert SESSION_COOKIE.startswith("__Host-")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert "Expires" not in cookie


def test_the_database_does_not_hold_the_token(app, deployment, zhang):
    client = app.test_client()
    sign_in(client, "zhang")

    with deployment.reading() as session:
        kept = session.scalar(text("SELECT token_hash FROM sign_ins"))
    assert client.get_cookie(SESSION_COOKIE).value.encode() not in bytes(kept)
    assert len(bytes(kept)) == 32


def test_signing_in_again_begins_another_session_and_ends_the_old_one(app, zhang):
    client, stolen = app.test_client(), app.test_client()
    sign_in(client, "zhang")
    first = client.get_cookie(SESSION_COOKIE).value
    token = client.get(ME).json["csrf_token"]
    stolen.set_cookie(SESSION_COOKIE, first)

    client.post("/sign-in", data={"login": "zhang", "password": PASSWORD, "csrf_token": token})

    assert client.get_cookie(SESSION_COOKIE).value != first
    assert (client.get(ME).status_code, stolen.get(ME).status_code) == (200, 401)


def test_signing_out_ends_the_session_on_the_server(app, zhang):
    client, copy = desk(app, zhang), app.test_client()
    copy.set_cookie(SESSION_COOKIE, client.get_cookie(SESSION_COOKIE).value)
    assert copy.get(ME).status_code == 200

    answer = client.post("/sign-out")

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert client.get_cookie(SESSION_COOKIE) is None
    assert copy.get(ME).status_code == 401


@pytest.mark.parametrize(
    ("created", "seen", "status"),
    [
        pytest.param(timedelta(hours=11), timedelta(minutes=29), 200, id="at work"),
        pytest.param(timedelta(hours=1), timedelta(minutes=31), 401, id="left alone for half an hour"),
        pytest.param(timedelta(hours=12, minutes=1), timedelta(0), 401, id="longer than a working day"),
    ],
)
def test_time_outs(app, deployment, zhang, created, seen, status):
    client, now = desk(app, zhang), datetime.now(UTC)
    with deployment.unit_of_work() as session:
        session.execute(update(SignIn).values(created_at=now - created, seen_at=now - seen))

    assert client.get(ME).status_code == status


def test_being_there_is_noted_once_a_minute(app, deployment, zhang):
    client, long_ago = desk(app, zhang), datetime.now(UTC) - timedelta(minutes=10)

    def seen_at():
        with deployment.reading() as session:
            return session.query(SignIn.seen_at).scalar()

    with deployment.unit_of_work() as session:
        session.execute(update(SignIn).values(seen_at=long_ago))
    client.get(ME)
    first = seen_at()
    client.get(ME)

    assert first > long_ago
    assert seen_at() == first


@pytest.mark.parametrize("deed", ["deactivate", "set_password"])
def test_a_closed_account_or_a_new_password_ends_every_session_at_once(app, deployment, zhang, deed):
    from backend.accounts import actions
    from backend.accounts.models import User
    from tests.people import password_hash

    client, details = desk(app, zhang), {"set_password": {"password_hash": password_hash()}}.get(deed, {})
    assert client.get(ME).status_code == 200

    with deployment.unit_of_work() as session:
        change = getattr(actions, deed)
        change(session, session.get_one(User, zhang), **details, by="tester", now=datetime.now(UTC))

    assert client.get(ME).status_code == 401


def test_an_agency_that_is_no_longer_in_force_signs_its_people_out(app, deployment):
    from datetime import date

    from backend.accounts import actions

    now = datetime.now(UTC)
    agency = {"code": "old", "name_zh": "旧机构", "name_en": "Old agency", "by": "tester", "now": now}
    with deployment.unit_of_work() as session:
        agency_id = actions.put_agency(session, **agency).id
    client = desk_of(app, Role.INSPECTOR, agency_id=agency_id)
    assert client.get(ME).json["agency_id"] == agency_id

    with deployment.unit_of_work() as session:
        actions.put_agency(session, **agency, valid_to=date(2020, 1, 1))

    assert client.get(ME).status_code == 401


USER = {"login": "new.one", "display_name": "新人", "role": "inspector", "areas": ["310101"]}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, 201, id="a program that shows the token"),
        pytest.param({"Origin": "http://localhost"}, 201, id="our own page"),
        pytest.param(
            {"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 201, id="our own page, no origin told"
        ),
        pytest.param({"X-CSRF-Token": ""}, 403, id="no token"),
        pytest.param({"X-CSRF-Token": "0" * 64}, 403, id="a wrong token"),
        pytest.param({"Origin": "https://evil.example"}, 403, id="another site"),
        pytest.param({"Origin": "null"}, 403, id="a sandboxed page"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, 403, id="another site, as the browser says"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, 403, id="a sister host"),
    ],
)
def test_a_change_must_come_from_our_pages_and_show_the_token(app, headers, status):
    answer = desk_of(app, Role.SECURITY_ADMIN).post("/api/v1/users", json=USER, headers=headers)

    assert answer.status_code == status
    if status == 403:
        assert answer.json["status"] == "forged_request"


def test_one_sessions_token_is_no_good_in_another(app):
    mine, other = desk_of(app, Role.SECURITY_ADMIN), desk_of(app, Role.SECURITY_ADMIN)
    token = other.get(ME).json["csrf_token"]

    assert mine.post("/api/v1/users", json=USER, headers={"X-CSRF-Token": token}).status_code == 403


def test_nobody_can_sign_another_browser_in(app, zhang):
    attacker, victim = app.test_client(), app.test_client()
    token = door_token(attacker)

    form = {"login": "zhang", "password": PASSWORD, "csrf_token": token}
    answer = victim.post("/sign-in", data=form)

    assert answer.status_code == 401
    assert victim.get_cookie(SESSION_COOKIE) is None


def test_changing_ones_password_signs_the_other_desks_out(app, zhang):
    here, there = desk(app, zhang), desk(app, zhang)
    new = "ladder-lantern-mango"
    form = {"current_password": PASSWORD, "new_password": new, "new_password_again": new}

    assert here.post("/password", data=form).status_code == 200
    assert (here.get(ME).status_code, there.get(ME).status_code) == (200, 401)
    assert sign_in(app.test_client(), "zhang", new).status_code == 303
    assert sign_in(app.test_client(), "zhang", PASSWORD).status_code == 401


@pytest.mark.parametrize(
    ("form", "status"),
    [
        pytest.param({"current_password": "not this one, sorry"}, 422, id="wrong current password"),
        pytest.param({"new_password_again": "something-else-12"}, 422, id="the two differ"),
        pytest.param(
            dict.fromkeys(["new_password", "new_password_again"], "qwerty123456"), 422, id="too common"
        ),
    ],
)
def test_a_password_that_is_not_changed(app, zhang, form, status):
    here, there = desk(app, zhang), desk(app, zhang)
    good = dict.fromkeys(["new_password", "new_password_again"], "ladder-lantern-mango")
    good["current_password"] = PASSWORD

    assert here.post("/password", data=good | form).status_code == status
    assert there.get(ME).status_code == 200


def test_a_desk_cannot_fill_the_memory(app):
    much = USER | {"display_name": "x" * 5 * 2**20}

    assert desk_of(app, Role.SECURITY_ADMIN).post("/api/v1/users", json=much).status_code == 413
