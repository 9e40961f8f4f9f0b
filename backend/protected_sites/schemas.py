"""Wire formats of protected sites."""

from marshmallow import Schema, fields, validate

from backend.core.fields import FreeText
from backend.core.position_fields import GeoJson, ProvenanceIn, ProvenanceOut
from backend.core.positions import CAPTURES
from backend.protected_sites.models import SITE_KINDS

_PLACES = ("Point", "MultiPoint", "Polygon", "MultiPolygon")
_Kind = validate.OneOf(SITE_KINDS)


class SiteFilter(Schema):
    kind = fields.String(validate=_Kind)
    area = fields.String(validate=validate.Length(max=16), metadata={"description": "code or how it begins"})
    text = fields.String(
        validate=validate.Length(max=64), metadata={"description": "part of a name or an address"}
    )


class SiteOut(ProvenanceOut):
    id = fields.Integer()
    ref = fields.String()
    name = fields.String(allow_none=True)
    kind = fields.String(validate=_Kind)
    address = fields.String(allow_none=True)
    district_text = fields.String(allow_none=True)
    area_code = fields.String(allow_none=True)
    place = GeoJson(*_PLACES)
    gates = GeoJson("MultiPoint", allow_none=True)
    opened_on = fields.Date(allow_none=True)
    closed_on = fields.Date(allow_none=True)
    version = fields.Integer()
    changed_at = fields.DateTime()


class SiteChange(ProvenanceIn):
    """What is absent stays as it is."""

    name = FreeText(max_length=255, allow_none=True)
    kind = fields.String(validate=_Kind)
    address = FreeText(max_length=512, allow_none=True)
    place = GeoJson(*_PLACES)
    gates = GeoJson("MultiPoint", allow_none=True)
    opened_on = fields.Date(allow_none=True)
    closed_on = fields.Date(allow_none=True)


class SiteIn(SiteChange):
    kind = fields.String(required=True, validate=_Kind)
    place = GeoJson(*_PLACES, required=True)
    capture = fields.String(required=True, validate=validate.OneOf(CAPTURES))
