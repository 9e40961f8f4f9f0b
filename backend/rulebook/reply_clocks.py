"""In how long a recommendation is answered (检察建议、司法建议的答复期限). No database, no HTTP."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from backend.rulebook.clocks import Calendar, Deadline, deadline
from backend.rulebook.procedure import Clock, Unit
from backend.rulebook.rows import Row, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyClock(Row):
    """One reading of how long the answer may take, by who sent the recommendation.

    One that is not `confirmed` is a setting: no text in hand says it, and pages say so.
    """

    name: Text
    senders: tuple[str, ...]
    count: int
    unit: Unit
    clauses: tuple[str, ...] = ()
    confirmed: bool = True

    def last_day(self, received_at: datetime, calendar: Calendar) -> Deadline | None:
        """The last day on which an answer is in time.

        Parameters
        ----------
        received_at : datetime
            In the zone of Shanghai; that day does not count.
        calendar : callable
            The flags of a day.

        Returns
        -------
        Deadline or None
        """
        clock = Clock(id=self.id, name=self.name, count=self.count, unit=self.unit, lapse=self.name)
        return deadline(clock, received_at, calendar)


def problems_of_reply_clocks(clocks: Iterable[ReplyClock]) -> Iterator[str]:
    """What such a clock must not be: a number that nobody said but called confirmed."""
    for one in clocks:
        if one.count < 1:
            yield f"{one.id}: {one.count} is no length of time"
        if one.confirmed and not (one.clauses and one.citable):
            yield f"{one.id}: a confirmed clock has a clause that says its number"
