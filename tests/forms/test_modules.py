"""Several checklists in one visit: what is copied, what is of each one, and that JavaRosa goes on from it."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from forms.examples import filled_submission
from forms.modules import next_module
from forms.records import Visit
from forms.submission import Submission, parse
from forms.visits import to_visit
from tests.forms.javarosa import fill
from tests.forms.samples import form_of, script, write_media

SHANGHAI = timezone(timedelta(hours=8))
STARTED = datetime(2026, 11, 20, 10, 30, tzinfo=SHANGHAI)
FIRST = "6f9619ff-8b86-d011-b42d-00c04fc964ff"


@pytest.fixture
def bar() -> Submission:
    said = {
        "place/listed_name": "蓝星酒吧",
        "arrival/officer_1_expired": "",
        "duties/minors_refused": "breach",
    }
    return parse(filled_submission(form_of("bar"), instance_id=f"uuid:{FIRST.upper()}", answers=said))


def module(filled: Submission, activity: str) -> Submission:
    return parse(next_module(filled, form_of(activity), started_at=STARTED))


def read(filled: Submission) -> Visit:
    return to_visit(filled, form_of(filled.form_id))


def test_a_start_without_an_offset_is_refused(bar) -> None:
    with pytest.raises(ValueError, match="offset"):
        next_module(bar, form_of("tobacco"), started_at=STARTED.replace(tzinfo=None))


def test_every_module_belongs_to_the_visit_of_the_first_and_is_one_of_its_own(bar) -> None:
    tobacco = module(bar, "tobacco")
    songs = module(tobacco, "song_and_dance")

    assert {read(one).visit_id for one in (bar, tobacco, songs)} == {FIRST}
    assert len({one.instance_id for one in (bar, tobacco, songs)}) == 3
    assert (tobacco.form_id, tobacco.version) == ("tobacco", form_of("tobacco").version)


def test_arrival_officers_place_and_position_are_copied_and_nothing_else(bar) -> None:
    first, second = read(bar), read(module(bar, "tobacco"))

    for name in (
        "reason",
        "officers",
        "second_officer",
        "credentials_shown",
        "body_camera",
        "venue",
        "position",
    ):
        assert getattr(second, name) == getattr(first, name)
    assert (second.device_id, second.device_started_at) == (first.device_id, STARTED)
    assert second.venue.name == "蓝星酒吧"
    assert second.answers == second.id_checks == second.photos == second.problems == second.others == ()
    assert (second.signatures, second.person.name, second.measures.taken) == ({}, "", ())


def test_a_group_that_the_other_form_asks_is_there_blank(bar) -> None:
    asked = {leaf.nodeset for leaf in module(bar, "arcade").root.leaves()} - {"/data/meta/instanceID"}

    assert asked == {
        nodeset
        for nodeset, question in form_of("arcade").questions.items()
        if question.kind not in ("group", "repeat")
    }


@pytest.mark.parametrize("activity", ["song_and_dance", "esports_hotel", "medical_aesthetics"])
def test_javarosa_opens_a_module_and_goes_on(bar, tmp_path: Path, activity) -> None:
    form, media, draft = form_of(activity), write_media(tmp_path), tmp_path / "draft.xml"
    draft.write_bytes(next_module(bar, form, started_at=STARTED))
    rest = [line for line in script(form) if "\t/data/arrival" not in line and "\t/data/place" not in line]

    visit = read(parse(fill(form.path, media, [f"load\t{draft}", *rest, "validate"])))

    assert (visit.visit_id, visit.instance_id) == (FIRST, parse(draft.read_bytes()).instance_id)
    assert (visit.officers, visit.position, visit.venue.id) == (read(bar).officers, read(bar).position, "1")
    assert visit.device_started_at == STARTED
    assert visit.problems == visit.others == ()
    assert {answer.value for answer in visit.answers} <= {"compliant", "not_checked"}
