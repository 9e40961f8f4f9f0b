"""HTTP doors of the early warning. Read-only."""

from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from backend.accounts.auth import requires
from backend.core.paging import OnePage
from backend.core.web import get_session
from backend.inspections.api import READERS
from backend.maps.alert_rules import alert_rules
from backend.maps.alerts import alerts
from backend.maps.api import looking_at
from backend.rulebook.schemas import TextOut

blp = Blueprint("alerts", __name__, url_prefix="/api/v1/alerts", description="What to look at, and why")


class AlertFilter(Schema):
    rule = fields.String(load_default=None, validate=validate.Length(max=32))
    venue_id = fields.Integer(load_default=None)
    site_id = fields.Integer(load_default=None)


class AlertRuleOut(Schema):
    id = fields.String()
    name = fields.Nested(TextOut)
    because = fields.Nested(TextOut, metadata={"description": "the words, with names for what is counted"})
    months = fields.Integer()
    least = fields.Integer()
    days = fields.Integer()


class AlertRowOut(Schema):
    kind = fields.String(
        validate=validate.OneOf(["visit", "violation", "id_check", "licence", "verdict"]),
    )
    id = fields.Integer()
    on = fields.Date(allow_none=True)
    visit_id = fields.Integer(allow_none=True)


class AlertOut(Schema):
    rule_id = fields.String(attribute="rule.id")
    name = fields.Nested(TextOut, attribute="rule.name")
    because = fields.Nested(TextOut)
    venue_id = fields.Integer(allow_none=True)
    site_id = fields.Integer(allow_none=True)
    rows = fields.List(fields.Nested(AlertRowOut), metadata={"description": "every row that made it"})


@blp.route("")
class Alerts(MethodView):
    @requires(*READERS)
    @blp.arguments(AlertFilter, location="query")
    @blp.response(200, AlertOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List warnings about venues and schools, each with its rule and the rows that made it"""
        return partial(alerts, get_session(), looking_at({}), **chosen)


@blp.route("/rules")
@requires(*READERS)
@blp.response(200, AlertRuleOut(many=True))
def rules() -> Any:
    """List what is looked for, with the numbers by which each rule speaks"""
    return list(alert_rules())
