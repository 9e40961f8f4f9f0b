"""A real city through the command: districts, schools, venues as their owners give them; known counts."""

import csv
import gzip
from pathlib import Path

import pytest

from tests.command import humiao
from tests.shared_data import shared

KINDS = "kindergarten=幼儿园,primary=小学,middle=中学,vocational=职业技术学校"
NOT_COUNTED = {"徐汇区", "杨浦区", "普陀区", "松江区"}


@pytest.fixture
def shanghai(settings):
    """16 districts in GCJ-02 and 4,247 schools in WGS-84."""
    areas = shared("geodata/shanghai/districts_16_cnmaps_gcj02.geojson")
    humiao(
        settings,
        "import",
        "areas",
        areas,
        "--crs",
        "gcj02",
        "--code-column",
        "adcode",
        "--name-column",
        "name",
    )
    schools = shared("geodata/shanghai/schools_amap_wgs84.csv.gz")
    done = humiao(settings, "import", "sites", schools, "--crs", "wgs84", "--kind-column", "type",
                  "--kind-map", KINDS, "--district-column", "adname")  # fmt: skip
    assert "4247 new" in done.stdout
    assert "probably" not in done.stderr
    return settings


def screened(settings, tmp_path: Path, stem: str) -> tuple[int, int, int]:
    """Pairs, venues and schools within 200 m, without the four districts that were counted elsewhere."""
    humiao(settings, "screen", "--within", "200", "--out", tmp_path / "pairs.csv")
    with gzip.open(shared("geodata/shanghai/schools_amap_wgs84.csv.gz"), "rt", encoding="utf-8") as file:
        districts = [row["adname"] for row in csv.DictReader(file)]
    with open(tmp_path / "pairs.csv", encoding="utf-8-sig") as file:
        pairs = [
            (row["venue_ref"], row["site_ref"])
            for row in csv.DictReader(file)
            if row["venue_ref"].startswith(f"{stem}:")
            and districts[int(row["site_ref"].partition(":")[2])] not in NOT_COUNTED
        ]
    return len(pairs), len({venue for venue, _ in pairs}), len({site for _, site in pairs})


def test_song_and_dance_venues_near_schools(shanghai, tmp_path):
    ktv = shared("geodata/shanghai/ktv_dianping_gcj02.csv.gz")
    done = humiao(shanghai, "import", "venues", ktv, "--crs", "gcj02", "--activity", "song_and_dance")

    assert "1944 new" in done.stdout
    assert screened(shanghai, tmp_path, "ktv_dianping_gcj02") == (814, 563, 496)


def test_a_file_in_another_reference_is_reported_and_not_converted(shanghai):
    ktv = shared("geodata/shanghai/ktv_dianping_gcj02.csv.gz")
    done = humiao(
        shanghai, "import", "venues", ktv, "--crs", "wgs84", "--activity", "song_and_dance", "--dry-run"
    )

    assert "gcj02" in done.stderr.lower()
    assert "probably" in done.stderr


def test_shops_and_bars_near_schools(shanghai, tmp_path):
    shops = shared("geodata/shanghai/osm_shops_food_2018_wgs84.geojson")
    humiao(shanghai, "import", "venues", shops, "--crs", "wgs84", "--activity", "tobacco",
           "--only", "shop=convenience,supermarket")  # fmt: skip
    food = shared("geodata/shanghai/food_amap_wgs84.csv.gz")
    humiao(shanghai, "import", "venues", food, "--crs", "wgs84", "--activity-column", "type",
           "--activity-map", "bar=娱乐场所;酒吧")  # fmt: skip

    assert screened(shanghai, tmp_path, "osm_shops_food_2018_wgs84") == (219, 143, 163)
    assert screened(shanghai, tmp_path, "food_amap_wgs84")[0] <= 21
