"""The page of trends: a chart in a real browser, and a table that says the same without any script."""

import html
import json
import re

import pytest

from backend.accounts.auth import Role
from backend.core.days import today
from backend.maps.periods import Against, Period, Step
from tests.maps.conftest import weighed
from tests.maps.test_map_page import exports, rows
from tests.people import desk_of

NOW = Period.of(today(), Step.MONTH)
BEFORE, YEAR_BEFORE = NOW.before(Against.PREVIOUS), NOW.before(Against.YEAR)


@pytest.fixture
def two_months(visits):
    """Twenty visits in either of the last two months: two found something, then fifteen."""
    visits(20, found=2, fact_on=BEFORE.first)
    visits(20, found=15, fact_on=NOW.first)


def chart(page):
    """What the script is to draw."""
    found = re.search(r'data-chart="([^"]*)"', page)
    return found and json.loads(html.unescape(found[1]))


@pytest.mark.parametrize("wrong", ["step=week", "by=cell", "against=it", "since=yesterday"])
def test_a_wrong_filter_is_named(supervisor, wrong):
    assert supervisor.get(f"/trends?{wrong}").status_code == 422


def test_where_nothing_was_inspected_nothing_is_drawn(supervisor):
    page = supervisor.get("/trends").text

    assert "这段时间没有检查" in page
    assert chart(page) is None


def test_the_table_says_each_month_with_its_interval_and_its_change(supervisor, two_months):
    newest, before, *_ = rows(supervisor.get("/trends").text)

    assert newest[1:4] == [f"{NOW.name}（未结束）", "20", "15"]
    assert newest[4:6] == ["75%（53%–89%）", "上升 +65%（+35% … +81%）"]
    assert before[1:6] == [BEFORE.name, "20", "2", "10%（3%–30%）", "无"]


def test_a_month_before_is_another_than_a_year_before(supervisor, two_months, visits):
    visits(20, found=15, fact_on=YEAR_BEFORE.first)

    newest, *_ = rows(supervisor.get("/trends?against=year").text)

    assert newest[5].startswith("看不出变化 +0%")


def test_too_few_visits_are_named_as_such_and_are_no_point_of_the_chart(supervisor, two_months, visits):
    visits(4, found=4, activity="bar", fact_on=NOW.first)

    page = supervisor.get("/trends?by=activity").text

    (line,) = chart(page)["series"]
    bar = next(row for row in rows(page) if row[1] == "酒吧")
    assert bar[3:7] == ["4", "4", "次数太少", "无"]
    assert [line["name"], line["visits"]] == ["网吧", [20, 20]]


def test_at_most_six_lines_are_drawn_and_the_table_has_all(supervisor, visits):
    activities = ["bar", "arcade", "hotel", "tattoo", "tobacco", "alcohol", "internet_cafe"]
    for number, activity in enumerate(activities):
        visits(5 + number, activity=activity, fact_on=NOW.first)

    page = supervisor.get("/trends?by=activity").text

    assert len(chart(page)["series"]) == 6
    assert "只画检查次数最多的 6 项" in page
    assert len(rows(page)) == 7


def test_the_file_has_the_filters_of_the_page(supervisor, two_months):
    page = supervisor.get("/trends?by=activity&step=quarter&activity=internet_cafe").text

    (file,) = exports(page)

    assert "by=activity" in file
    assert "step=quarter" in file
    assert len(supervisor.get(file).text.splitlines()) - 1 == len(rows(page))


@pytest.mark.parametrize("role", [Role.REPORTER, Role.ASSISTANT, Role.AUDITOR])
def test_who_sees_no_inspections_sees_no_trends(app, role):
    assert desk_of(app, role).get("/trends").status_code == 403


def test_the_chart_is_drawn_under_the_strict_policy_and_tells_what_it_is_pointed_at(browse, two_months):
    page = browse()
    scripts = weighed(page)
    page.emulate_media(reduced_motion="reduce")
    page.goto("/trends?against=year")
    canvas, box = page.locator("#chart canvas"), page.locator("#chart").bounding_box()

    before = canvas.screenshot()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 2)
    page.wait_for_timeout(300)

    assert canvas.screenshot() != before
    assert page.wrong == []
    assert "trends.js" in scripts
    assert sum(scripts.values()) < 250_000


def test_the_chart_fits_a_telephone_that_is_turned(browse, two_months):
    page = browse()
    page.goto("/trends")
    page.locator("#chart canvas").wait_for()

    page.set_viewport_size({"width": 320, "height": 800})
    page.wait_for_function("document.querySelector('#chart canvas').clientWidth < 320")

    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_without_scripts_the_table_stands_alone(browse, two_months):
    page = browse()
    context = page.context.browser.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    still = context.new_page()

    still.goto(page.url + "trends")

    assert still.locator("#chart").bounding_box()["height"] == 0
    assert still.locator("tbody tr").count() == 2
    assert "下面的表格内容相同" in still.inner_text(".chart-figure")
