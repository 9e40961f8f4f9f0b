"""Sealed content opens only whole, with its own key, in its own place."""

import io
import os

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from backend.core.sealed import (
    CHUNK,
    ContentDestroyed,
    Sealer,
    VisitKeyRow,
    open_sealed,
    open_stream,
    seal,
    visit_key,
)

KEY = bytes(range(32))


@given(st.lists(st.integers(0, 3 * CHUNK), max_size=4).map(lambda sizes: [os.urandom(n) for n in sizes]))
def test_any_stream_comes_back_as_it_went_in(pieces):
    sealer = Sealer(KEY, "photo")
    sealed = sealer.header + b"".join(sealer.update(piece) for piece in pieces) + sealer.finish()

    assert b"".join(open_stream(KEY, io.BytesIO(sealed), "photo")) == b"".join(pieces)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_a_cut_tail_is_seen(size):
    sealed = seal(KEY, bytes(size), "photo")
    whole_chunks = 11 + (len(sealed) - 11) // (CHUNK + 16) * (CHUNK + 16)

    for end in {len(sealed) - 1, whole_chunks} - {len(sealed), 11}:
        with pytest.raises(InvalidTag):
            open_sealed(KEY, sealed[:end], "photo")


@given(st.binary(max_size=200), st.data())
def test_a_flipped_bit_is_seen(content, data):
    sealed = bytearray(seal(KEY, content, "note"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(InvalidTag):
        open_sealed(KEY, bytes(sealed), "note")


def test_swapped_chunks_are_seen():
    sealed = seal(KEY, os.urandom(3 * CHUNK), "photo")
    first, second = sealed[11 : 11 + CHUNK + 16], sealed[11 + CHUNK + 16 : 11 + 2 * (CHUNK + 16)]

    with pytest.raises(InvalidTag):
        open_sealed(KEY, sealed[:11] + second + first + sealed[11 + 2 * (CHUNK + 16) :], "photo")


def test_content_moved_to_another_place_does_not_open():
    with pytest.raises(InvalidTag):
        open_sealed(KEY, seal(KEY, b"note", "visit 1"), "visit 2")


def test_a_visit_has_one_key_however_often_it_is_asked_for(deployment):
    with deployment.unit_of_work() as session:
        sealed = visit_key(session, "v-1").seal(b"found two minors", "note")
    with deployment.unit_of_work() as session:
        assert visit_key(session, "v-1").open(sealed, "note") == b"found two minors"
        with pytest.raises(InvalidTag):
            visit_key(session, "v-2").open(sealed, "note")


def test_a_destroyed_key_destroys_the_content(deployment):
    with deployment.unit_of_work() as session:
        row = session.get_one(VisitKeyRow, visit_key(session, "v-1").row_id)
        row.wrapped = None

    with deployment.reading() as session, pytest.raises(ContentDestroyed):
        visit_key(session, "v-1")
