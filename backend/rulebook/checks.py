"""What a rulebook must not do: contradict itself, point at nothing, claim more than was read."""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

from backend.rulebook.judgements import problems_of_judgements
from backend.rulebook.procedure import problems_of_procedures
from backend.rulebook.reply_clocks import problems_of_reply_clocks
from backend.rulebook.rows import CalendarYear, DistanceRule, DistanceSetting, Holiday, Row, Standing
from backend.rulebook.rules import Rulebook, Sourced
from backend.rulebook.tip_clocks import problems_of_tip_clocks

AnyRow = TypeVar("AnyRow", bound=Row)
_DATED = (
    "clauses", "activities", "site_kinds", "distance_rules", "distance_settings", "duties", "legal_bases",
    "interpretations", "judgements", "retention_classes", "retention_settings", "tip_kinds",
    "tip_clocks", "contact_unit_kinds", "credit_criteria", "procedure", "transfers", "reply_clocks",
)  # fmt: skip
_CONFIDENCE = re.compile(r"T|M|S\d+[a-z]?")


def problems_of(rulebook: Rulebook) -> Iterator[str]:
    """Every problem of a rulebook, a line each: which row, what is wrong."""
    yield from _of_rows(rulebook)
    yield from _of_references(rulebook)
    yield from _of_claims(rulebook)
    yield from _of_overlaps(rulebook)
    yield from _of_distances(rulebook)
    yield from problems_of_judgements(rulebook.judgements, rulebook.duties)
    yield from _of_retention(rulebook)
    clauses = {clause.id for clause in rulebook.clauses}
    yield from problems_of_procedures(rulebook.procedure, clauses)
    yield from problems_of_procedures(rulebook.transfers, clauses)
    yield from problems_of_reply_clocks(rulebook.reply_clocks)
    yield from problems_of_tip_clocks(rulebook.tip_clocks, {kind.id for kind in rulebook.tip_kinds})
    for year in rulebook.calendar:
        yield from _of_year(year)


def _of_rows(rulebook: Rulebook) -> Iterator[str]:
    sources = {source.id for source in rulebook.sources}
    for row in rulebook.rows():
        if row.in_force_to is not None and row.in_force_to < row.in_force_from:
            yield f"{row.id}: in force to {row.in_force_to}, before it begins"
        if not row.confidence:
            yield f"{row.id}: confidence is empty; say T, S<number> or M"
        for said in row.confidence:
            if not _CONFIDENCE.fullmatch(said):
                yield f"{row.id}: confidence {said} is none of T, S<number>, M"
            elif said.startswith("S") and said not in sources:
                yield f"{row.id}: confidence {said} is not in sources.yaml"


def _of_references(rulebook: Rulebook) -> Iterator[str]:
    known = {table: {row.id for row in getattr(rulebook, table)} for table in ("instruments", *_DATED)}
    spatial: tuple[DistanceRule | DistanceSetting, ...] = rulebook.distance_rules + rulebook.distance_settings
    for clause in rulebook.clauses:
        yield from _lost(known, clause.id, "instruments", [clause.instrument])
    for scoped in (*rulebook.instruments, *rulebook.clauses, *spatial):
        yield from _lost(known, scoped.id, "activities", scoped.activities)
    for rule in spatial:
        yield from _lost(known, rule.id, "site_kinds", rule.site_kinds)
    for setting in rulebook.distance_settings:
        yield from _lost(known, setting.id, "distance_rules", [setting.rule])
    for period in rulebook.retention_settings:
        yield from _lost(known, period.id, "retention_classes", [period.retention_class])
    for row in _standing_on_clauses(rulebook):
        yield from _lost(known, row.id, "clauses", row.clauses)
    for duty in rulebook.duties:
        yield from _lost(known, duty.id, "activities", duty.activities + duty.to_confirm)
        yield from _lost(known, duty.id, "legal_bases", duty.bases)
    for criterion in rulebook.credit_criteria:
        yield from _lost(known, criterion.id, "activities", criterion.activities)
    for kind in rulebook.tip_kinds:
        yield from _lost(known, kind.id, "activities", kind.activities)
        yield from _lost(known, kind.id, "duties", kind.duties)


def _lost(known: dict[str, set[str]], row_id: str, table: str, ids: Iterable[str]) -> Iterator[str]:
    yield from (f"{row_id}: {wanted} is not in {table}" for wanted in ids if wanted not in known[table])


def _standing_on_clauses(rulebook: Rulebook) -> tuple[Sourced, ...]:
    return (
        *rulebook.activities, *rulebook.site_kinds, *rulebook.distance_rules, *rulebook.duties,
        *rulebook.legal_bases, *rulebook.calendar, *rulebook.judgements,
        *rulebook.retention_classes, *rulebook.procedure, *rulebook.tip_clocks, *rulebook.contact_unit_kinds,
        *rulebook.credit_criteria, *rulebook.transfers, *rulebook.reply_clocks,
    )  # fmt: skip


def _of_claims(rulebook: Rulebook) -> Iterator[str]:
    """Rows that say more than the clauses that they name."""
    in_hand = {clause.id for clause in rulebook.clauses if "T" in clause.confidence}
    bases = {basis.id: set(basis.clauses) for basis in rulebook.legal_bases}
    for clause in rulebook.clauses:
        if clause.place[0] is None and clause.locator is None:
            yield f"{clause.id}: names no article and has no locator"
    for instrument in rulebook.instruments:
        starts = [edition.in_force_from for edition in instrument.editions]
        if not starts or starts != sorted(set(starts)):
            yield f"{instrument.id}: editions are missing or not in the order of their days"
    for row in _standing_on_clauses(rulebook):
        if "T" in row.confidence and row.clauses and in_hand.isdisjoint(row.clauses):
            yield f"{row.id}: confidence T, but the text of none of its clauses is in hand"
    for one in rulebook.legal_bases:
        for sanction in one.sanctions:
            if not {*sanction.must, *sanction.one_of} <= set(sanction.kinds):
                yield f"{one.id}, {sanction.tier}: a penalty that must be is not among its kinds"
    for duty in rulebook.duties:
        for basis, narrowed in duty.bases.items():
            if not set(narrowed) <= bases.get(basis, set(narrowed)):
                yield f"{duty.id}: {', '.join(narrowed)} do not all stand in {basis}"


def _of_overlaps(rulebook: Rulebook) -> Iterator[str]:
    for table in _DATED:
        yield from _overlaps((row.id, row) for row in getattr(rulebook, table))
    yield from _overlaps(
        ((activity, kind), rule)
        for rule in rulebook.distance_rules
        for activity in rule.activities
        for kind in rule.site_kinds
    )
    yield from _overlaps((year.year, year) for year in rulebook.calendar)
    for table in ("sources", "instruments"):
        counted = Counter(row.id for row in getattr(rulebook, table))
        yield from (f"{name}: stands twice in {table}" for name, times in counted.items() if times > 1)


def _overlaps(keyed: Iterable[tuple[Hashable, Row]]) -> Iterator[str]:
    """Rows that speak of the same thing on the same day."""
    rows = defaultdict(list)
    for key, row in keyed:
        rows[key].append(row)
    for key, found in rows.items():
        for earlier, later in pairwise(sorted(found, key=lambda row: row.in_force_from)):
            if earlier.in_force_to is None or earlier.in_force_to >= later.in_force_from:
                yield f"{key}: {earlier.id} and {later.id} are both in force on {later.in_force_from}"


def _of_distances(rulebook: Rulebook) -> Iterator[str]:
    unprotected = {kind.id for kind in rulebook.site_kinds if not kind.protected}
    for rule in rulebook.distance_rules:
        if unprotected & set(rule.site_kinds):
            yield f"{rule.id}: {', '.join(sorted(unprotected & set(rule.site_kinds)))} is never protected"
        if (rule.standing is Standing.FIXED) != rule.configured:
            yield f"{rule.id}: a radius stands in the row if and only if the law fixes it"
    spatial: tuple[DistanceRule | DistanceSetting, ...] = rulebook.distance_rules + rulebook.distance_settings
    for row in spatial:
        if row.radius_m is not None and row.radius_m <= 0:
            yield f"{row.id}: {row.radius_m} m is no radius"
    decisions = [setting for setting in rulebook.distance_settings if setting.active]
    for number, one in enumerate(decisions):
        yield from (_quarrel(one, other) for other in decisions[number + 1 :] if _contradict(one, other))


def _contradict(one: DistanceSetting, other: DistanceSetting) -> bool:
    return (
        (one.rule, one.district) == (other.rule, other.district)
        and _meet(one.activities, other.activities)
        and _meet(one.site_kinds, other.site_kinds)
        and one.in_force_from <= (other.in_force_to or date.max)
        and other.in_force_from <= (one.in_force_to or date.max)
    )


def _meet(some: Sequence[str], others: Sequence[str]) -> bool:
    return not some or not others or bool(set(some) & set(others))


def _quarrel(one: DistanceSetting, other: DistanceSetting) -> str:
    return f"{one.id} and {other.id} decide the same for {one.district or 'the whole city'} on the same days"


def _of_retention(rulebook: Rulebook) -> Iterator[str]:
    classes = {one.id: one for one in rulebook.retention_classes}
    for period in rulebook.retention_settings:
        known = classes.get(period.retention_class)
        if [period.years, period.days].count(None) != 1 or (period.years or period.days or 0) <= 0:
            yield f"{period.id}: says years or days, one of them and more than none"
        if period.active and not period.citable:
            yield f"{period.id}: rests on memory only, so nothing may be destroyed by it"
        if period.active and known and not known.automatic:
            yield f"{period.id}: the retention job does not destroy {known.id}"
        if known and (period.years or (period.days or 0) // 366) < (known.least_years or 0):
            yield f"{period.id}: shorter than the {known.least_years} years that the law asks for"
    yield from _overlaps(
        ((period.retention_class, period.agency), period)
        for period in rulebook.retention_settings
        if period.active
    )


def _of_year(year: CalendarYear) -> Iterator[str]:
    """A year adds up (全国年节及纪念日放假办法 arts 6, 7): weekends made up, days off worked for."""
    if (year.in_force_from, year.in_force_to) != (date(year.year, 1, 1), date(year.year, 12, 31)):
        yield f"{year.id}: a calendar year is in force from 1 January to 31 December"
    days = [day for holiday in year.holidays for day in (*holiday.off, *holiday.adjusted_work)]
    for day in sorted(set(days)):
        if day.year != year.year or days.count(day) > 1:
            yield f"{year.id}: {day} lies in another year or stands twice"
    for holiday in year.holidays:
        yield from (f"{year.id}, {holiday.name.en}: {said}" for said in _of_holiday(holiday))


def _of_holiday(holiday: Holiday) -> Iterator[str]:
    if any(_weekend(day) for day in (*holiday.makeup, *holiday.adjusted_off)):
        yield "a make-up or adjusted day off falls on a weekend"
    if not all(_weekend(day) for day in holiday.adjusted_work):
        yield "an adjusted workday is no weekend day"
    if len(holiday.makeup) != sum(_weekend(day) for day in holiday.statutory):
        yield "not as many make-up days as statutory days on a weekend"
    if len(holiday.adjusted_off) != len(holiday.adjusted_work):
        yield "not as many adjusted days off as adjusted workdays"


def _weekend(day: date) -> bool:
    return day.weekday() >= 5
