"""Wire formats of tablets and of their enrolment."""

from base64 import b64decode, b64encode
from binascii import Error
from datetime import UTC, datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from backend.accounts.devices import state_of
from backend.accounts.rules import DeviceState, Revoked
from backend.core.fields import FreeText


class Bytes(fields.Field[bytes]):
    """Bytes as base64, with or without padding, in either alphabet; base64 with padding on the way out."""

    def __init__(self, *, max_length: int = 1024, **options: Any) -> None:
        self._longest = max_length
        described = {"type": "string", "format": "byte"} | options.pop("metadata", {})
        super().__init__(metadata=described, **options)

    def _serialize(self, value: bytes | None, attr: Any, obj: Any, **_: Any) -> str | None:
        return None if value is None else b64encode(value).decode()

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> bytes:
        if not isinstance(value, str) or len(value) > 2 * self._longest:
            raise ValidationError("base64 is expected here")
        text = value.rstrip("=").replace("-", "+").replace("_", "/")
        try:
            return b64decode(text + "=" * (-len(text) % 4), validate=True)
        except (Error, ValueError):
            raise ValidationError("base64 is expected here") from None


class DeviceFilter(Schema):
    state = fields.Enum(DeviceState, by_value=True)
    text = fields.String(validate=validate.Length(max=64))


class NewDeviceOut(Schema):
    id = fields.Integer()
    name = fields.String()
    user_id = fields.Integer(allow_none=True)
    agency_id = fields.Integer(allow_none=True)
    areas = fields.List(fields.String(), attribute="areas_now")
    public_key = Bytes(allow_none=True)
    expires_at = fields.DateTime()


class DeviceOut(NewDeviceOut):
    state = fields.Function(
        lambda device: state_of(device, datetime.now(UTC)),
        metadata={"type": "string", "enum": list(DeviceState)},
    )
    enrolled = fields.Function(
        lambda device: device.public_key is not None,
        metadata={"type": "boolean", "description": "false: ODK Collect, which holds no key"},
    )
    app_version = fields.String(allow_none=True)
    created_at = fields.DateTime()
    last_used_at = fields.DateTime(allow_none=True)
    revoked_at = fields.DateTime(allow_none=True)
    revoked_because = fields.String(allow_none=True)
    package_taken_at = fields.DateTime(allow_none=True)
    package_expires_at = fields.DateTime(allow_none=True)
    package_version = fields.String(allow_none=True)


class RevocationIn(Schema):
    because = fields.Enum(Revoked, by_value=True, required=True)


class WhoseIn(Schema):
    """An officer by number, or an agency's shelf with its areas."""

    name = FreeText(required=True, min_length=1, max_length=64)
    user_id = fields.Integer(load_default=None, allow_none=True)
    agency_id = fields.Integer(load_default=None, allow_none=True)
    areas = fields.List(
        fields.String(validate=validate.Length(max=16)), load_default=(), validate=validate.Length(max=200)
    )
    days = fields.Integer(load_default=180, validate=validate.Range(1, 3660))


class OfferIn(WhoseIn):
    """For whom a tablet is to be enrolled."""


class OfferOut(Schema):
    code = fields.String(metadata={"description": "shown once; kept only as a hash"})
    qr_text = fields.String()
    expires_at = fields.DateTime()


class EnrolmentIn(Schema):
    code = fields.String(required=True, validate=validate.Length(max=64))
    public_key = Bytes(required=True, metadata={"description": "SPKI, as WebCrypto exports it"})
    signature = Bytes(required=True, metadata={"description": "64 bytes, as WebCrypto makes it"})
    name = FreeText(load_default="", max_length=64)
    app_version = FreeText(load_default=None, allow_none=True, max_length=32)


class EnrolledOut(Schema):
    device = fields.Nested(NewDeviceOut)
    token = fields.String(metadata={"description": "for `Authorization: Bearer`; shown once"})
    package_key = Bytes(metadata={"description": "SPKI: by which packages of this deployment are known"})
    rescue_key = Bytes(metadata={"description": "SPKI: to which the keys of visits are sealed"})


class WipeOut(Schema):
    said = Bytes(metadata={"description": "JSON: `wipe`, the number of the tablet"})
    signature = Bytes()


class OfficerIn(Schema):
    """An officer's name and password, as at a desk."""

    login = fields.String(required=True, validate=validate.Length(1, 64))
    password = fields.String(required=True, validate=validate.Length(1, 1024))


class OfficerOut(Schema):
    """An officer as a tablet knows them."""

    id = fields.Integer()
    login = fields.String()
    name = fields.String(attribute="display_name")
    certificate_no = fields.String(allow_none=True)
    certificate_valid_to = fields.Date(allow_none=True)
    agency = fields.String(
        attribute="agency.name_zh", metadata={"description": "whose name documents bear, if there is one"}
    )
