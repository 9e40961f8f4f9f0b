"""The frame of the pages: signing in, the menu, refusals, languages, tables."""

import re

import pytest

from backend.accounts.auth import Role
from backend.web.shell import safe_return
from backend.web.static_files import VERSION, asset
from backend.web.tables import Page
from tests.accounts.test_sessions import door_token, sign_in
from tests.people import add_person, desk_of


@pytest.mark.parametrize(
    ("asked", "door"),
    [
        ("/", "/sign-in"),
        ("/users", "/sign-in?next=/users"),
        ("/users?text=a%26b&page=2", "/sign-in?next=/users?text%3Da%2526b%26page%3D2"),
    ],
)
def test_whoever_is_not_signed_in_is_led_to_the_door_and_back(app, deployment, asked, door):
    add_person(deployment, Role.SECURITY_ADMIN, login="boss")
    client = app.test_client()

    led = client.get(asked)
    assert (led.status_code, led.location) == (303, door)

    page = client.get(led.location).text
    back = re.search(r'name="next" value="([^"]*)"', page.split("<main")[1])[1].replace("&amp;", "&")
    assert sign_in(client, "boss", next=back).location == asked


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "evil",
        "javascript:alert(1)",
        "/a\nb",
        "",
        None,
    ],
)
def test_the_way_back_never_leaves_this_system(app, address):
    with app.test_request_context():
        assert safe_return(address) == "/"


def test_a_link_on_another_site_opens_the_page_once_more_with_its_cookies(app):
    answer = app.test_client().get("/users", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 401
    assert '<meta http-equiv="refresh" content="0">' in answer.text


def test_a_wrong_password_keeps_the_name_and_says_what_to_do(app, deployment):
    add_person(deployment, login="zhang")

    answer = sign_in(app.test_client(), "zhang", "not this one, sorry")

    assert answer.status_code == 401
    assert 'value="zhang"' in answer.text
    assert "账号或密码不正确" in answer.text
    assert "not this one" not in answer.text


def test_too_many_tries_say_how_long_to_wait(app):
    client = app.test_client()
    for _ in range(5):
        sign_in(client, "nobody", "not this one, sorry")

    answer = sign_in(client, "nobody", "not this one, sorry")

    assert answer.status_code == 429
    assert "请等待约 30 分钟" in answer.text


@pytest.mark.parametrize(
    ("role", "entries"),
    [
        (Role.SECURITY_ADMIN, ["/", "/users", "/api/docs", "/password"]),
        (Role.AUDITOR, ["/", "/audit", "/api/docs", "/password"]),
    ],
)
def test_the_menu_shows_what_a_role_may_open(app, role, entries):
    client = desk_of(app, role)
    menu = client.get("/").text.split('id="menu"')[1].split("</nav>")[0]
    shown = re.findall(r'href="([^"]+)"', menu)

    assert [
        entry for entry in shown if entry in ("/", "/users", "/audit", "/api/docs", "/password")
    ] == entries
    assert {client.get(entry).status_code for entry in shown} == {200}


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nothing-here", 404, "没有找到这个页面或记录"),
        ("/audit", 403, "您的角色不能做这件事"),
        ("/users/999999", 404, "没有找到这个页面或记录"),
        ("/sign-out", 405, "这个地址不能这样访问"),
    ],
)
def test_a_refusal_is_a_page_that_says_what_to_do(app, address, status, words):
    answer = desk_of(app, Role.SECURITY_ADMIN).get(address)

    assert answer.status_code == status
    assert words in answer.text
    assert re.search(r"请求编号 <code>[0-9a-f]{12}</code>", answer.text)


def test_an_error_of_ours_shows_its_number_and_nothing_else(app, monkeypatch, caplog):
    client = desk_of(app, Role.SECURITY_ADMIN)

    def broken(*_args, **_more):
        raise RuntimeError("secret inside")

    monkeypatch.setattr("backend.accounts.queries.list_users", broken)
    answer = client.get("/users")

    assert answer.status_code == 500
    assert "系统出错了" in answer.text
    assert "secret inside" not in answer.text
    assert "secret inside" in caplog.text


def test_an_old_page_is_told_to_reload(app):
    answer = desk_of(app, Role.SECURITY_ADMIN).post("/sign-out", headers={"X-CSRF-Token": "old"})

    assert answer.status_code == 403
    assert "页面已过期" in answer.text


def test_the_language_is_kept_and_the_page_comes_back(app):
    client = app.test_client()
    form = {"csrf_token": door_token(client), "language": "en", "next": "/sign-in?next=/users"}

    answer = client.post("/language", data=form)

    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/users")
    page = client.get("/sign-in").text
    assert '<html lang="en">' in page
    assert "登录" not in page


def test_an_unknown_language_changes_nothing(app):
    client = app.test_client()
    client.post("/language", data={"csrf_token": door_token(client), "language": "fr"})

    assert '<html lang="zh-CN">' in client.get("/sign-in").text


def test_opening_an_account_shows_its_password_once(app):
    client = desk_of(app, Role.SECURITY_ADMIN)
    form = {"login": "new.one", "display_name": "新人", "role": "inspector", "areas": "310101, 310106"}

    added = client.post("/users/new", data=form)
    password = re.search(r'class="secret"><code>([a-z0-9-]+)<', added.text)[1]

    assert added.status_code == 201
    assert "310101、310106" in added.text
    assert password not in client.get("/users?text=new.one").text
    assert sign_in(app.test_client(), "new.one", password).status_code == 303


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"areas": ""}, 422, "至少填写一个区划代码"),
        ({"role": "auditor"}, 422, "请从列表中选择"),
        ({"login": "no good"}, 422, "须为 2 到 64 个"),
        ({"display_name": " "}, 422, "不能为空"),
        ({"certificate_valid_to": "2026-13-45"}, 422, "不是有效日期"),
        ({"login": "taken"}, 409, "账号名已被使用"),
        ({"display_name": "张 13912345678"}, 422, "身份证号或手机号"),
    ],
)
def test_a_form_that_is_refused_comes_back_as_it_was_filled_in(app, deployment, change, status, words):
    add_person(deployment, login="taken")
    form = {"login": "new.one", "display_name": "新人", "role": "inspector", "areas": "310101"} | change
    form |= {"certificate_no": "沪执0001"}

    answer = desk_of(app, Role.SECURITY_ADMIN).post("/users/new", data=form)

    assert answer.status_code == status
    assert words in answer.text
    assert 'value="沪执0001"' in answer.text


def test_deeds_on_the_page_of_an_account(app, deployment):
    client, user_id = desk_of(app, Role.SECURITY_ADMIN), add_person(deployment, login="zhang")

    assert "已停用" in client.post(f"/users/{user_id}", data={"deed": "deactivate"}).text
    assert "已停用" not in client.post(f"/users/{user_id}", data={"deed": "reactivate"}).text
    assert 'class="secret"' in client.post(f"/users/{user_id}", data={"deed": "password"}).text
    assert client.post(f"/users/{user_id}", data={"deed": "delete"}).status_code == 422


def test_the_audit_page_names_the_actor_and_filters(app, deployment):
    auditor = desk_of(app, Role.AUDITOR, display_name="审计员甲")
    user_id = add_person(deployment)

    everything = auditor.get("/audit").text
    one = auditor.get(f"/audit?subject=user:{user_id}&deed=account.add&since=2026-01-01").text

    assert "审计员甲" in everything
    assert "共 1 条" in one
    assert auditor.get("/audit?since=yesterday").status_code == 422


@pytest.mark.parametrize(
    ("number", "pages", "near"),
    [
        (1, 1, [1]),
        (1, 4, [1, 2, 3, 4]),
        (1, 9, [1, 2, 3, None, 9]),
        (5, 9, [1, None, 3, 4, 5, 6, 7, None, 9]),
    ],
)
def test_page_numbers(number, pages, near):
    assert Page([], total=pages * 20, number=number).near() == near


def test_pages_of_a_table_keep_its_filter(app, deployment):
    for i in range(21):
        add_person(deployment, login=f"officer-{i:02d}")
    client = desk_of(app, Role.SECURITY_ADMIN)

    first = client.get("/users?text=officer").text
    address = re.search(r'href="([^"]+)" rel="next"', first)[1].replace("&amp;", "&")
    second = client.get(address).text

    assert "共 21 条" in first
    assert re.findall(r"officer-\d+", second) == ["officer-20"]
    assert '<td class="count" data-label="序号">21</td>' in second


@pytest.mark.parametrize("page", ["-1", "0", "x", "99999999999999999999"])
def test_a_silly_page_number_is_harmless(app, page):
    assert desk_of(app, Role.SECURITY_ADMIN).get(f"/users?page={page}").status_code == 200


def test_files_are_kept_by_browsers_for_a_year_under_an_address_of_their_content(app):
    client = app.test_client()
    with app.test_request_context():
        address = asset("desk/desk.css")

    with client.get(address) as good:
        assert good.status_code == 200
        assert set(good.headers["Cache-Control"].split(", ")) == {"public", "max-age=31536000", "immutable"}
    assert client.get(address.replace(VERSION, "0" * 12)).status_code == 404
    assert client.get(f"/static/{VERSION}/../words/shell.py").status_code == 404


def test_pages_hold_no_script_or_style_of_their_own_and_name_no_other_host(app):
    client = desk_of(app, Role.SECURITY_ADMIN)

    for address in ("/", "/users", "/users/new", "/password", "/api/docs"):
        answer = client.get(address)
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=", answer.text), address
        assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", answer.text), address
        assert "'unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "address", ["/users?text=%00", "/users/99999999999999999999999", "/users/-1", "/%00"]
)
def test_what_no_column_can_hold_is_an_error_of_the_caller(app, address):
    assert desk_of(app, Role.SECURITY_ADMIN).get(address).status_code in (200, 404, 422)


def test_a_login_that_no_column_can_hold_is_just_wrong(app):
    assert sign_in(app.test_client(), "a\0b").status_code in (401, 422)


def test_strangers_cannot_fill_the_disk(app):
    client = app.test_client()

    assert sign_in(client, "zhang", "x" * 100_000).status_code == 413
