"""A tablet asks what of its work is here: hashes of what it sent, and nothing of what others sent."""

import hashlib

import pytest

from tests.accounts.enrolling import add_tablet
from tests.forms.samples import PHOTO, cafe_submission
from tests.intake.tablet import FORM_DATA, form_data

XML = cafe_submission(instance_id="uuid:1", photos=[PHOTO])


@pytest.fixture
def tablet_of(app, deployment, forms, agency):
    """An enrolled tablet, as a function that asks: one of an officer, or of the agency's shelf."""

    def enrol(user_id=None):
        token = add_tablet(deployment, user_id=user_id, agency_id=agency)[1]

        def ask(path, **more):
            shown = {"Authorization": f"Bearer {token}"}
            return app.test_client().open(f"/tablet/{path}", headers=shown, **more)

        return ask

    return enrol


def send(tablet, files=()):
    body = form_data(XML, list(files))
    answer = tablet("submission", method="POST", data=body, content_type=FORM_DATA)
    assert answer.status_code == 201, answer.text


def test_what_is_kept_is_told_by_its_hashes(tablet_of):
    tablet = tablet_of()
    send(tablet, [("front.jpg", b"a picture")])

    answer = tablet("submissions/uuid:1")

    picture = {"name": "front.jpg", "size": 9, "sha256": hashlib.sha256(b"a picture").hexdigest()}
    assert answer.json == {
        "instance_id": "uuid:1", "xml_sha256": hashlib.sha256(XML).hexdigest(), "files": [picture],
    }  # fmt: skip


def test_what_has_not_come_yet_is_not_told(tablet_of):
    tablet = tablet_of()

    assert tablet("submissions/uuid:1").status_code == 404
    send(tablet)
    assert tablet("submissions/uuid:1").json["files"] == []


@pytest.mark.parametrize("instance_id", ["%00", "uuid:1%0A", "x" * 300, "%F0%9F%92%A9"])
def test_what_can_be_no_id_is_not_here(tablet_of, instance_id):
    assert tablet_of()(f"submissions/{instance_id}").status_code == 404


def test_an_officer_may_ask_from_their_other_tablet_and_nobody_else_may(tablet_of, inspector):
    send(tablet_of(inspector))

    assert tablet_of(inspector)("submissions/uuid:1").status_code == 200
    assert tablet_of()("submissions/uuid:1").status_code == 404


def test_two_tablets_of_the_shelf_do_not_see_each_other(tablet_of):
    send(tablet_of())

    assert tablet_of()("submissions/uuid:1").status_code == 404
