"""A rulebook that contradicts itself, points at nothing or cannot be read is refused, with the row named."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rulebook.checks import problems_of
from backend.rulebook.reading import Document, build, content_hash, read
from backend.rulebook.rules import Rulebook, RulebookInvalid


def row(document: Document, table: str, row_id: str) -> dict[str, Any]:
    return next(r for r in document[table] if r["id"] == row_id)


NET, BAR, KINDERGARTEN, YEAR = (
    "duties/ACC-NET-1",
    "distance_rules/BUF-BAR-1",
    "distance_rules/BUF-BAR-2",
    "calendar/2026",
)
FIXED = "if and only if the law fixes it"
SPOILT: list[tuple[str, dict[str, Any], str]] = [
    (NET, {"clauses": ["minors-law:999"]}, "minors-law:999 is not in clauses"),
    (NET, {"bases": {"PEN-99": []}}, "PEN-99 is not in legal_bases"),
    (NET, {"bases": {"PEN-10": ["minors-law:58"]}}, "minors-law:58 do not all stand in PEN-10"),
    (NET, {"activities": ["casino"]}, "casino is not in activities"),
    (NET, {"confidence": ["S99"]}, "S99 is not in sources.yaml"),
    (NET, {"confidence": ["sure"]}, "sure is none of T, S<number>, M"),
    (NET, {"confidence": []}, "confidence is empty"),
    ("duties/ACC-SCR-1", {"confidence": ["T"]}, "the text of none of its clauses is in hand"),
    (NET, {"in_force_to": "2020-01-01"}, "before it begins"),
    (NET, {"breach": {"zh": "", "en": "x"}}, "a text is empty"),
    (NET, {"bound": "NOBODY"}, "duties, ACC-NET-1: 'NOBODY'"),
    (NET, {"colour": "red"}, "unknown: colour"),
    (NET, {"in_force_from": "someday"}, "someday"),
    (BAR, {"radius_m": None}, FIXED),
    (KINDERGARTEN, {"radius_m": 200}, FIXED),
    (BAR, {"radius_m": -5}, "-5.0 m is no radius"),
    (BAR, {"radius_m": "200"}, "expected float, got '200'"),
    (BAR, {"site_kinds": ["other"]}, "other is never protected"),
    (KINDERGARTEN, {"site_kinds": ["primary"]}, "are both in force on 2022-03-01"),
    ("distance_settings/SET-TOB-CLAIM", {"rule": "BUF-XXX"}, "BUF-XXX is not in distance_rules"),
    (YEAR, {"in_force_to": "2027-01-01"}, "from 1 January to 31 December"),
]


@pytest.mark.parametrize(("path", "change", "problem"), SPOILT)
def test_a_spoilt_row_is_refused_by_name(
    document: Document, path: str, change: dict[str, Any], problem: str
) -> None:
    row(document, *path.split("/")).update(change)

    with pytest.raises(RulebookInvalid) as refusal:
        build(document, 1)

    assert any(problem in line for line in refusal.value.problems)


@pytest.mark.parametrize(
    ("column", "days", "problem"),
    [
        ("makeup", ["2026-05-03"], "falls on a weekend"),
        ("makeup", [], "not as many make-up days"),
        ("adjusted_off", [], "not as many adjusted days off"),
        ("adjusted_work", ["2026-05-06"], "is no weekend day"),
        ("statutory", ["2026-05-02", "2026-05-05"], "stands twice"),
        ("statutory", ["2027-05-01"], "lies in another year"),
    ],
)
def test_a_holiday_that_does_not_add_up_is_refused(
    document: Document, column: str, days: list[str], problem: str
) -> None:
    row(document, "calendar", "2026")["holidays"][3][column] = days

    with pytest.raises(RulebookInvalid) as refusal:
        build(document, 1)

    assert any(problem in line for line in refusal.value.problems)


def test_a_missing_column_is_named(document: Document) -> None:
    del row(document, "duties", "ACC-NET-1")["breach"]

    with pytest.raises(RulebookInvalid, match="duties, ACC-NET-1: missing: breach"):
        build(document, 1)


def test_two_decisions_for_one_district_are_refused(document: Document) -> None:
    for setting in document["distance_settings"]:
        setting |= {"active": True}
    row(document, "distance_settings", "SET-TOB-310116")["district"] = ""

    with pytest.raises(RulebookInvalid, match="decide the same for the whole city"):
        build(document, 1)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("rows: [{id: a, id: b}]", "a key stands twice"),
        ("rows: {", "while parsing"),
        ("- just\n- a list", "expected a mapping"),
        ("defaults: {}", "`rows` is missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: str, problem: str) -> None:
    (tmp_path / "activities.yaml").write_text(content)

    with pytest.raises(RulebookInvalid, match=problem) as refusal:
        read(tmp_path)

    assert "activities.yaml" in str(refusal.value)


def test_the_hash_is_of_the_content_and_not_of_its_order(document: Document) -> None:
    shuffled = {
        table: [dict(reversed(r.items())) for r in rows] for table, rows in reversed(document.items())
    }

    said = content_hash(document)
    assert content_hash(shuffled) == said
    document["duties"][0]["breach"]["zh"] += "。"
    assert content_hash(document) != said


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
WINDOWS = st.lists(st.tuples(DAYS, st.none() | st.integers(0, 2000)), min_size=2, max_size=4)


@given(windows=WINDOWS)
def test_rows_of_one_id_are_refused_exactly_when_two_are_in_force_on_a_day(
    rulebook: Rulebook, windows: list[tuple[date, int | None]]
) -> None:
    from dataclasses import replace

    duty = rulebook.on(date(2026, 1, 1)).duty("REP-8")
    spans = [(first, None if length is None else first + timedelta(days=length)) for first, length in windows]
    rows = tuple(replace(duty, in_force_from=first, in_force_to=last) for first, last in spans)
    starts = [first for first, _ in spans]

    contradicts = any(sum(row.in_force(day) for row in rows) > 1 for day in starts)

    others = tuple(d for d in rulebook.duties if d.id != "REP-8")
    problems = list(problems_of(replace(rulebook, duties=others + rows)))
    assert bool(problems) is contradicts
