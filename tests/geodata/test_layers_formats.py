"""The same places in every format."""

import gzip
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from shapely import Point, box

from geodata.layers import read

PLACES = [
    ("示例网吧", "319901001", Point(122.05, 30.9)),
    ("Second, “pub”", "007", box(122.1, 30.9, 122.2, 31)),
]
CSV = f'名称,代码,wkt\n示例网吧,319901001,POINT (122.05 30.9)\n"Second, “pub”",007,"{PLACES[1][2].wkt}"\n'


def as_csv(folder: Path) -> Path:
    (folder / "a.csv").write_text(CSV, encoding="utf-8")
    return folder / "a.csv"


def as_gbk_tsv(folder: Path) -> Path:
    text = "\n".join(f"{n}\t{c}\t{g.wkt}" for n, c, g in [("名称", "代码", Point()), *PLACES])
    (folder / "a.tsv").write_bytes(text.replace("POINT EMPTY", "wkt").encode("gb18030"))
    return folder / "a.tsv"


def as_utf16_semicolons(folder: Path) -> Path:
    text = "\r\n".join(f'"{n}";{c};{g.wkt}' for n, c, g in [("名称", "代码", Point()), *PLACES])
    (folder / "a.txt").write_bytes(text.replace("POINT EMPTY", "wkt").encode("utf-16"))
    return folder / "a.txt"


def as_xlsx(folder: Path) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["名称", "代码", "wkt"])
    for name, code, shape in PLACES:
        book.active.append([name, int(code) if name == "示例网吧" else code, shape.wkt])
    book.create_sheet("nothing in it")
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def as_geojson(folder: Path) -> Path:
    return with_geopandas(folder / "a.geojson")


def as_geopackage(folder: Path) -> Path:
    return with_geopandas(folder / "a.gpkg")


def as_parquet(folder: Path) -> Path:
    frame().to_parquet(folder / "a.parquet")
    return folder / "a.parquet"


def as_plain_parquet(folder: Path) -> Path:
    import pandas

    cells = zip(*[(name, code, shape.wkt) for name, code, shape in PLACES], strict=True)
    pandas.DataFrame(dict(zip(["名称", "代码", "wkt"], cells, strict=True))).to_parquet(folder / "b.parquet")
    return folder / "b.parquet"


def with_geopandas(path: Path) -> Path:
    frame().to_file(path)
    return path


def frame() -> Any:
    import geopandas

    names, codes, shapes = zip(*PLACES, strict=True)
    return geopandas.GeoDataFrame({"名称": names, "代码": codes}, geometry=list(shapes), crs="EPSG:4490")


WRITERS = [as_csv, as_gbk_tsv, as_utf16_semicolons, as_xlsx, as_geojson, as_geopackage, as_parquet]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("write", [*WRITERS, as_plain_parquet])
def test_places_come_back_the_same(tmp_path: Path, write: Callable[[Path], Path], packed: bool) -> None:
    path = write(tmp_path)
    if packed:
        path = gzipped(path)

    layer = read(path)

    assert layer.total == 2
    assert [(row.values["名称"], row.values["代码"], row.geometry) for row in layer.rows] == PLACES
    assert list(layer.rows) == list(layer.rows)  # each time from the start


def gzipped(path: Path) -> Path:
    packed = path.with_name(path.name + ".gz")
    packed.write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()
    return packed


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("says_so", [True, False])
def test_a_zipped_shapefile_is_read_whatever_it_says_about_its_encoding(
    tmp_path: Path, codec: str, says_so: bool
) -> None:
    frame().iloc[1:].assign(名称="示例网吧").to_file(tmp_path / "a.shp", encoding=codec)
    dbf = bytearray((tmp_path / "a.dbf").read_bytes())
    dbf[29] = 0
    (tmp_path / "a.dbf").write_bytes(dbf)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("__MACOSX/._a.shp", b"")
        for ending in ["shp", "shx", "dbf", "prj", "cpg"] if says_so else ["shp", "shx", "dbf"]:
            archive.write(tmp_path / f"a.{ending}", f"图层/a.{ending}")

    layer = read(tmp_path / "a.zip")

    assert layer.columns == ["名称", "代码"]
    assert [(r.values["名称"], r.geometry.normalize()) for r in layer.rows if r.geometry] == [
        ("示例网吧", PLACES[1][2].normalize())
    ]
    assert layer.stated_crs == ("EPSG:4490" if says_so else None)


def test_geojson_numbers_are_text_without_exponent_or_decimal_zero(tmp_path: Path) -> None:
    (tmp_path / "a.geojson").write_text(
        '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}},'
        '"features":[null,{"type":"Feature","id":"way/7","properties":{"code":310101.0,"n":1.23e17,'
        '"list":["a"],"yes":true},"geometry":{"type":"Point","coordinates":[122,31,4.5]}},'
        '{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":["a","b"]}}]}'
    )

    layer = read(tmp_path / "a.geojson")
    nothing, place, broken = layer.rows

    assert layer.stated_crs == "urn:ogc:def:crs:EPSG::4490"
    assert place.values == {
        "@id": "way/7",
        "code": "310101",
        "n": "123000000000000000",
        "list": '["a"]',
        "yes": "true",
    }
    assert place.geometry == Point(122, 31)
    assert (nothing.problem, broken.problem) == ("coordinates_missing", "geometry_unreadable")


def test_workbook_cells_are_text_and_blank_rows_count(tmp_path: Path) -> None:
    import datetime

    import openpyxl

    book = openpyxl.Workbook()
    for cells in (
        [],
        ["lon", "lat", "code", "since"],
        [],
        [122.05, 30.9, 310101, datetime.date(2020, 1, 2)],
        [122.05, 30.9, "913100001234567890", 0.1],
    ):
        book.active.append(cells)
    book.create_sheet("hidden").append(["x"])
    book["hidden"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")

    layer = read(tmp_path / "a.xlsx")

    assert [(row.number, *row.values.values()) for row in layer.rows] == [
        (1, "122.05", "30.9", "310101", "2020-01-02"),
        (2, "122.05", "30.9", "913100001234567890", "0.1"),
    ]


OSM = """<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6">
  <node id="1" lat="30.90" lon="122.00"/><node id="2" lat="30.90" lon="122.01"/>
  <node id="3" lat="30.91" lon="122.01"/><node id="4" lat="30.91" lon="122.00"/>
  <node id="5" lat="30.95" lon="122.05"><tag k="amenity" v="pub"/><tag k="name" v="灯塔"/></node>
  <way id="6"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/><tag k="amenity" v="school"/></way>
  <way id="7"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/><tag k="highway" v="service"/></way>
  <way id="8"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/></way>
  <way id="9"><nd ref="1"/><nd ref="99"/><tag k="highway" v="path"/></way>
  <relation id="10"><member type="way" ref="8" role="outer"/>
    <tag k="type" v="multipolygon"/><tag k="amenity" v="school"/></relation>
  <relation id="11"><member type="way" ref="6" role=""/><tag k="type" v="route"/></relation>
</osm>"""


def test_openstreetmap_areas_are_polygons_and_other_closed_ways_are_lines(tmp_path: Path) -> None:
    (tmp_path / "a.osm").write_text(OSM)

    layer = read(tmp_path / "a.osm")
    shapes = [(r.values["@id"], r.geometry and r.geometry.geom_type, r.problem) for r in layer.rows]

    assert shapes == [
        ("node/5", "Point", None),
        ("way/6", "Polygon", None),
        ("way/7", "LineString", None),
        ("way/9", None, "geometry_unreadable"),
        ("relation/10", "Polygon", None),
        ("relation/11", None, "geometry_unreadable"),
    ]
    assert layer.columns == ["@id", "amenity", "highway", "name", "type"]
    schools = read(tmp_path / "a.osm", only={"amenity": {"school"}}).rows
    assert [(row.number, round(row.geometry.area, 9)) for row in schools if row.geometry] == [
        (1, 5e-5),
        (4, 1e-4),
    ]


def test_reading_a_table_loads_no_heavy_library(tmp_path: Path) -> None:
    code = (
        "import sys; from geodata.layers import read; list(read(sys.argv[1]).rows);"
        "heavy = {'pandas', 'geopandas', 'pyarrow', 'pyogrio', 'osmium', 'numba', 'openpyxl'};"
        "sys.exit(str(heavy & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, as_csv(tmp_path)], capture_output=True, text=True, check=False
    )

    assert told.stderr.strip() == "set()"
