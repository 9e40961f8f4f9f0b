"""HTTP doors of cases (案件)."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.cases import actions, queries
from backend.cases.schemas import (
    CaseFilter,
    CaseIn,
    CaseOut,
    CaseSeriesIn,
    CaseSeriesOut,
    CaseStepIn,
    ChoiceOut,
    DueOut,
    LimitationOut,
    StepMadeOut,
)
from backend.core.days import today
from backend.core.errors import NotAllowed
from backend.core.paging import OnePage
from backend.core.web import get_session

blp = Blueprint("cases", __name__, url_prefix="/api/v1", description="Cases, their steps and deadlines")
PARTIES = (Role.INSPECTOR, Role.SUPERVISOR, Role.LEGAL_REVIEWER)
OPENERS = (Role.INSPECTOR, Role.SUPERVISOR)


def as_query(chosen: dict[str, Any]) -> dict[str, Any]:
    """The filters of a list as the query takes them."""
    asked = dict(chosen)
    return asked | {"overdue_on": today()} if asked.pop("overdue", False) else asked


@blp.route("/cases")
class Cases(MethodView):
    @requires(*PARTIES)
    @blp.arguments(CaseFilter, location="query")
    @blp.response(200, CaseOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List cases, the next due first"""
        return partial(queries.list_cases, get_session(), current_user().scope, **as_query(chosen))

    @requires(*OPENERS)
    @blp.arguments(CaseIn)
    @blp.response(201, CaseOut)
    def post(self, said: dict[str, Any]) -> Any:
        """Open a case from violations at one venue"""
        return actions.open_case(get_session(), said, by=current_user(), now=datetime.now(UTC))


@blp.route("/cases/<int:case_id>")
@requires(*PARTIES)
@blp.response(200, CaseOut)
def case(case_id: int) -> Any:
    """Show a case"""
    return _case(case_id)


@blp.route("/cases/<int:case_id>/due")
@requires(*PARTIES)
@blp.response(200, DueOut(many=True))
def due(case_id: int) -> Any:
    """Say what is due, when, by which clause, and what happens if it lapses; the next first"""
    return queries.due(get_session(), _case(case_id), datetime.now(UTC))


@blp.route("/cases/<int:case_id>/choices")
@requires(*PARTIES)
@blp.response(200, ChoiceOut(many=True))
def choices(case_id: int) -> Any:
    """List the steps that lead on, with what keeps the caller from each"""
    return queries.choices(get_session(), _case(case_id), current_user(), today())


@blp.route("/cases/<int:case_id>/limitation")
@requires(*PARTIES)
@blp.response(200, LimitationOut)
def limitation(case_id: int) -> Any:
    """Say whether the act was found in time to be punished"""
    return queries.limitation_of(get_session(), _case(case_id))


@blp.route("/cases/<int:case_id>/steps")
class Steps(MethodView):
    @requires(*PARTIES)
    @blp.response(200, StepMadeOut(many=True))
    def get(self, case_id: int) -> Any:
        """List what was done, in its order"""
        return _case(case_id).steps

    @requires(*PARTIES)
    @blp.arguments(CaseStepIn)
    @blp.response(201, CaseOut)
    def post(self, said: dict[str, Any], case_id: int) -> Any:
        """Make a step in the case as it was looked at"""
        session, person = get_session(), current_user()
        found = queries.case(session, person.scope, case_id, to_change=True)
        actions.take_step(session, found, said, by=person, now=datetime.now(UTC))
        return found


@blp.route("/case-series")
class CaseNumbers(MethodView):
    @requires(Role.SUPERVISOR)
    @blp.response(200, CaseSeriesOut(many=True))
    def get(self) -> Any:
        """List how one's agency numbers its cases"""
        return queries.series_of(get_session(), current_user().scope)

    @requires(Role.SUPERVISOR)
    @blp.arguments(CaseSeriesIn)
    @blp.response(201, CaseSeriesOut)
    def post(self, said: dict[str, Any]) -> Any:
        """Lay down how one's agency numbers its cases in a year"""
        person = current_user()
        if person.agency_id is None:
            raise NotAllowed(agency_id=None)
        return actions.add_series(get_session(), agency_id=person.agency_id, **said, by=person.actor)


def _case(case_id: int) -> Any:
    return queries.case(get_session(), current_user().scope, case_id)
