"""Positions on the wire: GeoJSON, and what somebody states about where they come from."""

from collections.abc import Mapping
from typing import Any

import shapely
from marshmallow import Schema, ValidationError, fields, validate

from backend.core.fields import FreeText
from backend.core.positions import CAPTURES


class GeoJson(fields.Field[shapely.Geometry]):
    """A GeoJSON geometry of one of some kinds, valid and not empty."""

    def __init__(self, *kinds: str, **options: Any) -> None:
        super().__init__(**options)
        self.kinds = kinds
        self.metadata = {**self.metadata, "type": "object", "description": f"GeoJSON: {', '.join(kinds)}"}

    def _serialize(self, value: shapely.Geometry | None, attr: str | None, obj: Any, **_: Any) -> Any:
        return None if value is None else shapely.geometry.mapping(value)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> shapely.Geometry:
        try:
            shape = shapely.force_2d(shapely.geometry.shape(value))
        except (TypeError, ValueError, KeyError, IndexError, AttributeError, shapely.errors.ShapelyError):
            shape = None
        if shape is None or shape.geom_type not in self.kinds or shape.is_empty or not shape.is_valid:
            raise ValidationError(f"give a valid GeoJSON geometry: {' or '.join(self.kinds)}")
        return shape


class ProvenanceOut(Schema):
    """Where a position came from, and how exact it is."""

    source = fields.String(allow_none=True)
    source_crs = fields.String(allow_none=True)
    capture = fields.String(allow_none=True)
    accuracy_m = fields.Float(allow_none=True, metadata={"description": "null: nobody stated one"})
    surveyed_on = fields.Date(allow_none=True)


class ProvenanceIn(Schema):
    """What somebody states of a position; `crs` is needed beside coordinates and is never assumed."""

    crs = fields.String(
        validate=validate.Length(max=32), metadata={"description": "wgs84, gcj02, EPSG:4549 …"}
    )
    source = FreeText(max_length=255, allow_none=True)
    capture = fields.String(validate=validate.OneOf(CAPTURES))
    accuracy_m = fields.Float(
        allow_none=True,
        validate=validate.Range(min=0),
        metadata={"description": "0 only if measured exactly"},
    )
    surveyed_on = fields.Date(allow_none=True)
