"""Wire formats of agreements, messages, what left, and replies."""

from marshmallow import Schema, fields, validate

from backend.core.fields import FreeText
from backend.rulebook.schemas import TextOut
from backend.sharing.catalogue import DatasetId
from backend.sharing.rules import Channel, Deed, Delivery, Outcome, Receiver, Standing, State


class SharingFieldOut(Schema):
    name = fields.String()
    means = fields.Nested(TextOut)


class SharingDatasetOut(Schema):
    id = fields.String(validate=validate.OneOf(sorted(DatasetId)))
    name = fields.Nested(TextOut)
    when = fields.Nested(TextOut, metadata={"description": "when a message of it is made"})
    fields_ = fields.List(fields.Nested(SharingFieldOut), data_key="fields", attribute="fields")
    needs_assessment = fields.Boolean()
    needs_agency = fields.Boolean()


class SharingFilter(Schema):
    text = fields.String(validate=validate.Length(max=64))
    dataset = fields.Enum(DatasetId, by_value=True)
    receiver_kind = fields.Enum(Receiver, by_value=True)
    standing = fields.Enum(Standing, by_value=True)


class SharingAgreementIn(Schema):
    """What a receiver may get, for what, until when. What is left out of `fields` never leaves."""

    receiver = FreeText(required=True, min_length=2, max_length=128)
    receiver_kind = fields.Enum(Receiver, by_value=True, required=True)
    purpose = FreeText(required=True, min_length=4, max_length=500)
    legal_basis = FreeText(required=True, min_length=4, max_length=255)
    dataset = fields.Enum(DatasetId, by_value=True, required=True)
    fields_ = fields.List(
        fields.String(validate=validate.Length(1, 32)), required=True, data_key="fields",
        attribute="fields", validate=validate.Length(1, 32),
    )  # fmt: skip
    area_code = fields.String(required=True, validate=validate.Length(max=16))
    from_on = fields.Date(required=True)
    until_on = fields.Date(required=True)
    channel = fields.Enum(Channel, by_value=True, required=True)
    address = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=255),
        metadata={"description": "https only, of a host that the deployment allows"},
    )  # fmt: skip
    receiver_key = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=64),
        metadata={"description": "Ed25519 as base64: receipts must be signed with it"},
    )  # fmt: skip
    assessment_no = FreeText(load_default=None, allow_none=True, min_length=2, max_length=128)
    assessed_on = fields.Date(load_default=None, allow_none=True)
    replaces_id = fields.Integer(load_default=None, allow_none=True)


class SharingDeedIn(Schema):
    deed = fields.Enum(Deed, by_value=True, required=True)
    reason = FreeText(
        load_default=None, allow_none=True, min_length=2, max_length=500,
        metadata={"description": "needed to refuse or to end"},
    )  # fmt: skip


class SharingStepOut(Schema):
    deed = fields.String(validate=validate.OneOf(sorted(Deed)))
    user_id = fields.Integer()
    made_at = fields.DateTime()
    reason = fields.String(allow_none=True)


class SharingAgreementOut(Schema):
    id = fields.Integer()
    receiver = fields.String()
    receiver_kind = fields.String(validate=validate.OneOf(sorted(Receiver)))
    purpose = fields.String()
    legal_basis = fields.String()
    dataset = fields.String(validate=validate.OneOf(sorted(DatasetId)))
    fields_ = fields.List(fields.String(), data_key="fields", attribute="fields")
    area_code = fields.String()
    agency_id = fields.Integer(allow_none=True)
    from_on = fields.Date()
    until_on = fields.Date()
    channel = fields.String(validate=validate.OneOf(sorted(Channel)))
    address = fields.String(allow_none=True)
    receiver_key = fields.String(allow_none=True)
    assessment_no = fields.String(allow_none=True)
    assessed_on = fields.Date(allow_none=True)
    replaces_id = fields.Integer(allow_none=True)
    proposed_by = fields.Integer()
    proposed_at = fields.DateTime()
    state = fields.String(validate=validate.OneOf(sorted(State)))
    version = fields.Integer()
    steps = fields.List(fields.Nested(SharingStepOut))


class SharingMessageFilter(Schema):
    agreement_id = fields.Integer()
    state = fields.Enum(Delivery, by_value=True)


class SharingAttemptOut(Schema):
    seq = fields.Integer()
    at = fields.DateTime()
    outcome = fields.String(validate=validate.OneOf(sorted(Outcome)))
    reason = fields.String(allow_none=True)
    key_id = fields.String(allow_none=True)
    user_id = fields.Integer(allow_none=True)


class SharingMessageOut(Schema):
    id = fields.Integer()
    message_id = fields.UUID()
    agreement_id = fields.Integer()
    about = fields.String()
    sha256 = fields.String()
    fields_ = fields.List(fields.String(), data_key="fields", attribute="fields")
    row_count = fields.Integer()
    made_at = fields.DateTime()
    state = fields.String(validate=validate.OneOf(sorted(Delivery)))
    reason = fields.String(allow_none=True)
    tries = fields.Integer()
    next_at = fields.DateTime()
    receipt_no = fields.String(allow_none=True)
    receipted_at = fields.DateTime(allow_none=True)


class SharingLeftFilter(Schema):
    agreement_id = fields.Integer()


class SharingLeftOut(Schema):
    """Fields that left: when, to whom, under which agreement, how many rows."""

    at = fields.DateTime()
    receiver = fields.String(attribute="message.agreement.receiver")
    agreement_id = fields.Integer(attribute="message.agreement_id")
    message_id = fields.UUID(attribute="message.message_id")
    dataset = fields.String(attribute="message.agreement.dataset")
    fields_ = fields.List(fields.String(), data_key="fields", attribute="message.fields")
    row_count = fields.Integer(attribute="message.row_count")
    sha256 = fields.String(attribute="message.sha256")
    outcome = fields.String(validate=validate.OneOf(sorted(Outcome)))


class SharingReplyOut(Schema):
    id = fields.Integer()
    changes = fields.List(
        fields.List(fields.String()), metadata={"description": "row, column, before, after"}
    )
    confirmed_at = fields.DateTime(allow_none=True)


class SharingKeyOut(Schema):
    """A public key as a JWK (RFC 8037)."""

    kty = fields.String()
    crv = fields.String()
    x = fields.String()
    kid = fields.String()
    use = fields.String()
    alg = fields.String()


class SharingRetiredKeyOut(SharingKeyOut):
    retired_at = fields.String(metadata={"description": "an instant; it signed nothing since"})


class SharingKeysOut(Schema):
    """A JWK set (RFC 7517). What is in `retired` verifies what came before, and no new request."""

    keys_ = fields.List(fields.Nested(SharingKeyOut), data_key="keys", attribute="keys")
    retired = fields.List(fields.Nested(SharingRetiredKeyOut))
