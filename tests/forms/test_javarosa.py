"""The cafe form in JavaRosa, the engine of ODK Collect: what it asks and refuses, and that we read it."""

from pathlib import Path

import pytest

from forms.build import compile_checklist
from forms.submission import parse
from forms.visits import to_visit
from tests.forms.javarosa import fill, need_java, run
from tests.forms.samples import (
    CHECKLISTS,
    cafe_form,
    cafe_script,
    cafe_submission,
    without_device,
    write_media,
)

VISIT_ID = "0b54c2a8-19d2-4a4c-93a0-0f2f0b6a2d31"
LISTED = {
    "place/listed_name": "蓝星网吧",
    "place/listed_address": "示例路1弄2号",
    "place/listed_licence": "沪网文0001",
}
VIOLATION = {
    **LISTED,
    "measurement/measured": "yes",
    "measurement/site_id": "7",
    "measurement/measured_way": "boundary_straight_line",
    "measurement/instrument": "laser",
    "measurement/measured_from": "东侧围墙转角",
    "measurement/measured_to": "正门中点",
    "measurement/measured_m": "187.4",
    "duties/minors_refused": "breach",
    "duties/minors_refused_note": "二楼包间有两名学生",
    "duties/school_distance": "breach",
    "duties/school_distance_note": "见现场测量",
    "measures/measures_taken": "order propose_case",
    "measures/order_text": "停止接纳未成年人",
    "measures/order_due_on": "2199-12-31",
    "signatures/person_signing": "refused",
    "signatures/person_signature": "",
    "signatures/refusal_reason": "称需请示",
    "signatures/witness_name": "丁",
    "signatures/witness_signature": "witness.png",
}
CHECKS = [
    {
        "minors_seen": "yes",
        "not_verified": "2",
        "confirmed_14_15": "1",
        "apparent_16_17": "1",
        "eighteen_today": "0",
    },
    {"method": "covert", "covert_approval": "批〔2026〕3号"},
]
PHOTOS = [{}, {"photo": "b.jpg", "minor_possible": "yes", "about": "minors_refused ban_sign"}]


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return write_media(tmp_path)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"answers": LISTED}, id="clean"),
        pytest.param(
            {"visit_id": VISIT_ID, "answers": VIOLATION, "id_checks": CHECKS, "photos": PHOTOS},
            id="violation",
        ),
        pytest.param(
            {
                "venue_id": None,
                "answers": {"place/venue_name": "星空网吧", "place/venue_address": "示例路 1 弄"},
            },
            id="venue in no list",
        ),
    ],
)
def test_what_javarosa_writes_is_read_as_the_same_visit_as_our_sample(media, said) -> None:
    form = cafe_form()

    filled = to_visit(parse(fill(form.path, media, [*cafe_script(**said), "validate"])), form)

    assert without_device(filled) == without_device(to_visit(parse(cafe_submission(**said)), form))
    assert filled.problems == filled.others == ()
    assert filled.device_started_at is not None
    assert all(photo.taken_at for photo in filled.photos)


def test_the_form_refuses_what_cannot_be(media) -> None:
    refused = {
        "arrival/officer_2_certificate": "SH-0001",  # the same officer twice
        "id_checks[1]/people_checked": "-1",
        "id_checks[1]/not_verified": "9",  # of five checked
        "duties/school_distance": "breach",  # without a measurement
        "measures/measures_taken": "none order",
        "measures/order_due_on": "2020-01-01",
    }
    order = "set\t/data/measures/measures_taken\torder"
    before = [*cafe_script(), order]

    results = run(cafe_form().path, media, [*before, *(f"set\t/data/{p}\t{v}" for p, v in refused.items())])

    assert dict(zip(refused, results[len(before) :], strict=True)) == dict.fromkeys(
        refused, "CONSTRAINT VIOLATED"
    )


def test_what_is_missing_is_asked_for_with_its_reason(media) -> None:
    asked_when = {
        "arrival/trigger_reason": ("arrival/visit_reason", "triggered"),
        "arrival/no_check_code_reason": ("arrival/has_check_code", "no"),
        "arrival/no_second_officer_reason": ("arrival/second_officer", "no"),
        "arrival/officer_1_expired": ("arrival/officer_1_valid_to", "2020-01-01"),
        "place/venue_name": ("place/venue_listed", "no"),
        "place/no_position_reason": ("place/position", ""),
        "duties/patrol_note": ("duties/patrol", "not_checked"),
        "no_id_check_reason": ("id_checks_made", "no"),
        "measures/harm_reported_to": ("measures/harm_seen", "yes"),
        "signatures/refusal_reason": ("signatures/person_present", "no"),
    }
    before = cafe_script()
    asks = [f"rel\t/data/{path}" for path in asked_when]
    changes = [f"set\t/data/{path}\t{value}" for path, value in asked_when.values()]

    results = run(cafe_form().path, media, [*before, *asks, *changes, *asks])

    assert dict(zip(asked_when, results[len(before) :], strict=False)) == dict.fromkeys(asked_when, "false")
    assert dict(zip(asked_when, results[-len(asks) :], strict=True)) == dict.fromkeys(asked_when, "true")


@pytest.mark.parametrize("path", sorted(CHECKLISTS.glob("*.md")), ids=lambda path: path.stem)
def test_odk_validate_accepts_the_form(path) -> None:
    need_java()

    assert compile_checklist(path, validate=True).warnings == ()
