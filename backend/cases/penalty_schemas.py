"""Wire formats of proposals of penalties and of what the reviewer decided. Amounts are yuan, as text."""

from decimal import Decimal
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from backend.cases.candidates import Amounts, Bar, GapKind
from backend.cases.escalation import Earlier, EarlierKind, Level
from backend.cases.mitigation import RULES, Circumstance, Effect
from backend.cases.proposing import Chosen, Item, Said
from backend.core.fields import FreeText
from backend.rulebook.procedure import Ruling
from backend.rulebook.rows import Penalty
from backend.rulebook.schemas import TextOut

_MOST = Decimal(10) ** 11
_KEY = validate.Length(3, 64)


def _yuan(**more: Any) -> fields.Decimal:
    return fields.Decimal(
        places=2, as_string=True, allow_none=True, validate=validate.Range(0, _MOST), **more
    )


def _words(kinds: Any, **more: Any) -> Any:
    return fields.List(fields.Enum(kinds, by_value=True), validate=validate.Length(max=30), **more)


class PenaltyEarlierIn(Schema):
    """A penalty of the same venue for a breach of the same regulations, that this register does not have."""

    kind = fields.Enum(EarlierKind, by_value=True, required=True)
    decided_on = fields.Date(required=True)
    number = FreeText(load_default="", max_length=64)

    @post_load
    def _made(self, said: dict[str, Any], **_: Any) -> Earlier:
        return Earlier(**said)


class PenaltyFactsIn(Schema):
    """What the officer found. `acts` numbers violations: those of one number are one act."""

    circumstances = _words(Circumstance, load_default=list)
    is_person = fields.Boolean(load_default=False, metadata={"description": "the party is a natural person"})
    gains = _yuan(load_default=None)
    turnover = _yuan(load_default=None)
    minor_months = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 9999))
    acts = fields.Dict(fields.Integer(), fields.Integer(), load_default=dict)
    earlier = fields.List(
        fields.Nested(PenaltyEarlierIn), load_default=list, validate=validate.Length(max=20)
    )


def said_of(facts: dict[str, Any]) -> Said:
    """The facts of a form as the rules take them; takes them out of it."""
    amounts = Amounts(*(facts.pop(name) for name in ("gains", "turnover", "minor_months")))
    return Said(frozenset(facts.pop("circumstances")), facts.pop("is_person"), amounts, facts.pop("acts"))


class PenaltyItemIn(Schema):
    candidate = fields.String(required=True, validate=_KEY)
    yuan = _yuan(load_default=None)
    kinds = _words(Penalty, load_default=list)

    @post_load
    def _made(self, said: dict[str, Any], **_: Any) -> Item:
        return Item(said["candidate"], said["yuan"], tuple(said["kinds"]))


class PenaltyChosenIn(Schema):
    """A penalty by items, or none; `ground` names why none, or why lighter than the law's least."""

    outcome = fields.Enum(Ruling, by_value=True, required=True)
    items = fields.List(fields.Nested(PenaltyItemIn), load_default=list, validate=validate.Length(max=20))
    ground = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf([one.id for one in RULES])
    )

    @post_load
    def _made(self, said: dict[str, Any], **_: Any) -> Chosen:
        return Chosen(said["outcome"], tuple(said["items"]), said["ground"])


class _Reasoned(Schema):
    reason = FreeText(required=True, min_length=2, max_length=1000)
    version = fields.Integer(required=True, metadata={"description": "of the case that was looked at"})


class PenaltyProposalIn(_Reasoned, PenaltyFactsIn):
    suggested = fields.Nested(PenaltyChosenIn, required=True)


class PenaltyRulingIn(_Reasoned):
    chosen = fields.Nested(PenaltyChosenIn, required=True)


class FineRangeOut(Schema):
    low = fields.String()
    high = fields.String()
    mandatory = fields.Boolean()


class PenaltyCandidateOut(Schema):
    key = fields.String()
    act = fields.Integer(metadata={"description": "the first violation of the act"})
    basis = fields.String()
    tier = fields.String()
    why = fields.List(fields.String(), metadata={"description": "what makes it serious"})
    violations = fields.List(fields.Integer())
    clauses = fields.List(fields.String())
    kinds = fields.List(fields.String())
    must = fields.List(fields.String(), metadata={"description": "kinds about which there is no choice"})
    one_of = fields.List(fields.String(), metadata={"description": "kinds of which exactly one must be"})
    measures = fields.Nested(TextOut, allow_none=True)
    fine = fields.Nested(FineRangeOut, allow_none=True)
    when = fields.Nested(TextOut, allow_none=True)
    upon = fields.Nested(TextOut, allow_none=True)
    party = fields.String()
    bar = fields.String(
        allow_none=True,
        validate=validate.OneOf(sorted(Bar)),
        metadata={"description": "why it cannot be chosen"},
    )


class PenaltyConcurrenceOut(Schema):
    act = fields.Integer()
    leading = fields.List(
        fields.String(), metadata={"description": "the higher fine; two where a ceiling meets a floor"}
    )
    others = fields.List(fields.String())


class PenaltyGroundOut(Schema):
    id = fields.String()
    clauses = fields.List(fields.String())
    effect = fields.String(validate=validate.OneOf(sorted(Effect)))
    met = fields.Boolean()
    missing = fields.List(fields.String(), metadata={"description": "what would still have to be proven"})


class PenaltyGapOut(Schema):
    kind = fields.String(validate=validate.OneOf(sorted(GapKind)))
    violation = fields.Integer()
    basis = fields.String(allow_none=True)


class PenaltyEarlierOut(Schema):
    kind = fields.String(validate=validate.OneOf(sorted(EarlierKind)))
    decided_on = fields.String()
    number = fields.String()


class PenaltyEscalationOut(Schema):
    level = fields.String(validate=validate.OneOf(sorted(Level)))
    counted = fields.List(fields.Nested(PenaltyEarlierOut))
    is_doubtful = fields.Boolean(metadata={"description": "it hangs on a day at the border of the two years"})


class PenaltyProposedOut(Schema):
    candidates = fields.List(fields.Nested(PenaltyCandidateOut))
    concurrences = fields.List(fields.Nested(PenaltyConcurrenceOut))
    grounds = fields.List(fields.Nested(PenaltyGroundOut))
    gaps = fields.List(fields.Nested(PenaltyGapOut))
    escalation = fields.Nested(PenaltyEscalationOut, allow_none=True)
    has_gains = fields.Boolean(metadata={"description": "gains to confiscate: not to be paid back"})


class PenaltyItemOut(Schema):
    candidate = fields.String()
    yuan = fields.String(allow_none=True)
    kinds = fields.List(fields.String())


class PenaltyChosenOut(Schema):
    outcome = fields.String()
    items = fields.List(fields.Nested(PenaltyItemOut))
    ground = fields.String(allow_none=True)


class PenaltyRulingOut(Schema):
    chosen = fields.Nested(PenaltyChosenOut)
    reason = fields.String()
    ruled_by = fields.Integer()
    ruled_at = fields.DateTime()


class PenaltyProposalOut(Schema):
    seq = fields.Integer()
    rulebook_version = fields.Integer()
    said = fields.Dict()
    earlier = fields.List(fields.Nested(PenaltyEarlierOut))
    laid = fields.Nested(PenaltyProposedOut)
    suggested = fields.Nested(PenaltyChosenOut)
    reason = fields.String()
    proposed_by = fields.Integer()
    proposed_at = fields.DateTime()
    ruling = fields.Nested(PenaltyRulingOut, allow_none=True)
