"""Wire formats of rescue files. Their content is in none of them."""

from marshmallow import Schema, fields

from backend.accounts.device_schemas import Bytes
from backend.core.fields import FreeText
from backend.intake.models import RescueState


class RescueKeyOut(Schema):
    key_id = fields.String()
    public_key = Bytes(metadata={"description": "SPKI"})
    signature = Bytes(
        metadata={
            "description": "by the key of packages, over `humiao-rescue-key-v1`, a line feed and the SPKI"
        }
    )


class RescueFilter(Schema):
    state = fields.Enum(RescueState, by_value=True, load_default=None)


class RescueFileOut(Schema):
    id = fields.Integer()
    rescue_id = fields.String()
    device_no = fields.Integer(metadata={"description": "as the file says"})
    device_id = fields.Integer(allow_none=True, metadata={"description": "the tablet whose signature holds"})
    agency_id = fields.Integer(allow_none=True)
    area_code = fields.String()
    made_at = fields.DateTime(metadata={"description": "by the tablet's clock"})
    brought_by = fields.String()
    received_at = fields.DateTime()
    submissions = fields.Integer()
    attachments = fields.Integer()
    drafts = fields.Integer()
    documents = fields.Integer()
    size = fields.Integer()
    state = fields.String()
    quarantine = fields.String(allow_none=True, metadata={"description": "why somebody had to decide"})
    decided_by = fields.Integer(allow_none=True)
    decided_at = fields.DateTime(allow_none=True)
    decision_reason = fields.String(allow_none=True)
    taken_at = fields.DateTime(allow_none=True)


class RescueSectionOut(Schema):
    number = fields.Integer(metadata={"description": "its place in the manifest, from 0"})
    kind = fields.String()
    instance_id = fields.String()
    sha256 = fields.String(metadata={"description": "of the sealed bytes"})
    content_sha256 = fields.String()
    outcome = fields.String()
    reason = fields.String(allow_none=True)


class RescueDecisionIn(Schema):
    reason = FreeText(required=True, min_length=4, max_length=1000)


class RescueResultOut(Schema):
    rescue_id = fields.String()
    state = fields.String(
        metadata={"description": "arriving, received, taken, partly, quarantined, refused, expired"}
    )
    reason = fields.String(allow_none=True, metadata={"description": "of a quarantine, or of the refusal"})
    sections = fields.List(fields.Nested(RescueSectionOut))
