"""Rows that name their district show whether the claimed reference can be right; nothing is converted."""

import random

import pytest
import shapely

from geodata.crs import from_lonlat
from tests.imports.conftest import square

BORDER = 121.5  # between two districts
WEST, EAST = f"310101,黄浦区,{square(121, 31, 0.5)}", f"310115,浦东新区,{square(BORDER, 31, 0.5)}"


@pytest.fixture
def districts(desk):
    desk.areas(desk.file("areas.csv", "code,name,wkt", WEST, EAST))


def rows(crs, number=100, name="{}", address=""):
    """Places within 400 m of the border, written down in `crs`, each naming its district."""
    dice = random.Random(1)
    lonlat = [(BORDER + dice.uniform(-0.004, 0.004), 31.2) for _ in range(number)]
    for (lon, _), (x, y) in zip(lonlat, from_lonlat(lonlat, crs), strict=True):
        district = "黄浦区" if lon < BORDER else "浦东新区"
        yield f"n,{x},{y},{name.format(district)},{address.format(district)}"


HEADER = "name,lon,lat,district,address"


@pytest.mark.parametrize("claimed", ["wgs84", "cgcs2000", "gcj02", "bd09"])
@pytest.mark.parametrize("true", ["wgs84", "gcj02", "bd09"])
def test_the_reading_under_which_rows_lie_in_their_district(desk, districts, claimed, true):
    path = desk.file("rows.csv", HEADER, *rows(true))

    report = desk.venues(path, crs=claimed, district_column="district")

    same = {claimed, true} in ({claimed}, {"cgcs2000", "wgs84"})
    assert (report.shares.rows, report.shares.probably) == (100, None if same else true)
    assert report.shares.by_reading[claimed if same else true] == 1.0
    said = [warning for warning in report.warnings if "probably" in warning]
    assert len(said) == (not same)
    assert same or (f"probably {true}, not {claimed}: of 100 rows" in said[0] and "100.0%" in said[0])
    assert report.created == 100


@pytest.mark.parametrize(
    ("name", "address", "asked"),
    [
        pytest.param("{}", "", {"district_column": "district"}, id="its full name in a column"),
        pytest.param("上海市{} 陆家嘴", "", {"district_column": "district"}, id="among other words"),
        pytest.param("", "上海市{}南京路1号", {}, id="in the address"),
    ],
)
def test_a_district_is_named_in_a_column_or_in_the_address(desk, districts, name, address, asked):
    path = desk.file("rows.csv", HEADER, *rows("wgs84", 20, name, address))

    report = desk.venues(path, **asked)

    assert (report.shares.rows, report.shares.by_reading["wgs84"]) == (20, 1.0)


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("浦东", "浦东新区"),
        ("黄浦 外滩", "黄浦区"),
        ("新黄浦", None),
        ("卢湾区", None),
        ("", None),
        (None, None),
    ],
)
def test_short_names_count_at_the_beginning_of_a_cell_only(cell, named):
    from backend.accounts.areas import Areas

    box = shapely.box(121, 31, 122, 32)
    areas = Areas([("310101", "黄浦区", box), ("310115", "浦东新区", box)])

    assert areas.named_in_cell(cell) == named
    assert areas.named_in_text("黄浦路1号") is None


def test_a_handful_of_rows_says_nothing(desk, districts):
    report = desk.venues(desk.file("rows.csv", HEADER, *rows("gcj02", 9)), district_column="district")

    assert (report.shares.rows, report.shares.probably) == (9, None)


def test_without_areas_or_districts_nothing_is_claimed(desk):
    path = desk.file("rows.csv", HEADER, *rows("gcj02"))

    assert desk.venues(path, district_column="district").shares is None


def test_metres_have_no_other_reading(desk, districts):
    path = desk.file("rows.csv", HEADER, *rows("EPSG:4549"))

    report = desk.venues(path, crs="EPSG:4549", district_column="district")

    assert (report.created, report.shares) == (100, None)


def test_the_text_that_names_the_district_is_kept(desk):
    desk.venues(desk.file("rows.csv", HEADER, "n,121.4,31.2, 闵行  梅陇 ,"), district_column="district")

    assert desk.register("venues")["rows:0"]["district_text"] == "闵行 梅陇"
