"""What is known when a document is made: frozen values, so that whoever holds a case can call the makers.

No minor has a place in it: checks of identities are counts, and nothing here names a child.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

SignatureState = Literal["signed", "refused", "absent", "pending"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Whom a document is about (当事人). `is_person`: a natural person, whom a public copy masks."""

    name: str
    credit_code: str | None = None
    licence_no: str | None = None
    address: str | None = None
    person_name: str | None = None  # in charge there
    person_position: str | None = None
    is_person: bool = False

    @property
    def people(self) -> tuple[str | None, ...]:
        return (self.name if self.is_person else None, self.person_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    name: str
    certificate_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How an agency is reached, as far as somebody entered it."""

    address: str | None = None
    phone: str | None = None
    complaint_phone: str | None = None
    email: str | None = None

    @classmethod
    def of(cls, agency: Any) -> "Contact":
        """As the register of agencies has it."""
        return cls(
            address=agency.address, phone=agency.phone, complaint_phone=agency.complaint_phone,
            email=agency.email,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who signs, or why not; `image` names the picture of a signature."""

    label: str
    name: str | None = None
    certificate_no: str | None = None
    state: SignatureState = "pending"
    reason: str | None = None
    image: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why there was a visit: the plan or the trigger, and the check code or why there is none."""

    route: Literal["planned", "triggered"]
    plan_number: str | None = None
    trigger_reason: str | None = None
    lead_number: str | None = None
    check_code: str | None = None
    no_check_code_reason: str | None = None
    joint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One item of a checklist as it was answered; `photos` are numbers of its evidence."""

    label: str
    activity: str
    answer: Literal["compliant", "breach", "not_applicable", "not_checked"]
    note: str | None = None
    duties: tuple[str, ...] = ()
    photos: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Minors:
    """How many, by age band: under 14, 14 and 15, 16 and 17."""

    confirmed: tuple[int, int, int]
    apparent: tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdCheck:
    """One look into how identities are verified: counts, never a name."""

    method: str
    people_checked: int
    not_verified: int
    mismatched: int
    minors: Minors


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    number: int
    what: str
    taken_at: datetime
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsThisYear:
    """How often a business was inspected this year, by all agencies, as far as was known on a day."""

    count: int
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """What every document of a visit says."""

    number: str | None
    agency: str
    party: Party
    activities: tuple[Activity, ...]
    grounds: Grounds
    officers: tuple[Officer, ...]
    only_officer_reason: str | None
    started_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts(Visited):
    items: tuple[str, ...]
    visits_this_year: VisitsThisYear | None = None
    contact: Contact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFacts(Visited):
    ended_at: datetime
    place: str
    credentials_shown: bool
    body_camera: str | None
    items: tuple[Answered, ...]
    id_checks: tuple[IdCheck, ...]
    evidence: tuple[Evidence, ...]
    measures: tuple[str, ...]
    record_read: bool
    statement: str | None
    signatures: tuple[Signed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFacts(Visited):
    """`items`: those that are broken are ordered to be corrected; `due_on`: by when, None is at once."""

    items: tuple[Answered, ...]
    record_number: str | None
    what: str
    due_on: date | None
    contact: Contact | None
    signatures: tuple[Signed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What every document of a desk says: by whom, under which number, on which day."""

    agency: str
    on: date
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfCase(Made):
    """What every document of a case says. `cause` is what it is about (案由)."""

    party: Party
    cause: str
    officers: tuple[Officer, ...]
    case_number: str | None = None
    contact: Contact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing on a list of evidence: what, which kind, how much, in which state, kept where."""

    name: str
    specification: str = ""
    quantity: str = ""
    state: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreservationFacts(OfCase):
    """Evidence that may be lost. `settle_by`: the day by which it is dealt with (seven working days)."""

    items: tuple[Item, ...]
    reason: str
    kept_at: str
    settle_by: date
    is_urgent: bool = False  # on the spot, before the head approved
    signatures: tuple[Signed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """One piece of evidence and how it came: from which original, by which way, when, with which hash."""

    what: str
    carrier: str  # where the original is
    how: str
    made_at: datetime
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionFacts(OfCase):
    place: str
    made_by: str
    extracted: tuple[Extracted, ...]
    is_original: bool
    why_no_original: str | None = None
    signatures: tuple[Signed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingFacts(OfCase):
    """What the head approves when a case is opened. `facts`: what is known so far."""

    source: str
    found_on: date
    facts: str
    evidence: tuple[str, ...]
    clauses: tuple[str, ...]  # ids of what may be broken
    officers_proposed: tuple[Officer, ...]
    is_within_two_years: bool | None = None  # 处罚法 36; None: nobody has looked


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """One penalty in words; of a fine or of gains with the amount."""

    text: str
    yuan: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedies:
    """Where one goes, and how long one may sue; only people who know enter it, the rest is left blank."""

    reconsider_at: str | None = None  # 行政复议机关
    sue_at: str | None = None  # 人民法院
    under_tobacco_law: bool = False
    sue_period: str | None = None  # of a tobacco decision, as the legal reviewer confirmed it


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoned(OfCase):
    """Facts, evidence and law of a decision, or of one that is proposed."""

    facts: str
    evidence: tuple[str, ...]
    broken: tuple[str, ...]  # ids of clauses that were broken
    bases: tuple[str, ...]  # ids of clauses by which it is punished
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalFacts(Reasoned):
    """`statement_days`: working days in which the party may speak; None where no rule names any."""

    sanctions: tuple[Sanction, ...]
    statement_days: int | None
    may_be_heard: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingFacts(OfCase):
    """`secret_because`: why it is not public. It is told seven working days before."""

    at: datetime
    place: str
    chair: str
    clerk: str | None = None
    secret_because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    bank: str | None = None
    account_name: str | None = None
    account: str | None = None
    online: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts(Reasoned):
    """`heard`: what the party said and whether that was accepted, and why."""

    procedure: str
    heard: str
    sanctions: tuple[Sanction, ...]
    payment: Payment
    remedies: Remedies
    told_number: str | None = None  # of the notice of the proposed penalty
    is_published: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryFacts(Reasoned):
    """A decision on the spot: where and when, what the party said to it, who signs."""

    place: str
    decided_at: datetime
    heard: str
    sanctions: tuple[Sanction, ...]
    payment: Payment
    remedies: Remedies
    signatures: tuple[Signed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPenaltyFacts(Reasoned):
    """`bases` name why there is no penalty. `education`: what the party was told instead."""

    procedure: str
    heard: str
    education: str
    remedies: Remedies


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One document that is served, by its title and number."""

    title: str
    number: str
    pages: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFacts(Made):
    """`way`: direct, left, electronic, post, entrusted or by public notice, in words."""

    party: Party
    cause: str
    documents: tuple[Served, ...]
    way: str
    place: str
    officers: tuple[Officer, ...]
    refused_because: str | None = None
    note: str | None = None
    signatures: tuple[Signed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferFacts(OfCase):
    """To whom and why. `is_crime`: suspected crime, which goes to the police; `is_case`: no mere lead."""

    to: str
    facts: str
    why: str
    clauses: tuple[str, ...]
    attached: tuple[str, ...]
    is_crime: bool = False
    is_case: bool = True
    approved_by: str | None = None
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingFacts(OfCase):
    filed_on: date
    decided: str
    decided_on: date | None
    performed: str
    why: str
    volumes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TipReplyFacts(Made):
    """What whoever gave a tip is told. Who that was stands nowhere; the receipt number names the tip."""

    receipt_no: str
    about: str
    received_on: date
    answer: str
    contact: Contact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationFacts(Made):
    """What a procuratorate recommended, and what was done."""

    procuratorate: str
    their_number: str
    received_on: date
    recommended: str
    done: tuple[str, ...]
    remaining: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    contact: Contact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceUsed:
    """A place as the register has it: where, how sure, where from, and the hash of its state."""

    name: str
    where: str
    accuracy: str
    source: str
    version: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleApplied:
    what: str  # what it keeps apart
    demand: str
    method: str
    citations: tuple[str, ...]
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMeasured:
    """A straight line; `end` is the place of the tape on the school's side. Metres."""

    site: str
    kind: str
    measured_from: str
    end_lon: float
    end_lat: float
    distance_m: float
    low_m: float
    high_m: float
    verdict: str
    came_first: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    svg: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityMeasured:
    name: str
    rules: tuple[RuleApplied, ...]
    lines: tuple[LineMeasured, ...]
    drawings: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistanceFacts(Made):
    """Everything a hearing may ask of a distance. `data_version` is the hash over all places used."""

    party: Party
    venue: PlaceUsed
    sites: tuple[PlaceUsed, ...]
    activities: tuple[ActivityMeasured, ...]
    within_m: float
    unstated_accuracy_m: float
    extent_without_outline_m: float
    rulebook_version: int
    rulebook_hash: str
    data_version: str
