"""When time is over (期限届满): working days, natural days, months and hours. No database, no HTTP.

The first day is not counted unless the clock says so. Overlapping pauses are left out once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backend.rulebook.days import DayFlags
from backend.rulebook.procedure import Clock, RollOver, Unit

Calendar = Callable[[date], DayFlags]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """Time that does not count (不计入期限). As in a period, its first day is not part of it, its last is."""

    begun_on: date
    ended_on: date

    def holds(self, day: date) -> bool:
        return self.begun_on < day <= self.ended_on


@dataclass(frozen=True, slots=True)
class Reading:
    """How a last day on a holiday is read: by the text alone, and as this deployment decided."""

    text: RollOver = RollOver.NONE
    setting: RollOver = RollOver.NONE


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a clock; `warn_on` is the earlier one where the text can be read in two ways.

    `unloaded` are years whose holidays are not known: the day is then provisional (暂定). Hours have an `at`.
    """

    due_on: date
    warn_on: date
    at: datetime | None = None
    unloaded: tuple[int, ...] = ()


def deadline(
    clock: Clock,
    begun_at: datetime,
    calendar: Calendar,
    *,
    more: int = 0,
    excluded: Iterable[Interval] = (),
    reading: Reading = Reading(),
) -> Deadline | None:
    """The last day on which something is still in time.

    Parameters
    ----------
    clock : Clock
    begun_at : datetime
        When it began, in the zone of Shanghai.
    calendar : callable
        The flags of a day; a day of a year that is not loaded counts by its weekday.
    more : int
        By how much it was extended, in its own unit.
    excluded : iterable of Interval
        Time that it leaves out.
    reading : Reading

    Returns
    -------
    Deadline or None
        None where no text names a number.
    """
    if clock.count is None and not more:
        return None
    count = (clock.count or 0) + more
    if clock.unit is Unit.HOUR:  # counted from the very moment: never later than a text that skips the hour
        at = begun_at + timedelta(hours=count)
        return Deadline(at.date(), at.date(), at)
    seen = _Seen(calendar)
    pauses = list(excluded)
    first = begun_at.date() - _DAY if clock.first_day_counts else begun_at.date()
    last = _last_day(clock.unit, first, count, seen, pauses)
    due_on, warn_on = (rolled(last, way, seen) for way in (reading.setting, reading.text))
    return Deadline(due_on, min(due_on, warn_on), None, seen.unloaded)


class _Seen:
    """A calendar that remembers which years were asked for and are not loaded."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar, self._unloaded = calendar, set[int]()

    def __call__(self, day: date) -> DayFlags:
        flags = self._calendar(day)
        if not flags.loaded:
            self._unloaded.add(day.year)
        return flags

    @property
    def unloaded(self) -> tuple[int, ...]:
        return tuple(sorted(self._unloaded))


def _last_day(unit: Unit, first: date, count: int, calendar: Calendar, pauses: list[Interval]) -> date:
    def goes_on(day: date) -> bool:
        return not any(pause.holds(day) for pause in pauses)

    if unit is Unit.WORKING_DAY:
        return _counted(first, count, lambda day: goes_on(day) and not calendar(day).at_rest)
    if unit is Unit.NATURAL_DAY:
        return _counted(first, count, goes_on)
    last = months_later(first, count)
    left_out = sum(not goes_on(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
    return _counted(last, left_out, goes_on)


def _counted(day: date, count: int, counts: Callable[[date], bool]) -> date:
    """The day on which so many days that count are over."""
    while count:
        day += _DAY
        count -= counts(day)
    return day


def months_later(day: date, count: int) -> date:
    """The same day so many months later, or the last of a month that is too short.

    Parameters
    ----------
    day : date
    count : int

    Returns
    -------
    date
    """
    years, month = divmod(day.month - 1 + count, 12)
    following = date(day.year + years + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(day.year + years, month + 1, 1) + timedelta(days=day.day - 1), following - _DAY)


def rolled(last: date, way: RollOver, calendar: Calendar) -> date:
    """Where a last day goes that falls on a holiday.

    Parameters
    ----------
    last : date
    way : RollOver
        ``statutory_day``: the first day after the statutory days, whatever it is (程规 art. 80, word for
        word); ``whole_break``: the first day after the whole break of which they are part; ``working_day``:
        from any day off to the next working day.
    calendar : callable

    Returns
    -------
    date
    """
    if way is RollOver.STATUTORY_DAY:
        return _first(last, lambda day: not calendar(day).statutory_day)
    if way is RollOver.WORKING_DAY or (way is RollOver.WHOLE_BREAK and _in_break(last, calendar)):
        return _first(last, lambda day: not calendar(day).at_rest)
    return last


def _first(day: date, fits: Callable[[date], bool]) -> date:
    while not fits(day):
        day += _DAY
    return day


def _in_break(day: date, calendar: Calendar) -> bool:
    """Whether a day off belongs to a run of days off with a statutory day in it."""
    if not calendar(day).at_rest:
        return False
    begun = day
    while calendar(begun - _DAY).at_rest:
        begun -= _DAY
    while calendar(begun).at_rest:
        if calendar(begun).statutory_day:
            return True
        begun += _DAY
    return False
