"""Wire formats of mandatory reports and trainings. No field takes a child's name."""

from marshmallow import Schema, fields, validate

from backend.accounts.rules import ToCall
from backend.core.fields import FreeText
from backend.tips.rules import LONGEST_TEXT, AgeBand, HandedHow, Situation, Whereabouts


class MandatoryReportIn(Schema):
    uuid = fields.UUID(required=True, metadata={"description": "made in the browser, once"})
    situation = fields.Enum(Situation, by_value=True, required=True)
    age_band = fields.Enum(AgeBand, by_value=True, required=True)
    initial = FreeText(load_default="", max_length=1, metadata={"description": "one letter, never a name"})
    whereabouts = fields.Enum(Whereabouts, by_value=True, required=True)
    place = FreeText(load_default="", max_length=200)
    met_at = fields.AwareDateTime(required=True)
    called_at = fields.AwareDateTime(load_default=None, allow_none=True)
    text = FreeText(load_default="", max_length=LONGEST_TEXT)


class HandoverIn(Schema):
    to_kind = fields.Enum(ToCall, by_value=True, required=True)
    to_name = FreeText(required=True, min_length=2, max_length=128)
    how = fields.Enum(HandedHow, by_value=True, required=True)
    handed_at = fields.AwareDateTime(required=True)


class HandoverResultIn(Schema):
    text = FreeText(required=True, min_length=2, max_length=1000)


class HandoverOut(Schema):
    id = fields.Integer()
    to_kind = fields.String(validate=validate.OneOf(sorted(ToCall)))
    to_name = fields.String()
    how = fields.String(validate=validate.OneOf(sorted(HandedHow)))
    handed_at = fields.DateTime()
    noted_by = fields.Integer()
    result_at = fields.DateTime(allow_none=True)


class MandatoryReportOut(Schema):
    """A report without what was written."""

    id = fields.Integer()
    report_no = fields.String()
    situation = fields.String(validate=validate.OneOf(sorted(Situation)))
    age_band = fields.String(validate=validate.OneOf(sorted(AgeBand)))
    whereabouts = fields.String(validate=validate.OneOf(sorted(Whereabouts)))
    area_code = fields.String()
    site_id = fields.Integer(allow_none=True)
    met_at = fields.DateTime()
    received_at = fields.DateTime()
    handovers = fields.List(
        fields.Nested(HandoverOut), metadata={"description": "none: late, for the law says at once"}
    )


class MandatoryReportContentOut(Schema):
    text = fields.String()
    initial = fields.String()
    place = fields.String()
    results = fields.Dict(keys=fields.Integer(), values=fields.String())


class MandatoryReportFilter(Schema):
    waiting = fields.Boolean(load_default=False, metadata={"description": "only those not handed on"})


class TrainingIn(Schema):
    held_on = fields.Date(required=True)
    topic = FreeText(required=True, min_length=2, max_length=255)
    trained_by = FreeText(required=True, min_length=2, max_length=128)
    people = fields.Integer(required=True, validate=validate.Range(1, 100_000))
    next_due_on = fields.Date(required=True)


class TrainingOut(TrainingIn):
    id = fields.Integer()
    agency_id = fields.Integer(allow_none=True)
    site_id = fields.Integer(allow_none=True)
    area_code = fields.String()
