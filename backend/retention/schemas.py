"""Wire formats of keeping and destroying."""

from marshmallow import Schema, fields, validate

from backend.core.fields import FreeText
from backend.retention.rules import BasisKind, ConsentForm, GivenBy, HoldReason, LiftReason
from backend.rulebook.schemas import CitedOut, RowOut, TextOut


class PeriodOut(RowOut):
    agency = fields.String(metadata={"description": "code of the agency; empty: every agency"})
    years = fields.Integer(allow_none=True)
    days = fields.Integer(allow_none=True)
    counted_from = fields.String()
    authority = fields.Nested(TextOut)
    document_no = fields.String()
    dated = fields.Date()


class ClassOut(CitedOut):
    name = fields.Nested(TextOut)
    covers = fields.Nested(TextOut)
    confirmed_by = fields.Nested(TextOut)
    automatic = fields.Boolean(metadata={"description": "whether the retention job destroys it"})
    least_years = fields.Integer(allow_none=True)
    confirmed = fields.List(
        fields.Nested(PeriodOut), metadata={"description": "none: nobody confirmed a period, so it is kept"}
    )


class UpcomingOut(Schema):
    due_on = fields.Date()
    retention_class = fields.String()
    count = fields.Integer()


class CertificateOut(Schema):
    id = fields.Integer()
    retention_class = fields.String()
    setting = fields.String(metadata={"description": "the confirmed period"})
    rulebook_version = fields.Integer()
    agency_id = fields.Integer(allow_none=True)
    area_code = fields.String()
    due_on = fields.Date()
    destroyed_at = fields.DateTime()
    count = fields.Integer()
    ids_hash = fields.String(
        metadata={"description": "SHA-256 over kind:id of each thing, a line each, sorted"}
    )
    by = fields.String()


class ItemOut(Schema):
    kind = fields.String()
    item_id = fields.Integer()


class CertificateDetailOut(CertificateOut):
    items = fields.List(fields.Nested(ItemOut))


class HoldIn(Schema):
    reason = fields.String(required=True, validate=validate.OneOf(list(HoldReason)))
    note = FreeText(load_default="", max_length=500)


class LiftIn(Schema):
    because = fields.String(required=True, validate=validate.OneOf(list(LiftReason)))


class HoldOut(Schema):
    id = fields.Integer()
    visit_id = fields.Integer()
    reason = fields.String()
    set_by = fields.Integer()
    set_at = fields.DateTime()
    lifted_by = fields.Integer(allow_none=True)
    lifted_at = fields.DateTime(allow_none=True)
    lifted_because = fields.String(allow_none=True)


class ConsentIn(Schema):
    kind = fields.String(required=True, validate=validate.Equal(str(BasisKind.GUARDIAN_CONSENT)))
    form = fields.String(required=True, validate=validate.OneOf(list(ConsentForm)))
    given_by = fields.String(required=True, validate=validate.OneOf(list(GivenBy)))
    given_on = fields.Date(required=True)
    reference = FreeText(load_default="", max_length=128)


class DutyIn(Schema):
    kind = fields.String(required=True, validate=validate.Equal(str(BasisKind.STATUTORY_DUTY)))
    clause = fields.String(required=True, validate=validate.Length(max=64))


class ProcessingBasisOut(Schema):
    id = fields.Integer()
    visit_id = fields.Integer()
    kind = fields.String()
    form = fields.String(allow_none=True)
    given_by = fields.String(allow_none=True)
    given_on = fields.Date(allow_none=True)
    clause = fields.String(allow_none=True)
    rulebook_version = fields.Integer()
    seen_by = fields.Integer()
    entered_at = fields.DateTime()
