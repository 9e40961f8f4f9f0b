"""Wire formats of the credit registers. What everybody may read has a schema of its own."""

from marshmallow import Schema, fields, validate

from backend.core.fields import FreeText
from backend.credit.queries import public_party, public_venue
from backend.credit.rules import WAYS, Because, Deed, Position, State
from backend.rulebook.rows import CreditRegister
from backend.rulebook.schemas import TextOut

_SHA256 = validate.Regexp(r"^[0-9a-f]{64}$")


class CreditFilter(Schema):
    register = fields.Enum(CreditRegister, by_value=True)
    state = fields.Enum(State, by_value=True)
    expired = fields.Boolean(metadata={"description": "listed ones whose period is over, or is not"})
    venue_id = fields.Integer()
    text = fields.String(validate=validate.Length(max=64))


class PublicCreditFilter(Schema):
    register = fields.Enum(CreditRegister, by_value=True)


class ResponsibleIn(Schema):
    """Who answers for a unit: a position and a name, no number."""

    position = fields.Enum(Position, by_value=True, required=True)
    name = FreeText(required=True, min_length=2, max_length=64)


class CreditEntryIn(Schema):
    criterion_id = fields.String(required=True, validate=validate.Length(1, 32))
    venue_id = fields.Integer(required=True)
    party = FreeText(required=True, min_length=2, max_length=255)
    is_person = fields.Boolean(required=True, metadata={"description": "the party is a natural person"})
    responsible = fields.List(
        fields.Nested(ResponsibleIn), load_default=list, validate=validate.Length(max=10)
    )
    act = FreeText(required=True, min_length=2, max_length=500)
    decision_no = FreeText(required=True, min_length=2, max_length=128)
    decision_on = fields.Date(required=True)
    case_id = fields.Integer(allow_none=True, load_default=None)
    decision_sha256 = fields.String(
        allow_none=True, load_default=None, validate=_SHA256,
        metadata={"description": "of the file of a decision that was made elsewhere"},
    )  # fmt: skip


class CreditStepIn(Schema):
    deed = fields.Enum(Deed, by_value=True, required=True, validate=validate.OneOf(list(WAYS)))
    version = fields.Integer(required=True, metadata={"description": "of the entry that was looked at"})
    paper = FreeText(
        min_length=2, max_length=255, metadata={"description": "name and number of the document"}
    )
    dated_on = fields.Date(metadata={"description": "day of the document; left out: today"})
    reason = FreeText(min_length=2, max_length=1000)


class CreditConfirmationIn(Schema):
    criterion_id = fields.String(required=True, validate=validate.Length(1, 32))
    document = FreeText(required=True, min_length=4, max_length=255)
    statement_days = fields.Integer(required=True, validate=validate.Range(1, 365))
    months = fields.Integer(required=True, validate=validate.Range(1, 600))
    repair_after_months = fields.Integer(
        load_default=None, allow_none=True, validate=validate.Range(0, 600),
        metadata={"description": "nothing: no early repair"},
    )  # fmt: skip


class CreditConfirmationOut(CreditConfirmationIn):
    id = fields.Integer()
    rulebook_version = fields.Integer()
    confirmed_by = fields.Integer()
    confirmed_at = fields.DateTime()


class CreditCriterionOut(Schema):
    id = fields.String()
    register = fields.String(validate=validate.OneOf(sorted(CreditRegister)))
    name = fields.Nested(TextOut)
    activities = fields.List(fields.String())
    clauses = fields.List(fields.String())
    confidence = fields.List(fields.String())
    active = fields.Boolean()


class ResponsibleOut(Schema):
    position = fields.String(validate=validate.OneOf(sorted(Position)))
    name = fields.String()


class CreditEntryOut(Schema):
    id = fields.Integer()
    register = fields.String(validate=validate.OneOf(sorted(CreditRegister)))
    criterion_id = fields.String()
    agency_id = fields.Integer()
    area_code = fields.String()
    venue_id = fields.Integer()
    party = fields.String()
    is_person = fields.Boolean()
    credit_code = fields.String(allow_none=True)
    responsible = fields.List(fields.Nested(ResponsibleOut))
    act = fields.String()
    decision_no = fields.String()
    decision_on = fields.Date()
    case_id = fields.Integer(allow_none=True)
    decision_sha256 = fields.String(allow_none=True)
    state = fields.String(validate=validate.OneOf(sorted(State)))
    statement_until = fields.Date(allow_none=True)
    listed_on = fields.Date(allow_none=True)
    until_on = fields.Date(allow_none=True, metadata={"description": "last day; it ends by itself"})
    removed_on = fields.Date(allow_none=True)
    deleted_by_on = fields.Date(allow_none=True, metadata={"description": "last day for others to delete it"})
    is_published = fields.Boolean()
    version = fields.Integer()


class CreditStepOut(Schema):
    seq = fields.Integer()
    deed = fields.String(validate=validate.OneOf(sorted(Deed)))
    to_state = fields.String(validate=validate.OneOf(sorted(State)))
    user_id = fields.Integer()
    made_at = fields.DateTime()
    dated_on = fields.Date()
    paper = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    clauses = fields.List(fields.String())
    rulebook_version = fields.Integer()


class CreditChoiceOut(Schema):
    deed = fields.String(validate=validate.OneOf(sorted(Deed)))
    because = fields.List(fields.String(validate=validate.OneOf(sorted(Because))))


class PublicCreditOut(Schema):
    """An entry as everybody may read it: no number, nobody responsible, natural persons masked."""

    register = fields.String(validate=validate.OneOf(sorted(CreditRegister)))
    venue = fields.Function(public_venue, metadata={"type": ["string", "null"]})
    party = fields.Function(public_party, metadata={"type": "string"})
    credit_code = fields.Function(
        lambda entry: None if entry.is_person else entry.credit_code,
        metadata={"type": ["string", "null"]},
    )
    basis = fields.Function(
        lambda entry: entry.confirmation.document if entry.confirmation else None,
        metadata={"type": ["string", "null"], "description": "the document that the list rests on"},
    )
    decision_no = fields.String()
    decision_on = fields.Date()
    agency = fields.Function(lambda entry: entry.agency.name_zh, metadata={"type": "string"})
    listed_on = fields.Date()
    until_on = fields.Date(allow_none=True)
