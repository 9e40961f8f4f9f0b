"""What is told of a cell: everything at home, elsewhere nothing about one venue or one child."""

from datetime import date

import pytest

from backend.maps.rules import Counts, interval, outside_area, whole_months, within_area


@pytest.mark.parametrize(
    "counts",
    [Counts(4, 0, 0, 4), Counts(4, 4, 4, 4), Counts(5, 0, 0, 1), Counts(100, 50, 50, 1), Counts(1, 1, 1, 1)],
)
def test_too_few_visits_or_one_venue_are_not_told_elsewhere(counts):
    assert outside_area(counts) is None


@pytest.mark.parametrize(
    ("found", "is_told"), [(0, False), (1, False), (4, False), (5, True), (15, True), (16, False)]
)
def test_few_violations_are_not_told_elsewhere(found, is_told):
    shown = outside_area(Counts(20, found, found, 9))

    assert (shown.visits, shown.rate is not None, shown.violations is not None) == (20, is_told, is_told)


def test_at_home_a_small_sample_is_told_and_marked():
    shown = within_area(Counts(2, 1, 3, 1))

    assert (shown.visits, shown.with_violation, shown.violations, shown.rate) == (2, 1, 3, 0.5)
    assert shown.is_small_sample


@pytest.mark.parametrize(
    ("found", "visits", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (50, 1000, 0.0381, 0.0653)],
)
def test_the_interval_is_wilsons(found, visits, low, high):
    assert interval(found, visits) == pytest.approx((low, high), abs=5e-5)


def test_elsewhere_whole_months_are_told():
    assert whole_months(date(2026, 2, 14), date(2026, 2, 15)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert whole_months(None, None) == (None, None)
