"""Wire formats of issued documents; none holds content."""

from marshmallow import Schema, fields, validate

from backend.documents.rules import Because
from backend.tasks.rules import DocumentKind


class DocumentFilter(Schema):
    kind = fields.Enum(DocumentKind, by_value=True, load_default=None)
    year = fields.Integer(load_default=None, validate=validate.Range(2020, 2100))
    case_id = fields.Integer(load_default=None)


class LookIn(Schema):
    public = fields.Boolean(
        load_default=False, metadata={"description": "a copy for the public: natural persons masked"}
    )


class WithdrawIn(Schema):
    because = fields.Enum(Because, by_value=True, required=True)


class IssuedOut(Schema):
    """A document without what stands in it."""

    id = fields.Integer()
    uuid = fields.String()
    kind = fields.String(validate=validate.OneOf(sorted(DocumentKind)))
    number = fields.String(attribute="number.text")
    title = fields.String()
    made_on = fields.Date()
    pages = fields.Integer()
    sha256 = fields.String(metadata={"description": "of the blocks"})
    code = fields.String()
    case_id = fields.Integer(allow_none=True)
    subject = fields.String(allow_none=True)
    issued_by = fields.Integer()
    issued_at = fields.DateTime()
    withdrawn_at = fields.DateTime(attribute="withdrawal.withdrawn_at")
    withdrawn_because = fields.String(attribute="withdrawal.because")
