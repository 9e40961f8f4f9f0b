"""A row that cannot be right is left out with its reason; the rest of the file is imported."""

import csv

import pytest

from tests.imports.conftest import square

HERE = "121.4700,31.2300"


@pytest.mark.parametrize(
    ("position", "crs", "reason"),
    [
        pytest.param("0,0", "wgs84", "zero_zero", id="zero"),
        pytest.param("0.0,-0", "gcj02", "zero_zero", id="zero, written otherwise"),
        pytest.param("31.23,121.47", "wgs84", "swapped_axes", id="swapped"),
        pytest.param("43.8,87.6", "gcj02", "swapped_axes", id="swapped, in the west of China"),
        pytest.param("3456000,500000", "EPSG:4549", "swapped_axes", id="northing first"),
        pytest.param("500,700", "wgs84", "coordinates_out_of_range", id="nowhere"),
        pytest.param("9e7,9e7", "EPSG:4549", "coordinates_out_of_range", id="nowhere in metres"),
        pytest.param("121.47,89.9", "wgs84", "coordinates_out_of_range", id="too near to the pole"),
        pytest.param("121.47,31.2x", "wgs84", "coordinates_not_numbers", id="not a number"),
        pytest.param("inf,31.2", "wgs84", "coordinates_not_numbers", id="infinite"),
    ],
)
@pytest.mark.parametrize("kind", ["sites", "venues"])
def test_a_position_that_cannot_be_right(desk, kind, position, crs, reason):
    path = desk.file("rows.csv", "name,lon,lat", f"bad,{position}")

    report = getattr(desk, kind)(path, crs=crs)

    assert (report.read, report.created, report.refused) == (1, 0, {reason: 1})


@pytest.mark.parametrize("position", [",", "#N/A,#N/A", "null,31.2", " , ", "121.4,", "nan,nan"])
def test_a_venue_without_coordinates_is_kept_a_school_is_not(desk, position):
    path = desk.file("rows.csv", "name,lon,lat", f"somewhere,{position}")

    venues, sites = desk.venues(path), desk.sites(path)

    assert (venues.created, venues.without_position, venues.refused) == (1, 1, {})
    assert desk.register("venues")["rows:0"]["place"] is None
    assert (sites.created, sum(sites.refused.values())) == (0, 1)


@pytest.mark.parametrize(
    ("drawn", "kind", "reason"),
    [
        pytest.param('"LINESTRING (121 31, 122 31)"', "sites", "not_a_place", id="a line is no campus"),
        pytest.param('"LINESTRING (121 31, 122 31)"', "venues", "not_a_place", id="a line is no venue"),
        pytest.param('"MULTIPOINT ((121 31), (122 31))"', "venues", "not_a_place", id="two places at once"),
        pytest.param("POLYGON ((121", "sites", "geometry_unreadable", id="cut off"),
        pytest.param('"POLYGON ((121 31, 122 31, 121 31))"', "sites", "geometry_unreadable", id="no area"),
    ],
)
def test_a_shape_that_is_no_place(desk, drawn, kind, reason):
    report = getattr(desk, kind)(desk.file("rows.csv", "name,wkt", f"x,{drawn}"))

    assert report.refused == {reason: 1}


def test_refs_that_are_blank_repeated_personal_or_too_long(desk):
    lines = ("", "A1", "A1", "13812345678", "x" * 300, "A2")
    path = desk.file("rows.csv", "id,name,lon,lat", *(f"{ref},n,{HERE}" for ref in lines))

    report = desk.venues(path, ref_column="id")

    assert desk.register("venues").keys() == {"rows:A1", "rows:A2"}
    assert report.refused == {
        "ref_missing": 1, "duplicate_ref": 1, "personal_number_in_ref": 1, "text_too_long": 1,
    }  # fmt: skip


def test_a_text_that_runs_over_and_cells_that_shift_are_refused(desk):
    path = desk.file(
        "rows.csv", "name,lon,lat", f"{'长' * 256},{HERE}", f"a,b,{HERE}", f"{'长' * 255},{HERE}"
    )

    report = desk.venues(path)

    assert report.refused == {"text_too_long": 1, "too_many_cells": 1}
    assert report.created == 1


def test_the_papers_of_a_venue_must_fit_too(desk):
    path = desk.file(
        "rows.csv", "name,lon,lat,licence_number", f"a,{HERE},{'9' * 65}", f"b,{HERE},{'9' * 64}"
    )

    report = desk.venues(path)

    assert (report.created, report.refused) == (1, {"text_too_long": 1})


def test_what_no_pair_of_a_map_fits_is_refused_and_the_first_that_fits_wins(desk):
    path = desk.file(
        "rows.csv", "name,type,lon,lat",
        f"a,科教;幼儿园,{HERE}", f"b,小学|幼儿园,{HERE}", f"c,科教;中学,{HERE}",
        f"d,高等院校,{HERE}", f"e,,{HERE}",
    )  # fmt: skip

    kinds = (("kindergarten", "幼儿园"), ("primary", "小学"), ("middle", "中学"))
    report = desk.sites(path, kind_column="type", kind_map=kinds)

    found = {row["name"]: row["kind"] for row in desk.register("sites").values()}
    assert found == {"a": "kindergarten", "b": "kindergarten", "c": "middle"}
    assert report.refused == {"unknown_kind": 2}


def test_a_venue_does_all_that_its_cell_names_beside_what_all_do(desk):
    path = desk.file("rows.csv", "name,type,lon,lat", f"a,酒吧;KTV,{HERE}", f"b,其他,{HERE}")
    pairs = (("song_and_dance", "KTV"), ("bar", "酒吧"))

    alone = desk.venues(path, activity_column="type", activity_map=pairs, dry_run=True)
    desk.venues(path, activities=("alcohol",), activity_column="type", activity_map=pairs)

    assert alone.refused == {"unknown_activity": 1}
    does = {
        row["name"]: [part["activity"] for part in row["venue_activities"]]
        for row in desk.register("venues").values()
    }
    assert does == {"a": ["alcohol", "song_and_dance", "bar"], "b": ["alcohol"]}


def test_rows_left_out_by_only_and_blank_rows_are_counted_and_no_refusals(desk):
    path = desk.file(
        "rows.csv", "name,amenity,lon,lat",
        f"a,cafe,{HERE}", f"b,bar,{HERE}", ",,,", "c,bar,0,0", f",pub,{HERE}",
    )  # fmt: skip

    report = desk.venues(path, only={"amenity": {"bar", "pub"}})

    assert report.refused == {"zero_zero": 1}
    assert {ref: row["name"] for ref, row in desk.register("venues").items()} == {
        "rows:1": "b",
        "rows:4": None,
    }


def test_the_rejects_file_says_what_was_wrong_with_which_row_and_harms_no_spreadsheet(desk):
    path = desk.file(
        "rows.csv", "name,lon,lat,note",
        f"good,{HERE},", '=HYPERLINK("x"),0,0,-5', "swapped,31.23,121.47,+1 (x)",
    )  # fmt: skip
    rejects = desk.folder / "rejects.csv"

    desk.venues(path, rejects=rejects)

    assert rejects.read_bytes().startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(rejects.read_text("utf-8-sig").splitlines())
    assert header == ["row", "reason", "怎么办", "what to do", "name", "lon", "lat", "note"]
    assert [[row[0], row[1], *row[4:]] for row in rows] == [
        ["1", "zero_zero", '\'=HYPERLINK("x")', "0", "0", "-5"],
        ["2", "swapped_axes", "swapped", "31.23", "121.47", "'+1 (x)"],
    ]
    assert rows[0][3] == "the coordinates are 0,0: fill in the real ones"


def test_outside_the_loaded_areas(desk):
    path = desk.file(
        "rows.csv", "name,lon,lat", "in,121.5,31.5", "out,116.4,39.9", "swapped,31.5,121.5", "edge,121,31"
    )
    before = desk.venues(path, dry_run=True)

    desk.areas(desk.file("areas.csv", "code,name,wkt", f"310101,黄浦区,{square(121, 31, 1)}"))
    after = desk.venues(path)

    assert before.refused == {"swapped_axes": 1}
    assert after.refused == {"outside_the_loaded_areas": 1, "swapped_axes": 1}
    assert {row["name"]: row["area_code"] for row in desk.register("venues").values()} == {
        "in": "310101",
        "edge": "310101",
    }
