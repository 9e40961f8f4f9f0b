"""Records written as files of several kinds, the same bytes each time."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import shapely

from geodata.crs import from_lonlat

Record = dict[str, Any]
THEN = datetime(2026, 1, 1)  # noqa: DTZ001


def in_reference(records: Iterable[Record], crs: str) -> list[Record]:
    """Those with a point, their longitude and latitude in another reference."""
    found = []
    for record in records:
        if record["lon"] is not None:
            lon, lat = from_lonlat([[record["lon"], record["lat"]]], crs)[0].round(7).tolist()
            found.append(record | {"lon": lon, "lat": lat})
    return found


def table(records: list[Record], delimiter: str = ",") -> str:
    """Records as CSV, geometries as well-known text."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    rows.writerow(records[0])
    rows.writerows(record.values() for record in records)  # a geometry writes itself as well-known text
    return text.getvalue()


def write_csv(path: Path, records: list[Record], *, mark: bool = False, delimiter: str = ",") -> None:
    path.write_bytes(table(records, delimiter).encode("utf-8-sig" if mark else "utf-8"))


def write_geojson(path: Path, records: list[Record]) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {name: cell for name, cell in record.items() if name != "geometry"},
            "geometry": json.loads(shapely.to_geojson(record["geometry"])),
        }
        for record in records
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    path.write_text(f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n', encoding="utf-8")


def write_geopackage(path: Path, records: list[Record]) -> None:
    import geopandas
    import pyogrio

    path.unlink(missing_ok=True)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{THEN.isoformat()}Z"})
    geopandas.GeoDataFrame(records, crs="EPSG:4490").to_file(path, layer=path.stem)


def write_workbook(path: Path, records: list[Record]) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(list(records[0]))
    for record in records:
        book.active.append(list(record.values()))
    memory = io.BytesIO()
    book.save(memory)
    with zipfile.ZipFile(memory) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in made.namelist():
            part = made.read(name)
            if name == "docProps/core.xml":  # says when it was written
                continue
            archive.writestr(zipfile.ZipInfo(name, THEN.timetuple()[:6]), part, zipfile.ZIP_DEFLATED)
