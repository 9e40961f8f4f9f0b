"""Wire formats of sweeps."""

from marshmallow import Schema, fields, validate

from backend.core.fields import FreeText
from backend.planning.rules import LARGEST_RING_M, Proposal, State


class SweepFilter(Schema):
    state = fields.Enum(State, by_value=True)
    site_id = fields.Integer()


class SweepChange(Schema):
    """What is absent stays as it is."""

    name = FreeText(min_length=2, max_length=128)
    radius_m = fields.Float(
        validate=validate.Range(0, LARGEST_RING_M, min_inclusive=False),
        metadata={"description": "the ring, from the boundary"},
    )
    from_on = fields.Date()
    until_on = fields.Date()
    approved_by = FreeText(min_length=2, max_length=128, metadata={"description": "who approved the plan"})
    approved_on = fields.Date()
    document_no = FreeText(min_length=1, max_length=64)
    published_on = fields.Date()


class SweepIn(SweepChange):
    """A new sweep; without a radius, the widest ring that a rule keeps around this kind of site."""

    site_id = fields.Integer(required=True)
    name = FreeText(required=True, min_length=2, max_length=128)
    from_on = fields.Date(required=True)
    until_on = fields.Date(required=True)


class SweepPairIn(Schema):
    venue_id = fields.Integer(required=True)
    agency_id = fields.Integer(required=True)


class SweepTasksIn(Schema):
    places = fields.List(fields.Nested(SweepPairIn), required=True, validate=validate.Length(1, 500))
    together_on = fields.Date(
        load_default=None, allow_none=True,
        metadata={"description": "the day on which agencies sent to one venue go together; else the first"},
    )  # fmt: skip


class SweepClosingIn(Schema):
    words = FreeText(required=True, min_length=2, max_length=500)


class SweepOut(Schema):
    id = fields.Integer()
    site_id = fields.Integer()
    area_code = fields.String()
    agency_id = fields.Integer(allow_none=True)
    name = fields.String()
    state = fields.String(validate=validate.OneOf(sorted(State)))
    radius_m = fields.Float()
    from_on = fields.Date()
    until_on = fields.Date()
    approved_by = fields.String(allow_none=True)
    approved_on = fields.Date(allow_none=True)
    document_no = fields.String(allow_none=True)
    published_on = fields.Date(allow_none=True)
    tasks_made_at = fields.DateTime(allow_none=True)
    closed_at = fields.DateTime(allow_none=True)
    closing_words = fields.String(allow_none=True)
    version = fields.Integer()


class SweepLineOut(Schema):
    activity = fields.String(attribute="near.activity")
    verdict = fields.String(attribute="before.verdict", allow_none=True)
    agency_ids = fields.List(fields.Integer(), attribute="before.agency_ids")


class SweepPlaceOut(Schema):
    venue_id = fields.Integer(attribute="venue.id")
    name = fields.String(attribute="venue.name", allow_none=True)
    metres = fields.Float(metadata={"description": "from the boundary"})
    lines = fields.List(fields.Nested(SweepLineOut))
    agency_ids = fields.List(
        fields.Integer(), metadata={"description": "everybody who answers for something there"}
    )
    last_visit_on = fields.Date(attribute="last.on", metadata={"description": "by any agency"})
    last_agency_id = fields.Integer(attribute="last.agency_id", allow_none=True)
    proposal = fields.String(validate=validate.OneOf(sorted(Proposal)))


class SweepZoneOut(Schema):
    places = fields.List(fields.Nested(SweepPlaceOut))
    beyond = fields.Integer(metadata={"description": "venues inside the ring in areas of somebody else"})


class SweepTaskOut(Schema):
    venue_id = fields.Integer()
    agency_id = fields.Integer()
    task_id = fields.Integer()


class SweepCountsOut(Schema):
    venues = fields.Integer()
    verdicts = fields.Dict(keys=fields.String(), values=fields.Integer())
    visits_before = fields.Integer(metadata={"description": "in the year before"})
    open_before = fields.Integer(
        metadata={"description": "violations of that year, open when tasks were made"}
    )
    tasks = fields.Integer()
    visited = fields.Integer()
    waiting = fields.Integer()
    found = fields.Integer()
    corrected = fields.Integer(metadata={"description": "of both, seen in order since"})
    open_after = fields.Integer()


class SweepOutcomeOut(Schema):
    total = fields.Nested(SweepCountsOut)
    by_activity = fields.Dict(keys=fields.String(), values=fields.Nested(SweepCountsOut))
    by_agency = fields.Dict(keys=fields.String(), values=fields.Nested(SweepCountsOut))
