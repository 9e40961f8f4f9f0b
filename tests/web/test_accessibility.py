"""Every page of the desk held against axe-core in a real browser: nothing serious or critical."""

import os
from pathlib import Path

import pytest

from backend.accounts.auth import Role
from tests.accounts.enrolling import add_tablet
from tests.chromium import chromium, served
from tests.documents.issuing import lay_down
from tests.people import PASSWORD, add_person, desk
from tests.web.conftest import BAR, CAFE, SCHOOL, UNPLACED
from tests.web.test_own_gates import HERE
from tests.web.test_own_gates import said as corrected
from tests.web.test_own_tips import said as reported

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    Role.SUPERVISOR: ("/", "/venues", "/venues?text=zzz", f"/venues/{CAFE}", f"/venues/{UNPLACED}", "/sites",
                      f"/sites/{SCHOOL}", "/visits/1", "/visits/2", "/today", "/classification",
                      "/flagged", "/problems", "/proposals", "/retention", "/retention/certificates",
                      "/retention/certificates/1", "/child-data",
                      "/proposals/00000000-0000-4000-8000-000000000001", "/devices", "/devices/new",
                      "/devices/1", "/devices/1/lost", "/tasks", "/tasks/1", "/tasks/import",
                      f"/tasks/new?venue_id={CAFE}", "/check-codes", "/document-numbers",
                      "/rescue-files", "/rescue-files/1", "/tips", "/tips/1", "/tips/2", "/follow-tip",
                      "/documents", "/documents/1", "/documents/1/page", "/verify", "/verify/none",
                      "/map", "/map?shows=cells", "/map?shows=change", f"/map?venue_id={CAFE}", "/warnings",
                      "/report",
                      "/work-orders", "/work-orders/1", "/mandatory-reports", "/mandatory-reports/new",
                      "/mandatory-reports/1", "/trainings", "/contact-units", "/contact-units/new",
                      "/contact-units/1",
                      "/trends", "/trends?by=activity&step=quarter", "/cases", "/cases/1", "/cases/1/penalty",
                      f"/cases/new?venue_id={CAFE}", "/orders", "/orders/1", "/indicators", "/urgings",
                      "/urgings/1", "/credit", f"/credit/new?venue_id={CAFE}", "/credit/1",
                      "/credit/criteria", "/credit-public", "/transfers", "/transfers/1", "/transfers/2",
                      "/transfers/new?case_id=1", f"/transfers/new?venue_id={CAFE}", "/recommendations",
                      "/recommendations/new", "/recommendations/1", "/duty-matrix",
                      "/sharing", "/sharing/new", "/sharing/new?dataset=screening", "/sharing/1",
                      "/sharing/2", "/sharing/messages", "/sharing/messages/1", "/sharing/left"),
    Role.COORDINATOR: (f"/venues/{BAR}", "/sweeps", f"/sweeps/new?site_id={SCHOOL}", "/sweeps/1", "/sweeps/2",
                       "/sweeps/2/report", "/sweeps/2/report?copy=school", "/indicators", "/indicators/1",
                       "/urgings/new", "/urgings/1"),
    Role.REPORTER: ("/own-school", "/own-school/report", "/own-school/tips", "/own-school/tips/3",
                    "/own-school/gates", "/own-school/month", "/mandatory-reports/new", "/trainings",
                    "/contact-units", "/contact-units/1"),
    Role.SECURITY_ADMIN: ("/users", "/users/new", "/password"),
    Role.AUDITOR: ("/audit",),
    Role.SYSTEM_ADMIN: ("/agencies", "/agencies/1", "/minor-contacts"),
}  # fmt: skip
FOUND = """async tags => (await axe.run(document, {runOnly: tags})).violations
    .filter(rule => ['serious', 'critical'].includes(rule.impact))
    .flatMap(rule => rule.nodes.map(node => rule.id + ': ' + node.html))"""

CUT_OFF = """places => [...document.querySelectorAll(places)]
    .filter(one => one.scrollWidth > one.clientWidth)
    .map(one => 'wider than its place: ' + (one.ariaLabel || 'the page'))"""


@pytest.fixture(scope="module")
def browser():
    if not AXE.is_file() and not os.environ.get("CI"):
        pytest.skip("axe-core is not here: run `make setup`")
    with chromium() as started:
        yield started


@pytest.mark.parametrize("role", list(PAGES))
def test_no_page_shuts_anybody_out(
    app,
    deployment,
    browser,
    agency,
    visited,
    kept,
    proposal,
    planned,
    rescued,
    noticed,
    swept,
    urged,
    case,
    sent_by_a_hotline,
    harmed,
    staff_queried,
    in_a_register,
    handed_on,
    shared,
    role,
):
    place = {"site_id": SCHOOL} if role is Role.REPORTER else {}
    of = {"agency_id": agency} if role is Role.SUPERVISOR else {}
    user_id = add_person(deployment, role, login="zhang", areas=("310101",), **place, **of)
    add_tablet(deployment, user_id=user_id, agency_id=agency)
    lay_down(deployment, agency)
    if role is Role.SUPERVISOR:
        assert desk(app, user_id).post(f"/venues/{CAFE}/distance-report").status_code == 303
    if role is Role.REPORTER:  # the third tip, and a gate that waits
        desk(app, user_id).post("/own-school/report", data=reported())
        desk(app, user_id).post("/own-school/gates", data=corrected(**HERE))

    with served(app) as address:
        page = browser.new_page(base_url=address)
        page.goto("/sign-in")
        page.fill("#login", "zhang")
        page.fill("#password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(address + "/")
        wrong = {path: _wrong(page, path) for path in PAGES[role]}
        page.close()

    assert wrong == {path: [] for path in PAGES[role]}


def test_what_shuts_somebody_out_is_found(browser):
    page = browser.new_page()
    page.set_content("<html lang=en><title>x</title><main><img src=x><input></main></html>")
    page.evaluate(AXE.read_text(encoding="utf-8"))

    assert [one.split(":")[0] for one in page.evaluate(FOUND, TAGS)] == ["image-alt", "label"]
    page.close()


def _wrong(page, path):
    """What axe finds, and what must be pushed sideways to be read: a table may, at a desk."""
    found = []
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.goto(path).ok or path == "/verify/none", path
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in (320, 800, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        found += [
            f"{width}: {one}" for one in page.evaluate(CUT_OFF, "html" if width == 1280 else "html, .table")
        ]
        if width != 800:
            found += page.evaluate(FOUND, TAGS)
    return found
