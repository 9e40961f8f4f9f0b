"""How agreements stand, who may decide, whose name is whose, and how long a failed message waits."""

from datetime import date, timedelta

import pytest

from backend.accounts.rules import Role
from backend.sharing.rules import (
    PROPOSERS,
    Because,
    Deed,
    Standing,
    State,
    Term,
    hindrance,
    same_receiver,
    standing,
    wait,
)

TERM = Term(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("state", "on", "expected"),
    [
        pytest.param(State.CONFIRMED, date(2025, 12, 31), Standing.COMING, id="the day before"),
        pytest.param(State.CONFIRMED, date(2026, 1, 1), Standing.IN_FORCE, id="the first day"),
        pytest.param(State.CONFIRMED, date(2026, 12, 31), Standing.IN_FORCE, id="the last day"),
        pytest.param(State.CONFIRMED, date(2027, 1, 1), Standing.EXPIRED, id="the day after"),
        pytest.param(State.PROPOSED, date(2026, 6, 1), Standing.PROPOSED, id="proposed"),
        pytest.param(State.REFUSED, date(2026, 6, 1), Standing.REFUSED, id="refused"),
        pytest.param(State.ENDED, date(2026, 6, 1), Standing.ENDED, id="ended"),
        pytest.param(State.REPLACED, date(2026, 6, 1), Standing.REPLACED, id="replaced"),
    ],
)
def test_an_agreement_counts_by_its_days(state, on, expected):
    assert standing(state, TERM, on) is expected


@pytest.mark.parametrize(
    ("deed", "state", "role", "is_own", "on", "because"),
    [
        (Deed.CONFIRM, State.PROPOSED, Role.SUPERVISOR, True, 0, Because.PROPOSED_IT),
        (Deed.CONFIRM, State.PROPOSED, Role.INSPECTOR, False, 0, Because.NOT_YOUR_ROLE),
        (Deed.CONFIRM, State.PROPOSED, Role.LEGAL_REVIEWER, False, 400, Because.IS_OVER),
        (Deed.CONFIRM, State.CONFIRMED, Role.LEGAL_REVIEWER, False, 0, Because.NOT_FROM_HERE),
        (Deed.END, State.PROPOSED, Role.SUPERVISOR, True, 0, Because.NOT_FROM_HERE),
        (Deed.REFUSE, State.ENDED, Role.SUPERVISOR, True, 0, Because.NOT_FROM_HERE),
        (Deed.CONFIRM, State.PROPOSED, Role.LEGAL_REVIEWER, False, 0, None),
        (Deed.REFUSE, State.PROPOSED, Role.SUPERVISOR, True, 0, None),
        (Deed.END, State.CONFIRMED, Role.COORDINATOR, True, 400, None),
    ],
)
def test_two_people_let_data_leave_and_one_stops_it(deed, state, role, is_own, on, because):
    day = TERM.from_on + timedelta(on)

    assert hindrance(deed, state, TERM, day, role, is_own=is_own) is because


def test_only_those_who_may_propose_are_among_those_who_decide():
    assert {Role.SUPERVISOR, Role.COORDINATOR} == PROPOSERS


@pytest.mark.parametrize(("tries", "minutes"), [(1, 1), (2, 2), (3, 4), (9, 256), (10, 360), (1000, 360)])
def test_each_failure_doubles_the_wait_up_to_six_hours(tries, minutes):
    assert wait(tries) == timedelta(minutes=minutes)


def test_what_was_never_tried_has_no_wait():
    with pytest.raises(ValueError, match="never tried"):
        wait(0)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        pytest.param("社区云", "社区云平台", False, id="another name"),
        pytest.param("！！", "？？", False, id="nothing but punctuation"),
        pytest.param("社区云（示例区）", "社区云 (示例区)", True, id="full and half width"),
        pytest.param("市 大数据中心", "市大数据中心\u200b。", True, id="spaces and a full stop"),
        pytest.param("ＡＰＰ平台", "app平台", True, id="letters"),
    ],
)
def test_a_receiver_is_the_same_however_it_is_spelled(one, other, is_same):
    assert same_receiver(one, other) is is_same
