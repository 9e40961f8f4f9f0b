"""Wire formats of intake. Envelopes are shown without content."""

from marshmallow import Schema, ValidationError, fields, validate

from backend.accounts.device_schemas import NewDeviceOut, WhoseIn
from backend.core.days import instant_of
from backend.core.fields import FreeText
from backend.intake.arrivals import is_plain
from backend.intake.document_models import How
from backend.intake.models import State


class EnvelopeFilter(Schema):
    state = fields.Enum(State, by_value=True, load_default=None)


class EnvelopeOut(Schema):
    id = fields.Integer()
    instance_id = fields.String()
    visit_no = fields.String()
    form_id = fields.String()
    form_version = fields.String()
    user_id = fields.Integer(allow_none=True)
    device_id = fields.Integer(allow_none=True)
    agency_id = fields.Integer(allow_none=True)
    area_code = fields.String()
    sent_at = fields.DateTime(allow_none=True)
    received_at = fields.DateTime()
    filed_at = fields.DateTime(allow_none=True)
    state = fields.String()
    reason = fields.String(allow_none=True, metadata={"description": "why it cannot be filed"})
    detail = fields.String(allow_none=True)


class EnvelopeContentOut(Schema):
    """The XML with personal numbers masked."""

    envelope_id = fields.Integer()
    xml = fields.String()


class UnsealIn(Schema):
    visit_id = fields.Integer(required=True)
    reason = FreeText(required=True, min_length=4, max_length=1000)


class UnsealOut(Schema):
    id = fields.Integer()
    visit_no = fields.String()
    requested_by = fields.Integer()
    requested_at = fields.DateTime()
    agreed_by = fields.Integer(allow_none=True)
    agreed_at = fields.DateTime(allow_none=True)
    open_until = fields.DateTime(allow_none=True)


class UnsealReasonOut(Schema):
    id = fields.Integer()
    reason = fields.String()


class CollectIn(WhoseIn):
    """For whom ODK Collect is to be configured."""


class CollectOut(Schema):
    device = fields.Nested(NewDeviceOut)
    settings = fields.Dict(metadata={"description": "as ODK Collect names them; shown once"})
    qr_text = fields.String(metadata={"description": "the same as JSON, by zlib, in base64: for the square"})


class HeldFileOut(Schema):
    name = fields.String()
    size = fields.Integer()
    sha256 = fields.String()


class HeldOut(Schema):
    """What a tablet may remove: these bytes are kept."""

    instance_id = fields.String()
    xml_sha256 = fields.String()
    files = fields.List(fields.Nested(HeldFileOut))


class LeadIn(Schema):
    """A street lead: what docs/tips.md calls the record, and what the tablet signed of it."""

    record = fields.String(required=True, validate=validate.Length(min=2, max=64 * 1024))
    signature = fields.String(load_default="", validate=validate.Length(max=64 * 1024))


class LeadOut(Schema):
    uuid = fields.String()
    receipt_no = fields.String()
    state = fields.String()


def _instant(text: str) -> None:
    try:
        instant_of(text)
    except ValueError:
        raise ValidationError("not_an_instant") from None


def _plain(text: str) -> None:
    if not is_plain(text):
        raise ValidationError("id_not_allowed")


class DocumentIn(Schema):
    """What was handed over, and what the tablet signs beside it: all but `content` and `signature`."""

    document = fields.UUID(required=True)
    visit = fields.String(required=True, validate=_plain)
    number = fields.Integer(
        required=True, strict=True, allow_none=True, validate=validate.Range(1, 2**31 - 1),
        metadata={"description": "its entry in the ledger"},
    )  # fmt: skip
    how = fields.String(required=True, validate=validate.OneOf(list(How)))
    handed_at = fields.String(required=True, validate=_instant)
    sha256 = fields.String(required=True, validate=validate.Regexp("^[0-9a-f]{64}$"))
    signature = fields.String(load_default="", validate=validate.Length(max=256))
    content = fields.String(
        required=True, metadata={"description": "JSON, as text: its bytes are what the hash is of"}
    )


class DocumentOut(Schema):
    document = fields.String()
    sha256 = fields.String()
