"""Wire formats of recommendations."""

from marshmallow import Schema, fields, validate

from backend.cases.orders import LARGEST_FILE
from backend.core.fields import Base64, FreeText
from backend.transfers.rules import Sender, Stage

_SENTENCES = validate.Length(1, 20)


class RecommendationFilter(Schema):
    sender = fields.Enum(Sender, by_value=True)
    stage = fields.Enum(Stage, by_value=True)
    overdue = fields.Boolean(metadata={"description": "only what is late by the earliest reading"})
    text = fields.String(validate=validate.Length(max=64))


class RecommendationIn(Schema):
    sender = fields.Enum(Sender, by_value=True, required=True)
    sender_name = FreeText(required=True, min_length=2, max_length=128)
    number = FreeText(required=True, min_length=2, max_length=64)
    received_on = fields.Date(required=True)
    area_code = fields.String(required=True, validate=validate.Length(1, 16))
    officer_id = fields.Integer(required=True, metadata={"description": "who answers for it"})
    about = FreeText(required=True, min_length=4, max_length=1000)


class RecommendationOfficerIn(Schema):
    officer_id = fields.Integer(required=True)


class RecommendationProofIn(Schema):
    note = FreeText(required=True, min_length=2, max_length=1000)
    file = Base64(largest=LARGEST_FILE)


class RecommendationReplyIn(Schema):
    """The reply to a procuratorate as it is issued; or the number of one that was written elsewhere."""

    done = fields.List(FreeText(min_length=2, max_length=500), validate=_SENTENCES)
    remaining = fields.List(FreeText(min_length=2, max_length=500), validate=_SENTENCES)
    attached = fields.List(FreeText(min_length=2, max_length=200), validate=_SENTENCES)
    reply_no = FreeText(min_length=2, max_length=64)


class RecommendationSentIn(Schema):
    sent_on = fields.Date(required=True)


class RecommendationClosedIn(Schema):
    note = FreeText(load_default="", max_length=1000)


class RecommendationEntryOut(Schema):
    seq = fields.Integer()
    kind = fields.String()
    user_id = fields.Integer()
    recorded_at = fields.DateTime()
    sent_on = fields.Date(allow_none=True)
    officer_id = fields.Integer(allow_none=True)
    document_id = fields.Integer(allow_none=True)
    reply_no = fields.String(allow_none=True)
    file_sha256 = fields.String(allow_none=True)


class RecommendationOut(Schema):
    id = fields.Integer()
    sender = fields.String(validate=validate.OneOf(sorted(Sender)))
    sender_name = fields.String()
    number = fields.String()
    received_on = fields.Date()
    area_code = fields.String()
    officer_id = fields.Integer()
    stage = fields.String(validate=validate.OneOf(sorted(Stage)))
    warn_on = fields.Date(allow_none=True, metadata={"description": "by the earliest reading"})
    due_on = fields.Date(allow_none=True, metadata={"description": "the last day that any reading allows"})
    readings = fields.List(fields.Dict())
    entries = fields.List(fields.Nested(RecommendationEntryOut))
    version = fields.Integer()


class RecommendationContentOut(Schema):
    recommendation_id = fields.Integer()
    about = fields.String()
    notes = fields.Dict(keys=fields.String(), values=fields.String(), metadata={"description": "by entry"})
