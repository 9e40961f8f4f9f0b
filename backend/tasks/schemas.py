"""Wire formats of tasks, check codes and document numbers."""

from datetime import datetime
from typing import Any

from marshmallow import Schema, fields, validate

from backend.core.days import SHANGHAI
from backend.core.fields import FreeText
from backend.tasks.rules import (
    ON_THE_SPOT,
    CodeState,
    DocumentKind,
    Kind,
    NumberState,
    Route,
    TaskState,
    Trigger,
    Voided,
)

_NUMBER = {"max_length": 64}


class _Optional(FreeText):
    """Words that may be left out; blank ones count as none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_none=True, **options)

    def _deserialize(self, *args: Any, **kwargs: Any) -> Any:
        return super()._deserialize(*args, **kwargs).strip() or None


class TaskFilter(Schema):
    state = fields.Enum(TaskState, by_value=True)
    kind = fields.Enum(Kind, by_value=True)
    activity = fields.String(validate=validate.Length(max=32))
    officer_id = fields.Integer()
    venue_id = fields.Integer()
    text = fields.String(validate=validate.Length(max=64))
    overdue = fields.Boolean(metadata={"description": "only what should have been done by now"})


class TaskChange(Schema):
    """What a supervisor may set about a task."""

    kind = fields.Enum(Kind, by_value=True)
    trigger = fields.Enum(Trigger, by_value=True, allow_none=True)
    venue_id = fields.Integer(allow_none=True)
    place_text = _Optional(max_length=255)
    area_code = fields.String(
        validate=validate.Length(1, 16), metadata={"description": "where no venue of the register says it"}
    )
    activities = fields.List(
        fields.String(validate=validate.Length(max=32)), validate=validate.Length(max=32)
    )
    reason = FreeText(min_length=1, max_length=255)
    source_no = _Optional(**_NUMBER, metadata={"description": "number of the plan, the lead or the order"})
    check_code_id = fields.Integer(allow_none=True)
    visit_on = fields.Date(allow_none=True, metadata={"description": "the day to go"})
    due_on = fields.Date(metadata={"description": "the last day"})
    priority = fields.Integer(validate=validate.Range(1, 3), metadata={"description": "1 first, 3 last"})
    route_order = fields.Integer(allow_none=True, validate=validate.Range(1, 999))


class AssignmentIn(Schema):
    officer_ids = fields.List(fields.Integer(), required=True, validate=validate.Length(1, 10))


class TaskIn(TaskChange):
    """A new task; the first of the officers answers for it."""

    kind = fields.Enum(Kind, by_value=True, required=True)
    reason = FreeText(required=True, min_length=1, max_length=255)
    due_on = fields.Date(required=True)
    officer_ids = fields.List(fields.Integer(), validate=validate.Length(max=10))


class WithdrawalIn(Schema):
    reason = FreeText(required=True, min_length=1, max_length=255)


class TaskOut(Schema):
    id = fields.Integer()
    kind = fields.String()
    trigger = fields.String(allow_none=True)
    state = fields.String()
    agency_id = fields.Integer()
    area_code = fields.String()
    venue_id = fields.Integer(allow_none=True)
    venue_name = fields.Function(lambda task: task.venue and task.venue.name, metadata={"type": "string"})
    place_text = fields.String(allow_none=True)
    activities = fields.List(fields.String(), attribute="activity_ids")
    reason = fields.String()
    source_no = fields.String(allow_none=True)
    check_code_id = fields.Integer(allow_none=True)
    visit_on = fields.Date(allow_none=True)
    due_on = fields.Date()
    priority = fields.Integer()
    route_order = fields.Integer(allow_none=True)
    officer_ids = fields.List(fields.Integer(), metadata={"description": "the first answers for it"})
    done_at = fields.DateTime(allow_none=True)
    withdrawn_because = fields.String(allow_none=True)
    version = fields.Integer()


class HolderOut(Schema):
    id = fields.Integer(attribute="user_id")
    name = fields.Function(lambda one: one.user.display_name, metadata={"type": "string"})


class TaskNowOut(Schema):
    id = fields.Integer()
    state = fields.String()
    officers = fields.Nested(
        HolderOut(many=True), attribute="now_with", metadata={"description": "the first answers for it"}
    )


class TaskImportRowOut(Schema):
    row = fields.Dict(
        keys=fields.String(), values=fields.String(), metadata={"description": "texts by field"}
    )
    faults = fields.Dict(keys=fields.String(), values=fields.String())


class TaskImportOut(Schema):
    id = fields.Integer()
    faults = fields.Integer(metadata={"description": "rows that cannot be taken in"})
    rows = fields.List(fields.Nested(TaskImportRowOut))
    read_at = fields.DateTime()
    confirmed_at = fields.DateTime(allow_none=True)


class TaskCountsOut(Schema):
    new = fields.Integer()
    changed = fields.Integer()
    same = fields.Integer(metadata={"description": "rows that say what the task says already"})


class CodeFilter(Schema):
    state = fields.Enum(CodeState, by_value=True)
    route = fields.Enum(Route, by_value=True)
    text = fields.String(validate=validate.Length(max=64))


class CodeIn(Schema):
    """A check code as it was issued; without a code it is applied for."""

    code = _Optional(**_NUMBER)
    route = fields.Enum(Route, by_value=True, required=True)
    venue_id = fields.Integer(load_default=None, allow_none=True)
    source_no = _Optional(**_NUMBER)
    applied_on = fields.Date(load_default=None, allow_none=True)
    valid_to = fields.Date(load_default=None, allow_none=True)
    agency_ids = fields.List(
        fields.Integer(), load_default=(), validate=validate.Length(max=20),
        metadata={"description": "others that come along; one's own is always among them"},
    )  # fmt: skip


class CodeIssueIn(Schema):
    code = FreeText(required=True, min_length=1, max_length=64)
    valid_to = fields.Date(load_default=None, allow_none=True)


class CodeOut(Schema):
    id = fields.Integer()
    code = fields.String(allow_none=True)
    route = fields.String()
    state = fields.String()
    venue_id = fields.Integer(allow_none=True)
    source_no = fields.String(allow_none=True)
    agency_ids = fields.List(fields.Integer())
    applied_on = fields.Date(allow_none=True)
    valid_to = fields.Date(allow_none=True)
    used_at = fields.DateTime(allow_none=True)
    voided_because = fields.String(allow_none=True)
    version = fields.Integer()


class SeriesIn(Schema):
    kind = fields.Enum(DocumentKind, by_value=True, required=True)
    year = fields.Integer(required=True, validate=validate.Range(2020, 2100))
    pattern = FreeText(required=True, min_length=8, max_length=64)


class SeriesOut(Schema):
    id = fields.Integer()
    kind = fields.String()
    year = fields.Integer()
    pattern = fields.String()
    next_number = fields.Integer()


class NumberFilter(Schema):
    agency_id = fields.Integer()
    year = fields.Integer(validate=validate.Range(2020, 2100))
    kind = fields.Enum(DocumentKind, by_value=True)
    state = fields.Enum(NumberState, by_value=True)
    day = fields.Date()
    device_id = fields.Integer()


class NumberOut(Schema):
    id = fields.Integer()
    number = fields.Integer()
    text = fields.String(metadata={"description": "as it stands on paper"})
    kind = fields.String(attribute="series.kind")
    day = fields.Date(attribute="block.day", metadata={"description": "absent: taken at a desk"})
    device_id = fields.Integer(attribute="block.device_id")
    state = fields.String()
    document = fields.String(allow_none=True)
    used_at = fields.DateTime(allow_none=True)
    voided_because = fields.String(allow_none=True)
    voided_at = fields.DateTime(allow_none=True)


class BlockIn(Schema):
    uuid = fields.UUID(
        required=True, metadata={"description": "made by the tablet: asking again is harmless"}
    )
    kind = fields.Enum(DocumentKind, by_value=True, required=True, validate=validate.OneOf(ON_THE_SPOT))
    day = fields.Date(load_default=lambda: datetime.now(SHANGHAI).date())
    count = fields.Integer(load_default=20, validate=validate.Range(1, 50))


class BlockOut(Schema):
    id = fields.Integer()
    uuid = fields.String()
    day = fields.Date()
    first = fields.Integer()
    last = fields.Integer()
    numbers = fields.List(fields.Nested(NumberOut))


class UseIn(Schema):
    document = fields.UUID(required=True)
    used_at = fields.AwareDateTime(required=True)


class NumberVoidIn(Schema):
    because = fields.Enum(Voided, by_value=True, required=True, validate=validate.NoneOf([Voided.NOT_USED]))
