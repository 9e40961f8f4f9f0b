"""The invented district: what its README counts, in every format, and that nothing of it is real."""

import os
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pyproj
import pytest
import shapely
from stdnum.cn import uscc

from geodata.layers import Layer, LayerUnreadable, Row, read

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "geodata" / "samples"
COUNTED = re.findall(r"^\| `([\w/.]+)` \| (\d+) \|", (SAMPLES / "README.md").read_text("utf-8"), re.MULTILINE)
SCHOOLS = ("小学", "初级中学", "中等职业学校", "特殊教育学校", "专门学校")


def sample(name: str, **options: dict[str, set[str]]) -> Layer:
    return read(SAMPLES / name, **options)  # type: ignore[arg-type]


def rows(name: str, **options: dict[str, set[str]]) -> list[Row]:
    return list(sample(name, **options).rows)


@pytest.mark.parametrize(("name", "count"), COUNTED)
def test_a_sample_has_the_rows_that_its_readme_counts(name: str, count: str) -> None:
    assert len(rows(name)) == int(count)


def test_every_readable_sample_is_counted() -> None:
    refused = {name for name, _ in REFUSED}
    files = {str(path.relative_to(SAMPLES)) for path in SAMPLES.rglob("*.*")} - {"README.md"}

    assert {name for name, _ in COUNTED} == files - refused


REFUSED = [
    ("messy/excel_owner_lock_file.xlsx", "lock_file"),
    ("messy/table_named_workbook.xlsx", "not_what_its_name_says"),
    ("messy/web_page.xls", "web_page"),
    ("messy/cut_off.csv.gz", "damaged"),
    ("messy/not_a_layer.json", "not_a_layer"),
]


@pytest.mark.parametrize(("name", "reason"), REFUSED)
def test_what_is_no_layer_is_refused_with_its_reason(name: str, reason: str) -> None:
    with pytest.raises(LayerUnreadable) as refused:
        sample(name)

    assert refused.value.reason == reason


def test_formats_tell_the_same_story() -> None:
    def story(name: str) -> list[tuple[object, ...]]:
        return [
            (r.number, *(cell for column, cell in r.values.items() if column != "geometry"), r.geometry)
            for r in rows(name)
        ]

    assert story("venues.csv") == story("venues.xlsx")
    assert story("sites.csv") == story("sites.geojson") == story("sites.gpkg")


def test_the_messy_cafes_are_readable_up_to_what_is_wrong_with_them() -> None:
    layer = sample("messy/internet_cafes_bd09_gb18030.csv")
    found = list(layer.rows)

    assert layer.columns[1] == "场所名称："
    names = Counter(row.values["场所名称："] for row in found)
    assert (names[None], sorted(names.values())[-3:]) == (3, [2, 2, 3])
    assert Counter(row.problem for row in found if row.problem) == {
        "coordinates_not_numbers": 2,
        "coordinates_missing": 2,
    }
    points = [(row.geometry.x, row.geometry.y) for row in found if row.geometry]
    assert [points.count((0, 0)), sum(y > 90 for _, y in points), sum(110 < x < 117 for x, _ in points)] == [
        2,
        2,
        2,
    ]
    assert [row.number for row in found] == [n for n in range(31) if n != 15]  # a blank row


def test_the_venues_do_all_activities_and_their_codes_are_valid() -> None:
    found = rows("venues.csv")

    assert len({row.values["activity"] for row in found}) == 15
    assert len({row.values["venue_ref"] for row in found}) == 400
    codes = {row.values["credit_code"] for row in found} - {None}
    assert len(codes) == 360
    assert all(uscc.is_valid(code) and code[2:8] == "319901" for code in codes if code)


def test_everything_lies_in_the_district_and_its_towns() -> None:
    areas = {row.values["code"]: row.geometry for row in rows("areas.geojson") if row.geometry}

    assert list(areas) == ["319901", "319901001", "319901002", "319901003", "319901004"]
    assert all(shape.is_valid for shape in areas.values())
    assert areas["319901"].area == pytest.approx(sum(s.area for c, s in areas.items() if c != "319901"))
    for row in rows("sites.geojson") + rows("venues.csv"):
        if row.geometry:
            assert row.geometry.is_valid
            assert areas[row.values["area_code"]].contains(row.geometry.centroid)


def test_the_sites_are_known_in_every_way_that_a_register_knows_them() -> None:
    found = rows("sites.geojson")

    assert Counter(row.geometry.geom_type for row in found if row.geometry) == {
        "Polygon": 36,
        "Point": 21,
        "MultiPoint": 2,
        "MultiPolygon": 1,
    }
    assert [
        row.values["kind"] for row in found if row.geometry and shapely.get_num_interior_rings(row.geometry)
    ] == ["初级中学"]
    assert Counter(row.values["kind"] for row in found) == {
        "小学": 17,
        "初级中学": 12,
        "中等职业学校": 3,
        "特殊教育学校": 1,
        "专门学校": 1,
        "幼儿园": 25,
        "培训机构": 1,
    }


@cache
def plane(lon: float, lat: float) -> pyproj.Transformer:
    """Metres on a plane that touches the ellipsoid at this point: exact to a millimetre nearby."""
    touching = f"+proj=aeqd +lon_0={lon} +lat_0={lat} +ellps=GRS80"
    return pyproj.Transformer.from_crs("EPSG:4490", touching, always_xy=True)


def metres_between(point: shapely.Point, shape: shapely.Geometry) -> float:
    flat = shapely.transform(shape, lambda xy: np.column_stack(plane(point.x, point.y).transform(*xy.T)))
    return float(flat.distance(shapely.Point(0, 0)))


def test_internet_cafes_stand_within_about_and_clear_of_200_metres() -> None:
    outlines = [
        row.geometry
        for row in rows("sites.geojson")
        if row.geometry and row.geometry.area and row.values["kind"] in SCHOOLS
    ]
    cafes = rows("venues.csv", only={"activity": {"internet_cafe"}})
    near = [
        min(metres_between(row.geometry.representative_point(), outline) for outline in outlines)
        for row in cafes
        if row.geometry
    ]

    assert len(cafes) == 48
    assert len(near) == 46
    assert sum(metres < 150 for metres in near) == 14
    assert sum(metres <= 200 for metres in near) == 19
    assert sum(170 < metres < 230 for metres in near) == 10
    assert sum(metres > 450 for metres in near) == 22


def test_pairs_within_200_metres_are_those_of_the_readme() -> None:
    sites = [row.geometry for row in rows("sites.geojson") if row.geometry]
    venues = {row.values["venue_ref"]: row.geometry for row in rows("venues.csv") if row.geometry}
    degrees = shapely.STRtree(sites)
    pairs = [
        (ref, site)
        for ref, shape in venues.items()
        for point in [shape.representative_point()]
        for site in degrees.query(point, "dwithin", 0.0025).tolist()
        if metres_between(point, sites[site]) <= 200
    ]

    told = f"**{len(pairs)} pairs, {len({v for v, _ in pairs})} venues, {len({s for _, s in pairs})} sites**"
    assert told in (SAMPLES / "README.md").read_text("utf-8")


def test_the_bars_in_gcj02_come_home() -> None:
    from geodata.crs import to_lonlat

    home = {row.values["venue_ref"]: row.geometry for row in rows("venues.csv", only={"activity": {"bar"}})}
    for row in rows("bars_gcj02.csv"):
        away = np.array([[row.geometry.x, row.geometry.y]]) if row.geometry else np.empty((0, 2))
        at = shapely.Point(to_lonlat(away, "gcj02")[0])
        assert metres_between(at, home[row.values["venue_ref"]]) < 0.02


def test_the_script_writes_the_same_samples_again(tmp_path: Path) -> None:
    script = ROOT / "scripts" / "make_samples.py"
    subprocess.run(
        [sys.executable, script, "--to", tmp_path], check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )

    for path in SAMPLES.rglob("*.*"):
        if path.suffix not in (
            ".md",
            ".gpkg",
            ".xlsx",
            ".gz",
        ):  # these may differ with the version of their writer
            assert (tmp_path / path.relative_to(SAMPLES)).read_bytes() == path.read_bytes(), path.name
