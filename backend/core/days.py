"""The day in Shanghai, where the law is: days of the law begin and end there."""

from datetime import date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")  # no summer time since 1991


def today() -> date:
    """The day in Shanghai."""
    return datetime.now(SHANGHAI).date()
