"""Nothing is left unsaid in one of the two languages, and pages use no word that is not there."""

import re
from pathlib import Path

import pytest

from backend.accounts.auth import Role
from backend.web.words import all_words, deeds, refusals, shell, t, trade

TEMPLATES = Path(__file__).parents[2] / "backend" / "web" / "templates"
TABLES = {
    "words": all_words(), "roles": shell.ROLES, "verdicts": shell.VERDICTS, "deeds": deeds.DEEDS,
    "activities": trade.ACTIVITIES, "site kinds": trade.SITE_KINDS, "faults": refusals._FAULTS,
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_every_word_is_said_in_both_languages(table):
    for name, word in TABLES[table].items():
        assert word.zh.strip(), name
        assert word.en.strip(), name
        assert word.zh != word.en, name
        assert not re.search(r"[\u4e00-\u9fff]", word.en), name
        assert set(re.findall(r"\{\w+\}", word.zh)) == set(re.findall(r"\{\w+\}", word.en)), name


def test_templates_use_only_words_that_are_there():
    used = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r"\bt\.(\w+)", path.read_text(encoding="utf-8"))
    }

    assert {name for name in used if not hasattr(type(t), name)} <= set(all_words())


def test_every_role_has_a_name():
    assert set(shell.ROLES) == set(Role)
