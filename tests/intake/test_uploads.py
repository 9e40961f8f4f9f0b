"""Attachments by resumable upload: each sender their own, exact offsets, sealed, into the right envelope."""

import hashlib
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from backend.accounts.auth import Role
from backend.core.sealed import VisitKeyRow
from backend.intake import upload_sweep
from backend.intake.models import EnvelopeFile, Upload, UploadState
from tests.accounts.enrolling import add_tablet
from tests.forms.samples import PHOTO, cafe_submission
from tests.intake.tablet import basic
from tests.intake.test_receive import kept, opened
from tests.people import add_person

PHOTO_BYTES = b"\xff\xd8 a face" * 60_000
XML = cafe_submission(instance_id="uuid:1", photos=[PHOTO])
PIECE = {"Content-Type": "application/offset+octet-stream"}


class Sender:
    """Speaks tus to one door."""

    def __init__(self, app, headers, base="/openrosa"):
        self.client, self.headers, self.base = app.test_client(), headers | {"Tus-Resumable": "1.0.0"}, base

    def begin(self, content=PHOTO_BYTES, name="front.jpg", instance="uuid:1", **headers):
        said = ",".join(f"{k} {b64encode(v.encode()).decode()}" for k, v in
                        (("instanceID", instance), ("filename", name)))  # fmt: skip
        told = {"Upload-Length": str(len(content)), "Upload-Metadata": said}
        return self.client.post(f"{self.base}/uploads", headers=self.headers | told | headers)

    def patch(self, where, data, offset=0, **headers):
        told = self.headers | PIECE | {"Upload-Offset": str(offset)} | headers
        return self.client.patch(where, data=data, headers=told)

    def head(self, where):
        return self.client.head(where, headers=self.headers)

    def send(self, content=PHOTO_BYTES, **said):
        where = self.begin(content, **said).headers["Location"]
        return where, self.patch(where, content)


@pytest.fixture
def sender(app, forms, inspector):
    return Sender(app, basic("inspector"))


def states(deployment):
    with deployment.reading() as session:
        return list(session.scalars(select(Upload.state).order_by(Upload.id)))


def test_the_door_says_what_it_understands(sender):
    told = sender.client.options("/openrosa/uploads", headers=sender.headers)

    assert told.status_code == 204
    assert told.headers["Tus-Version"] == "1.0.0"
    assert told.headers["Tus-Extension"] == "creation,expiration,checksum"
    assert told.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        pytest.param({"Tus-Resumable": "0.2.2"}, 412, id="another version"),
        pytest.param({"Upload-Length": str(2**40)}, 413, id="too large"),
        pytest.param({"Upload-Length": "-1"}, 400, id="no length"),
        pytest.param({"Upload-Defer-Length": "1"}, 400, id="length later"),
        pytest.param({"Upload-Metadata": "instanceID =="}, 400, id="no metadata"),
        pytest.param({"Authorization": "Basic eA=="}, 401, id="nobody"),
    ],
)
def test_what_is_no_upload_is_refused_and_leaves_nothing(sender, deployment, headers, code):
    refused = sender.begin(**headers)

    assert refused.status_code == code
    assert refused.headers["Tus-Resumable"] == "1.0.0"
    assert states(deployment) == []


@pytest.mark.parametrize(("name", "instance"), [("../x", "uuid:1"), ("a.jpg", "甲"), ("a.jpg", "")])
def test_names_are_held_to_the_rules_of_multipart(sender, name, instance):
    assert sender.begin(name=name, instance=instance).status_code == 400


def test_pieces_go_on_where_the_last_one_ended(sender, deployment):
    where = sender.begin().headers["Location"]

    first = sender.patch(where, PHOTO_BYTES[:100_000])
    head = sender.head(where)
    rest = sender.patch(where, PHOTO_BYTES[100_000:], 100_000)

    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "100000")
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == ("100000", str(len(PHOTO_BYTES)))
    assert (head.headers["Cache-Control"], "filename" in head.headers["Upload-Metadata"]) == (
        "no-store",
        True,
    )
    assert "Upload-Expires" in head.headers
    assert rest.headers["Upload-Offset"] == str(len(PHOTO_BYTES))
    assert sender.head(where).headers["Upload-Offset"] == str(len(PHOTO_BYTES))
    assert states(deployment) == [UploadState.WAITING]


@pytest.mark.parametrize(
    ("offset", "headers", "code"),
    [
        pytest.param(7, {}, 409, id="from another place"),
        pytest.param(0, {"Content-Type": "text/plain"}, 415, id="another kind"),
        pytest.param(0, {"Upload-Checksum": "md5 AAAA"}, 400, id="unknown checksum"),
        pytest.param(0, {"Upload-Checksum": "sha1 AAAA"}, 460, id="wrong checksum"),
        pytest.param(0, {"Tus-Resumable": ""}, 412, id="no version"),
    ],
)
def test_a_piece_that_does_not_fit_changes_nothing(sender, offset, headers, code):
    where = sender.begin().headers["Location"]

    assert sender.patch(where, b"x" * 1000, offset, **headers).status_code == code
    assert sender.head(where).headers["Upload-Offset"] == "0"


def test_more_than_was_announced_is_refused(sender):
    where = sender.begin(b"1234").headers["Location"]

    assert sender.patch(where, b"12345").status_code == 413


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_checksum_is_held_against_the_piece(sender, deployment, algorithm):
    where = sender.begin().headers["Location"]
    sum_of = b64encode(hashlib.new(algorithm, PHOTO_BYTES).digest()).decode()

    taken = sender.patch(where, PHOTO_BYTES, **{"Upload-Checksum": f"{algorithm} {sum_of}"})

    assert (taken.status_code, states(deployment)) == (204, [UploadState.WAITING])


def test_an_upload_of_somebody_else_is_not_there(app, sender, deployment, agency):
    add_person(deployment, Role.INSPECTOR, login="other", agency_id=agency)
    _, token = add_tablet(deployment, agency_id=agency)
    where = sender.begin().headers["Location"]

    others = [
        Sender(app, basic("other")),
        Sender(app, {"Authorization": f"Bearer {token}"}, "/tablet"),
    ]
    for other in others:
        path = other.base + "/uploads/" + where.rsplit("/", 1)[1]
        assert (other.head(path).status_code, other.patch(path, b"x").status_code) == (404, 404)


@pytest.mark.parametrize("first", ["form", "file"])
def test_the_file_joins_its_form_whichever_comes_first(tablet, sender, deployment, first):
    if first == "form":
        tablet.send(XML)
        sender.send()
    else:
        sender.send()
        tablet.send(XML)

    assert states(deployment) == [UploadState.KEPT]
    assert opened(deployment)[1] == {"front.jpg": PHOTO_BYTES}
    _, named, on_disk = kept(deployment)
    assert named == on_disk


def test_other_bytes_under_the_same_name_are_refused(tablet, sender, deployment):
    tablet.send(XML, {"front.jpg": b"first"})

    where, answer = sender.send()
    upload_sweep.tend(deployment, datetime.now(UTC))

    assert (answer.status_code, sender.head(where).status_code) == (409, 409)
    assert opened(deployment)[1] == {"front.jpg": b"first"}
    assert len(kept(deployment)[2]) == 1


def test_the_same_bytes_again_are_a_success(tablet, sender, deployment):
    tablet.send(XML, {"front.jpg": PHOTO_BYTES})

    assert sender.send()[1].status_code == 204
    upload_sweep.tend(deployment, datetime.now(UTC))
    assert len(kept(deployment)[2]) == 1


def test_a_form_of_another_officer_does_not_get_the_file(app, tablet, sender, deployment, agency):
    add_person(deployment, Role.INSPECTOR, login="other", areas=("310101",), agency_id=agency)
    tablet.send(XML)

    Sender(app, basic("other")).send()

    assert states(deployment) == [UploadState.WAITING]
    assert opened(deployment)[1] == {}


def test_what_waits_too_long_is_removed_and_its_key_destroyed(sender, deployment):
    half = sender.begin().headers["Location"]
    sender.patch(half, PHOTO_BYTES[:1000])
    whole, _ = sender.send(name="whole.jpg")

    upload_sweep.tend(deployment, datetime.now(UTC) + timedelta(days=8))

    assert (sender.head(half).status_code, sender.head(whole).status_code) == (410, 410)
    assert [p for p in deployment.files.root.rglob("*") if p.is_file()] == []
    with deployment.reading() as session:
        assert set(session.scalars(select(VisitKeyRow.wrapped))) == {None}


def test_nothing_lies_in_the_clear_while_it_arrives(sender, deployment):
    where = sender.begin().headers["Location"]
    sender.patch(where, PHOTO_BYTES[:300_000])

    (path,) = [p for p in deployment.files.root.rglob("*") if p.is_file()]
    assert b"a face" not in path.read_bytes()


def test_one_that_was_whole_when_the_power_went_is_finished_later(tablet, sender, deployment):
    tablet.send(XML)
    where = sender.begin().headers["Location"]
    public_id = where.rsplit("/", 1)[1]
    sender.patch(where, PHOTO_BYTES[:-1])
    from backend.core.partial import PartialFile
    from backend.core.sealed import known_visit_key

    with deployment.reading() as session:
        upload = session.scalars(select(Upload)).one()
        secret = known_visit_key(session, upload.key_id).secret
    with PartialFile(deployment.files.arriving(public_id), secret) as partial:
        partial.write(PHOTO_BYTES[-1:])
        partial.settle()

    upload_sweep.tend(deployment, datetime.now(UTC))

    assert states(deployment) == [UploadState.KEPT]
    assert opened(deployment)[1] == {"front.jpg": PHOTO_BYTES}


def test_so_many_may_be_under_way_and_no_more(app, deployment, forms, inspector):
    from dataclasses import replace

    deployment.settings = replace(deployment.settings, max_open_uploads=1)
    sender = Sender(app, basic("inspector"))

    assert [sender.begin().status_code, sender.begin().status_code] == [201, 429]


def test_a_destroyed_visit_takes_no_file(tablet, sender, deployment):
    tablet.send(XML)
    with deployment.unit_of_work() as session:
        session.execute(update(VisitKeyRow).values(wrapped=None))

    assert sender.send()[1].status_code == 409
    with deployment.reading() as session:
        assert session.scalars(select(EnvelopeFile)).all() == []
