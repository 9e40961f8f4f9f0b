"""How rates went (违法率趋势): a chart, and a table of the same numbers, which needs no script."""

from dataclasses import dataclass
from typing import Any

from flask import render_template

from backend.accounts.auth import current_user, requires
from backend.accounts.queries import list_agencies
from backend.core.days import today
from backend.core.web import get_session
from backend.inspections.api import READERS
from backend.maps.periods import Against
from backend.maps.rules import Shown
from backend.maps.schemas import TrendFilter
from backend.maps.trends import Parted, Point, Series
from backend.maps.trends_api import series_asked
from backend.web.map_rows import difference_in_words, rate_in_words, told_in_words
from backend.web.shell import pages
from backend.web.tables import PAGE_SIZE, Page, filters_asked, page_asked
from backend.web.task_new import activity_choices
from backend.web.words import t

MOST_DRAWN = 6  # lines that somebody can still tell apart


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One period of one series in words."""

    name: str
    period: str
    cells: list[str]


@pages.get("/trends")
@requires(*READERS)
def trends() -> Any:
    """Rates by month or quarter, as a chart and as a table."""
    given, chosen = filters_asked(TrendFilter())
    number, place = page_asked()
    series = series_asked(dict(chosen))
    rows = [_row(one, point) for one in series for point in reversed(one.points)]
    some = rows[place["offset"] : place["offset"] + PAGE_SIZE]
    session, person = get_session(), current_user()
    return render_template(
        "trends.html",
        page=Page(some, len(rows), number), given=given, chart=_chart(series, chosen["against"]),
        most=MOST_DRAWN if len(series) > MOST_DRAWN else None, several=len({row.name for row in rows}) > 1,
        step=chosen["step"], by=chosen["by"],
        against=t.named("trend_against", chosen["against"]), activities=activity_choices(),
        agencies=[(one.id, t.agency_name(one.names)) for one in list_agencies(session)]
        if person.agency_id is None else [],
    )  # fmt: skip


def _row(series: Series, point: Point) -> TrendRow:
    now, period = point.now, point.period
    name = t.trend_running.format(period=period.name) if period.last >= today() else period.name
    if now is None:
        return TrendRow(_name(series), name, ["0", t.none, t.none, t.none])
    told = [str(now.visits), told_in_words(now.with_violation), rate_in_words(now)]
    return TrendRow(
        _name(series), name, [*told, difference_in_words(point.change) if point.before else t.none]
    )


def _name(series: Series) -> str:
    """An activity or an area by its name; what is not one's own says so."""
    if series.key is None:
        return t.trend_own if series.in_area else t.trend_others
    name = t.activity_name(series.key) if series.by is Parted.ACTIVITY else series.name or series.key
    return name if series.in_area else f"{name} · {t.trend_others}"


def _chart(series: list[Series], against: Against) -> dict[str, Any] | None:
    """What the script draws; None where no rate is told. The period before is in the line already."""
    drawn = [one for one in series[:MOST_DRAWN] if any(_rate(point.now) for point in one.points)]
    periods = sorted({point.period for one in drawn for point in one.points})
    if not drawn:
        return None
    return {
        "periods": [period.name for period in periods],
        "series": [_line(one, {point.period: point for point in one.points}, periods) for one in drawn],
        "words": {
            "rate": t.trend_rate, "visits": t.map_visits, "few": t.map_too_few,
            "before": t.named("trend_against", against) if against is Against.YEAR else None,
        },
    }  # fmt: skip


def _line(series: Series, points: dict[Any, Point], periods: list[Any]) -> dict[str, Any]:
    some = [points.get(period) for period in periods]
    return {
        "name": _name(series),
        "rates": [_rate(point.now) if point else None for point in some],
        "visits": [point.now.visits if point and point.now else 0 for point in some],
        "before": [_rate(point.before) if point else None for point in some],
    }


def _rate(shown: Shown | None) -> tuple[float, float, float] | None:
    """The rate between its bounds, unless it rests on too few visits or is not told."""
    if shown is None or shown.is_small_sample or shown.rate is None:
        return None
    return shown.rate, shown.rate_low or 0.0, shown.rate_high or 0.0
