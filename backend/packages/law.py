"""The law in brief, and the forms, as a tablet carries them: rows with their days in force, our words."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from backend.accounts.scope import Scope
from backend.core.deployment import Deployment
from backend.core.settings import Settings
from backend.intake.built_forms import FormsNotBuilt, catalogue
from backend.packages.packing import Section
from backend.packages.versions import short_hash
from backend.rulebook.rules import Activity, Clause, DistanceRule, Duty, Rulebook, RulebookOnDay, Text
from forms.catalogue import CatalogueForm

Said = dict[str, Any]
ON_PAPER = (  # clauses that a document handed over on the spot cites, whatever was found
    "penalty-law:28.1", "penalty-law:42.1", "penalty-law:43.2", "penalty-law:45.1", "penalty-law:55.1",
    "penalty-law:55.2", "reconsideration-law:20.1", "litigation-law:46.1",
)  # fmt: skip

_packed: OrderedDict[tuple[Any, ...], tuple[str, Section]] = OrderedDict()
_KEPT = 32


def law_section(
    rulebook: Rulebook, scope: Scope, days: tuple[date, ...], settings: Settings
) -> tuple[str, Section]:
    """Duties, clauses, distances and kinds of days, for the agency's activities, and their hash.

    What comes into force while the package lasts is among it: each row says from and to which day it counts.
    """
    wanted = frozenset(filter(scope.concerns, (one.id for one in rulebook.activities)))
    assumed = _assumed(settings)
    key = (rulebook.version, rulebook.content_hash, wanted, days, *assumed.values())
    if key not in _packed:
        said = law(rulebook, wanted, days, assumed)
        _packed[key] = short_hash(said), Section.of("law", "full", len(said["duties"]), said)
        if len(_packed) > _KEPT:
            _packed.popitem(last=False)
    return _packed[key]


def _assumed(settings: Settings) -> Said:
    """What stands in for what nobody stated: by these a tablet comes to the verdicts of the server."""
    return {
        "unstated_accuracy_m": settings.unstated_accuracy_m,
        "extent_without_outline_m": settings.extent_without_outline_m,
    }


def law(rulebook: Rulebook, wanted: frozenset[str], days: tuple[date, ...], assumed: Said) -> Said:
    """The same before it is packed, for the activities that are wanted."""
    on_days = [rulebook.on(day) for day in days]
    duties = _over(on_days, lambda on: _duties(on, wanted))
    rules = _over(on_days, lambda on: _distance_rules(on, wanted))
    named = {clause for row in (*duties, *rules) for clause in row["clauses"]} | set(ON_PAPER)
    return {
        "version": rulebook.version,
        "activities": _over(on_days, lambda on: _activities(on, wanted)),
        "duties": duties,
        "clauses": _over(on_days, lambda on: _clauses(on, named)),
        "distance_rules": rules,
        "distance_settings": _over(on_days, lambda on: _settings(on, {rule["id"] for rule in rules})),
        "tip_kinds": _over(on_days, _tip_kinds),
        "days": _days(rulebook),
        "assumed": assumed,
    }


def _over(on_days: Iterable[RulebookOnDay], said: Any) -> list[Said]:
    """What is said on any of the days, each row once."""
    return list({(row["id"], row["from"]): row for on in on_days for row in said(on)}.values())


def _row(row: Activity | Duty | Clause | DistanceRule | Any) -> Said:
    return {"id": row.id, "from": row.in_force_from, "to": row.in_force_to}


def _text(text: Text | None) -> list[str] | None:
    return [text.zh, text.en] if text else None


def _activities(on: RulebookOnDay, wanted: frozenset[str]) -> Iterator[Said]:
    for one in on.activities.values():
        if one.id in wanted:
            yield _row(one) | {"name": _text(one.name), "unsuitable": one.unsuitable}


def _duties(on: RulebookOnDay, wanted: frozenset[str]) -> Iterator[Said]:
    for duty in on.duties.values():
        if wanted & set(duty.activities + duty.to_confirm):
            yield _row(duty) | {
                "activities": duty.activities, "to_confirm": duty.to_confirm,
                "statement": _text(duty.statement), "breach": _text(duty.breach),
                "how_to_check": _text(duty.how_to_check), "day_condition": duty.day_condition,
                "clauses": duty.clauses,
            }  # fmt: skip


def _tip_kinds(on: RulebookOnDay) -> Iterator[Said]:
    for kind in on.tip_kinds.values():
        yield _row(kind) | {"name": _text(kind.name), "activities": kind.activities}


def _clauses(on: RulebookOnDay, named: set[str]) -> Iterator[Said]:
    for clause in on.all_clauses.values():
        if clause.id in named:
            citation = [on.citation(clause.id, lang) for lang in ("zh", "en")] if clause.citable else None
            instrument = on.instruments[clause.instrument]
            edition = instrument.edition(on.date)
            since = max(clause.in_force_from, edition.in_force_from) if edition else clause.in_force_from
            yield _row(clause) | {
                "from": since, "citation": citation, "summary": _text(clause.summary),
                "activities": clause.activities or instrument.activities,
            }  # fmt: skip


def _distance_rules(on: RulebookOnDay, wanted: frozenset[str]) -> Iterator[Said]:
    for rule in on.distance_rules.values():
        if wanted & set(rule.activities):
            yield _row(rule) | {
                "activities": rule.activities, "site_kinds": rule.site_kinds, "standing": rule.standing,
                "radius_m": rule.radius_m, "method": rule.method, "at_limit": rule.at_limit,
                "set_by": _text(rule.set_by), "grandfather": rule.grandfather, "clauses": rule.clauses,
            }  # fmt: skip


def _settings(on: RulebookOnDay, rules: set[str]) -> Iterator[Said]:
    for one in on.distance_settings.values():
        if one.active and one.rule in rules:
            yield _row(one) | {
                "rule": one.rule, "district": one.district, "activities": one.activities,
                "site_kinds": one.site_kinds, "radius_m": one.radius_m, "method": one.method,
                "at_limit": one.at_limit, "document": _text(one.document),
            }  # fmt: skip


def _days(rulebook: Rulebook) -> Said:
    """Days that are no plain workday or weekend; of a year that is not loaded nobody knows them."""
    arranged = {
        str(holiday_or_work): sorted(flags.types)
        for year in rulebook.calendar
        for holiday in year.holidays
        for holiday_or_work in (*holiday.off, *holiday.adjusted_work)
        for flags in [rulebook.day(holiday_or_work)]
    }
    return {"years": [year.year for year in rulebook.calendar], "arranged": arranged}


def forms(deployment: Deployment, scope: Scope) -> list[Said]:
    """The forms that the tablet fetches at its door, with the hashes by which it knows them."""
    try:
        known = catalogue(deployment).current()
    except FormsNotBuilt:
        return []
    return [
        {"id": form.form_id, "version": form.version, "hash": form.hash, "sha256": _sha256(form),
         "title": form.title, "activity": form.activity, "media": form.media}
        for form in known if scope.concerns(form.activity)
    ]  # fmt: skip


_sha256s: dict[tuple[str, str, str], str] = {}


def _sha256(form: CatalogueForm) -> str:
    """The hash of a form's XML that a browser can make, worked out once for each version."""
    key = (form.form_id, form.version, form.hash)
    if key not in _sha256s:
        _sha256s[key] = hashlib.sha256(form.xml()).hexdigest()
    return _sha256s[key]
