"""Small counts are kept back, and none of them follows from the others."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.indicators.rules import Count, State, Told, state, told, told_together

COUNTS = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: Count(min(pair), max(pair)))


@pytest.mark.parametrize(
    ("count", "part", "whole"),
    [
        pytest.param(Count(0, 0), 0, 0, id="nothing there"),
        pytest.param(Count(0, 1), None, None, id="one"),
        pytest.param(Count(4, 4), None, None, id="four of four"),
        pytest.param(Count(0, 5), 0, 5, id="none of five"),
        pytest.param(Count(4, 5), None, 5, id="a small part"),
        pytest.param(Count(5, 5), 5, 5, id="five of five"),
    ],
)
def test_a_count_under_five_is_kept_back(count, part, whole):
    said = told(count)

    assert (said.part, said.whole) == (part, whole)
    assert (said.rate is None) == (part is None or whole == 0)


def test_more_than_there_are_is_refused():
    with pytest.raises(ValueError, match="at most its whole"):
        told(Count(2, 1))


@given(st.dictionaries(st.integers(0, 9), COUNTS, max_size=8))
def test_no_single_count_that_is_kept_back_follows_from_the_sum(counts):
    each, total = told_together(counts)

    for numbers, whole in (
        ([one.whole for one in each.values()], total.whole),
        ([one.part for one in each.values()], total.part),
    ):
        others = [number for number in numbers if number]
        assert whole is None or numbers.count(None) != 1 or not others


@given(st.dictionaries(st.integers(0, 9), COUNTS, max_size=8))
def test_what_is_told_is_true(counts):
    each, total = told_together(counts)

    for key, one in each.items():
        assert one.whole in (None, counts[key].whole)
        assert one.part in (None, counts[key].part)
        assert not (one.part or 5) < 5
    assert total == told(sum(counts.values(), Count()))


def test_beside_one_that_is_kept_back_the_smallest_other_is_too():
    each, total = told_together({"a": Count(3, 4), "b": Count(6, 10), "c": Count(9, 30)})

    assert (each["a"], each["b"]) == (Told(), Told())
    assert (each["c"].part, each["c"].whole, total.whole) == (9, 30, 44)


@pytest.mark.parametrize(
    ("answered_on", "today", "expected"),
    [
        (None, date(2026, 11, 20), State.WAITING),
        (None, date(2026, 11, 21), State.LATE),
        (date(2026, 12, 1), date(2026, 12, 2), State.ANSWERED),
    ],
)
def test_a_letter_is_late_the_day_after_its_last(answered_on, today, expected):
    assert state(date(2026, 11, 20), answered_on, today) is expected
