"""Wire formats of orders to correct."""

from marshmallow import Schema, fields, validate

from backend.cases.orders import LARGEST_FILE
from backend.cases.rules import Entry, OrderState
from backend.core.fields import Base64, FreeText


class OrderFilter(Schema):
    state = fields.Enum(OrderState, by_value=True)
    venue_id = fields.Integer()
    overdue = fields.Boolean(metadata={"description": "only what should have been corrected by now"})
    text = fields.String(validate=validate.Length(max=64))


class ProofIn(Schema):
    """What the party brought to show that it corrected: a note, and a PDF, JPEG or PNG if there is one."""

    note = FreeText(required=True, min_length=2, max_length=1000)
    file = Base64(largest=LARGEST_FILE)


class ExtensionIn(Schema):
    due_on = fields.Date(required=True)
    note = FreeText(required=True, min_length=2, max_length=1000, metadata={"description": "the reason"})


class OutcomeIn(Schema):
    outcome = fields.Enum(
        Entry, by_value=True, required=True, validate=validate.OneOf([Entry.PASSED, Entry.FAILED])
    )
    visit_id = fields.Integer(metadata={"description": "the re-inspection by which it was found so"})
    violation_ids = fields.List(
        fields.Integer(), validate=validate.Length(1, 50),
        metadata={"description": "of a failed order: what was not corrected; left out: all of it"},
    )  # fmt: skip
    note = FreeText(load_default="", max_length=1000)


class OrderViolationOut(Schema):
    violation_id = fields.Integer()
    refused_on = fields.Date(
        allow_none=True, metadata={"description": "found uncorrected: the serious tier may apply"}
    )


class OrderEntryOut(Schema):
    seq = fields.Integer()
    kind = fields.String()
    user_id = fields.Integer(allow_none=True)
    recorded_at = fields.DateTime()
    due_on = fields.Date(allow_none=True)
    visit_id = fields.Integer(allow_none=True)
    file_sha256 = fields.String(allow_none=True)


class OrderOut(Schema):
    id = fields.Integer()
    document = fields.String()
    number = fields.String(allow_none=True)
    agency_id = fields.Integer()
    area_code = fields.String()
    venue_id = fields.Integer(allow_none=True)
    handed_on = fields.Date()
    due_on = fields.Date()
    state = fields.String()
    task_id = fields.Integer(allow_none=True, metadata={"description": "of the re-inspection"})
    violations = fields.List(fields.Nested(OrderViolationOut))
    entries = fields.List(fields.Nested(OrderEntryOut))
    version = fields.Integer()


class OrderContentOut(Schema):
    order_id = fields.Integer()
    demand = fields.String()
    notes = fields.Dict(keys=fields.String(), values=fields.String(), metadata={"description": "by entry"})
