"""What breaks which duty, and what stays for a human."""

from datetime import date

import pytest

from backend.inspections import rules

MEASURED = {
    "measurement/measured": "yes",
    "measurement/measured_way": "boundary_straight_line",
    "measurement/measured_m": "164.8",
    "duties/school_distance": "breach",
}


def breaches(visit, day):
    return rules.breaches(rules.judge(visit, day), visit.form_id, day)


def duties(found):
    return {breach.duty_id: breach.doubts for breach in found}


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        pytest.param({}, {}, id="nothing"),
        pytest.param({"not_verified": "0", "mismatched": "0", "confirmed_16_17": "0"}, {}, id="zeros"),
        pytest.param({"confirmed_16_17": "1"}, {"ACC-NET-1": ()}, id="confirmed minor: entering is enough"),
        pytest.param({"confirmed_under_14": "1", "apparent_14_15": "2"}, {"ACC-NET-1": ()}, id="both"),
        pytest.param({"apparent_14_15": "2"}, {"ACC-NET-1": ("age_not_confirmed",)}, id="apparent only"),
        pytest.param({"minors_seen": "yes"}, {"ACC-NET-1": ("age_not_confirmed",)}, id="seen, not counted"),
        pytest.param({"eighteen_today": "1"}, {"ACC-NET-1": ("eighteenth_birthday",)}, id="birthday"),
        pytest.param({"not_verified": "2"}, {"IDC-2": ()}, id="not verified"),
        pytest.param({"mismatched": "1"}, {"IDC-2": ("mismatch",)}, id="mismatch"),
        pytest.param({"mismatched": "1", "not_verified": "1"}, {"IDC-2": ()}, id="mismatch and not verified"),
        pytest.param(
            {"method": "covert", "confirmed_16_17": "1", "not_verified": "1"},
            {"ACC-NET-1": ("covert_without_approval",), "IDC-2": ("covert_without_approval",)},
            id="covert without approval",
        ),
        pytest.param(
            {"method": "covert", "covert_approval": "暗访2026-7", "confirmed_16_17": "1"},
            {"ACC-NET-1": ()},
            id="covert with approval",
        ),
    ],
)
def test_what_id_checks_show(visit, today, check, expected):
    assert duties(breaches(visit(id_checks=[check]), today)) == expected


@pytest.mark.parametrize(
    ("answers", "doubts"),
    [
        pytest.param({}, (), id="inside, the rule's own way"),
        pytest.param({"measurement/measured": "no"}, ("not_measured_on_site",), id="not measured"),
        pytest.param({"measurement/measured_m": ""}, ("not_measured_on_site",), id="no number"),
        pytest.param(
            {"measurement/measured_way": "gate_to_door_walking"}, ("measured_another_way",), id="walked"
        ),
        pytest.param({"measurement/measured_m": "199.9"}, (), id="just inside"),
        pytest.param(
            {"measurement/measured_m": "200"},
            ("measured_at_or_beyond_the_limit",),
            id="at a limit nobody settled",
        ),
        pytest.param({"measurement/measured_m": "200.1"}, ("measured_at_or_beyond_the_limit",), id="beyond"),
    ],
)
def test_a_distance_is_a_breach_with_its_measurement_only(visit, today, answers, doubts):
    assert duties(breaches(visit(answers=MEASURED | answers), today)) == {"BUF-NET-1": doubts}


def test_a_distance_that_no_authority_set_is_for_a_human(visit, today):
    answers = MEASURED | {"duties/school_distance": "compliant", "duties/kindergarten_distance": "breach"}

    (breach,) = breaches(visit(answers=answers), today)

    assert (breach.duty_id, breach.doubts[0]) == ("BUF-NET-2", "distance_not_set")


@pytest.mark.parametrize("answer", ["compliant", "not_checked", "not_applicable", "maybe"])
def test_other_answers_are_no_breach(visit, today, answer):
    assert breaches(visit(answers={"duties/ban_sign": answer}), today) == ()


def test_a_breach_names_the_clauses_of_the_day_and_every_candidate_basis(visit, today):
    (breach,) = breaches(visit(answers={"duties/minors_refused": "breach"}), today)

    assert (breach.duty_id, breach.reasons, breach.doubts) == ("ACC-NET-1", ("item:minors_refused",), ())
    assert {"internet-cafe-regs:21.1", "sh-minors-regs:44.2", "minors-law:58"} <= set(breach.clauses)
    assert [basis.id for basis in breach.bases] == ["PEN-01", "PEN-10"]
    assert breach.bases[1].clauses == ("internet-cafe-regs:31(2)",)


def test_signs_of_one_duty_are_one_breach_and_one_proof_is_enough(visit, today):
    found = breaches(
        visit(
            answers={"duties/minors_refused": "breach"},
            id_checks=[{"apparent_16_17": "1"}, {"confirmed_14_15": "1"}],
        ),
        today,
    )

    (breach,) = found
    assert breach.reasons == ("item:minors_refused", "id_check:apparent_minors", "id_check:confirmed_minors")
    assert breach.doubts == ()


def test_wording_that_is_not_proven_for_the_day_is_for_a_human(visit, today):
    earlier = today.rulebook.on(date(2023, 5, 1))

    (breach,) = breaches(visit(id_checks=[{"confirmed_16_17": "1"}]), earlier)

    assert breach.doubts == ("wording_not_proven",)


def test_a_duty_that_was_not_in_force_is_for_a_human(visit, today):
    long_ago = today.rulebook.on(date(1990, 1, 1))

    (breach,) = breaches(visit(answers={"duties/ban_sign": "breach"}), long_ago)

    assert (breach.clauses, breach.bases, breach.doubts) == ((), (), ("duty_not_in_force",))
