"""A tablet that was revoked is told so in words that only we can say; nobody else is told anything."""

import json
from base64 import b64decode
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from backend.accounts import actions
from backend.accounts.device_keys import is_signed
from backend.core.audit import AuditEntry
from tests.accounts.enrolling import add_tablet


@pytest.fixture
def device(deployment):
    return add_tablet(deployment)


def ask(app, token):
    return app.test_client().get("/tablet/wipe", headers={"Authorization": f"Bearer {token}"})


def revoke(deployment, device_id):
    with deployment.unit_of_work() as session:
        actions.revoke_device(session, device_id, by="tester", now=datetime.now(UTC))


def test_a_revoked_tablet_gets_its_number_signed_with_the_key_that_it_knows(app, deployment, device):
    revoke(deployment, device[0])

    answer = ask(app, device[1])

    said, signature = (b64decode(answer.json[name]) for name in ("said", "signature"))
    assert json.loads(said) == {"wipe": device[0]}
    assert is_signed(deployment.keys.package_public, signature, b"humiao-wipe-v1\n" + said)


def test_that_a_tablet_was_told_is_written_down_once(app, deployment, device):
    revoke(deployment, device[0])

    for _ in range(3):
        ask(app, device[1])

    with deployment.reading() as session:
        told = select(AuditEntry.actor, AuditEntry.subject).where(AuditEntry.deed == "device.wipe")
        assert session.execute(told).all() == [(f"device:{device[0]}",) * 2]


def test_one_that_is_still_let_in_is_told_nothing(app, device):
    assert ask(app, device[1]).status_code == 404


@pytest.mark.parametrize("token", ["", "no such token"])
def test_strangers_are_told_nothing(app, deployment, device, token):
    revoke(deployment, device[0])

    assert ask(app, token).status_code in (401, 404)
