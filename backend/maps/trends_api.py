"""HTTP doors of trends. Read-only; the filters and the rules are those of the map."""

from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint

from backend.accounts.auth import requires
from backend.core.spreadsheets import csv_answer
from backend.core.web import get_session
from backend.inspections.api import READERS
from backend.maps import rows
from backend.maps.api import looking_at, note_export, visits_chosen
from backend.maps.schemas import TrendFilter, TrendOut
from backend.maps.trends import Series, trends

blp = Blueprint("trends", __name__, url_prefix="/api/v1", description="How rates went")


@blp.route("/trends")
@requires(*READERS)
@blp.arguments(TrendFilter, location="query")
@blp.response(200, TrendOut(many=True))
def trend(chosen: dict[str, Any]) -> Any:
    """Hold each month or quarter against an earlier one, by activity or street-town

    Periods are counted whole. Outside one's areas only quarters that are over are told, without what could be
    about one venue; street-towns only of one's own.
    """
    return jsonify([row for series in series_asked(chosen) for row in rows.trend_rows(series)])


@blp.route("/trends.csv")
@requires(*READERS)
@blp.arguments(TrendFilter, location="query")
@blp.response(200, content_type="text/csv")
def trend_csv(chosen: dict[str, Any]) -> Response:
    """The same as a file for spreadsheets (UTF-8 with BOM); each export is recorded"""
    note_export("trends", "csv", chosen)
    found = [rows.flat(row) for series in series_asked(chosen) for row in rows.trend_rows(series)]
    return csv_answer(
        "trends", rows.TREND_COLUMNS, ([row[name] for name in rows.TREND_COLUMNS] for row in found)
    )


def series_asked(asked: dict[str, Any]) -> list[Series]:
    """The series of somebody's filters."""
    how = {name: asked.pop(name) for name in ("step", "by", "against")}
    return trends(get_session(), looking_at({}), visits_chosen(asked), **how)
