"""Which task a visit answers, as a table of cases; when a check code is good; when a task is overdue."""

from datetime import date

import pytest

from backend.tasks.rules import Candidate, Claim, Match, MatchedBy, is_overdue, judge_code, match, written

DAY = date(2026, 11, 24)
CLAIM = Claim(venue_id=1, activity="bar", on=DAY, user_id=7, check_code="C1", numbers=("P1",))


def task(id=1, **known):
    plain = {"is_live": True, "venue_id": 1, "visit_on": None, "activities": frozenset(), "check_code": None,
             "source_no": None, "officers": frozenset({7}), "former": frozenset()}  # fmt: skip
    return Candidate(id, **(plain | known))


HELD = {"is_live": False, "officers": frozenset(), "former": frozenset({7})}


@pytest.mark.parametrize(
    ("tasks", "expected"),
    [
        pytest.param([], Match(), id="no task"),
        pytest.param([task()], Match(1, MatchedBy.VENUE_AND_DAY), id="by venue"),
        pytest.param([task(visit_on=DAY)], Match(1, MatchedBy.VENUE_AND_DAY), id="on its day"),
        pytest.param([task(visit_on=date(2026, 11, 25))], Match(), id="on another day"),
        pytest.param([task(venue_id=2)], Match(), id="elsewhere"),
        pytest.param([task(activities=frozenset({"hotel"}))], Match(), id="about something else"),
        pytest.param(
            [task(source_no="P1", visit_on=date(2026, 11, 25))], Match(1, MatchedBy.NUMBER), id="by number"
        ),
        pytest.param([task(source_no="P1", venue_id=2)], Match(), id="number of a task elsewhere"),
        pytest.param(
            [task(source_no="P1"), task(2, check_code="C1")], Match(2, MatchedBy.CHECK_CODE), id="code first"
        ),
        pytest.param(
            [task(venue_id=None, check_code="C1")], Match(1, MatchedBy.CHECK_CODE), id="at a typed place"
        ),
        pytest.param([task(), task(2)], Match(ambiguous=True), id="two fit"),
        pytest.param(
            [task(officers=frozenset({8})), task(2)], Match(2, MatchedBy.VENUE_AND_DAY), id="one is theirs"
        ),
        pytest.param(
            [task(), task(2, visit_on=DAY)], Match(2, MatchedBy.VENUE_AND_DAY), id="one is of the day"
        ),
        pytest.param(
            [task(officers=frozenset({8}))], Match(1, MatchedBy.VENUE_AND_DAY), id="a colleague jumped in"
        ),
        pytest.param(
            [task(officers=frozenset({8}), former=frozenset({7}))],
            Match(1, MatchedBy.VENUE_AND_DAY, assisting=True), id="taken from them",
        ),
        pytest.param(
            [task(source_no="P1", **HELD)], Match(1, MatchedBy.NUMBER, assisting=True), id="called off"
        ),
        pytest.param([task(**HELD)], Match(), id="called off, and nothing names it"),
        pytest.param(
            [task(source_no="P1", is_live=False, officers=frozenset({8}))], Match(), id="done by others"
        ),
    ],
)  # fmt: skip
def test_a_visit_answers_the_task_that_it_names_or_that_waits_there(tasks, expected):
    assert match(CLAIM, tasks) == expected


@pytest.mark.parametrize(
    ("state", "more", "expected"),
    [
        ("issued", {}, True),
        ("used", {}, True),
        ("expired", {}, True),
        ("applied", {}, False),
        ("void", {}, False),
        ("issued", {"is_for": False}, False),
        ("issued", {"is_here": False}, False),
        ("issued", {"valid_to": DAY}, True),
        ("issued", {"valid_to": date(2026, 11, 23)}, False),
    ],
)
def test_a_check_code_is_good_for_its_agency_venue_and_time(state, more, expected):
    known = {"is_for": True, "is_here": True, "valid_to": None, "on": DAY}

    assert judge_code(state, **(known | more)) is expected


@pytest.mark.parametrize(
    ("due_on", "state", "expected"),
    [(DAY, "open", False), (date(2026, 11, 23), "open", True), (date(2026, 11, 23), "done", False)],
)
def test_the_last_day_itself_is_in_time(due_on, state, expected):
    assert is_overdue(due_on, state, DAY) is expected


def test_a_number_is_written_as_the_agency_writes_it():
    assert written("沪示责改〔2026〕第{number}号", 12) == "沪示责改〔2026〕第12号"
