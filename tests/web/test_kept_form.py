"""What was typed when a session ended is carried through signing in, and sent only when somebody says so."""

import io
import re
from datetime import UTC, datetime
from html import unescape

import pytest
from sqlalchemy import update

from backend.accounts.auth import SESSION_COOKIE, Role
from backend.accounts.models import SignIn
from tests.accounts.test_sessions import sign_in
from tests.people import PASSWORD, add_person, desk_of

NEW = {"login": "new.one", "display_name": "新 <人>", "role": "inspector", "areas": ["310101", "310106"]}


@pytest.fixture
def signed_out(app, deployment):
    """A desk whose session ended while somebody was typing; the account is `boss`, another one `zhang`."""
    add_person(deployment, Role.SECURITY_ADMIN, login="boss")
    add_person(deployment, Role.SECURITY_ADMIN, login="zhang")
    desk = app.test_client()
    sign_in(desk, "boss")
    with deployment.unit_of_work() as session:
        session.execute(update(SignIn).values(ended_at=datetime.now(UTC)))
    return desk


def hidden(page: str, name: str) -> list[str]:
    main = page.split("<main")[1]
    return [unescape(value) for value in re.findall(rf'type="hidden" name="{name}" value="([^"]*)"', main)]


def signed_in_again(desk, page: str, password: str = PASSWORD, login: str = "boss"):
    form = {"csrf_token": hidden(page, "csrf_token")[0], "kept": hidden(page, "kept"), "login": login}
    return desk.post("/sign-in", data=form | {"password": password})


def test_a_form_sent_too_late_is_shown_again_after_signing_in_and_then_sent(signed_out):
    late = signed_out.post("/users/new?x=1", data=NEW)
    assert late.status_code == 401
    assert "登录已过期" in late.text

    again = signed_in_again(signed_out, late.text)
    assert "新 &lt;人&gt;" in again.text
    assert 'action="/users/new?x=1"' in again.text

    fields = {name: hidden(again.text, name) for name in ("csrf_token", *NEW)}
    sent = signed_out.post("/users/new?x=1", data=fields)
    assert sent.status_code == 201
    assert "new.one" in signed_out.get("/users").text


def test_a_wrong_password_in_between_loses_nothing(signed_out):
    late = signed_out.post("/users/new", data=NEW)

    wrong = signed_in_again(signed_out, late.text, password="not the one at all")

    assert hidden(wrong.text, "kept") == hidden(late.text, "kept")


def test_what_one_typed_is_shown_to_no_other(signed_out):
    late = signed_out.post("/users/new", data=NEW)

    other = signed_in_again(signed_out, late.text, login="zhang")

    assert (other.status_code, other.location) == (303, "/")


def test_a_stranger_carries_nothing_and_may_send_little(app):
    stranger = app.test_client()
    stranger.set_cookie(SESSION_COOKIE, "made up", secure=True)

    assert hidden(stranger.post("/users/new", data=NEW).text, "kept") == []
    assert stranger.post("/users/new", data=NEW | {"login": "x" * 70_000}).status_code == 413


def test_a_long_form_with_a_file_comes_back_with_a_word_about_the_file(signed_out):
    late = signed_out.post("/users/new", data=NEW | {"file": (io.BytesIO(b"x" * 100_000), "a.jpg")})

    assert late.status_code == 401
    assert "选择的文件需要重新选择" in late.text


def test_no_password_is_carried(signed_out):
    typed = {"current_password": "correct horse battery", "new_password": "staple", "new_password_again": "x"}

    late = signed_out.post("/password", data=typed)

    assert (late.status_code, hidden(late.text, "kept")) == (401, [])
    assert "battery" not in late.text


@pytest.mark.parametrize(
    "kept", ["", "nonsense", "[]", '00 [1,"/users/new",[["login","x"]],false]', ' [1,"/",[],false]']
)
def test_what_we_did_not_write_is_not_carried(signed_out, kept):
    page = signed_out.get("/sign-in").text
    form = {"csrf_token": hidden(page, "csrf_token")[0], "login": "boss", "password": PASSWORD, "kept": kept}

    answer = signed_out.post("/sign-in", data=form)

    assert (answer.status_code, answer.location) == (303, "/")


def test_large_type_is_kept_by_the_browser_until_it_is_not_wanted(app):
    desk = desk_of(app, Role.SECURITY_ADMIN)

    desk.post("/look", data={"look": "large", "next": "/users"})
    assert '<html lang="zh-CN" data-large data-outdoor>' in desk.get("/users").text

    desk.post("/look", data={"look": "usual"})
    assert '<html lang="zh-CN">' in desk.get("/users").text
