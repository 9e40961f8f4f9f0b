"""Each of the fifteen checklists in JavaRosa, filled clean and filled with nothing but breaches."""

from pathlib import Path

import pytest

from forms.catalogue import CatalogueForm
from forms.examples import clean_answers, filled_submission
from forms.submission import parse
from forms.visits import to_visit
from tests.forms.javarosa import fill, run
from tests.forms.samples import ACTIVITIES, form_of, script, without_device, write_media

LISTED = {
    "place/listed_name": "蓝星网吧",
    "place/listed_address": "示例路1弄2号",
    "place/listed_licence": "沪网文0001",
}
MEASURED = {
    "measurement/measured": "yes",
    "measurement/site_id": "7",
    "measurement/measured_way": "boundary_straight_line",
    "measurement/instrument": "tape",
    "measurement/measured_from": "东侧围墙转角",
    "measurement/measured_to": "正门中点",
    "measurement/measured_m": "187.4",
}


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return write_media(tmp_path)


def all_broken(form: CatalogueForm) -> dict[str, str]:
    """Every item answered as a breach with its note, and a distance measured where the form asks for one."""
    broken = {
        path: "breach"
        for path, answer in clean_answers(form).items()
        if answer in ("compliant", "not_checked")
    }
    measured = {path: value for path, value in MEASURED.items() if f"/data/{path}" in form.questions}
    return broken | {f"{path}_note": "见现场记录" for path in broken} | measured


@pytest.mark.parametrize("activity", ACTIVITIES)
@pytest.mark.parametrize("say", [lambda form: {}, all_broken], ids=["clean", "broken"])
def test_what_javarosa_writes_is_read_as_the_same_visit_as_our_sample(media, activity, say) -> None:
    form = form_of(activity)
    said = {
        "answers": LISTED | say(form),
        "photos": [{}],
        "signs": [{}, {"sign": "no_smoking", "sign_state": "missing", "sign_photo": ""}],
        "rooms": [{}, {"room": "802", "beds": "6", "computers": "7", "guests": "6"}],
    }

    filled = to_visit(parse(fill(form.path, media, [*script(form, **said), "validate"])), form)

    assert without_device(filled) == without_device(to_visit(parse(filled_submission(form, **said)), form))
    assert filled.problems == filled.others == ()
    assert {answer.item for answer in filled.answers} == {
        question.name for question in form.questions.values() if question.list_name == "answer"
    }


@pytest.mark.parametrize(
    ("activity", "refused"),
    [
        ("arcade", {"devices/devices_used_by_minors": "41", "duties/school_distance": "breach"}),
        ("hotel", {"stays/contact_missing": "5", "stays/stays_sampled": "-1", "stays/not_registered": "5"}),
        ("medical_aesthetics", {"consents/consent_missing": "4", "consents/written_missing": "2"}),
        ("script_play", {"scripts/scripts_without_ages": "6", "duties/site_distance": "breach"}),
        ("esports_hotel", {"rooms[1]/beds": "-1", "staff_query/yearly_query_on": "2199-01-01"}),
        ("sports_lottery", {"duties/site_distance": "breach"}),
    ],
)
def test_a_form_refuses_what_cannot_be(media, activity, refused) -> None:
    before = script(form_of(activity))

    results = run(
        form_of(activity).path, media, [*before, *(f"set\t/data/{p}\t{v}" for p, v in refused.items())]
    )

    assert dict(zip(refused, results[len(before) :], strict=True)) == dict.fromkeys(
        refused, "CONSTRAINT VIOLATED"
    )


@pytest.mark.parametrize(
    ("activity", "asked_when"),
    [
        ("bar", {"signs[1]/sign_state": ("signs[1]/sign", "no_minors")}),
        ("script_play", {"day/vacation_source": ("day/school_vacation", "no")}),
        ("hotel", {"stays/contact_missing": ("stays/stays_sampled", "3")}),
        ("medical_aesthetics", {"staff_query/yearly_query_on": ("staff_query/yearly_query_seen", "seen")}),
    ],
)
def test_what_follows_from_an_answer_is_asked_after_it(media, activity, asked_when) -> None:
    ((path, (cause, value)),) = asked_when.items()
    blank = {cause: "", path: ""}
    before = script(form_of(activity), answers={} if "[" in path else blank)

    results = run(
        form_of(activity).path,
        media,
        [*before, f"rel\t/data/{path}", f"set\t/data/{cause}\t{value}", f"rel\t/data/{path}"],
    )

    assert results[len(before) :] == ["false", "OK", "true"]
