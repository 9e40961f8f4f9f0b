"""What the sections of single activities leave behind: counts and days, never names; blank is none."""

from datetime import date, datetime, timedelta, timezone

import pytest

from forms.answers import Problem
from forms.examples import SIGN, filled_submission
from forms.records import (
    ConsentSample,
    DayAsSeen,
    EsportsArea,
    EsportsRoom,
    GameDevices,
    ScriptSample,
    Sign,
    StaffQuery,
    StaySample,
    Visit,
)
from forms.submission import parse
from forms.visits import to_visit
from tests.forms.samples import ACTIVITIES, form_of

SHANGHAI = timezone(timedelta(hours=8))
TYPED = ("day", "devices", "stays", "esports", "consents", "scripts", "staff_query")


def visit(activity: str, **said) -> Visit:  # type: ignore[no-untyped-def]
    form = form_of(activity)
    return to_visit(parse(filled_submission(form, **said)), form)


@pytest.mark.parametrize(
    ("activity", "path"),
    [
        ("hotel", "stays/contact_missing"),
        ("esports_hotel", "esports/rooms_total"),
        ("arcade", "devices/devices_used_by_minors"),
        ("medical_aesthetics", "consents/written_missing"),
        ("script_play", "scripts/scripts_not_filed"),
    ],
)
def test_a_count_that_is_none_is_no_number(activity, path) -> None:
    assert visit(activity, answers={path: "two"}).problems == (
        Problem(f"/data/{path}", "not_a_count", "two"),
    )


@pytest.mark.parametrize(
    ("activity", "answers", "problem"),
    [
        ("arcade", {"day/day_kind": "sunday"}, "not_a_choice"),
        ("medical_aesthetics", {"staff_query/hiring_query_seen": "clean_record"}, "not_a_choice"),
        ("hotel", {"staff_query/yearly_query_on": "last year"}, "not_a_date"),
    ],
)
def test_an_answer_that_the_form_does_not_offer_is_listed(activity, answers, problem) -> None:
    ((path, value),) = answers.items()

    assert visit(activity, answers=answers).problems == (Problem(f"/data/{path}", problem, value),)


def test_a_sign_whose_turn_is_blank_is_none() -> None:
    assert visit("bar", signs=[dict.fromkeys(SIGN, "")]).signs == ()


def test_a_form_that_does_not_ask_leaves_none() -> None:
    assert [getattr(visit("tobacco"), name) for name in TYPED] == [None] * len(TYPED)


def test_a_group_in_which_nothing_was_answered_is_none() -> None:
    blank = dict.fromkeys(("stays/stays_sampled", "stays/contact_missing", "stays/relationship_missing"), "")

    assert visit("hotel", answers=blank | {"stays/not_registered": ""}).stays is None


def test_signs_are_registered_with_their_place_state_and_picture() -> None:
    missing = {"sign": "restricted", "sign_place": "hall", "sign_state": "missing", "sign_note": "已拆除"}

    seen = visit("arcade", photos=[{}], signs=[{"sign_minor_possible": ""}, missing | {"sign_photo": ""}])

    assert seen.signs == (
        Sign("no_minors", "door", "present", "sign.jpg", ""),
        Sign("restricted", "hall", "missing", "", "已拆除"),
    )
    assert [(photo.file, photo.minor_possible) for photo in seen.photos] == [
        ("front.jpg", False),
        ("sign.jpg", None),  # nobody said: it counts as yes
    ]
    assert (seen.photos[1].sha256, seen.photos[1].taken_at) == (
        "0" * 64,
        datetime(2026, 11, 20, 10, 5, tzinfo=SHANGHAI),
    )
    assert "sign.jpg" in seen.file_names


def test_the_kind_of_day_is_kept_as_the_officers_saw_it() -> None:
    unknown = {"day/school_vacation": "unknown", "day/vacation_source": ""}

    assert visit("script_play").day == DayAsSeen("workday", "no", "校历")
    assert visit("script_play", answers=unknown).day == DayAsSeen("workday", "unknown", "")


def test_samples_are_counts() -> None:
    assert visit("arcade", answers={"devices/devices_used_by_minors": "2"}).devices == GameDevices(40, 2)
    assert visit("hotel", answers={"stays/contact_missing": "1"}).stays == StaySample(4, 1, 0, 0)
    assert visit("medical_aesthetics").consents == ConsentSample(3, 0, 1, 0)
    assert visit("script_play", answers={"scripts/scripts_not_filed": "2"}).scripts == ScriptSample(5, 2, 0)


def test_rooms_of_an_esports_area_are_counted_one_by_one() -> None:
    rooms = [{}, {"room": "802", "beds": "6", "computers": "7", "guests": "6"}]

    assert visit("esports_hotel", rooms=rooms).esports == EsportsArea(
        "mixed", 6, (EsportsRoom("801", 2, 2, 1), EsportsRoom("802", 6, 7, 6))
    )


def test_queries_about_staff_are_seen_or_not_and_dated() -> None:
    none = {"staff_query/yearly_query_seen": "not_seen", "staff_query/yearly_query_on": ""}

    assert visit("medical_aesthetics", answers=none).staff_query == StaffQuery(
        "yes", "seen", date(2026, 10, 9), "not_seen", None
    )


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_a_clean_visit_of_any_activity_is_read_whole(activity) -> None:
    seen = visit(activity, photos=[{}], signs=[{}] if "/data/signs" in form_of(activity).questions else [])

    assert seen.problems == seen.others == ()
    assert {answer.value for answer in seen.answers} <= {"compliant", "not_checked"}
    assert all(answer.duty_ids and answer.clause_ids for answer in seen.answers)
