"""Tables as offices send them: odd headers, stray quotation marks, coordinates that are none."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geodata.layers import Layer, LayerUnreadable, guess_columns, read

Table = Callable[..., Layer]


@pytest.fixture
def table(tmp_path: Path) -> Table:
    def write(text: str, **options: Any) -> Layer:
        (tmp_path / "table.csv").write_text(text, encoding="utf-8", newline="")
        return read(tmp_path / "table.csv", **options)

    return write


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ("122.1,30.9", None),
        (" 122.1 , 30.9 ", None),
        ("#N/A,#N/A", "coordinates_not_numbers"),
        ("nan,30.9", "coordinates_not_numbers"),
        ("inf,30.9", "coordinates_not_numbers"),
        ("122_1,30.9", "coordinates_not_numbers"),
        ("122.1,", "coordinates_missing"),
        (" , ", "coordinates_missing"),
        ("122.1", "coordinates_missing"),
        ("1e12,30.9", "coordinates_out_of_range"),
        ("122.1,30.9,surplus", "too_many_cells"),
    ],
)
def test_a_row_has_a_point_or_says_why_not(table: Table, cells: str, problem: str | None) -> None:
    (row,) = table(f"lon,lat\n{cells}\n").rows

    assert row.problem == problem
    assert (row.geometry is None) == (problem is not None)


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ("POINT (1 2)", "POINT (1 2)"),
        ("SRID=4326;POINT Z (1 2 3)", "POINT (1 2)"),
        ("0101000000000000000000F03F0000000000000040", "POINT (1 2)"),
        ("", "POINT (5 6)"),
        ("POINT EMPTY", "coordinates_missing"),
        ("POINT (nan 2)", "coordinates_not_numbers"),
        ("POLYGON ((0 0", "geometry_unreadable"),
    ],
)
def test_wkt_is_drawn_and_longitude_and_latitude_stand_in_where_it_is_blank(
    table: Table, drawn: str, expected: str
) -> None:
    (row,) = table(f'wkt;lon;lat\n"{drawn}";5;6\n').rows

    assert (row.geometry.wkt if row.geometry else row.problem) == expected


def test_odd_headers_get_names_that_differ(table: Table) -> None:
    layer = table("\ufeff\n ,name, name ,地址：,\n1,a,b,c\n")

    assert layer.columns == ["column_1", "name", "name (2)", "地址：", "column_5"]
    assert [list(row.values.values()) for row in layer.rows] == [["1", "a", "b", "c", None]]


def test_blank_rows_are_counted_and_line_breaks_in_cells_are_kept(table: Table) -> None:
    layer = table('name,lon,lat\r\n"a ""b""\r\nc",1,2\r\n\r\n,,\r\nd,3,4')

    assert [(row.number, row.values["name"]) for row in layer.rows] == [(0, 'a "b"\r\nc'), (3, "d")]


@pytest.mark.parametrize("body", ['"a,1,2\nb,3,4\n', '"a,1,2' + "\nb,3,4" * 600 + '\n"c,5,6\n'])
def test_a_quotation_mark_left_open_is_refused_with_its_line(table: Table, body: str) -> None:
    with pytest.raises(LayerUnreadable, match="in line 2") as refused:
        list(table("name,lon,lat\n" + body).rows)

    assert refused.value.reason == "quote_never_closed"


def test_only_keeps_rows_by_their_text(table: Table) -> None:
    rows = table("Kind：,lon,lat\nbar,1,2\npub,3,4\nbar ,5,6\n", only={"kind": {"pub", "club"}}).rows

    assert [row.number for row in rows] == [1]


@pytest.mark.parametrize(
    ("text", "options", "reason"),
    [
        ("a,b\n1,2", {"lon": "x", "lat": "y"}, "column_unknown"),
        ("a,b\n1,2", {"only": {"c": {"1"}}}, "column_unknown"),
        ("a,b\n1,2", {"lon": "a"}, "columns_unclear"),
        ("经度,纬度,经度_84,纬度_84\n1,2,3,4", {}, "columns_unclear"),
        ("lon,lat,lon\n1,2,3", {}, "columns_unclear"),
        ("lon,y\n1,2", {}, "columns_unclear"),
        (",,\n,,\n", {}, "empty_file"),
    ],
)
def test_columns_are_never_guessed_between(
    table: Table, text: str, options: dict[str, Any], reason: str
) -> None:
    with pytest.raises(LayerUnreadable) as refused:
        table(text, **options)

    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (["lng", "lat", "TITLE"], {"lon": "lng", "lat": "lat", "name": "TITLE"}),
        (["经度_84", "纬度_84", "名称："], {"lon": "经度_84", "lat": "纬度_84", "name": "名称："}),
        (["CT_name", "CT_long", "CT_lat"], {"lon": "CT_long", "lat": "CT_lat", "name": "CT_name"}),
        (["longitude_WGS84", "latitude(gcj02)"], {"lon": "longitude_WGS84", "lat": "latitude(gcj02)"}),
        (["店名", "经营地址", "the_geom"], {"name": "店名", "address": "经营地址", "wkt": "the_geom"}),
        (["名称", "单位名称"], {"name": "名称"}),
        (["name", "name (2)", "X", "Y", "description", "long_text"], {}),
    ],
)
def test_usual_names_are_known(columns: list[str], expected: dict[str, str]) -> None:
    assert guess_columns(columns) == expected
