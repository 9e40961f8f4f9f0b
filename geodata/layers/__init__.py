"""Files of places, read without trusting them: rows in file order, a geometry or the reason for none.

Heavy libraries (GDAL, Arrow, osmium) are imported only while a file of their format is read.
"""

from collections.abc import Collection, Mapping
from os import PathLike
from pathlib import Path

from geodata.layers.arrow import read_geopackage, read_parquet, read_shapefile
from geodata.layers.columns import Position, finished, guess_columns, usual_position
from geodata.layers.geojson import read_geojson
from geodata.layers.kinds import is_gzip, kind_of
from geodata.layers.layer import Layer, LayerUnreadable, Row, Rows, Source, find_column
from geodata.layers.osm import read_osm
from geodata.layers.tables import read_csv, read_workbook
from geodata.layers.unpack import Scratch, gunzip

__all__ = ["Layer", "LayerUnreadable", "Row", "guess_columns", "read"]


def read(
    path: str | PathLike[str],
    *,
    lon: str | None = None,
    lat: str | None = None,
    wkt: str | None = None,
    only: Mapping[str, Collection[str]] | None = None,
) -> Layer:
    """Open a file of places: a register, a map layer, an OpenStreetMap extract.

    Formats, known by content and name, each also packed with gzip: CSV and TSV (comma, semicolon or tab;
    UTF-8, GB18030 or GBK, with or without byte order mark), XLSX, GeoJSON, GeoPackage, zipped Shapefile,
    Parquet and GeoParquet, OpenStreetMap XML and PBF. Limits: 1 GiB unpacked, 256 MiB for GeoJSON and for
    the inside of a workbook.

    Parameters
    ----------
    path : path
        The file. Uploads need their original name.
    lon, lat : str, optional
        Columns of x and y (longitude and latitude), in the coordinates of the file.
    wkt : str, optional
        Column of well-known text (or hexadecimal well-known binary); where it is blank lon and lat are used.
        When none of the three is named, tables use the usual names (`guess_columns`), other formats their own
        geometry. A table without any is read with every row's geometry None.
    only : mapping of column to texts, optional
        Rows kept: in each column one of the texts, exactly. They keep their numbers.

    Returns
    -------
    Layer
        Columns, rows, their number, and the reference system that the file states: nothing is converted.

    Raises
    ------
    LayerUnreadable
        The file as a whole cannot be read. Damage further down is raised while the rows are iterated.
    """
    path, scratch = Path(path), Scratch()
    if not path.is_file():
        raise LayerUnreadable("no_such_file", f"there is no file {path}")
    source = _open(gunzip(path, scratch) if is_gzip(path) else path, scratch, only or {})
    position: Position | None = None
    if lon or lat or wkt:
        position = Position(lon, lat, wkt).named(source.columns)
    elif not source.has_geometry:
        position = usual_position(source.columns)
    kept = {find_column(source.columns, name): frozenset(texts) for name, texts in (only or {}).items()}
    rows = Rows(lambda: finished(source.rows(), position, kept), scratch)
    return Layer(source.columns, rows, source.stated_crs, source.total)


def _open(path: Path, scratch: Scratch, only: Mapping[str, Collection[str]]) -> Source:
    match kind_of(path):
        case "workbook":
            return read_workbook(path, scratch)
        case "geojson":
            return read_geojson(path)
        case "geopackage":
            return read_geopackage(path, scratch)
        case "shapefile":
            return read_shapefile(path, scratch)
        case "parquet":
            return read_parquet(path)
        case "osm" | "pbf" as kind:
            return read_osm(path, kind, only)
    return read_csv(path)
