"""Every screen of the tablet in a real browser: for gloves, for the sun, by keyboard, in both languages."""

import gzip
import json

import pytest
from playwright.sync_api import expect

from backend.web.qr import qr_picture
from tests.chromium import chromium
from tests.tablet import screens
from tests.web.test_accessibility import AXE, FOUND, TAGS

SIZES = {"phone": (360, 740), "portrait": (800, 1280), "landscape": (1280, 800)}
OPEN: dict[str, object] = {}
SCREENS = {  # each with the state of the tablet, and what is shown last
    "/enrol": ({"lock": "not_enrolled"}, "button[type=submit]"),
    "/unlock/new": ({"lock": "no_officer"}, "button[type=submit]"),
    "/unlock/new?ended": (
        {
            "lock": "no_officer",
            "ended": {"because": "expired", "at": "2026-11-20T10:00Z", "seen": "2026-11-21T10:00Z"},
        },
        "[role=alert]",
    ),
    "/unlock": ({"lock": "locked"}, ".officers button"),
    "/unlock?alone": ({"lock": "locked", "officers": 1}, "button[type=submit]"),
    "/ready": ({"isReady": False}, "li.wrong"),
    "/": ({"hasNewVersion": True}, "[role=progressbar]"),
    "/?nothing": (
        {"hasTasks": False, "isReady": False, "visits": "none", "outbox": "none", "share": 0.96},
        "[role=progressbar]",
    ),
    "/find": (OPEN, "input[type=search]"),
    "/law": (OPEN, "details"),
    "/lead": (OPEN, "textarea"),
    "/venue/1?task=1": (OPEN, "svg[role=img]"),
    "/venue/1/place": (OPEN, "textarea"),
    "/venue/1/correct": (OPEN, "textarea"),
    "/venue/99999": (OPEN, ".empty"),
    "/arrive?venue=1&task=1": (OPEN, "svg[role=img]"),
    "/arrive": ({"officers": 1}, "a[href$='/unlock/new']"),
    "/visit/v1": (OPEN, ".actions a"),
    "/visit/v9": (OPEN, ".empty"),
    "/visit/v1/papers": (OPEN, ".columns .card"),
    "/visit/v1/papers/p1": (OPEN, "article.document"),
    "/visit/v1/papers/p2": (OPEN, "article.document"),
    "/visit/v1/papers/p9": (OPEN, ".empty"),
    "/sync": (OPEN, "ol"),
    "/sync?locked": ({"lock": "locked"}, "text=/联网送交|Send the rescue/"),
    "/settings": (OPEN, "[role=progressbar]"),
    "/nowhere": (OPEN, ".empty"),
}
PASSWORD = "correct horse"
CODE = "https://humiao.example/app/enrol#ABCD-EFGH"
CAMERA = """async picture => {
    const image = new Image()
    image.src = picture
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), {width: 640, height: 480})
    const pen = canvas.getContext('2d')
    const draw = () => {
        pen.fillStyle = '#fff'
        pen.fillRect(0, 0, 640, 480)
        pen.drawImage(image, 200, 120, 240, 240)
        requestAnimationFrame(draw)
    }
    draw()
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(10)
}"""
TOO_SMALL = """
    [...document.querySelectorAll('button, a, input, select, textarea, summary, label:has(input)')]
    .filter(e => e.checkVisibility() && !e.closest('.skip, .unseen') && !e.matches('label input'))
    .map(e => [e, e.getBoundingClientRect(), e.matches('.main, .danger, .row, label') ? 56 : 48])
    .filter(([, box, least]) => box.height < least || box.width < 48)
    .map(([e, box, least]) => `${least} > ${box.width}x${box.height}: ${e.outerHTML.slice(0, 120)}`)"""
TOO_FINE = """
    [...document.querySelectorAll('main *')]
    .filter(e => e.checkVisibility() && !e.closest('svg, .unseen, .document'))
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .filter(e => parseFloat(getComputedStyle(e).fontSize) < 16).map(e => e.outerHTML.slice(0, 120))"""
GREY = """
    [...document.querySelectorAll('main *')].filter(e => e.checkVisibility() && !e.closest('svg'))
    .map(e => getComputedStyle(e).color.match(/[0-9.]+/g).map(Number))
    .filter(rgb => rgb.slice(0, 3).some(one => one < 255))
    .filter(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b > 64)"""


@pytest.fixture(scope="module")
def address(tmp_path_factory, pytestconfig):
    if pytestconfig.getoption("database") != "sqlite":
        pytest.skip("only on SQLite: the screens stand on a tablet in memory")
    folder, var = tmp_path_factory.mktemp("bench"), tmp_path_factory.mktemp("var")
    screens.build(folder)
    screens.write_package(folder, var)
    with screens.serving(folder) as url:
        yield url


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def open_at(browser, address):
    """A function that opens a screen in a given state; what went wrong on the way fails the test."""
    contexts, wrong = [], []

    def opened(path="/", size="landscape", language="zh", outdoor=False, **scene):
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=address, viewport={"width": width, "height": height},
            geolocation={"latitude": 30.874149, "longitude": 122.0995, "accuracy": 8},
        )  # fmt: skip
        contexts.append(context)
        kept = {"humiao.language": language, "humiao.outdoor": "yes" if outdoor else "no"}
        keep = "".join(f"localStorage.setItem('{name}', '{value}');" for name, value in kept.items())
        context.add_init_script(
            f"if (!sessionStorage.scene) {{ sessionStorage.scene = {json.dumps(json.dumps(scene))}; {keep} }}"
        )
        page = context.new_page()
        page.on(
            "console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "request", lambda asked: wrong.append(asked.url) if not _is_ours(asked.url, address) else None
        )
        page.goto(f"/app{path}")
        page.wait_for_selector("h1")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def _is_ours(url, address):
    return url.startswith((address, "blob:", "data:"))


@pytest.mark.parametrize("path", SCREENS)
@pytest.mark.parametrize("look", ["zh", "en", "outdoor"])
def test_a_screen_shuts_nobody_out_and_can_be_hit_with_gloves(open_at, path, look):
    scene, last = SCREENS[path]
    page = open_at(path, "portrait", "en" if look == "en" else "zh", look == "outdoor", **scene)
    page.wait_for_selector(last)
    page.evaluate(AXE.read_text(encoding="utf-8"))

    assert page.evaluate(FOUND, [*TAGS, *(["wcag2aaa"] if look == "outdoor" else [])]) == []
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(TOO_SMALL) + page.evaluate(TOO_FINE) == [], size
        assert page.evaluate("document.documentElement.scrollWidth") <= width, size


def test_what_is_too_small_is_found(open_at):
    page = open_at()
    page.evaluate("document.querySelector('main').innerHTML = '<button>x</button><p>x</p>'")
    page.evaluate("document.querySelector('main p').style.fontSize = '15px'")

    assert (len(page.evaluate(TOO_SMALL)), len(page.evaluate(TOO_FINE))) == (1, 1)


def test_outdoors_nothing_is_grey(open_at):
    assert len(open_at("/venue/1").evaluate(GREY)) > 0
    for path in ("/", "/venue/1", "/sync", "/law"):
        assert open_at(path, outdoor=True).evaluate(GREY) == [], path


def test_languages_change_at_once_and_stay(open_at):
    page = open_at()
    page.click("text=English")

    assert page.inner_text("h1") == "Today"
    assert page.evaluate("document.documentElement.lang") == "en"
    page.reload()
    page.wait_for_selector("text=5 tasks")


def test_a_day_can_be_begun_by_keyboard_alone(open_at):
    page = open_at("/unlock", lock="locked", officers=1, visits="none")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    _tab_to(page, "#main input[type=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("ol.tasks")
    assert page.evaluate("document.activeElement.innerText") == "今日检查"
    _tab_to(page, "ol.tasks a")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=许可证")
    _tab_to(page, ".actions a.main")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=出示证件")
    _tab_to(page, "fieldset:has-text('出示证件') input")
    page.keyboard.press("Space")
    _tab_to(page, ".actions button.main")
    page.keyboard.press("Enter")
    page.wait_for_url("**/visit/*/uuid:*")

    visit = json.loads(page.evaluate("sessionStorage.visit"))
    assert (visit["venueId"], visit["taskId"]) == (1, 1)
    assert visit["arrival"] == {"credentialsShown": True, "bodyCamera": None}


def test_the_skip_link_leads_past_the_menu(open_at):
    page = open_at()
    skip = page.locator("a, button").first
    skip.focus()
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_the_square_of_a_desk_is_read_through_the_camera(open_at):
    page = open_at("/enrol", "phone", lock="not_enrolled")
    page.evaluate(CAMERA, qr_picture(CODE))
    page.click("text=扫描二维码")
    expect(page.get_by_label("登记码")).to_have_value(CODE, timeout=20_000)
    page.get_by_label("平板名称").fill("执法一队 7 号")
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/unlock/new")


def test_without_a_camera_the_code_is_typed_and_a_wrong_one_is_explained(open_at):
    page = open_at("/enrol", lock="not_enrolled")
    page.click("text=扫描二维码")
    page.wait_for_selector("[role=alert]:has-text('相机打不开')")
    page.get_by_label("登记码").fill("wrong")
    page.get_by_label("平板名称").fill("执法一队 7 号")
    page.keyboard.press("Enter")

    page.wait_for_selector("[role=alert]:has-text('登记码不对、已用过或已过期')")


def test_wrong_tries_are_counted_aloud(open_at):
    page = open_at("/unlock", lock="locked", officers=1)
    for left in (4, 3):
        page.fill("#main input[type=password]", "wrong password")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"[role=alert]:has-text('还可以试 {left} 次')")


def test_switching_officers_locks_the_tablet_and_no_way_leads_back(open_at):
    page = open_at("/venue/1")
    page.wait_for_selector("h1:has-text('珊瑚银网吧')")
    page.click("nav >> text=设置")
    page.click("text=锁定／换人")
    page.wait_for_url("**/unlock")
    page.go_back()

    page.wait_for_selector("text=谁在使用平板？")
    assert page.url.endswith("/unlock")
    assert "珊瑚" not in page.content()


def test_what_is_unsent_is_seen_and_can_be_rescued_while_locked(open_at):
    page = open_at("/unlock", lock="locked")
    page.click("text=待发 3")
    page.wait_for_selector("text=同步中心")
    with page.expect_download() as saved:
        page.click("text=导出救援文件")

    assert saved.value.suggested_filename.endswith(".rescue")
    assert "贝壳" not in page.content()


def test_a_grey_button_says_why_and_does_nothing(open_at):
    page = open_at("/sync")
    page.context.set_offline(True)
    send = page.get_by_role("button", name="立即发送")
    page.wait_for_selector(".reason:has-text('没有网络')")

    assert send.get_attribute("aria-disabled") == "true"
    assert (
        page.locator(f"#{send.get_attribute('aria-describedby')}").inner_text() == "没有网络，联网后自动发送"
    )
    send.click(force=True)
    assert page.inner_text(".tools .unsent").strip() == "待发 3"
    page.context.set_offline(False)
    page.wait_for_selector(".actions button.main:not([aria-disabled])")
    send.click()
    page.wait_for_selector("text=已发送 5 项，还剩 0 项。")


def test_the_package_is_prepared_with_one_button(open_at):
    page = open_at("/ready", isReady=False)
    assert page.locator("li.wrong").count() == 4

    page.get_by_role("button", name="准备离线包").click()

    page.wait_for_selector("text=可以出发")
    assert page.locator("li.wrong").count() == 0


@pytest.mark.parametrize(
    "typed", ["珊瑚银", "shanhuyin", "shywb", "92319901MA0000001B", "虚网〔2014〕0001号"]
)
def test_a_venue_is_found_and_its_card_opened(open_at, typed):
    page = open_at("/find")
    page.fill("input[type=search]", typed)
    page.click(".results a:has-text('珊瑚银网吧')")

    page.wait_for_selector("h1:has-text('珊瑚银网吧')")
    page.go_back()
    page.wait_for_selector("h1:has-text('查找')")
    assert page.input_value("input[type=search]") == typed


def test_every_distance_of_the_map_stands_in_words_too(open_at):
    page = open_at("/venue/1")
    page.wait_for_selector("svg line.distance", state="attached")
    drawn = page.locator("svg line.distance").count()

    assert drawn > 0
    assert page.locator("section:has-text('与学校') > ul > li").count() >= drawn
    width = page.get_attribute("svg[role=img]", "viewBox").split()[2]
    page.get_by_role("button", name="缩小").click()
    assert float(page.get_attribute("svg[role=img]", "viewBox").split()[2]) > float(width)


def test_a_wrong_place_is_proposed_from_where_the_officer_stands(open_at):
    page = open_at("/venue/1/place")
    page.context.grant_permissions(["geolocation"])
    page.click("text=我站在门口")
    page.wait_for_selector("text=已定位，误差约 8 米")
    page.fill("textarea", "已迁至隔壁弄")
    page.click("text=提出更正")
    page.wait_for_selector("text=已记下")

    said = json.loads(page.evaluate("sessionStorage.proposed"))
    assert said["row"] == {"kind": "venue", "id": 1, "version": 1}
    assert said["changes"]["place"] == {"type": "Point", "coordinates": [122.0995, 30.874149]}
    page.click("nav >> text=同步")
    page.wait_for_selector("li:has-text('珊瑚银网吧') >> text=待发送")
    assert (said["changes"]["crs"], said["changes"]["capture"], said["changes"]["accuracy_m"]) == (
        "wgs84",
        "device",
        8,
    )


def test_without_a_position_the_officer_is_told_what_to_do(open_at):
    page = open_at("/venue/1/place")
    page.context.clear_permissions()
    page.click("text=我站在门口")

    page.wait_for_selector("[role=alert]:has-text('没有得到定位')")


def test_the_second_officer_confirms_in_person(open_at):
    page = open_at("/arrive?venue=1&task=1")
    page.fill("#main input[type=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=已确认")
    page.click("text=开始检查")
    page.wait_for_url("**/visit/*/uuid:*")

    assert json.loads(page.evaluate("sessionStorage.visit"))["secondOfficerId"] == 2


def test_the_check_code_fills_the_screen_and_says_the_right_thing(open_at):
    page = open_at("/arrive?venue=1&task=1", "phone")
    page.click("text=全屏亮码")
    square = page.locator("dialog svg[role=img]").bounding_box()

    assert square["width"] >= 300
    assert (
        page.locator("dialog svg[role=img]").get_attribute("aria-label") == "检查码二维码：JC310101-7F3K-9Q2M"
    )
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")


def test_a_new_version_waits_for_the_officer(open_at):
    page = open_at(hasNewVersion=True)
    assert page.evaluate("document.body.dataset.takenOver") is None

    page.click("text=现在更新")

    assert page.evaluate("document.body.dataset.takenOver") == ""


def test_what_todays_list_needs_is_small():
    files = screens.needed_first(screens.TABLET / "dist")

    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in files) < 150_000
    assert not [path.name for path in files if "QrReader" in path.name or "CodeSquare" in path.name]


def _tab_to(page, selector):
    wanted = page.locator(selector).first
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")
