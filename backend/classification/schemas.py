"""Wire formats of classification notes."""

from marshmallow import Schema, fields, validate

from backend.core.fields import FreeText


class NoteFilter(Schema):
    business = fields.String(load_default="", validate=validate.Length(max=128))
    venue_id = fields.Integer(load_default=None)
    only_current = fields.Boolean(load_default=False)


class NoteIn(Schema):
    business = FreeText(required=True, min_length=2, max_length=128)
    venue_id = fields.Integer(load_default=None, allow_none=True)
    category = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=32),
        metadata={"description": "an activity of the rulebook; null: decided to be in none"},
    )
    decided_by = FreeText(required=True, min_length=2, max_length=255)
    decided_on = fields.Date(required=True)
    reason = FreeText(required=True, min_length=4, max_length=2000)
    clauses = fields.List(
        fields.String(validate=validate.Length(max=64)), required=True, validate=validate.Length(1, 20)
    )


class NoteOut(Schema):
    id = fields.Integer()
    business = fields.String()
    venue_id = fields.Integer(allow_none=True)
    category = fields.String(allow_none=True)
    decided_by = fields.String()
    decided_on = fields.Date()
    reason = fields.String()
    clauses = fields.List(fields.String())
    supersedes = fields.Integer(allow_none=True, metadata={"description": "the note that it replaced"})
    entered_by = fields.Integer()
    entered_at = fields.DateTime()
