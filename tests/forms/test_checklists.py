"""The checklists themselves: the law that they name, their languages, and what they must never ask."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from forms.build import compile_checklist
from forms.catalogue import Catalogue, CatalogueForm, Question
from tests.forms.samples import CAFE_ANSWERS, CHECKLISTS, ID_CHECK, PHOTO, built_forms

RULEBOOK = Path(__file__).parents[2] / "backend" / "rulebook" / "data"
LAW = "{https://humiao.example/law}"
NAMES = [path.stem for path in sorted(CHECKLISTS.glob("*.md"))]


@pytest.fixture(scope="module", params=NAMES)
def form(request: pytest.FixtureRequest) -> CatalogueForm:
    return Catalogue.load(built_forms()).form(request.param)


@pytest.fixture(scope="module")
def duties() -> dict[str, dict[str, Any]]:
    return {duty["id"]: duty for file in rulebook("duties") for duty in file["rows"]}


def rulebook(folder: str) -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text("utf-8")) for path in sorted((RULEBOOK / folder).glob("*.yaml"))]


@pytest.mark.parametrize("name", NAMES)
def test_a_checklist_compiles_without_a_warning(name) -> None:
    assert compile_checklist(CHECKLISTS / f"{name}.md", validate=False).warnings == ()


def test_every_clause_is_in_the_rulebook(form) -> None:
    known = {f"{law['id']}:{place}" for law in rulebook("instruments") for place in law["clauses"]}

    assert {clause for question in form.questions.values() for clause in question.clauses} - known == set()


def test_every_duty_is_in_the_rulebook(form, duties) -> None:
    assert {duty for question in form.questions.values() for duty in question.duties} - duties.keys() == set()


def test_every_duty_of_the_operator_has_its_item(form, duties) -> None:
    owed = {
        duty["id"]
        for duty in duties.values()
        if form.activity in duty["activities"] and duty.get("bound", "OPERATOR") == "OPERATOR"
    }

    assert owed - {duty for item in items(form) for duty in item.duties} == set()


def test_an_item_cites_only_clauses_of_its_duty(form, duties) -> None:
    cited = {item.name: set(item.clauses) for item in items(form)}
    of_duty = {
        item.name: {c for duty in item.duties for c in duties[duty]["clauses"]} for item in items(form)
    }

    assert all(cited.values())
    assert {name: clauses - of_duty[name] for name, clauses in cited.items() if clauses - of_duty[name]} == {}


def items(form: CatalogueForm) -> list[Question]:
    return [question for question in form.questions.values() if question.list_name == "answer"]


def test_no_question_asks_for_a_name_of_somebody_checked(form) -> None:
    asked = [nodeset for nodeset in form.questions if nodeset.startswith("/data/id_checks/")]

    assert asked
    assert [nodeset for nodeset in asked if "name" in nodeset or "number" in nodeset] == []


def test_every_box_for_prose_warns_against_names_of_minors(form) -> None:
    tree = etree.fromstring(form.xml())
    boxes = [box.get("ref") for box in tree.iter("{*}input") if "multiline" in (box.get("appearance") or "")]
    hints = [(text.get("id"), "".join(text.itertext())) for text in tree.iter("{*}text")]
    warned = [
        name.removesuffix(":hint")
        for name, hint in hints
        if re.search("勿写.*证件号码|o names or ID num", hint)
    ]

    assert boxes
    assert [box for box in boxes if warned.count(box) < 2] == []  # in both languages


def test_the_catalogue_has_every_node_of_the_form_with_its_law(form) -> None:
    binds = {bind.get("nodeset"): bind for bind in etree.fromstring(form.xml()).iter("{*}bind")}
    del binds["/data/meta/instanceID"]
    law = {
        nodeset: (question.clauses, question.duties)
        for nodeset, question in form.questions.items()
        if nodeset in binds
    }

    assert {question.kind for nodeset, question in form.questions.items() if nodeset not in binds} <= {
        "group",
        "repeat",
    }
    assert law == {
        nodeset: tuple(tuple(bind.get(f"{LAW}{name}", "").split()) for name in ("clause", "duty"))
        for nodeset, bind in binds.items()
    }


def test_the_samples_say_only_what_the_cafe_form_asks() -> None:
    questions = Catalogue.load(built_forms()).form("internet_cafe").questions
    said = [*CAFE_ANSWERS, *(f"id_checks/{name}" for name in ID_CHECK), *(f"photos/{name}" for name in PHOTO)]

    assert [path for path in said if f"/data/{path}" not in questions] == []
