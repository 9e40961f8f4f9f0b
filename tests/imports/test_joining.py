"""A row a licence: rows with one ref are one venue, unless they contradict each other or add nothing."""

from datetime import date

HEADER = "id,name,does,lon,lat,licence_number,licence_issued_on"
MAP = (("bar", "酒吧"), ("alcohol", "酒类"))
FIRST = "1,甲,酒吧,121.47,31.23,B1,2020-01-01"
MORE = "1,甲,酒类,121.47,31.23,A1,2021-01-01"


def read(desk, *lines, **asked):
    path = desk.file("bars.csv", HEADER, *lines)
    return desk.venues(path, ref_column="id", activity_column="does", activity_map=MAP, **asked)


def does(desk):
    return {
        ref: [(licence["activity"], licence["number"]) for licence in row["licences"]]
        for ref, row in desk.register("venues").items()
    }


def test_each_licence_is_for_the_activity_of_its_row(desk):
    apart = [f"{number},{number},酒吧,121.4,31.2,," for number in range(2, 3000)]

    report = read(desk, FIRST, *apart, MORE)

    assert (report.read, report.created, report.joined, report.refused) == (3000, 2999, 1, {})
    assert does(desk)["bars:1"] == [("bar", "B1"), ("alcohol", "A1")]
    assert desk.register("venues")["bars:1"]["licences"][1]["issued_on"] == date(2021, 1, 1)


def test_again_it_is_the_same_and_undone_it_is_gone(desk):
    run = read(desk, FIRST, MORE).run_id

    again = read(desk, MORE.replace("酒类", "酒吧").replace("A1", "B1").replace("2021", "2020"), MORE)

    assert (again.same, again.changed, again.joined) == (1, 0, 1)
    desk.undo(run)
    assert does(desk) == {}


def test_a_licence_that_is_no_longer_listed_goes(desk):
    read(desk, FIRST, MORE)

    report = read(desk, FIRST)

    assert report.changed == 1
    assert does(desk) == {"bars:1": [("bar", "B1")]}


def test_rows_that_contradict_each_other_or_add_nothing_are_duplicates(desk):
    elsewhere = MORE.replace("121.47", "121.48")
    otherwise = MORE.replace("甲", "乙")

    report = read(desk, FIRST, FIRST, elsewhere, otherwise)

    assert report.refused == {"duplicate_ref": 3}
    assert does(desk) == {"bars:1": [("bar", "B1")]}


def test_a_venue_whose_further_row_is_refused_is_kept_with_the_first(desk):
    report = read(desk, FIRST, MORE.replace("酒类", "茶馆"))

    assert (report.created, report.refused) == (1, {"unknown_activity": 1})
    assert does(desk) == {"bars:1": [("bar", "B1")]}


def test_a_longer_text_of_the_map_is_not_taken_for_a_shorter_one(desk):
    pairs = (("hotel", "酒店"), ("esports_hotel", "电竞酒店"), ("alcohol", "酒"), ("tobacco", "烟"))
    cells = ("电竞酒店", "电竞酒店;酒店", "酒店、烟", "烟酒")
    path = desk.file("rows.csv", "name,does", *(f"{cell},{cell}" for cell in cells))

    desk.venues(path, activity_column="does", activity_map=pairs)

    found = [
        [part["activity"] for part in row["venue_activities"]] for row in desk.register("venues").values()
    ]
    assert found == [
        ["esports_hotel"],
        ["hotel", "esports_hotel"],
        ["hotel", "tobacco"],
        ["alcohol", "tobacco"],
    ]
