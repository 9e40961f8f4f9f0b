"""Every page of the desk by keys alone: all is reached in its order, is seen then, and is left again."""

from itertools import zip_longest
from pathlib import Path

import pytest

from backend.accounts.auth import Role
from tests.accounts.enrolling import add_tablet
from tests.chromium import chromium, served
from tests.documents.issuing import lay_down
from tests.people import PASSWORD, add_person, desk
from tests.web.conftest import CAFE, SCHOOL
from tests.web.routes import routes
from tests.web.test_accessibility import PAGES
from tests.web.test_own_gates import HERE
from tests.web.test_own_gates import said as corrected
from tests.web.test_own_tips import said as reported

WATCH = Path(__file__).with_name("keyboard.js").read_text(encoding="utf-8")
UNASKED = {  # Swagger UI brings its own controls; the others ask for a place, a venue or a school
    "/api/docs", "/map/visits", "/cases/new", "/credit/new", "/sweeps/new",
}  # fmt: skip
PARTS = {'type="date"': 4, 'type="datetime-local"': 6}  # Tabs more: one each for year, month, ...
UNDRAWN = "#map-figure:not([data-drawn]), #sheet:not([data-drawn=map])"
OF_AN_AGENCY = (Role.SUPERVISOR, Role.LEGAL_REVIEWER, Role.INSPECTOR)


@pytest.fixture
def logins(
    app, deployment, agency, visited, kept, proposal, planned, rescued, noticed, swept, urged, case,
    sent_by_a_hotline, harmed, staff_queried, in_a_register, handed_on, shared,
):  # fmt: skip
    """Somebody of each role in the sample district, with something on every page."""
    ids = {}
    for role in Role:
        of = {"agency_id": agency} if role in OF_AN_AGENCY else {}
        place = {"site_id": SCHOOL} if role is Role.REPORTER else {}
        ids[role] = add_person(deployment, role, login=f"a-{role}", areas=("310101",), **of, **place)
    add_tablet(deployment, user_id=ids[Role.SUPERVISOR], agency_id=agency)
    lay_down(deployment, agency)
    desk(app, ids[Role.SUPERVISOR]).post(f"/venues/{CAFE}/distance-report")
    desk(app, ids[Role.REPORTER]).post("/own-school/report", data=reported())
    desk(app, ids[Role.REPORTER]).post("/own-school/gates", data=corrected(**HERE))
    return {role: f"a-{role}" for role in Role}


def test_every_page_is_walked_by_keys(app, logins):
    wrong, known = {}, set()
    with chromium() as browser, served(app) as address:
        for role, login in logins.items():
            context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
            page = context.new_page()
            page.goto("/sign-in")
            page.fill("#login", login)
            page.fill("#password", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url(address + "/")
            for path in pages_of(app, role):
                wrong |= {f"{role} {path}": found for found in [walk(page, path, known)] if found}
            context.close()

    assert wrong == {}


def pages_of(app, role):
    """Those without parameters that let this role in, and those with parameters that are listed for it."""
    alone = [
        route.rule.rule for route in routes(app)
        if route.method == "GET" and route.rule.endpoint.startswith("pages.") and role in route.roles
        and not route.rule.arguments and "." not in route.rule.rule and route.rule.rule not in UNASKED
    ]  # fmt: skip
    return list(dict.fromkeys([*alone, *PAGES.get(role, ())]))


def walk(page, path, known):
    """What is wrong with a page for somebody who only has keys; what another role met is not walked."""
    assert page.goto(path).ok or path == "/verify/none", path
    page.wait_for_selector(UNDRAWN, state="detached")
    stops, below_menu = page.evaluate(WATCH)
    if path != "/" and (path, *below_menu) in known:
        return []
    known.add((path, *below_menu))
    more = sum(tabs for stop in stops for kind, tabs in PARTS.items() if kind in stop)
    for _ in range(len(stops) + more + 2):
        page.keyboard.down("Tab")  # held: half as much to tell the browser
    page.keyboard.up("Tab")
    reached, wrong = page.evaluate("[walked.reached, walked.wrong]")
    if reached[: len(stops)] != stops:
        wrong.append(
            next(f"{got} instead of {stop}" for got, stop in zip_longest(reached, stops) if got != stop)
        )
    elif any(one not in stops[:3] for one in reached[len(stops) :][:2]):
        wrong.append(f"after the end comes {reached[len(stops)]}")
    return [*wrong, *skips(page), *escapes(page)]


def skips(page):
    """The first stop leads past the menu."""
    page.locator(".skip").press("Enter")
    is_past = page.evaluate("document.activeElement?.id === 'content'")
    return [] if is_past else ["the skip link leads nowhere"]


def escapes(page):
    """What was opened closes by Escape, and the focus is where it was."""
    wrong = []
    shown = [one for one in page.locator("summary").all()[:3] if one.is_visible()]
    for summary in reversed(shown):  # what lies in another first
        if summary.evaluate("one => one.focus() ?? !one.parentElement.open"):
            page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        if not summary.evaluate("one => one.parentElement.contains(document.activeElement)"):
            page.keyboard.press("Shift+Tab")  # nothing in it takes the focus
        page.keyboard.press("Escape")
        if summary.evaluate("one => one.parentElement.open || document.activeElement !== one"):
            wrong.append(f"Escape leaves {summary.inner_text()!r} open")
    return wrong
