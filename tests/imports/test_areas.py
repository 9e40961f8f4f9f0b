"""Areas: the smallest that holds a row is its area, whichever came first."""

import pytest

from tests.imports.conftest import square

CITY = f"3101,上海市,{square(121, 31, 1)}"
DISTRICT = f"310101,黄浦区,{square(121.4, 31.2, 0.2)}"
TOWN = f"310101002,南京东路街道,{square(121.4, 31.2, 0.1)}"
ROWS = ("name,lon,lat", "town,121.45,31.25", "district,121.55,31.35", "city,121.9,31.9", "nowhere,,")
CODES = {"town": "310101002", "district": "310101", "city": "3101", "nowhere": None}


def codes(desk, kind="venues"):
    return {row["name"]: row["area_code"] for row in desk.register(kind).values()}


@pytest.fixture
def areas(desk):
    return desk.file("areas.csv", "code,name,wkt", DISTRICT, TOWN, CITY)


def test_the_smallest_area_that_holds_a_row(desk, areas):
    desk.areas(areas)

    desk.venues(desk.file("rows.csv", *ROWS))

    assert codes(desk) == CODES


def test_areas_that_come_later_take_up_the_rows_that_are_there(desk, areas):
    desk.venues(desk.file("rows.csv", *ROWS))
    desk.sites(
        desk.file(
            "schools.csv",
            "name,wkt",
            f"campus,{square(121.44, 31.24, 0.02)}",
            '"gates","MULTIPOINT ((121.55 31.35))"',
        )
    )
    versions = [row["version"] for row in desk.register("venues").values()]

    report = desk.areas(areas)

    assert report.assigned == {"sites": 2, "venues": 3}
    assert codes(desk) == CODES
    assert codes(desk, "sites") == {"campus": "310101002", "gates": "310101"}
    assert [row["version"] for row in desk.register("venues").values()] == versions


def test_areas_update_by_their_code_and_undo_gives_the_rows_back(desk, areas):
    desk.areas(areas)
    desk.venues(desk.file("rows.csv", *ROWS))
    before = desk.everything()

    moved = desk.file("other.csv", "code,name,wkt", f"310101002,南京东路街道,{square(121.5, 31.3, 0.1)}")
    report = desk.areas(moved)

    assert (report.created, report.changed, report.assigned) == (0, 1, {"sites": 0, "venues": 2})
    assert report.warnings == ()
    assert codes(desk) == CODES | {"town": "310101", "district": "310101002"}
    desk.undo(report.run_id)
    assert desk.everything() == before


def test_an_area_needs_a_code_and_an_outline(desk):
    path = desk.file(
        "areas.csv", "code,name,wkt",
        f",无代码,{square(121, 31, 1)}", f"31-01,x,{square(121, 31, 1)}",
        "3101,点,POINT (121 31)", "3102,缺,",
        f"3103,,{square(121, 31, 1)}", f"3103,又,{square(121, 31, 1)}",
    )  # fmt: skip

    report = desk.areas(path)

    assert report.refused == {
        "code_invalid": 2,
        "not_an_area": 1,
        "coordinates_missing": 1,
        "duplicate_ref": 1,
    }
    assert {code: row["name"] for code, row in desk.register("areas").items()} == {"3103": "3103"}


def test_areas_in_gcj02_are_brought_into_the_reference_of_the_register(desk):
    desk.areas(desk.file("areas.csv", "code,name,wkt", DISTRICT), crs="gcj02")

    [area] = desk.register("areas").values()
    assert area["source_crs"] == "gcj02"
    assert area["place"].bounds[0] == pytest.approx(121.4 - 0.0045, abs=0.0005)
