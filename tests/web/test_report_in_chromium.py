"""A school reports in a real browser: five taps, and nothing of the original picture on the wire."""

import io

import pytest
from PIL import Image, ImageStat

from backend.accounts.auth import Role
from tests.chromium import chromium, served
from tests.people import PASSWORD, add_person
from tests.web.conftest import SCHOOL
from tests.web.test_accessibility import AXE, FOUND, TAGS

CAMERA, SIZE = "a camera that tells where it was", (640, 480)
BLOCK = SIZE[0] // 12


class Wire:
    """Every byte that reports bring to the application."""

    def __init__(self, inner):
        self.inner, self.sent = inner, []

    def __call__(self, environ, start_response):
        if (environ["REQUEST_METHOD"], environ["PATH_INFO"]) == ("POST", "/own-school/report"):
            self.sent.append(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
            environ["wsgi.input"] = io.BytesIO(self.sent[-1])
        return self.inner(environ, start_response)


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def wire(app, monkeypatch):
    """Lies in the way of this test's reports only: the application is that of all tests."""
    wire = Wire(app.wsgi_app)
    monkeypatch.setattr(app, "wsgi_app", wire)
    return wire


@pytest.fixture
def address(app, wire, deployment, district):
    add_person(deployment, Role.REPORTER, login="school", areas=("310101",), site_id=SCHOOL)
    with served(app) as url:
        yield url


@pytest.fixture
def signed_in(browser, address):
    """Opens the school's portal on a phone of 320 px, with or without scripts."""
    contexts = []

    def opened(**options):
        contexts.append(
            browser.new_context(base_url=address, viewport={"width": 320, "height": 640}, **options)
        )
        page = contexts[-1].new_page()
        page.wrong = []
        page.on("console", lambda said: page.wrong.append(said.text) if said.type == "error" else None)
        page.goto("/sign-in?next=/own-school")
        page.fill("#login", "school")
        page.fill("#password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/own-school")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def photo(tmp_path):
    """A picture of noise, so that a clear spot is told from a block; beside it what a camera notes."""
    exif = Image.Exif()
    exif[0x010F] = CAMERA
    picture = Image.effect_noise(SIZE, 120).convert("RGB")
    picture.save(tmp_path / "photo.jpg", quality=95, exif=exif)
    return tmp_path / "photo.jpg"


def found_on(page):
    """What axe finds wrong, and whether the page is wider than the phone."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    too_wide = page.evaluate("document.documentElement.scrollWidth") > 320
    return page.evaluate(FOUND, TAGS) + (["too wide"] if too_wide else [])


def unlike(picture, column, row):
    """How much the pixels within one block differ from each other."""
    inner = (column * BLOCK + 8, row * BLOCK + 8, (column + 1) * BLOCK - 8, (row + 1) * BLOCK - 8)
    return max(ImageStat.Stat(picture.crop(inner)).stddev)


def test_a_report_takes_five_taps_and_the_original_stays_in_the_browser(signed_in, wire, photo):
    page, taps = signed_in(), []
    tap = lambda what: taps.append(what.click())  # noqa: E731

    tap(page.locator(".portal-ways").get_by_role("link", name="报告线索"))
    tap(page.locator(".tile", has_text="校门附近吸烟"))
    with page.expect_file_chooser() as chooser:
        tap(page.locator("#pictures-add"))
    chooser.value.set_files(photo)
    tap(page.locator(".squares button").first)
    tap(page.get_by_role("button", name="报告", exact=True))
    page.wait_for_selector(".receipt")

    (body,) = wire.sent
    start = body.index(b"\xff\xd8\xff")
    sent = Image.open(io.BytesIO(body[start:]))
    assert len(taps) == 5
    assert len(page.locator(".secret").all_inner_texts()) == 2
    assert (sent.size, dict(sent.getexif()), body.count(b"\xff\xd8\xff")) == (SIZE, {}, 1)
    assert CAMERA.encode() not in body
    assert photo.read_bytes()[1000:1100] not in body
    assert unlike(sent, 0, 0) > 30
    assert [round(unlike(sent, column, row)) for column, row in ((4, 0), (0, 4), (11, 8))] == [0, 0, 0]
    assert page.wrong == []


def test_names_are_asked_about_and_id_numbers_are_not_sent(signed_in, wire):
    page = signed_in()
    page.goto("/own-school/report")
    page.locator(".tile").first.click()
    page.locator("summary").click()
    send = page.get_by_role("button", name="报告", exact=True)

    page.fill("#text", "看到李小明同学买烟")
    send.click()
    asked = page.inner_text("#text-problem")
    page.fill("#text", "号码 110105194912310021")
    send.click()
    refused = page.inner_text("#text-problem")
    page.fill("#text", "放学时门口有人抽烟")
    send.click()
    page.wait_for_selector(".receipt")

    assert "李小明同学" in asked
    assert "18 位号码" in refused
    assert len(wire.sent) == 1


def test_whoever_is_sure_that_it_is_no_name_sends_it(signed_in, wire):
    page = signed_in()
    page.goto("/own-school/report")
    page.locator(".tile").first.click()
    page.locator("summary").click()
    page.fill("#text", "张老师烟酒店门口")
    send = page.get_by_role("button", name="报告", exact=True)

    send.click()
    assert wire.sent == []
    send.click()
    page.wait_for_selector(".receipt")

    assert len(wire.sent) == 1


def test_what_is_no_picture_is_said_at_once(signed_in, tmp_path):
    page = signed_in()
    page.goto("/own-school/report")
    (tmp_path / "photo.jpg").write_bytes(b"no picture")

    page.locator("#pictures-add input").set_input_files(tmp_path / "photo.jpg")
    page.wait_for_selector("#pictures-problem:not([hidden])")

    assert page.locator(".report-picture").count() == 0


def test_the_form_with_a_picture_and_the_receipt_shut_nobody_out(signed_in, photo):
    page = signed_in()
    page.goto("/own-school/report")
    page.locator(".tile").first.click()
    page.locator("#pictures-add input").set_input_files(photo)
    page.wait_for_selector("#report[data-pictures='1']")
    page.locator(".squares button").first.click()

    wrong = [*found_on(page)]
    page.get_by_role("button", name="报告", exact=True).click()
    page.wait_for_selector(".receipt")
    wrong += found_on(page)

    assert wrong == []


def test_without_scripts_a_report_goes_without_a_picture(signed_in, wire):
    page = signed_in(java_script_enabled=False)

    page.locator(".portal-ways").get_by_role("link", name="报告线索").click()
    page.locator(".tile").first.click()
    pictures = page.locator("#pictures-on").is_visible(), page.locator("#pictures-off").is_visible()
    page.get_by_role("button", name="报告", exact=True).click()

    assert pictures == (False, True)
    assert page.locator(".secret").count() == 2
    assert b"\xff\xd8" not in wire.sent[0]
