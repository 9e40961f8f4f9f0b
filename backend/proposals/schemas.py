"""Wire formats of proposals."""

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from backend.core.fields import FreeText
from backend.proposals.models import State
from backend.proposals.rules import MINE, THEIRS
from backend.protected_sites.schemas import SiteChange
from backend.venues.schemas import VenueChange


class ProposalIn(Schema):
    uuid = fields.UUID(required=True, metadata={"description": "made on the tablet, once"})
    seen_version = fields.Integer(required=True, validate=validate.Range(min=1))
    reason = FreeText(required=True, min_length=2, max_length=1000)
    evidence_instance_id = fields.String(
        validate=validate.Regexp(r"^[A-Za-z0-9:._-]{1,64}$"),
        metadata={"description": "instanceID of the visit whose evidence shows it"},
    )
    evidence_number = fields.Integer(validate=validate.Range(min=1, max=1000))
    noted_at = fields.AwareDateTime(metadata={"description": "by the tablet's clock"})

    @validates_schema
    def _something(self, said: dict[str, object], **_: object) -> None:
        if not said.get("values"):
            raise ValidationError("propose at least one value", "values")


class VenueValues(VenueChange):
    """The area follows from the position."""

    class Meta:
        exclude = ("area_code",)


_SEEN = {"description": "the same fields as they were seen; not needed when the version is the newest"}


class VenueProposalIn(ProposalIn):
    values = fields.Nested(VenueValues, required=True)
    seen = fields.Nested(VenueValues, metadata=_SEEN)


class SiteProposalIn(ProposalIn):
    values = fields.Nested(SiteChange, required=True)
    seen = fields.Nested(SiteChange, metadata=_SEEN)


class ProposalFilter(Schema):
    state = fields.Enum(State, by_value=True, load_default=None)
    venue_id = fields.Integer(load_default=None)
    site_id = fields.Integer(load_default=None)


class ProposalOut(Schema):
    uuid = fields.String()
    kind = fields.String()
    venue_id = fields.Integer(allow_none=True)
    site_id = fields.Integer(allow_none=True)
    seen_version = fields.Integer()
    met_version = fields.Integer(metadata={"description": "of the row when the proposal came"})
    state = fields.String(validate=validate.OneOf(sorted(State)))
    is_parallel = fields.Boolean(metadata={"description": "others changed other fields meanwhile"})
    fields_ = fields.Dict(attribute="fields", data_key="fields")
    waiting_fields = fields.List(fields.String())
    reason = fields.String()
    effective_on = fields.Date(
        allow_none=True, metadata={"description": "not accepted before this day; a school says it"}
    )
    evidence_instance_id = fields.String(allow_none=True)
    evidence_number = fields.Integer(allow_none=True)
    user_id = fields.Integer(allow_none=True)
    device_id = fields.Integer(allow_none=True)
    noted_at = fields.DateTime(allow_none=True)
    received_at = fields.DateTime()
    decided_by = fields.Integer(allow_none=True)
    decided_at = fields.DateTime(allow_none=True)
    decision_reason = fields.String(allow_none=True)


class FieldNowOut(Schema):
    name = fields.String()
    base = fields.Raw(allow_none=True)
    was_seen = fields.Boolean()
    theirs = fields.Raw(allow_none=True)
    mine = fields.Raw(allow_none=True)
    outcome = fields.String()
    pick = fields.String(allow_none=True)


class ProposalDetailOut(Schema):
    proposal = fields.Nested(ProposalOut)
    row_version = fields.Integer(metadata={"description": "a decision names it"})
    fields_now = fields.List(fields.Nested(FieldNowOut))


class DecisionIn(Schema):
    picks = fields.Dict(
        keys=fields.String(), values=fields.String(validate=validate.OneOf([MINE, THEIRS])), required=True
    )
    row_version = fields.Integer(required=True)
    reason = FreeText(load_default=None, min_length=2, max_length=1000, allow_none=True)


class RefusalIn(Schema):
    reason = FreeText(required=True, min_length=2, max_length=1000)
