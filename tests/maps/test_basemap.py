"""What lies beneath the map: one setting, wrong ones are said at the start; no other host by itself."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from backend.accounts.auth import Role
from backend.app import create_app
from backend.core.settings import SettingInvalid, Settings
from tests.geodata.archives import water_everywhere, write_archive
from tests.maps.conftest import WITH_GL, weighed
from tests.people import desk_of

ARCHIVE = "/api/v1/tiles/basemap.pmtiles"
HOSTS = [f"https://t{number}.tianditu.gov.cn" for number in range(8)]


@pytest.fixture
def archive(deployment, tmp_path):
    """The owner's map: sea everywhere."""
    path = write_archive(tmp_path / "sea.pmtiles", water_everywhere(), attribution="© 示例测绘")
    deployment.settings = replace(deployment.settings, basemap=path)
    return path


@pytest.fixture
def tianditu(deployment):
    deployment.settings = replace(deployment.settings, tianditu_key="a-key-of-the-owner")


def test_only_one_map_lies_beneath():
    both = {"HUMIAO_BASEMAP": "city.pmtiles", "HUMIAO_TIANDITU_KEY": "key"}

    with pytest.raises(SettingInvalid, match="set one of them"):
        Settings.from_env(both)


@pytest.mark.parametrize("content", [None, b"<html>not found</html>"])
def test_a_map_that_cannot_be_read_is_named_at_the_start(deployment, tmp_path, content):
    path = tmp_path / "city.pmtiles"
    if content:
        path.write_bytes(content)
    deployment.settings = replace(deployment.settings, basemap=path)

    with pytest.raises(SettingInvalid, match=r"HUMIAO_BASEMAP='.*city\.pmtiles': (is no PMTiles|No such)"):
        create_app(deployment)


def test_the_owners_map_comes_in_pieces_to_those_who_signed_in(app, archive, supervisor):
    head = supervisor.get(ARCHIVE, headers={"Range": "bytes=0-126"}, buffered=True)
    more = {"Range": "bytes=127-", "If-Range": head.headers["ETag"]}
    rest = supervisor.get(ARCHIVE, headers=more, buffered=True)

    assert (head.status_code, rest.status_code) == (206, 206)
    assert head.data + rest.data == archive.read_bytes()
    assert head.headers["Cache-Control"] == "private, max-age=3600"
    assert app.test_client().get(ARCHIVE).status_code == 401
    assert desk_of(app, Role.AUDITOR).get(ARCHIVE).status_code == 403
    assert desk_of(app, Role.REPORTER, areas=("310101",)).get(ARCHIVE, buffered=True).status_code == 200


def test_the_owners_map_may_be_named_from_where_the_service_runs(
    deployment, archive, supervisor, monkeypatch
):
    monkeypatch.chdir(archive.parent)
    deployment.settings = replace(deployment.settings, basemap=Path(archive.name))

    assert supervisor.get(ARCHIVE, buffered=True).data == archive.read_bytes()


def test_there_is_no_such_file_where_none_is_set(supervisor):
    assert supervisor.get(ARCHIVE).status_code == 404


def connects(answer):
    """The hosts that a page's scripts may ask."""
    (found,) = [one for one in answer.headers["Content-Security-Policy"].split("; ") if "connect-src" in one]
    return found.split()[1:]


def test_the_key_of_tianditu_opens_one_page_to_one_service(app, tianditu, supervisor):
    page = supervisor.get("/map")
    elsewhere = [supervisor.get(path) for path in ("/", "/venues", "/trends", "/map/visits?area=310101")]

    assert connects(page) == ["'self'", *HOSTS]
    assert [connects(one) for one in elsewhere] == [["'self'"]] * 4
    assert "a-key-of-the-owner" in page.text
    assert not any("a-key-of-the-owner" in one.text for one in elsewhere)
    assert app.test_client().get("/map").status_code == 303


def test_without_a_key_the_map_asks_nobody_else(supervisor):
    page = supervisor.get("/map")

    assert connects(page) == ["'self'"]
    assert "tianditu" not in page.text


def colours(page):
    """What is on the map of a page once it has come to rest, the most of it first."""
    page.locator("#map-figure[data-drawn]").wait_for()
    picture = Image.open(io.BytesIO(page.locator("#map canvas").screenshot())).convert("RGB")
    found = sorted(picture.getcolors(1 << 20), reverse=True)
    return [f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in found]


def test_the_owners_map_is_drawn_with_its_words_beneath_and_asks_nobody_else(browse, archive):
    page = browse(*WITH_GL)

    page.goto("/map")

    assert colours(page)[0] == "#d4e3ee"
    assert "底图：© 示例测绘" in page.inner_text("figcaption")
    assert page.wrong == []


def test_tianditu_is_asked_for_its_map_and_its_names_and_nobody_else_is(browse, tianditu):
    square, asked = io.BytesIO(), []
    Image.new("RGB", (256, 256), "#eeeeee").save(square, "PNG")

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(
            body=square.getvalue(), content_type="image/png", headers={"Access-Control-Allow-Origin": "*"}
        )

    page = browse(*WITH_GL)
    page.context.route("https://*.tianditu.gov.cn/**", answer)
    page.goto("/map")

    assert colours(page)[0] == "#eeeeee"
    assert "天地图" in page.inner_text("figcaption")
    page.goto("/venues")
    assert sorted(page.wrong) == sorted(asked)
    assert {url.split("/")[3] for url in asked} == {"vec_w", "cva_w"}
    assert all("&tk=a-key-of-the-owner" in url for url in asked)


def test_what_the_map_loads_is_small(browse, archive):
    page = browse(*WITH_GL)
    scripts = weighed(page)

    page.goto("/map")
    colours(page)

    assert "archive.js" in scripts
    assert sum(scripts.values()) < 400_000
