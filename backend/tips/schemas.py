"""Wire formats of tips."""

from dataclasses import replace
from typing import Any

from marshmallow import Schema, fields, validate

from backend.core.fields import Base64, FreeText
from backend.tips.rules import (
    LARGEST_PICTURE,
    LONGEST_TEXT,
    MOST_PICTURES,
    Contact,
    Nature,
    Noted,
    Source,
    State,
    Where,
)


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


class PublicTipIn(SchoolTipIn):
    """What somebody without an account reports; where it is, in words and perhaps as a position."""

    class Meta:
        exclude = ("venue_id",)

    place = FreeText(required=True, min_length=2, max_length=200)
    area_code = fields.String(load_default="", validate=validate.Length(max=16))
    lon = fields.Float(load_default=None, validate=validate.Range(-180, 180))
    lat = fields.Float(load_default=None, validate=validate.Range(-90, 90))
    accuracy_m = fields.Float(load_default=None, validate=validate.Range(0, 1e7))
    has_complaint = fields.Boolean(load_default=False)
    name = fields.String(load_default="", validate=validate.Length(max=64))
    contact = fields.String(load_default="", validate=validate.Length(max=128))


def noted_by_anybody(said: dict[str, Any]) -> tuple[Noted, Contact, bool]:
    """What somebody reports, who they are, whether it holds a complaint. A browser's position is WGS-84."""
    said = dict(said)
    lon, lat, accuracy_m = (said.pop(name, None) for name in ("lon", "lat", "accuracy_m"))
    contact = Contact(said.pop("name", ""), said.pop("contact", ""))
    has_complaint = said.pop("has_complaint", False)
    where = None if lon is None or lat is None else Where(lon, lat, accuracy_m, "wgs84")
    return replace(noted_by_school(said), where=where), contact, has_complaint


class InformantAskIn(Schema):
    reason = FreeText(required=True, min_length=2, max_length=500)


class InformantRequestOut(Schema):
    id = fields.Integer()
    requested_by = fields.Integer()
    requested_at = fields.DateTime()
    agreed_by = fields.Integer(allow_none=True)
    open_until = fields.DateTime(allow_none=True)


class InformantReasonOut(Schema):
    reason = fields.String()


class InformantOut(Schema):
    name = fields.String()
    reach = fields.String()


class InformantReachOut(Schema):
    reach = fields.String(metadata={"description": "for whoever sends the answer; no name"})


def noted_by_school(said: dict[str, Any]) -> Noted:
    """What a school reports, as rules know it."""
    clear = tuple(tuple(areas) for areas in said.get("clear", ()))
    return Noted(**said | {"uuid": str(said["uuid"]), "clear": clear})


class TipFilter(Schema):
    source = fields.Enum(Source, by_value=True, load_default=None)
    kind = fields.String(load_default=None, validate=validate.Length(max=32))
    state = fields.Enum(State, by_value=True, load_default=None)
    nature = fields.Enum(Nature, by_value=True, load_default=None)
    overdue = fields.Boolean(
        load_default=False, metadata={"description": "only those with a clock that is over"}
    )
    text = fields.String(load_default="", validate=validate.Length(max=64))


class AnswerIn(Schema):
    text = FreeText(required=True, min_length=2, max_length=1000)


class TipAcceptIn(Schema):
    joined_id = fields.Integer(
        load_default=None, allow_none=True, metadata={"description": "the tip with which it is handled"}
    )


class TipDeedIn(Schema):
    """A deed that takes nothing."""


class TipJoinIn(Schema):
    joined_id = fields.Integer(required=True)


class TipNoteIn(Schema):
    note = FreeText(load_default="", max_length=500)


class TipTakeBackIn(Schema):
    note = FreeText(required=True, min_length=2, max_length=500)


class TipTransferIn(Schema):
    to_name = FreeText(required=True, min_length=2, max_length=128)
    note = FreeText(load_default="", max_length=500)


class TipVerifyIn(Schema):
    is_filed = fields.Boolean(required=True)
    note = FreeText(load_default="", max_length=500)


class TipPlaceIn(Schema):
    venue_id = fields.Integer(required=True)


class TipExtendIn(Schema):
    clock = fields.String(required=True, validate=validate.Length(max=32))
    because = FreeText(required=True, min_length=2, max_length=255)
    approved_by = FreeText(required=True, min_length=2, max_length=64)


class TipClockOut(Schema):
    clock = fields.String()
    rulebook_version = fields.Integer()
    due_on = fields.Date(
        allow_none=True, metadata={"description": "null: the text says promptly, and nobody set a number"}
    )
    is_provisional = fields.Boolean(
        metadata={"description": "it reaches a year whose holidays are not known yet"}
    )
    more = fields.Integer(metadata={"description": "by how much it was extended"})
    stopped_at = fields.DateTime(allow_none=True)


class TipStepOut(Schema):
    deed = fields.String()
    by = fields.Integer()
    at = fields.DateTime()
    to_name = fields.String(allow_none=True)


class TipPictureOut(Schema):
    number = fields.Integer()
    minor_possible = fields.Boolean(metadata={"description": "true: it is shown pixelated"})
    came_at = fields.DateTime(allow_none=True, metadata={"description": "null: still on its way"})


class TipOut(Schema):
    """A tip without what somebody wrote."""

    id = fields.Integer()
    receipt_no = fields.String()
    source = fields.String(validate=validate.OneOf(sorted(Source)))
    channel_no = fields.String(allow_none=True)
    nature = fields.String(validate=validate.OneOf(sorted(Nature)))
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
    joined_id = fields.Integer(allow_none=True, metadata={"description": "it is handled with this one"})
    split_id = fields.Integer(allow_none=True, metadata={"description": "the other half of one submission"})
    to_name = fields.String(allow_none=True)
    verified_at = fields.DateTime(allow_none=True)
    is_filed = fields.Boolean(allow_none=True)
    answered_by = fields.Integer(allow_none=True)
    answered_at = fields.DateTime(allow_none=True)
    told_at = fields.DateTime(allow_none=True)
    closed_at = fields.DateTime(allow_none=True)
    clocks = fields.List(fields.Nested(TipClockOut))
    pictures = fields.List(fields.Nested(TipPictureOut))


class TipHistoryOut(Schema):
    """What was done with a tip, and which others may be about the same."""

    steps = fields.List(fields.Nested(TipStepOut))
    alike = fields.List(fields.Nested(TipOut))
    group = fields.List(
        fields.Nested(TipOut), metadata={"description": "handled together, itself among them"}
    )


class TipContentOut(Schema):
    tip_id = fields.Integer()
    text = fields.String()
    place = fields.String()
    answer = fields.String()


class ReceiptOut(Schema):
    receipt_no = fields.String()
    secret = fields.String(
        allow_none=True, metadata={"description": "shown this once; null when the tip was sent again"}
    )
    state = fields.String(validate=validate.OneOf(sorted(State)))
