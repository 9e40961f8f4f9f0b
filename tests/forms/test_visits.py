"""A submission read as a visit: odd things are listed and kept, never guessed; the rest has its place."""

import contextlib
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.answers import Position, Problem
from forms.catalogue import CatalogueForm
from forms.errors import SubmissionUnreadable
from forms.records import AgeBands, Answer, Measurement, Officer, Other, Visit
from forms.submission import parse
from forms.visits import to_visit
from tests.forms.samples import cafe_form, cafe_submission

SHANGHAI = timezone(timedelta(hours=8))
VISIT_ID = "0b54c2a8-19d2-4a4c-93a0-0f2f0b6a2d31"


@pytest.fixture(scope="module")
def cafe() -> CatalogueForm:
    return cafe_form()


@pytest.fixture
def visit(cafe: CatalogueForm):  # type: ignore[no-untyped-def]
    return lambda **said: to_visit(parse(cafe_submission(**said)), cafe)


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("start", "2026-11-20T10:00:00", "not_a_time_with_offset"),
        ("start", "yesterday", "not_a_time_with_offset"),
        ("arrival/officer_1_valid_to", "2026-02-30", "not_a_date"),
        ("arrival/visit_reason", "because", "not_a_choice"),
        ("arrival/visit_id", "42", "not_a_uuid"),
        ("place/position", "31.23", "not_a_position"),
        ("place/position", "131.23 121.47 0 5", "not_a_position"),
        ("place/position", "31.23 nan 0 5", "not_a_position"),
        ("start", "0001-01-01T00:00:00+14:00", "not_a_time_with_offset"),
        ("place/position", "31_0 121.47 0 5", "not_a_position"),
        ("arrival/joint_visit", "yes no", "not_a_choice"),
        ("duties/ban_sign", "maybe", "not_a_choice"),
        ("duties/unheard_of", "1", "not_in_form"),
    ],
)
def test_what_cannot_be_read_is_listed_where_it_stands(visit, path, value, problem) -> None:
    assert visit(answers={path: value}).problems == (Problem(f"/data/{path}", problem, value),)


@pytest.mark.parametrize("count", ["-1", "1.5", "many", "٣", "9999999999"])
def test_a_count_that_is_none_is_no_number(visit, count) -> None:
    seen = visit(id_checks=[{"people_checked": count}])

    assert seen.id_checks[0].people_checked is None
    assert seen.problems == (Problem("/data/id_checks/people_checked", "not_a_count", count),)


def test_unknown_answers_are_kept(visit) -> None:
    seen = visit(answers={"duties/unheard_of": "17", "later_section/field": "x"})

    assert [(other.nodeset, other.value, other.known) for other in seen.others] == [
        ("/data/duties/unheard_of", "17", False),
        ("/data/later_section/field", "x", False),
    ]


def test_a_question_answered_twice_keeps_both(cafe) -> None:
    xml = cafe_submission().replace(b"<check_code>", b"<check_code>second</check_code><check_code>", 1)

    seen = to_visit(parse(xml), cafe)

    assert seen.reason.check_code == "second"
    assert seen.problems == (Problem("/data/arrival/check_code", "answered_twice", "JC-310101-0001"),)
    assert seen.others == (Other("/data/arrival/check_code", "JC-310101-0001", known=True),)


def test_an_almost_empty_submission_is_a_visit_without_answers(cafe) -> None:
    seen = to_visit(parse(b'<data id="internet_cafe"><meta><instanceID>x</instanceID></meta></data>'), cafe)

    assert (seen.visit_id, seen.officers, seen.answers, seen.problems) == ("x", (), (), ())
    assert seen.position is None
    assert seen.measurement is None


@pytest.mark.parametrize(
    ("visit_id", "read"),
    [
        pytest.param("", "6f9619ff-8b86-d011-b42d-00c04fc964ff", id="blank: its own"),
        pytest.param(f"uuid:{VISIT_ID.upper()}", VISIT_ID, id="shared"),
        pytest.param("not a uuid", "6f9619ff-8b86-d011-b42d-00c04fc964ff", id="odd: its own, and listed"),
    ],
)
def test_submissions_of_one_visit_share_its_id(visit, visit_id, read) -> None:
    instance_id = "uuid:6F9619FF-8B86-D011-B42D-00C04FC964FF"

    assert visit(instance_id=instance_id, visit_id=visit_id).visit_id == read


def test_an_ordinary_visit_is_read_whole(visit) -> None:
    seen: Visit = visit(
        photos=[{}, {"photo": "b.jpg", "minor_possible": "yes", "about": "ban_sign city_sign"}]
    )

    assert seen.problems == seen.others == ()
    assert seen.device_started_at == datetime(2026, 11, 20, 10, 0, tzinfo=SHANGHAI)
    assert seen.officers == (
        Officer("甲", "SH-0001", date(2029, 12, 31)),
        Officer("乙", "SH-0002", date(2029, 12, 31)),
    )
    assert (seen.reason.kind, seen.reason.check_code) == ("planned", "JC-310101-0001")
    assert seen.position == Position(lon=121.47, lat=31.23, accuracy_m=8.5)
    assert [(photo.file, photo.minor_possible) for photo in seen.photos] == [
        ("front.jpg", False),
        ("b.jpg", True),
    ]
    assert seen.photos[1].about == ("ban_sign", "city_sign")
    assert seen.photos[0].taken_at == datetime(2026, 11, 20, 10, 5, tzinfo=SHANGHAI)
    assert seen.signatures == {
        "person": "person.png",
        "officer_1": "officer1.png",
        "officer_2": "officer2.png",
    }
    assert set(seen.file_names) == {"front.jpg", "b.jpg", *seen.signatures.values()}


def test_an_item_carries_its_law_and_its_note(visit) -> None:
    seen = visit(answers={"duties/ban_sign": "breach", "duties/ban_sign_note": "标志在二楼"})

    answer = next(answer for answer in seen.answers if answer.item == "ban_sign")
    assert answer == Answer(
        "ban_sign", ("SGN-2",), ("internet-cafe-regs:21.2", "minors-law:58"), "breach", "标志在二楼"
    )
    assert all(answer.clause_ids for answer in seen.answers)


def test_id_checks_are_counts_by_age_band(visit) -> None:
    found = {"minors_seen": "yes", "confirmed_14_15": "2", "confirmed_16_17": "1", "eighteen_today": "1"}

    first, second = visit(id_checks=[found, {"method": "cctv"}]).id_checks

    assert first.confirmed == AgeBands(None, 2, 1)
    assert (first.confirmed.total, first.apparent.total, first.eighteen_today) == (3, 0, 1)
    assert (second.method, second.minors_seen) == ("cctv", False)


def test_a_venue_that_no_list_knows_keeps_what_was_typed(visit) -> None:
    seen = visit(
        venue_id=None, answers={"place/venue_name": "星空网吧", "place/venue_address": "示例路 1 弄"}
    )

    assert (seen.venue.listed, seen.venue.id) == (False, "")
    assert (seen.venue.name, seen.venue.address) == ("星空网吧", "示例路 1 弄")


def test_a_missing_officer_and_code_come_with_their_reasons(visit) -> None:
    alone = dict.fromkeys(["arrival/officer_2_name", "arrival/officer_2_certificate"], "")
    alone |= {"arrival/officer_2_valid_to": "", "arrival/second_officer": "no"}
    alone |= {"arrival/no_second_officer_reason": "途中就医", "arrival/has_check_code": "no"}
    alone |= {"arrival/check_code": "", "arrival/no_check_code_reason": "系统停机"}

    seen = visit(answers=alone)

    assert len(seen.officers) == 1
    assert (seen.second_officer, seen.no_second_officer_reason) == (False, "途中就医")
    assert (seen.reason.has_check_code, seen.reason.no_check_code_reason) == (False, "系统停机")


def test_a_measurement_is_read_with_its_record(visit) -> None:
    measured = {
        "measured": "yes",
        "site_id": "7",
        "measured_way": "boundary_straight_line",
        "instrument": "laser",
    }
    measured |= {"measured_from": "东墙", "measured_to": "正门", "measured_m": "187.4", "sketch": "s.png"}

    seen = visit(answers={f"measurement/{name}": value for name, value in measured.items()})

    assert seen.measurement == Measurement(
        "7", "", "boundary_straight_line", "laser", "东墙", "正门", 187.4, "s.png"
    )
    assert "s.png" in seen.file_names


def test_a_turn_of_a_repeat_without_any_answer_is_none(cafe) -> None:
    empty = b"<photos><photo/><caption> </caption></photos><meta>"

    assert to_visit(parse(cafe_submission().replace(b"<meta>", empty)), cafe).photos == ()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.integers(0, 4000), length=st.integers(0, 60), put=st.binary(max_size=40))
def test_a_damaged_submission_is_read_or_refused_and_never_breaks_us(cafe, start, length, put) -> None:
    xml = cafe_submission(photos=[{}])

    with contextlib.suppress(SubmissionUnreadable):
        to_visit(parse(xml[:start] + put + xml[start + length :]), cafe)


def test_everything_typed_goes_through_the_mask_and_prose_is_listed(cafe) -> None:
    typed = {
        "duties/ban_sign": "breach",
        "duties/ban_sign_note": "note 13800000000",
        "arrival/check_code": "code 13800000000",
        "measures/remarks": "remarks 13800000000",
        "unheard/of": "unknown 13800000000",
        "start": "broken 13800000000",
    }
    submission = parse(cafe_submission(answers=typed))

    seen = to_visit(submission, cafe, mask=lambda text: text.replace("13800000000", "***"))

    assert "13800000000" not in repr(seen)
    assert {text.value for text in seen.free_texts} >= {"note ***", "remarks ***", "unknown ***"}
    assert seen.reason.check_code == "code ***"
