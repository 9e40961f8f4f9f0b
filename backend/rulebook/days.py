"""What kind of day it is (法定节假日、补假、调休、周末): independent flags. No database, no HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from backend.rulebook.rows import CalendarYear, Text

DayType = StrEnum(
    "DayType",
    ["STATUTORY_DAY", "MAKEUP_HOLIDAY", "ADJUSTED_DAY_OFF", "WEEKEND", "ADJUSTED_WORKDAY", "SCHOOL_VACATION"],
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFlags:
    """The flags of one day; None where it is not known.

    The weekday is always known. `loaded` is False for a year whose State Council arrangement is not in the
    rulebook; `missing` then says so. School vacations differ by district and kind of school: never known.
    """

    day: date
    loaded: bool
    weekend: bool
    statutory_day: bool | None = None
    makeup_holiday: bool | None = None
    adjusted_day_off: bool | None = None
    adjusted_workday: bool | None = None
    school_vacation: bool | None = None
    children_day: bool  # 1 June: a holiday for those under fourteen only (全国年节及纪念日放假办法 art. 3)
    name: Text | None = None
    document: Text | None = None
    note: Text | None = None
    missing: Text | None = None

    @property
    def types(self) -> frozenset[DayType]:
        """The flags that are known and true."""
        return frozenset(kind for kind in DayType if getattr(self, kind.value))

    @property
    def at_rest(self) -> bool:
        """A day off for everybody, whatever the reason; unknown counts as no."""
        off = self.statutory_day or self.makeup_holiday or self.adjusted_day_off
        return bool(off or (self.weekend and not self.adjusted_workday))


def unloaded(day: date) -> DayFlags:
    """A day of a year that is not loaded: only its weekday is known."""
    missing = Text(f"{day.year} 年节假日表未维护", f"the holiday table of {day.year} is not loaded")
    return DayFlags(
        day=day, loaded=False, weekend=_weekend(day), children_day=_children_day(day), missing=missing
    )


def days_of(year: CalendarYear) -> Iterator[DayFlags]:
    """Every day of a loaded year, in order."""
    named = {day: h for h in year.holidays for day in (*h.off, *h.adjusted_work)}
    day = date(year.year, 1, 1)
    while day.year == year.year:
        holiday = named.get(day)
        yield DayFlags(
            day=day,
            loaded=True,
            weekend=_weekend(day),
            statutory_day=holiday is not None and day in holiday.statutory,
            makeup_holiday=holiday is not None and day in holiday.makeup,
            adjusted_day_off=holiday is not None and day in holiday.adjusted_off,
            adjusted_workday=holiday is not None and day in holiday.adjusted_work,
            children_day=_children_day(day),
            name=holiday.name if holiday else None,
            document=year.document,
            note=holiday.note if holiday else None,
        )
        day += timedelta(days=1)


def _weekend(day: date) -> bool:
    return day.weekday() >= 5


def _children_day(day: date) -> bool:
    return (day.month, day.day) == (6, 1)
