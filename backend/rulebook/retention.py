"""How long each class of data is kept (保存期限): rows of the rulebook, and what a deployment confirmed.

No database, no HTTP. A class without a confirmed period is kept.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from backend.rulebook.rows import Row, Text

CountedFrom = StrEnum("CountedFrom", ["VISIT_DAY", "RECEIVED", "CASE_CLOSED"])  # 检查日 / 收到日 / 结案日


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionClass(Row):
    """One class of data (数据类别). `least_years` is what a law asks for at the least, if one does.

    `automatic` are those that the retention job destroys once a period is confirmed.
    """

    name: Text
    covers: Text
    confirmed_by: Text
    automatic: bool
    clauses: tuple[str, ...]
    least_years: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionSetting(Row):
    """A period that an authority laid down for a class, with its document; `agency` "" means every agency.

    One that is not `active` is shown and never applied.
    """

    retention_class: str
    active: bool
    counted_from: CountedFrom
    authority: Text
    document_no: str
    dated: date
    agency: str = ""
    years: int | None = None
    days: int | None = None

    def due_on(self, event: date) -> date:
        """The first day on which what was made on a day is no longer kept; see `due_on`."""
        return due_on(event, years=self.years or 0, days=self.days or 0)


def due_on(event: date, *, years: int = 0, days: int = 0) -> date:
    """The day on which a period is over: the first day of not keeping.

    The day of the event does not count and the last day is kept whole. A year that begins on 29 February ends
    on the last day of February.

    Parameters
    ----------
    event : date
        The day from which it counts, in Shanghai.
    years, days : int
        How long it is kept.

    Returns
    -------
    date
        Never reached within the calendar: the last day of the calendar.
    """
    if event.year + years > date.max.year:
        return date.max
    try:
        last = event.replace(year=event.year + years)
    except ValueError:
        last = date(event.year + years, 2, 28)
    return last + timedelta(days=days + 1) if (date.max - last).days > days else date.max


def latest_event(on: date, *, years: int = 0, days: int = 0) -> date:
    """A day on or after every event whose period is over on a day: for finding what may be due.

    Parameters
    ----------
    on : date
    years, days : int
        How long it is kept.

    Returns
    -------
    date
    """
    if (on - date.min).days < days:
        return date.min
    last = on - timedelta(days=days)
    if last.year - years < 1:
        return date.min
    try:
        return last.replace(year=last.year - years)
    except ValueError:
        return date(last.year - years, 3, 1)
