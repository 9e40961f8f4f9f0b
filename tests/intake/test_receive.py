"""A submission is kept once and for good, or refused with a reason and nothing left behind."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from backend.core.audit import AuditEntry
from backend.core.sealed import known_visit_key
from backend.intake.arrivals import file_context, open_xml
from backend.intake.models import Envelope, EnvelopeFile
from tests.forms.samples import PHOTO, cafe_submission
from tests.intake.tablet import message

PHOTO_BYTES = b"\xff\xd8 a face \x00\r\n--not a boundary\r\n" * 9_000
BOMB = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


def kept(deployment):
    """What the database and the disk hold: instance ids, files named by rows, files on the disk."""
    with deployment.reading() as session:
        instances = list(session.scalars(select(Envelope.instance_id).order_by(Envelope.id)))
        named = sorted(session.scalars(select(EnvelopeFile.stored)))
    on_disk = [path for path in deployment.files.root.rglob("*") if path.is_file()]
    assert all(path.parent.name == path.name[:2] for path in on_disk)
    return instances, named, sorted(path.name for path in on_disk)


def opened(deployment):
    """Everything that is kept, in the clear: XML by instance id, and files by name."""
    xml, files = {}, {}
    with deployment.reading() as session:
        for envelope in session.scalars(select(Envelope)):
            key = known_visit_key(session, envelope.key_id)
            xml[envelope.instance_id] = open_xml(key, envelope.sealed, envelope.instance_id)
        for file, envelope in session.execute(select(EnvelopeFile, Envelope).join(Envelope)):
            key = known_visit_key(session, envelope.key_id)
            name = key.open(file.sealed_name, file_context(envelope.instance_id, "name")).decode()
            secret = key.open(file.sealed_key, file_context(envelope.instance_id, file.stored))
            files[name] = b"".join(deployment.files.read(file.stored, secret))
    return xml, files


NOTHING = ([], [], [])


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(b"", "no_xml", id="no XML"),
        pytest.param(b"<data", "not_xml", id="no end"),
        pytest.param(
            b"<data xmlns='' id='internet_cafe'><meta/></data>", "no_instance_id", id="no instanceID"
        ),
        pytest.param(BOMB + cafe_submission(), "doctype", id="entity expansion"),
        pytest.param(
            cafe_submission(instance_id="甲 310101199003070062"), "id_not_allowed", id="a name as id"
        ),
        pytest.param(cafe_submission(instance_id="u" * 65), "id_not_allowed", id="long id"),
    ],
)
def test_what_is_no_submission_is_refused_with_its_reason(tablet, deployment, body, reason):
    refused = tablet.send(body, {"front.jpg": PHOTO_BYTES})

    assert refused.status_code == 400
    assert refused.content_type == "text/xml; charset=utf-8"
    assert f"reason: {reason}" in message(refused)
    assert kept(deployment) == NOTHING


@pytest.mark.parametrize(
    "xml",
    [
        pytest.param(cafe_submission(answers={"duties/patrol": "x" * 60_000}), id="one long answer"),
        pytest.param(b"<data id='f'>" + b"<a>" * 50 + b"</a>" * 50 + b"</data>", id="deep"),
        pytest.param(b"<data id='f'>" + b"<a/>" * 30_000 + b"</data>", id="many nodes"),
        pytest.param(b"<data id='f'>" + b" " * (4 * 2**20) + b"</data>", id="long"),
    ],
)
def test_xml_beyond_its_limits_is_refused(tablet, deployment, xml):
    assert tablet.send(xml).status_code == 413
    assert kept(deployment) == NOTHING


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "a/b.jpg", "a\\\\b.jpg", "..", "a\x07.jpg", "a\u202egpj.exe", "图" * 100, "x" * 256],
)
def test_names_that_play_tricks_are_refused(tablet, deployment, name):
    refused = tablet.send_raw(cafe_submission(), [(name, PHOTO_BYTES)])

    assert refused.status_code == 400
    assert kept(deployment) == NOTHING


def test_a_part_that_comes_twice_is_refused(tablet, deployment):
    twice = tablet.send_raw(cafe_submission(), [("a.jpg", b"one"), ("a.jpg", b"two")])

    assert "two_parts_of_one_name" in message(twice)
    assert kept(deployment) == NOTHING


def test_a_body_that_ends_early_is_refused(tablet, deployment):
    cut = tablet.send_raw(cafe_submission(), [("a.jpg", PHOTO_BYTES)], cut=1000)

    assert (cut.status_code, "not_whole" in message(cut)) == (400, True)
    assert kept(deployment) == NOTHING


@pytest.mark.parametrize(
    ("limit", "value"), [("max_file_bytes", 1000), ("max_request_bytes", 100_000), ("max_parts", 2)]
)
def test_requests_beyond_their_limits_are_refused(tablet, deployment, limit, value):
    deployment.settings = replace(deployment.settings, **{limit: value})
    tablet.client.application.config["MAX_CONTENT_LENGTH"] = deployment.settings.max_request_bytes

    refused = tablet.send(cafe_submission(), {"a.jpg": PHOTO_BYTES, "b.jpg": b"b"})

    assert refused.status_code == 413
    assert kept(deployment) == NOTHING


def test_other_xml_under_the_same_id_is_refused_and_changes_nothing(tablet, deployment):
    first = cafe_submission(instance_id="uuid:1")
    tablet.send(first)

    other = tablet.send(cafe_submission(instance_id="uuid:1", venue_id="2"), {"front.jpg": PHOTO_BYTES})

    assert other.status_code == 409
    assert "submission_changed; instanceID: uuid:1" in message(other)
    assert opened(deployment) == ({"uuid:1": first}, {})
    assert kept(deployment) == (["uuid:1"], [], [])


def test_a_photo_is_never_replaced_by_other_bytes(tablet, deployment):
    xml = cafe_submission(photos=[PHOTO])
    tablet.send(xml, {"front.jpg": PHOTO_BYTES})

    same = tablet.send(xml, {"front.jpg": PHOTO_BYTES})
    other = tablet.send(xml, {"front.jpg": PHOTO_BYTES + b".", "new.jpg": b"new"})

    assert (same.status_code, other.status_code) == (201, 409)
    assert "attachment_changed; name: front.jpg" in message(other)
    assert opened(deployment)[1] == {"front.jpg": PHOTO_BYTES}
    instances, named, on_disk = kept(deployment)
    assert len(instances) == 1
    assert named == on_disk


def test_the_same_again_is_a_success_and_one_row(tablet, deployment):
    xml = cafe_submission()

    first, again = tablet.send(xml), tablet.send(xml)

    assert (first.status_code, again.status_code) == (201, 201)
    assert "相同" in message(again)
    assert len(kept(deployment)[0]) == 1


def test_a_submission_may_come_in_several_requests(tablet, deployment):
    xml = cafe_submission(photos=[PHOTO, PHOTO | {"photo": "back.jpg"}])

    first = tablet.send_raw(xml, [("front.jpg", PHOTO_BYTES)], fields={"*isIncomplete*": "yes"})
    last = tablet.send(xml, {"back.jpg": b"back"})

    assert (first.status_code, last.status_code) == (201, 201)
    assert opened(deployment)[1] == {"front.jpg": PHOTO_BYTES, "back.jpg": b"back"}


def test_what_came_is_kept_byte_for_byte_and_sealed(tablet, deployment):
    xml = cafe_submission(instance_id="uuid:1", photos=[PHOTO], answers={"signatures/person_name": "柳某某"})

    tablet.send(xml, {"front.jpg": PHOTO_BYTES, "empty.jpg": b""})

    assert opened(deployment) == ({"uuid:1": xml}, {"front.jpg": PHOTO_BYTES, "empty.jpg": b""})
    for path in deployment.settings.var_dir.rglob("*"):
        if path.is_file() and "forms" not in path.parts:
            assert not re.search("柳某某|a face|front.jpg".encode(), path.read_bytes()), path


def test_a_file_that_the_form_does_not_name_is_kept_and_reported(tablet, deployment):
    answer = tablet.send(cafe_submission(), {"unnamed.jpg": b"?"})

    assert answer.status_code == 201
    assert "未提及" in message(answer)
    assert opened(deployment)[1] == {"unnamed.jpg": b"?"}


def test_submissions_of_one_visit_share_a_key_and_stay_apart(tablet, deployment):
    visit_id = "0a7e6b1c-58a2-4013-8e5f-b1c2d3e4f5a6"
    one, two = (cafe_submission(instance_id=f"uuid:{n}", visit_id=visit_id) for n in (1, 2))

    tablet.send(one)
    tablet.send(two)

    assert opened(deployment)[0] == {"uuid:1": one, "uuid:2": two}
    with deployment.reading() as session:
        assert len(set(session.scalars(select(Envelope.key_id)))) == 1
        assert set(session.scalars(select(Envelope.visit_no))) == {visit_id}


def test_who_sent_what_is_in_the_audit_trail_once(tablet, deployment, inspector):
    xml = cafe_submission(instance_id="uuid:1")

    tablet.send(xml)
    tablet.send(xml)

    with deployment.reading() as session:
        entries = list(session.scalars(select(AuditEntry).filter_by(deed="envelope.receive")))
    assert [(entry.actor, entry.detail["instance"]) for entry in entries] == [(f"user:{inspector}", "uuid:1")]
