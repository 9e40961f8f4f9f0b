"""What a supervisor should see: filed all the same, and listed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backend.inspections.flags import Circumstances, Limits, flags
from backend.inspections.quality import Bounds
from tests.forms.samples import PHOTO

RECEIVED = datetime(2026, 11, 20, 2, 27, tzinfo=UTC)  # two minutes after the form was ended
BOUNDS = Bounds(answer_s=3, same_answers=10, same_visits=3, apart_m=300, fastest_kmh=130)
LIMITS = Limits(clock_skew_s=300, late_s=72 * 3600, far_m=300, bounds=BOUNDS)
SIGNATURES = {"person.png": "1" * 64, "officer1.png": "2" * 64, "officer2.png": "3" * 64}


def known(**columns):
    usual = {"received_at": RECEIVED, "sent_at": RECEIVED, "venue_known": True, "files": SIGNATURES}
    return Circumstances(fact_on=date(2026, 11, 20), **(usual | columns))


def flagged(visit, answers=None, *, photos=(), id_checks=({},), **columns):
    return flags(visit(answers=answers, photos=photos, id_checks=id_checks), known(**columns), LIMITS)


def test_a_visit_in_order_has_no_flags(visit):
    assert flagged(visit) == {}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"arrival/second_officer": "no"}, "no_second_officer"),
        ({f"arrival/officer_2_{n}": "" for n in ("name", "certificate", "valid_to")}, "no_second_officer"),
        ({"arrival/officer_2_certificate": " sh-0001"}, "same_officer_twice"),
        ({"arrival/officer_2_certificate": ""}, "certificate_missing"),
        ({"arrival/officer_1_valid_to": "2026-11-19"}, "certificate_expired"),
        ({"arrival/officer_1_valid_to": ""}, "certificate_undated"),
        ({"arrival/credentials_shown": "no"}, "credentials_not_shown"),
        ({"arrival/check_code": ""}, "no_check_code"),
        ({"place/position": ""}, "no_position"),
        ({"arrival/visit_reason": "because"}, "unreadable_answer"),
        ({"end": "2026-11-20T10:40:00+08:00"}, "clock_skew"),
        ({"start": "2026-11-10T10:00:00+08:00", "end": "2026-11-10T10:40:00+08:00"}, "sent_late"),
        ({"end": ""}, "no_device_time"),
    ],
)
def test_what_the_form_shows_is_flagged(visit, answers, expected):
    assert flagged(visit, answers) == {expected: 1}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"venue_known": False}, "venue_unknown"),
        ({"activity_registered": False}, "activity_not_registered"),
        ({"in_area": False}, "outside_area"),
        ({"in_charge": False}, "outside_agency"),
        ({"away_m": 300.5}, "far_from_venue"),
        ({"same_day": True}, "same_day"),
        ({"masked": 1}, "personal_number_masked"),
        ({"sent_at": RECEIVED - timedelta(seconds=301)}, "clock_skew"),
        ({"sent_at": RECEIVED + timedelta(seconds=301)}, "clock_skew"),
        ({"certificates": {"SH-0002": date(2026, 11, 19)}}, "certificate_expired"),
        ({"own_certificate": "SH-0003"}, "sender_not_among_officers"),
        ({"files": SIGNATURES | {"more.jpg": "4" * 64}}, "unnamed_file"),
        ({"files": {name: SIGNATURES[name] for name in ("person.png", "officer1.png")}}, "missing_file"),
    ],
)
def test_what_the_register_knows_is_flagged(visit, columns, expected):
    assert flagged(visit, **columns) == {expected: 1}


@pytest.mark.parametrize(
    ("answers", "columns"),
    [
        pytest.param({}, {"sent_at": RECEIVED - timedelta(seconds=300)}, id="at the limit of the clocks"),
        pytest.param({}, {"away_m": 300.0}, id="at the limit of the distance"),
        pytest.param({"arrival/officer_1_valid_to": "2026-11-20"}, {}, id="the last day of a certificate"),
        pytest.param(
            {"arrival/officer_1_valid_to": ""}, {"certificates": {"SH-0001": date(2027, 1, 1)}}, id="dated"
        ),
        pytest.param({}, {"own_certificate": "sh-0001 "}, id="the sender's own certificate"),
    ],
)
def test_limits_are_not_flagged(visit, answers, columns):
    assert flagged(visit, answers, **columns) == {}


def test_filled_in_offline_and_sent_hours_later_is_no_wrong_clock(visit):
    later = RECEIVED + timedelta(hours=7)

    assert flagged(visit, received_at=later, sent_at=later) == {}


@pytest.mark.parametrize(
    ("captured", "arrived", "expected"),
    [("a" * 64, "b" * 64, {"hash_mismatch": 1}), ("A" * 64, "a" * 64, {}), ("", "b" * 64, {})],
)
def test_the_hash_at_capture_is_held_against_what_arrived(visit, captured, arrived, expected):
    files = SIGNATURES | {"front.jpg": arrived}

    assert flagged(visit, photos=[PHOTO | {"sha256": captured}], files=files) == expected


def test_a_covert_check_needs_its_approval(visit):
    assert flagged(visit, id_checks=[{"method": "covert"}]) == {"covert_without_approval": 1}
