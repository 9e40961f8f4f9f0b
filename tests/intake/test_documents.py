"""Documents handed over on the spot come in once, sealed, held against their hash; their number is used."""

import hashlib
import json
import threading

import pytest
from sqlalchemy import select

from backend.core.audit import AuditEntry
from backend.core.sealed import destroy_key
from backend.intake.document_contents import opened
from backend.intake.document_models import HandedDocument
from backend.tasks.ledger_models import DocumentNumber
from tests.accounts.enrolling import TabletKey, add_tablet
from tests.intake.handed import VISIT, content, handed, reserved
from tests.intake.rescue_files import bring, outcomes, rescue_maker, states
from tests.intake.tablet import NOW


@pytest.fixture
def key():
    return TabletKey()


@pytest.fixture
def device(deployment, key, inspector, agency):
    """The id and the token of the inspector's tablet."""
    return add_tablet(deployment, user_id=inspector, agency_id=agency, public_key=key.public)


@pytest.fixture
def numbers(deployment, device, agency):
    return reserved(deployment, device[0], agency)


@pytest.fixture
def slate(app, device):
    return sender(app, device[1])


def sender(app, token):
    shown = {"Authorization": f"Bearer {token}"}

    def ask(document="", /, **body):
        client = app.test_client()
        if body:
            return client.post("/tablet/documents", json=body, headers=shown)
        return client.get(f"/tablet/documents/{document}", headers=shown)

    return ask


def kept(deployment):
    with deployment.reading() as session:
        return [(one, opened(session, one)) for one in session.scalars(select(HandedDocument))]


def test_what_is_larger_than_a_form_is_not_read(deployment, slate, key):
    said = handed(key, content("字" * deployment.settings.max_xml_bytes))

    assert slate(**said).status_code == 413
    assert kept(deployment) == []


def ledger_of(deployment):
    with deployment.reading() as session:
        rows = session.scalars(select(DocumentNumber).order_by(DocumentNumber.number))
        return [(one.state, one.document) for one in rows]


def test_a_document_is_kept_whole_and_told_by_its_hash(slate, deployment, key, numbers):
    said = handed(key, content(number=numbers[0][1]), number=numbers[0][0])

    came = slate(**said)

    assert came.status_code == 201, came.json
    assert slate(said["document"]).json == {"document": said["document"], "sha256": said["sha256"]}
    [(row, opened)] = kept(deployment)
    assert opened == json.loads(said["content"])
    assert (row.visit_no, row.kind, row.how, row.signed) == (VISIT, "inspection_record", "paper", "valid")
    assert ledger_of(deployment)[0] == ("used", said["document"])


def test_sent_again_it_is_the_same_one(slate, deployment, key, numbers):
    said = handed(key, content(), number=numbers[0][0])

    assert [slate(**said).status_code for _ in range(3)] == [201, 200, 200]
    assert len(kept(deployment)) == 1
    with deployment.reading() as session:
        deeds = select(AuditEntry.deed).where(AuditEntry.deed.in_(("document.receive", "number.use")))
        assert sorted(session.scalars(deeds)) == ["document.receive", "number.use"]


def test_sent_twice_at_once_it_is_kept_once(app, device, deployment, key, numbers):
    said = handed(key, content(), number=numbers[0][0])
    codes = []
    both = [
        threading.Thread(target=lambda: codes.append(sender(app, device[1])(**said).status_code))
        for _ in range(2)
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert sorted(codes) == [200, 201]
    assert len(kept(deployment)) == 1


def test_another_content_under_its_uuid_is_refused_and_the_first_stays(slate, deployment, key):
    first = handed(key, content("第一份。"))
    slate(**first)

    other = slate(**handed(key, content("第二份。"), document=first["document"]))

    assert (other.status_code, other.json["status"]) == (409, "document_changed")
    assert slate(first["document"]).json["sha256"] == first["sha256"]


BROKEN = [
    pytest.param(lambda text: text + " ", "content_differs", id="another hash"),
    pytest.param(lambda text: "[1]", "no_document", id="no object"),
    pytest.param(lambda text: text.replace('"paragraph"', '"script"'), "no_document", id="an unknown block"),
    pytest.param(lambda text: text.replace('"level":1', '"level":"1"'), "no_document", id="another type"),
    pytest.param(
        lambda text: text.replace("image/png", "image/svg+xml"), "no_document", id="another picture"
    ),
    pytest.param(
        lambda text: text.replace("inspection_record", "letter"), "no_document", id="an unknown kind"
    ),
    pytest.param(
        lambda text: text.replace('"text":"入口处没有标志。"', '"text":["x"]'), "no_document", id="no text"
    ),
]


@pytest.mark.parametrize(("damage", "reason"), BROKEN)
def test_what_is_no_document_is_refused_and_nothing_is_kept(slate, deployment, key, numbers, damage, reason):
    damaged = damage(content())
    said = handed(key, damaged, number=numbers[0][0])
    if reason == "content_differs":
        said["sha256"] = hashlib.sha256(content().encode()).hexdigest()

    refused = slate(**said)

    assert (refused.status_code, refused.json["errors"]) == (422, {"reason": reason})
    assert kept(deployment) == []
    assert ledger_of(deployment)[0] == ("reserved", None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("how", "thrown"),
        ("handed_at", "2026-11-20T02:30:00"),
        ("visit", "../x"),
        ("number", True),
        ("sha256", "0"),
    ],
)
def test_a_statement_that_cannot_be_is_refused(slate, key, name, value):
    assert slate(**handed(key, content()) | {name: value}).status_code == 422


def test_a_signature_never_blocks_and_is_noted(slate, deployment, key):
    slate(**handed(key, content()) | {"signature": ""})
    slate(**handed(key, content()) | {"how": "left"})
    slate(**handed(TabletKey(), content()))

    assert sorted(row.signed for row, _ in kept(deployment)) == ["absent", "invalid", "invalid"]


def test_a_number_that_the_ledger_gave_to_another_document_loses_no_content(slate, deployment, key, numbers):
    first, second = (handed(key, content(), number=numbers[0][0]) for _ in range(2))
    slate(**first)

    assert slate(**second).status_code == 201
    assert [row.number_id for row, _ in kept(deployment)] == [numbers[0][0]] * 2
    assert ledger_of(deployment)[0] == ("used", first["document"])


def test_a_number_of_another_tablet_is_not_touched(app, deployment, key, numbers, agency):
    other = TabletKey()
    _, token = add_tablet(deployment, agency_id=agency, public_key=other.public)

    assert sender(app, token)(**handed(other, content(), number=numbers[0][0])).status_code == 201
    assert [row.number_id for row, _ in kept(deployment)] == [None]
    assert ledger_of(deployment)[0] == ("reserved", None)


def test_another_tablet_is_not_told_of_it(app, slate, deployment, key, agency):
    said = handed(key, content())
    slate(**said)
    _, token = add_tablet(deployment, agency_id=agency)

    assert sender(app, token)(said["document"]).status_code == 404


def test_nothing_of_it_lies_in_the_clear(slate, deployment, key):
    said = handed(key, content("秘密的一句话"))
    slate(**said)

    with deployment.reading() as session:
        row = session.scalars(select(HandedDocument)).one()
        assert "秘密".encode() not in row.sealed


def test_with_the_key_of_its_visit_it_is_gone(slate, deployment, key):
    said = handed(key, content())
    slate(**said)
    with deployment.unit_of_work() as session:
        destroy_key(session, session.scalars(select(HandedDocument)).one().key_id, NOW)

    assert slate(said["document"]).status_code == 410
    assert slate(**handed(key, content())).status_code == 410


@pytest.fixture
def maker(deployment, inspector, agency):
    """A rescue file with one document."""
    return rescue_maker(deployment, user_id=inspector, agency_id=agency)


def rescued(maker, deployment, agency, **said):
    [(number, _), *_] = reserved(deployment, maker.manifest["device_id"], agency)
    beside = {"number": number, "how": "left", "handed_at": "2026-11-20T02:30:00.000Z"} | said
    maker.add("document", content().encode(), "8f14e45f-ceea-467f-ab8d-1f2f3c4d5e6f", **beside)
    return maker.pack()


def test_a_rescue_file_brings_documents_and_their_numbers(maker, deployment, agency):
    packed = rescued(maker, deployment, agency)

    bring(deployment, packed)
    bring(deployment, packed)

    assert (outcomes(deployment), states(deployment)) == ([("taken", None)], ["taken"])
    [(row, opened)] = kept(deployment)
    assert (row.how, row.signed, row.is_rescued) == ("left", "valid", True)
    assert opened == json.loads(content())
    assert ledger_of(deployment)[0] == ("used", row.document)


def test_a_document_of_a_rescue_file_that_was_there_is_told_so(maker, deployment, agency):
    maker.manifest["id"] = "00000000-0000-4000-8000-000000000001"
    packed = rescued(maker, deployment, agency)
    bring(deployment, packed)
    maker.manifest["id"] = "00000000-0000-4000-8000-000000000002"

    bring(deployment, maker.pack())

    assert outcomes(deployment) == [("taken", None), ("there", None)]


@pytest.mark.parametrize(
    "said", [{"how": "thrown"}, {"handed_at": "soon"}, {"number": "1"}, {"instance_id": "1"}]
)
def test_a_rescue_file_that_says_what_cannot_be_is_refused_as_a_whole(maker, deployment, agency, said):
    with pytest.raises(Exception, match="rescue_unacceptable"):
        bring(deployment, rescued(maker, deployment, agency, **said))
