"""The pages in a real browser: cookies over loopback, a strict CSP, small and large screens, the keyboard."""

import os

import pytest
from flask import Flask

from backend.accounts.auth import SESSION_COOKIE, Role
from backend.web.static_files import FOLDER
from tests.chromium import chromium, served
from tests.people import PASSWORD, add_person

PAGES = ("/", "/users", "/users/new", "/users/1", "/password")
TOO_SMALL = """
    [...document.querySelectorAll('button, nav a, .button, input:not([type=hidden]), select, summary')]
    .filter(e => e.checkVisibility() && !e.closest('.breadcrumbs'))
    .filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def address(app, deployment):
    add_person(deployment, login="zhang")
    add_person(deployment, Role.SECURITY_ADMIN, login="boss")
    with served(app) as url:
        yield url


@pytest.fixture
def boss(browser, address):
    """A page where the security administrator is signed in; it remembers what went wrong."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.wrong = []
    page.on(
        "console", lambda said: page.wrong.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on(
        "request", lambda asked: page.wrong.append(asked.url) if not asked.url.startswith(address) else None
    )
    page.goto("/")
    page.fill("#login", "boss")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(address + "/")
    yield page
    context.close()


def test_the_session_cookie_is_kept_over_loopback_and_closed_to_scripts(boss):
    (cookie,) = [c for c in boss.context.cookies() if c["name"] == SESSION_COOKIE]

    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Strict")
    assert SESSION_COOKIE not in boss.evaluate("document.cookie")


@pytest.mark.parametrize("width", [320, 1920])
def test_pages_fit_and_can_be_touched_and_break_no_rule(boss, width):
    boss.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        boss.goto(path)
        assert boss.evaluate("document.documentElement.scrollWidth") <= width, path
        assert boss.evaluate(TOO_SMALL) == [], path

    assert boss.wrong == []


def test_the_menu_of_a_small_screen_works_by_keyboard(boss):
    boss.set_viewport_size({"width": 320, "height": 800})
    users = boss.locator("#menu a[href='/users']")
    assert not users.is_visible()

    boss.locator(".bar-menu").press("Enter")
    users.press("Enter")

    boss.wait_for_url("**/users")
    assert not users.is_visible()


def test_forms_work_and_speak_both_languages(boss):
    boss.click(".language button")
    assert boss.inner_text("h1") == "Hello, 试用人员"
    boss.click("header form:last-of-type button")

    boss.wait_for_url("**/sign-in")
    assert boss.inner_text("main button") == "Sign in"


def test_a_link_on_another_site_finds_the_desk_signed_in(boss, address):
    other = Flask("other")
    other.add_url_rule("/", view_func=lambda: f'<a href="{address}/users">see</a>')
    with served(other) as elsewhere:
        boss.goto(elsewhere.replace("127.0.0.1", "localhost"))
        boss.click("a")
        boss.wait_for_selector("main h1")

        assert boss.url == address + "/users"
        assert boss.inner_text("h1") == "账号管理"


def test_another_site_cannot_change_anything(boss, address, deployment):
    other = Flask("other")
    form = f'<form method="post" action="{address}/sign-out"><button>win a prize</button></form>'
    other.add_url_rule("/", view_func=lambda: form)
    with served(other) as elsewhere:
        boss.goto(elsewhere.replace("127.0.0.1", "localhost"))
        with boss.expect_navigation() as answered:
            boss.click("button")

        assert answered.value.status == 403
    boss.goto("/users")
    assert boss.inner_text("h1") == "账号管理"


def test_the_reference_of_the_api_runs_under_the_strict_policy(boss):
    if not (FOLDER / "swagger-ui").is_dir() and not os.environ.get("CI"):
        pytest.skip("Swagger UI is not built: npm ci && python scripts/copy_swagger_ui.py")
    boss.goto("/api/docs")
    boss.locator("#api .opblock-summary").filter(has_text="/api/v1/me").first.click()
    boss.get_by_role("button", name="Try it out").click()
    boss.get_by_role("button", name="Execute").click()
    boss.wait_for_selector("#api .live-responses-table")

    assert "security_admin" in boss.inner_text("#api .live-responses-table")
    assert boss.wrong == []
