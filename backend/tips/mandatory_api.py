"""HTTP doors of mandatory reports (强制报告) and of the trainings for them."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core.days import today
from backend.core.paging import OnePage
from backend.core.web import deployment, get_session
from backend.tips import mandatory, trainings
from backend.tips.mandatory import REPORTERS
from backend.tips.mandatory_models import Handover, MandatoryReport, Training
from backend.tips.mandatory_schemas import (
    HandoverIn,
    HandoverOut,
    HandoverResultIn,
    MandatoryReportContentOut,
    MandatoryReportFilter,
    MandatoryReportIn,
    MandatoryReportOut,
    TrainingIn,
    TrainingOut,
)

blp = Blueprint(
    "mandatory",
    __name__,
    url_prefix="/api/v1",
    description="Mandatory reports of harm, and trainings for them",
)
OVERSEERS = (Role.SUPERVISOR, Role.COORDINATOR)
TRAINERS = (Role.SUPERVISOR, Role.COORDINATOR, Role.REPORTER)


@blp.route("/mandatory-reports")
class Reports(MethodView):
    @requires(*REPORTERS)
    @blp.arguments(MandatoryReportFilter, location="query")
    @blp.response(200, MandatoryReportOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List those of one's areas, or one's own, newest first, without what was written"""
        return partial(mandatory.list_reports, get_session(), current_user(), **chosen)

    @requires(*REPORTERS)
    @blp.arguments(MandatoryReportIn)
    @blp.response(201, MandatoryReportOut)
    @blp.alt_response(200, schema=MandatoryReportOut, description="Already here: it was sent again")
    def post(self, said: dict[str, Any]) -> Any:
        """Report harm or danger to a minor; a copy, for the call to 110 comes first"""
        found, is_new = mandatory.report(get_session(), said, by=current_user(), now=datetime.now(UTC))
        return found, 201 if is_new else 200


@blp.route("/mandatory-reports/<int:report_id>")
@requires(*REPORTERS)
@blp.response(200, MandatoryReportOut)
def report(report_id: int) -> MandatoryReport:
    """Show a report without what was written"""
    return mandatory.one(get_session(), current_user(), report_id)


@blp.route("/mandatory-reports/<int:report_id>/content")
@requires(*REPORTERS)
@blp.response(200, MandatoryReportContentOut)
def content(report_id: int) -> dict[str, Any]:
    """Show what was written and what became of it; each look is written into the audit trail"""
    return shown(report_id)


@blp.route("/mandatory-reports/<int:report_id>/handovers", methods=["POST"])
@requires(*REPORTERS)
@blp.arguments(HandoverIn)
@blp.response(201, HandoverOut)
def hand_over(said: dict[str, Any], report_id: int) -> Handover:
    """Note to whom it was handed, when and how"""
    session, person = get_session(), current_user()
    found = mandatory.one(session, person, report_id, to_change=True)
    return mandatory.hand_over(session, found, said, by=person, now=datetime.now(UTC))


@blp.route("/mandatory-reports/<int:report_id>/handovers/<int:handover_id>/result", methods=["POST"])
@requires(*OVERSEERS)
@blp.arguments(HandoverResultIn)
@blp.response(200, HandoverOut)
def result(said: dict[str, Any], report_id: int, handover_id: int) -> Handover:
    """Note what became of it there; whoever reported reads it"""
    session, person = get_session(), current_user()
    found = mandatory.one(session, person, report_id, to_change=True)
    return mandatory.note_result(session, found, handover_id, **said, by=person, now=datetime.now(UTC))


@blp.route("/trainings")
class Trainings(MethodView):
    @requires(*TRAINERS)
    @blp.response(200, TrainingOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self) -> Any:
        """List the trainings of one's areas, or of one's school, newest first"""
        return partial(trainings.list_trainings, get_session(), current_user())

    @requires(*TRAINERS)
    @blp.arguments(TrainingIn)
    @blp.response(201, TrainingOut)
    def post(self, said: dict[str, Any]) -> Training:
        """Enter a training of one's own unit"""
        now = datetime.now(UTC)
        return trainings.enter(get_session(), said, by=current_user(), now=now, today=today())


def shown(report_id: int) -> dict[str, Any]:
    """What was written; the look is in the audit trail before it goes out."""
    person = current_user()
    with deployment().unit_of_work() as session:
        return mandatory.read(session, mandatory.one(session, person, report_id), by=person)
