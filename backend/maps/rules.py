"""How counts of a cell are shown, and to whom not. No database, no HTTP."""

import math
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

LEAST_VISITS = 5  # fewer than these are not shown outside the area, neither visits nor violations
LEAST_VENUES = 2  # nor a cell in which one venue stands for all
_Z = 1.959964  # 95 %


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted in one cell: visits, those that found something, violations found, venues."""

    visits: int = 0
    with_violation: int = 0
    violations: int = 0
    venues: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader is told of a cell; None is fewer than `LEAST_VISITS`."""

    visits: int
    with_violation: int | None
    violations: int | None
    rate: float | None
    rate_low: float | None
    rate_high: float | None
    is_small_sample: bool


def within_area(counts: Counts) -> Shown:
    """A cell of the reader's own area: everything, small samples marked as such.

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


def outside_area(counts: Counts) -> Shown | None:
    """A cell of others: nothing that could be about one venue or one child.

    Parameters
    ----------
    counts : Counts
        Of whole months.

    Returns
    -------
    Shown or None
        None where there are too few visits or venues; without a rate where few visits found something, or
        few found nothing.
    """
    if counts.visits < LEAST_VISITS or counts.venues < LEAST_VENUES:
        return None
    if not LEAST_VISITS <= counts.with_violation <= counts.visits - LEAST_VISITS:
        return Shown(counts.visits, None, None, None, None, None, False)
    return within_area(counts)


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


def whole_months(since: date | None, until: date | None) -> tuple[date | None, date | None]:
    """A period that can be told outside the area: two that differ by a day would tell that day.

    Parameters
    ----------
    since, until : date or None
        First and last day; None is open.

    Returns
    -------
    tuple of date or None
        From the first of its first month to the end of its last.
    """
    return (
        since and since.replace(day=1),
        until and until.replace(day=monthrange(until.year, until.month)[1]),
    )
