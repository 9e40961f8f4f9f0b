"""Time limits: the first day is not counted, pauses once, holidays as a text says; twenty cases by hand."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.days import SHANGHAI
from backend.rulebook.clocks import Deadline, Interval, Reading, deadline, months_later, rolled
from backend.rulebook.procedure import Clock, RollOver, Unit
from backend.rulebook.rows import Text
from backend.rulebook.rules import Rulebook

WORDS, PLAIN = Text("限", "limit"), Reading()
LOADED = st.dates(date(2024, 1, 1), date(2026, 8, 31))
COUNTS = st.integers(1, 40)
UNITS = st.sampled_from([Unit.WORKING_DAY, Unit.NATURAL_DAY])


def clock(count: int | None = 5, unit: Unit = Unit.WORKING_DAY) -> Clock:
    return Clock(id="c", name=WORDS, count=count, unit=unit, lapse=WORDS)


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def due(
    rulebook: Rulebook, one: Clock, begun_on: date, *pauses: Interval, more: int = 0,
    reading: Reading = PLAIN,
) -> Deadline:  # fmt: skip
    found = deadline(one, at(begun_on), rulebook.day, more=more, excluded=pauses, reading=reading)
    assert found is not None
    return found


def pauses_in(begun_on: date) -> st.SearchStrategy[list[Interval]]:
    days = st.integers(0, 60)
    made = st.tuples(days, days).map(
        lambda pair: Interval(begun_on + timedelta(min(pair)), begun_on + timedelta(max(pair)))
    )
    return st.lists(made, max_size=4)


@pytest.mark.parametrize(
    ("begun", "count", "last"),
    [  # counted by hand from the three notices of the State Council
        ("2024-02-02", 1, "2024-02-04"),  # a Sunday on which everybody works
        ("2024-02-07", 1, "2024-02-08"),
        ("2024-02-08", 1, "2024-02-09"),  # New Year's Eve 2024 was no day off by the notice
        ("2024-02-09", 1, "2024-02-18"),
        ("2024-02-09", 2, "2024-02-19"),
        ("2024-02-05", 5, "2024-02-18"),
        ("2024-02-05", 7, "2024-02-20"),
        ("2024-02-16", 3, "2024-02-20"),
        ("2025-01-24", 1, "2025-01-26"),
        ("2025-01-26", 1, "2025-01-27"),
        ("2025-01-27", 1, "2025-02-05"),
        ("2025-01-27", 5, "2025-02-10"),
        ("2025-01-22", 7, "2025-02-07"),
        ("2025-02-04", 5, "2025-02-10"),
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-13", 2, "2026-02-24"),
        ("2026-02-10", 5, "2026-02-24"),
        ("2026-02-10", 7, "2026-02-26"),
        ("2026-02-12", 10, "2026-03-04"),
        ("2026-02-16", 5, "2026-02-28"),
    ],
)
def test_working_days_over_spring_festival(rulebook: Rulebook, begun: str, count: int, last: str) -> None:
    assert due(rulebook, clock(count), date.fromisoformat(begun)).due_on == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("begun", "count", "text", "setting", "whole"),
    [
        ("2026-09-17", 15, "2026-10-04", "2026-10-08", "2026-10-08"),  # last day 2 October
        ("2026-09-21", 15, "2026-10-06", "2026-10-08", "2026-10-08"),  # an adjusted day off in the break
        ("2026-09-19", 15, "2026-10-04", "2026-10-08", "2026-10-08"),  # the Sunday in the break
        ("2026-06-04", 15, "2026-06-20", "2026-06-22", "2026-06-22"),  # Dragon Boat, then a weekend
        ("2026-11-06", 15, "2026-11-21", "2026-11-21", "2026-11-23"),  # a plain Saturday: the text is silent
        ("2026-11-09", 15, "2026-11-24", "2026-11-24", "2026-11-24"),
    ],
)
def test_a_last_day_on_a_holiday_goes_where_the_text_or_the_setting_says(
    rulebook: Rulebook, begun: str, count: int, text: str, setting: str, whole: str
) -> None:
    one, day = clock(count, Unit.NATURAL_DAY), date.fromisoformat(begun)
    ways = (RollOver.STATUTORY_DAY, RollOver.WHOLE_BREAK, RollOver.WORKING_DAY)

    found = [due(rulebook, one, day, reading=Reading(way, way)).due_on.isoformat() for way in ways]

    assert found == [text, setting, whole]


def test_where_a_text_can_be_read_in_two_ways_the_earlier_day_warns(rulebook: Rulebook) -> None:
    reading = Reading(RollOver.STATUTORY_DAY, RollOver.WHOLE_BREAK)

    found = due(rulebook, clock(15, Unit.NATURAL_DAY), date(2026, 9, 17), reading=reading)

    assert (found.warn_on, found.due_on) == (date(2026, 10, 4), date(2026, 10, 8))


def test_a_text_without_a_number_has_no_last_day(rulebook: Rulebook) -> None:
    assert deadline(clock(None), at(date(2026, 3, 2)), rulebook.day) is None


def test_hours_run_through_the_night_and_through_holidays(rulebook: Rulebook) -> None:
    found = due(rulebook, clock(24, Unit.HOUR), date(2026, 2, 16))

    assert found.at == at(date(2026, 2, 17))


def test_a_year_that_is_not_loaded_makes_a_day_provisional(rulebook: Rulebook) -> None:
    found = due(rulebook, clock(15), date(2026, 12, 25))
    natural = due(rulebook, clock(15, Unit.NATURAL_DAY), date(2026, 12, 25))

    assert (found.due_on, found.unloaded) == (date(2027, 1, 15), (2027,))
    assert (natural.due_on, natural.unloaded) == (date(2027, 1, 9), ())


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-03-15", 6, "2026-09-15"),
        ("2026-10-31", 6, "2027-04-30"), ("2026-12-31", 12, "2027-12-31"), ("2024-02-29", 24, "2026-02-28"),
        ("2026-11-30", 1, "2026-12-30"),
    ],
)  # fmt: skip
def test_months_end_on_the_same_day_or_the_last(day: str, count: int, last: str) -> None:
    assert months_later(date.fromisoformat(day), count) == date.fromisoformat(last)


@given(LOADED, COUNTS)
def test_exactly_so_many_working_days_lie_between_begin_and_end(
    rulebook: Rulebook, begun: date, count: int
) -> None:
    last = due(rulebook, clock(count), begun).due_on

    days = [begun + timedelta(n) for n in range(1, (last - begun).days + 1)]
    assert sum(not rulebook.day(day).at_rest for day in days) == count
    assert not rulebook.day(last).at_rest


@given(LOADED, COUNTS)
def test_natural_days_are_days_and_the_first_is_not_counted(
    rulebook: Rulebook, begun: date, count: int
) -> None:
    one = clock(count, Unit.NATURAL_DAY)

    assert due(rulebook, one, begun).due_on == begun + timedelta(count)
    assert due(rulebook, replace(one, first_day_counts=True), begun).due_on == begun + timedelta(count - 1)


@given(st.data(), LOADED, COUNTS, UNITS)
def test_pauses_count_once_however_they_overlap(
    rulebook: Rulebook, data: st.DataObject, begun: date, count: int, unit: Unit
) -> None:
    pauses = data.draw(pauses_in(begun))
    out = {
        one.begun_on + timedelta(n)
        for one in pauses
        for n in range(1, (one.ended_on - one.begun_on).days + 1)
    }
    apart = [Interval(day - timedelta(1), day) for day in sorted(out)]

    found, alone = (due(rulebook, clock(count, unit), begun, *some).due_on for some in (pauses, apart))

    assert found == alone
    left = [day for n in range(1, (found - begun).days + 1) if (day := begun + timedelta(n)) not in out]
    assert sum(unit is Unit.NATURAL_DAY or not rulebook.day(day).at_rest for day in left) == count


@given(st.data(), LOADED, COUNTS, UNITS)
def test_a_pause_or_an_extension_never_brings_an_end_nearer(
    rulebook: Rulebook, data: st.DataObject, begun: date, count: int, unit: Unit
) -> None:
    pauses, more = data.draw(pauses_in(begun)), data.draw(st.integers(0, 30))

    plain = due(rulebook, clock(count, unit), begun).due_on
    paused = due(rulebook, clock(count, unit), begun, *pauses).due_on
    longer = due(rulebook, clock(count, unit), begun, *pauses, more=more).due_on

    assert plain <= paused <= longer


@given(LOADED, COUNTS, st.integers(0, 30), UNITS)
def test_an_extension_goes_on_where_the_time_ended(
    rulebook: Rulebook, begun: date, count: int, more: int, unit: Unit
) -> None:
    assert due(rulebook, clock(count, unit), begun, more=more) == due(
        rulebook, clock(count + more, unit), begun
    )


@given(LOADED, st.sampled_from(RollOver))
def test_rolling_over_ends_and_never_goes_back(rulebook: Rulebook, last: date, way: RollOver) -> None:
    found = rolled(last, way, rulebook.day)

    assert last <= found <= last + timedelta(10)
    assert rolled(found, way, rulebook.day) == found
