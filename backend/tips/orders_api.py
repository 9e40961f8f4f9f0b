"""HTTP doors of work orders (工单): files in, what waits in them, and how a channel's words are read."""

from datetime import UTC, datetime
from functools import partial
from pathlib import PurePath
from typing import Any

from flask import request
from flask.views import MethodView
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from backend.accounts.auth import Role, current_user, requires
from backend.core import audit
from backend.core.errors import InvalidInput, NotAllowed
from backend.core.paging import OnePage
from backend.core.web import deployment, get_session
from backend.tips import order_importing as importing
from backend.tips.errors import OrdersRefused
from backend.tips.order_answers import Outcome, outcomes
from backend.tips.order_models import OrderFile
from backend.tips.orders import RowState
from backend.tips.rules import CHANNELS, Nature, Source, State

blp = Blueprint(
    "work_orders", __name__, url_prefix="/api/v1/work-orders", description="Work orders of hotlines"
)


class MappingIn(Schema):
    columns = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)
    values = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.String()),
        load_default=dict,
    )


class MappingOut(Schema):
    version = fields.Integer(metadata={"description": "0: nobody has mapped anything"})
    columns = fields.Dict(keys=fields.String(), values=fields.String())
    values = fields.Dict(keys=fields.String(), values=fields.Dict())
    taken = fields.Integer(metadata={"description": "rows that waited and became tips by it"})


class OrderRowOut(Schema):
    number = fields.Integer()
    state = fields.String(validate=validate.OneOf(sorted(RowState)))
    faults = fields.Dict(allow_none=True)
    mapping_version = fields.Integer()
    tip_id = fields.Integer(allow_none=True)


class OrderFileOut(Schema):
    id = fields.Integer()
    channel = fields.String(validate=validate.OneOf(sorted(CHANNELS)))
    area_code = fields.String()
    read_at = fields.DateTime()


class OrderFileCountedOut(OrderFileOut):
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())


class OrderFileRowsOut(OrderFileOut):
    rows = fields.List(fields.Nested(OrderRowOut))


class OutcomeOut(Schema):
    channel_no = fields.String()
    receipt_no = fields.String()
    nature = fields.String(validate=validate.OneOf(sorted(Nature)))
    state = fields.String(validate=validate.OneOf(sorted(State)))
    to_name = fields.String(allow_none=True)
    received_at = fields.DateTime()
    answered_at = fields.DateTime(allow_none=True)
    answer = fields.String(allow_none=True, metadata={"description": "nothing: none yet, or destroyed"})


@blp.route("/files")
class Files(MethodView):
    @requires(Role.SUPERVISOR)
    @blp.response(200, OrderFileCountedOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self) -> Any:
        """List the files of one's areas, newest first, with how many rows of each state"""
        return partial(_counted, get_session(), current_user().scope)

    @requires(Role.SUPERVISOR)
    @blp.response(201, OrderFileRowsOut)
    @blp.doc(
        requestBody={
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "properties": {
                            "file": {"type": "string", "format": "binary"},
                            "channel": {"type": "string", "enum": sorted(CHANNELS)},
                            "area_code": {"type": "string"},
                        },
                    }
                }
            }
        }
    )
    def post(self) -> OrderFile:
        """Take in a workbook or a JSON list; what is not mapped waits, what is wrong is refused"""
        return taken_in()


@blp.route("/files/<int:file_id>")
@requires(Role.SUPERVISOR)
@blp.response(200, OrderFileRowsOut)
def file(file_id: int) -> OrderFile:
    """Show what became of each row of a file"""
    return importing.file_of(get_session(), current_user().scope, file_id)


@blp.route("/files/<int:file_id>/answers")
@requires(Role.SUPERVISOR)
@blp.response(200, OutcomeOut(many=True))
def answers(file_id: int) -> list[Outcome]:
    """Say what came of the orders of a file, with the answers; each export is recorded"""
    return outcomes_told(file_id)


@blp.route("/mappings/<channel>")
class Mapping(MethodView):
    @requires(Role.SUPERVISOR)
    @blp.response(200, MappingOut)
    def get(self, channel: str) -> Any:
        """Show how a channel's columns and values are read"""
        found = importing.mapping_of(get_session(), channel_named(channel))
        return found or {"version": 0, "columns": {}, "values": {}}

    @requires(Role.SUPERVISOR)
    @blp.arguments(MappingIn)
    @blp.response(200, MappingOut)
    def post(self, said: dict[str, Any], channel: str) -> Any:
        """Add to how a channel is read, as a new version, and try again what waited for it"""
        return mapped(channel_named(channel), said)


def channel_named(text: str) -> Source:
    """A channel by its code. Raises InvalidInput."""
    if text not in CHANNELS:
        raise InvalidInput(channel="choose_one")
    return Source(text)


def taken_in() -> OrderFile:
    """The file of this request. Raises OrdersRefused, InvalidInput, NotAllowed."""
    sent, person = request.files.get("file"), current_user()
    if sent is None or not sent.filename:
        raise OrdersRefused(file="required")
    with sent.stream as stream:
        content = stream.read(importing.LARGEST + 1)
    channel = channel_named(request.form.get("channel", ""))
    area_code = request.form.get("area_code") or min(person.scope.areas, default="")
    if not person.scope.covers(area_code):
        raise NotAllowed(area_code=area_code)
    rows = importing.read(content, PurePath(sent.filename).name)
    return importing.take_in(
        get_session(), channel, rows, area_code=area_code, scope=person.scope, by=person.actor,
        now=datetime.now(UTC),
    )  # fmt: skip


def outcomes_told(file_id: int) -> list[Outcome]:
    """What came of a file's orders; the look is in the audit trail before the first byte goes out."""
    person = current_user()
    found = outcomes(get_session(), person.scope, file_id)
    subject, detail = f"order_file:{file_id}", {"tips": len(found)}
    with deployment().unit_of_work() as session:
        audit.record(session, "channel.answers", by=person.actor, subject=subject, detail=detail)
    return found


def mapped(channel: Source, said: dict[str, Any]) -> dict[str, Any]:
    """Add to a mapping and try again what waited for it."""
    session, person, now = get_session(), current_user(), datetime.now(UTC)
    found = importing.put_mapping(session, channel, **said, by=person.actor, now=now)
    taken = importing.try_again(session, channel, person.scope, by=person.actor, now=now)
    if found is None:
        return {"version": 0, "columns": {}, "values": {}, "taken": taken}
    return {"version": found.version, "columns": found.columns, "values": found.values, "taken": taken}


def _counted(*asked: Any, **page: Any) -> tuple[list[dict[str, Any]], int]:
    rows, total = importing.list_files(*asked, **page)
    named = ("id", "channel", "area_code", "read_at")
    return [{name: getattr(one, name) for name in named} | {"counts": counts} for one, counts in rows], total
