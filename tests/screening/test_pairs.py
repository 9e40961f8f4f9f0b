import csv

import pytest

from backend.screening import actions, pairs
from tests.screening.places import DAY, NOW, add_site, add_venue, at, random_register, square

HEADER = "venue_ref,site_ref,activity,site_kind,distance_m,method,rule_id,verdict"
INSIDE = ["v:0", "s:0", "internet_cafe", "primary", "30.000", "boundary_straight_line", "BUF-NET-1", "inside"]
SURVEY = ["v:0", "s:0", "bar", "primary", "30.000", "boundary_straight_line", "BUF-BAR-1", "survey"]


@pytest.fixture
def write(session, settings, tmp_path):
    def write(**options):
        report = pairs.write_pairs(session, settings, DAY, tmp_path / "pairs.csv", **options)
        with open(tmp_path / "pairs.csv", encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
        assert header == [
            "venue_ref",
            "site_ref",
            "activity",
            "site_kind",
            "distance_m",
            "method",
            "rule_id",
            "verdict",
        ]
        assert report.rows == len(rows)
        return rows, report

    return write


@pytest.fixture
def town(session):
    """A school, a kindergarten and a university; a venue that is a cafe, a bar and a hotel."""
    add_site(session, square(0, 0, 100), ref="s:0")
    add_site(session, square(0, -300, 50), "kindergarten", ref="s:1")
    add_site(session, square(500, 0, 50), "other", ref="s:2")
    add_venue(session, at(130, 0), "internet_cafe", "bar", "hotel", ref="v:0")
    add_venue(session, None, ref="v:1")


def test_the_pairs_that_are_inside_or_need_a_survey(town, write):
    rows, report = write()

    assert rows == [SURVEY, INSIDE]
    assert report.not_configured == {"BUF-BAR-2": 1, "BUF-NET-2": 1}


def test_with_within_every_pair_a_row_for_each_activity(town, write):
    rows, _ = write(within_m=400)

    nothing = ["", ""]
    assert [(row[1], row[2], row[-2:]) for row in rows] == [
        ("s:0", "bar", ["BUF-BAR-1", "survey"]),
        ("s:0", "hotel", nothing),
        ("s:0", "internet_cafe", ["BUF-NET-1", "inside"]),
        ("s:1", "bar", ["BUF-BAR-2", "not_configured"]),
        ("s:1", "hotel", nothing),
        ("s:1", "internet_cafe", ["BUF-NET-2", "not_configured"]),
        ("s:2", "bar", nothing),
        ("s:2", "hotel", nothing),
        ("s:2", "internet_cafe", nothing),
    ]


def test_within_is_a_limit_that_counts_and_cuts_off_surveys_beyond_it(session, write):
    add_site(session, square(0, 0, 100), accuracy_m=300)
    add_venue(session, at(130, 0))
    add_venue(session, at(330, 0))

    assert [row[4] for row in write(within_m=30)[0]] == ["30.000"]
    assert [row[4] for row in write(within_m=29.999)[0]] == []
    assert [row[4] for row in write()[0]] == ["30.000", "230.000"]


def test_the_file_opens_in_a_spreadsheet(town, write, tmp_path):
    write()

    assert (tmp_path / "pairs.csv").read_bytes().startswith(b"\xef\xbb\xbfvenue_ref,")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_ref_that_looks_like_a_formula_is_written_as_text(session, write, sign):
    add_site(session, square(0, 0, 100), ref=f"{sign}1+1:0")
    add_venue(session, at(130, 0), ref=f"{sign}cmd:0")

    ((venue_ref, site_ref, *_),) = write()[0]

    assert (venue_ref, site_ref) == (f"'{sign}cmd:0", f"'{sign}1+1:0")


def test_a_screening_can_be_written_while_it_is_kept(session, settings, write, tmp_path):
    random_register(session, 5)
    with pairs.PairsFile(tmp_path / "kept.csv") as file:
        run = actions.screen(session, settings, DAY, by="user:1", now=NOW, each=file.write)

    write()

    assert (tmp_path / "kept.csv").read_bytes() == (tmp_path / "pairs.csv").read_bytes()
    assert (file.rows, file.not_configured) == (run.counts["measurements"], run.counts["not_configured"])
