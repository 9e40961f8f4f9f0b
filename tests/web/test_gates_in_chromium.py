"""Gates in a real browser: from where somebody stands, or a tap on the sketch; both only fill in the form."""

import pytest

from tests.screening.places import at
from tests.web.test_report_in_chromium import address, browser, signed_in, wire  # noqa: F401

LON, LAT = at(0, 50)


def test_i_stand_here_fills_in_the_first_empty_gate_and_names_its_reference(signed_in):  # noqa: F811
    here = {"latitude": LAT, "longitude": LON, "accuracy": 6.2}
    page = signed_in(geolocation=here, permissions=["geolocation"])
    page.goto("/own-school/gates")

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


def test_a_tap_on_the_sketch_is_the_place_under_it(signed_in):  # noqa: F811
    page = signed_in()
    page.goto("/own-school/gates")
    outline = page.locator("svg.sketch .site").bounding_box()

    page.mouse.click(outline["x"] + 1, outline["y"] + outline["height"] / 2)

    told = [float(page.input_value(f"[name={name}_1]")) for name in ("lon", "lat")]
    assert told == pytest.approx((LON, LAT), abs=2e-5)
    assert page.input_value("[name=crs_1]") == "cgcs2000"
    assert page.locator(".gate-marked").count() == 1


def test_whoever_may_not_be_located_is_told_what_else_to_do(signed_in):  # noqa: F811
    page = signed_in()
    page.goto("/own-school/gates")

    page.get_by_role("button", name="我站在这里").click()
    page.wait_for_selector("#gates-said:has-text('没有成功')")

    assert page.input_value("[name=lon_1]") == ""
