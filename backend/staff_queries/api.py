"""HTTP doors of units in close contact with minors and their queries about staff (从业查询)."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core.days import today
from backend.core.paging import OnePage
from backend.core.web import get_session
from backend.staff_queries import actions, queries
from backend.staff_queries.models import ContactUnit, StaffQuery
from backend.staff_queries.schemas import (
    ContactUnitChangeIn,
    ContactUnitFilter,
    ContactUnitIn,
    ContactUnitOut,
    StaffQueryIn,
    StaffQueryOut,
)

blp = Blueprint(
    "staff_queries",
    __name__,
    url_prefix="/api/v1/contact-units",
    description="Units in close contact with minors, and their queries about staff: counts, never records",
)
OVERSEERS = (Role.SUPERVISOR, Role.COORDINATOR)
READERS = (*OVERSEERS, Role.REPORTER)


@blp.route("")
class ContactUnits(MethodView):
    @requires(*READERS)
    @blp.arguments(ContactUnitFilter, location="query")
    @blp.response(200, ContactUnitOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List units, those that never queried first, then the longest overdue"""
        return partial(queries.list_units, get_session(), current_user(), on=today(), **chosen)

    @requires(*OVERSEERS)
    @blp.arguments(ContactUnitIn)
    @blp.response(201, ContactUnitOut)
    def post(self, said: dict[str, Any]) -> ContactUnit:
        """Register a unit of one's areas"""
        return actions.register(get_session(), said, by=current_user(), now=datetime.now(UTC))


@blp.route("/<int:unit_id>")
class OneContactUnit(MethodView):
    @requires(*READERS)
    @blp.response(200, ContactUnitOut)
    def get(self, unit_id: int) -> ContactUnit:
        """Show a unit"""
        return queries.unit(get_session(), current_user(), unit_id)

    @requires(*OVERSEERS)
    @blp.arguments(ContactUnitChangeIn)
    @blp.response(200, ContactUnitOut)
    def put(self, said: dict[str, Any], unit_id: int) -> ContactUnit:
        """Correct what is registered of the unit as it was looked at"""
        session, person = get_session(), current_user()
        unit = queries.unit(session, person, unit_id, to_change=True)
        return actions.change(session, unit, said, said.pop("version"), by=person, now=datetime.now(UTC))


@blp.route("/<int:unit_id>/queries")
class StaffQueries(MethodView):
    @requires(*READERS)
    @blp.response(200, StaffQueryOut(many=True))
    def get(self, unit_id: int) -> Any:
        """List every query of a unit, newest first"""
        session = get_session()
        return queries.history(session, queries.unit(session, current_user(), unit_id).id)

    @requires(*READERS)
    @blp.arguments(StaffQueryIn)
    @blp.response(201, StaffQueryOut)
    def post(self, said: dict[str, Any], unit_id: int) -> StaffQuery:
        """Enter a query: how many people, when, with what result; never who"""
        session, person = get_session(), current_user()
        unit = queries.unit(session, person, unit_id, to_change=True)
        return actions.enter_query(session, unit, said, said.pop("version"), by=person, now=datetime.now(UTC))
