"""The checklists themselves: the law that they name, their languages, and what they must never ask."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from backend.rulebook.reading import build, read
from backend.rulebook.rules import RulebookOnDay
from forms.build import compile_checklist
from forms.catalogue import CatalogueForm, Question
from forms.examples import ASKED, ID_CHECK, PHOTO, ROOM, SIGN
from tests.forms.samples import ACTIVITIES, CHECKLISTS, form_of

LAW = "{https://humiao.example/law}"
NO_ITEM = {
    "REP-2": "binds the officers themselves: they answer for it under measures, whatever the venue does"
}
SHORT_TEXTS = {  # the boxes that are no prose: officers, the business, numbers, places
    "plan_number", "lead_number", "check_code", "body_camera", "transfer_to",
    "officer_1_name", "officer_1_certificate", "officer_2_name", "officer_2_certificate",
    "venue_name", "venue_address", "venue_licence", "site_name", "measured_from", "measured_to", "room",
    "covert_approval", "person_name", "person_position", "witness_name",
}  # fmt: skip


@pytest.fixture(scope="module", params=ACTIVITIES)
def form(request: pytest.FixtureRequest) -> CatalogueForm:
    return form_of(request.param)


@pytest.fixture(scope="module")
def today() -> RulebookOnDay:
    return build(read(), 1).on(datetime.now(ZoneInfo("Asia/Shanghai")).date())


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_a_checklist_compiles_without_a_warning(activity) -> None:
    assert compile_checklist(CHECKLISTS / f"{activity}.md", validate=False).warnings == ()


def test_every_activity_of_the_rulebook_has_its_checklist(today) -> None:
    assert sorted(today.activities) == ACTIVITIES


def test_every_clause_is_in_force_today_and_may_be_cited(form, today) -> None:
    named = {clause for question in form.questions.values() for clause in question.clauses}

    assert named - today.all_clauses.keys() == set()
    assert {clause for clause in named if not today.all_clauses[clause].citable} == set()


def test_every_duty_is_in_force_today_and_lists_the_activity(form, today) -> None:
    named = {duty for question in form.questions.values() for duty in question.duties}

    assert named - {duty.id for duty in today.duties_of(form.activity)} == set()


def test_every_duty_of_the_activity_has_its_item(form, today) -> None:
    owed = {duty.id for duty in today.duties_of(form.activity)}

    assert owed - {duty for item in items(form) for duty in item.duties} == NO_ITEM.keys()


def test_a_question_cites_only_clauses_of_its_duties_that_speak_of_the_activity(form, today) -> None:
    beyond = {
        question.name: set(question.clauses) - clauses_of(question, form, today)
        for question in form.questions.values()
        if question.duties
    }

    assert {name: clauses for name, clauses in beyond.items() if clauses} == {}
    assert [item.name for item in items(form) if not (item.clauses and item.duties)] == []


def clauses_of(question: Question, form: CatalogueForm, today: RulebookOnDay) -> set[str]:
    return {clause.id for duty in question.duties for clause in today.clauses(duty, form.activity)}


def items(form: CatalogueForm) -> list[Question]:
    return [question for question in form.questions.values() if question.list_name == "answer"]


def test_no_question_asks_for_a_name_of_somebody_checked(form) -> None:
    texts = {question.name for question in form.questions.values() if question.kind == "text"}
    warned = {box.rpartition("/")[2] for box in boxes_that_warn(form)}

    assert texts - SHORT_TEXTS - warned == set()


def test_every_box_for_prose_warns_against_names_of_minors(form) -> None:
    tree = etree.fromstring(form.xml())
    boxes = {box.get("ref") for box in tree.iter("{*}input") if "multiline" in (box.get("appearance") or "")}

    assert boxes
    assert boxes - boxes_that_warn(form) == set()


def boxes_that_warn(form: CatalogueForm) -> set[str]:
    """The questions whose hint warns in both languages."""
    hints = [
        (text.get("id", ""), "".join(text.itertext()))
        for text in etree.fromstring(form.xml()).iter("{*}text")
    ]
    warned = [
        name.removesuffix(":hint")
        for name, hint in hints
        if re.search("勿写.*证件号码|o names or ID num", hint)
    ]
    return {name for name in warned if warned.count(name) == 2}


def test_every_word_of_a_form_is_there_in_both_languages(form) -> None:
    languages = {
        translation.get("lang"): {
            text.get("id"): "".join(text.itertext()).strip() for text in translation.iter("{*}text")
        }
        for translation in etree.fromstring(form.xml()).iter("{*}translation")
    }

    assert languages.keys() == {"中文 (zh)", "English (en)"}
    assert languages["中文 (zh)"].keys() == languages["English (en)"].keys()
    assert {text for texts in languages.values() for text in texts.values()}.isdisjoint({"", "-"})
    assert not re.search("[\u4e00-\u9fff]", "".join(languages["English (en)"].values()))


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


def test_the_examples_say_only_what_some_form_asks() -> None:
    turns = {"id_checks": ID_CHECK, "photos": PHOTO, "signs": SIGN, "rooms": ROOM}
    said = [*ASKED, *(f"{repeat}/{name}" for repeat, turn in turns.items() for name in turn)]
    asked = {nodeset for activity in ACTIVITIES for nodeset in form_of(activity).questions}

    assert [path for path in said if f"/data/{path}" not in asked] == []
