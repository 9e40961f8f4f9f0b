from datetime import date
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rulebook.rules import AtLimit, Method
from backend.screening.rules import (
    Bounds,
    CameFirst,
    Measured,
    SchoolStatus,
    Verdict,
    Way,
    bounds,
    device_error_m,
    judge,
    limit_counts,
    position_error_m,
    shown_to_school,
    way_of_measuring,
    which_came_first,
    worst,
)

INSIDE, SURVEY, NOT_CONFIGURED, CLEAR = Verdict

metres = st.integers(0, 1_000_000).map(lambda mm: mm / 1000)
inclusion = st.sampled_from([True, False, None])


def verdict(distance_m, *, extent=0.0, error=0.0, radius=200.0, counts=None, settled=True):
    return judge(
        distance_m, extent_m=extent, error_m=error, radius_m=radius, limit_counts=counts, way_settled=settled
    )


@pytest.mark.parametrize(
    ("distance_m", "counts", "expected"),
    [
        pytest.param(199.9, None, INSIDE, id="just below, limit unsettled"),
        pytest.param(200.0, None, SURVEY, id="at the limit, unsettled"),
        pytest.param(200.1, None, CLEAR, id="just above, limit unsettled"),
        pytest.param(199.9, True, INSIDE, id="just below, limit counts"),
        pytest.param(200.0, True, INSIDE, id="at the limit, which counts"),
        pytest.param(200.1, True, CLEAR, id="just above, limit counts"),
        pytest.param(199.9, False, INSIDE, id="just below, limit does not count"),
        pytest.param(200.0, False, CLEAR, id="at the limit, which does not count"),
        pytest.param(200.1, False, CLEAR, id="just above, limit does not count"),
        pytest.param(199.999_999, None, SURVEY, id="equal once written with three decimals"),
        pytest.param(200.000_001, None, SURVEY, id="equal once written with three decimals, from above"),
    ],
)
def test_an_exact_distance_at_the_limit(distance_m, counts, expected):
    assert verdict(distance_m, counts=counts) is expected


@pytest.mark.parametrize(
    ("distance_m", "extent", "error", "expected"),
    [
        pytest.param(149.999, 0, 50, INSIDE, id="all of it below"),
        pytest.param(150.0, 0, 50, SURVEY, id="its far end touches the limit"),
        pytest.param(250.0, 0, 50, SURVEY, id="its near end touches the limit"),
        pytest.param(250.001, 0, 50, CLEAR, id="all of it above"),
        pytest.param(99.0, 150, 100, INSIDE, id="two unstated points: near enough to be sure"),
        pytest.param(101.0, 150, 100, SURVEY, id="two unstated points: not sure any more"),
        pytest.param(450.0, 150, 100, SURVEY, id="the campus may reach to the limit"),
        pytest.param(450.001, 150, 100, CLEAR, id="no campus reaches that far"),
        pytest.param(0.0, 0, 0, INSIDE, id="on the campus"),
        pytest.param(0.0, 0, 200, SURVEY, id="on the campus, by a device that knows nothing"),
    ],
)
def test_errors_and_extent_widen_what_must_be_surveyed(distance_m, extent, error, expected):
    assert verdict(distance_m, extent=extent, error=error) is expected


@pytest.mark.parametrize(
    ("far_end", "counts", "expected"),
    [(200.0, True, INSIDE), (200.0, False, SURVEY), (200.0, None, SURVEY), (199.999, False, INSIDE)],
)
def test_the_far_end_of_the_interval_is_closed(far_end, counts, expected):
    assert verdict(far_end - 30, error=30, counts=counts) is expected


@pytest.mark.parametrize(
    ("near_end", "counts", "expected"),
    [(200.0, False, CLEAR), (200.0, True, SURVEY), (200.0, None, SURVEY), (200.001, True, CLEAR)],
)
def test_the_near_end_of_the_interval_is_closed(near_end, counts, expected):
    assert verdict(near_end + 40, extent=10, error=30, counts=counts) is expected


def test_without_a_radius_there_is_no_verdict():
    assert verdict(0.0, radius=None) is NOT_CONFIGURED


def test_an_unsettled_way_of_measuring_accuses_nobody():
    assert verdict(1.0, settled=False) is SURVEY


@pytest.mark.parametrize("wrong", [-0.001, nan, inf])
@pytest.mark.parametrize("place", ["distance_m", "extent_m", "error_m", "radius_m"])
def test_what_is_no_distance_is_refused(place, wrong):
    metres = {"distance_m": 1.0, "extent_m": 0.0, "error_m": 0.0, "radius_m": 200.0} | {place: wrong}

    with pytest.raises(ValueError, match="metres"):
        judge(**metres, limit_counts=None, way_settled=True)


@given(metres, metres, metres, metres, inclusion)
def test_never_inside_within_the_error_band(distance_m, extent, error, radius, counts):
    judged = verdict(distance_m, extent=extent, error=error, radius=radius, counts=counts)

    if abs(distance_m - radius) < error:
        assert judged is SURVEY


@given(metres, metres, metres, metres, inclusion)
def test_clear_does_not_depend_on_the_way_of_measuring(distance_m, extent, error, radius, counts):
    either = [
        verdict(distance_m, extent=extent, error=error, radius=radius, counts=counts, settled=settled)
        for settled in (True, False)
    ]

    assert (either[0] is CLEAR) == (either[1] is CLEAR)
    assert either[1] is not INSIDE


@given(metres, metres, metres, metres, metres, inclusion, st.booleans())
def test_farther_is_never_worse(near, farther, extent, error, radius, counts, settled):
    order = [INSIDE, SURVEY, CLEAR]
    judged = [
        verdict(d, extent=extent, error=error, radius=radius, counts=counts, settled=settled)
        for d in (near, near + farther)
    ]

    assert order.index(judged[0]) <= order.index(judged[1])


@given(st.tuples(*[metres] * 4), metres, metres, inclusion, st.booleans())
def test_knowing_less_only_turns_a_verdict_into_a_survey(known, more_extent, more_error, counts, settled):
    d, extent, error, radius = known
    verdicts = [
        verdict(d, extent=x, error=e, radius=radius, counts=counts, settled=settled)
        for x, e in ((extent, error), (extent + more_extent, error + more_error))
    ]

    assert verdicts[1] in (verdicts[0], SURVEY)


@given(*[st.integers(0, 10**6)] * 3, st.integers(1, 10**6), inclusion)
def test_the_verdict_holds_for_every_true_distance_of_the_interval(d, extent, error, radius, counts):
    judged = verdict(d / 1000, extent=extent / 1000, error=error / 1000, radius=radius / 1000, counts=counts)
    exact = {
        verdict(max(0, true) / 1000, radius=radius / 1000, counts=counts)
        for true in (d - extent - error, d + error)
    }

    assert judged is (exact.pop() if len(exact) == 1 else SURVEY)


def test_limits_that_count_and_limits_that_do_not_are_mirror_images():
    counts, does_not = (bounds(200, limit_counts=c, way_settled=True) for c in (True, False))

    assert counts == Bounds(inside_mm=200_000, clear_mm=200_001)
    assert does_not == Bounds(inside_mm=199_999, clear_mm=200_000)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([CLEAR, NOT_CONFIGURED, SURVEY, INSIDE], INSIDE),
        ([CLEAR, NOT_CONFIGURED, SURVEY], SURVEY),
        ([CLEAR, NOT_CONFIGURED], NOT_CONFIGURED),
        ([], CLEAR),
    ],
)
def test_a_venue_is_judged_by_its_worst_pair(verdicts, expected):
    assert worst(verdicts) is expected


B, G, P = Measured
WALKING = [m for m in Method if m.name.endswith("WALKING")]


@pytest.mark.parametrize(
    ("method", "outline", "gates", "expected"),
    [
        (Method.BOUNDARY_STRAIGHT_LINE, True, True, Way(B, settled=True)),
        (Method.BOUNDARY_STRAIGHT_LINE, False, True, Way(G, settled=True)),  # a gate is on the boundary
        (Method.BOUNDARY_STRAIGHT_LINE, False, False, Way(P, settled=True)),  # a point is within it
        (Method.GATE_STRAIGHT_LINE, True, True, Way(G, settled=True)),
        (Method.GATE_STRAIGHT_LINE, True, False, Way(B, settled=False)),
        (Method.GATE_STRAIGHT_LINE, False, False, Way(P, settled=False)),
        (Method.UNSPECIFIED, True, True, Way(B, settled=False)),
        *((method, True, True, Way(B, settled=False)) for method in WALKING),
    ],
)
def test_the_line_that_is_measured(method, outline, gates, expected):
    assert way_of_measuring(method, outline=outline, gates=gates) == expected


def test_every_stand_on_the_limit_is_known():
    assert [limit_counts(stand) for stand in AtLimit] == [True, False, None]


@pytest.mark.parametrize(("stated", "error"), [(None, 50), (0, 0), (7.5, 7.5)])
def test_an_error_that_nobody_stated_counts(stated, error):
    assert position_error_m(stated, unstated_m=50) == error


@pytest.mark.parametrize(("accuracy", "error"), [(None, 50), (0, 50), (12.0, 24.0)])
def test_a_device_is_never_exact(accuracy, error):
    assert device_error_m(accuracy, unstated_m=50) == error


@pytest.mark.parametrize(
    ("verdict", "served", "status"),
    [
        (None, True, None),
        (CLEAR, True, SchoolStatus.DISTANCE_KEPT),
        (NOT_CONFIGURED, True, SchoolStatus.NOT_SET),
        (INSIDE, False, SchoolStatus.TO_BE_MEASURED),
        (INSIDE, True, SchoolStatus.BEING_HANDLED),
        (SURVEY, True, SchoolStatus.BEING_HANDLED),
    ],
)
def test_a_school_learns_that_a_matter_is_handled_once_a_document_was_served(verdict, served, status):
    assert shown_to_school(verdict, is_served=served) is status


@pytest.mark.parametrize(
    ("begun_on", "opened_on", "expected"),
    [
        (date(2019, 9, 1), date(2020, 9, 1), CameFirst.VENUE),
        (date(2020, 9, 1), date(2019, 9, 1), CameFirst.SITE),
        (date(2020, 9, 1), date(2020, 9, 1), CameFirst.SAME_DAY),
        (None, date(2020, 9, 1), CameFirst.UNKNOWN),
        (date(2020, 9, 1), None, CameFirst.UNKNOWN),
    ],
)
def test_which_came_first(begun_on, opened_on, expected):
    assert which_came_first(begun_on, opened_on) is expected
