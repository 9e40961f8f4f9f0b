"""Wire formats of the rulebook. Citations are rendered by the rules; what is not citable has none."""

from datetime import date

from marshmallow import Schema, fields, validate

_YEARS = validate.Range(min=date(1949, 10, 1), max=date(2199, 12, 31))


class OnDay(Schema):
    on = fields.Date(
        load_default=None, validate=_YEARS, metadata={"description": "Day of the fact; today if left out"}
    )
    version = fields.Integer(
        load_default=None, metadata={"description": "Version of the rulebook; the newest if left out"}
    )


class DutyFilter(OnDay):
    activity = fields.String(load_default=None, validate=validate.Length(max=32))


class DaysAsked(Schema):
    from_ = fields.Date(required=True, data_key="from", validate=_YEARS)
    to = fields.Date(required=True, validate=_YEARS)


class TextOut(Schema):
    zh = fields.String()
    en = fields.String()


class RowOut(Schema):
    id = fields.String()
    confidence = fields.List(
        fields.String(), metadata={"description": "T: text in hand; S<n>: secondary source; M: memory only"}
    )
    source = fields.String()
    last_verified_on = fields.Date()
    in_force_from = fields.Date()
    in_force_to = fields.Date(allow_none=True)
    note = fields.Nested(TextOut, allow_none=True)


class ClauseOut(RowOut):
    summary = fields.Nested(TextOut)
    instrument = fields.String()
    citation = fields.Nested(
        TextOut, allow_none=True, metadata={"description": "null: known from memory only, never to be cited"}
    )
    proven = fields.Boolean(metadata={"description": "Whether the wording is proven for that day"})


class CitedOut(RowOut):
    citations = fields.List(fields.Nested(TextOut))
    unproven = fields.Boolean(
        metadata={"description": "The wording of that day is not proven: a human must look"}
    )


class ActivityOut(CitedOut):
    name = fields.Nested(TextOut)
    lead = fields.Nested(TextOut)
    lead_settled = fields.Boolean()
    others = fields.Nested(TextOut, allow_none=True)
    unsuitable = fields.String(
        metadata={"description": "Unsuitable for minors: yes, by_notice, undecided, no"}
    )
    nature = fields.Nested(TextOut)


class SiteKindOut(CitedOut):
    name = fields.Nested(TextOut)
    protected = fields.Boolean()


class ReplyClockOut(CitedOut):
    name = fields.Nested(TextOut)
    senders = fields.List(fields.String())
    count = fields.Integer()
    unit = fields.String()
    confirmed = fields.Boolean(metadata={"description": "false: a setting that no text in hand says"})


class ResponsibilityOut(Schema):
    """One duty at one kind of business, and who is responsible for it."""

    activity = fields.String(attribute="row.activity.id")
    duty = fields.String(attribute="row.duty.id")
    statement = fields.Nested(TextOut, attribute="row.duty.statement")
    responsible = fields.Nested(
        TextOut, attribute="row.responsible", allow_none=True,
        metadata={"description": "null: no text fixes it, and the city has to say"},
    )  # fmt: skip
    further = fields.Nested(TextOut, attribute="row.further", allow_none=True)
    deciding = fields.List(
        fields.Nested(TextOut), attribute="row.deciding",
        metadata={"description": "who decides on a breach, by each candidate basis"},
    )  # fmt: skip
    to_confirm = fields.Boolean(attribute="row.to_confirm")
    confidence = fields.List(fields.String(), attribute="duty.confidence")
    citations = fields.List(fields.Nested(TextOut), attribute="duty.citations")


class TipLimitOut(CitedOut):
    name = fields.Nested(TextOut)
    stops = fields.String(metadata={"description": "what ends it: decided, verified, answered"})
    channels = fields.List(fields.String(), metadata={"description": "empty: every channel"})
    natures = fields.List(fields.String())
    kinds = fields.List(fields.String())
    count = fields.Integer(allow_none=True, metadata={"description": "null: the text names no number"})
    unit = fields.String()
    more = fields.Integer(allow_none=True, metadata={"description": "by how much it may be extended, once"})
    confirmed = fields.Boolean(metadata={"description": "false: the agency's own to set"})


class SettingOut(RowOut):
    district = fields.String()
    activities = fields.List(fields.String())
    document = fields.Nested(TextOut)
    radius_m = fields.Float(allow_none=True)
    active = fields.Boolean(metadata={"description": "false: a note, never judged by"})


class DistanceRuleOut(CitedOut):
    activities = fields.List(fields.String())
    site_kinds = fields.List(fields.String())
    standing = fields.String(metadata={"description": "fixed, delegated or undecided"})
    configured = fields.Boolean()
    radius_m = fields.Float(allow_none=True)
    method = fields.String()
    method_settled = fields.Boolean()
    at_limit = fields.String(
        metadata={"description": "A distance equal to the limit: inside, clear, unsettled"}
    )
    set_by = fields.Nested(TextOut)
    grandfather = fields.String(metadata={"description": "The site came after the venue: review or exempt"})
    settings = fields.List(fields.Nested(SettingOut))


class DutyOut(CitedOut):
    activities = fields.List(fields.String())
    to_confirm = fields.List(fields.String())
    bound = fields.String()
    statement = fields.Nested(TextOut)
    breach = fields.Nested(TextOut)
    how_to_check = fields.Nested(TextOut, allow_none=True)
    day_condition = fields.String()
    binds = fields.String(metadata={"description": "Whether it holds on that kind of day: yes, no, review"})
    clauses = fields.List(fields.String())
    bases = fields.List(fields.Nested(lambda: CandidateOut()))


class CandidateOut(CitedOut):
    """A candidate legal basis, with the clauses that answer this duty."""

    act = fields.Nested(TextOut)
    decided_by = fields.Nested(TextOut)


class FineOut(Schema):
    min = fields.Float()
    max = fields.Float()
    unit = fields.String()
    mandatory = fields.Boolean()
    of = fields.String(allow_none=True, metadata={"description": "it depends on gains or turnover, in yuan"})
    at_least = fields.Float(allow_none=True)
    below = fields.Float(allow_none=True)
    when = fields.Nested(TextOut, allow_none=True)
    upon = fields.Nested(TextOut, allow_none=True)
    party = fields.String(metadata={"description": "who is fined; one party is fined once for one act"})


class SanctionOut(Schema):
    tier = fields.String()
    where = fields.List(fields.String(), metadata={"description": "one of these makes it serious"})
    kinds = fields.List(fields.String(), metadata={"description": "the penalties among the measures"})
    must = fields.List(fields.String(), metadata={"description": "those about which there is no choice"})
    one_of = fields.List(fields.String(), metadata={"description": "those of which exactly one must be"})
    fine_open = fields.Boolean(metadata={"description": "the text leaves open whether a fine goes with them"})
    measures = fields.Nested(TextOut)
    fines = fields.List(fields.Nested(FineOut))


class LegalBasisOut(CitedOut):
    act = fields.Nested(TextOut)
    decided_by = fields.Nested(TextOut)
    authorities = fields.List(fields.String(), metadata={"description": "kinds that may impose it"})
    sanctions = fields.List(fields.Nested(SanctionOut))


class PaperOut(Schema):
    id = fields.String()
    name = fields.Nested(TextOut)
    documents = fields.List(fields.String(), metadata={"description": "kinds of documents that it may be"})


class MostOut(Schema):
    person = fields.Integer(metadata={"description": "yuan"})
    organisation = fields.Integer()


class StateOut(Schema):
    id = fields.String()
    name = fields.Nested(TextOut)
    over = fields.Boolean(metadata={"description": "it is no open case any more"})


class StepOut(Schema):
    id = fields.String()
    name = fields.Nested(TextOut)
    actor = fields.String(metadata={"description": "officer, head or reviewer"})
    out_of = fields.List(fields.String(), metadata={"description": "none: wherever the case is open"})
    to = fields.String(allow_none=True, metadata={"description": "null: the case stays where it is"})
    clauses = fields.List(fields.String())
    needs = fields.List(fields.Nested(PaperOut))
    starts = fields.List(fields.String())
    stops = fields.List(fields.String())
    waits_for = fields.List(fields.String(), metadata={"description": "clocks that must be over"})
    during = fields.List(fields.String(), metadata={"description": "clocks that must run, over or not"})
    barred_by = fields.List(fields.String(), metadata={"description": "clocks that must not run"})
    after = fields.List(fields.String(), metadata={"description": "steps of which one was made"})
    apart_from_officers = fields.Boolean(metadata={"description": "by nobody who is or was an officer"})
    needs_reason = fields.Boolean()
    ruling = fields.String(allow_none=True, metadata={"description": "what the reviewer must have chosen"})
    without_hearing = fields.Boolean(
        metadata={"description": "not where the penalty that was chosen gives a right to a hearing"}
    )
    proposes = fields.Nested(
        MostOut, allow_none=True, metadata={"description": "on an officer's proposal, up to so many yuan"}
    )
    note = fields.Nested(TextOut, allow_none=True)


class ClockOut(Schema):
    id = fields.String()
    name = fields.Nested(TextOut)
    count = fields.Integer(allow_none=True, metadata={"description": "null: the text names no number"})
    unit = fields.String()
    whose = fields.String(metadata={"description": "agency or party"})
    clauses = fields.List(fields.String())
    excludes = fields.List(fields.String(), metadata={"description": "time that is left out"})
    follows = fields.String(allow_none=True, metadata={"description": "the clock at whose end it begins"})
    lapse = fields.Nested(TextOut, metadata={"description": "what happens when it is over"})
    confirmed = fields.Boolean(metadata={"description": "false: a setting that no text in hand says"})
    note = fields.Nested(TextOut, allow_none=True)


class ProcedureOut(Schema):
    id = fields.String()
    name = fields.Nested(TextOut, attribute="profile.name")
    processed = fields.Boolean(attribute="profile.processed")
    start = fields.String()
    rolls = fields.String(attribute="profile.rolls", metadata={"description": "a last day on a holiday"})
    rolls_setting = fields.String(attribute="profile.rolls_setting")
    note = fields.Nested(TextOut, attribute="profile.note", allow_none=True)
    states = fields.List(fields.Nested(StateOut))
    steps = fields.List(fields.Nested(StepOut))
    clocks = fields.List(fields.Nested(ClockOut))


class DayOut(Schema):
    day = fields.Date()
    loaded = fields.Boolean()
    weekend = fields.Boolean()
    statutory_day = fields.Boolean(allow_none=True)
    makeup_holiday = fields.Boolean(allow_none=True)
    adjusted_day_off = fields.Boolean(allow_none=True)
    adjusted_workday = fields.Boolean(allow_none=True)
    school_vacation = fields.Boolean(allow_none=True)
    children_day = fields.Boolean()
    name = fields.Nested(TextOut, allow_none=True)
    document = fields.Nested(TextOut, allow_none=True)
    note = fields.Nested(TextOut, allow_none=True)
    missing = fields.Nested(TextOut, allow_none=True)


class VersionOut(Schema):
    number = fields.Integer()
    content_hash = fields.String()
    loaded_at = fields.AwareDateTime()
