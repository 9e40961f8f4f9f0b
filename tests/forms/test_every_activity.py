"""Each of the fifteen checklists in JavaRosa, filled clean and filled with nothing but breaches."""

from pathlib import Path

import pytest

from forms.catalogue import CatalogueForm
from forms.examples import clean_answers, filled_submission
from forms.submission import parse
from forms.visits import to_visit
from tests.forms.javarosa import fill
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
