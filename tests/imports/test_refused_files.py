"""A file is refused as a whole when nothing of it can be trusted; the words say what to do."""

import pytest

from backend.imports.errors import FileRefused
from backend.imports.options import pair

GOOD = ("name,lon,lat,kind", "一中,121.47,31.23,小学")


@pytest.mark.parametrize(
    ("asked", "reason", "words"),
    [
        pytest.param({"crs": None}, "crs_missing", "write wgs84, cgcs2000, gcj02, bd09", id="no reference"),
        pytest.param({"crs": "bd10"}, "crs_unknown", "bd09", id="unknown reference"),
        pytest.param({"columns": {"name": "店名"}}, "column_unknown", "name, lon, lat", id="no such column"),
        pytest.param({"ref_column": "编号"}, "column_unknown", "name, lon, lat", id="no such ref column"),
        pytest.param({"columns": {"nmae": "name"}}, "role_unknown", "opened_on", id="no such role"),
        pytest.param({"kind": "school"}, "name_unknown", "kindergarten", id="no such kind"),
        pytest.param({"kind": None}, "kind_missing", "--kind-map", id="no kind"),
        pytest.param({"kind": None, "kind_column": "kind"}, "options_unclear", "--kind-map", id="no map"),
        pytest.param(
            {"only": {"amenity": {"bar"}}}, "column_unknown", "name, lon, lat", id="only of nothing"
        ),
    ],
)
def test_options_that_do_not_fit_the_file(desk, asked, reason, words):
    path = desk.file("schools.csv", *GOOD)

    with pytest.raises(FileRefused, match=words) as refused:
        desk.sites(path, **asked)

    assert refused.value.reason == reason
    assert desk.register("sites") == {}


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        pytest.param({"activities": ()}, "activity_missing", id="no activity"),
        pytest.param({"activities": ("disco",)}, "name_unknown", id="no such activity"),
        pytest.param({"activity_column": "kind"}, "options_unclear", id="no map"),
    ],
)
def test_venues_need_activities_of_the_rulebook(desk, asked, reason):
    with pytest.raises(FileRefused) as refused:
        desk.venues(desk.file("venues.csv", *GOOD), **asked)

    assert refused.value.reason == reason


@pytest.mark.parametrize("ref_column", [None, "name"])
def test_damage_further_down_takes_back_what_was_read_before(desk, ref_column):
    rows = [f'"{number}",121.4,31.2' for number in range(3000)]
    path = desk.file("venues.csv", "name,lon,lat", *rows, '"never closed,121.4,31.2')

    with pytest.raises(FileRefused, match="quotation mark"):
        desk.venues(path, ref_column=ref_column, rejects=desk.folder / "rejects.csv")

    assert desk.register("venues") == {}
    assert [p.name for p in desk.folder.iterdir()] == ["venues.csv"]


def test_a_file_named_like_a_hidden_one_has_no_name_for_refs(desk):
    with pytest.raises(FileRefused, match="rename the file"):
        desk.sites(desk.file(".schools.csv", *GOOD))


def test_an_option_that_is_no_pair_says_how_to_write_one():
    with pytest.raises(FileRefused, match="write NAME=VALUE"):
        pair("primary:小学")


def test_a_rejects_file_that_cannot_be_written_stops_the_import(desk):
    with pytest.raises(FileRefused, match="--rejects") as refused:
        desk.sites(desk.file("schools.csv", *GOOD), rejects=desk.folder / "nowhere" / "rejects.csv")

    assert refused.value.reason == "rejects_unwritable"
    assert desk.register("sites") == {}
