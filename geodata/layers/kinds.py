"""What kind of file this is: by its first bytes, and by its name where bytes are not enough."""

import codecs
import zipfile
from pathlib import Path

from geodata.layers.encoding import MARKS
from geodata.layers.layer import LayerUnreadable
from geodata.layers.unpack import damaged

_HEAD = 65536
_TABLES = {".csv", ".tsv", ".tab", ".txt"}
_NOT_TEXT = {".xlsx", ".xlsm", ".xls", ".gpkg", ".zip", ".shp", ".parquet", ".pbf"}
_OTHERS = {b"%PDF": "a PDF", b"Rar!": "a RAR archive", b"7z\xbc\xaf": "a 7z archive", b"\x89PNG": "a picture"}
_READABLE = "CSV, TSV, XLSX, GeoJSON, GeoPackage, zipped Shapefile, Parquet or OpenStreetMap (.osm, .osm.pbf)"


def is_gzip(path: Path) -> bool:
    """Packed with gzip, whatever its name."""
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def kind_of(path: Path) -> str:
    """``table``, ``workbook``, ``geojson``, ``geopackage``, ``shapefile``, ``parquet``, ``osm`` or ``pbf``.

    Raises
    ------
    LayerUnreadable
        For everything else, saying what the file is and what to do.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b" \t\r\n" + codecs.BOM_UTF8):
        raise LayerUnreadable("empty_file", "the file is empty; copy or download it again")
    if path.name.startswith("~$") or _is_lock(head):
        raise LayerUnreadable(
            "lock_file", "Excel's lock file, not a workbook: close Excel and give the file without ~$"
        )
    return _binary(path, head) or _text(path, head)


def _is_lock(head: bytes) -> bool:
    """165 bytes: length of the owner's name, the name padded with blanks, the same in UTF-16."""
    return len(head) == 165 and head[0] < 55 and b"\x00" in head


def _binary(path: Path, head: bytes) -> str | None:
    if head.startswith(b"PK"):
        return _archive(path)
    if head.startswith(b"PAR1"):
        return "parquet"
    if b"OSMHeader" in head[:32]:
        return "pbf"
    if head.startswith(b"SQLite format 3\0") and head[68:72] in (b"GPKG", b"GP10", b"GP11"):
        return "geopackage"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise _old_excel(path)
    for magic, what in _OTHERS.items():
        if head.startswith(magic):
            raise _unknown(what)
    return None


def _archive(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, OSError) as error:
        raise damaged("the zip file (or workbook) is cut off or damaged") from error
    if "xl/workbook.xml" in names:
        return "workbook"
    if any(name.endswith(".shp") for name in names):
        return "shapefile"
    raise LayerUnreadable("not_a_layer", f"the zip file holds no Shapefile; unpack it and give {_READABLE}")


def _old_excel(path: Path) -> LayerUnreadable:
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return LayerUnreadable("password", "the workbook has a password; save it without one")
    return LayerUnreadable("old_excel", "a workbook of Excel 97-2003; save it as .xlsx")


def _text(path: Path, head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode()
    for mark in MARKS:
        head = head.removeprefix(mark)
    start, suffix = head.lstrip().lower(), path.suffix.lower()
    if b"\x00" in head:
        raise _unknown("not a format that is read here")
    if start.startswith(b"<"):
        return _markup(start)
    if suffix in _NOT_TEXT:
        raise LayerUnreadable(
            "not_what_its_name_says", f"a text file named {suffix}; name it .csv, or save it as {suffix}"
        )
    return "geojson" if start.startswith((b"{", b"[")) and suffix not in _TABLES else "table"


def _markup(start: bytes) -> str:
    if b"<osm" in start:
        return "osm"
    if b"<html" in start or b"<table" in start or b"<!doctype html" in start:
        raise LayerUnreadable(
            "web_page", "a web page, whatever its name; open it in Excel and save it as .xlsx or CSV"
        )
    raise _unknown("XML, but not of OpenStreetMap")


def _unknown(what: str) -> LayerUnreadable:
    return LayerUnreadable("unknown_format", f"{what}; give {_READABLE}")
