"""Wire formats of accounts."""

from marshmallow import Schema, fields, validate

from backend.accounts.rules import MANAGED, Authority, ToCall
from backend.core.fields import FreeText

PHONE = validate.Regexp(r"^[0-9+()（）\- 转,，;；]{3,64}$")


class AgencyContactIn(Schema):
    """How an agency is reached, as documents print it; a number of an office, not of a person."""

    address = FreeText(load_default=None, max_length=255)
    phone = fields.String(load_default=None, validate=PHONE)
    complaint_phone = fields.String(load_default=None, validate=PHONE)
    email = fields.Email(load_default=None, validate=validate.Length(max=128))
    minors_phone = fields.String(load_default=None, validate=PHONE)


class AuthorityIn(Schema):
    """By whose rules an agency's cases go."""

    authority = fields.Enum(Authority, by_value=True)


class MinorContactIn(Schema):
    """Whom to call in an area when a minor is found: an office and its number."""

    area_code = fields.String(required=True, validate=validate.Regexp(r"^[0-9]{2,12}$"))
    kind = fields.Enum(ToCall, by_value=True, required=True)
    name = FreeText(required=True, min_length=2, max_length=128)
    phone = fields.String(required=True, validate=PHONE)


class MeOut(Schema):
    id = fields.Integer()
    login = fields.String()
    name = fields.String()
    role = fields.String()
    agency_id = fields.Integer(allow_none=True)
    site_id = fields.Integer(allow_none=True)
    areas = fields.List(fields.String(), metadata={"description": 'Area codes; "" is everywhere'})
    activities = fields.List(fields.String(), allow_none=True, metadata={"description": "null: all of them"})
    csrf_token = fields.String(metadata={"description": "for the header X-CSRF-Token of every change"})


class UserFilter(Schema):
    text = fields.String(load_default="", validate=validate.Length(max=64))


class UserIn(Schema):
    login = fields.String(required=True, validate=validate.Length(max=64))
    display_name = fields.String(required=True, validate=validate.Length(min=1, max=64))
    role = fields.String(required=True, validate=validate.OneOf(sorted(MANAGED)))
    areas = fields.List(
        fields.String(validate=validate.Length(max=16)),
        required=True,
        validate=validate.Length(min=1, max=200),
        metadata={"description": 'Area codes; "" is everywhere'},
    )
    agency_id = fields.Integer(load_default=None, allow_none=True)
    site_id = fields.Integer(load_default=None, allow_none=True)
    certificate_no = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=64))
    certificate_valid_to = fields.Date(load_default=None, allow_none=True)


class UserOut(Schema):
    id = fields.Integer()
    login = fields.String()
    display_name = fields.String()
    role = fields.String()
    active = fields.Boolean()
    agency_id = fields.Integer(allow_none=True)
    site_id = fields.Integer(allow_none=True)
    areas = fields.List(fields.Pluck("AreaCode", "code"))
    certificate_no = fields.String(allow_none=True)
    certificate_valid_to = fields.Date(allow_none=True)
    created_at = fields.DateTime()


class AreaCode(Schema):
    code = fields.String()


class PasswordOut(Schema):
    password = fields.String(metadata={"description": "shown once; kept only as a hash"})


class NewUserOut(PasswordOut):
    user = fields.Nested(UserOut)


class AuditFilter(Schema):
    subject = fields.String(load_default="", validate=validate.Length(max=128))
    deed = fields.String(load_default="", validate=validate.Length(max=64))
    since = fields.Date(load_default=None)
    until = fields.Date(load_default=None)


class AuditOut(Schema):
    seq = fields.Integer()
    at = fields.DateTime()
    actor = fields.String()
    deed = fields.String()
    subject = fields.String()
    detail = fields.Raw(allow_none=True)
