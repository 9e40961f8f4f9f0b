"""Which time limits run for a tip (线索时限), by its channel, nature and kind. No database, no HTTP."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from backend.rulebook.clocks import Calendar, Deadline, deadline
from backend.rulebook.procedure import Clock, Unit
from backend.rulebook.rows import Row, Text

# what ends the clock: 决定办理或移送 / 核查完毕 / 已答复
Stop = StrEnum("Stop", ["DECIDED", "VERIFIED", "ANSWERED"])


@dataclass(frozen=True, slots=True, kw_only=True)
class TipClock(Row):
    """One time limit of a tip. Without a count the text names no number, and none is invented.

    A count that is not `confirmed` is the agency's own setting, and pages say so.
    """

    name: Text
    stops: Stop
    clauses: tuple[str, ...]
    channels: tuple[str, ...] = ()  # none: all
    natures: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    count: int | None = None
    unit: Unit = Unit.WORKING_DAY
    more: int | None = None  # by how much it may be extended, once
    confirmed: bool = True

    def concerns(self, channel: str, nature: str, kind: str) -> bool:
        """Whether it runs for a tip."""
        asked = ((self.channels, channel), (self.natures, nature), (self.kinds, kind))
        return all(not known or one in known for known, one in asked)

    def last_day(self, begun_at: datetime, calendar: Calendar, *, more: int = 0) -> Deadline | None:
        """The last day on which it is in time; None where nobody set a number.

        Parameters
        ----------
        begun_at : datetime
            When the tip was received, in the zone of Shanghai.
        calendar : callable
            The flags of a day.
        more : int
            By how much it was extended.

        Returns
        -------
        Deadline or None
        """
        if self.count is None:
            return None
        clock = Clock(id=self.id, name=self.name, count=self.count, unit=self.unit, lapse=self.name)
        return deadline(clock, begun_at, calendar, more=more)


def problems_of_tip_clocks(clocks: Iterable[TipClock], kinds: set[str]) -> Iterator[str]:
    """What a clock of tips must not be: a number that nobody said, or for a kind that is none."""
    for one in clocks:
        if one.confirmed and (one.count is None or not one.clauses):
            yield f"{one.id}: a confirmed clock has a number and a clause that says it"
        if one.count is not None and one.count < 1:
            yield f"{one.id}: {one.count} is no number of days"
        if one.more is not None and one.count is None:
            yield f"{one.id}: extended from no number"
        yield from (f"{one.id}: {kind} is not in tip_kinds" for kind in one.kinds if kind not in kinds)
