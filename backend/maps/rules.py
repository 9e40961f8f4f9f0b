"""How counts of a place are shown, and to whom not. No database, no HTTP.

A reader's own area is shown whole: they may open each visit there anyway. Of other areas the map tells only
blocks: one cell in one area, one agency, one activity, one quarter that is over. A block is told or kept back
by itself (`outside_area`), for everybody alike, once, some weeks after its quarter (`quarter_to_freeze`), and
then stays as it is; every answer is a sum of told blocks (`together`). So whichever answers somebody
subtracts, of other periods, larger cells, more activities, other readers or other days, what remains is made
of told blocks too: nothing of a block that was kept back is in any answer. Outside nothing else can be
chosen; street-towns are not told (a street-town less its cells would be what was kept back), nor is a quarter
that is not frozen yet, because from one day to the next it grows by single visits. What arrives later (a
tablet long offline, a correction) is counted in its own area only.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

LEAST_VISITS = 5  # fewer are too few: marked at home, not shown elsewhere, neither visits nor violations
LEAST_VENUES = 2  # nor a cell in which one venue stands for all
FALSE_ALARMS = 0.05  # the share of false alarms among the places that are said to stand out
_Z = 1.959964  # 95 %


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted in one place: visits, those that found something, violations found, venues."""

    visits: int = 0
    with_violation: int = 0
    violations: int = 0
    venues: int = 0

    def __add__(self, more: "Counts") -> "Counts":
        """Of two places, or of two periods, without the venues: those may be the same."""
        return Counts(
            self.visits + more.visits,
            self.with_violation + more.with_violation,
            self.violations + more.violations,
        )


NOTHING = Counts()


@dataclass(frozen=True, slots=True)
class Block:
    """What is told of a block, or of several; None is kept back."""

    visits: int
    with_violation: int | None
    violations: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader is told of a place; None is kept back."""

    visits: int
    with_violation: int | None
    violations: int | None
    rate: float | None
    rate_low: float | None
    rate_high: float | None
    is_small_sample: bool


@dataclass(frozen=True, slots=True)
class Change:
    """By how much a rate differs from one period to another, and between which bounds."""

    difference: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        return self.low > 0 or self.high < 0


def within_area(counts: Counts) -> Shown:
    """A place of the reader's own area: everything, small samples marked as such.

    Parameters
    ----------
    counts : Counts
        At least one visit.

    Returns
    -------
    Shown
        `rate` is the share of visits that found a violation, with its interval (Wilson, 95 %).
    """
    low, high = interval(counts.with_violation, counts.visits)
    return Shown(
        counts.visits, counts.with_violation, counts.violations, counts.with_violation / counts.visits,
        low, high, counts.visits < LEAST_VISITS,
    )  # fmt: skip


def outside_area(counts: Counts) -> Block | None:
    """A block of others: nothing that could be about one venue or one child.

    Parameters
    ----------
    counts : Counts
        Of one cell in one area, one agency, one activity and one quarter that is over.

    Returns
    -------
    Block or None
        None where there are too few visits or venues; visits only where few of them found something, or few
        found nothing.
    """
    if counts.visits < LEAST_VISITS or counts.venues < LEAST_VENUES:
        return None
    if not LEAST_VISITS <= counts.with_violation <= counts.visits - LEAST_VISITS:
        return Block(counts.visits, None, None)
    return Block(counts.visits, counts.with_violation, counts.violations)


def together(told: Iterable[Block]) -> Shown:
    """Several told blocks as one place.

    Parameters
    ----------
    told : iterable of Block
        At least one, each as `outside_area` tells it, or a sum of such.

    Returns
    -------
    Shown
        Without a rate if any block is told without one.
    """
    visits, found, violations = 0, 0, 0
    is_whole = True
    for block in told:
        visits += block.visits
        if block.with_violation is None or block.violations is None:
            is_whole = False
        else:
            found, violations = found + block.with_violation, violations + block.violations
    if not is_whole:
        return Shown(visits, None, None, None, None, None, False)
    return within_area(Counts(visits, found, violations, LEAST_VENUES))


def interval(found: int, visits: int) -> tuple[float, float]:
    """Between which shares the true one lies, by Wilson's interval of 95 %.

    Parameters
    ----------
    found, visits : int
        Visits that found something, and all of them (at least one).

    Returns
    -------
    tuple of float
        Both between 0 and 1.
    """
    share, weight = found / visits, _Z**2 / visits
    middle = (share + weight / 2) / (1 + weight)
    reach = _Z * math.sqrt(share * (1 - share) / visits + weight / (4 * visits)) / (1 + weight)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def change(now: Shown | None, before: Shown | None) -> Change | None:
    """Say by how much the rate of a place changed (Newcombe's interval of 95 %, made of Wilson's).

    Parameters
    ----------
    now, before : Shown or None
        The same place in two periods that do not overlap; None where nothing is told.

    Returns
    -------
    Change or None
        None where either rate is not told, or rests on too few visits.
    """
    if now is None or before is None or now.is_small_sample or before.is_small_sample:
        return None
    if now.rate is None or before.rate is None:
        return None
    difference = now.rate - before.rate
    up = math.hypot((now.rate_high or 0) - now.rate, before.rate - (before.rate_low or 0))
    down = math.hypot(now.rate - (now.rate_low or 0), (before.rate_high or 0) - before.rate)
    return Change(difference, difference - down, difference + up)


def follow_each_other(before: tuple[date, date], now: tuple[date, date]) -> bool:
    """Whether the second of two periods begins when the first is over; so no visit is in both.

    Parameters
    ----------
    before, now : tuple of date
        First and last day.

    Returns
    -------
    bool
    """
    return before[0] <= before[1] < now[0] <= now[1]


def quarter_to_freeze(today: date, after_days: int) -> date:
    """Which quarter is the newest that can be told outside the area.

    Parameters
    ----------
    today : date
        In Shanghai.
    after_days : int
        How long a quarter must be over: until then single visits and corrections still arrive.

    Returns
    -------
    date
        The first day of the quarter.
    """
    return quarter_begins(quarter_begins(today - timedelta(days=after_days)) - timedelta(days=1))


def quarter_begins(day: date) -> date:
    """The first day of the quarter of a day.

    Parameters
    ----------
    day : date

    Returns
    -------
    date
    """
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def next_quarter(day: date) -> date:
    """The first day of the quarter after that of a day.

    Parameters
    ----------
    day : date

    Returns
    -------
    date
    """
    return quarter_begins(quarter_begins(day) + timedelta(days=100))
