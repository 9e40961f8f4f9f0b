"""`humiao intake rescue`: what was taken, what was here, what was not and why; the exit status agrees."""

import json

import pytest

from tests.cli.test_command import humiao  # noqa: F401
from tests.forms.samples import PHOTO, cafe_submission
from tests.intake.conftest import agency, forms, inspector  # noqa: F401
from tests.intake.rescue_files import rescue_maker, states

XML = cafe_submission(instance_id="uuid:1", photos=[PHOTO])


@pytest.fixture
def bring(humiao, tmp_path):  # noqa: F811
    """Run the command on these bytes; its exit status, and what it says."""

    def run(packed):
        (tmp_path / "tablet.rescue").write_bytes(packed)
        done = humiao("intake", "rescue", tmp_path / "tablet.rescue", "--json")
        return done.exit_code, json.loads(done.stdout) if done.stdout else done.exception

    return run


@pytest.fixture
def maker(deployment, forms, inspector, agency):  # noqa: F811
    made = rescue_maker(deployment, user_id=inspector, agency_id=agency)
    made.add("submission", XML)
    made.add("attachment", b"a photo", name="front.jpg")
    return made


def test_what_is_no_rescue_file_is_refused(bring, deployment):
    code, problem = bring(b"something else")

    assert (code, problem.status) == (1, "rescue_unacceptable")
    assert states(deployment) == []


def test_what_was_not_taken_is_named_and_fails_the_command(bring, maker):
    code, said = bring(maker.pack()[:-1])

    assert (code, said["state"], said["taken"], said["refused"]) == (1, "partly", 1, 1)
    assert said["not_taken"] == [
        {"section": 1, "kind": "attachment", "instance": "uuid:1", "reason": "cut_off"}
    ]


def test_quarantine_fails_the_command(bring, maker):
    code, said = bring(maker.pack(device_id=999))

    assert (code, said["state"], said["quarantine"]) == (1, "quarantined", "unknown")


def test_taken_again_it_was_all_here(bring, maker):
    maker.add("draft", b"half a form", "uuid:2")
    first, again = bring(maker.pack()), bring(maker.pack())

    assert (first[0], first[1]["taken"], first[1]["there"], first[1]["draft"]) == (0, 2, 0, 1)
    assert (again[0], again[1]["taken"], again[1]["there"], again[1]["draft"]) == (0, 0, 2, 1)


def test_it_is_said_in_words(humiao, maker, tmp_path):  # noqa: F811
    (tmp_path / "tablet.rescue").write_bytes(maker.pack()[:-1])

    said = humiao("intake", "rescue", tmp_path / "tablet.rescue").stdout

    assert said == (
        "rescue file 1 of tablet 1: partly; 1 taken, 0 were here, 0 drafts kept sealed, 1 not taken\n"
        "  attachment uuid:1: cut_off\n"
    )
