"""Wire formats of cases."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from backend.cases.rules import Because, Standing
from backend.core.fields import FreeText
from backend.rulebook.schemas import ClockOut, StepOut

_SHA256 = validate.Regexp(r"^[0-9a-f]{64}$")


class CaseFilter(Schema):
    state = fields.String(validate=validate.Length(max=32))
    is_open = fields.Boolean()
    venue_id = fields.Integer()
    officer_id = fields.Integer()
    overdue = fields.Boolean(metadata={"description": "only where something is overdue"})
    due_by = fields.Date(metadata={"description": "only where something is due by this day"})
    text = fields.String(validate=validate.Length(max=64))


class CaseIn(Schema):
    """A new case: violations at one venue, and two officers or more."""

    violation_ids = fields.List(fields.Integer(), required=True, validate=validate.Length(1, 50))
    officer_ids = fields.List(fields.Integer(), required=True, validate=validate.Length(1, 10))
    acted_on = fields.Date(
        metadata={"description": "day of the act, or of its end; left out: the day on which it was found"}
    )
    is_long = fields.Boolean(
        metadata={"description": "life, health or financial safety, with harm: the longer limitation"}
    )


class PaperIn(Schema):
    """A document or note that is attached: its kind, its name, its hash if it is a file."""

    id = fields.String(required=True, validate=validate.Length(1, 32))
    name = FreeText(min_length=1, max_length=200)
    sha256 = fields.String(load_default=None, allow_none=True, validate=_SHA256)
    document_id = fields.Integer(
        metadata={"description": "a document issued in the case: its name and hash are taken from it"}
    )

    @validates_schema
    def _has_a_name(self, said: dict[str, Any], **_: Any) -> None:
        if not ("name" in said or "document_id" in said):
            raise ValidationError("required", "name")


class CaseStepIn(Schema):
    step = fields.String(required=True, validate=validate.Length(1, 64))
    version = fields.Integer(required=True, metadata={"description": "of the case that was looked at"})
    made_at = fields.AwareDateTime(metadata={"description": "when it happened; left out: now"})
    papers = fields.List(fields.Nested(PaperIn), validate=validate.Length(max=20))
    reason = FreeText(min_length=2, max_length=1000)
    days = fields.Integer(
        validate=validate.Range(1, 3650), metadata={"description": "of an extension whose length is decided"}
    )
    officer_ids = fields.List(fields.Integer(), validate=validate.Length(1, 10))


class CaseOfficerOut(Schema):
    user_id = fields.Integer()
    name = fields.Function(lambda one: one.user.display_name, metadata={"type": "string"})
    certificate_no = fields.String()
    since = fields.DateTime()
    until = fields.DateTime(allow_none=True)


class CaseOut(Schema):
    id = fields.Integer()
    number = fields.String(attribute="text", metadata={"description": "as it stands on paper"})
    agency_id = fields.Integer()
    area_code = fields.String()
    venue_id = fields.Integer()
    venue_name = fields.Function(lambda case: case.venue.name, metadata={"type": "string"})
    authority = fields.String(metadata={"description": "the profile of procedure"})
    state = fields.String()
    is_open = fields.Boolean()
    acted_on = fields.Date()
    found_on = fields.Date()
    is_long = fields.Boolean()
    opened_at = fields.DateTime()
    ended_at = fields.DateTime(allow_none=True)
    violation_ids = fields.Function(
        lambda case: [one.violation_id for one in case.violations],
        metadata={"type": "array", "items": {"type": "integer"}},
    )
    officers = fields.List(fields.Nested(CaseOfficerOut))
    version = fields.Integer()


class PaperMadeOut(Schema):
    id = fields.String()
    name = fields.String()
    sha256 = fields.String(allow_none=True)


class StepMadeOut(Schema):
    seq = fields.Integer()
    step = fields.String()
    from_state = fields.String(allow_none=True)
    to_state = fields.String()
    actor = fields.String()
    user_id = fields.Integer()
    made_at = fields.DateTime(metadata={"description": "as somebody says"})
    recorded_at = fields.DateTime()
    rulebook_version = fields.Integer()
    clauses = fields.List(fields.String())
    papers = fields.List(fields.Nested(PaperMadeOut))
    reason = fields.String(allow_none=True)
    extends = fields.String(allow_none=True, metadata={"description": "the clock that it extends"})
    days = fields.Integer(allow_none=True)


class DueOut(Schema):
    clock = fields.Nested(ClockOut)
    standing = fields.String(validate=validate.OneOf(sorted(Standing)))
    begun_at = fields.DateTime(attribute="row.begun_at")
    more = fields.Integer(attribute="row.more", metadata={"description": "by which it was extended"})
    due_on = fields.Date(attribute="row.due_on", allow_none=True)
    due_at = fields.DateTime(attribute="row.due_at", allow_none=True)
    warn_on = fields.Date(
        attribute="row.warn_on", allow_none=True, metadata={"description": "the earlier reading"}
    )
    is_provisional = fields.Boolean(attribute="row.is_provisional")
    unloaded = fields.List(
        fields.Integer(), attribute="row.unloaded",
        metadata={"description": "years whose holidays are not loaded"},
    )  # fmt: skip
    is_paused = fields.Boolean(attribute="row.is_paused")


class HindranceOut(Schema):
    because = fields.String(validate=validate.OneOf(sorted(Because)))
    names = fields.List(fields.String(), metadata={"description": "steps, clocks or papers"})
    until = fields.Date(allow_none=True)


class ChoiceOut(Schema):
    step = fields.Nested(StepOut)
    may = fields.Boolean()
    hindrances = fields.List(fields.Nested(HindranceOut))


class LimitationOut(Schema):
    clock = fields.Nested(ClockOut)
    acted_on = fields.Date()
    found_on = fields.Date()
    last_on = fields.Date()
    in_time = fields.Boolean()


class CaseSeriesIn(Schema):
    year = fields.Integer(required=True, validate=validate.Range(2020, 2100))
    pattern = FreeText(required=True, min_length=8, max_length=64)


class CaseSeriesOut(Schema):
    id = fields.Integer()
    year = fields.Integer()
    pattern = fields.String()
    next_number = fields.Integer()
