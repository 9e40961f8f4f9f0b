"""What a sweep proposes and counts, as tables of cases and as laws that hold for any zone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.planning.counts import After, Before, by_activity, by_agency, count, told_to_school
from backend.planning.rules import (
    Look,
    Proposal,
    State,
    a_month_after,
    is_open,
    is_put_right,
    propose,
    reason_of,
    state_of,
)

DAY, APART = date(2026, 11, 24), timedelta(days=30)
few = st.integers(1, 4)
duties = st.lists(st.sampled_from(["SGN-1", "IDC-1", "ACC-NET-1"]), unique=True, max_size=3).map(tuple)
activities = st.sampled_from(["bar", "internet_cafe", "hotel"])
befores = st.lists(
    st.builds(
        Before, few, activities, st.lists(few, unique=True, max_size=3).map(tuple),
        st.sampled_from([None, "inside", "clear"]), st.integers(0, 3), duties,
    ),
    unique_by=lambda one: (one.venue_id, one.activity), max_size=12,
)  # fmt: skip
afters = st.lists(st.builds(After, few, activities, few, st.booleans(), duties, duties), max_size=12)


@pytest.mark.parametrize(
    ("agencies", "days_ago", "is_open", "proposed"),
    [
        pytest.param(0, None, True, Proposal.NOBODY, id="nobody answers"),
        pytest.param(1, None, False, Proposal.SINGLE, id="never visited"),
        pytest.param(2, None, False, Proposal.JOINT, id="two agencies, one visit"),
        pytest.param(2, 29, False, Proposal.LEFT_OUT, id="visited a day too late"),
        pytest.param(1, 30, False, Proposal.SINGLE, id="long enough ago"),
        pytest.param(1, 1, True, Proposal.SINGLE, id="visited, and something open"),
    ],
)
def test_fewer_visits_are_proposed_and_merged_ones(agencies, days_ago, is_open, proposed):
    last_on = None if days_ago is None else DAY - timedelta(days=days_ago)

    assert propose(agencies, last_on=last_on, on=DAY, apart=APART, is_open=is_open) is proposed


@pytest.mark.parametrize(
    ("approved", "after"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2026, 12, 5), date(2027, 1, 5)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_a_month_ends_on_its_own_day_or_its_last(approved, after):
    assert a_month_after(approved) == after


def test_a_sweep_is_as_far_as_its_last_step():
    steps = [(False, False, False), (True, False, False), (True, True, False), (True, True, True)]

    states = [state_of(is_approved=a, has_tasks=b, is_closed=c) for a, b, c in steps]

    assert states == list(State)


def test_the_reason_of_a_task_names_those_who_come_together_and_fits_its_column():
    assert reason_of("整治", ["文旅局"]) == "整治"
    assert reason_of("整治", ["文旅局", "市监局"]) == "整治（联合检查：文旅局、市监局）"
    assert len(reason_of("整" * 128, ["局" * 128] * 2)) == 255


@given(st.lists(st.builds(Look, st.dates(DAY, DAY + APART), few, st.booleans())))
def test_a_matter_is_open_put_right_or_was_never_looked_at(looks):
    assert is_open(looks) + is_put_right(looks) == bool(looks)
    assert is_open(looks[::-1]) == is_open(looks)


@given(st.lists(st.builds(Look, st.dates(DAY, DAY + APART), few, st.booleans())))
def test_the_newest_look_decides(looks):
    later = DAY + APART + timedelta(days=1)

    assert is_open([*looks, Look(later, 1, True)])
    assert is_put_right([*looks, Look(later, 1, False)])


@given(befores, afters)
def test_whoever_is_sent_was_there_or_is_waited_for(before, after):
    counts = count(before, after)

    assert counts.visited + counts.waiting == counts.tasks
    assert counts.venues_visited <= counts.visited


@given(befores, afters)
def test_order_and_repetition_change_nothing_of_what_the_sweep_did(before, after):
    assert count(before[::-1], [*after, *after[::-1]]) == count(before, after)


@given(befores, afters)
def test_activities_make_up_the_whole(before, after):
    parts, whole = by_activity(before, after).values(), count(before, after)

    for of_one_activity in ("found", "corrected", "open_before", "open_after", "visits_before"):
        assert sum(getattr(part, of_one_activity) for part in parts) == getattr(whole, of_one_activity)
    assert max((part.venues for part in parts), default=0) <= whole.venues


@given(befores, afters)
def test_nothing_is_open_that_was_not_open_before_or_found(before, after):
    counts = count(before, after)

    assert counts.open_after <= counts.open_before + counts.found
    assert counts.open_after >= counts.open_before - counts.corrected
    assert counts.found_corrected <= min(counts.found, counts.corrected)


@given(befores, afters)
def test_tasks_belong_to_one_agency_and_shared_venues_are_counted_once_in_the_whole(before, after):
    parts, whole = by_agency(before, after).values(), count(before, after)

    for of_one_agency in ("tasks", "visited", "waiting"):
        assert sum(getattr(part, of_one_agency) for part in parts) == getattr(whole, of_one_agency)
    assert sum(part.found for part in parts) >= whole.found


@pytest.mark.parametrize(
    ("visited", "found", "told"),
    [(4, 0, False), (9, 5, False), (10, 5, True), (10, 4, False), (10, 6, False), (20, 0, False)],
)
def test_a_school_is_told_of_many_venues_or_of_none(visited, found, told):
    after = [
        After(venue, "bar", 1, True, ("SGN-1",) if venue < found else (), ()) for venue in range(visited)
    ]

    assert told_to_school(count([], after)) is told
