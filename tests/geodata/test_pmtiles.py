"""What an archive of tiles says of itself, and what is refused before anybody waits for a map."""

import pytest

from geodata.pmtiles import NoArchive, read_archive
from tests.geodata.archives import write_archive


@pytest.mark.parametrize(
    ("said", "words"),
    [
        pytest.param({"version": 2}, "of version 2", id="an older version"),
        pytest.param({"kind": 2}, "no vector tiles", id="pictures"),
        pytest.param({"compression": 4}, "otherwise than with gzip", id="zstd"),
    ],
)
def test_what_browsers_cannot_draw_is_refused(tmp_path, said, words):
    with pytest.raises(NoArchive, match=words):
        read_archive(write_archive(tmp_path / "city.pmtiles", **said))


@pytest.mark.parametrize(
    ("kept", "words"), [(0, "no PMTiles"), (7, "cut off"), (140, "cut off"), (170, "cut off")]
)
def test_a_file_that_was_cut_off_is_refused(tmp_path, kept, words):
    whole = write_archive(tmp_path / "city.pmtiles").read_bytes()
    (tmp_path / "part.pmtiles").write_bytes(whole[:kept])

    with pytest.raises(NoArchive, match=words):
        read_archive(tmp_path / "part.pmtiles")


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path):
    for path in (tmp_path / "absent.pmtiles", tmp_path):
        with pytest.raises(NoArchive):
            read_archive(path)


def test_an_archive_tells_its_zooms_its_box_and_whose_it_is_in_plain_words(tmp_path):
    markup = '<a href="https://openstreetmap.org/copyright">&copy; OpenStreetMap</a>'

    archive = read_archive(write_archive(tmp_path / "city.pmtiles", attribution=markup))

    assert (archive.zooms, archive.box) == ((0, 0), (-180, -85, 180, 85))
    assert archive.attribution == "© OpenStreetMap"
