"""Wire formats of screening. Distances are metres, rounded to the millimetre in which they are judged."""

from typing import Any

from marshmallow import Schema, fields, validate

from backend.rulebook.schemas import TextOut
from backend.screening.queries import FARTHEST_ERROR_M, SHOWN_M
from backend.screening.rules import CameFirst, Measured, SchoolStatus, Verdict
from backend.screening.walking import GATES_UNKNOWN
from geodata.walking import State

MAX_SHOWN_M = 2_000.0


class Metres(fields.Float):
    """A distance with three decimals."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else round(value, 3)


class VerdictFilter(Schema):
    verdict = fields.Enum(Verdict, by_value=True)
    activity = fields.String(validate=validate.Length(max=32))
    rule = fields.String(validate=validate.Length(max=32), metadata={"description": "such as BUF-NET-1"})
    area = fields.String(validate=validate.Length(max=16), metadata={"description": "code or how it begins"})


class JudgedVenue(Schema):
    venue_id = fields.Integer()
    activity = fields.String()
    rule_id = fields.String()
    verdict = fields.String()


class VerdictOut(JudgedVenue):
    run_id = fields.Integer()
    ref = fields.String()
    name = fields.String(allow_none=True)
    address = fields.String(allow_none=True)
    area_code = fields.String(allow_none=True)


class ScreeningRunOut(Schema):
    id = fields.Integer()
    on = fields.Date(metadata={"description": "The day whose law and sites were applied"})
    rulebook_version = fields.Integer()
    data_version = fields.String(metadata={"description": "SHA-256 over all venues and sites that took part"})
    basis = fields.Dict(metadata={"description": "The rules as applied, and what was assumed"})
    counts = fields.Dict()
    started_at = fields.DateTime()
    finished_at = fields.DateTime()


class NearbyFilter(Schema):
    within_m = fields.Float(load_default=SHOWN_M, validate=validate.Range(0, MAX_SHOWN_M))


class CheckIn(NearbyFilter):
    activity = fields.String(required=True, validate=validate.Length(max=32))
    lon = fields.Float(
        required=True, metadata={"description": "longitude, or easting where `crs` has metres"}
    )
    lat = fields.Float(required=True, metadata={"description": "latitude, or northing"})
    crs = fields.String(
        required=True,
        validate=validate.Length(max=32),
        metadata={"description": "wgs84, cgcs2000, gcj02, bd09, EPSG:n; never assumed"},
    )
    accuracy_m = fields.Float(
        load_default=None,
        allow_none=True,
        validate=validate.Range(0, FARTHEST_ERROR_M),
        metadata={"description": "0 only if measured exactly; null: nobody stated one"},
    )
    on = fields.Date(load_default=None, metadata={"description": "Day of the fact; today if left out"})
    begun_on = fields.Date(load_default=None, metadata={"description": "Since when somebody does this here"})


class LineOut(Schema):
    """A straight line: the true distance from the boundary lies between `low_m` and `high_m`."""

    distance_m = Metres(attribute="line.distance_m")
    low_m = Metres(attribute="line.low_m")
    high_m = Metres(attribute="line.high_m")
    measured = fields.Enum(Measured, by_value=True, attribute="line.way.measured")
    error_m = Metres(attribute="line.error_m")
    extent_m = Metres(
        attribute="line.extent_m", metadata={"description": "how much nearer the site may reach"}
    )
    boundary_m = Metres(attribute="distance.boundary_m")
    gate_m = Metres(attribute="distance.gate_m", allow_none=True)
    rule_id = fields.String(attribute="rule.id")
    setting = fields.String(attribute="rule.setting", allow_none=True)
    verdict = fields.Enum(Verdict, by_value=True, allow_none=True)


class WalkingOut(Schema):
    """On foot along imported roads to the nearest gate: shown, and decides nothing."""

    state = fields.String(
        validate=validate.OneOf([*State, GATES_UNKNOWN]),
        metadata={"description": "why there are no metres, unless walked"},
    )
    metres = Metres(allow_none=True, metadata={"description": "never less than the straight line"})
    venue_from_road_m = Metres(allow_none=True, metadata={"description": "straight, perhaps across a wall"})
    gate_from_road_m = Metres(allow_none=True)
    network_id = fields.Integer()
    drawn_on = fields.Date(metadata={"description": "how the roads were on this day"})
    source = fields.String()


class SiteNearOut(Schema):
    site_id = fields.Integer(attribute="held.distance.site.id")
    ref = fields.String(attribute="held.distance.site.ref")
    name = fields.String(attribute="held.distance.site.name", allow_none=True)
    kind = fields.String(attribute="held.distance.site.kind")
    held = fields.Nested(LineOut)
    came_first = fields.Enum(CameFirst, by_value=True)
    walking = fields.Nested(
        WalkingOut, allow_none=True, metadata={"description": "null: not asked, or no roads are here"}
    )


class RuleAnswerOut(Schema):
    rule_id = fields.String(attribute="rule.id")
    setting = fields.String(attribute="rule.setting", allow_none=True)
    radius_m = fields.Float(attribute="rule.radius_m", allow_none=True)
    method = fields.String(attribute="rule.method")
    at_limit = fields.String(attribute="rule.at_limit")
    set_by = fields.Nested(
        TextOut, attribute="rule.set_by", metadata={"description": "Who may settle what is open"}
    )
    citations = fields.List(fields.String())
    verdict = fields.Enum(Verdict, by_value=True)


class CheckedOut(Schema):
    activity = fields.String()
    on = fields.Date()
    rulebook_version = fields.Integer()
    area = fields.String()
    error_m = Metres()
    verdict = fields.Enum(Verdict, by_value=True, allow_none=True)
    rules = fields.List(fields.Nested(RuleAnswerOut), attribute="answers")
    sites = fields.List(fields.Nested(SiteNearOut))


class NearbyOut(Schema):
    """A venue near a site. A school gets the first seven fields, and no verdict that accuses anybody."""

    name = fields.String(allow_none=True)
    activity = fields.String()
    licence_no = fields.String(allow_none=True)
    boundary_m = Metres()
    gate_m = Metres(allow_none=True)
    walking = fields.Nested(WalkingOut, allow_none=True)
    status = fields.Enum(SchoolStatus, by_value=True, allow_none=True)
    venue_id = fields.Integer()
    ref = fields.String()
    held = fields.Nested(LineOut)
    came_first = fields.Enum(CameFirst, by_value=True)


class MeasurementOut(Schema):
    activity = fields.String()
    rule_id = fields.String()
    method = fields.String()
    distance_m = Metres()
    boundary_m = Metres()
    gate_m = Metres(allow_none=True)
    error_m = Metres()
    extent_m = Metres()
    verdict = fields.String()


class ExplainedLine(Schema):
    measurement = fields.Nested(MeasurementOut)
    rule = fields.Dict(metadata={"description": "the rule as it was applied, with its citations"})
    walking = fields.Nested(WalkingOut, allow_none=True)
    venue = fields.Dict(metadata={"description": "as it was when it was measured, place as GeoJSON"})
    site = fields.Dict()


class ExplanationOut(Schema):
    run = fields.Nested(ScreeningRunOut)
    venue_id = fields.Integer()
    verdicts = fields.List(fields.Nested(JudgedVenue))
    lines = fields.List(fields.Nested(ExplainedLine))
