"""The same places as other offices send them: odd encodings and headers, broken rows, files that are none."""

import gzip
import json
from pathlib import Path
from typing import Any

from sample_files import in_reference, table, write_workbook

Record = dict[str, Any]
HEADERS = ["场所编号：", "场所名称：", "所属区：", "详细地址：", "经度：", "纬度：", ""]


def write_disorder(folder: Path, register: list[Record], premises: list[Record]) -> None:
    """Files that must be read all the same, then files that must be refused."""
    cafes = [record for record in premises if record["activity"] == "internet_cafe"]
    (folder / "internet_cafes_bd09_gb18030.csv").write_bytes(_cafes(cafes).encode("gb18030"))
    (folder / "campuses_gbk.csv").write_bytes(_campuses(register).encode("gbk"))
    columns = ("name", "activity", "town", "address")
    nowhere = [{column: record[column] for column in columns} for record in premises[:40]]
    (folder / "venues_without_coordinates.tsv").write_text(table(nowhere, "\t"), encoding="utf-8", newline="")
    (folder / "bars_one_in_wrong_city.geojson").write_text(_bars(premises), encoding="utf-8")
    write_workbook(folder / "kindergartens_numbers.xlsx", _kindergartens(register))

    owner = "示例".encode("utf-16-le")
    lock = b"\x06Sample".ljust(55) + b"\x02\x00" + owner + b" \x00" * 54
    (folder / "excel_owner_lock_file.xlsx").write_bytes(lock[:165].ljust(165))
    (folder / "table_named_workbook.xlsx").write_text("name,lon,lat\n示例,122.05,30.9\n", encoding="utf-8")
    (folder / "web_page.xls").write_text(
        "<html><table><tr><td>名称</td></tr></table></html>", encoding="utf-8"
    )
    (folder / "not_a_layer.json").write_text('{"lines": [[122.05, 30.9], [122.06, 30.9]]}\n')
    (folder / "cut_off.csv.gz").write_bytes(gzip.compress(table(nowhere).encode(), mtime=0)[:-100])


def _cafes(cafes: list[Record]) -> str:
    """30 rows: of 20 sound ones 3 are nameless and 2 bear the name before them; 10 are misplaced."""
    sound = in_reference(cafes, "bd09")[:30]
    rows = [[r["venue_ref"], r["name"], r["district"], r["address"], r["lon"], r["lat"], None] for r in sound]
    for nameless in (2, 7, 11):
        rows[nameless][1] = None
    rows[4][1], rows[9][1] = rows[3][1], rows[8][1]
    rows[5][3] = f"{rows[5][3]}\n二楼"
    for row, position in zip(
        rows[20:], [("#N/A", "#N/A")] * 2 + [(None, None)] * 2 + [(0, 0)] * 2, strict=False
    ):
        row[4:6] = position
    for row in rows[26:28]:
        row[4:6] = row[5], row[4]  # swapped
    for row in rows[28:30]:
        row[4:6] = 116.41 + row[4] % 0.01, 39.91  # another city
    rows.insert(15, [None] * 7)
    return table([dict(zip(HEADERS, row, strict=True)) for row in rows])


def _campuses(register: list[Record]) -> str:
    drawn = [record for record in register if record["geometry"].area][:12]
    return table(
        [
            {
                "name": None if number % 5 < 2 else record["name"],
                "kind": record["kind"],
                "geometry": record["geometry"],
                "centroid": record["geometry"].centroid,
            }
            for number, record in enumerate(drawn)
        ]
    )


def _bars(premises: list[Record]) -> str:
    bars = [record for record in premises if record["activity"] == "bar" and record["lon"]][:2]
    features = [
        {
            "type": "Feature",
            "properties": {"名称": bar["name"], "地址": bar["address"]},
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
        }
        for bar, (lon, lat) in zip(bars, [(116.4, 39.9), (bars[1]["lon"], bars[1]["lat"])], strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1)


def _kindergartens(register: list[Record]) -> list[Record]:
    """Codes that Excel took for numbers, and a blank row."""
    found = [
        record
        for record in register
        if record["kind"] == "幼儿园" and record["geometry"].geom_type == "Point"
    ]
    rows = [
        {
            "街镇代码": int(record["area_code"]),
            "名称": record["name"],
            "经度_84": record["geometry"].x,
            "纬度_84": record["geometry"].y,
        }
        for record in found
    ]
    rows.insert(5, dict.fromkeys(rows[0]))
    return rows
