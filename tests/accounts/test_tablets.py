"""How tablets come in: by Basic, or by a token of their own."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from backend.accounts import actions, auth, door
from backend.accounts.auth import Role
from backend.accounts.errors import SignInFailed, TooManyTries
from backend.accounts.models import Device, User
from backend.core.errors import SignInNeeded
from tests.people import PASSWORD, add_person, password_hash

NOW = datetime.now(UTC)


@contextmanager
def asked(app, address="203.0.113.9", method="GET"):
    with app.test_request_context("/openrosa/formList", method=method, environ_base={"REMOTE_ADDR": address}):
        yield


def basic(app, login, password, **where):
    with asked(app, **where):
        return auth.verify_basic(login, password)


@pytest.fixture
def zhang(deployment):
    return add_person(deployment, login="zhang", areas=("310101",))


def change(deployment, deed, user_id, **details):
    with deployment.unit_of_work() as session:
        getattr(actions, deed)(session, session.get_one(User, user_id), **details, by="tester", now=NOW)


@pytest.fixture
def hashing(monkeypatch):
    """How often a password was really hashed."""
    counted, really = [], door.passwords.verify

    def verify(*args):
        counted.append(1)
        return really(*args)

    monkeypatch.setattr(door.passwords, "verify", verify)
    return counted


def test_a_verified_password_is_remembered(app, zhang, hashing):
    people = [basic(app, "zhang", PASSWORD) for _ in range(3)]

    assert {(person.id, person.scope.areas) for person in people} == {(zhang, ("310101",))}
    assert len(hashing) == 1
    assert PASSWORD not in repr(app.extensions["humiao.basic"])


def test_it_is_remembered_for_five_minutes_only(app, zhang, hashing, monkeypatch):
    basic(app, "zhang", PASSWORD)
    later = auth.time.monotonic() + 301
    monkeypatch.setattr(auth.time, "monotonic", lambda: later)
    basic(app, "zhang", PASSWORD)

    assert len(hashing) == 2


@pytest.mark.parametrize("deed", ["deactivate", "set_password"])
def test_what_is_remembered_ends_with_the_account_or_its_password(app, deployment, zhang, deed):
    basic(app, "zhang", PASSWORD)
    other = door.passwords.new_hash("ladder-lantern-mango", names=())
    change(deployment, deed, zhang, **({"password_hash": other} if deed == "set_password" else {}))

    with pytest.raises(SignInFailed):
        basic(app, "zhang", PASSWORD)


def test_a_wrong_password_is_not_helped_by_a_remembered_one(app, zhang):
    basic(app, "zhang", PASSWORD)

    with pytest.raises(SignInFailed):
        basic(app, "zhang", PASSWORD + "!")


def test_guessing_elsewhere_does_not_lock_a_tablet_out(app, zhang):
    basic(app, "zhang", PASSWORD)
    app.extensions["humiao.basic"].clear()
    for _ in range(6):
        with pytest.raises((SignInFailed, TooManyTries)):
            basic(app, "zhang", "not this one, sorry", address="198.51.100.1")

    assert basic(app, "zhang", PASSWORD).id == zhang


@pytest.fixture
def admit(deployment):
    """Admit a tablet; returns its token."""

    def add(**details):
        known = {"name": "tablet 7", "areas": ["310101"], "expires_at": NOW + timedelta(days=90)}
        with deployment.unit_of_work() as session:
            return actions.add_device(session, **(known | details), by="tester", now=NOW)[1]

    return add


def tablet_of(app, deployment, token):
    with asked(app), deployment.reading() as session:
        return auth.device_of_token(session, token)


def test_a_tablet_comes_in_by_its_token(app, deployment, zhang, admit):
    tablet = tablet_of(app, deployment, admit(user_id=zhang))

    assert (tablet.user_id, tablet.role, tablet.scope.areas) == (zhang, Role.INSPECTOR, ("310101",))
    assert tablet.actor == f"device:{tablet.device_id}"


def test_a_token_is_long_and_kept_as_a_hash_only(deployment, admit):
    token = admit()

    assert len(token) >= 43  # 256 bit in base64
    with deployment.reading() as session:
        kept = session.query(Device.token_hash).scalar()
    assert token.encode() not in kept


@pytest.mark.parametrize("token", ["", "no such token", "x" * 1000])
def test_an_unknown_token_is_refused(app, deployment, admit, token):
    admit()

    with pytest.raises(SignInNeeded):
        tablet_of(app, deployment, token)


def test_an_expired_token_is_refused(app, deployment, admit):
    with pytest.raises(SignInNeeded):
        tablet_of(app, deployment, admit(expires_at=NOW))


def test_a_revoked_token_is_refused_at_once(app, deployment, admit):
    token = admit()
    device_id = tablet_of(app, deployment, token).device_id
    with deployment.unit_of_work() as session:
        actions.revoke_device(session, device_id, by="tester", now=NOW)

    with pytest.raises(SignInNeeded):
        tablet_of(app, deployment, token)


def test_a_tablet_goes_with_its_officer(app, deployment, zhang, admit):
    token = admit(user_id=zhang)
    change(deployment, "deactivate", zhang)

    with pytest.raises(SignInNeeded):
        tablet_of(app, deployment, token)


def test_the_last_use_is_noted_once_a_minute(app, deployment, admit):
    token = admit()

    def last_used_at():
        with deployment.reading() as session:
            return session.query(Device.last_used_at).scalar()

    assert last_used_at() is None
    tablet_of(app, deployment, token)
    first = last_used_at()
    tablet_of(app, deployment, token)

    assert first is not None
    assert last_used_at() == first


def test_the_last_use_can_be_noted_inside_a_submission(app, deployment, admit):
    from backend.core.web import get_session

    token = admit()
    with asked(app, method="POST"):
        tablet = auth.device_of_token(get_session(), token)

    assert tablet.device_id


def test_hashes_differ_for_the_same_password():
    assert door.passwords.new_hash(PASSWORD, names=()) != password_hash()


def test_a_tablet_without_an_agency_is_of_its_officers(app, deployment, admit):
    with deployment.unit_of_work() as session:
        names = {"name_zh": "示例文旅局", "name_en": "Example culture bureau"}
        agency_id = actions.put_agency(
            session, code="culture", activities=["internet_cafe"], by="tester", now=NOW, **names
        ).id
    officer = add_person(deployment, Role.INSPECTOR, areas=("310101",), agency_id=agency_id)

    tablet = tablet_of(app, deployment, admit(user_id=officer))

    assert (tablet.agency_id, tablet.scope.agency_id) == (agency_id, agency_id)
    assert tablet.scope.activities == frozenset({"internet_cafe"})
