"""What is told of a cell: everything at home, elsewhere nothing about one venue or one child."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.maps.rules import (
    LEAST_VENUES,
    LEAST_VISITS,
    Block,
    Counts,
    change,
    interval,
    outside_area,
    quarter_to_freeze,
    together,
    within_area,
)


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
    told = outside_area(Counts(20, found, found, 9))

    assert told == (Block(20, found, found) if is_told else Block(20, None, None))
    assert (together([told]).rate is not None) is is_told


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


@pytest.mark.parametrize(
    ("today", "newest"),
    [
        (date(2026, 10, 29), date(2026, 4, 1)),
        (date(2026, 10, 30), date(2026, 4, 1)),
        (date(2026, 10, 31), date(2026, 7, 1)),
        (date(2027, 1, 29), date(2026, 7, 1)),
        (date(2027, 1, 31), date(2026, 10, 1)),
    ],
)
def test_a_quarter_is_frozen_when_it_is_over_for_thirty_days(today, newest):
    assert quarter_to_freeze(today, 30) == newest


def test_a_change_is_clear_where_its_interval_leaves_out_nothing_changed():
    often, seldom = within_area(Counts(100, 60, 60, 9)), within_area(Counts(100, 20, 20, 9))

    assert change(often, seldom).difference == pytest.approx(0.4)
    assert (change(often, seldom).low, change(often, seldom).high) == pytest.approx((0.268, 0.511), abs=5e-3)
    assert change(often, seldom).is_clear
    assert not change(seldom, seldom).is_clear


@pytest.mark.parametrize("other", [None, within_area(Counts(4, 4, 4, 2)), together([Block(9, None, None)])])
def test_a_change_from_too_little_is_not_told(other):
    shown = within_area(Counts(100, 60, 60, 9))

    assert change(shown, other) is None
    assert change(other, shown) is None


# A map outside one's areas: what each block of cell, activity and quarter holds, and what somebody asks.
BLOCKS = [(cell, activity, quarter) for cell in range(3) for activity in range(2) for quarter in range(4)]
counts = st.builds(
    lambda visits, found, venues: Counts(visits, min(found, visits), min(found, visits), venues),
    st.integers(0, 14), st.integers(0, 14), st.integers(1, 3),
)  # fmt: skip
worlds = st.fixed_dictionaries(dict.fromkeys(BLOCKS, counts))
questions = st.lists(st.sets(st.sampled_from(BLOCKS), min_size=1), min_size=1, max_size=8)


def told(world, question):
    """The answer to a question: any period, cells and activities are some set of blocks."""
    blocks = [shown for block in sorted(question) if (shown := outside_area(world[block]))]
    return together(blocks) if blocks else None


@given(worlds, worlds, questions)
def test_no_set_of_answers_tells_anything_of_a_block_that_was_kept_back(world, other, questions):
    kept_back = [block for block in BLOCKS if outside_area(world[block]) is None]
    changed = world | {block: other[block] for block in kept_back if outside_area(other[block]) is None}

    assert [told(changed, question) for question in questions] == [told(world, q) for q in questions]


@given(worlds, st.sets(st.sampled_from(BLOCKS), min_size=1), st.sets(st.sampled_from(BLOCKS), min_size=1))
def test_what_remains_between_two_answers_is_never_a_single_case(world, larger, smaller):
    whole, part = told(world, larger | smaller), told(world, smaller)
    if whole is None or part is None:
        return

    assert whole.visits - part.visits not in range(1, LEAST_VISITS)
    if whole.with_violation is not None and part.with_violation is not None:
        found = whole.with_violation - part.with_violation
        assert found not in range(1, LEAST_VISITS)
        assert whole.visits - part.visits - found not in range(1, LEAST_VISITS)


@given(counts)
def test_a_block_that_is_told_is_of_several_visits_and_venues(block):
    if outside_area(block):
        assert block.visits >= LEAST_VISITS
        assert block.venues >= LEAST_VENUES
