"""When a unit queries its staff again, at the limits."""

from datetime import date

import pytest

from backend.staff_queries.rules import QueryKind, Result, Standing, can_result, next_due, standing_of

DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("queried_on", "due_on"),
    [
        pytest.param(date(2026, 3, 2), date(2027, 3, 2), id="an ordinary day"),
        pytest.param(date(2024, 2, 29), date(2025, 2, 28), id="a leap day has none the year after"),
        pytest.param(date(2023, 2, 28), date(2024, 2, 28), id="before a leap day"),
        pytest.param(date(2025, 12, 31), date(2026, 12, 31), id="the last of a year"),
    ],
)
def test_a_year_later_it_is_due_again(queried_on, due_on):
    assert next_due(queried_on, 12) == due_on


@pytest.mark.parametrize(
    ("due_on", "on", "standing"),
    [
        pytest.param(None, DUE, Standing.NEVER, id="never"),
        pytest.param(DUE, date(2026, 7, 1), Standing.OVERDUE, id="the day after"),
        pytest.param(DUE, DUE, Standing.SOON, id="the last day"),
        pytest.param(DUE, date(2026, 5, 31), Standing.SOON, id="thirty days before"),
        pytest.param(DUE, date(2026, 5, 30), Standing.IN_TIME, id="thirty-one days before"),
    ],
)
def test_how_a_unit_stands(due_on, on, standing):
    assert standing_of(due_on, on) is standing


def test_nobody_is_dismissed_before_being_hired():
    fitting = {(kind, one) for kind in QueryKind for one in Result if can_result(kind, one)}
    both = {(kind, one) for kind in QueryKind for one in (Result.NONE_FOUND, Result.AWAITED)}

    assert fitting == both | {
        (QueryKind.BEFORE_HIRING, Result.NOT_HIRED),
        (QueryKind.YEARLY, Result.DISMISSED),
    }
