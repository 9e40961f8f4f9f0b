"""Days and instants. Days of the law begin and end in Shanghai."""

from datetime import date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")  # no summer time since 1991


def today() -> date:
    """The day in Shanghai."""
    return datetime.now(SHANGHAI).date()


def day_of(at: datetime) -> date:
    """The day of an instant in Shanghai."""
    return at.astimezone(SHANGHAI).date()


def instant_of(text: str) -> datetime:
    """An instant with its time zone. Raises ValueError."""
    if (at := datetime.fromisoformat(text)).tzinfo is None or not 2000 < at.year < 2100:
        raise ValueError  # a day at the end of the calendar is none in other zones
    return at
