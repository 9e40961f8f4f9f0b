"""Wire formats of maps."""

from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from backend.core.position_fields import GeoJson
from backend.maps.periods import Against, Step
from backend.maps.queries import AREA, CELL
from backend.maps.rules import follow_each_other
from backend.maps.trends import Parted
from backend.maps.venues import Status
from backend.screening.queries import SHOWN_M
from backend.screening.rules import Verdict
from backend.screening.schemas import MAX_SHOWN_M
from geodata import hotspots as grid

_FIRST_DAY = date(1990, 1, 1)  # nothing was inspected under any law that is in force before
FRAME = {"west", "south", "east", "north"}


class Cell(fields.String):
    """The name of a cell of H3, read as its number."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        try:
            return grid.named(super()._deserialize(value, attr, data, **kwargs))
        except ValueError as problem:
            raise ValidationError(str(problem)) from None


class MapFilter(Schema):
    """The filters beside the map."""

    activity = fields.String(validate=validate.Length(max=32))
    since = fields.Date(metadata={"description": "first day, in Shanghai"})
    until = fields.Date(metadata={"description": "last day; outside one's areas whole quarters count"})
    verdict = fields.Enum(
        Verdict, by_value=True, metadata={"description": "worst of the venue by the newest run"}
    )
    agency_id = fields.Integer(metadata={"description": "of the visits; for who sees several"})
    site_id = fields.Integer(metadata={"description": "a school: only what lies in the ring around it"})
    within_m = fields.Float(
        load_default=SHOWN_M,
        validate=validate.Range(0, MAX_SHOWN_M, min_inclusive=False),
        metadata={"description": "how far the ring reaches from the outline"},
    )


class HotspotFilter(MapFilter):
    by = fields.String(load_default=CELL, validate=validate.OneOf([CELL, AREA]))
    resolution = fields.Integer(
        load_default=grid.FINEST,
        validate=validate.Range(5, grid.FINEST),
        metadata={"description": "of H3: 8 is a cell of about 0.7 km²"},
    )


class ComparisonFilter(HotspotFilter):
    since = fields.Date(required=True)
    until = fields.Date(required=True)
    before_since = fields.Date(required=True)
    before_until = fields.Date(required=True)

    @validates_schema
    def apart(self, said: dict[str, Any], **_: Any) -> None:
        before, now = (said["before_since"], said["before_until"]), (said["since"], said["until"])
        if not follow_each_other(before, now):
            raise ValidationError("give two periods that do not overlap, the earlier one as before_…")


class TrendFilter(MapFilter):
    since = fields.Date(
        validate=validate.Range(min=_FIRST_DAY),
        metadata={"description": "its whole period counts; a year ago, or two where quarters are asked for"},
    )
    until = fields.Date(validate=validate.Range(min=_FIRST_DAY))
    step = fields.Enum(Step, by_value=True, load_default=Step.MONTH)
    by = fields.Enum(Parted, by_value=True, load_default=Parted.NOT)
    against = fields.Enum(
        Against, by_value=True, load_default=Against.PREVIOUS,
        metadata={"description": "the period before, or the same one a year earlier"},
    )  # fmt: skip


class VisitsHereFilter(MapFilter):
    cell = Cell(load_default=None)
    area = fields.String(load_default="", validate=validate.Length(max=16))

    @validates_schema
    def one_place(self, said: dict[str, Any], **_: Any) -> None:
        if (said["cell"] is None) == (not said["area"]):
            raise ValidationError("give a cell or an area")


class ShownOut(Schema):
    visits = fields.Integer()
    with_violation = fields.Integer(
        allow_none=True, metadata={"description": "visits that found a violation; null: too few to tell"}
    )
    violations = fields.Integer(allow_none=True)
    rate = fields.Float(allow_none=True, metadata={"description": "share of visits that found any"})
    rate_low = fields.Float(allow_none=True, metadata={"description": "95 %, Wilson"})
    rate_high = fields.Float(allow_none=True)
    is_small_sample = fields.Boolean(metadata={"description": "too few: under five visits"})


class TileFilter(MapFilter):
    status = fields.Enum(
        Status, by_value=True, metadata={"description": "what the newest visit of the period found"}
    )
    area = fields.String(load_default="", validate=validate.Length(max=16))
    text = fields.String(load_default="", validate=validate.Length(max=64))


class VenueFilter(TileFilter):
    west = fields.Float(validate=validate.Range(-180, 180), metadata={"description": "of the map's frame"})
    south = fields.Float(validate=validate.Range(-90, 90))
    east = fields.Float(validate=validate.Range(-180, 180))
    north = fields.Float(validate=validate.Range(-90, 90))

    @validates_schema
    def whole_frame(self, said: dict[str, Any], **_: Any) -> None:
        if 0 < len(FRAME & said.keys()) < len(FRAME):
            raise ValidationError("give west, south, east and north, or none of them")


class PlaceOut(Schema):
    cell = fields.String(allow_none=True, metadata={"description": "H3"})
    area_code = fields.String(allow_none=True)
    name = fields.String(allow_none=True)
    place = GeoJson("Polygon", "MultiPolygon", allow_none=True)
    in_area = fields.Boolean(metadata={"description": "of the reader"})


class HotspotOut(PlaceOut, ShownOut):
    score = fields.Float(
        allow_none=True, metadata={"description": "Getis-Ord Gi* of the rate; null: too few visits"}
    )
    false_alarms = fields.Float(
        allow_none=True,
        metadata={"description": "expected share, if this place and all clearer ones are named"},
    )
    stands_out = fields.String(allow_none=True, validate=validate.OneOf(["more", "less", "no"]))


class ChangeOut(Schema):
    difference = fields.Float(metadata={"description": "of the rate"})
    low = fields.Float(metadata={"description": "95 %, Newcombe"})
    high = fields.Float()
    is_clear = fields.Boolean(metadata={"description": "0 lies outside"})


class TwoPeriodsOut(Schema):
    now = fields.Nested(ShownOut, allow_none=True)
    before = fields.Nested(ShownOut, allow_none=True)
    change = fields.Nested(
        ChangeOut, allow_none=True, metadata={"description": "null: too few visits in either period"}
    )


class ComparedOut(PlaceOut, TwoPeriodsOut):
    pass


class TrendOut(TwoPeriodsOut):
    activity = fields.String(allow_none=True)
    area_code = fields.String(allow_none=True)
    name = fields.String(allow_none=True, metadata={"description": "of the area"})
    in_area = fields.Boolean(metadata={"description": "of the reader"})
    period = fields.String(metadata={"description": "2026-11, or 2026-Q4"})
    first_day = fields.Date()
    last_day = fields.Date()


class VenueOnMapOut(Schema):
    id = fields.Integer(attribute="venue.id")
    ref = fields.String(attribute="venue.ref")
    name = fields.String(attribute="venue.name", allow_none=True)
    address = fields.String(attribute="venue.address", allow_none=True)
    area_code = fields.String(attribute="venue.area_code", allow_none=True)
    activities = fields.List(fields.String(), attribute="venue.activities")
    licences = fields.List(fields.String(), attribute="venue.licences")
    verdict = fields.Enum(Verdict, by_value=True, attribute="venue.verdict", allow_none=True)
    status = fields.Enum(Status, by_value=True, metadata={"description": "what the newest visit found"})
    visit_id = fields.Integer(allow_none=True, metadata={"description": "that visit"})
    visited_on = fields.Date(allow_none=True)
    lon = fields.Float(allow_none=True)
    lat = fields.Float(allow_none=True)
