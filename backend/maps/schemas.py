"""Wire formats of maps."""

from marshmallow import Schema, fields, validate

from backend.core.position_fields import GeoJson


class HotspotFilter(Schema):
    activity = fields.String(validate=validate.Length(max=32))
    since = fields.Date(metadata={"description": "first day, in Shanghai"})
    until = fields.Date(metadata={"description": "last day; outside one's areas whole months count"})
    resolution = fields.Integer(
        load_default=8,
        validate=validate.Range(min=5, max=9),
        metadata={"description": "of H3: 8 is a cell of about 0.7 km²"},
    )


class HotspotOut(Schema):
    cell = fields.String(metadata={"description": "H3"})
    place = GeoJson("Polygon")
    in_area = fields.Boolean(metadata={"description": "of the reader"})
    visits = fields.Integer(attribute="shown.visits")
    with_violation = fields.Integer(
        attribute="shown.with_violation",
        allow_none=True,
        metadata={"description": "visits that found a violation; null: too few to tell"},
    )
    violations = fields.Integer(attribute="shown.violations", allow_none=True)
    rate = fields.Float(
        attribute="shown.rate", allow_none=True, metadata={"description": "share of visits that found any"}
    )
    rate_low = fields.Float(attribute="shown.rate_low", allow_none=True, metadata={"description": "95 %"})
    rate_high = fields.Float(attribute="shown.rate_high", allow_none=True)
    is_small_sample = fields.Boolean(attribute="shown.is_small_sample")
