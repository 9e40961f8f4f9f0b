"""The same file again changes nothing; a newer one changes what it says differently, corrections stay."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from backend.imports.errors import FileRefused
from backend.venues.models import Licence, Venue, VenueActivity

HEADER = "id,name,lon,lat,licence_number"
A, B, C = "1,甲吧,121.47,31.23,L1", "2,,121.48,31.24,", "3,丙吧,121.49,31.25,L3"


@pytest.mark.parametrize("ref_column", [None, "id"])
def test_the_same_file_again_changes_nothing(desk, ref_column):
    path = desk.file("bars.csv", HEADER, A, B, C)
    desk.venues(path, ref_column=ref_column)
    before = desk.register("venues")

    again = desk.venues(path, ref_column=ref_column)

    assert (again.created, again.changed, again.same) == (0, 0, 3)
    assert desk.register("venues") == before


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters='\0"\r\n'), max_size=20),
            st.floats(-179, 179) | st.sampled_from(["", "#N/A", "0", "x"]),
            st.floats(-84, 84) | st.sampled_from(["", "0"]),
        ),
        max_size=8,
    ),
    crs=st.sampled_from(["wgs84", "gcj02", "bd09"]),
)
def test_whatever_the_file_reading_it_twice_is_reading_it_once_and_undoing_it_never(desk, rows, crs):
    path = desk.file("any.csv", "name,lon,lat", *(f'"{name}",{lon},{lat}' for name, lon, lat in rows))
    nothing = desk.everything()

    once = desk.venues(path, crs=crs)
    after = desk.everything()
    twice = desk.venues(path, crs=crs)

    assert once.read == once.created + sum(once.refused.values())
    assert (twice.created, twice.changed, twice.same) == (0, 0, once.created)
    assert desk.everything() == after
    if once.created:
        desk.undo(once.run_id)
    assert desk.everything() == nothing


def test_rows_known_by_number_may_change_and_more_may_follow(desk):
    desk.venues(desk.file("bars.csv", HEADER, A, B))

    report = desk.venues(desk.file("bars.csv", HEADER, "1,甲吧,121.4701,31.23,L1", B, C))

    assert (report.created, report.changed, report.same) == (1, 1, 1)
    rows = desk.register("venues")
    assert (rows["bars:0"]["place"].x, rows["bars:0"]["version"]) == (121.4701, 2)
    assert rows["bars:2"]["name"] == "丙吧"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        pytest.param([B, A, C], "row 0 was 甲吧 and is now unnamed", id="another order"),
        pytest.param([A, C], "row 1 was unnamed and is now 丙吧", id="one taken out"),
        pytest.param([A, B], "1 of its rows", id="the last taken out"),
        pytest.param(
            [A, "2,,121.48,31.24,", "9,戊吧,0,0,"], "row 2 was 丙吧", id="another one that is refused"
        ),
    ],
)
def test_rows_known_by_number_must_keep_their_names_or_nothing_is_read(desk, lines, words):
    desk.venues(desk.file("bars.csv", HEADER, A, B, C))
    before = desk.everything()

    with pytest.raises(FileRefused, match=words) as refused:
        desk.venues(desk.file("bars.csv", HEADER, *lines))

    assert "--ref-column" in str(refused.value)
    assert "undo" in str(refused.value)
    assert desk.everything() == before


def test_after_undo_the_file_may_look_otherwise(desk):
    desk.undo(desk.venues(desk.file("bars.csv", HEADER, A, B, C)).run_id)

    desk.venues(desk.file("bars.csv", HEADER, C, A))

    assert [row["name"] for row in desk.register("venues").values()] == ["丙吧", "甲吧"]


def test_other_rows_of_the_same_file_may_be_read_by_and_by(desk):
    path = desk.file("pois.csv", "name,type,lon,lat", "a,bar,121.4,31.2", "b,pub,121.4,31.2")
    desk.venues(path, only={"type": {"bar"}})

    report = desk.venues(path, only={"type": {"pub"}})

    assert (report.created, report.warnings) == (1, ())


def test_rows_known_by_a_column_update_by_it_in_any_order(desk):
    desk.venues(desk.file("bars.csv", HEADER, A, B, C), ref_column="id")

    newer = desk.file("bars.csv", HEADER, "3,丙酒吧,121.49,31.25,L3", A)
    report = desk.venues(newer, ref_column="id")

    rows = desk.register("venues")
    assert (report.created, report.changed, report.same) == (0, 1, 1)
    assert (rows["bars:3"]["name"], rows["bars:3"]["version"]) == ("丙酒吧", 2)
    assert report.warnings == (
        "1 rows known from an earlier reading are not in this file; they stay as they are",
    )
    assert rows.keys() == {"bars:1", "bars:2", "bars:3"}


@pytest.mark.parametrize(("first", "then"), [(None, "id"), ("id", None), ("id", "licence_number")])
def test_rows_are_not_read_a_second_time_under_other_refs(desk, first, then):
    path = desk.file("bars.csv", HEADER, A)
    run = desk.venues(path, ref_column=first).run_id

    with pytest.raises(FileRefused, match=f"humiao import undo {run}"):
        desk.venues(path, ref_column=then)

    desk.undo(run)
    assert desk.venues(path, ref_column=then).created == 1


def test_sites_and_venues_of_one_file_do_not_get_in_each_others_way(desk):
    path = desk.file("pois.csv", "name,type,lon,lat", "a,bar,121.4,31.2", "b,school,121.4,31.2")
    desk.venues(path, only={"type": {"bar"}}, ref_column="name")

    assert desk.sites(path, only={"type": {"school"}}).created == 1


def test_a_newer_file_changes_what_it_says_differently_and_leaves_corrections_alone(desk):
    desk.venues(desk.file("bars.csv", HEADER, A), ref_column="id")
    with desk.deployment.unit_of_work() as session:
        session.execute(update(Venue).values(address="南京东路1号", name="甲吧（已核对）", version=2))
        venue_id = session.scalar(select(Venue.id))
        session.add(VenueActivity(venue_id=venue_id, activity="alcohol"))
        session.add(Licence(venue_id=venue_id, activity="alcohol", number="X9"))

    desk.venues(desk.file("bars.csv", HEADER, "1,甲吧,121.48,31.23,L2"), ref_column="id")

    [row] = desk.register("venues").values()
    assert (row["name"], row["address"], row["place"].x, row["version"]) == (
        "甲吧（已核对）",
        "南京东路1号",
        121.48,
        3,
    )
    assert sorted(part["activity"] for part in row["venue_activities"]) == ["alcohol", "bar"]
    assert sorted(licence["number"] for licence in row["licences"]) == ["L2", "X9"]


def test_a_position_that_somebody_surveyed_is_not_moved_by_a_file(desk):
    desk.venues(desk.file("bars.csv", HEADER, A), ref_column="id")
    with desk.deployment.unit_of_work() as session:
        session.execute(update(Venue).values(capture="survey", accuracy_m=0.0))

    newer = desk.file("bars.csv", HEADER, "1,甲吧二,121.5,31.3,L1")
    report = desk.venues(newer, ref_column="id")

    [row] = desk.register("venues").values()
    assert (row["name"], row["place"].x, row["accuracy_m"], row["capture"]) == (
        "甲吧二",
        121.47,
        0.0,
        "survey",
    )
    assert report.notes == {"position_kept": 1}
    assert desk.venues(newer, ref_column="id").same == 1


def test_a_dry_run_judges_and_keeps_nothing(desk):
    desk.venues(desk.file("bars.csv", HEADER, A, B), ref_column="id")
    before = desk.everything()

    newer = desk.file("bars.csv", HEADER, "1,改名,121.4,31.2,", B, C, "4,x,0,0,")
    report = desk.venues(newer, ref_column="id", dry_run=True)

    assert (report.run_id, report.created, report.changed, report.same) == (None, 1, 1, 1)
    assert report.refused == {"zero_zero": 1}
    assert desk.everything() == before
