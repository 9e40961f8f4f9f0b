"""The rows of the rulebook: what a law says, in our own words, with its exact place and how sure we are.

No database, no HTTP. Every row is valid between two days and says where it was read. Texts are bilingual.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Method = StrEnum(
    "Method",
    [
        "BOUNDARY_STRAIGHT_LINE",  # from any point of the campus boundary, as the crow flies
        "GATE_STRAIGHT_LINE",
        "GATE_TO_DOOR_WALKING",
        "ANY_DOOR_TO_ANY_DOOR_WALKING",
        "GATE_CENTRE_TO_DOOR_CENTRE_WALKING",
        "UNSPECIFIED",  # no text says how; a straight line from the boundary then only screens
    ],
)
AtLimit = StrEnum("AtLimit", ["INSIDE", "CLEAR", "UNSETTLED"])  # a distance equal to the limit 等于限值时
Standing = StrEnum("Standing", ["FIXED", "DELEGATED", "UNDECIDED"])  # 法定 / 授权部门确定 / 是否适用待定
Grandfather = StrEnum("Grandfather", ["REVIEW", "EXEMPT"])  # the site came after the venue 后设学校
Unsuitable = StrEnum("Unsuitable", ["YES", "BY_NOTICE", "UNDECIDED", "NO"])  # 不适宜未成年人活动的场所
Bound = StrEnum("Bound", ["OPERATOR", "CLOSE_CONTACT_UNIT", "AUTHORITY", "ANYONE"])  # on whom a duty lies
DayCondition = StrEnum("DayCondition", ["EVERY_DAY", "EXCEPT_STATUTORY_DAYS", "EXCEPT_DAYS_OFF"])
Tier = StrEnum("Tier", ["ORDINARY", "LIGHTER", "SERIOUS"])  # 一般 / 较轻 / 拒不改正或情节严重
CreditRegister = StrEnum("CreditRegister", ["WARNING", "SERIOUS", "PILOT"])  # 警示记录 / 严重失信名单 / 试点
FineUnit = StrEnum("FineUnit", ["YUAN", "TIMES_GAINS", "TIMES_TURNOVER", "YUAN_PER_MINOR_MONTH"])
Measure = StrEnum("Measure", ["GAINS", "TURNOVER"])  # 违法所得 / 经营额
Aggravation = StrEnum(
    "Aggravation", ["REFUSED", "CIRCUMSTANCES", "CONSEQUENCE"]
)  # 拒不改正 / 情节 / 后果严重
Penalty = StrEnum(  # 警告 / 没收 / 停业整顿 / 吊销 / 限制从业 / 拘留: what is imposed beside a fine
    "Penalty", ["WARNING", "CONFISCATION", "CLOSURE", "REVOCATION", "BAR", "DETENTION"]
)

Party = StrEnum("Party", ["VENUE", "PERSON", "RESPONSIBLE"])  # 场所单位 / 个人 / 直接责任人员: who is fined


class Body(StrEnum):
    """Who may impose a penalty: the kinds of agencies here by their own names, and others."""

    GENERAL = "GENERAL"  # an agency without a name of its own here: it answers for its own competence
    SAMR = "SAMR"
    CULTURE = "CULTURE"
    TOBACCO = "TOBACCO"
    POLICE = "POLICE"
    HEALTH = "HEALTH"
    EDUCATION = "EDUCATION"
    CIVIL_AFFAIRS = "CIVIL_AFFAIRS"
    SPORTS = "SPORTS"
    EMERGENCY = "EMERGENCY"
    LABOUR = "LABOUR"
    FINANCE = "FINANCE"


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in Chinese and in English."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not (self.zh.strip() and self.en.strip()):
            raise ValueError("a text is empty in Chinese or English")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row carries: its days in force, where it was read, how sure we are, when that was checked.

    `confidence` holds `T` (the text is in hand), `S1`, `S28`, ... (a source of sources.yaml), or `M` for
    memory only: such a row is never shown as a citation. Days are inclusive; an open end is None.
    """

    id: str
    confidence: tuple[str, ...]
    source: str
    last_verified_on: date
    in_force_from: date
    in_force_to: date | None = None
    note: Text | None = None

    def in_force(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    @property
    def citable(self) -> bool:
        return "M" not in self.confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A secondary source, and where it stands. Rows of confidence `T` name their text instead."""

    id: str
    title: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One text of an instrument: from which day, and whether we have read it or only know that it exists."""

    label: Text  # 2024-12-31修正 / as amended 2024-12-31
    in_force_from: date
    text_in_hand: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A law, regulation or notice, with its editions in the order of their days.

    `activities` are those that it speaks of; empty: any.
    """

    id: str
    name: Text
    editions: tuple[Edition, ...]
    document_no: str | None = None
    activities: tuple[str, ...] = ()
    in_force_to: date | None = None

    def edition(self, day: date) -> Edition | None:
        """The text that was in force on `day`."""
        if self.in_force_to is not None and day > self.in_force_to:
            return None
        return next((e for e in reversed(self.editions) if e.in_force_from <= day), None)


_PLACE = re.compile(r"(?P<article>\d+)(\.(?P<paragraph>\d+))?(\((?P<items>\d+(,\d+)*)\))?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause(Row):
    """A place in an instrument, named by its id: `sh-minors-regs:44.1` (款), `internet-cafe-regs:31(2)` (项).

    A text that is not divided into articles has a `locator`. Before `proven_from` the wording is not proven.
    """

    instrument: str
    summary: Text
    activities: tuple[str, ...] = ()  # those that the clause speaks of; empty: those of its instrument
    locator: Text | None = None
    proven_from: date | None = None

    @property
    def place(self) -> tuple[int | None, int | None, tuple[int, ...]]:
        """Article, paragraph (款) and items (项); nothing for a text without articles."""
        found = _PLACE.match(self.id.partition(":")[2])
        if not found:
            return None, None, ()
        items = tuple(int(item) for item in (found["items"] or "").split(",") if item)
        return int(found["article"]), int(found["paragraph"]) if found["paragraph"] else None, items

    def proven_on(self, day: date) -> bool:
        return self.proven_from is None or self.proven_from <= day


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Row):
    """A kind of business (业态), who supervises it for the protection of minors, and what it is in law."""

    name: Text
    lead: Text  # the lead authority, or that none is fixed
    lead_settled: bool
    unsuitable: Unsuitable
    nature: Text
    clauses: tuple[str, ...] = ()
    others: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteKind(Row):
    """A kind of place that may be protected (保护对象): DEF-4, DEF-5, DEF-6."""

    name: Text
    protected: bool
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TipKind(Row):
    """What a tip may be about (线索类型), and the activities and duties that it concerns."""

    name: Text
    activities: tuple[str, ...]
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditCriterion(Row):
    """On what ground somebody is entered into a credit register (列入情形). It lists nobody by itself.

    No text in hand names a period, so there is none here: a legal reviewer confirms it with a document.
    One that is not `active` is switched off for the whole deployment.
    """

    register: CreditRegister
    name: Text
    exit: Text  # how an entry ends
    remedy: Text  # what a party may do against it
    clauses: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()  # empty: any
    active: bool = True
    deleted_within_days: int | None = None  # working days after the certificate of repair
    deleted_by: tuple[str, ...] = ()  # the clauses that say so


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactUnitKind(Row):
    """A kind of unit in close contact with minors (密切接触未成年人的单位): how often it queries its staff.

    Where the interval is not `confirmed` no text says it for this kind: it is a setting, and pages say so.
    """

    name: Text
    clauses: tuple[str, ...]
    every_months: int
    confirmed: bool = True

    def __post_init__(self) -> None:
        if self.every_months < 1:
            raise ValueError(f"{self.every_months} is no number of months")


@dataclass(frozen=True, slots=True, kw_only=True)
class DistanceRule(Row):
    """A distance between kinds of venues and kinds of sites. Without a radius nobody set one: `set_by` must.

    `setting` names the authority's decision that filled the rule in, if any.
    """

    activities: tuple[str, ...]
    site_kinds: tuple[str, ...]
    standing: Standing
    radius_m: float | None
    method: Method
    at_limit: AtLimit
    set_by: Text
    clauses: tuple[str, ...]
    grandfather: Grandfather = Grandfather.REVIEW
    setting: str | None = None

    @property
    def configured(self) -> bool:
        return self.radius_m is not None

    @property
    def method_settled(self) -> bool:
        return self.method is not Method.UNSPECIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class DistanceSetting(Row):
    """What an authority decided for a district (`""` is the whole city): it fills in what a rule leaves open.

    One that is not `active` is only shown as a note: a practice or a page, not a decision that we hold.
    """

    rule: str
    district: str
    document: Text
    active: bool
    activities: tuple[str, ...] = ()  # empty: all of the rule's
    site_kinds: tuple[str, ...] = ()
    radius_m: float | None = None
    method: Method | None = None
    at_limit: AtLimit | None = None

    def speaks_of(self, activity: str, site_kind: str, district: str) -> bool:
        return (
            (not self.activities or activity in self.activities)
            and (not self.site_kinds or site_kind in self.site_kinds)
            and district.startswith(self.district)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Row):
    """Something that must or must not be done, on the checklists of its activities.

    `to_confirm` are activities for which the duty rests on secondary sources or on a decision not yet taken.
    """

    activities: tuple[str, ...]
    to_confirm: tuple[str, ...] = ()
    bound: Bound = Bound.OPERATOR
    statement: Text
    breach: Text
    how_to_check: Text | None = None
    day_condition: DayCondition = DayCondition.EVERY_DAY
    clauses: tuple[str, ...]
    bases: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # candidates, and which of their clauses


@dataclass(frozen=True, slots=True, kw_only=True)
class Fine:
    """Amounts of a fine in their unit; `mandatory` if the text leaves no choice whether to fine.

    Where it depends on gains or turnover (`of`), it holds from `at_least` yuan or `below` so many.
    """

    min: float
    max: float
    mandatory: bool
    unit: FineUnit = FineUnit.YUAN
    of: Measure | None = None
    at_least: float | None = None
    below: float | None = None
    when: Text | None = None
    upon: Text | None = None  # `party` in words
    party: Party = Party.VENUE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """One tier of a sanction: what is ordered or taken away, and which fines go with it.

    `kinds` are the penalties among the measures; an order to correct is none. The text leaves no choice
    about those that `must` be, and asks for exactly one `one_of` others. Where `fine_open` it does not say
    whether the measures replace the fines or go with them. A serious tier asks for one of `where`.
    """

    tier: Tier
    where: tuple[Aggravation, ...] = ()
    kinds: tuple[Penalty, ...] = ()
    must: tuple[Penalty, ...] = ()
    one_of: tuple[Penalty, ...] = ()
    measures: Text
    fines: tuple[Fine, ...] = ()
    fine_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """How many warnings or fines, or closures, within how many months lead to more at the next breach."""

    months: int
    warnings: int
    closures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis(Row):
    """A basis on which a breach may be punished (处罚依据). None is ever chosen by the program.

    `authorities` may impose it; without any, the row does not say who. `limited_by` names the profile whose
    limitation binds it; none: that of the case.
    One with `repeat` answers a new breach of the regulations in which its clause stands: its ordinary tier
    after so many warnings or fines, its serious tier after so many closures.
    """

    act: Text
    decided_by: Text
    sanctions: tuple[Sanction, ...]  # none: no amount in any text that we hold
    clauses: tuple[str, ...]
    authorities: tuple[Body, ...] = ()
    limited_by: str | None = None
    repeat: Repeat | None = None

    def is_open_to(self, authority: str) -> bool:
        """Whether an authority may impose it; only the police detain (行政处罚法 art. 18 ¶3)."""
        if any(Penalty.DETENTION in one.kinds for one in self.sanctions):
            return authority == Body.POLICE
        return not self.authorities or authority in self.authorities


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """One holiday of one year as the State Council arranged it."""

    name: Text
    statutory: tuple[date, ...]
    makeup: tuple[date, ...] = ()  # for a statutory day on a weekend
    adjusted_off: tuple[date, ...] = ()  # bought with adjusted_work
    adjusted_work: tuple[date, ...] = ()
    note: Text | None = None

    @property
    def off(self) -> tuple[date, ...]:
        return self.statutory + self.makeup + self.adjusted_off


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear(Row):
    """A loaded year: its holidays and the document that arranged them."""

    year: int
    document: Text
    clauses: tuple[str, ...]
    holidays: tuple[Holiday, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation(Row):
    """A question that the texts leave open, and how this rulebook answers it until somebody decides."""

    value: bool
    question: Text
