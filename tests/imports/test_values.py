"""What a row says, as the register keeps it: cleaned, converted, or left blank with a note."""

from datetime import date

import pytest
import shapely

from backend.imports.cells import clean, day
from geodata.distance import point_to_point_m
from tests.imports.conftest import square

HERE = "121.4700,31.2300"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-03-01", date(2024, 3, 1)),
        ("2024/3/1", date(2024, 3, 1)),
        ("2024.3.1", date(2024, 3, 1)),
        ("20240301", date(2024, 3, 1)),
        ("2024年3月1日", date(2024, 3, 1)),
        ("2016-02-17 15:57:40", date(2016, 2, 17)),
        ("2016-02-17T00:00:00", date(2016, 2, 17)),
        ("", None),
        ("无", None),
        (None, None),
    ],
)
def test_a_day_as_people_write_it(written, meant):
    assert day(written) == meant


@pytest.mark.parametrize(
    "written", ["1999年", "2024-13-01", "03/04/2020", "2024-3/1", "长期", "202403011", "45352"]
)
def test_a_day_is_never_guessed(written):
    with pytest.raises(ValueError, match="is no day"):
        day(written)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  一中\u3000 东校区\r\n", "一中 东校区"),
        ("zero\u200bwidth\x00", "zerowidth"),
        ("𠮷\ue000", "𠮷\ue000"),
        ("\ud800x", "x"),
        (" \t", None),
    ],
)
def test_text_is_one_line_without_what_cannot_be_seen(cell, text):
    assert clean(cell) == text


def test_a_venue_with_all_its_papers(desk):
    header = "店名,地址,lon,lat,经营者,信用代码,设立,许可证,发证,到期,误差"
    papers = "９1350100m000100y43,2019/5/1,沪文〔2019〕1号,2019-06-01,2024年6月1日,5"
    row = f"甲吧,南京路1号,{HERE},某某公司,{papers}"
    columns = {
        "name": "店名", "address": "地址", "lon": "lon", "lat": "lat", "operator": "经营者",
        "credit_code": "信用代码", "established_on": "设立", "licence_number": "许可证",
        "licence_issued_on": "发证", "licence_expires_on": "到期", "accuracy_m": "误差",
    }  # fmt: skip

    report = desk.venues(
        desk.file("bars.csv", header, row), columns=columns, source="市监 2026-01", crs="gcj02"
    )

    venue = desk.register("venues")["bars:0"]
    licence = {
        "activity": "bar", "number": "沪文〔2019〕1号",
        "issued_on": date(2019, 6, 1), "expires_on": date(2024, 6, 1),
    }  # fmt: skip
    assert report.notes == {}
    assert venue["licences"] == [licence]
    kept = ("operator_name", "credit_code", "established_on", "accuracy_m", "source", "source_crs", "capture")
    assert [venue[name] for name in kept] == [
        "某某公司", "91350100M000100Y43", date(2019, 5, 1), 5.0, "市监 2026-01", "gcj02", "import",
    ]  # fmt: skip
    assert point_to_point_m(121.47, 31.23, venue["place"].x, venue["place"].y) == pytest.approx(484, abs=20)


def test_what_cannot_be_read_is_left_blank_and_counted(desk):
    header = "name,lon,lat,credit_code,established_on,accuracy_m,licence_number,licence_issued_on,address"
    path = desk.file(
        "bars.csv", header,
        f"a,{HERE},91350100M000100Y4Z,去年,-3,,2020-01-01,电话13812345678",
        f"b,{HERE},#N/A,#N/A,#N/A,#N/A,,",
    )  # fmt: skip

    report = desk.venues(path)

    rows = desk.register("venues")
    assert report.notes == {
        "credit_code_invalid": 1, "date_unreadable": 1, "number_unreadable": 1,
        "licence_without_number": 1, "personal_number_masked": 1,
    }  # fmt: skip
    assert rows["bars:0"]["address"] == "电话〔手机号〕"
    assert [row["licences"] for row in rows.values()] == [[], []]
    assert "1 × the check digit of the credit code does not fit; left blank (rows 0)" in report.warnings


def test_one_licence_beside_two_activities_is_for_neither(desk):
    path = desk.file("bars.csv", "name,lon,lat,licence_number", f"a,{HERE},L1")

    desk.venues(path, activities=("bar", "alcohol"))

    [licence] = desk.register("venues")["bars:0"]["licences"]
    assert (licence["number"], licence["activity"]) == ("L1", None)


def test_a_venue_drawn_as_an_area_keeps_its_footprint_and_reaches_to_its_farthest_corner(desk):
    desk.venues(desk.file("bars.csv", "name,wkt", f"a,{square(121.47, 31.23, 0.001)}"))

    venue = desk.register("venues")["bars:0"]
    corners = shapely.get_coordinates(venue["footprint"])
    farthest_m = max(point_to_point_m(venue["place"].x, venue["place"].y, *corner) for corner in corners)
    assert venue["footprint"].contains(venue["place"])
    assert venue["extent_m"] == pytest.approx(float(farthest_m), abs=0.001)
    assert venue["extent_m"] > 70


def test_a_school_by_outline_gates_or_point(desk):
    outline, ring = square(121.47, 31.23, 0.001), '"LINESTRING (121 31, 121.1 31, 121 31.1, 121 31)"'
    bow = '"POLYGON ((121 31, 121.1 31.1, 121.1 31, 121 31.1, 121 31))"'
    path = desk.file(
        "schools.csv", "name,wkt,gates,opened_on",
        f'a,{outline},"MULTIPOINT ((121.4705 31.23), (121.47 31.2305))",2001-09-01',
        'b,"MULTIPOINT ((121.5 31.2), (121.6 31.2))",,',
        "c,POINT (121.5 31.2),nonsense,",
        "x,POINT (121.5 31.2),POINT (31.2 121.5),", f"d,{ring},POINT (121.05 31),", f"e,{bow},,",
    )  # fmt: skip

    report = desk.sites(path)

    sites = {row["name"]: row for row in desk.register("sites").values()}
    assert {name: site["place"].geom_type for name, site in sites.items()} == {
        "a": "Polygon", "b": "MultiPoint", "c": "Point", "x": "Point", "d": "Polygon", "e": "MultiPolygon",
    }  # fmt: skip
    assert [len(site["gates"].geoms) if site["gates"] else 0 for site in sites.values()] == [2, 0, 0, 0, 1, 0]
    assert sites["a"]["opened_on"] == date(2001, 9, 1)
    assert report.notes == {"ring_taken_as_outline": 1, "outline_repaired": 1, "gates_unreadable": 2}


def test_gates_are_converted_like_the_rest(desk):
    desk.sites(
        desk.file("schools.csv", "name,wkt,gates", "a,POINT (121.5 31.2),POINT (121.5 31.2)"), crs="bd09"
    )

    [site] = desk.register("sites").values()
    assert site["gates"].geoms[0].equals(site["place"])


def test_osm_campuses_and_bars(desk):
    osm = """<osm version="0.6">
      <node id="1" lat="31.20" lon="121.40"/><node id="2" lat="31.20" lon="121.41"/>
      <node id="3" lat="31.21" lon="121.41"/>
      <node id="4" lat="31.30" lon="121.50"><tag k="amenity" v="bar"/><tag k="name" v="甲吧"/></node>
      <way id="9"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/><tag k="amenity" v="school"/></way>
    </osm>"""
    path = desk.file("city.osm", osm)

    desk.sites(path, only={"amenity": {"school"}}, ref_column="@id")
    desk.venues(path, only={"amenity": {"bar", "pub"}}, ref_column="@id")

    assert desk.register("sites")["city:way/9"]["place"].geom_type == "Polygon"
    assert desk.register("venues")["city:node/4"]["name"] == "甲吧"


def test_progress_is_told_by_rows(desk):
    from backend.imports import actions
    from backend.imports.options import VenueOptions
    from tests.imports.conftest import NOW

    told = []
    path = desk.file("bars.csv", "name,lon,lat", *(f"{number},{HERE}" for number in range(5000)))
    with desk.deployment.unit_of_work() as session:
        actions.import_venues(
            session, path, VenueOptions(crs="wgs84", activities=("bar",)), by="tester", now=NOW,
            progress=lambda done, total: told.append((done, total)),
        )  # fmt: skip

    assert told == [(2000, 5000), (4000, 5000), (5000, 5000)]
