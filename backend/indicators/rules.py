"""How counts are told: small ones are not, and none that could be worked out. No database, no HTTP."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from backend.maps.rules import interval

LEAST = 5  # a smaller count is not told: it could be about one child, or one venue

Key = TypeVar("Key", bound=Hashable)
State = StrEnum("State", ["WAITING", "LATE", "ANSWERED"])  # 待回复 / 逾期未回复 / 已回复


@dataclass(frozen=True, slots=True)
class Count:
    """So many of so many."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.part + other.part, self.whole + other.whole)


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a count; None is kept back. The rate lies between `low` and `high` (Wilson, 95 %)."""

    part: int | None = None
    whole: int | None = None
    rate: float | None = None
    low: float | None = None
    high: float | None = None


def told(count: Count) -> Told:
    """One count by itself.

    Parameters
    ----------
    count : Count

    Returns
    -------
    Told
        Nothing of a whole under five, no part under five; nought is told.

    Raises
    ------
    ValueError
        If more were counted than there are.
    """
    if not 0 <= count.part <= count.whole:
        raise ValueError("a part is at most its whole")
    if 0 < count.whole < LEAST:
        return Told()
    if 0 < count.part < LEAST:
        return Told(whole=count.whole)
    if not count.whole:
        return Told(0, 0)
    low, high = interval(count.part, count.whole)
    return Told(count.part, count.whole, count.part / count.whole, low, high)


def told_together(counts: Mapping[Key, Count]) -> tuple[dict[Key, Told], Told]:
    """Counts beside their sum, so that none that is kept back follows from the others.

    Parameters
    ----------
    counts : mapping of Count
        The parts of one whole, by area or by agency.

    Returns
    -------
    tuple
        What is told of each, and of their sum. Where a single one was kept back, the smallest other is too.
    """
    each = {key: told(count) for key, count in counts.items()}
    if (key := _smallest_other({key: one.whole for key, one in each.items()})) is not None:
        each[key] = Told()
    if (key := _smallest_other({key: one.part for key, one in each.items()})) is not None:
        each[key] = Told(whole=each[key].whole)
    return each, told(sum(counts.values(), Count()))


def _smallest_other(numbers: Mapping[Key, int | None]) -> Key | None:
    """Beside the only number that is kept back, the smallest that is told and is not nought."""
    others = [key for key, number in numbers.items() if number]
    if list(numbers.values()).count(None) != 1 or not others:
        return None
    return min(others, key=lambda key: (numbers[key] or 0, str(key)))


def state(due_on: date, answered_on: date | None, today: date) -> State:
    """How an urging letter stands.

    Parameters
    ----------
    due_on : date
        The last day for an answer.
    answered_on : date or None
        The day of the first answer.
    today : date

    Returns
    -------
    State
        An answer that came late is an answer; whether it came in time is counted, not shown as a state.
    """
    if answered_on is not None:
        return State.ANSWERED
    return State.LATE if due_on < today else State.WAITING
