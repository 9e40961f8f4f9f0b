"""Who broke what on which day: cases per activity, as a lawyer would write them. Limits come first."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import pytest

from backend.inspections.rules import breaches, judge
from backend.rulebook.reading import build, read
from forms.examples import filled_submission
from forms.records import Visit
from forms.submission import parse
from forms.visits import to_visit
from tests.forms.samples import form_of

RULEBOOK = build(read(), 1)
WORKDAY = date(2026, 11, 20)
SATURDAY = date(2026, 11, 21)
NATIONAL_DAY = date(2026, 10, 1)
SUNDAY_AFTER = date(2026, 10, 4)  # no statutory day: art. 2 names 1 to 3 October
MADE_UP = date(2026, 10, 5)  # 3 October is a Saturday
ADJUSTED_OFF = date(2026, 10, 6)
ADJUSTED_WORK = date(2026, 10, 10)  # a Saturday
CHILDREN = date(2026, 6, 1)
SUMMER = date(2026, 7, 15)
UNLOADED = date(2031, 10, 1)

MINOR = {"id_checks": [{"confirmed_16_17": "1"}]}
LOOKS_YOUNG = {"id_checks": [{"apparent_16_17": "1"}]}
BIRTHDAY = {"id_checks": [{"eighteen_today": "1"}]}
ADULT_UNASKED = {"id_checks": [{"not_verified": "2"}]}
ALL_UNASKED = {"id_checks": [{"people_checked": "5", "not_verified": "5", "apparent_16_17": "1"}]}
CHILD_UNASKED = {"id_checks": [{"people_checked": "5", "not_verified": "5", "confirmed_14_15": "1"}]}
SOME_UNASKED = {"id_checks": [{"people_checked": "5", "not_verified": "2", "apparent_16_17": "1"}]}
MISMATCH = {"id_checks": [{"mismatched": "1"}]}
VACATION_UNKNOWN = {"day/school_vacation": "unknown", "day/vacation_source": ""}
VACATION = {"day/school_vacation": "yes", "day/vacation_source": "2026学年校历"}


def items(**answers: str) -> dict[str, Any]:
    """Items of the duties group, by name."""
    return {"answers": {f"duties/{name}": value for name, value in answers.items()}}


def answers(said: Mapping[str, str]) -> dict[str, Any]:
    return {"answers": said}


def hung(kind: str, place: str, state: str) -> dict[str, Any]:
    return {"signs": [{"sign": kind, "sign_place": place, "sign_state": state}]}


def measured(metres: str, item: str, way: str = "boundary_straight_line") -> dict[str, Any]:
    said = {"measurement/measured": "yes", "measurement/measured_way": way, "measurement/measured_m": metres}
    return answers(said | {f"duties/{item}": "breach"})


class Case(NamedTuple):
    """What was seen on a day, and what it means: duty, outcome and the word of the reason."""

    activity: str
    day: date
    seen: dict[str, Any]
    expected: Sequence[tuple[str | None, str, str]]


CASES = {
    # internet cafe: entering is enough, everybody is verified
    "cafe: nothing": Case("internet_cafe", WORKDAY, {}, []),
    "cafe: a minor inside": Case(
        "internet_cafe", WORKDAY, MINOR, [("ACC-NET-1", "violation", "entering_is_enough")]
    ),
    "cafe: a holiday makes no difference": Case(
        "internet_cafe", NATIONAL_DAY, MINOR, [("ACC-NET-1", "violation", "entering_is_enough")]
    ),
    "cafe: an unloaded year makes no difference": Case(
        "internet_cafe", UNLOADED, MINOR, [("ACC-NET-1", "violation", "entering_is_enough")]
    ),
    "cafe: an eighteenth birthday": Case(
        "internet_cafe", WORKDAY, BIRTHDAY, [("ACC-NET-1", "review", "eighteenth_birthday")]
    ),
    "cafe: looks young": Case(
        "internet_cafe", WORKDAY, LOOKS_YOUNG, [("ACC-NET-1", "review", "age_not_confirmed")]
    ),
    "cafe: an adult not verified": Case(
        "internet_cafe", WORKDAY, ADULT_UNASKED, [("IDC-2", "violation", "everybody_is_verified")]
    ),
    "cafe: papers differ": Case("internet_cafe", WORKDAY, MISMATCH, [("IDC-2", "review", "mismatch")]),
    "cafe: no sign at the door": Case(
        "internet_cafe", WORKDAY, hung("no_minors", "door", "missing"),
        [("SGN-1", "violation", "ban_sign_missing"), ("SGN-2", "violation", "ban_sign_missing")],
    ),
    "cafe: a sign of another template": Case(
        "internet_cafe", WORKDAY, hung("no_minors", "door", "not_city_template"),
        [("SGN-1", "review", "template_not_known")],
    ),
    "cafe: a sign that could not be compared": Case(
        "internet_cafe", WORKDAY, hung("no_minors", "door", "not_checkable"), []
    ),
    "cafe: 164.8 m from a school": Case(
        "internet_cafe", WORKDAY, measured("164.8", "school_distance"),
        [("BUF-NET-1", "violation", "item_in_breach")],
    ),
    "cafe: 200 m from a school": Case(
        "internet_cafe", WORKDAY, measured("200", "school_distance"),
        [("BUF-NET-1", "review", "item_in_breach")],
    ),
    "cafe: 5 m from a kindergarten, and no range published": Case(
        "internet_cafe", WORKDAY, measured("5", "kindergarten_distance"),
        [("BUF-NET-2", "review", "item_in_breach")],
    ),
    # song and dance
    "ktv: a minor inside on National Day": Case(
        "song_and_dance", NATIONAL_DAY, MINOR, [("ACC-KTV-1", "violation", "entering_is_enough")]
    ),
    "ktv: an eighteenth birthday": Case(
        "song_and_dance", WORKDAY, BIRTHDAY, [("ACC-KTV-1", "review", "eighteenth_birthday")]
    ),
    "ktv: no sign in a room": Case(
        "song_and_dance", WORKDAY, hung("no_minors", "room", "missing"),
        [("SGN-3", "violation", "inner_sign_missing")],
    ),
    "ktv: in a forbidden place": Case(
        "song_and_dance", WORKDAY, items(site_allowed="breach"),
        [("BUF-KTV-3", "review", "around_has_no_number")],
    ),
    "ktv: 100 m from a school, no way of measuring laid down": Case(
        "song_and_dance", WORKDAY, measured("100", "school_distance"),
        [("BUF-KTV-1", "review", "item_in_breach")],
    ),
    # arcade: the device and not the door; statutory days only
    "arcade: a device on a workday": Case(
        "arcade", WORKDAY, items(devices_refused="breach"), [("ACC-ARC-1", "violation", "item_in_breach")]
    ),
    "arcade: a device on a plain Saturday": Case(
        "arcade", SATURDAY, answers({"devices/devices_used_by_minors": "2"}),
        [("ACC-ARC-1", "violation", "device_in_use")],
    ),
    "arcade: a minor on 2026-10-01": Case(
        "arcade", NATIONAL_DAY, MINOR, [("ACC-ARC-1", "no_violation", "statutory_day_frees_devices")]
    ),
    "arcade: a minor on 2026-10-04": Case(
        "arcade", SUNDAY_AFTER, MINOR, [("ACC-ARC-1", "violation", "device_in_use")]
    ),
    "arcade: a minor on the made-up day": Case(
        "arcade", MADE_UP, MINOR, [("ACC-ARC-1", "no_violation", "statutory_day_frees_devices")]
    ),
    "arcade: a minor on an adjusted day off": Case(
        "arcade", ADJUSTED_OFF, MINOR, [("ACC-ARC-1", "violation", "device_in_use")]
    ),
    "arcade: a minor on an adjusted workday": Case(
        "arcade", ADJUSTED_WORK, MINOR, [("ACC-ARC-1", "violation", "device_in_use")]
    ),
    "arcade: a minor in the summer vacation": Case(
        "arcade", SUMMER, MINOR | answers(VACATION), [("ACC-ARC-1", "violation", "device_in_use")]
    ),
    "arcade: a minor on 1 June": Case(
        "arcade", CHILDREN, MINOR, [("ACC-ARC-1", "violation", "device_in_use")]
    ),
    "arcade: a minor in a year that is not loaded": Case(
        "arcade", UNLOADED, MINOR, [("ACC-ARC-1", "review", "kind_of_day")]
    ),
    "arcade: an eighteenth birthday on a workday": Case(
        "arcade", WORKDAY, BIRTHDAY, [("ACC-ARC-1", "review", "eighteenth_birthday")]
    ),
    "arcade: an eighteenth birthday on National Day": Case(
        "arcade", NATIONAL_DAY, BIRTHDAY, [("ACC-ARC-1", "no_violation", "statutory_day_frees_devices")]
    ),
    "arcade: nobody was asked on a workday": Case(
        "arcade", WORKDAY, ALL_UNASKED,
        [
            ("ACC-ARC-1", "review", "age_not_confirmed"),
            ("IDC-1", "no_violation", "not_hard_to_tell"),
            ("IDC-1", "violation", "looked_like_a_minor"),
        ],
    ),
    "arcade: nobody was asked on National Day": Case(
        "arcade", NATIONAL_DAY, items(ids_asked_in_doubt="breach"),
        [("IDC-1", "review", "minors_allowed_that_day")],
    ),
    "arcade: the sign for forbidden entry": Case(
        "arcade", WORKDAY, hung("no_minors", "door", "present"),
        [("SGN-9", "review", "forbidden_instead_of_restricted")],
    ),
    "arcade: no sign": Case(
        "arcade", WORKDAY, hung("restricted", "door", "missing"),
        [
            ("SGN-1", "violation", "restricted_sign_missing"),
            ("SGN-9", "violation", "restricted_sign_missing"),
        ],
    ),
    # bar
    "bar: a minor inside": Case(
        "bar", SATURDAY, MINOR, [("ACC-BAR-1", "violation", "entering_is_enough")]
    ),
    "bar: alcohol sold": Case(
        "bar", WORKDAY, items(not_sold_to_minors="breach"), [("ACC-ALC-1", "violation", "item_in_breach")]
    ),
    "bar: no sign that alcohol is not sold to minors": Case(
        "bar", WORKDAY, items(not_sold_sign="breach"), [("SGN-4", "review", "item_in_breach")]
    ),
    "bar: an adult not asked": Case(
        "bar", WORKDAY, ADULT_UNASKED, [("IDC-1", "no_violation", "not_hard_to_tell")]
    ),
    "bar: a young-looking person certainly not asked": Case(
        "bar", WORKDAY, ALL_UNASKED,
        [
            ("ACC-BAR-1", "review", "age_not_confirmed"),
            ("IDC-1", "no_violation", "not_hard_to_tell"),
            ("IDC-1", "violation", "looked_like_a_minor"),
        ],
    ),
    "bar: a young-looking person perhaps not asked": Case(
        "bar", WORKDAY, SOME_UNASKED,
        [
            ("ACC-BAR-1", "review", "age_not_confirmed"),
            ("IDC-1", "no_violation", "not_hard_to_tell"),
            ("IDC-1", "review", "was_it_hard_to_tell"),
        ],
    ),
    "bar: a child not asked": Case(
        "bar", WORKDAY, CHILD_UNASKED,
        [
            ("ACC-BAR-1", "violation", "entering_is_enough"),
            ("IDC-1", "no_violation", "not_hard_to_tell"),
            ("IDC-1", "review", "was_it_hard_to_tell"),
        ],
    ),
    # outlets
    "tobacco: sold to a confirmed minor": Case(
        "tobacco", NATIONAL_DAY, MINOR, [("ACC-TOB-1", "violation", "sold_to_a_minor")]
    ),
    "tobacco: a customer turns eighteen": Case(
        "tobacco", WORKDAY, BIRTHDAY, [("ACC-TOB-1", "review", "eighteenth_birthday")]
    ),
    "tobacco: 30 m from a school, radius delegated": Case(
        "tobacco", WORKDAY, measured("30", "site_distance"), [("BUF-TOB-1", "review", "item_in_breach")]
    ),
    "tobacco: a machine": Case(
        "tobacco", WORKDAY, items(no_machines="breach"), [("OPE-TOB-1", "violation", "item_in_breach")]
    ),
    "e-cigarettes: sold to a confirmed minor": Case(
        "e_cigarette", WORKDAY, MINOR, [("ACC-TOB-1", "violation", "sold_to_a_minor")]
    ),
    "e-cigarettes: other flavours": Case(
        "e_cigarette", WORKDAY, items(tobacco_flavour_only="breach"),
        [("OPE-ECG-1", "violation", "item_in_breach")],
    ),
    "alcohol: sold to a confirmed minor": Case(
        "alcohol", WORKDAY, MINOR, [("ACC-ALC-1", "violation", "sold_to_a_minor")]
    ),
    "alcohol: no sign": Case(
        "alcohol", WORKDAY, hung("not_sold_to_minors", "counter", "missing"),
        [("SGN-4", "violation", "sold_sign_missing")],
    ),
    "alcohol: a hidden sign": Case(
        "alcohol", WORKDAY, hung("not_sold_to_minors", "counter", "damaged_or_hidden"),
        [("SGN-4", "review", "sold_sign_hidden")],
    ),
    "welfare lottery: a prize paid": Case(
        "welfare_lottery", WORKDAY, items(no_prize_to_minors="breach"),
        [("OPE-LOT-1", "violation", "item_in_breach")],
    ),
    "welfare lottery: a ticket sold": Case(
        "welfare_lottery", WORKDAY, MINOR, [("ACC-LOT-1", "violation", "sold_to_a_minor")]
    ),
    "sports lottery: a ticket sold": Case(
        "sports_lottery", WORKDAY, items(not_sold_to_minors="breach"),
        [("ACC-LOT-1", "violation", "item_in_breach")],
    ),
    "sports lottery: no slogan": Case(
        "sports_lottery", WORKDAY, hung("slogan", "counter", "missing"),
        [("SGN-5", "violation", "slogan_missing")],
    ),
    # lodging
    "hotel: a minor stays": Case(
        "hotel", WORKDAY, MINOR, [("ACC-HOT-1", "no_violation", "minors_may_stay")]
    ),
    "hotel: a guest not verified": Case(
        "hotel", WORKDAY, ADULT_UNASKED, [("IDC-3", "violation", "everybody_is_verified")]
    ),
    "hotel: the contact was not asked": Case(
        "hotel", WORKDAY, answers({"stays/contact_asked": "breach"}),
        [("ACC-HOT-1", "violation", "item_in_breach")],
    ),
    "hotel: the contact is not written down": Case(
        "hotel", WORKDAY, answers({"stays/contact_missing": "1"}),
        [
            ("REG-HOT-2", "violation", "stay_not_registered"),
            ("ACC-HOT-1", "review", "asked_but_not_written"),
        ],
    ),
    "e-sports hotel: a minor in the area": Case(
        "esports_hotel", WORKDAY, MINOR, [("ACC-ESP-1", "review", "entering_is_enough")]
    ),
    "e-sports hotel: six beds and six computers": Case(
        "esports_hotel", WORKDAY, {"rooms": [{"beds": "6", "computers": "6", "guests": "6"}]}, []
    ),
    "e-sports hotel: seven beds": Case(
        "esports_hotel", WORKDAY, {"rooms": [{"beds": "7", "computers": "7"}]},
        [("OPE-ESP-1", "review", "room_over_its_beds")],
    ),
    "e-sports hotel: three computers and two beds": Case(
        "esports_hotel", WORKDAY, {"rooms": [{"beds": "2", "computers": "3"}]},
        [("OPE-ESP-1", "review", "room_over_its_beds")],
    ),
    # tattoo, medical aesthetics
    "tattoo: a minor": Case("tattoo", WORKDAY, MINOR, [("ACC-TAT-1", "violation", "minor_tattooed")]),
    "tattoo: a guardian consented": Case(
        "tattoo", WORKDAY, items(consent_not_relied_on="breach"),
        [("ACC-TAT-1", "violation", "consent_does_not_help")],
    ),
    "tattoo: a customer turns eighteen": Case(
        "tattoo", WORKDAY, BIRTHDAY, [("ACC-TAT-1", "review", "eighteenth_birthday")]
    ),
    "aesthetics: a minor": Case(
        "medical_aesthetics", WORKDAY, MINOR, [("ACC-MED-1", "no_violation", "consent_decides")]
    ),
    "aesthetics: treated without consent": Case(
        "medical_aesthetics", WORKDAY, items(guardian_consents="breach"),
        [("ACC-MED-1", "violation", "item_in_breach")],
    ),
    "aesthetics: no consent on file": Case(
        "medical_aesthetics", WORKDAY, answers({"consents/consent_missing": "1"}),
        [("REG-MED-1", "review", "consent_not_on_file"), ("ACC-MED-1", "review", "consent_not_seen")],
    ),
    "aesthetics: no yearly query": Case(
        "medical_aesthetics", WORKDAY, answers({"staff_query/yearly_query": "breach"}),
        [("STF-2", "violation", "item_in_breach")],
    ),
    "aesthetics: no yearly query, unit not settled": Case(
        "medical_aesthetics", WORKDAY,
        answers({"staff_query/yearly_query": "breach", "staff_query/close_contact": "undecided"}),
        [("STF-2", "review", "close_contact_not_settled")],
    ),
    # script-play: wider than the arcade; the duty itself waits to be confirmed
    "script-play: a school day": Case(
        "script_play", WORKDAY, MINOR, [("ACC-SCR-1", "review", "served_on_a_school_day")]
    ),
    "script-play: a plain Saturday": Case(
        "script_play", SATURDAY, MINOR, [("ACC-SCR-1", "no_violation", "day_off_frees_script_play")]
    ),
    "script-play: a Saturday worked": Case(
        "script_play", ADJUSTED_WORK, MINOR, [("ACC-SCR-1", "review", "served_on_a_school_day")]
    ),
    "script-play: National Day": Case(
        "script_play", NATIONAL_DAY, MINOR, [("ACC-SCR-1", "no_violation", "day_off_frees_script_play")]
    ),
    "script-play: in July, vacation unknown": Case(
        "script_play", SUMMER, MINOR | answers(VACATION_UNKNOWN), [("ACC-SCR-1", "review", "kind_of_day")]
    ),
    "script-play: in July, vacation by the calendar": Case(
        "script_play", SUMMER, MINOR | answers(VACATION),
        [("ACC-SCR-1", "no_violation", "day_off_frees_script_play")],
    ),
    "script-play: in July, vacation according to nobody": Case(
        "script_play", SUMMER, MINOR | answers(VACATION | {"day/vacation_source": ""}),
        [("ACC-SCR-1", "review", "kind_of_day")],
    ),
    "script-play: a year that is not loaded": Case(
        "script_play", UNLOADED, MINOR, [("ACC-SCR-1", "review", "kind_of_day")]
    ),
    "script-play: an unsuitable scene on a Saturday": Case(
        "script_play", SATURDAY, items(unsuitable_scenes_closed="breach"),
        [("OPE-SCR-1", "review", "item_in_breach")],
    ),
    "script-play: no ages": Case(
        "script_play", WORKDAY, answers({"scripts/scripts_without_ages": "1"}),
        [("SGN-7", "review", "script_without_ages")],
    ),
    # on-demand cinema
    "cinema: no notice": Case(
        "on_demand_cinema", WORKDAY, hung("film_notice", "hall", "missing"),
        [("ACC-ODC-1", "review", "film_notice_missing")],
    ),
    "cinema: nothing": Case("on_demand_cinema", WORKDAY, {}, []),
}  # fmt: skip


def visit_of(activity: str, seen: Mapping[str, Any]) -> Visit:
    form = form_of(activity)
    return to_visit(parse(filled_submission(form, **seen)), form)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_was_seen_is_judged_by_the_day_and_the_duty(case: Case) -> None:
    judged = judge(visit_of(case.activity, case.seen), RULEBOOK.on(case.day))

    assert [(one.duty_id, one.outcome, one.reason) for one in judged] == list(case.expected)


def test_cases_are_there_for_every_activity() -> None:
    assert {case.activity for case in CASES.values()} == set(RULEBOOK.on(WORKDAY).activities)


@pytest.mark.parametrize("activity", sorted({case.activity for case in CASES.values()}))
def test_a_clean_visit_shows_no_sign(activity: str) -> None:
    assert judge(visit_of(activity, {}), RULEBOOK.on(WORKDAY)) == ()


def test_an_acquittal_says_why_in_both_languages_and_by_which_clauses() -> None:
    (one,) = judge(visit_of("arcade", MINOR), RULEBOOK.on(NATIONAL_DAY))

    assert one.because is not None
    assert "法定节假日" in one.because.zh
    assert "statutory holiday" in one.because.en
    assert {"sh-minors-regs:44.2", "holiday-measures:2"} <= set(one.clauses)
    assert one.doubts == ()
    assert breaches([one], "arcade", RULEBOOK.on(NATIONAL_DAY)) == ()


def test_an_acquittal_of_one_sign_does_not_help_against_another() -> None:
    day = RULEBOOK.on(WORKDAY)

    (_, idc) = breaches(judge(visit_of("bar", ALL_UNASKED), day), "bar", day)

    assert (idc.duty_id, idc.doubts) == ("IDC-1", ())


def test_entertainment_regulations_judge_no_bar() -> None:
    (one,) = judge(visit_of("bar", MINOR), RULEBOOK.on(WORKDAY))

    assert one.clauses == ("sh-minors-regs:44.2", "minors-law:58")


def test_the_fine_for_selling_does_not_answer_a_prize() -> None:
    day = RULEBOOK.on(WORKDAY)

    (one,) = breaches(judge(visit_of("welfare_lottery", items(no_prize_to_minors="breach")), day),
                      "welfare_lottery", day)  # fmt: skip

    assert one.clauses == ("sh-minors-regs:45.2", "minors-law:59.1", "lottery-regs:26.3")
    assert [basis.id for basis in one.bases] == ["PEN-01"]


def test_rules_on_cigarettes_judge_no_e_cigarette() -> None:
    (one,) = judge(visit_of("e_cigarette", MINOR), RULEBOOK.on(WORKDAY))

    assert one.clauses == ("sh-minors-regs:45.2", "minors-law:59.1")
