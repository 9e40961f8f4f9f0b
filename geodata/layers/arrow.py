"""What comes in Arrow batches: GeoPackage and Shapefile through GDAL, Parquet."""

import json
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import shapely

from geodata.layers.encoding import mostly_utf8
from geodata.layers.layer import LayerUnreadable, Row, Source, text
from geodata.layers.unpack import UNPACKED_LIMIT, Scratch, damaged, too_big, unzip

_BATCH = 8192
_SAMPLE = 4 << 20  # bytes of a DBF that tell its encoding
Batches = Callable[[], AbstractContextManager[Iterable[Any]]]


def read_geopackage(path: Path, scratch: Scratch) -> Source:
    """The one layer with geometry of a GeoPackage, or its one table."""
    if path.suffix != ".gpkg":  # GDAL goes by the name
        path, given = scratch.new_folder() / "layer.gpkg", path
        path.symlink_to(given.resolve())
    return _read_gdal(path)


def read_shapefile(path: Path, scratch: Scratch) -> Source:
    """The one Shapefile in a zip. A DBF that names no encoding is UTF-8 or GB18030, as its bytes say."""
    sets: dict[str, dict[str, Path]] = defaultdict(dict)
    for name, file in unzip(path, scratch, UNPACKED_LIMIT).items():
        stem, _, ending = name.rpartition(".")
        if not name.startswith("__MACOSX/"):
            sets[stem][ending.lower()] = file
    shapefiles = [parts for parts in sets.values() if "shp" in parts]
    if len(shapefiles) != 1:
        raise _several([stem for stem, parts in sets.items() if "shp" in parts])
    parts = shapefiles[0]
    if not {"shx", "dbf"} <= parts.keys():
        raise LayerUnreadable("damaged", "a Shapefile is at least .shp, .shx and .dbf; zip them together")
    folder = scratch.new_folder()
    for ending in parts.keys() & {"shp", "shx", "dbf", "prj", "cpg"}:
        parts[ending] = parts[ending].rename(folder / f"layer.{ending}")
    return _read_gdal(parts["shp"], encoding=None if "cpg" in parts else _dbf_encoding(parts["dbf"]))


def _dbf_encoding(path: Path) -> str | None:
    """None where the DBF names a code page itself."""
    with path.open("rb") as file:
        dbf = file.read(_SAMPLE)
    if len(dbf) < 32 or dbf[29] not in (0, 0x57):  # 0x57 is whatever the writer's Windows spoke
        return None
    start = int.from_bytes(dbf[8:10], "little")
    names = b"".join(dbf[at : at + 11] for at in range(32, start - 1, 32))
    return "UTF-8" if mostly_utf8(names + dbf[start:]) else "GB18030"


def _read_gdal(path: Path, encoding: str | None = None) -> Source:
    import pyogrio

    with _damage_told(), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # GDAL's remarks on files it reads all the same
        layers = pyogrio.list_layers(path)
        names = [name for name, shape in layers if shape] or [name for name, _ in layers]
        if len(names) != 1:
            raise _several(names)
        about = pyogrio.read_info(path, layer=names[0], encoding=encoding, force_total_bounds=False)
    geometry = about["geometry_name"] or "wkb_geometry"  # a Shapefile's has no name

    @contextmanager
    def batches() -> Iterator[Iterable[Any]]:
        with pyogrio.open_arrow(
            path, layer=names[0], encoding=encoding, batch_size=_BATCH, use_pyarrow=True
        ) as (_, reader):
            yield reader

    has_geometry = about["geometry_type"] is not None
    rows = partial(_rows, batches, geometry if has_geometry else None)
    return Source(list(about["fields"]), rows, has_geometry, about["crs"], about["features"])


def read_parquet(path: Path) -> Source:
    """Parquet, with geometry where its metadata follow GeoParquet (well-known binary)."""
    import pyarrow.parquet

    with _damage_told():
        metadata = pyarrow.parquet.read_metadata(path)
        names = metadata.schema.to_arrow_schema().names
    if sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups)) > UNPACKED_LIMIT:
        raise too_big(f"{UNPACKED_LIMIT >> 20} MiB")
    geometry, crs = _geoparquet(metadata.metadata or {}, names)

    @contextmanager
    def batches() -> Iterator[Iterable[Any]]:
        with pyarrow.parquet.ParquetFile(path) as file:
            yield file.iter_batches(batch_size=_BATCH)

    columns = [name for name in names if name != geometry]
    return Source(columns, partial(_rows, batches, geometry), bool(geometry), crs, metadata.num_rows)


def _geoparquet(metadata: Mapping[bytes, bytes], names: list[str]) -> tuple[str | None, str | None]:
    """The geometry column and its CRS, as the metadata of the file state them."""
    try:
        about = json.loads(metadata.get(b"geo", b"null"))
    except ValueError as error:
        raise damaged("its GeoParquet metadata cannot be read") from error
    match about:
        case None:
            return None, None
        case {"primary_column": str(name), "columns": dict(columns)} if name in names:
            if columns.get(name, {}).get("encoding") == "WKB":
                return name, _crs_name(columns[name].get("crs"))
    raise LayerUnreadable(
        "unknown_format", "GeoParquet without well-known binary; write it with encoding WKB"
    )


def _crs_name(crs: Any) -> str | None:
    """The short name of a CRS in PROJJSON."""
    match crs:
        case {"id": {"authority": authority, "code": code}}:
            return f"{authority}:{code}"
        case {"name": str(name)}:
            return name
    return None


def _rows(batches: Batches, geometry: str | None) -> Iterator[Row]:
    number = 0
    with _damage_told(), batches() as opened:
        for batch in opened:
            columns = {
                name: cells.to_pylist() for name, cells in zip(batch.schema.names, batch.columns, strict=True)
            }
            wkb = columns.pop(geometry) if geometry else [None] * batch.num_rows
            shapes = shapely.from_wkb(wkb, on_invalid="ignore")
            records = list(zip(*columns.values(), strict=True)) or [()] * batch.num_rows
            for cells, drawn, shape in zip(records, wkb, shapes, strict=True):
                values = dict(zip(columns, map(text, cells), strict=True))
                yield Row(number, values, shape, "geometry_unreadable" if drawn and shape is None else None)
                number += 1


@contextmanager
def _damage_told() -> Iterator[None]:
    import pyarrow
    import pyogrio

    try:
        yield
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        pyarrow.ArrowException,
        OSError,
    ) as error:
        raise damaged(f"the file cannot be read ({error})") from error


def _several(names: list[str]) -> LayerUnreadable:
    held = f"several layers ({', '.join(names)}); save the one meant alone" if names else "no layer"
    return LayerUnreadable("several_layers" if names else "not_a_layer", f"the file holds {held}")
