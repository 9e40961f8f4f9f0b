"""Wire formats of transfers and packages."""

from marshmallow import Schema, fields, validate

from backend.cases.rules import Standing
from backend.cases.schemas import PaperIn, PaperMadeOut
from backend.core.fields import FreeText
from backend.rulebook.schemas import ClockOut
from backend.transfers.rules import Body, Kind, LeadKind


class TransferFilter(Schema):
    kind = fields.Enum(Kind, by_value=True)
    state = fields.String(validate=validate.Length(max=32))
    is_over = fields.Boolean()
    incoming = fields.Boolean(metadata={"description": "only what others handed over to one's agency"})
    case_id = fields.Integer()
    overdue = fields.Boolean(metadata={"description": "only where the agency's own time is over"})
    text = fields.String(validate=validate.Length(max=64))


class TransferIn(Schema):
    """What is transferred, to whom, why, by whom. A lead names venues or a school instead of one matter."""

    kind = fields.Enum(Kind, by_value=True, required=True)
    case_id = fields.Integer()
    visit_id = fields.Integer()
    tip_id = fields.Integer()
    received_id = fields.Integer(metadata={"description": "the transfer with which the matter came here"})
    lead_kind = fields.Enum(LeadKind, by_value=True)
    venue_ids = fields.List(fields.Integer(), validate=validate.Length(max=50))
    site_id = fields.Integer()
    to_agency_id = fields.Integer(metadata={"description": "an agency of the register"})
    to_name = FreeText(min_length=2, max_length=128, metadata={"description": "or another body, by its name"})
    body = fields.Enum(Body, by_value=True, metadata={"description": "what kind of body that is"})
    officer_ids = fields.List(fields.Integer(), validate=validate.Length(max=10))
    reason = FreeText(required=True, min_length=4, max_length=1000)


class TransferStepIn(Schema):
    step = fields.String(required=True, validate=validate.Length(1, 64))
    made_at = fields.AwareDateTime(metadata={"description": "when it happened; left out: now"})
    papers = fields.List(fields.Nested(PaperIn), validate=validate.Length(max=20))
    reason = FreeText(min_length=2, max_length=1000)
    officer_ids = fields.List(fields.Integer(), validate=validate.Length(1, 10))


class PackageIn(Schema):
    """Names that stand in a text of the evidence and have to be masked. They are not kept."""

    names = fields.List(FreeText(min_length=2, max_length=20), validate=validate.Length(max=50))


class PackageFileOut(Schema):
    name = fields.String()
    size = fields.Integer()
    sha256 = fields.String()


class LeftOutOut(Schema):
    what = fields.String()
    why = fields.String()
    count = fields.Integer()


class PackageOut(Schema):
    id = fields.Integer()
    sha256 = fields.String(metadata={"description": "of the ZIP"})
    size = fields.Integer()
    files = fields.List(fields.Nested(PackageFileOut))
    fields_ = fields.List(fields.String(), data_key="fields", attribute="fields")
    left_out = fields.List(fields.Nested(LeftOutOut))
    made_by = fields.Integer()
    made_at = fields.DateTime()


class TransferOut(Schema):
    id = fields.Integer()
    kind = fields.String(validate=validate.OneOf(sorted(Kind)))
    lead_kind = fields.String(allow_none=True)
    agency_id = fields.Integer()
    area_code = fields.String()
    case_id = fields.Integer(allow_none=True)
    visit_id = fields.Integer(allow_none=True)
    tip_id = fields.Integer(allow_none=True)
    venue_id = fields.Integer(allow_none=True)
    venue_ids = fields.List(fields.Integer())
    site_id = fields.Integer(allow_none=True)
    to_agency_id = fields.Integer(allow_none=True)
    to_name = fields.String()
    body = fields.String(validate=validate.OneOf(sorted(Body)))
    team = fields.List(fields.Integer())
    reason = fields.String()
    state = fields.String()
    is_over = fields.Boolean()
    proposed_by = fields.Integer()
    proposed_at = fields.DateTime()
    handed_at = fields.DateTime(allow_none=True)
    version = fields.Integer()


class TransferStepOut(Schema):
    seq = fields.Integer()
    step = fields.String()
    from_state = fields.String(allow_none=True)
    to_state = fields.String()
    actor = fields.String()
    user_id = fields.Integer()
    made_at = fields.DateTime(metadata={"description": "as somebody says"})
    recorded_at = fields.DateTime()
    rulebook_version = fields.Integer()
    clauses = fields.List(fields.String())
    papers = fields.List(fields.Nested(PaperMadeOut))
    reason = fields.String(allow_none=True)


class TransferDueOut(Schema):
    clock = fields.Nested(ClockOut)
    standing = fields.String(validate=validate.OneOf(sorted(Standing)))
    begun_at = fields.DateTime(attribute="row.begun_at")
    due_on = fields.Date(attribute="row.due_on", allow_none=True)
    due_at = fields.DateTime(attribute="row.due_at", allow_none=True)
