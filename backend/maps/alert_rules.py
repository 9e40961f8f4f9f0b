"""The rules of the early warning: rows of data, each with the words in which it explains itself."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from backend.rulebook.rows import Text

DATA = Path(__file__).with_name("data") / "alert_rules.yaml"


class AlertRulesInvalid(ValueError):
    """A row of the early warning cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class AlertRule:
    """One thing that is looked for, and the numbers by which it speaks."""

    id: str
    watch: str  # a name in `watches.WATCHES`
    name: Text
    because: Text
    months: int = 12
    least: int = 1
    days: int = 30
    words: Mapping[str, Text] = field(default_factory=dict)  # for what is counted by code

    def __post_init__(self) -> None:
        if min(self.months, self.least, self.days) < 1:
            raise ValueError("months, least and days are whole numbers from 1 on")

    def since(self, today: date, times: int = 1) -> date:
        """The first day of the last `months`, or of `times` as many."""
        month = today.year * 12 + today.month - 1 - self.months * times
        year, month = divmod(month, 12)
        return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))

    def says(self, **counted: Any) -> Text:
        """Why it speaks, in both languages."""
        numbers = {"months": self.months, "least": self.least, "days": self.days}
        told = [
            numbers | {name: getattr(self.words.get(value), lang, value) for name, value in counted.items()}
            for lang in ("zh", "en")
        ]
        return Text(self.because.zh.format(**told[0]), self.because.en.format(**told[1]))


@dataclass(frozen=True, slots=True)
class Row:
    """One row that made a warning: its kind, its number, its day, and the visit that it belongs to."""

    kind: str  # visit, violation, id_check, licence, verdict
    id: int
    on: date | None = None
    visit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """One warning about a venue or about a school's surroundings; `weight` is what it counted.

    Without `rows` they are looked up when it is shown.
    """

    rule: AlertRule
    counted: Mapping[str, Any]  # what its words name
    weight: int
    rows: tuple[Row, ...] = ()
    venue_id: int | None = None
    site_id: int | None = None
    duty: str | None = None

    @property
    def because(self) -> Text:
        """Why it warns."""
        return self.rule.says(**self.counted)


@cache
def alert_rules() -> tuple[AlertRule, ...]:
    """The rules in force."""
    return read(yaml.safe_load(DATA.read_text(encoding="utf-8"))["rows"])


def read(rows: Iterable[dict[str, Any]]) -> tuple[AlertRule, ...]:
    """Rules from rows. Raises AlertRulesInvalid."""
    found: dict[str, AlertRule] = {}
    for row in rows:
        try:
            texts = {name: Text(**row[name]) for name in ("name", "because")}
            words = {code: Text(**text) for code, text in row.get("words", {}).items()}
            rule = AlertRule(**(row | texts | {"words": words}))
        except (TypeError, KeyError, ValueError) as problem:
            raise AlertRulesInvalid(f"{row.get('id', row)}: {problem}") from None
        if rule.id in found:
            raise AlertRulesInvalid(f"{rule.id} stands twice")
        found[rule.id] = rule
    return tuple(found.values())
