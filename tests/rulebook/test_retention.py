"""Periods of keeping: confirmed or kept, never shorter than a law asks, and over on the right day."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.rulebook.reading import Document, build
from backend.rulebook.retention import due_on, latest_event
from backend.rulebook.rules import Rulebook, RulebookInvalid, RulebookOnDay

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
CONFIRMED: dict[str, Any] = {
    "id": "KEEP-1", "retention_class": "photo_minor", "active": True, "years": 3, "counted_from": "VISIT_DAY",
    "authority": {"zh": "某档案局", "en": "an archives bureau"}, "document_no": "某档〔2026〕1号",
    "dated": "2026-01-01", "in_force_from": "2026-01-01", "confidence": ["T"], "source": "the document",
    "last_verified_on": "2026-11-21",
}  # fmt: skip


def law(document: Document, *settings: dict[str, Any], on: date = date(2026, 11, 21)) -> RulebookOnDay:
    document["retention_settings"] = [CONFIRMED | {"id": f"KEEP-{n}"} | s for n, s in enumerate(settings, 1)]
    return build(document, 1).on(on)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"retention_class": "diaries"}, "diaries is not in retention_classes"),
        ({"years": None}, "years or days"),
        ({"days": 3}, "years or days"),
        ({"years": 0}, "more than none"),
        ({"years": -1}, "more than none"),
        ({"confidence": ["M"]}, "rests on memory only"),
        ({"retention_class": "audit_trail"}, "does not destroy audit_trail"),
        ({"retention_class": "consent_evidence", "years": 2}, "shorter than the 3 years"),
        ({"retention_class": "consent_evidence", "years": None, "days": 1000}, "shorter than the 3 years"),
        ({"counted_from": "WHENEVER"}, "'WHENEVER'"),
        ({"document_no": None}, "expected str"),
    ],
)
def test_a_period_that_cannot_be_is_refused(document: Document, change: dict[str, Any], problem: str) -> None:
    with pytest.raises(RulebookInvalid, match=problem):
        law(document, change)


def test_two_periods_of_one_agency_on_the_same_day_are_refused(document: Document) -> None:
    with pytest.raises(RulebookInvalid, match="KEEP-1 and KEEP-2 are both in force"):
        law(document, {}, {"years": 5})


def test_as_shipped_nothing_is_confirmed_and_every_class_can_say_why(today: RulebookOnDay) -> None:
    for known in today.retention_classes.values():
        assert today.retention(known.id) is None
        assert len(today.citations(known)) == len(known.clauses)


def test_what_was_only_heard_of_is_not_applied(document: Document) -> None:
    assert law(document, {"active": False}).retention("photo_minor") is None


def test_a_period_not_yet_in_force_is_not_applied(document: Document) -> None:
    assert law(document, {}, on=date(2025, 12, 31)).retention("photo_minor") is None


def test_an_agencys_own_period_goes_before_that_of_all(document: Document) -> None:
    on_day = law(document, {}, {"agency": "culture", "years": 10})

    assert on_day.retention("photo_minor", "culture").years == 10  # type: ignore[union-attr]
    assert on_day.retention("photo_minor", "police").years == 3  # type: ignore[union-attr]
    assert on_day.retention("photo_ordinary", "culture") is None


def test_a_version_from_before_there_were_periods_keeps_everything(document: Document) -> None:
    del document["retention_classes"], document["retention_settings"]

    old: Rulebook = build(document, 1)

    assert old.on(date(2026, 11, 21)).retention("photo_minor") is None


@pytest.mark.parametrize(
    ("event", "period", "due"),
    [
        ("2026-11-20", {"years": 1}, "2027-11-21"),
        ("2026-12-31", {"years": 1}, "2028-01-01"),
        ("2024-02-29", {"years": 1}, "2025-03-01"),
        ("2024-02-28", {"years": 1}, "2025-03-01"),
        ("2024-02-29", {"years": 4}, "2028-03-01"),
        ("2023-02-28", {"years": 1}, "2024-02-29"),
        ("2024-03-01", {"years": 1}, "2025-03-02"),
        ("2026-11-20", {"days": 60}, "2027-01-20"),
        ("9990-01-01", {"years": 30}, "9999-12-31"),
        ("9999-12-30", {"days": 30}, "9999-12-31"),
    ],
)
def test_a_period_is_over_on_the_day_after_its_last(event: str, period: dict[str, int], due: str) -> None:
    assert due_on(date.fromisoformat(event), **period) == date.fromisoformat(due)


@given(DAYS, st.integers(0, 100), st.integers(0, 4000))
def test_nothing_is_over_before_its_last_day_was_whole(event: date, years: int, days: int) -> None:
    due = due_on(event, years=years, days=days)

    assert due > event + timedelta(days=365 * years + days)
    assert due <= due_on(event + timedelta(days=1), years=years, days=days)


@given(DAYS, st.integers(0, 100), st.integers(0, 4000))
@example(date(2096, 2, 29), 35, 3287)
def test_whatever_is_due_lies_before_the_latest_event(event: date, years: int, days: int) -> None:
    due = due_on(event, years=years, days=days)

    assert event <= latest_event(due, years=years, days=days)
