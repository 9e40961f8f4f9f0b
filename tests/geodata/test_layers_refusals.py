"""Files that are no layer are refused before anything is imported, and the message says what to do."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from geodata.layers import LayerUnreadable, read, unpack

TABLE = "名称,经度,纬度\n甲乙丙丁,122,31\n".encode()
LOCK = b"\x06Sample" + b" " * 48 + b"\x06\x00S\x00a\x00m\x00p\x00l\x00e\x00" + b" \x00" * 48
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(**members: bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "/").replace("0", "."), content)
    return memory.getvalue()


def with_password(archive: bytes) -> bytes:
    """Set the flag that says encrypted, in the member's own header and in the index."""
    index = archive.index(b"PK\x01\x02")
    return archive[:6] + b"\x01" + archive[7 : index + 8] + b"\x01" + archive[index + 9 :]


BOMB = zipped(xl_workbook0xml=bytes(300 << 20))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.csv", b"", "empty_file"),
        ("mark.csv", b"\xef\xbb\xbf\r\n", "empty_file"),
        ("lock.xlsx", LOCK[:165], "lock_file"),
        ("~$lock.xlsx", b"anything", "lock_file"),
        ("table.xlsx", TABLE, "not_what_its_name_says"),
        ("table.xls", b"\xef\xbb\xbf <HTML><table></table>", "web_page"),
        ("page.xls", "<!DOCTYPE html>".encode("utf-16"), "web_page"),
        ("old.xls", OLD_EXCEL, "old_excel"),
        ("password.xlsx", OLD_EXCEL + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("password.zip", with_password(zipped(a0shp=b"1234")), "password"),
        ("cut.csv.gz", gzip.compress(TABLE, mtime=0)[:-6], "damaged"),
        ("wrong.csv.gz", gzip.compress(TABLE, mtime=0)[:-6] + b"123456", "damaged"),
        ("twice.csv.gz", gzip.compress(gzip.compress(TABLE, mtime=0), mtime=0), "unknown_format"),
        ("cut.zip", zipped(a0shp=b"1234")[:-4], "damaged"),
        ("table.zip", zipped(a0csv=TABLE), "not_a_layer"),
        ("alone.zip", zipped(a0shp=b"1234"), "damaged"),
        ("two.zip", zipped(a0shp=b"1234", b0shp=b"1234"), "several_layers"),
        ("bomb.xlsx", BOMB, "too_big"),
        ("broken.xlsx", zipped(xl_workbook0xml=b"<workbook>"), "damaged"),
        ("cut.parquet", b"PAR1" + bytes(100), "damaged"),
        ("cut.gpkg", b"SQLite format 3\0" + bytes(52) + b"GPKG" + bytes(500), "damaged"),
        ("other.sqlite", b"SQLite format 3\0" + bytes(500), "unknown_format"),
        ("cut.osm.pbf", b"\0\0\0\x0d\x0a\x09OSMHeader" + bytes(100), "damaged"),
        ("cut.osm", b'<?xml version="1.0"?><osm version="0.6"><node id="1" lat', "damaged"),
        (
            "entities.osm",
            b'<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY a "b">]><osm version="0.6"></osm>',
            "damaged",
        ),
        ("map.kml", b'<?xml version="1.0"?><kml/>', "unknown_format"),
        ("cut.geojson", b'{"type":"FeatureCollection"', "damaged"),
        ("deep.geojson", b"[" * 100_000, "damaged"),
        ("topology.json", b'{"type":"Topology"}', "not_a_layer"),
        ("paper.pdf", b"%PDF-1.7", "unknown_format"),
        ("damaged.csv", TABLE + "甲乙丙".encode() + b"\xff,1,2\n", "wrong_encoding"),
        ("cut.csv", TABLE[:-9], "wrong_encoding"),
        ("latin.csv", b"name,lon,lat\nStra\xdf\xff,1,2\n", "wrong_encoding"),
    ],
)
def test_it_is_refused(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(LayerUnreadable) as refused:
        read(tmp_path / name)

    assert refused.value.reason == reason


def test_a_folder_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.csv"):
        with pytest.raises(LayerUnreadable, match="there is no file"):
            read(path)


def test_gzip_and_memory_have_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(TABLE, mtime=0))
    (tmp_path / "a.geojson").write_text('{"type":"FeatureCollection","features":[]}')
    assert (read(tmp_path / "a.csv.gz").total, read(tmp_path / "a.geojson").total) == (1, 0)

    monkeypatch.setattr(unpack, "UNPACKED_LIMIT", 10)
    monkeypatch.setattr(unpack, "MEMORY_LIMIT", 10)

    for name in ("a.csv.gz", "a.geojson"):
        with pytest.raises(LayerUnreadable) as refused:
            read(tmp_path / name)
        assert refused.value.reason == "too_big"


def test_unpacked_files_go_with_the_layer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(TABLE, mtime=0))

    rows = iter(read(tmp_path / "a.csv.gz").rows)  # the layer itself is gone here
    assert next(rows).values["名称"] == "甲乙丙丁"
    del rows

    assert [path.name for path in tmp_path.iterdir()] == ["a.csv.gz"]


def test_a_workbook_with_two_filled_sheets_is_not_guessed_between(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["lon", "lat"])
    book.create_sheet("二").append(["lon", "lat"])
    book.save(tmp_path / "a.xlsx")

    with pytest.raises(LayerUnreadable, match=r"several sheets \(Sheet, 二\)"):
        read(tmp_path / "a.xlsx")
