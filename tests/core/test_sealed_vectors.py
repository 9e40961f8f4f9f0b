"""Sealed streams by vectors that the tablet's own sealing is held against too (forms/tablet/tests/vault)."""

import hashlib
import json
from base64 import b64decode
from pathlib import Path

import pytest

from backend.core import sealed

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "sealed.json").read_text("utf-8"))


def content_of(length: int) -> bytes:
    """Bytes that every language makes alike: no two chunks are equal."""
    return bytes((at * 31 + (at >> 8)) & 255 for at in range(length))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_content_is_sealed_and_opened_as_the_vectors_say(vector, monkeypatch):
    key, content = b64decode(vector["key"]), content_of(vector["length"])
    monkeypatch.setattr(sealed.os, "urandom", lambda _: b64decode(vector["prefix"]))

    made = sealed.seal(key, content, vector["context"])

    assert hashlib.sha256(made).hexdigest() == vector["sealed_sha256"]
    assert sealed.open_sealed(key, made, vector["context"]) == content
