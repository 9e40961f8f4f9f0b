"""Months and quarters, and which of them is held against which (环比、同比). No database, no HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Step(StrEnum):
    """How long a period is."""

    MONTH = "month"  # 月
    QUARTER = "quarter"  # 季度

    @property
    def months(self) -> int:
        return 1 if self is Step.MONTH else 3


class Against(StrEnum):
    """What a period is held against."""

    PREVIOUS = "previous"  # 环比: the period before it
    YEAR = "year"  # 同比: the same period of the year before


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month or a quarter, in Shanghai."""

    first: date
    step: Step

    @classmethod
    def of(cls, day: date, step: Step) -> "Period":
        """The period in which a day lies."""
        return cls(day.replace(month=(day.month - 1) // step.months * step.months + 1, day=1), step)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.moved(1).first - timedelta(days=1)

    @property
    def name(self) -> str:
        """2026-11, or 2026-Q4."""
        if self.step is Step.MONTH:
            return f"{self.first:%Y-%m}"
        return f"{self.first.year}-Q{self.first.month // 3 + 1}"

    def moved(self, steps: int) -> "Period":
        """The period so many steps later, or earlier."""
        years, month = divmod(self.first.month - 1 + steps * self.step.months, 12)
        return Period(self.first.replace(year=self.first.year + years, month=month + 1), self.step)

    def before(self, against: Against) -> "Period":
        """The period that this one is held against."""
        return self.moved(-1 if against is Against.PREVIOUS else -12 // self.step.months)

    def until(self, last: "Period") -> Iterator["Period"]:
        """This period and all that follow, to the last one."""
        period = self
        while period <= last:
            yield period
            period = period.moved(1)
