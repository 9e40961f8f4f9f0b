"""Tablets come in with a code and a key of their own, once; and are refused when somebody says so."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import select, update

from backend.accounts.auth import Role
from backend.accounts.models import Device, EnrolmentCode, User
from backend.core.audit import AuditEntry
from tests.accounts.enrolling import TabletKey, enrol, text
from tests.intake.conftest import agency  # noqa: F401
from tests.people import add_person, desk_of

NOW = datetime.now(UTC)


@pytest.fixture
def supervisor(app, agency):  # noqa: F811
    return desk_of(app, Role.SUPERVISOR, areas=("310101",), agency_id=agency)


@pytest.fixture
def officer(deployment, agency):  # noqa: F811
    return add_person(deployment, Role.INSPECTOR, login="zhang", areas=("310101",), agency_id=agency)


@pytest.fixture
def code(supervisor, officer):
    """A code for a tablet of the officer."""
    return supervisor.post("/api/v1/device-enrolments", json={"name": "平板7", "user_id": officer}).json[
        "code"
    ]


def bring(app, said):
    return app.test_client().post("/tablet/enrolment", json=said)


def deeds(deployment):
    with deployment.reading() as session:
        return list(session.scalars(select(AuditEntry.deed).order_by(AuditEntry.seq)))


def test_a_tablet_of_an_officer_is_enrolled(app, deployment, code, officer, agency):  # noqa: F811
    key = TabletKey()

    answer = bring(app, key.says(code))

    assert answer.status_code == 201
    assert answer.json["device"]["user_id"] == officer
    assert answer.json["device"]["areas"] == ["310101"]
    with deployment.reading() as session:
        device = session.scalars(select(Device)).one()
    assert (device.public_key, device.agency_id, device.app_version) == (key.public, agency, "1.0.0")
    assert answer.json["token"].encode() not in device.token_hash
    assert answer.json["package_key"] == text(deployment.keys.package_public)
    assert deeds(deployment)[-3:] == ["device.offer", "device.add", "device.enrol"]


def test_the_token_opens_the_door_of_tablets(app, supervisor, officer):
    token = enrol(supervisor, app.test_client(), user_id=officer).json["token"]

    shown = {"Authorization": f"Bearer {token}"}

    assert app.test_client().head("/tablet/submission", headers=shown).status_code == 204
    assert app.test_client().head("/tablet/submission").status_code == 401


def test_a_code_is_long_typed_as_one_likes_and_kept_as_a_hash_only(app, deployment, code):
    plain = code.replace("-", "")

    assert len(set(plain) | set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")) == 32
    assert len(plain) * 5 >= 128
    with deployment.reading() as session:
        kept = session.scalars(select(EnrolmentCode)).one()
    assert plain not in repr(vars(kept))
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert bring(app, TabletKey().says(typed)).status_code == 201


def test_the_square_says_where_to_go_and_what_to_bring(supervisor, officer, settings):
    offered = supervisor.post("/api/v1/device-enrolments", json={"name": "平板7", "user_id": officer}).json
    parts = urlsplit(offered["qr_text"])

    assert offered["qr_text"].startswith(settings.public_url)
    assert (parts.path, parts.fragment) == ("/tablet/enrolment", offered["code"])
    assert parts.query == ""


def test_a_code_lets_one_tablet_in(app, code):
    bring(app, TabletKey().says(code))

    again = bring(app, TabletKey().says(code))

    assert (again.status_code, again.json["errors"]) == (403, {"enrolment_code": "used"})


def test_a_tablet_whose_answer_was_lost_asks_again_and_its_first_token_is_void(app, code):
    said = TabletKey().says(code)

    first, again = bring(app, said), bring(app, said)

    assert again.status_code == 201
    assert again.json["device"]["id"] == first.json["device"]["id"]
    statuses = [
        app.test_client()
        .head("/tablet/submission", headers={"Authorization": f"Bearer {answer.json['token']}"})
        .status_code
        for answer in (first, again)
    ]
    assert statuses == [401, 204]


def test_a_code_is_good_for_fifteen_minutes(app, deployment, code):
    with deployment.unit_of_work() as session:
        (offered,) = session.scalars(select(EnrolmentCode))
        assert offered.expires_at - offered.created_at == timedelta(minutes=15)
        session.execute(update(EnrolmentCode).values(expires_at=NOW))

    answer = bring(app, TabletKey().says(code))

    assert (answer.status_code, answer.json["errors"]) == (403, {"enrolment_code": "too_old"})


@pytest.mark.parametrize("other", ["", "X", "0000-0000-0000-0000-0000-0000-0000"])
def test_an_unknown_code_is_refused(app, code, other):
    answer = bring(app, TabletKey().says(other))

    assert (answer.status_code, answer.json["errors"]) == (403, {"enrolment_code": "unknown"})


def test_the_same_key_is_refused_under_another_code(app, supervisor, officer, deployment):
    key = TabletKey()
    enrol(supervisor, app.test_client(), key, user_id=officer)

    again = enrol(supervisor, app.test_client(), key, user_id=officer)

    assert (again.status_code, again.json["status"]) == (409, "device_key_known")
    with deployment.reading() as session:
        assert len(session.scalars(select(Device)).all()) == 1


def test_a_key_that_the_tablet_does_not_hold_is_refused(app, code):
    stolen, own = TabletKey(), TabletKey()

    for said in (
        own.says(code, public_key=text(stolen.public)),
        own.says(code, signature=text(own.sign(b"something else"))),
        own.says(code, signature=text(bytes(64))),
        own.says(code, signature=text(b"short")),
    ):
        answer = bring(app, said)
        assert (answer.status_code, answer.json["errors"]) == (422, {"signature": "not_of_this_key"})


def _spki(public):
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _compressed():
    spki = TabletKey().public
    head, x, y = spki[:-65], spki[-64:-32], spki[-32:]
    bits = bytes([2 + y[-1] % 2]) + x
    short = bytearray(head)
    short[1], short[-2] = short[1] - 32, short[-2] - 32
    return bytes(short) + bits


@pytest.mark.parametrize(
    ("spki", "fault"),
    [
        pytest.param(b"", "not_a_key", id="nothing"),
        pytest.param(b"\x30\x59" + bytes(89), "not_a_key", id="no key"),
        pytest.param(TabletKey().public[:-1] + b"\0", "not_a_key", id="a point beside the curve"),
        pytest.param(TabletKey().public[:-64] + bytes(64), "not_a_key", id="the origin"),
        pytest.param(_spki(ec.generate_private_key(ec.SECP384R1()).public_key()), "not_p256", id="P-384"),
        pytest.param(_spki(ec.generate_private_key(ec.SECP256K1()).public_key()), "not_p256", id="secp256k1"),
        pytest.param(_spki(ed25519.Ed25519PrivateKey.generate().public_key()), "not_p256", id="Ed25519"),
        pytest.param(_spki(rsa.generate_private_key(65537, 1024).public_key()), "not_p256", id="RSA"),
        pytest.param(_compressed(), "other_form", id="a compressed point"),
    ],
)
def test_other_keys_are_refused(app, code, spki, fault):
    answer = bring(app, TabletKey().says(code, public_key=text(spki)))

    assert (answer.status_code, answer.json["errors"]) == (422, {"public_key": fault})


@pytest.mark.parametrize("bad", [{"name": "张三 13800138000"}, {"public_key": "§"}, {"code": None}])
def test_what_cannot_be_read_is_refused_and_the_code_stays_good(app, code, bad):
    assert bring(app, TabletKey().says(code) | bad).status_code == 422
    assert bring(app, TabletKey().says(code)).status_code == 201


def test_strangers_send_little(app, code):
    assert bring(app, TabletKey().says(code, name="x" * 100_000)).status_code == 413


def test_a_code_is_taken_over_tls_or_from_this_machine_only(app, code):
    client, said = app.test_client(), TabletKey().says(code)

    far = client.post("/tablet/enrolment", json=said, environ_base={"REMOTE_ADDR": "203.0.113.9"})

    assert (far.status_code, far.json["status"]) == (403, "tls_needed")


def test_another_site_cannot_enrol_in_a_browsers_name(app, code):
    said = TabletKey().says(code)

    answer = app.test_client().post(
        "/tablet/enrolment", json=said, headers={"Origin": "https://evil.example"}
    )

    assert answer.status_code == 403


def test_a_supervisor_equips_only_officers_in_their_care(app, deployment, supervisor, agency):  # noqa: F811
    strangers = [
        add_person(deployment, Role.INSPECTOR, areas=("310104",), agency_id=agency),
        add_person(deployment, Role.INSPECTOR, areas=("310101",)),
        add_person(deployment, Role.ASSISTANT, areas=("310101",), agency_id=agency),
        999,
    ]

    for user_id in strangers:
        said = {"name": "平板7", "user_id": user_id}
        assert supervisor.post("/api/v1/device-enrolments", json=said).status_code == 403


def test_a_shared_tablet_has_areas_of_its_own_within_the_keepers(app, supervisor, agency):  # noqa: F811
    shared = enrol(supervisor, app.test_client(), areas=["310101002"])

    assert (shared.json["device"]["user_id"], shared.json["device"]["agency_id"]) == (None, agency)
    for said, status in (({"areas": ["310104"]}, 403), ({"areas": [""]}, 403), ({"areas": []}, 422)):
        body = {"name": "x"} | said
        assert supervisor.post("/api/v1/device-enrolments", json=body).status_code == status


def test_a_system_administrator_looks_after_all_agencies(app, supervisor, officer):
    enrol(supervisor, app.test_client(), user_id=officer)
    administrator = desk_of(app, Role.SYSTEM_ADMIN)

    assert [device["user_id"] for device in administrator.get("/api/v1/devices").json] == [officer]


def test_a_tablet_is_shown_to_its_keepers_only(app, deployment, supervisor, officer):
    enrol(supervisor, app.test_client(), user_id=officer)
    others = [
        desk_of(app, Role.SUPERVISOR, areas=("310104",)),
        desk_of(app, Role.SUPERVISOR, areas=("310101",)),
    ]

    assert supervisor.get("/api/v1/devices/1").json["state"] == "active"
    for other in others:
        assert other.get("/api/v1/devices").json == []
        assert other.get("/api/v1/devices/1").status_code == 404
        assert other.post("/api/v1/devices/1/revocation", json={"because": "lost"}).status_code == 404


def test_a_revoked_tablet_is_refused_at_once_and_stays_in_the_list(app, supervisor, officer, deployment):
    token = enrol(supervisor, app.test_client(), user_id=officer).json["token"]

    told = supervisor.post("/api/v1/devices/1/revocation", json={"because": "lost"}).json

    assert (told["state"], told["revoked_because"]) == ("revoked", "lost")
    shown = {"Authorization": f"Bearer {token}"}
    assert app.test_client().head("/tablet/submission", headers=shown).status_code == 401
    states = {
        state: len(supervisor.get(f"/api/v1/devices?state={state}").json) for state in ("active", "revoked")
    }
    assert states == {"active": 0, "revoked": 1}
    assert deeds(deployment)[-1] == "device.revoke"


def test_a_revoked_tablet_does_not_come_back_with_its_code(app, supervisor, code):
    said = TabletKey().says(code)
    bring(app, said)
    supervisor.post("/api/v1/devices/1/revocation", json={"because": "returned"})

    assert bring(app, said).json["errors"] == {"enrolment_code": "used"}


def test_an_officers_tablet_goes_where_the_officer_works_today(app, deployment, supervisor, officer):
    enrol(supervisor, app.test_client(), user_id=officer)
    with deployment.unit_of_work() as session:
        session.get_one(User, officer).areas[0].code = "310104"

    assert supervisor.get("/api/v1/devices").json == []
    administrator = desk_of(app, Role.SYSTEM_ADMIN)
    assert administrator.get("/api/v1/devices/1").json["areas"] == ["310104"]


def _at_once(app, bodies):
    with ThreadPoolExecutor(len(bodies)) as pool:
        return sorted(answer.status_code for answer in pool.map(partial(bring, app), bodies))


def test_of_many_tablets_that_bring_one_code_at_once_one_comes_in(app, deployment, code):
    assert _at_once(app, [TabletKey().says(code) for _ in range(5)]) == [201, 403, 403, 403, 403]
    with deployment.reading() as session:
        assert len(session.scalars(select(Device)).all()) == 1


def test_one_key_brought_with_many_codes_at_once_comes_in_once(app, supervisor, officer):
    key, said = TabletKey(), {"name": "平板7", "user_id": officer}
    codes = [supervisor.post("/api/v1/device-enrolments", json=said).json["code"] for _ in range(4)]

    assert _at_once(app, [key.says(code) for code in codes]) == [201, 409, 409, 409]
