"""Wire formats of units and queries. No field takes a name of a person, or what a record says."""

from marshmallow import Schema, fields, validate

from backend.core.days import today
from backend.core.fields import FreeText
from backend.staff_queries.rules import AskedBy, AskedOf, QueryKind, Result, Standing, standing_of


class ContactUnitFilter(Schema):
    kind = fields.String(validate=validate.Length(max=32))
    area = fields.String(validate=validate.Length(max=16))
    text = fields.String(validate=validate.Length(max=64))
    standing = fields.Enum(Standing, by_value=True)
    late = fields.Boolean(metadata={"description": "only units that never queried or are overdue"})
    awaited = fields.Boolean(metadata={"description": "only where an answer is awaited"})
    closed = fields.Boolean(metadata={"description": "those that work no more, instead of the others"})


class ContactUnitIn(Schema):
    kind = fields.String(required=True, validate=validate.Length(1, 32))
    name = FreeText(required=True, min_length=2, max_length=255)
    address = FreeText(load_default=None, allow_none=True, max_length=255)
    area_code = fields.String(required=True, validate=validate.Regexp(r"^[0-9]{1,16}$"))
    credit_code = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=32))
    site_id = fields.Integer(allow_none=True, metadata={"description": "the school that it is"})
    venue_id = fields.Integer(allow_none=True, metadata={"description": "the venue that it is, say a clinic"})


class ContactUnitChangeIn(ContactUnitIn):
    class Meta:
        exclude = ("site_id", "venue_id")

    closed_on = fields.Date(load_default=None, allow_none=True)
    version = fields.Integer(required=True, metadata={"description": "of the unit that was looked at"})


class ContactUnitOut(Schema):
    id = fields.Integer()
    kind = fields.String()
    name = fields.String()
    address = fields.String(allow_none=True)
    area_code = fields.String()
    credit_code = fields.String(allow_none=True)
    site_id = fields.Integer(allow_none=True)
    venue_id = fields.Integer(allow_none=True)
    queried_on = fields.Date(allow_none=True, metadata={"description": "when all staff was queried last"})
    next_due_on = fields.Date(allow_none=True, metadata={"description": "nothing: it never queried"})
    standing = fields.Function(
        lambda unit: standing_of(unit.next_due_on, today()),
        metadata={"type": "string", "enum": sorted(Standing)},
    )
    closed_on = fields.Date(allow_none=True)
    version = fields.Integer()


class StaffQueryIn(Schema):
    """Counts and codes only."""

    kind = fields.Enum(QueryKind, by_value=True, required=True)
    people = fields.Integer(required=True, validate=validate.Range(1, 100_000))
    queried_on = fields.Date(required=True)
    asked_of = fields.Enum(AskedOf, by_value=True, required=True)
    asked_by = fields.Enum(AskedBy, by_value=True, load_default=AskedBy.UNIT)
    result = fields.Enum(Result, by_value=True, required=True)
    replaces_id = fields.Integer(metadata={"description": "the row that was wrong, or waited for an answer"})
    version = fields.Integer(required=True, metadata={"description": "of the unit that was looked at"})


class StaffQueryOut(Schema):
    id = fields.Integer()
    kind = fields.String(validate=validate.OneOf(sorted(QueryKind)))
    people = fields.Integer()
    queried_on = fields.Date()
    asked_of = fields.String(validate=validate.OneOf(sorted(AskedOf)))
    asked_by = fields.String(validate=validate.OneOf(sorted(AskedBy)))
    result = fields.String(validate=validate.OneOf(sorted(Result)))
    replaces_id = fields.Integer(allow_none=True)
    entered_at = fields.DateTime()
