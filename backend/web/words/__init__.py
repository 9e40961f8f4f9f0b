"""Everything a page says, in both languages side by side. Templates write `{{ t.sign_in }}`.

Each module here holds the words of some pages as `name = Word(zh, en)`; a name is said once. What is named by
data (roles, deeds, refusals, verdicts, activities) stands in dictionaries beside them.
"""

from collections.abc import Iterable
from types import ModuleType
from typing import Protocol

from backend.core.web import get_session
from backend.rulebook import queries as rulebook
from backend.web.words import (
    accounts,
    agencies,
    cases,
    classification,
    codes,
    credit,
    deeds,
    devices,
    documents,
    indicators,
    issued,
    mandatory,
    maps,
    papers,
    penalties,
    places,
    portal,
    proposals,
    refusals,
    rescues,
    retention,
    sharing,
    shell,
    staff_queries,
    sweeps,
    tasks,
    tips,
    trade,
    transfers,
    trends,
    visits,
    work_orders,
)
from backend.web.words.word import LANGUAGES, Language, Word, language

__all__ = ["LANGUAGES", "Language", "Word", "all_words", "language", "t"]

_MODULES: tuple[ModuleType, ...] = (
    shell,
    accounts,
    devices,
    places,
    portal,
    maps,
    trends,
    indicators,
    visits,
    tasks,
    tips,
    sweeps,
    cases,
    papers,
    penalties,
    transfers,
    work_orders,
    mandatory,
    proposals,
    rescues,
    classification,
    retention,
    documents,
    issued,
    agencies,
    staff_queries,
    credit,
    sharing,
)


class Bilingual(Protocol):
    """A text of the rulebook, or anything else that is said twice."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


def all_words() -> dict[str, Word]:
    """Every word by its name."""
    found: dict[str, Word] = {}
    for module in _MODULES:
        for name, word in vars(module).items():
            if isinstance(word, Word) and found.setdefault(name, word) is not word:
                raise ValueError(f"{name} is said twice, the second time in {module.__name__}")
    return found


class _Said:
    """Words in the language of the request; what data name is shown by its code when it has no words."""

    def __init__(self) -> None:
        self._words = all_words()

    def __getattr__(self, name: str) -> str:
        return str(self._words[name])

    def role_name(self, role: str) -> str:
        return str(shell.ROLES[role])

    def verdict_name(self, verdict: str) -> str:
        return str(shell.VERDICTS[verdict])

    def deed_name(self, deed: str) -> str:
        return str(deeds.DEEDS.get(deed, deed))

    def activity_name(self, activity: str) -> str:
        """Its short name; of an activity that only the rulebook knows, the name there."""
        if activity in trade.ACTIVITIES:
            return str(trade.ACTIVITIES[activity])
        rows = rulebook.current(get_session()).activities
        return next((self.text(row.name) for row in rows if row.id == activity), activity)

    def site_kind_name(self, kind: str) -> str:
        return str(trade.SITE_KINDS.get(kind, kind))

    def named(self, table: str, code: str) -> str:
        """A code of the data by the name that its table gives it."""
        return str(codes.TABLES[table].get(code, code))

    def options(self, table: str) -> list[tuple[str, str]]:
        """Every code of a table with its name, for a form to choose from."""
        return [(code, str(word)) for code, word in codes.TABLES[table].items()]

    def all_named(self, table: str, known: Iterable[str]) -> str:
        return self.listed(self.named(table, code) for code in known)

    def activities_named(self, activities: Iterable[str]) -> str:
        return self.listed(map(self.activity_name, activities))

    def paper_label(self, field: str) -> str:
        """What a field of the short form of a document is called."""
        return str(self._words[f"paper_{field}"])

    def paper_columns(self, field: str) -> str:
        """How a field of lines is divided, if it is."""
        return str(papers.COLUMNS.get(field, ""))

    def text(self, both: Bilingual) -> str:
        """What the rulebook says in both languages."""
        return both.en if language() == "en" else both.zh

    def listed(self, names: Iterable[str]) -> str:
        """Several names one after the other."""
        return (", " if language() == "en" else "、").join(names)

    def one_after_another(self, said: Iterable[str]) -> str:
        """Several statements in one line."""
        return ("; " if language() == "en" else "；").join(said)

    def refusal(self, code: int, status: str) -> refusals.Explained:
        """What went wrong and what to do now."""
        return refusals.explain(code, status)

    def fault(self, field: str, fault: object) -> str:
        """One field of a refused form and what is wrong with it."""
        return refusals.fault(str(self._words.get(field, field)), fault)

    def areas_named(self, codes: list[str], names: dict[str, str]) -> str:
        """Areas by name, as far as they are known; \"\" is everywhere."""
        said = [f"{names[code]} {code}" if code in names else code or self.everywhere for code in codes]
        return "、".join(said) or self.no_areas

    def agency_name(self, names: tuple[str, str] | None) -> str:
        """The name of an agency, given as Chinese and English, or that there is none."""
        return str(Word(*names)) if names else self.no_agency


t = _Said()
