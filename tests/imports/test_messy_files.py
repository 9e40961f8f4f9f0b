"""Real and invented files as they come: what is imported of each, and what is refused for which reason."""

from collections import Counter
from pathlib import Path

import pytest

from backend.imports.errors import FileRefused
from backend.imports.options import pairs
from tests.shared_data import shared

SAMPLES = Path(__file__).parents[2] / "geodata" / "samples"
SITE_KINDS = pairs(
    "primary=小学,middle=中学,vocational=中等职业,special=特殊教育,specialised=专门,kindergarten=幼儿园,other=培训"
)
DISTRICTS = "shanghai/districts_16_cnmaps_gcj02.geojson"
CAFES = {"activities": ("internet_cafe",)}
ANY = {"activities": ("hotel",)}


CHONGQING = "chongqing_internet_cafes_4districts_bd09.csv"
GANJI = "ganji_communities_shanghai_bd09_gb18030.csv"
HAINAN_CSV, HAINAN_XLSX = "hainan_schools_companies_wgs84_gbk.csv", "hainan_poi_cleaned_wgs84.xlsx"
ITALIAN, FOOSBALL = "italian_restaurants_dianping_wgs84.csv", "foosball_bars_one_in_wrong_city.geojson"
FOURSQUARE, CENTROIDS = (
    "shanghai_venues_foursquare_no_coords.tsv",
    "shanghai_neighborhood_centroids_wgs84.tsv",
)
CAMPUS = "beijing_bjtu_poi_polygons_gbk.csv"
BD09 = CAFES | {"crs": "bd09"}
OTHER = {"kind": "other"}


@pytest.mark.parametrize(
    ("file", "kind", "asked", "in_shanghai", "kept", "nowhere", "refused"),
    [
        (CHONGQING, "venues", BD09, False, 759, 18, {}),
        (CHONGQING, "venues", BD09, True, 18, 18, {"outside_the_loaded_areas": 741}),
        (GANJI, "venues", ANY | {"crs": "bd09"}, True, 157, 0, {}),
        (HAINAN_CSV, "sites", OTHER, False, 1040, 0, {"zero_zero": 180}),
        (HAINAN_CSV, "sites", OTHER, True, 0, 0, {"outside_the_loaded_areas": 1040, "zero_zero": 180}),
        (HAINAN_XLSX, "sites", OTHER, False, 1218, 0, {"coordinates_missing": 2}),
        (
            HAINAN_XLSX,
            "sites",
            OTHER,
            True,
            0,
            0,
            {"outside_the_loaded_areas": 1218, "coordinates_missing": 2},
        ),
        (ITALIAN, "venues", ANY, True, 204, 0, {}),
        (FOOSBALL, "venues", ANY, False, 2, 0, {}),
        (FOOSBALL, "venues", ANY, True, 1, 0, {"outside_the_loaded_areas": 1}),
        (FOURSQUARE, "venues", ANY, True, 2303, 2303, {}),
        (CENTROIDS, "sites", OTHER, True, 190, 0, {}),
        (CAMPUS, "sites", OTHER, False, 391, 0, {}),
        (CAMPUS, "sites", OTHER, True, 0, 0, {"outside_the_loaded_areas": 391}),
    ],
)
def test_messy_files_of_the_field(desk, file, kind, asked, in_shanghai, kept, nowhere, refused):
    path = shared(f"geodata/messy/{file}")
    if in_shanghai:
        desk.areas(shared(f"geodata/{DISTRICTS}"), crs="gcj02", code_column="adcode")

    report = getattr(desk, kind)(path, **asked)
    again = getattr(desk, kind)(path, **asked)

    assert (report.created, report.without_position) == (kept, nowhere)
    assert (report.refused, report.notes) == (refused, {})
    assert (again.created, again.changed, again.same) == (0, 0, report.created)


@pytest.mark.parametrize("asked", [{"crs": "wgs84"}, {"crs": None}])
def test_the_lock_file_of_a_workbook_is_no_workbook(desk, asked):
    with pytest.raises(FileRefused) as refused:
        desk.sites(shared("geodata/messy/excel_owner_lock_file.xlsx"), **asked)

    assert refused.value.reason == ("lock_file" if asked["crs"] else "crs_missing")


def test_masked_and_repeated_names_are_rows_of_their_own(desk):
    desk.venues(
        shared("geodata/messy/chongqing_internet_cafes_4districts_bd09.csv"), crs="bd09", ref_column="SITEID"
    )

    rows = desk.register("venues")
    names = Counter(row["name"] for row in rows.values())
    assert len(rows) == 759
    assert sum(times > 1 for times in names.values()) > 0
    assert rows["chongqing_internet_cafes_4districts_bd09:50010510000041"]["name"] == "江北****启网吧"


def test_the_schools_of_shanghai_are_where_they_say(desk):
    desk.areas(shared(f"geodata/{DISTRICTS}"), crs="gcj02", code_column="adcode")
    kinds = pairs("kindergarten=幼儿园,primary=小学,middle=中学,vocational=职业")

    report = desk.sites(
        shared("geodata/shanghai/schools_amap_wgs84.csv.gz"),
        kind_column="type", kind_map=kinds, district_column="adname",
    )  # fmt: skip

    found = Counter(row["kind"] for row in desk.register("sites").values())
    assert (report.created, report.refused) == (4247, {"unknown_kind": 1904})
    assert found == {"kindergarten": 2313, "primary": 935, "middle": 992, "vocational": 7}
    assert report.shares.by_reading["wgs84"] == pytest.approx(0.9998, abs=0.0001)
    assert report.warnings == ()


@pytest.mark.parametrize(("claimed", "probably"), [("gcj02", None), ("wgs84", "gcj02"), ("bd09", "gcj02")])
def test_a_wrong_claim_is_reported_and_nothing_is_converted(desk, claimed, probably):
    desk.areas(shared(f"geodata/{DISTRICTS}"), crs="gcj02", code_column="adcode")

    report = desk.venues(shared("geodata/shanghai/ktv_dianping_gcj02.csv.gz"), crs=claimed)

    assert report.refused["zero_zero"] == 12
    assert (report.shares.rows, report.shares.probably) == (1776, probably)
    said = [warning for warning in report.warnings if "probably" in warning]
    assert len(said) == (probably is not None)
    assert all("of 1776 rows" in warning and "as gcj02" in warning for warning in said)
    assert {row["source_crs"] for row in desk.register("venues").values()} == {claimed}


@pytest.mark.parametrize(
    ("file", "kind", "asked", "expected"),
    [
        pytest.param(
            "internet_cafes_bd09_gb18030.csv", "venues", CAFES | {"crs": "bd09"},
            (26, 4, {"zero_zero": 2, "swapped_axes": 2}), id="cafes, no areas",
        ),
        pytest.param(
            "campuses_gbk.csv", "sites", {"columns": {"wkt": "geometry"}}, (12, 0, {}), id="campuses",
        ),
        pytest.param("kindergartens_numbers.xlsx", "sites", {}, (17, 0, {}), id="kindergartens"),
        pytest.param("venues_without_coordinates.tsv", "venues", {}, (40, 40, {}), id="no coordinates"),
        pytest.param("bars_one_in_wrong_city.geojson", "venues", {}, (2, 0, {}), id="wrong city, no areas"),
    ],
)  # fmt: skip
def test_messy_samples(desk, file, kind, asked, expected):
    report = getattr(desk, kind)(SAMPLES / "messy" / file, **asked)

    assert (report.created, report.without_position, report.refused) == expected


def test_messy_samples_in_their_district(desk):
    desk.areas(SAMPLES / "areas.geojson", crs="cgcs2000")

    cafes = desk.venues(
        SAMPLES / "messy/internet_cafes_bd09_gb18030.csv", **CAFES, crs="bd09", district_column="所属区"
    )
    bars = desk.venues(SAMPLES / "messy/bars_one_in_wrong_city.geojson")

    assert (cafes.created, cafes.without_position) == (24, 4)
    assert cafes.refused == {"zero_zero": 2, "swapped_axes": 2, "outside_the_loaded_areas": 2}
    assert (bars.created, bars.refused) == (1, {"outside_the_loaded_areas": 1})


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("excel_owner_lock_file.xlsx", "lock_file"),
        ("table_named_workbook.xlsx", "not_what_its_name_says"),
        ("web_page.xls", "web_page"),
        ("cut_off.csv.gz", "damaged"),
        ("not_a_layer.json", "not_a_layer"),
    ],
)
def test_samples_of_which_nothing_can_be_read(desk, file, reason):
    with pytest.raises(FileRefused) as refused:
        desk.venues(SAMPLES / "messy" / file)

    assert refused.value.reason == reason


@pytest.mark.parametrize("file", ["venues.csv", "venues.xlsx"])
def test_the_venues_of_the_sample_district(desk, file):
    desk.areas(SAMPLES / "areas.geojson", crs="cgcs2000")
    activities = sorted(
        {line.split(",")[2] for line in (SAMPLES / "venues.csv").read_text("utf-8-sig").splitlines()[1:]}
    )

    report = desk.venues(
        SAMPLES / file, ref_column="venue_ref", crs="cgcs2000", district_column="district", activities=(),
        activity_column="activity", activity_map=tuple((a, a) for a in activities),
    )  # fmt: skip

    rows = desk.register("venues").values()
    does = Counter(part["activity"] for row in rows for part in row["venue_activities"])
    assert (report.read, report.created, report.joined, report.refused) == (427, 400, 27, {})
    assert report.without_position == 18
    assert (does["hotel"], does["esports_hotel"], does["bar"], does.total()) == (35, 19, 46, 427)
    assert sum(row["footprint"] is not None for row in rows) == 17
    assert sum(row["credit_code"] is not None for row in rows) == 360


@pytest.mark.parametrize("file", ["sites.csv", "sites.geojson", "sites.gpkg"])
def test_the_sites_of_the_sample_district(desk, file):
    desk.areas(SAMPLES / "areas.geojson", crs="cgcs2000")

    report = desk.sites(
        SAMPLES / file, ref_column="site_ref", crs="cgcs2000", kind_column="kind", kind_map=SITE_KINDS
    )

    rows = desk.register("sites").values()
    assert (report.created, report.refused, report.notes) == (60, {}, {})
    assert Counter(row["kind"] for row in rows) == {
        "primary": 17, "middle": 12, "vocational": 3, "special": 1, "specialised": 1,
        "kindergarten": 25, "other": 1,
    }  # fmt: skip
    drawn = Counter(row["place"].geom_type for row in rows)
    assert drawn == {"Polygon": 36, "MultiPolygon": 1, "MultiPoint": 2, "Point": 21}
    assert {row["area_code"][:6] for row in rows} == {"319901"}
