"""Rescue files by the doors: sent by the tablet itself, decided by supervisors, asked after by hash."""

import hashlib
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from io import BytesIO
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.accounts.device_keys import is_signed
from backend.accounts.models import Device
from backend.core.audit import AuditEntry
from backend.inspections.models import VisitFlag
from backend.intake import rescue, rescue_job, upload_sweep
from backend.intake.models import Envelope, RescueFile
from tests.accounts.enrolling import TabletKey, add_tablet
from tests.forms.samples import PHOTO, cafe_submission
from tests.intake.rescue_files import RescueMaker, bring, key_id_of, outcomes, sha256, states
from tests.intake.tablet import basic, file_all, just_now
from tests.intake.test_receive import opened
from tests.people import desk_of

PHOTO_BYTES = b"\xff\xd8 a face" * 30_000
XML = cafe_submission(instance_id="uuid:1", photos=[PHOTO])
REASON = {"reason": "平板已找回，由本人交来"}


@pytest.fixture
def sender(app, deployment, forms, inspector, agency):
    """An enrolled tablet with its outbox."""
    key = TabletKey()
    device_id, token = add_tablet(deployment, user_id=inspector, agency_id=agency, public_key=key.public)
    maker = RescueMaker(deployment.keys.newest_rescue.public, device_id, key)
    maker.add("submission", XML)
    maker.add("attachment", PHOTO_BYTES, name="front.jpg")
    shown = {"Authorization": f"Bearer {token}"}
    return SimpleNamespace(client=app.test_client(), shown=shown, maker=maker, device_id=device_id)


def send(sender, packed, rescue_id=None, base="/tablet", **headers):
    """By tus, in two pieces; the answer to the last request."""
    rescue_id = rescue_id or sender.maker.manifest["id"]
    told = sender.shown | {"Tus-Resumable": "1.0.0"} | headers
    named = {"Upload-Metadata": f"rescue {b64encode(rescue_id.encode()).decode()}"}
    begun = sender.client.post(f"{base}/uploads", headers=told | named | {"Upload-Length": str(len(packed))})
    if begun.status_code != 201:
        return begun
    told |= {"Content-Type": "application/offset+octet-stream"}
    for at, piece in ((0, packed[:5000]), (5000, packed[5000:])):
        answer = sender.client.patch(
            begun.headers["Location"], data=piece, headers=told | {"Upload-Offset": str(at)}
        )
    return answer


def ask(sender, rescue_id=None):
    rescue_id = rescue_id or sender.maker.manifest["id"]
    return sender.client.get(f"/api/v1/rescue/{rescue_id}", headers=sender.shown)


def take_all(deployment):
    while rescue_job.take_waiting(deployment):
        pass
    upload_sweep.tend(deployment, datetime.now(UTC))


def revoke(deployment, device_id):
    with deployment.unit_of_work() as session:
        session.get_one(Device, device_id).revoked_at = datetime.now(UTC)


@pytest.mark.parametrize("rescue_id", ["uuid:1", "../x", "7D444840-9DC0-11D1-B245-5FFDCE74FAD2"])
def test_a_rescue_file_is_sent_under_its_uuid(sender, rescue_id):
    assert send(sender, sender.maker.pack(), rescue_id).status_code == 400


def test_odk_collect_sends_no_rescue_files(sender, deployment):
    refused = send(sender, sender.maker.pack(), base="/openrosa", **basic("inspector"))

    assert refused.status_code == 400
    assert "not_an_enrolled_tablet" in refused.text


def test_a_revoked_tablet_sends_none(sender, deployment):
    revoke(deployment, sender.device_id)

    assert send(sender, sender.maker.pack()).status_code == 401


def test_a_tablet_has_few_rescue_files_under_way_at_once(sender, deployment):
    ids = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(9)]

    answers = [send(sender, sender.maker.pack(), rescue_id).status_code for rescue_id in ids]

    assert answers == [204] * 8 + [429]


def test_what_a_tablet_sent_is_taken_and_it_hears_of_each_section(sender, deployment):
    assert send(sender, sender.maker.pack()).status_code == 204
    assert (ask(sender).json["state"], ask(sender).json["sections"]) == ("received", [])

    take_all(deployment)

    told = ask(sender).json
    assert (told["state"], told["reason"]) == ("taken", None)
    listed = sender.maker.manifest["sections"]
    assert [(one["sha256"], one["content_sha256"], one["outcome"]) for one in told["sections"]] == [
        (one["sha256"], one["content_sha256"], "taken") for one in listed
    ]
    assert opened(deployment) == ({"uuid:1": XML}, {"front.jpg": PHOTO_BYTES})
    stored = [path for path in deployment.files.root.rglob("*") if path.is_file()]
    assert len(stored) == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(lambda maker: maker.pack()[:-10] + b"x" * 20, "longer_than_signed", id="too long"),
        *(
            pytest.param(lambda maker, at=at: maker.pack(made_at=at), "manifest_unreadable", id=at)
            for at in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:00-12:00")
        ),
        pytest.param(lambda maker: b"nothing of the kind", "no_rescue_file", id="another file"),
        pytest.param(
            lambda maker: maker.pack(id="00000000-0000-4000-8000-000000000000"), "another_id", id="other id"
        ),
    ],
)
def test_a_tablet_hears_why_its_file_was_refused_as_a_whole(sender, deployment, change, reason):
    send(sender, change(sender.maker))

    take_all(deployment)

    assert (ask(sender).json["state"], ask(sender).json["reason"]) == ("refused", reason)
    assert states(deployment) == []
    assert [path for path in deployment.files.root.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda path: path.unlink(), id="gone"),
        pytest.param(lambda path: path.write_bytes(b"HMS1" + bytes(500)), id="overwritten"),
    ],
)
def test_a_file_that_the_disk_lost_holds_up_no_other_and_another_copy_heals_it(sender, deployment, spoil):
    packed = sender.maker.pack()
    by, now = rescue.Bringer("tester"), datetime.now(UTC)
    rescue.bring(deployment, BytesIO(packed), by=by, now=now)
    (path,) = [path for path in deployment.files.root.rglob("*") if path.is_file()]
    spoil(path)

    take_all(deployment)
    assert (states(deployment), outcomes(deployment)) == (["partly"], [])

    rescue.bring(deployment, BytesIO(packed), by=by, now=now)
    take_all(deployment)
    assert states(deployment) == ["taken"]


def test_a_tablet_hears_that_the_file_of_its_former_self_waits(sender, deployment, inspector):
    key = TabletKey()
    former, _ = add_tablet(deployment, user_id=inspector, public_key=key.public)
    revoke(deployment, former)
    maker = sender.maker
    maker.key = key
    send(sender, maker.pack(device_id=former))

    take_all(deployment)

    assert (ask(sender).json["state"], ask(sender).json["reason"]) == ("quarantined", "revoked")


def test_nobody_elses_file_is_told_of(sender, deployment, app, agency):
    send(sender, sender.maker.pack())
    take_all(deployment)
    _, token = add_tablet(deployment, agency_id=agency)

    stranger = app.test_client().get(
        f"/api/v1/rescue/{sender.maker.manifest['id']}", headers={"Authorization": f"Bearer {token}"}
    )

    assert stranger.status_code == 404


def test_a_tablet_asks_what_is_held_of_its_form(sender, deployment, app, agency):
    assert sender.client.get("/tablet/submissions/uuid:1", headers=sender.shown).status_code == 404
    bring(deployment, sender.maker.pack())
    _, token = add_tablet(deployment, agency_id=agency)

    held = sender.client.get("/tablet/submissions/uuid:1", headers=sender.shown).json
    stranger = {"Authorization": f"Bearer {token}"}

    assert held["xml_sha256"] == sha256(XML)
    photo = {"name": "front.jpg", "size": len(PHOTO_BYTES), "sha256": sha256(PHOTO_BYTES)}
    assert held["files"] == [photo]
    assert sender.client.get("/tablet/submissions/uuid:1", headers=stranger).status_code == 404


def test_the_key_for_rescue_files_is_signed_with_the_key_of_packages(app, deployment):
    said = app.test_client().get("/api/v1/rescue/key").json

    public, signature = b64decode(said["public_key"]), b64decode(said["signature"])
    assert public == deployment.keys.newest_rescue.public
    assert said["key_id"] == key_id_of(public) == hashlib.sha256(public).hexdigest()[:16]
    assert is_signed(deployment.keys.package_public, signature, b"humiao-rescue-key-v1\n" + public)


@pytest.fixture
def people(app, agency):
    return lambda role, **columns: desk_of(
        app, role, **({"areas": ("310101",), "agency_id": agency} | columns)
    )


@pytest.fixture
def quarantined(sender, deployment):
    """The file of a tablet that was revoked meanwhile."""
    revoke(deployment, sender.device_id)
    return bring(deployment, sender.maker.pack())


def test_quarantine_is_listed_to_its_supervisors_without_content(people, quarantined):
    listed = people(Role.SUPERVISOR).get("/api/v1/intake/rescue-files?state=quarantined")

    (row,) = listed.json
    assert (row["quarantine"], row["submissions"], row["attachments"]) == ("revoked", 1, 1)
    assert "front.jpg" not in listed.text
    for more in ({"areas": ("310104",)}, {"agency_id": None}):
        stranger = people(Role.SUPERVISOR, **more)
        assert stranger.get("/api/v1/intake/rescue-files").json == []
        for address in ("", "/sections"):
            assert stranger.get(f"/api/v1/intake/rescue-files/1{address}").status_code == 404
        for deed in ("release", "refusal"):
            assert stranger.post(f"/api/v1/intake/rescue-files/1/{deed}", json=REASON).status_code == 404
    administrator = people(Role.SYSTEM_ADMIN, agency_id=None, areas=("",))
    assert len(administrator.get("/api/v1/intake/rescue-files").json) == 1


def test_what_is_released_is_filed_as_the_tablets(people, deployment, quarantined, inspector):
    desk = people(Role.SUPERVISOR)
    assert desk.post("/api/v1/intake/rescue-files/1/release", json={}).status_code == 422

    assert desk.post("/api/v1/intake/rescue-files/1/release", json=REASON).json["state"] == "received"
    take_all(deployment)

    assert outcomes(deployment) == [("taken", None), ("taken", None)]
    assert desk.post("/api/v1/intake/rescue-files/1/refusal", json=REASON).status_code == 409
    assert [one["outcome"] for one in desk.get("/api/v1/intake/rescue-files/1/sections").json] == [
        "taken"
    ] * 2
    with deployment.reading() as session:
        assert session.scalars(select(Envelope)).one().user_id == inspector
        deeds = session.scalars(select(AuditEntry.deed).where(AuditEntry.subject == "rescue:1"))
        assert list(deeds) == ["rescue.bring", "rescue.release", "rescue.take"]


def test_what_is_refused_stays_sealed_and_is_never_taken(people, deployment, sender, quarantined):
    desk = people(Role.SUPERVISOR)
    desk.post("/api/v1/intake/rescue-files/1/refusal", json=REASON)

    bring(deployment, sender.maker.pack())
    take_all(deployment)

    assert (states(deployment), outcomes(deployment)) == (["refused"], [])
    assert desk.post("/api/v1/intake/rescue-files/1/release", json=REASON).status_code == 409
    with deployment.reading() as session:
        row = session.scalars(select(RescueFile)).one()
        assert (row.decision_reason, row.stored is not None) == (REASON["reason"], True)


def test_for_an_unknown_tablet_a_supervisor_answers(people, deployment, sender, agency):
    sender.maker.manifest["device_id"] = 999
    sender.maker.add("submission", just_now(instance_id="uuid:2"), "uuid:2")
    bring(deployment, sender.maker.pack())
    desk, administrator = people(Role.SUPERVISOR), people(Role.SYSTEM_ADMIN, agency_id=None, areas=("",))
    assert desk.get("/api/v1/intake/rescue-files").json == []
    release = "/api/v1/intake/rescue-files/1/release"
    assert administrator.post(release, json=REASON).status_code == 403

    bring(deployment, sender.maker.pack(), actor="tester", agency_id=agency, area_code="310101")
    assert desk.post(release, json=REASON).status_code == 200
    take_all(deployment)
    file_all(deployment)

    with deployment.reading() as session:
        envelope = session.scalars(select(Envelope).filter_by(instance_id="uuid:2")).one()
        assert (envelope.device_id, envelope.agency_id, envelope.signed) == (None, agency, "invalid")
        assert "signature_invalid" in set(session.scalars(select(VisitFlag.code)))


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.COORDINATOR, Role.AUDITOR])
def test_nobody_else_decides(people, quarantined, role):
    assert people(role).get("/api/v1/intake/rescue-files").status_code == 403
    assert people(role).post("/api/v1/intake/rescue-files/1/release", json=REASON).status_code == 403
