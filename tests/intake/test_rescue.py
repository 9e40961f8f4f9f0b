"""Rescue files: refused as a whole, section by section, or taken as if they had come by the door."""

import json
from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.core.errors import Refusal
from backend.core.key_pairs import RescueKey
from backend.core.keys import Keys
from backend.intake.models import Envelope, RescueFile
from backend.intake.rescue_job import take_waiting
from backend.intake.upload_sweep import tend
from tests.accounts.enrolling import TabletKey
from tests.forms.samples import PHOTO, cafe_submission
from tests.intake.rescue_files import RescueMaker, bring, outcomes, rescue_maker, states, text
from tests.intake.tablet import SIGNATURES, file_all, just_now
from tests.intake.test_receive import NOTHING, kept, opened
from tests.people import add_person

PHOTO_BYTES = b"\xff\xd8 a face" * 30_000
XML = cafe_submission(instance_id="uuid:1", photos=[PHOTO])
MARK = b"a face"


@pytest.fixture
def maker(deployment, forms, inspector, agency) -> RescueMaker:
    """An outbox with one form and its photo."""
    made = rescue_maker(deployment, user_id=inspector, agency_id=agency)
    made.add("submission", XML)
    made.add("attachment", PHOTO_BYTES, name="front.jpg")
    return made


def on_disk(deployment):
    files = (path for path in deployment.files.root.rglob("*") if path.is_file())
    return b"".join(path.read_bytes() for path in files)


def broken(maker, how):
    packed = maker.pack()
    line, _, rest = packed.partition(b"\n")
    head = json.loads(line)
    manifest = b64decode(head["manifest"])
    if how == "other content":
        head["manifest"] = text(manifest.replace(b"front.jpg", b"other.jpg"))
    if how == "no domain":
        head["signature"] = text(maker.key.sign(manifest))
    if how == "another key":
        head["signature"] = text(TabletKey().sign(b"humiao-rescue-v1\n" + manifest))
    if how == "short signature":
        head["signature"] = text(b"\0" * 63)
    return json.dumps(head).encode() + b"\n" + rest


@pytest.mark.parametrize("how", ["other content", "no domain", "another key", "short signature"])
def test_what_the_tablet_did_not_sign_is_refused_as_a_whole(deployment, maker, how):
    with pytest.raises(Refusal) as refused:
        bring(deployment, broken(maker, how))

    assert refused.value.data == {"reason": "signature_invalid"}
    assert (kept(deployment), states(deployment)) == (NOTHING, [])


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        pytest.param({"format": 2}, "format_unknown", id="another format"),
        pytest.param({"key_id": "0" * 16}, "other_deployment", id="another key"),
        pytest.param({"key_id": "../../x"}, "manifest_unreadable", id="a path as key"),
        pytest.param({"id": "1"}, "manifest_unreadable", id="no UUID"),
        pytest.param({"device_id": True}, "manifest_unreadable", id="no number"),
        pytest.param({"device_id": 2**40}, "manifest_unreadable", id="a number that no column holds"),
        pytest.param({"made_at": "2026-11-20T02:30:00"}, "manifest_unreadable", id="no time zone"),
        pytest.param({"visits": []}, "manifest_unreadable", id="visits that are not there"),
        pytest.param({"sections": {"a": 1}}, "manifest_unreadable", id="no list"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_refused_as_a_whole(deployment, maker, said, reason):
    with pytest.raises(Refusal) as refused:
        bring(deployment, maker.pack(**said))

    assert refused.value.data == {"reason": reason}
    assert (kept(deployment), states(deployment)) == (NOTHING, [])


@pytest.mark.parametrize(
    "said",
    [
        {"bytes": 0}, {"bytes": -5}, {"bytes": "5"}, {"bytes": 1.5}, {"sha256": "x" * 64}, {"visit": 1},
        {"visit": -1}, {"kind": "program"}, {"instance_id": "甲"}, {"instance_id": "../x"}, {"name": 7},
    ],
)  # fmt: skip
def test_a_section_described_wrongly_makes_the_manifest_unreadable(deployment, maker, said):
    maker.manifest["sections"][1] |= said

    with pytest.raises(Refusal) as refused:
        bring(deployment, maker.pack())

    assert refused.value.data == {"reason": "manifest_unreadable"}
    assert (kept(deployment), states(deployment)) == (NOTHING, [])


@pytest.mark.parametrize("packed", [b"", b"{}", b"\n", b"[]\n", b"PK\x03\x04" * 99, b'{"manifest": 7}\n'])
def test_what_is_no_rescue_file_is_refused(deployment, packed):
    with pytest.raises(Refusal) as refused:
        bring(deployment, packed)

    assert refused.value.data == {"reason": "no_rescue_file"}


def test_a_file_for_another_deployment_is_refused(deployment, maker, tmp_path):
    maker.public = Keys.create(tmp_path / "others").newest_rescue.public

    with pytest.raises(Refusal) as refused:
        bring(deployment, maker.pack(key_id=RescueMaker(maker.public, 1, maker.key).manifest["key_id"]))

    assert refused.value.data == {"reason": "other_deployment"}


@pytest.mark.parametrize(
    ("named", "outcome"),
    [
        ("older", ("taken", None)),
        ("newest", ("refused", "key_does_not_open")),
        ("0" * 16, ("refused", "key_does_not_open")),
    ],
)
def test_a_visit_that_began_before_the_key_was_changed_names_its_own(deployment, maker, named, outcome):
    number = Keys.add_root(deployment.settings.keys)
    newest = RescueKey(Keys.read(deployment.settings.keys).rescues[number]).id
    older = maker.manifest["key_id"]
    maker.manifest["visits"][0]["key_id"] = {"older": older, "newest": newest}.get(named, named)

    bring(deployment, maker.pack(key_id=newest))

    assert outcomes(deployment)[0] == outcome


def test_more_than_was_signed_is_refused(deployment, maker):
    with pytest.raises(Refusal) as refused:
        bring(deployment, maker.pack() + b"x")

    assert refused.value.data == {"reason": "longer_than_signed"}
    assert (kept(deployment), states(deployment)) == (NOTHING, [])


@pytest.mark.parametrize(
    ("limit", "value", "part"),
    [
        ("max_rescue_manifest_bytes", 100, "manifest"),
        ("max_rescue_sections", 1, "sections"),
        ("max_rescue_bytes", 100_000, "file"),
    ],
)
def test_a_file_beyond_its_limits_is_refused(deployment, maker, limit, value, part):
    deployment.settings = replace(deployment.settings, **{limit: value})

    with pytest.raises(Refusal) as refused:
        bring(deployment, maker.pack())

    assert refused.value.data == {"part": part, "limit": value}
    assert (kept(deployment), states(deployment)) == (NOTHING, [])


def test_a_huge_length_is_not_believed(deployment, maker):
    maker.manifest["sections"][1]["bytes"] = 2**52

    with pytest.raises(Refusal) as refused:
        bring(deployment, maker.pack())

    assert refused.value.data["part"] == "file"


def test_what_is_whole_is_taken_as_if_it_had_come_by_the_door(deployment, maker, inspector, agency):
    bring(deployment, maker.pack())

    assert states(deployment) == ["taken"]
    assert outcomes(deployment) == [("taken", None), ("taken", None)]
    assert opened(deployment) == ({"uuid:1": XML}, {"front.jpg": PHOTO_BYTES})
    assert len(kept(deployment)[2]) == 1  # the file itself is gone
    with deployment.reading() as session:
        envelope = session.scalars(select(Envelope)).one()
        assert (envelope.user_id, envelope.agency_id, envelope.device_id) == (inspector, agency, 1)
        assert (envelope.signed, envelope.is_rescued) == ("valid", True)


def test_the_file_taken_again_changes_nothing(deployment, maker):
    first = bring(deployment, maker.pack())
    before = kept(deployment), outcomes(deployment)

    assert bring(deployment, maker.pack()) == first
    assert (kept(deployment), outcomes(deployment)) == before


@pytest.mark.parametrize("is_cut_off", [False, True])
def test_a_file_whose_removal_was_cut_short_leaves_the_disk_later(deployment, maker, monkeypatch, is_cut_off):
    """The kill comes between the commit and the disk, of the file itself or of a worse copy of it."""
    if is_cut_off:
        bring(deployment, maker.pack()[:-1000])
    with monkeypatch.context() as patched:
        patched.setattr(deployment.files, "remove", lambda name: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bring(deployment, maker.pack())
    assert len(kept(deployment)[2]) == 2

    while take_waiting(deployment):
        pass
    tend(deployment, datetime.now(UTC))

    assert states(deployment) == ["taken"]
    assert len(kept(deployment)[2]) == 1


def test_another_file_under_the_same_id_is_refused(deployment, maker):
    bring(deployment, maker.pack())
    maker.add("submission", cafe_submission(instance_id="uuid:2"), "uuid:2")

    with pytest.raises(Refusal) as refused:
        bring(deployment, maker.pack())

    assert refused.value.status == "rescue_changed"


def test_what_had_come_by_the_door_is_there_already(deployment, maker, tablet):
    tablet.send(XML, {"front.jpg": PHOTO_BYTES})

    bring(deployment, maker.pack())

    assert outcomes(deployment) == [("there", None), ("there", None)]


def test_attachments_alone_complete_what_was_sent(deployment, tablet, inspector, agency):
    tablet.send(XML)
    maker = rescue_maker(deployment, user_id=inspector, agency_id=agency)
    maker.add("attachment", PHOTO_BYTES, name="front.jpg")

    bring(deployment, maker.pack())

    assert outcomes(deployment) == [("taken", None)]
    assert opened(deployment)[1] == {"front.jpg": PHOTO_BYTES}


def test_attachments_do_not_get_into_the_forms_of_others(deployment, tablet, agency):
    tablet.send(XML)
    other = add_person(deployment, Role.INSPECTOR, agency_id=agency, areas=("310101",))
    maker = rescue_maker(deployment, user_id=other, agency_id=agency)
    maker.add("attachment", PHOTO_BYTES, name="front.jpg")

    bring(deployment, maker.pack())

    assert outcomes(deployment) == [("refused", "no_submission")]
    assert opened(deployment)[1] == {}


def test_tablets_of_one_shelf_do_not_get_into_the_forms_of_each_other(deployment, forms, agency):
    first, second = (rescue_maker(deployment, agency_id=agency) for _ in range(2))
    first.add("submission", XML)
    second.add("attachment", PHOTO_BYTES, name="front.jpg")

    for maker in (first, second):
        bring(deployment, maker.pack())

    assert outcomes(deployment) == [("taken", None), ("refused", "no_submission")]


def test_other_content_under_a_known_name_is_refused_and_the_rest_is_taken(deployment, maker, tablet):
    tablet.send(XML, {"front.jpg": b"another photo"})
    maker.add("submission", cafe_submission(instance_id="uuid:2"), "uuid:2")

    bring(deployment, maker.pack())

    assert states(deployment) == ["partly"]
    assert outcomes(deployment) == [("there", None), ("refused", "attachment_changed"), ("taken", None)]


def flip(packed, at):
    return packed[:at] + bytes([packed[at] ^ 1]) + packed[at + 1 :]


def test_a_flipped_bit_costs_one_section_and_another_copy_brings_it(deployment, maker):
    packed = maker.pack()

    first = bring(deployment, flip(packed, len(packed) - 40_000))
    assert outcomes(deployment) == [("taken", None), ("refused", "hash_differs")]
    assert states(deployment) == ["partly"]
    assert opened(deployment)[1] == {}

    assert bring(deployment, packed) == first
    assert outcomes(deployment) == [("taken", None), ("taken", None)]
    assert opened(deployment)[1] == {"front.jpg": PHOTO_BYTES}
    assert len(kept(deployment)[2]) == 1


@pytest.mark.parametrize("left", [1, 1000, 200_000])
def test_of_a_file_that_was_cut_off_the_whole_sections_are_taken(deployment, maker, left):
    bring(deployment, maker.pack()[:-left])

    assert outcomes(deployment) == [("taken", None), ("refused", "cut_off")]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        pytest.param({"sha256": "0" * 64}, "hash_differs", id="hash of the sealed bytes"),
        pytest.param({"content_sha256": "0" * 64}, "content_differs", id="hash of the content"),
        pytest.param({"name": "back.jpg"}, "cannot_be_opened", id="another name"),
        pytest.param({"instance_id": "uuid:2"}, "no_submission", id="of no form"),
        pytest.param({"name": "../front.jpg"}, "name_not_allowed", id="a path"),
        pytest.param({"name": "xml"}, "name_not_allowed", id="the place of the form"),
    ],
)
def test_a_section_that_is_not_as_described_is_refused_alone(deployment, maker, said, reason):
    maker.manifest["sections"][1] |= said

    bring(deployment, maker.pack())

    assert outcomes(deployment) == [("taken", None), ("refused", reason)]
    assert opened(deployment)[1] == {}


@pytest.mark.parametrize("wrapped", [b"short", b"\4" + b"\0" * 112])
def test_a_key_that_does_not_open_costs_its_visit_alone(deployment, maker, wrapped):
    maker.add("submission", cafe_submission(instance_id="uuid:2"), "uuid:2")
    maker.manifest["visits"][0]["wrapped"] = text(wrapped)

    bring(deployment, maker.pack())

    assert outcomes(deployment) == [
        ("refused", "key_does_not_open"), ("refused", "no_submission"), ("taken", None),
    ]  # fmt: skip


def test_a_key_of_another_visit_does_not_open(deployment, maker):
    maker.manifest["visits"][0]["visit"] = "uuid:2"

    bring(deployment, maker.pack())

    assert outcomes(deployment)[0] == ("refused", "key_does_not_open")


@pytest.mark.parametrize(
    ("xml", "reason"),
    [(cafe_submission(instance_id="uuid:9"), "another_instance"), (b"<data", "not_xml"), (b"", "not_xml")],
)
def test_a_form_that_could_not_have_come_by_the_door_is_refused(
    deployment, forms, inspector, agency, xml, reason
):
    maker = rescue_maker(deployment, user_id=inspector, agency_id=agency)
    maker.add("submission", xml)

    bring(deployment, maker.pack())

    assert outcomes(deployment) == [("refused", reason)]


@pytest.mark.parametrize(
    ("kind", "limit"), [("submission", "max_xml_bytes"), ("attachment", "max_upload_bytes")]
)
def test_a_section_beyond_the_limits_of_the_door_is_refused(deployment, maker, kind, limit):
    deployment.settings = replace(deployment.settings, **{limit: 1000})

    bring(deployment, maker.pack())

    assert ("refused", "too_large") in outcomes(deployment)


def test_drafts_are_kept_sealed_and_filed_nowhere(deployment, maker):
    maker.add("draft", b"<data>half a form", "uuid:3")
    maker.add("attachment", b"its photo", "uuid:3", "draft.jpg")

    bring(deployment, maker.pack())

    assert states(deployment) == ["taken"]
    assert outcomes(deployment)[2:] == [("draft", None), ("draft", None)]
    assert opened(deployment)[0].keys() == {"uuid:1"}
    with deployment.reading() as session:
        assert session.scalars(select(RescueFile)).one().stored is not None


def test_nothing_in_the_clear_reaches_the_disk(deployment, maker, caplog):
    maker.add("draft", b"half a form about " + MARK, "uuid:3")

    bring(deployment, flip(maker.pack(), -5))

    assert MARK not in on_disk(deployment)
    assert b"front.jpg" not in on_disk(deployment)
    assert "front.jpg" not in caplog.text


@pytest.mark.parametrize("state", ["revoked", "expired", "unknown", "closed"])
def test_a_file_of_a_tablet_that_is_not_let_in_waits_for_somebody(deployment, maker, state, inspector):
    set_aside(deployment, maker, inspector, state)

    bring(deployment, maker.pack())

    assert (states(deployment), outcomes(deployment)) == (["quarantined"], [])
    with deployment.reading() as session:
        row = session.scalars(select(RescueFile)).one()
        assert (row.quarantine, row.submissions, row.attachments) == (state, 1, 1)
        assert list(session.scalars(select(Envelope))) == []
    assert MARK not in on_disk(deployment)
    bring(deployment, maker.pack())
    assert states(deployment) == ["quarantined"]


def set_aside(deployment, maker, inspector, state):
    """Make the tablet one that is not let in."""
    from backend.accounts.models import Device, User

    now = datetime.now(UTC)
    with deployment.unit_of_work() as session:
        device = session.get_one(Device, maker.manifest["device_id"])
        if state == "revoked":
            device.revoked_at = now
        elif state == "expired":
            device.expires_at = now - timedelta(seconds=1)
        elif state == "closed":
            session.get_one(User, inspector).active = False
        else:
            maker.manifest["device_id"] = 999


def test_a_revoked_tablet_proves_itself_all_the_same(deployment, maker, inspector):
    set_aside(deployment, maker, inspector, "revoked")

    with pytest.raises(Refusal):
        bring(deployment, broken(maker, "another key"))

    assert states(deployment) == []


def test_a_visit_is_filed_from_a_rescue_file_without_a_word_on_the_clock(
    deployment, forms, inspector, agency
):
    maker = rescue_maker(deployment, user_id=inspector, agency_id=agency)
    maker.add("submission", just_now(instance_id="uuid:1"))
    for name, content in SIGNATURES.items():
        maker.add("attachment", content, name=name)
    a_day_ago = (datetime.now(UTC) - timedelta(days=1)).isoformat()

    bring(deployment, maker.pack(made_at=a_day_ago))
    file_all(deployment)

    from backend.inspections.models import VisitFlag

    with deployment.reading() as session:
        codes = set(session.scalars(select(VisitFlag.code)))
    assert "clock_skew" not in codes
    assert codes.isdisjoint({"signature_absent", "signature_invalid"})
