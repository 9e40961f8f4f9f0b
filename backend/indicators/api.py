"""HTTP doors of indicators (履职指标) and of urging letters (督办)."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core.days import today
from backend.core.paging import OnePage
from backend.core.web import get_session
from backend.indicators import reports, urgings
from backend.indicators.schemas import (
    FreezeIn,
    IndicatorLineOut,
    PeriodIn,
    PeriodReportOut,
    UrgingAnswerIn,
    UrgingFilter,
    UrgingIn,
    UrgingOut,
)

blp = Blueprint("indicators", __name__, url_prefix="/api/v1", description="How agencies do their duty")
READERS = (Role.SUPERVISOR, Role.COORDINATOR)


@blp.route("/indicators")
@requires(*READERS)
@blp.arguments(PeriodIn, location="query")
@blp.response(200, IndicatorLineOut(many=True))
def indicators(asked: dict[str, Any]) -> Any:
    """Count a period as it stands now; counts under five are kept back"""
    return reports.lines(reports.counted(get_session(), current_user(), *_period(asked)))


@blp.route("/period-reports")
class PeriodReports(MethodView):
    @requires(*READERS)
    @blp.response(200, PeriodReportOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self) -> Any:
        """List the frozen reports, newest first"""
        return partial(reports.list_reports, get_session(), current_user().scope)

    @requires(*READERS)
    @blp.arguments(FreezeIn)
    @blp.response(201, PeriodReportOut)
    def post(self, said: dict[str, Any]) -> Any:
        """Keep the numbers of a period that is over; counted again, they say why"""
        return reports.freeze(get_session(), **said, by=current_user(), now=datetime.now(UTC))


@blp.route("/period-reports/<int:report_id>/lines")
@requires(*READERS)
@blp.response(200, IndicatorLineOut(many=True))
def report_lines(report_id: int) -> Any:
    """Show the numbers of a frozen report; counts under five are kept back"""
    return reports.lines(reports.report(get_session(), current_user().scope, report_id).content)


@blp.route("/urgings")
class Urgings(MethodView):
    @requires(*READERS)
    @blp.arguments(UrgingFilter, location="query")
    @blp.response(200, UrgingOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List urging letters, those that wait for an answer first"""
        return partial(urgings.list_urgings, get_session(), current_user().scope, today=today(), **chosen)

    @requires(Role.COORDINATOR)
    @blp.arguments(UrgingIn)
    @blp.response(201, UrgingOut)
    def post(self, said: dict[str, Any]) -> Any:
        """Urge an agency to do its duty until a day"""
        return urgings.urge(get_session(), **said, by=current_user(), now=datetime.now(UTC))


@blp.route("/urgings/<int:urging_id>/answers", methods=["POST"])
@requires(Role.SUPERVISOR)
@blp.arguments(UrgingAnswerIn)
@blp.response(201, UrgingOut)
def answer(said: dict[str, Any], urging_id: int) -> Any:
    """Answer for the agency that was urged"""
    session, person = get_session(), current_user()
    found = urgings.urging(session, person.scope, urging_id, to_answer=True)
    urgings.answer(session, found, **said, by=person, now=datetime.now(UTC))
    return found


def _period(asked: dict[str, Any]) -> tuple[Any, ...]:
    return asked["first_on"], asked["last_on"], asked["area_code"]
