"""Wire formats of inspections. Nothing that a person typed is in them; see the record of a visit."""

from datetime import datetime

from marshmallow import Schema, fields, validate

from backend.core.days import SHANGHAI
from backend.inspections.models import Standing


class VisitFilter(Schema):
    venue_id = fields.Integer(load_default=None)
    activity = fields.String(load_default=None, validate=validate.Length(max=32))
    visit_no = fields.String(load_default=None, validate=validate.Length(max=64))
    flag = fields.String(load_default=None, validate=validate.Length(max=48))
    since = fields.Date(load_default=None, metadata={"description": "first day, in Shanghai"})
    until = fields.Date(load_default=None, metadata={"description": "last day"})
    only_current = fields.Boolean(load_default=False, metadata={"description": "without corrected ones"})


class ViolationFilter(Schema):
    venue_id = fields.Integer(load_default=None)
    activity = fields.String(load_default=None, validate=validate.Length(max=32))
    visit_no = fields.String(load_default=None, validate=validate.Length(max=64))
    duty = fields.String(load_default=None, validate=validate.Length(max=32))
    standing = fields.String(load_default=None, validate=validate.OneOf(sorted(Standing)))
    since = fields.Date(load_default=None)
    until = fields.Date(load_default=None)


class GroundsOut(Schema):
    """Why a visit took place."""

    route = fields.String(allow_none=True, metadata={"description": "planned or triggered, as the form says"})
    joint = fields.Boolean()
    check_code_id = fields.Integer(allow_none=True)
    task_id = fields.Integer(allow_none=True)
    matched_by = fields.String(allow_none=True)
    assisting = fields.Boolean(metadata={"description": "the task was with others by then, or called off"})


class MatchIn(Schema):
    task_id = fields.Integer(required=True)


class FrequencyFilter(Schema):
    on = fields.Date(
        load_default=lambda: datetime.now(SHANGHAI).date(), metadata={"description": "the day of the plan"}
    )


class PlannedOut(Schema):
    agency_id = fields.Integer()
    due_on = fields.Date()


class FrequencyOut(Schema):
    """The business is all venues with the same credit code. Who comes together is one occasion."""

    year = fields.Integer(attribute="counted.year")
    occasions = fields.Integer(attribute="counted.occasions")
    triggered = fields.Integer(attribute="counted.triggered", metadata={"description": "of these"})
    by_agency = fields.Function(
        lambda found: [
            {"agency_id": agency_id, "visits": count}
            for agency_id, count in found["counted"].by_agency.items()
        ],
        metadata={"type": "array", "items": {"type": "object"}},
    )
    last_on = fields.Date(attribute="counted.last_on", allow_none=True)
    planned = fields.List(fields.Nested(PlannedOut), attribute="counted.planned")
    too_soon = fields.Boolean(metadata={"description": "come together, or later"})


class FlagOut(Schema):
    code = fields.String()
    count = fields.Integer()
    raised_at = fields.DateTime()
    settled_at = fields.DateTime(allow_none=True)


class VisitOut(Schema):
    id = fields.Integer()
    instance_id = fields.String()
    visit_no = fields.String()
    corrects = fields.String(allow_none=True, metadata={"description": "instanceID of the visit it corrects"})
    form_id = fields.String()
    form_version = fields.String()
    activity = fields.String()
    venue_id = fields.Integer(allow_none=True)
    area_code = fields.String()
    agency_id = fields.Integer(allow_none=True)
    user_id = fields.Integer(allow_none=True)
    device_id = fields.Integer(allow_none=True)
    fact_on = fields.Date()
    started_at = fields.DateTime(allow_none=True, metadata={"description": "by the tablet's clock"})
    ended_at = fields.DateTime(allow_none=True)
    sent_at = fields.DateTime(allow_none=True)
    received_at = fields.DateTime(metadata={"description": "by the server's clock"})
    filed_at = fields.DateTime()
    lon = fields.Float(allow_none=True)
    lat = fields.Float(allow_none=True)
    accuracy_m = fields.Float(allow_none=True)
    rulebook_version = fields.Integer()
    measures = fields.List(fields.String())
    flags = fields.List(fields.Nested(FlagOut))


class FindingOut(Schema):
    item = fields.String()
    answer = fields.String()
    duties = fields.List(fields.String())
    clauses = fields.List(fields.String())
    photos = fields.List(fields.Integer())


class IdCheckOut(Schema):
    method = fields.String()
    people_checked = fields.Integer(allow_none=True)
    not_verified = fields.Integer(allow_none=True)
    mismatched = fields.Integer(allow_none=True)
    eighteen_today = fields.Integer(allow_none=True)
    apparent_under_14 = fields.Integer(allow_none=True)
    apparent_14_15 = fields.Integer(allow_none=True)
    apparent_16_17 = fields.Integer(allow_none=True)
    confirmed_under_14 = fields.Integer(allow_none=True)
    confirmed_14_15 = fields.Integer(allow_none=True)
    confirmed_16_17 = fields.Integer(allow_none=True)


class EvidenceOut(Schema):
    number = fields.Integer()
    kind = fields.String()
    about = fields.List(fields.String())
    sealed = fields.Boolean(metadata={"description": "a minor may be in it: opens to two people only"})
    captured_sha256 = fields.String(allow_none=True)
    arrived_sha256 = fields.String(allow_none=True, metadata={"description": "null: it has not arrived"})
    taken_at = fields.DateTime(allow_none=True)
    lon = fields.Float(allow_none=True)
    lat = fields.Float(allow_none=True)
    accuracy_m = fields.Float(allow_none=True)


class DistanceOut(Schema):
    site_id = fields.Integer()
    site_version = fields.Integer()
    rule_id = fields.String()
    setting = fields.String(allow_none=True)
    method = fields.String()
    distance_m = fields.Float()
    error_m = fields.Float()
    extent_m = fields.Float()
    verdict = fields.String(metadata={"description": "screening only: it accuses nobody"})


class BasisOut(Schema):
    basis_id = fields.String()
    clauses = fields.List(fields.String())


class ViolationOut(Schema):
    id = fields.Integer()
    visit_id = fields.Integer()
    venue_id = fields.Integer(attribute="visit.venue_id", allow_none=True)
    activity = fields.String(attribute="visit.activity")
    duty_id = fields.String(allow_none=True)
    clauses = fields.List(fields.String())
    standing = fields.String()
    reasons = fields.List(fields.String())
    doubts = fields.List(fields.String())
    rulebook_version = fields.Integer()
    fact_on = fields.Date()
    bases = fields.List(
        fields.Nested(BasisOut), metadata={"description": "all candidates; the legal reviewer chooses"}
    )


class SaidOut(Schema):
    zh = fields.String()
    en = fields.String()


class JudgedSignOut(Schema):
    sign = fields.String(metadata={"description": "item:..., id_check:..., hung:kind:place:state, ..."})
    duty_id = fields.String(allow_none=True)
    outcome = fields.String(metadata={"description": "violation, no_violation or review"})
    reason = fields.String(metadata={"description": "id of the row of judgement, or a doubt"})
    because = fields.Nested(SaidOut, allow_none=True)
    clauses = fields.List(fields.String())
    doubts = fields.List(fields.String(), metadata={"description": "what a human has to decide"})


class ModuleOut(Schema):
    """Another checklist of the same visit."""

    id = fields.Integer()
    instance_id = fields.String()
    activity = fields.String()
    judged = fields.List(fields.Nested(JudgedSignOut))
    violations = fields.List(fields.Nested(ViolationOut))


class VisitDetailOut(VisitOut):
    grounds = fields.Nested(GroundsOut, allow_none=True)
    corrected_by = fields.List(
        fields.Integer(),
        attribute="corrected_by_ids",
        metadata={"description": "later visits; all of them stay"},
    )
    confirmed_by = fields.Integer(
        allow_none=True, metadata={"description": "who let this correction of a colleague's visit count"}
    )
    confirmed_at = fields.DateTime(allow_none=True)
    findings = fields.List(fields.Nested(FindingOut))
    id_checks = fields.List(fields.Nested(IdCheckOut))
    evidence = fields.List(fields.Nested(EvidenceOut))
    distances = fields.List(fields.Nested(DistanceOut))
    judged = fields.List(fields.Nested(JudgedSignOut))
    violations = fields.List(fields.Nested(ViolationOut))
    modules = fields.List(
        fields.Nested(ModuleOut),
        attribute="other_modules",
        metadata={"description": "the checklists of other activities with the same visit_no"},
    )


class RecordOut(Schema):
    """The visit as filed: everything that was typed, with personal numbers masked."""

    visit_id = fields.Integer()
    record = fields.Dict()
