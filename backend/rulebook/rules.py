"""The rulebook (规则库): which version of which rule speaks on the day of the fact. No database, no HTTP.

An inspection uses the law of the day of the fact (行政处罚法 art. 37); see `Rulebook.on`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from backend.rulebook.citing import Language, NotCitable, chinese_number, cite
from backend.rulebook.days import DayFlags, DayType, days_of, unloaded
from backend.rulebook.judgements import DayForDuty, Judgement, Judgements, Outcome
from backend.rulebook.procedure import Procedure, Profile
from backend.rulebook.reply_clocks import ReplyClock
from backend.rulebook.retention import RetentionClass, RetentionSetting
from backend.rulebook.rows import (
    Activity,
    AtLimit,
    CalendarYear,
    Clause,
    ContactUnitKind,
    CreditCriterion,
    DayCondition,
    DistanceRule,
    DistanceSetting,
    Duty,
    Grandfather,
    Instrument,
    Interpretation,
    LegalBasis,
    Method,
    Row,
    SiteKind,
    Source,
    Standing,
    Text,
    TipKind,
)
from backend.rulebook.tip_clocks import TipClock

__all__ = [
    "Activity",
    "AgeStanding",
    "AtLimit",
    "Binds",
    "Clause",
    "ContactUnitKind",
    "CreditCriterion",
    "DayFlags",
    "DayForDuty",
    "DayType",
    "DistanceRule",
    "Duty",
    "Grandfather",
    "Judgement",
    "LegalBasis",
    "Method",
    "NotCitable",
    "Outcome",
    "Procedure",
    "Profile",
    "ReplyClock",
    "RetentionClass",
    "RetentionSetting",
    "RuleUnknown",
    "Rulebook",
    "RulebookInvalid",
    "RulebookOnDay",
    "SiteKind",
    "Sourced",
    "Standing",
    "Text",
    "TipClock",
    "TipKind",
    "age_standing",
    "chinese_number",
]

Binds = StrEnum("Binds", ["YES", "NO", "REVIEW"])  # 适用 / 不适用 / 须人工判断
AgeStanding = StrEnum("AgeStanding", ["MINOR", "ADULT", "REVIEW"])  # 未成年 / 成年 / 须人工判断
AnyRow = TypeVar("AnyRow", bound=Row)
Sourced = (
    Activity
    | SiteKind
    | DistanceRule
    | Duty
    | LegalBasis
    | CalendarYear
    | Judgement
    | RetentionClass
    | Profile
    | TipClock
    | ContactUnitKind
    | CreditCriterion
    | ReplyClock
)  # rows that stand on clauses
_DAY_FOR_DUTY = {
    Binds.YES: DayForDuty.BINDING,
    Binds.NO: DayForDuty.FREE,
    Binds.REVIEW: DayForDuty.UNKNOWN,
}


class RulebookInvalid(ValueError):
    """The rulebook contradicts itself or lacks something; `problems` says what, a line each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("the rulebook was not loaded:\n" + "\n".join(self.problems))


class RuleUnknown(KeyError):
    """No row of that id is in force on that day."""


def age_standing(born_on: date, day: date) -> AgeStanding:
    """Say whether somebody is a minor on a day (DEF-1).

    Under eighteen full years is a minor (未成年人保护法 art. 2). No text in hand says how the eighteenth
    birthday itself counts, so that one day is for a human; somebody born on 29 February has two such days.

    Parameters
    ----------
    born_on, day : date
        Birth date, and the day of the fact.

    Returns
    -------
    AgeStanding
        ``minor`` before the eighteenth birthday, ``review`` on it, ``adult`` after it.

    Raises
    ------
    ValueError
        If the birth lies after the day.
    """
    if born_on > day:
        raise ValueError(f"born on {born_on}, after {day}: check both dates")
    try:
        first = last = born_on.replace(year=born_on.year + 18)
    except ValueError:  # eighteen years after a 29 February there is none
        first, last = date(born_on.year + 18, 2, 28), date(born_on.year + 18, 3, 1)
    if day < first:
        return AgeStanding.MINOR
    return AgeStanding.REVIEW if day <= last else AgeStanding.ADULT


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """One loaded version of the rulebook. `on(day)` is the law of that day."""

    version: int
    content_hash: str
    sources: tuple[Source, ...]
    instruments: tuple[Instrument, ...]
    clauses: tuple[Clause, ...]
    activities: tuple[Activity, ...]
    site_kinds: tuple[SiteKind, ...]
    distance_rules: tuple[DistanceRule, ...]
    distance_settings: tuple[DistanceSetting, ...]
    duties: tuple[Duty, ...]
    legal_bases: tuple[LegalBasis, ...]
    calendar: tuple[CalendarYear, ...]
    interpretations: tuple[Interpretation, ...]
    judgements: tuple[Judgement, ...] = ()  # older versions have none of these
    retention_classes: tuple[RetentionClass, ...] = ()
    retention_settings: tuple[RetentionSetting, ...] = ()
    tip_kinds: tuple[TipKind, ...] = ()
    procedure: tuple[Profile, ...] = ()
    tip_clocks: tuple[TipClock, ...] = ()
    contact_unit_kinds: tuple[ContactUnitKind, ...] = ()
    credit_criteria: tuple[CreditCriterion, ...] = ()
    transfers: tuple[Profile, ...] = ()
    reply_clocks: tuple[ReplyClock, ...] = ()

    def on(self, day: date) -> "RulebookOnDay":
        """The rules in force on the day of the fact (行政处罚法 art. 37)."""
        if (known := self._days.get(day)) is None:
            if len(self._days) > 400:
                self._days.clear()
            known = self._days[day] = RulebookOnDay(self, day)
        return known

    @cached_property
    def _days(self) -> "dict[date, RulebookOnDay]":
        return {}

    def day(self, day: date) -> DayFlags:
        """What kind of day it is (全国年节及纪念日放假办法 arts 2, 3, 6, 7 and the yearly notice)."""
        return self._flags.get(day) or unloaded(day)

    @cached_property
    def _flags(self) -> dict[date, DayFlags]:
        return {flags.day: flags for year in self.calendar for flags in days_of(year)}

    def rows(self) -> Iterator[Row]:
        """Every row of every table."""
        for table in (getattr(self, field.name) for field in fields(self)):
            if isinstance(table, tuple):
                yield from (row for row in table if isinstance(row, Row))


class RulebookOnDay:
    """The rows in force on one day, by id, and what follows from them."""

    def __init__(self, rulebook: Rulebook, day: date) -> None:
        self.rulebook, self.date = rulebook, day
        self.instruments = {instrument.id: instrument for instrument in rulebook.instruments}
        self.all_clauses = self._in_force(rulebook.clauses)
        self.activities = self._in_force(rulebook.activities)
        self.site_kinds = self._in_force(rulebook.site_kinds)
        self.distance_rules = self._in_force(rulebook.distance_rules)
        self.distance_settings = self._in_force(rulebook.distance_settings)
        self.duties = self._in_force(rulebook.duties)
        self.legal_bases = self._in_force(rulebook.legal_bases)
        self.interpretations = self._in_force(rulebook.interpretations)
        self.retention_classes = self._in_force(rulebook.retention_classes)
        self.retention_settings = self._in_force(rulebook.retention_settings)
        self.tip_kinds = self._in_force(rulebook.tip_kinds)
        self.profiles = self._in_force(rulebook.procedure)
        self.tip_clocks = self._in_force(rulebook.tip_clocks)
        self.credit_criteria = self._in_force(rulebook.credit_criteria)
        self.contact_unit_kinds = self._in_force(rulebook.contact_unit_kinds)
        self.transfers = self._in_force(rulebook.transfers)
        self.reply_clocks = self._in_force(rulebook.reply_clocks)
        self.judgements = Judgements(self._in_force(rulebook.judgements).values(), self.duties)
        self._rule_for = {
            (activity, kind): rule
            for rule in self.distance_rules.values()
            for activity in rule.activities
            for kind in rule.site_kinds
        }

    def _in_force(self, table: tuple[AnyRow, ...]) -> dict[str, AnyRow]:
        return {row.id: row for row in table if row.in_force(self.date)}

    def distance_rule(
        self, activity: str, site_kind: str, district: str | None = None
    ) -> DistanceRule | None:
        """The distance that the law keeps between a kind of venue and a kind of site, in a district.

        Parameters
        ----------
        activity, site_kind : str
            Ids such as ``internet_cafe`` and ``primary``.
        district : str, optional
            Area code; a decision for ``310116`` counts for every code that begins with it.

        Returns
        -------
        DistanceRule or None
            None if no rule speaks of the pair. Without ``radius_m`` nobody set it: ``set_by`` must.
        """
        if (rule := self._rule_for.get((activity, site_kind))) is None:
            return None
        decided = [
            setting
            for setting in self.distance_settings.values()
            if setting.active and setting.rule == rule.id
            if setting.speaks_of(activity, site_kind, district or "")
        ]
        for setting in sorted(decided, key=lambda s: len(s.district)):  # the narrower area has the last word
            rule = replace(
                rule,
                setting=setting.id,
                radius_m=rule.radius_m if setting.radius_m is None else setting.radius_m,
                method=setting.method or rule.method,
                at_limit=setting.at_limit or rule.at_limit,
            )
        return rule

    def retention(self, retention_class: str, agency: str = "") -> RetentionSetting | None:
        """How long an agency (its code) keeps a class of data; None is kept: nobody confirmed a period."""
        found = [one for one in self.confirmed(retention_class) if one.agency in ("", agency)]
        return max(found, key=lambda one: len(one.agency), default=None)

    def confirmed(self, retention_class: str) -> list[RetentionSetting]:
        """Every period that was confirmed for a class, whichever agency it is for."""
        every = self.retention_settings.values()
        return [one for one in every if one.active and one.retention_class == retention_class]

    def procedure(self, profile_id: str) -> Procedure:
        """How a case goes at one kind of authority. Raises RuleUnknown if no such profile is in force."""
        profile = self._get(self.profiles, profile_id)
        return Procedure(profile, self.profiles.get(profile.base or ""))

    def transfer(self, kind: str) -> Procedure:
        """How a transfer of a kind goes. Raises RuleUnknown if no such profile is in force."""
        profile = self._get(self.transfers, kind)
        return Procedure(profile, self.transfers.get(profile.base or ""))

    def notes_on(self, rule_id: str) -> tuple[DistanceSetting, ...]:
        """Values heard of that are no decisions: shown beside a rule, never judged by."""
        return tuple(s for s in self.distance_settings.values() if s.rule == rule_id and not s.active)

    def duty(self, duty_id: str) -> Duty:
        """A duty. Raises RuleUnknown if none of that id is in force on the day."""
        return self._get(self.duties, duty_id)

    def duties_of(self, activity: str) -> tuple[Duty, ...]:
        """The duties on the checklist of an activity, those to be confirmed included."""
        return tuple(d for d in self.duties.values() if activity in d.activities + d.to_confirm)

    def clauses(self, duty_id: str, activity: str | None = None) -> tuple[Clause, ...]:
        """The clauses of a duty that are in force on the day and speak of the activity."""
        return self._clauses_of(self.duty(duty_id), activity)

    def bases(self, duty_id: str, activity: str | None = None) -> tuple[LegalBasis, ...]:
        """All candidate legal bases of a breach of a duty, with the clauses that answer it; none is chosen.

        Parameters
        ----------
        duty_id : str
        activity : str, optional
            Leaves out what speaks of other activities: entertainment regulations do not judge a bar.
        """
        candidates = []
        for basis_id, narrowed in self.duty(duty_id).bases.items():
            if (basis := self.legal_bases.get(basis_id)) is None:
                continue
            basis = replace(basis, clauses=narrowed or basis.clauses)
            if speaking := self._clauses_of(basis, activity):
                candidates.append(replace(basis, clauses=tuple(clause.id for clause in speaking)))
        return tuple(candidates)

    def _clauses_of(self, row: Sourced, activity: str | None = None) -> tuple[Clause, ...]:
        clauses = (self.all_clauses[wanted] for wanted in row.clauses if wanted in self.all_clauses)
        return tuple(clause for clause in clauses if activity is None or self._speaks_of(clause, activity))

    def _speaks_of(self, clause: Clause, activity: str) -> bool:
        scope = clause.activities or self.instruments[clause.instrument].activities
        return not scope or activity in scope

    def day(self, day: date | None = None) -> DayFlags:
        """What kind of day it is: this one, or another."""
        return self.rulebook.day(day or self.date)

    def binds(self, duty_id: str, *, school_vacation: bool | None = None) -> Binds:
        """Say whether a duty holds on this kind of day.

        Arcades may hand game devices to minors on statutory days only (上海市未成年人保护条例 art. 44 ¶2):
        weekends and adjusted days off do not free them, make-up days do while ``makeup_day_counts`` says so.
        Script-play venues are freed by any day off and in school vacations (文旅市场发〔2022〕70号).

        Parameters
        ----------
        duty_id : str
        school_vacation : bool, optional
            Whether the schools of the district have vacation; no calendar of ours knows.

        Returns
        -------
        Binds
            ``review`` where the kind of day is not known.
        """
        condition, flags = self.duty(duty_id).day_condition, self.day()
        if condition is DayCondition.EVERY_DAY:
            return Binds.YES
        if condition is DayCondition.EXCEPT_DAYS_OFF:
            if not flags.loaded or (school_vacation is None and not flags.at_rest):
                return Binds.REVIEW
            return Binds.NO if flags.at_rest or school_vacation else Binds.YES
        if not flags.loaded or (flags.children_day and self._answer("children_day_counts")):
            return Binds.REVIEW
        free = flags.statutory_day or (flags.makeup_holiday and self._answer("makeup_day_counts"))
        return Binds.NO if free else Binds.YES

    def judgement(
        self, sign: str, duty_id: str, activity: str, *, school_vacation: bool | None = None
    ) -> Judgement | None:
        """The row that says what a sign means for a duty on this kind of day; None if nobody wrote one."""

        def day_for(duty_id: str) -> DayForDuty:
            return _DAY_FOR_DUTY[self.binds(duty_id, school_vacation=school_vacation)]

        return self.judgements.of(sign, duty_id, activity, day_for)

    def clauses_of(self, row: Sourced, activity: str) -> tuple[Clause, ...]:
        """The clauses under a row that are in force on the day and speak of the activity."""
        return self._clauses_of(row, activity)

    def _answer(self, question: str) -> bool:
        return self._get(self.interpretations, question).value

    def citation(self, clause_id: str, lang: Language = "zh") -> str:
        """A clause as it may stand on paper, in the edition of the day; see `citing.cite`.

        Raises
        ------
        NotCitable
            If the clause rests on memory only (confidence M).
        RuleUnknown
            If no such clause is in force on the day.
        """
        clause = self._get(self.all_clauses, clause_id)
        instrument = self.instruments[clause.instrument]
        edition = instrument.edition(self.date)
        if edition is None:
            raise RuleUnknown(f"{instrument.id} was not in force on {self.date}")
        return cite(instrument, edition, clause, lang)

    def citations(self, row: Sourced, lang: Language = "zh", activity: str | None = None) -> list[str]:
        """The citations of a row, in its order, without what is not citable or not in force that day.

        With an activity, also without what speaks of other activities.
        """
        clauses = self._clauses_of(row, activity) if row.citable else ()
        return [self.citation(clause.id, lang) for clause in clauses if clause.citable]

    def unproven(self, row: Sourced) -> bool:
        """Whether the wording of a clause under the row is not proven for this day: a human must look."""
        return any(not clause.proven_on(self.date) for clause in self._clauses_of(row))

    def _get(self, table: dict[str, AnyRow], row_id: str) -> AnyRow:
        if row_id not in table:
            raise RuleUnknown(f"{row_id} is not in force on {self.date}")
        return table[row_id]
