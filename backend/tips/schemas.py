"""Wire formats of tips."""

from typing import Any

from marshmallow import Schema, fields, validate

from backend.core.fields import Base64, FreeText
from backend.tips.rules import LARGEST_PICTURE, LONGEST_TEXT, MOST_PICTURES, Noted, Source, State


class _Part(fields.Float):
    """A part of a whole picture."""

    def __init__(self) -> None:
        super().__init__(validate=validate.Range(0, 1))


class SchoolTipIn(Schema):
    """What a school reports; of which school is said by the account, never by the request."""

    uuid = fields.UUID(required=True, metadata={"description": "made in the browser, once"})
    kind = fields.String(required=True, validate=validate.Length(min=1, max=32))
    seen_at = fields.AwareDateTime(required=True)
    text = FreeText(load_default="", max_length=LONGEST_TEXT)
    venue_id = fields.Integer(load_default=None, allow_none=True)
    clear = fields.List(
        fields.List(fields.Tuple([_Part(), _Part(), _Part(), _Part()]), validate=validate.Length(max=400)),
        load_default=(),
        validate=validate.Length(max=MOST_PICTURES),
        metadata={"description": "of each picture the clear areas: x, y, width, height as parts of it"},
    )
    pictures = fields.List(
        Base64(
            largest=LARGEST_PICTURE,
            metadata={"description": "pixelated in the browser; shown so but for the clear areas"},
        ),
        load_default=(),
        validate=validate.Length(max=MOST_PICTURES),
    )


def noted_by_school(said: dict[str, Any]) -> Noted:
    """What a school reports, as rules know it."""
    clear = tuple(tuple(areas) for areas in said.get("clear", ()))
    return Noted(**said | {"uuid": str(said["uuid"]), "clear": clear})


class TipFilter(Schema):
    source = fields.Enum(Source, by_value=True, load_default=None)
    kind = fields.String(load_default=None, validate=validate.Length(max=32))
    state = fields.Enum(State, by_value=True, load_default=None)
    text = fields.String(load_default="", validate=validate.Length(max=64))


class AnswerIn(Schema):
    text = FreeText(required=True, min_length=2, max_length=1000)


class TipPictureOut(Schema):
    number = fields.Integer()
    minor_possible = fields.Boolean(metadata={"description": "true: it is shown pixelated"})
    came_at = fields.DateTime(allow_none=True, metadata={"description": "null: still on its way"})


class TipOut(Schema):
    """A tip without what somebody wrote."""

    id = fields.Integer()
    receipt_no = fields.String()
    source = fields.String(validate=validate.OneOf(sorted(Source)))
    kind = fields.String()
    state = fields.String(validate=validate.OneOf(sorted(State)))
    seen_at = fields.DateTime()
    received_at = fields.DateTime()
    area_code = fields.String()
    site_id = fields.Integer(allow_none=True)
    venue_id = fields.Integer(allow_none=True)
    lon = fields.Float(allow_none=True)
    lat = fields.Float(allow_none=True)
    accuracy_m = fields.Float(allow_none=True)
    is_signed = fields.Boolean(allow_none=True)
    taken_by = fields.Integer(allow_none=True)
    taken_at = fields.DateTime(allow_none=True)
    answered_by = fields.Integer(allow_none=True)
    answered_at = fields.DateTime(allow_none=True)
    pictures = fields.List(fields.Nested(TipPictureOut))


class TipContentOut(Schema):
    tip_id = fields.Integer()
    text = fields.String()
    answer = fields.String()


class ReceiptOut(Schema):
    receipt_no = fields.String()
    secret = fields.String(
        allow_none=True, metadata={"description": "shown this once; null when the tip was sent again"}
    )
    state = fields.String(validate=validate.OneOf(sorted(State)))
