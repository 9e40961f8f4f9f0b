"""The file of tests/vectors/rescue.json, which the tablet makes and reads as well, byte for byte."""

import json
from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_private_key

from backend.accounts.device_keys import is_signed
from backend.accounts.rules import Role
from backend.accounts.scope import DevicePerson, Scope
from backend.core.key_pairs import RescueKey
from backend.core.sealed import open_sealed
from backend.core.settings import Settings
from backend.intake import documents, signing
from backend.intake.document_format import Handed, read_content
from backend.intake.models import Signed
from backend.intake.rescue_format import DOMAIN, KEY_INFO, Kind, WrappedKey, read_head
from tests.intake.rescue_files import seal, sha256

VECTOR = json.loads((Path(__file__).parents[1] / "vectors" / "rescue.json").read_text("utf-8"))
DEVICE, SERVER, VISIT, ENVELOPE, HANDED = (
    VECTOR[name] for name in ("device", "server", "visit", "envelope", "handed")
)


def content_of(one):
    if "content" in one:
        return b64decode(one["content"])
    piece, length = b64decode(one["content_repeated"]["piece"]), one["content_repeated"]["length"]
    return (piece * (length // len(piece) + 1))[:length]


def streams():
    key = b64decode(VISIT["data_key"])
    return [
        seal(key, content_of(one), one["context"], b64decode(one["nonce_prefix"])) for one in VECTOR["sealed"]
    ]


def packed():
    line = {"manifest": VECTOR["manifest"], "signature": VECTOR["manifest_signature"]}
    return json.dumps(line).encode() + b"\n" + b"".join(streams())


@pytest.mark.parametrize("whose", [DEVICE, SERVER])
def test_private_and_public_keys_are_of_one_pair(whose):
    private = load_der_private_key(b64decode(whose["private_pkcs8"]), None)

    public = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert public == b64decode(whose["public_spki"])


def test_the_servers_key_opens_the_data_key():
    key = RescueKey(b64decode(SERVER["private_scalar"]))

    info = KEY_INFO.format(visit=VISIT["number"])
    assert (key.id, info) == (SERVER["key_id"], VISIT["info"])
    assert key.open(b64decode(VISIT["wrapped"]), info.encode()) == b64decode(VISIT["data_key"])


def test_the_data_key_opens_each_stream():
    for one, stream in zip(VECTOR["sealed"], streams(), strict=True):
        opened = open_sealed(b64decode(VISIT["data_key"]), stream, one["context"])
        assert opened == content_of(one)
        assert (sha256(stream), sha256(opened)) == (one["sha256"], one["content_sha256"])
    assert streams()[0] == b64decode(VECTOR["sealed"][0]["sealed"])


def test_the_file_reads_as_it_is_signed():
    head = read_head(BytesIO(packed()), Settings())

    assert is_signed(b64decode(DEVICE["public_spki"]), head.signature, DOMAIN + head.manifest)
    assert (head.device_no, head.key_id) == (7, SERVER["key_id"])
    assert head.visits == (WrappedKey(VISIT["number"], head.key_id, b64decode(VISIT["wrapped"])),)
    assert [section.kind for section in head.sections] == [Kind.SUBMISSION, Kind.ATTACHMENT, Kind.DOCUMENT]
    assert [section.context for section in head.sections] == [one["context"] for one in VECTOR["sealed"]]
    assert head.sections[2].handed == Handed(**HANDED["object"])
    assert (len(packed()), sha256(packed())) == (VECTOR["file"]["bytes"], VECTOR["file"]["sha256"])
    assert head.size == len(packed())


def test_the_envelope_is_signed_in_its_canonical_form():
    said = signing.canonical(ENVELOPE["object"])

    assert said.decode() == ENVELOPE["canonical"]
    signature = b64decode(ENVELOPE["signature"])
    assert is_signed(b64decode(DEVICE["public_spki"]), signature, signing.DOMAIN + said)


def test_what_is_said_beside_a_document_is_signed_in_its_canonical_form():
    handed = Handed(**HANDED["object"])
    tablet = DevicePerson(
        7, None, "tablet", Role.INSPECTOR, None, Scope(("",), None, None, Role.INSPECTOR),
        b64decode(DEVICE["public_spki"]),
    )  # fmt: skip

    assert signing.canonical(handed.said()).decode() == HANDED["canonical"]
    assert documents.verdict(tablet, handed, HANDED["signature"]) is Signed.VALID
    assert read_content(content_of(VECTOR["sealed"][2]), handed.sha256)["images"] == {}
