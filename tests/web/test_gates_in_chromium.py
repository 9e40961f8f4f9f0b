"""Gates in a real browser, on a map or on the sketch where there is none: taps only fill in the forms."""

import json

import pytest

from tests.chromium import chromium
from tests.maps.conftest import WITH_GL
from tests.screening.places import at
from tests.web.test_report_in_chromium import address, found_on, signed_in, wire  # noqa: F401

LON, LAT = at(0, 50)
SHEETS = {"map": WITH_GL, "sketch": ("--disable-3d-apis",)}


@pytest.fixture(scope="module", params=SHEETS)
def browser(request):
    """A browser that can draw a map, and one that cannot."""
    with chromium(*SHEETS[request.param]) as started:
        started.sheet = request.param
        yield started


@pytest.fixture
def gates(signed_in, browser):  # noqa: F811
    """Opens the page of gates on a phone and waits for its map, if there is to be one."""

    def opened(**options):
        page = signed_in(**options)
        page.goto("/own-school/gates")
        if browser.sheet == "map":
            page.locator("#sheet[data-drawn=map]").wait_for()
        return page

    return opened


def tap(page, sheet, right=0.5, down=0.5):
    """A tap on the map or the sketch, so far from its left and its top edge."""
    where = page.locator("#map" if sheet == "map" else "svg.sketch")
    where.scroll_into_view_if_needed()
    box = where.bounding_box()
    page.mouse.click(box["x"] + box["width"] * right, box["y"] + box["height"] * down)


def corners(page):
    lines = page.input_value("#corners").splitlines()
    return [[float(degrees) for degrees in line.split(",")] for line in lines]


def test_i_stand_here_fills_in_the_first_empty_gate_and_names_its_reference(gates):
    here = {"latitude": LAT, "longitude": LON, "accuracy": 6.2}
    page = gates(geolocation=here, permissions=["geolocation"])

    page.get_by_role("button", name="我站在这里").click()
    page.wait_for_selector("#gates-said:has-text('已定位')")
    said = page.inner_text("#gates-said")
    page.get_by_role("button", name="我站在这里").click()
    page.wait_for_selector("details.gate[open] [name=lon_2]")
    filled = [page.input_value(f"[name={name}]") for name in ("lon_1", "lon_2", "crs_2")]
    page.get_by_role("button", name="提交审核").first.click()

    page.wait_for_selector("#sent")

    assert "误差约 7 米" in said
    assert [float(filled[0]), float(filled[1]), filled[2]] == [
        pytest.approx(LON),
        pytest.approx(LON),
        "wgs84",
    ]


def test_a_tap_is_the_place_under_it(gates, browser):
    page = gates()
    if browser.sheet == "map":
        west, south, east, north = json.loads(page.get_attribute("#sheet", "data-map"))["frame"]
        wanted = (west + east) / 2, (south + north) / 2
        tap(page, "map")
    else:
        wanted, outline = (LON, LAT), page.locator("svg.sketch .site").bounding_box()
        page.mouse.click(outline["x"] + 1, outline["y"] + outline["height"] / 2)

    told = [float(page.input_value(f"[name={name}_1]")) for name in ("lon", "lat")]
    assert told == pytest.approx(wanted, abs=2e-5)
    assert page.input_value("[name=crs_1]") == "cgcs2000"
    assert page.wrong == []


def test_the_last_mark_is_taken_back_and_no_more_than_three_gates_are_taken(gates, browser):
    page = gates()

    for right in (0.4, 0.5, 0.6, 0.7):
        tap(page, browser.sheet, right)
    full = page.inner_text("#gates-said")
    page.get_by_role("button", name="撤销上一个").click()

    assert "最多填 3 个" in full
    assert [bool(page.input_value(f"[name=lon_{number}]")) for number in (1, 2, 3)] == [True, True, False]


def test_the_wall_is_tapped_corner_by_corner_and_sent_for_review(gates, browser):
    page = gates()
    page.get_by_label("围墙拐角", exact=True).check()

    for right, down in ((0.4, 0.4), (0.6, 0.4), (0.9, 0.9)):
        tap(page, browser.sheet, right, down)
    page.get_by_role("button", name="撤销上一个").click()
    tap(page, browser.sheet, 0.6, 0.6)
    tap(page, browser.sheet, 0.4, 0.6)
    tapped, reference = corners(page), page.input_value("#crs")
    page.locator("#outline").get_by_role("button", name="提交审核").click()
    page.wait_for_selector("#sent")

    (west, north), (east, _), (_, south), _ = tapped
    assert (len(tapped), reference) == (4, "cgcs2000")
    assert west < east
    assert south < north
    assert "待审" in page.inner_text("main")


def test_a_corner_is_not_tapped_below_those_of_another_reference(gates, browser):
    page = gates()
    page.locator("details.outline > summary").click()
    page.fill("#corners", "121.4745, 31.2285")
    page.select_option("#crs", "gcj02")
    page.get_by_label("围墙拐角", exact=True).check()

    tap(page, browser.sheet)

    assert len(corners(page)) == 1
    assert "别的坐标系" in page.inner_text("#gates-said")


def test_whoever_may_not_be_located_is_told_what_else_to_do(gates):
    page = gates()

    page.get_by_role("button", name="我站在这里").click()
    page.wait_for_selector("#gates-said:has-text('没有成功')")

    assert page.input_value("[name=lon_1]") == ""


def test_the_page_shuts_nobody_out_and_is_small_without_its_map(signed_in, browser):  # noqa: F811
    page, loaded = signed_in(), []
    page.on("response", lambda answer: loaded.append(len(answer.body())))

    page.goto("/own-school/gates")
    if browser.sheet == "map":
        page.locator("#sheet[data-drawn=map]").wait_for()
    tap(page, browser.sheet)

    assert found_on(page) == []
    assert browser.sheet == "map" or sum(loaded) < 300_000


def test_without_scripts_coordinates_are_typed_beside_the_sketch(signed_in):  # noqa: F811
    page = signed_in(java_script_enabled=False)
    page.goto("/own-school/gates")

    assert page.locator("svg.sketch").is_visible()
    assert not page.locator("#taps").is_visible()
    assert page.locator("[name=lon_1]").is_visible()
