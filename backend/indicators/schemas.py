"""Wire formats of indicators and urging letters."""

from marshmallow import Schema, fields, validate

from backend.core.fields import FreeText
from backend.indicators.rules import State


class PeriodIn(Schema):
    """`area_code` "" is everywhere, for whoever may see everywhere."""

    first_on = fields.Date(required=True)
    last_on = fields.Date(required=True)
    area_code = fields.String(load_default="", validate=validate.Length(max=16))


class FreezeIn(PeriodIn):
    because = FreeText(
        min_length=2, max_length=500, load_default=None,
        metadata={"description": "why a period that was frozen is counted again"},
    )  # fmt: skip


class IndicatorWordOut(Schema):
    zh = fields.String()
    en = fields.String()


class IndicatorOut(Schema):
    id = fields.String()
    name = fields.Nested(IndicatorWordOut)
    part = fields.Nested(IndicatorWordOut)
    whole = fields.Nested(IndicatorWordOut)
    has_interval = fields.Boolean()


class IndicatorToldOut(Schema):
    part = fields.Integer(allow_none=True, metadata={"description": "null is kept back: under five"})
    whole = fields.Integer(allow_none=True)
    rate = fields.Float(allow_none=True)
    low = fields.Float(allow_none=True, metadata={"description": "Wilson, 95 %"})
    high = fields.Float(allow_none=True)


class IndicatorLineOut(Schema):
    indicator = fields.Nested(IndicatorOut)
    total = fields.Nested(IndicatorToldOut)
    areas = fields.Dict(keys=fields.String(), values=fields.Nested(IndicatorToldOut))
    agencies = fields.Dict(keys=fields.String(allow_none=True), values=fields.Nested(IndicatorToldOut))


class PeriodReportOut(Schema):
    id = fields.Integer()
    first_on = fields.Date()
    last_on = fields.Date()
    area_code = fields.String()
    agency_id = fields.Integer(allow_none=True)
    edition = fields.Integer()
    because = fields.String(allow_none=True)
    sha256 = fields.String()
    made_at = fields.DateTime()


class UrgingFilter(Schema):
    state = fields.Enum(State, by_value=True)


class UrgingIn(Schema):
    area_code = fields.String(required=True, validate=validate.Length(max=16))
    to_agency_id = fields.Integer(required=True)
    indicator = fields.String(load_default=None, allow_none=True)
    subject = FreeText(required=True, min_length=2, max_length=128)
    words = FreeText(required=True, min_length=2, max_length=1000)
    due_on = fields.Date(required=True)


class UrgingAnswerIn(Schema):
    words = FreeText(required=True, min_length=2, max_length=2000)


class UrgingAnswerOut(Schema):
    seq = fields.Integer()
    words = fields.String()
    answered_at = fields.DateTime()


class UrgingOut(Schema):
    id = fields.Integer()
    area_code = fields.String()
    to_agency_id = fields.Integer()
    indicator = fields.String(allow_none=True)
    subject = fields.String()
    words = fields.String()
    due_on = fields.Date()
    sent_at = fields.DateTime()
    answers = fields.List(fields.Nested(UrgingAnswerOut))
