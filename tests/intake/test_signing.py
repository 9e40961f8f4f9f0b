"""Signatures of tablets over what they send: kept, flagged, never in the way."""

import json
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from backend.inspections.models import VisitFlag
from backend.intake.models import Envelope
from tests.accounts.enrolling import TabletKey, add_tablet
from tests.forms.samples import PHOTO
from tests.intake.rescue_files import sha256, text
from tests.intake.tablet import FORM_DATA, SIGNATURES, file_all, form_data, just_now

XML = just_now(instance_id="uuid:1", photos=[PHOTO])
FILES = {**SIGNATURES, "front.jpg": b"a photo"}


@pytest.fixture
def sender(app, deployment, forms, inspector, agency):
    key = TabletKey()
    _, token = add_tablet(deployment, user_id=inspector, agency_id=agency, public_key=key.public)
    return SimpleNamespace(client=app.test_client(), key=key, shown={"Authorization": f"Bearer {token}"})


def signed(key, sent=FILES, xml=XML, **said):
    listed = [{"name": name, "size": len(of), "sha256": sha256(of)} for name, of in sent.items()]
    envelope = {"instance_id": "uuid:1", "xml_sha256": sha256(xml), "files": listed} | said
    message = json.dumps(envelope, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return json.dumps(envelope | {"signature": text(key.sign(b"humiao-envelope-v1\n" + message))})


def send(sender, part, files=FILES):
    fields = {} if part is None else {"humiao_signature": part}
    body = form_data(XML, list(files.items()), fields)
    return sender.client.post(
        "/tablet/submission", data=body, content_type=FORM_DATA, headers=sender.shown
    ).status_code


def stands(deployment):
    """The column, and the flags of the visit."""
    file_all(deployment)
    with deployment.reading() as session:
        flags = set(session.scalars(select(VisitFlag.code).where(VisitFlag.code.startswith("signature_"))))
        return session.scalars(select(Envelope.signed)).one(), flags


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(lambda key: signed(TabletKey()), id="another key"),
        pytest.param(lambda key: signed(key, xml=b"<data/>"), id="another form"),
        pytest.param(lambda key: signed(key, instance_id="uuid:2"), id="another instanceID"),
        pytest.param(lambda key: signed(key, FILES | {"front.jpg": b"another"}), id="another photo"),
        pytest.param(lambda key: signed(key, SIGNATURES), id="a photo that is not listed"),
        pytest.param(lambda key: signed(key, more=1), id="more than is signed"),
        pytest.param(lambda key: signed(key, files=[{"name": 1}]), id="no list"),
        pytest.param(lambda key: json.dumps({"signature": ""}), id="nothing said"),
        pytest.param(lambda key: "[" * 100_000, id="deep"),
        pytest.param(lambda key: "no JSON", id="no JSON"),
        pytest.param(lambda key: signed(key).replace("front", "\\ud800"), id="half a character"),
    ],
)
def test_a_signature_that_does_not_hold_is_flagged_and_stops_nothing(sender, deployment, part):
    assert send(sender, part(sender.key)) == 201

    assert stands(deployment) == ("invalid", {"signature_invalid"})


def test_a_tablet_that_did_not_sign_is_flagged(sender, deployment):
    assert send(sender, None) == 201

    assert stands(deployment) == ("absent", {"signature_absent"})


def test_what_is_signed_is_not_flagged_and_its_signature_is_kept_sealed(sender, deployment):
    assert send(sender, signed(sender.key, {**FILES, "图.jpg": b"on its way"})) == 201

    assert stands(deployment) == ("valid", set())
    with deployment.reading() as session:
        kept = session.scalars(select(Envelope.sealed_signature)).one()
    assert kept.startswith(b"HMS1")


def test_a_file_that_comes_later_is_held_against_what_was_signed(sender, deployment):
    without = {name: of for name, of in FILES.items() if name != "front.jpg"}
    send(sender, signed(sender.key), without)
    assert stands(deployment) == ("valid", set())

    assert send(sender, None, {"front.jpg": b"another photo"}) == 201

    assert stands(deployment) == ("valid", {"signature_invalid"})


def test_a_sender_without_a_key_is_never_flagged(tablet, deployment):
    tablet.send_raw(XML, list(FILES.items()), fields={"humiao_signature": "whatever"})

    assert stands(deployment) == (None, set())


def test_a_signature_is_limited_and_comes_once(tablet, deployment):
    assert tablet.send_raw(XML, [], fields={"humiao_signature": "x" * 300_000}).status_code == 413
    once = form_data(XML, [], {"humiao_signature": "x"})
    part = once[
        once.index(b'--limit\r\nContent-Disposition: form-data; name="humiao') : -len(b"--limit--\r\n")
    ]
    twice = part + once
    refused = tablet.client.post(
        "/openrosa/submission", data=twice, content_type=FORM_DATA, headers=tablet.headers
    )
    assert "two_parts_of_one_name" in refused.text
