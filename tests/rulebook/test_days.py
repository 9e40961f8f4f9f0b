"""Kinds of days, day by day, against a table that was typed from the three notices and not from our YAML."""

from datetime import date, timedelta

import pytest

from backend.rulebook.rules import DayType, Rulebook

TYPED = {  # statutory | made up | other weekdays off | weekend days worked
    2024: "0101 0210 0211 0212 0404 0501 0610 0917 1001 1002 1003 | 0213 0214 |"
    " 0215 0216 0405 0502 0503 0916 1004 1007 | 0204 0218 0407 0428 0511 0914 0929 1012",
    2025: "0101 0128 0129 0130 0131 0404 0501 0502 0531 1001 1002 1003 1006 | 0602 |"
    " 0203 0204 0505 1007 1008 | 0126 0208 0427 0928 1011",
    2026: "0101 0216 0217 0218 0219 0405 0501 0502 0619 0925 1001 1002 1003 | 0406 0504 1005 |"
    " 0102 0220 0223 0505 1006 1007 | 0104 0214 0228 0509 0920 1010",
}
COLUMNS = (
    DayType.STATUTORY_DAY,
    DayType.MAKEUP_HOLIDAY,
    DayType.ADJUSTED_DAY_OFF,
    DayType.ADJUSTED_WORKDAY,
)


def expected(day: date) -> set[DayType]:
    columns = zip(COLUMNS, TYPED[day.year].split("|"), strict=True)
    kinds = {kind for kind, typed in columns if day.strftime("%m%d") in typed.split()}
    return kinds | ({DayType.WEEKEND} if day.weekday() in (5, 6) else set())


@pytest.mark.parametrize("year", TYPED)
def test_every_day_of_a_year_is_what_the_notice_says(rulebook: Rulebook, year: int) -> None:
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]

    assert {day: set(rulebook.day(day).types) for day in days} == {day: expected(day) for day in days}


@pytest.mark.parametrize(("year", "statutory"), [(2024, 11), (2025, 13), (2026, 13)])
def test_a_year_has_the_statutory_days_of_its_edition(rulebook: Rulebook, year: int, statutory: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]

    assert sum(bool(rulebook.day(day).statutory_day) for day in days) == statutory


def test_a_plain_saturday_is_a_weekend_and_nothing_else(rulebook: Rulebook) -> None:
    assert rulebook.day(date(2026, 11, 21)).types == {DayType.WEEKEND}


def test_the_sunday_in_a_long_break_is_no_statutory_day(rulebook: Rulebook) -> None:
    assert rulebook.day(date(2026, 10, 4)).types == {DayType.WEEKEND}


def test_whether_schools_have_vacation_is_never_known(rulebook: Rulebook) -> None:
    assert rulebook.day(date(2026, 7, 15)).school_vacation is None


@pytest.mark.parametrize("year", [2023, 2027])
def test_a_year_that_is_not_loaded_says_so_and_claims_nothing_but_the_weekday(
    rulebook: Rulebook, year: int
) -> None:
    flags = rulebook.day(date(year, 10, 1))

    assert (flags.loaded, flags.statutory_day, flags.adjusted_workday) == (False, None, None)
    assert flags.weekend is (date(year, 10, 1).weekday() >= 5)
    assert flags.missing is not None
    assert flags.missing.zh == f"{year} 年节假日表未维护"


def test_a_day_names_the_document_that_arranged_it(rulebook: Rulebook) -> None:
    flags = rulebook.day(date(2026, 5, 4))

    assert flags.name is not None
    assert flags.document is not None
    assert (flags.name.zh, flags.document.zh) == ("劳动节", "国办发明电〔2025〕7号")
    assert flags.note is not None  # the notice does not say which day makes up
