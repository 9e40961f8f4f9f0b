"""The map's page: what its table and picture say, what it leaves out, three clicks to a signed record."""

import re
from pathlib import Path

import pytest

from backend import web
from backend.accounts.auth import Role
from backend.web.map_picture import DOTS, EDGES, FILLS
from tests.chromium import chromium, served
from tests.people import PASSWORD, add_person, desk_of

ASSETS = Path(web.__file__).with_name("assets") / "map"
WITH_GL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")


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


def test_map_picture_and_legend_have_the_same_colours():
    script, style = ((ASSETS / name).read_text("utf-8") for name in ("looks.ts", "map.css"))

    of_rates = {colour for colour in FILLS.values() if colour.startswith("#")}
    for colour in {*of_rates, *DOTS.values()}:
        assert colour in script
        assert colour in style
    assert all(colour in script for colour, _ in EDGES.values())


@pytest.fixture(params=[WITH_GL, ("--disable-3d-apis",)], ids=["webgl", "no webgl"])
def drawn(app, deployment, agency, visits, request):
    """The map's page of hexagons in a browser that can, or cannot, draw it."""
    visits(6, found=3)
    add_person(deployment, Role.SUPERVISOR, login="zhang", areas=("310101",), agency_id=agency)
    with chromium(*request.param) as browser, served(app) as address:
        page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
        page.wrong = []
        page.on("console", lambda said: page.wrong.append(said.text) if said.type == "error" else None)
        page.on(
            "request", lambda one: page.wrong.append(one.url) if not one.url.startswith(address) else None
        )
        page.goto("/sign-in")
        page.fill("#login", "zhang")
        page.fill("#password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(address + "/")
        page.goto("/map?shows=cells")
        yield page, request.param is WITH_GL


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
