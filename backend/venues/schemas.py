"""Wire formats of venues."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from backend.core.fields import FreeText
from backend.core.position_fields import GeoJson, ProvenanceIn, ProvenanceOut
from backend.venues.rules import credit_code


class CreditCode(fields.String):
    """A unified social credit code whose check digit fits."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        code = credit_code(super()._deserialize(value, attr, data, **kwargs))
        if code is None:
            raise ValidationError("the check digit of the credit code does not fit")
        return code


class LicenceOut(Schema):
    activity = fields.String(allow_none=True)
    number = fields.String()
    issued_on = fields.Date(allow_none=True)
    expires_on = fields.Date(allow_none=True)


class LicenceIn(Schema):
    activity = fields.String(required=True, validate=validate.Length(max=32))
    number = FreeText(max_length=64, required=True)
    issued_on = fields.Date(load_default=None, allow_none=True)
    expires_on = fields.Date(load_default=None, allow_none=True)


class VenueFilter(Schema):
    activity = fields.String(validate=validate.Length(max=32))
    area = fields.String(validate=validate.Length(max=16), metadata={"description": "code or how it begins"})
    text = fields.String(
        validate=validate.Length(max=64),
        metadata={
            "description": "part of a name or an address; beginning of a licence number or credit code"
        },
    )
    has_position = fields.Boolean()


class VenueOut(ProvenanceOut):
    id = fields.Integer()
    ref = fields.String()
    name = fields.String(allow_none=True)
    address = fields.String(allow_none=True)
    district_text = fields.String(allow_none=True)
    area_code = fields.String(allow_none=True)
    operator_name = fields.String(allow_none=True)
    credit_code = fields.String(allow_none=True)
    activities = fields.Function(
        lambda venue: sorted(activity.activity for activity in venue.activities),
        metadata={"type": "array", "items": {"type": "string"}},
    )
    licences = fields.List(fields.Nested(LicenceOut))
    place = GeoJson("Point", allow_none=True)
    footprint = GeoJson("Polygon", "MultiPolygon", allow_none=True)
    extent_m = fields.Float(metadata={"description": "from `place` to the farthest corner of the footprint"})
    established_on = fields.Date(allow_none=True)
    version = fields.Integer()
    changed_at = fields.DateTime()


class VenueChange(ProvenanceIn):
    """What is absent stays as it is; activities and licences are given whole."""

    name = FreeText(max_length=255, allow_none=True)
    address = FreeText(max_length=512, allow_none=True)
    operator_name = FreeText(max_length=255, allow_none=True)
    credit_code = CreditCode(allow_none=True)
    activities = fields.List(fields.String(validate=validate.Length(max=32)), validate=validate.Length(1, 15))
    licences = fields.List(fields.Nested(LicenceIn), validate=validate.Length(max=50))
    place = GeoJson(
        "Point", "Polygon", "MultiPolygon", metadata={"description": "the entrance, or the footprint"}
    )
    area_code = fields.String(
        validate=validate.Length(max=16), metadata={"description": "of a venue whose position nobody knows"}
    )
    established_on = fields.Date(allow_none=True)


class VenueIn(VenueChange):
    name = FreeText(max_length=255, required=True)
    activities = fields.List(
        fields.String(validate=validate.Length(max=32)), required=True, validate=validate.Length(1, 15)
    )
