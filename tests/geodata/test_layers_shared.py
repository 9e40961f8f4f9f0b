"""Every file of the shared data is read whole, or refused with the reason that its README gives."""

from collections import Counter
from typing import Any

import pytest

from geodata.layers import LayerUnreadable, Row, read
from tests.shared_data import shared

AS_THE_README_COUNTS = {
    "shanghai/schools_amap_wgs84.csv.gz": 6151,
    "shanghai/ktv_dianping_gcj02.csv.gz": 1956,
    "shanghai/osm_shops_food_2018_wgs84.geojson": 2965,
    "shanghai/food_amap_wgs84.csv.gz": 14398,
    "shanghai/hospitals_amap_wgs84.csv.gz": 7513,
    "shanghai/theatre_cinema_amap_wgs84.csv.gz": 753,
    "shanghai/metro_stations_amap_wgs84.csv.gz": 449,
    "shanghai/bus_stops_amap_wgs84.csv.gz": 10186,
    "shanghai/poi_coded_66k_wgs84.csv.gz": 66864,
    "shanghai/districts_16_cnmaps_gcj02.geojson": 16,
    "shanghai/districts_17_pre2015_wgs84_gbkdbf.zip": 17,
    "shanghai/subdistricts_partial_osm2026_wgs84.geojson": 117,
    "shanghai/town_codes_china_division.csv": 234,
    "messy/ganji_communities_shanghai_bd09_gb18030.csv": 157,
    "messy/chongqing_internet_cafes_4districts_bd09.csv": 759,
    "messy/hainan_schools_companies_wgs84_gbk.csv": 1220,
    "messy/hainan_poi_cleaned_wgs84.xlsx": 1220,
    "messy/italian_restaurants_dianping_wgs84.csv": 204,
    "messy/foosball_bars_one_in_wrong_city.geojson": 2,
    "messy/shanghai_venues_foursquare_no_coords.tsv": 2303,
    "messy/shanghai_neighborhood_centroids_wgs84.tsv": 190,
    "messy/beijing_bjtu_poi_polygons_gbk.csv": 391,
    "other_cities/sf_businesses_wgs84.csv.gz": 7744,
    "other_cities/sf_inspections.csv.gz": 26199,
    "other_cities/sf_violations.csv.gz": 38462,
    "other_cities/denver_liquor_licences_epsg2232.csv.gz": 1835,
    "other_cities/durham_tobacco_retailers_wgs84.csv": 243,
}


def rows(name: str, **options: Any) -> list[Row]:
    return list(read(shared(f"geodata/{name}"), **options).rows)


def problems(found: list[Row]) -> Counter[str]:
    return Counter(row.problem for row in found if row.problem)


@pytest.mark.parametrize(("name", "count"), AS_THE_README_COUNTS.items())
def test_every_row_of_a_file_is_read(name: str, count: int) -> None:
    found = rows(name)

    assert [row.number for row in found] == list(range(count))
    assert all((row.geometry is None) == (row.problem is not None) for row in found)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("messy/excel_owner_lock_file.xlsx", "lock_file"),
        ("shanghai/metro_elevated_roads_osm_wgs84.json.gz", "not_a_layer"),
        ("maps/shanghai_overview.png", "unknown_format"),
    ],
)
def test_what_is_no_layer_is_refused_with_its_reason(name: str, reason: str) -> None:
    with pytest.raises(LayerUnreadable) as refused:
        read(shared(f"geodata/{name}"))

    assert refused.value.reason == reason


def test_gb18030_headers_that_end_in_a_colon_are_readable_and_found_without_it() -> None:
    layer = read(shared("geodata/messy/ganji_communities_shanghai_bd09_gb18030.csv"))

    assert layer.columns[:4] == ["小区名称", "房价", "区域商圈：", "详细地址："]
    assert layer.column("详细地址") == "详细地址："
    assert next(iter(layer.rows)).values["区域商圈："] == "闵行 梅陇"


def test_gbk_chinese_of_a_shapefile_is_read() -> None:
    found = rows("shanghai/districts_17_pre2015_wgs84_gbkdbf.zip")

    assert {"闸北区", "崇明县"} <= {row.values["NAME"] for row in found}
    assert {row.values["ADMINCODE"] for row in found if row.values["NAME"] == "宝山区"} == {"310113"}


def test_internet_cafes_without_a_position_are_14_not_available_and_4_blank() -> None:
    found = rows("messy/chongqing_internet_cafes_4districts_bd09.csv")

    assert problems(found) == {"coordinates_not_numbers": 14, "coordinates_missing": 4}
    assert [row.values["lng"] for row in found].count("#N/A") == 14
    assert {len(row.values["SITEID"] or "") for row in found} == {14}


def test_polygons_of_a_gbk_table_are_drawn_and_288_are_nameless() -> None:
    found = rows("messy/beijing_bjtu_poi_polygons_gbk.csv")

    assert {row.geometry.geom_type for row in found if row.geometry} == {"Polygon"}
    assert sum(row.values["name"] is None for row in found) == 288
    assert found[0].values["name"] == "北京海洋馆"


def test_a_table_without_coordinates_is_read_without_them() -> None:
    assert problems(rows("messy/shanghai_venues_foursquare_no_coords.tsv")) == {"coordinates_missing": 2303}
    assert problems(rows("other_cities/sf_businesses_wgs84.csv.gz")) == {"coordinates_missing": 3819}


def test_columns_of_another_reference_are_named_by_the_caller() -> None:
    found = rows("other_cities/denver_liquor_licences_epsg2232.csv.gz", lon="X_COORD", lat="Y_COORD")

    assert not problems(found)
    assert min(row.geometry.x for row in found if row.geometry) > 3_000_000


@pytest.mark.parametrize(
    ("name", "campuses", "pubs"),
    [("beijing_bjtu.osm.gz", 6, 0), ("helsinki_centre.osm.pbf", 3, 79), ("liechtenstein.osm.pbf", 34, 10)],
)
def test_openstreetmap_gives_campuses_as_polygons_and_pubs_as_points(
    name: str, campuses: int, pubs: int
) -> None:
    wanted = {"school", "kindergarten", "bar", "pub", "nightclub"}
    found = rows(f"other_cities/{name}", only={"amenity": wanted})

    shapes = Counter(
        (row.geometry.geom_type, row.values["amenity"] in ("school", "kindergarten"))
        for row in found
        if row.geometry
    )
    assert shapes["Polygon", True] + shapes["MultiPolygon", True] == campuses
    assert shapes["Point", False] == pubs


def test_what_only_leaves_out_keeps_its_number() -> None:
    everything = rows("other_cities/helsinki_centre.osm.pbf")
    pubs = rows("other_cities/helsinki_centre.osm.pbf", only={"amenity": {"pub"}})

    assert [row.number for row in pubs] == [r.number for r in everything if r.values["amenity"] == "pub"]
    assert [row.number for row in everything] == list(range(len(everything)))


def test_a_road_network_without_areas_is_lines_and_points() -> None:
    found = rows("shanghai/roads_huangpu_2026_osm_wgs84.osm.gz")

    assert Counter(row.geometry.geom_type for row in found if row.geometry) == {
        "LineString": 796,
        "Point": 455,
    }
