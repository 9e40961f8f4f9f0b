"""Procedures as data: refused when they contradict themselves, and what the shipped ones say."""

from typing import Any

import pytest

from backend.accounts.rules import Authority
from backend.rulebook.procedure import Actor, Pause, Step, Unit, problems_of_procedures
from backend.rulebook.reading import Document, build
from backend.rulebook.rules import Rulebook, RulebookInvalid, RulebookOnDay

PROCESSED = ("GENERAL", "SAMR", "CULTURE", "TOBACCO")


def profile(document: Document, name: str = "GENERAL") -> dict[str, Any]:
    return next(row for row in document["procedure"] if row["id"] == name)


def step(document: Document, name: str) -> dict[str, Any]:
    steps: list[dict[str, Any]] = profile(document)["steps"]
    return next(row for row in steps if row["id"] == name)


@pytest.mark.parametrize(
    ("name", "change", "problem"),
    [
        ("file_case", {"clauses": []}, "file_case: names no clause"),
        ("file_case", {"clauses": ["penalty-law:999"]}, "penalty-law:999 is not in clauses"),
        ("file_case", {"to": "limbo"}, "limbo is no state"),
        ("file_case", {"out_of": ["limbo"]}, "limbo is no state"),
        ("file_case", {"starts": ["sundial"]}, "sundial is no clock"),
        ("file_case", {"stops": ["sundial"]}, "sundial is no clock"),
        ("decide_penalty", {"waits_for": ["sundial"]}, "sundial is no clock"),
        ("request_hearing", {"within": ["sundial"]}, "sundial is no clock"),
        ("decide_penalty", {"after": ["dream"]}, "dream is no step"),
        ("file_case", {"to": "archived"}, "investigating is never reached"),
        ("close", {"out_of": ["no_penalty", "transferred"]}, "performed is a dead end"),
        ("end_appraisal", {"ends": "REFUND"}, "no step begins refund"),
        ("file_case", {"actor": "MAYOR"}, "'MAYOR'"),
        ("file_case", {"id": "close"}, "close stands twice in steps"),
    ],
)
def test_a_step_that_leads_nowhere_is_not_loaded(
    document: Document, name: str, change: dict[str, Any], problem: str
) -> None:
    step(document, name).update(change)

    with pytest.raises(RulebookInvalid) as refused:
        build(document, 1)

    assert problem in str(refused.value)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"count": 0}, "decision: 0 is no length of time"),
        ({"clauses": []}, "decision: a number that no clause says is a setting"),
        ({"clauses": ["penalty-law:999"]}, "decision: penalty-law:999 is not in clauses"),
        ({"unit": "HOUR", "excludes": ["HEARING"]}, "decision: hours leave nothing out"),
        ({"follows": "court"}, "decision: court is no clock that it can follow"),
    ],
)
def test_a_clock_that_cannot_run_is_not_loaded(
    document: Document, change: dict[str, Any], problem: str
) -> None:
    next(clock for clock in profile(document)["clocks"] if clock["id"] == "decision").update(change)

    with pytest.raises(RulebookInvalid) as refused:
        build(document, 1)

    assert problem in str(refused.value)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"base": "NOBODY"}, "SAMR: NOBODY is no profile that can be a base"),
        ({"base": "CULTURE"}, "SAMR: CULTURE is no profile that can be a base"),
        ({"starts": ["sundial"]}, "SAMR: sundial is no clock"),
        ({"anew": "limbo"}, "limbo to begin anew"),
        ({"start": "limbo"}, "SAMR: limbo is no state to begin with"),
        ({"adds": {"dream": {"clauses": []}}}, "SAMR: dream is no step of the base"),
    ],
)
def test_a_profile_stands_on_a_base_that_is_there(
    document: Document, change: dict[str, Any], problem: str
) -> None:
    profile(document, "SAMR").update(change)

    with pytest.raises(RulebookInvalid) as refused:
        build(document, 1)

    assert problem in str(refused.value)


def test_every_kind_of_authority_has_a_profile_and_police_matters_are_not_processed(
    today: RulebookOnDay,
) -> None:
    assert {one.value for one in Authority} == set(today.profiles)
    assert [name for name, one in today.profiles.items() if not one.processed] == ["POLICE"]


def test_a_matter_of_the_police_is_out_of_time_after_six_months(today: RulebookOnDay) -> None:
    clock = today.procedure("POLICE").clocks["limitation"]

    assert (clock.count, clock.unit, clock.clauses) == (6, Unit.MONTH, ("security-law:25",))


def test_as_shipped_nothing_is_wrong(rulebook: Rulebook) -> None:
    clauses = {clause.id for clause in rulebook.clauses}

    assert list(problems_of_procedures(rulebook.procedure, clauses)) == []


@pytest.mark.parametrize("name", PROCESSED)
def test_every_clause_of_a_procedure_can_be_cited(today: RulebookOnDay, name: str) -> None:
    one = today.procedure(name)
    named = {clause for row in (*one.steps.values(), *one.clocks.values()) for clause in row.clauses}

    assert all(today.citation(clause) for clause in named)


@pytest.mark.parametrize("name", PROCESSED)
def test_nobody_reviews_or_hears_a_case_that_they_investigate(today: RulebookOnDay, name: str) -> None:
    reviewing = [one for one in today.procedure(name).steps.values() if one.actor is Actor.REVIEWER]

    assert {one.id for one in reviewing} == {
        "pass_review", "return_review", "call_hearing", "hold_hearing", "abandon_hearing",
    }  # fmt: skip
    assert all(one.apart_from_officers for one in reviewing)


@pytest.mark.parametrize("name", PROCESSED)
def test_no_penalty_is_decided_before_the_party_was_told_and_its_time_is_over(
    today: RulebookOnDay, name: str
) -> None:
    one = today.procedure(name)

    for decides in ("decide_penalty", "decide_together"):
        assert one.steps[decides].after == ("serve_notice", "serve_notice_of_hearing")
        assert one.steps[decides].waits_for == ("statement", "hearing_request")


NUMBERS = {  # clock: count, unit, confirmed; typed from PROCEDURE.md, not from our YAML
    "GENERAL": {
        "verify": (None, Unit.WORKING_DAY, True), "decision": (90, Unit.NATURAL_DAY, True),
        "preservation": (7, Unit.WORKING_DAY, True), "seizure": (30, Unit.NATURAL_DAY, True),
        "seizure_report": (24, Unit.HOUR, True), "review": (None, Unit.WORKING_DAY, True),
        "statement": (5, Unit.WORKING_DAY, False), "hearing_request": (5, Unit.WORKING_DAY, True),
        "hearing_notice": (7, Unit.WORKING_DAY, True), "service": (7, Unit.WORKING_DAY, True),
        "payment": (15, Unit.NATURAL_DAY, True), "reconsideration": (60, Unit.NATURAL_DAY, True),
        "suit": (6, Unit.MONTH, True), "urged": (10, Unit.WORKING_DAY, True),
        "court": (3, Unit.MONTH, True), "withdrawal": (3, Unit.WORKING_DAY, True),
        "limitation": (24, Unit.MONTH, True), "limitation_long": (60, Unit.MONTH, True),
        "public_notice": (30, Unit.NATURAL_DAY, False), "re_inspection": (5, Unit.WORKING_DAY, False),
        "summary_report": (None, Unit.WORKING_DAY, True), "closing": (None, Unit.WORKING_DAY, True),
        "crime_transfer": (3, Unit.NATURAL_DAY, True), "crime_handing": (24, Unit.HOUR, True),
        "handing": (None, Unit.WORKING_DAY, True),
    },
    "SAMR": {
        "verify": (15, Unit.WORKING_DAY, True), "review": (10, Unit.WORKING_DAY, True),
        "statement": (5, Unit.WORKING_DAY, True), "public_notice": (30, Unit.NATURAL_DAY, True),
        "summary_report": (7, Unit.WORKING_DAY, True), "closing": (15, Unit.WORKING_DAY, True),
        "preservation_report": (24, Unit.HOUR, True), "publication": (20, Unit.WORKING_DAY, True),
    },
    "CULTURE": {"verify": (7, Unit.NATURAL_DAY, False)},
    "TOBACCO": {"suit": (6, Unit.MONTH, False), "court": (3, Unit.MONTH, False)},
}  # fmt: skip


@pytest.mark.parametrize("name", PROCESSED)
def test_the_numbers_are_those_of_the_research(today: RulebookOnDay, name: str) -> None:
    clocks = today.procedure(name).clocks

    found = {clock.id: (clock.count, clock.unit, clock.confirmed) for clock in clocks.values()}

    assert found == NUMBERS["GENERAL"] | NUMBERS[name]


TRANSFERS = {  # of a transfer: count, unit; typed from the rules on suspected crimes
    "POLICE_CRIME": {
        "approval": (3, Unit.NATURAL_DAY), "handing": (24, Unit.HOUR),
        "examination": (3, Unit.NATURAL_DAY), "material": (3, Unit.NATURAL_DAY),
        "objection": (3, Unit.NATURAL_DAY), "reconsideration": (3, Unit.NATURAL_DAY),
        "supervision": (3, Unit.NATURAL_DAY),
    },
    **{
        name: {"handing": (None, Unit.WORKING_DAY), "designation": (None, Unit.WORKING_DAY)}
        for name in ("DEPARTMENT", "POLICE_LEAD", "PROCURATORATE")
    },
}  # fmt: skip


def test_a_transfer_runs_by_the_numbers_of_its_text_and_no_other(today: RulebookOnDay) -> None:
    found = {
        name: {clock.id: (clock.count, clock.unit) for clock in today.transfer(name).clocks.values()}
        for name in today.transfers
    }

    assert found == TRANSFERS


def test_nothing_else_becomes_of_a_case_while_a_suspected_crime_is_being_reported(
    today: RulebookOnDay,
) -> None:
    for name in PROCESSED:
        steps = today.procedure(name).steps.values()
        barred = {one.id for one in steps if "crime_transfer" in one.barred_by}

        assert barred == {
            "decide_penalty", "decide_together", "decide_on_the_spot", "decide_no_penalty",
            "transfer_other", "pass_on",
        }  # fmt: skip


def test_the_time_for_an_answer_that_nobody_read_is_a_setting(document: Document) -> None:
    clocks = {row["id"]: row for row in document["reply_clocks"]}
    clocks["REPLY-AGENCY"]["confirmed"] = True

    with pytest.raises(RulebookInvalid) as refused:
        build(document, 1)

    assert "REPLY-AGENCY: a confirmed clock has a clause that says its number" in str(refused.value)


def test_the_market_bureau_leaves_out_what_its_rules_say_and_others_nothing(today: RulebookOnDay) -> None:
    assert set(today.procedure("SAMR").clocks["decision"].excludes) == set(Pause)
    for name in ("GENERAL", "CULTURE", "TOBACCO"):
        assert today.procedure(name).clocks["decision"].excludes == ()


def test_a_clock_is_extended_by_a_step_of_its_own(today: RulebookOnDay) -> None:
    steps = today.procedure("SAMR").steps

    extending = [(one.id, one.extends_by, one.actor, one.times) for one in steps.values() if one.extends]

    assert extending == [
        ("extend_verify_once", 15, Actor.HEAD, 1),
        ("extend_decision_once", 30, Actor.HEAD, 1),
        ("extend_decision_together", None, Actor.HEAD, 1),
        ("extend_seizure_once", 30, Actor.HEAD, 1),
        ("extend_review_once", None, Actor.HEAD, 1),
    ]


def test_suspension_is_known_only_where_a_text_knows_it(today: RulebookOnDay) -> None:
    assert "suspend" in today.procedure("SAMR").steps
    assert "suspend" not in today.procedure("GENERAL").steps


def test_a_case_that_is_over_knows_no_step_but_its_archive(today: RulebookOnDay) -> None:
    one = today.procedure("GENERAL")

    def names(steps: list[Step]) -> list[str]:
        return [step.id for step in steps]

    assert [names(one.out_of(state)) for state in ("not_filed", "closed", "archived")] == [
        [],
        ["archive"],
        [],
    ]
