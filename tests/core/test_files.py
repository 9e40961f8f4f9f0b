"""Sealed files: nothing in the clear, nothing lost that a row names, nothing left that none names."""

import pytest
from cryptography.exceptions import InvalidTag

from backend.core.files import FileStore
from backend.core.keys import Keys

CONTENT = b"a face" * 50_000


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "files", Keys.create(tmp_path / "keys"))


def finished(store, content=CONTENT):
    upload = store.create()
    for at in range(0, len(content), 10_000):
        upload.write(content[at : at + 10_000])
    upload.finish()
    return upload


def files_of(store):
    return {path.name for path in store.root.rglob("*") if path.is_file()}


def test_a_flipped_bit_on_the_disk_is_seen(store):
    upload = finished(store)
    upload.keep()
    place = store.root / upload.name[:2] / upload.name
    sealed = place.read_bytes()
    place.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))

    with pytest.raises(InvalidTag):
        b"".join(store.read(upload.name, upload.secret))


def test_what_was_discarded_is_gone(store):
    finished(store).discard()

    assert files_of(store) == set()


def test_content_is_sealed_from_its_first_byte_and_comes_back(store):
    upload = finished(store)

    assert b"a face" not in (store.incoming / upload.name).read_bytes()
    assert b"".join(store.read(upload.name, upload.secret)) == CONTENT
    upload.keep()
    assert b"".join(store.read(upload.name, upload.secret)) == CONTENT
    assert list(store.incoming.iterdir()) == []


def test_a_sweep_places_named_files_removes_others_and_leaves_open_ones(store):
    named, orphan, being_written = finished(store), finished(store), store.create()
    for dead in (named, orphan):  # as a kill leaves them
        dead._file.close()

    store.sweep(lambda name: name == named.name)

    assert files_of(store) == {named.name, being_written.name}
    assert b"".join(store.read(named.name, named.secret)) == CONTENT
    being_written.discard()
