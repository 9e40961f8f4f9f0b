"""Nothing is left unsaid in one of the two languages, and pages use no word that is not there."""

import inspect
import re
from pathlib import Path

import pytest

from backend.accounts.auth import Role
from backend.cases.candidates import Bar, GapKind
from backend.cases.escalation import EarlierKind, Level
from backend.cases.mitigation import RULES, Circumstance, Effect
from backend.cases.paper_forms import FORMS
from backend.cases.proposing import Wrong
from backend.cases.rules import Because
from backend.inspections import flags, rules
from backend.inspections.models import Standing
from backend.rulebook.reading import read
from backend.rulebook.rows import Aggravation, FineUnit, Penalty, Tier
from backend.rulebook.rules import Method
from backend.screening.rules import CameFirst, Measured, SchoolStatus
from backend.web.words import all_words, codes, deeds, refusals, shell, t, trade

TEMPLATES = Path(__file__).parents[2] / "backend" / "web" / "templates"
TABLES = {
    "words": all_words(), "roles": shell.ROLES, "verdicts": shell.VERDICTS, "deeds": deeds.DEEDS,
    "activities": trade.ACTIVITIES, "site kinds": trade.SITE_KINDS, "faults": refusals._FAULTS,
    **codes.TABLES,
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


def test_every_field_of_the_short_form_of_a_document_has_a_label():
    named = all_words()

    assert [ask.name for asked in FORMS.values() for ask in asked if f"paper_{ask.name}" not in named] == []


def test_every_document_that_a_step_names_can_be_made():
    steps = [step for profile in read()["procedure"] for step in profile.get("steps", ())]
    kinds = {kind for step in steps for paper in step.get("needs", ()) for kind in paper.get("documents", ())}

    assert kinds <= set(FORMS)
    assert len(kinds) == 11


def test_every_role_has_a_name():
    assert set(shell.ROLES) == set(Role)


@pytest.mark.parametrize(
    ("table", "known"),
    [
        ("method", [*Method, *Measured]),
        ("came_first", CameFirst),
        ("school_status", SchoolStatus),
        ("standing", Standing),
        ("tier", Tier),
        ("case_because", Because),
        ("penalty_wrong", Wrong),
        ("penalty_bar", Bar),
        ("penalty_gap", GapKind),
        ("penalty_circumstance", Circumstance),
        ("penalty_ground", [one.id for one in RULES]),
        ("penalty_effect", Effect),
        ("penalty_why", Aggravation),
        ("penalty_kind", Penalty),
        ("penalty_earlier", EarlierKind),
        ("penalty_level", Level),
        ("fine", FineUnit),
        ("unfiled_to_do", codes.UNFILED),
        ("flag", re.findall(r'(?:yield|^        )\s*"(\w+)"', inspect.getsource(flags), re.M)),
        ("doubt", re.findall(r'(?:yield |doubts = \(?|, \(\(?)"(\w+)"', inspect.getsource(rules))),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_code_has_a_name(table, known):
    assert set(known)
    assert set(known) <= set(codes.TABLES[table])
