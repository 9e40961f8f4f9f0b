"""The map's page: what its table and picture say, what it leaves out, three clicks to a signed record."""

import html
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from backend import web
from backend.accounts.auth import Role
from backend.roads.actions import import_roads
from backend.web.map_picture import DOTS, EDGES, FILLS
from tests.maps.conftest import WITH_GL
from tests.people import desk_of
from tests.roads.drawn import osm_file
from tests.screening.places import NOW, ORIGIN, add_site, square

ASSETS = Path(web.__file__).with_name("assets") / "map"


def rows(page: str) -> list[list[str]]:
    """The cells of the table, without markup."""
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    found = re.findall(r"<tr>(.*?)</tr>", table, re.S)
    return [[" ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in row.split("</td>")] for row in found]


def test_a_cell_is_told_with_its_rate_and_what_is_too_few_is_said(supervisor, visits):
    visits(8, found=4)
    visits(2, east_m=3000, found=1)

    found = rows(supervisor.get("/map?shows=cells").text)

    assert [row[2:5] for row in found] == [["8", "4", "50%（22%–78%）"], ["2", "1", "次数太少"]]


def test_two_periods_are_asked_for_before_they_are_compared(supervisor, visits):
    visits(6, found=3)

    assert "请先选择本期和对比期" in supervisor.get("/map?shows=change").text
    asked = (
        "/map?shows=change&before_since=2025-01-01&before_until=2025-12-31&since=2026-01-01&until=2026-12-31"
    )
    assert len(rows(supervisor.get(asked).text)) == 1


def test_a_place_leads_to_its_visits_and_those_of_others_to_none(supervisor, visits, app):
    visits(6, found=3)
    page = supervisor.get("/map?shows=cells&since=2020-01-01").text
    by_area = supervisor.get("/map?shows=cells&since=2020-01-01&area=310101&text=x").text
    assert "area=" not in re.search(r'href="(/map/visits[^"]*)"', by_area)[1]
    way = re.search(r'href="(/map/visits\?[^"]*cell=[^"]*)"', page)[1].replace("&amp;", "&")
    assert "since=2020-01-01" in way
    assert len(rows(supervisor.get(way).text)) == 6

    stranger = desk_of(app, Role.SUPERVISOR, areas=("310107",))
    assert rows(stranger.get(way).text) == []
    assert "/map/visits?" not in stranger.get("/map?shows=cells").text.partition("<tbody>")[2]


@pytest.mark.parametrize("shows", ["points", "cells", "areas", "change"])
def test_the_picture_shows_what_the_map_shows_and_names_nothing_unescaped(supervisor, visits, shows):
    visits(6, found=3)

    picture = supervisor.get(f"/map/picture.svg?shows={shows}")

    assert picture.mimetype == "image/svg+xml"
    drawn = {"points": "<circle", "cells": '<path d="M', "areas": "<rect", "change": "<rect"}
    assert drawn[shows] in picture.text


@pytest.mark.parametrize("wrong", ["shows=everything", "since=yesterday", "within_m=-1", "verdict=bad"])
def test_a_wrong_filter_is_named(supervisor, wrong):
    assert supervisor.get(f"/map?{wrong}").status_code == 422


PERIODS = "before_since=2025-01-01&before_until=2025-12-31&since=2026-01-01&until=2026-12-31"


def exports(page: str) -> list[str]:
    """The addresses of the files that a page offers."""
    return [one.replace("&amp;", "&") for one in re.findall(r'href="([^"]*)" download', page)]


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        (f"shows=points&activity=internet_cafe&{PERIODS}", ["csv", "geojson"]),
        ("shows=cells&since=2026-01-01", ["csv", "geojson"]),
        ("shows=areas&activity=bar", ["csv", "geojson"]),
        (f"shows=change&{PERIODS}", ["csv"]),
        ("shows=change&since=2026-01-01", []),
    ],
)
def test_what_the_map_shows_is_exported_with_the_same_filters(supervisor, visits, asked, kinds):
    visits(6, found=3)
    page = supervisor.get(f"/map?{asked}").text

    files = exports(page)

    assert [one.partition("?")[0].rpartition(".")[2] for one in files] == kinds
    for file in files:
        answer = supervisor.get(file)
        found = len(answer.json["features"]) if answer.is_json else len(answer.text.splitlines()) - 1
        assert found == len(rows(page))


def test_the_map_opens_at_a_venue_and_leads_back_to_it(supervisor, visits, deployment):
    visits(6)
    link = re.search(r'href="(/map[^"]*)"', supervisor.get("/venues/1").text.partition("<main")[2])[1]

    page = supervisor.get(link).text

    config = json.loads(html.unescape(re.search(r'data-map="([^"]*)"', page)[1]))
    west, south, east, north = config["frame"]
    lon, lat = config["here"]
    assert link == "/map?venue_id=1"
    assert (lon, lat) == pytest.approx(ORIGIN)
    assert (east - west) / 2 == pytest.approx(lon - west) != 0
    assert north - south < 0.02
    assert 'href="/venues/1"' in page.partition('id="map-picked"')[2].partition("</section>")[0]
    assert len(rows(page)) == 3


def test_the_map_opens_at_no_venue_that_its_reader_may_not_see(app, visits):
    visits(6)

    assert desk_of(app, Role.SUPERVISOR, areas=("310107",)).get("/map?venue_id=1").status_code == 404


def test_nobody_is_led_to_a_map_that_does_not_let_them_in(app, agency, visits):
    visits(6)
    assistant = desk_of(app, Role.ASSISTANT, areas=("310101",), agency_id=agency)

    page = assistant.get("/venues/1")

    assert page.status_code == 200
    assert "/map" not in page.text


def test_the_map_opens_around_a_school_and_leads_back_to_it(supervisor, deployment):
    with deployment.unit_of_work() as session:
        school = add_site(session, square(0, 0, 100), area_code="310101").id

    link = re.search(r'href="(/map[^"]*)"', supervisor.get(f"/sites/{school}").text.partition("<main")[2])[1]

    assert f'href="/sites/{school}"' in supervisor.get(link).text


def test_roads_are_named_with_their_source_where_they_are_drawn(supervisor, deployment, tmp_path):
    def told():
        page = supervisor.get("/map").text
        return "swatch-road" in page, "示例路网（2026-07-21）" in page

    before = told()
    with deployment.unit_of_work() as session:
        import_roads(
            session, osm_file(tmp_path / "a.osm", [(0, 0), (100, 0)]), crs="wgs84", by="tester", now=NOW,
            drawn_on=date(2026, 7, 21), source="示例路网",
        )  # fmt: skip
    after = told()
    deployment.settings = replace(deployment.settings, tianditu_key="key")

    assert (before, after, told()) == ((False, False), (True, True), (False, False))


def test_map_picture_and_legend_have_the_same_colours():
    script, style = ((ASSETS / name).read_text("utf-8") for name in ("looks.ts", "map.css"))

    of_rates = {colour for colour in FILLS.values() if colour.startswith("#")}
    for colour in {*of_rates, *DOTS.values()}:
        assert colour in script
        assert colour in style
    assert all(colour in script for colour, _ in EDGES.values())


@pytest.fixture(params=[WITH_GL, ("--disable-3d-apis",)], ids=["webgl", "no webgl"])
def drawn(browse, visits, request):
    """The map's page of hexagons in a browser that can, or cannot, draw it."""
    visits(6, found=3)
    page = browse(*request.param)
    page.goto("/map?shows=cells")
    return page, request.param is WITH_GL


def test_a_record_is_three_clicks_from_a_hexagon_and_a_browser_without_webgl_shows_a_picture(drawn):
    page, has_webgl = drawn
    if has_webgl:
        page.locator("#map-figure[data-drawn]").wait_for()
        box = page.locator("#map canvas").bounding_box()
        page.locator("#map canvas").click(position={"x": box["width"] / 2, "y": box["height"] / 2})
        page.locator("#map-picked .button").click()
    else:
        page.locator("img.map-still").wait_for()
        assert page.locator("img.map-still").evaluate(
            "image => image.decode().then(() => image.naturalWidth)"
        )
        page.locator("tbody a").first.click()

    page.locator("tbody a").first.click()

    assert re.search(r"/visits/\d+$", page.url)
    assert page.wrong == []
