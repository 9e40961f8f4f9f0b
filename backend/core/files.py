"""Sealed attachments on disk: written as they arrive, never in the clear, under names that tell nothing.

A file is sealed in `incoming` and made durable there, then a row names it, then it moves to its folder.
Whatever is killed in between, `sweep` finishes the move of named files and removes the others.
"""

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from backend.core.keys import Keys
from backend.core.sealed import Sealer, open_stream, open_stream_at

_CONTEXT = "file"  # every file has a key of its own, so nothing else needs binding here


class SealedUpload:
    """A file on its way in, sealed as it is written; durable after `finish`, in its place after `keep`."""

    def __init__(self, store: "FileStore") -> None:
        self.secret = os.urandom(32)
        self.name = store.keys.keyed_hash("file", os.urandom(16)).hex()
        self.size, self._digest, self._store = 0, hashlib.sha256(), store
        self._file = _create_locked(store.incoming / self.name)
        self._sealer = Sealer(self.secret, _CONTEXT)
        self._file.write(self._sealer.header)

    def write(self, data: bytes) -> int:
        """Seal more of the content."""
        self.size += len(data)
        self._digest.update(data)
        self._file.write(self._sealer.update(data))
        return len(data)

    @property
    def sha256(self) -> str:
        """Of the content in the clear, as far as it was written."""
        return self._digest.hexdigest()

    def finish(self) -> None:
        """Write the last chunk and wait for the disk; `FileStore.sync` does so for the names of many."""
        self._file.write(self._sealer.finish())
        self._file.flush()
        os.fsync(self._file.fileno())

    def keep(self) -> None:
        """Move it to its place, once a committed row names it."""
        self._store.place(self.name)
        self._file.close()

    def discard(self) -> None:
        """Remove it: nothing names it."""
        (self._store.incoming / self.name).unlink(missing_ok=True)
        self._file.close()


class FileStore:
    """Where sealed files lie: 256 folders under var/files, and `incoming` for those on their way."""

    def __init__(self, root: Path, keys: Keys) -> None:
        self.root, self.keys, self.incoming = root, keys, root / "incoming"
        self.partial = root / "partial"  # what arrives over several connections: see partial.py

    def create(self) -> SealedUpload:
        """A new file to write to."""
        try:
            return SealedUpload(self)
        except FileNotFoundError:
            self.incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
            return SealedUpload(self)

    def arriving(self, name: str) -> Path:
        """Where a file lies that arrives over several connections."""
        self.partial.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self.partial / name

    def sync(self) -> None:
        """Wait until the names of finished files are on the disk."""
        fd = os.open(self.incoming, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def read(self, name: str, secret: bytes) -> Iterator[bytes]:
        """The content, chunk by chunk; InvalidTag when a bit was changed."""
        with self._open(name) as file:
            yield from open_stream(secret, file, _CONTEXT)

    def read_at(self, name: str, secret: bytes, begin: int) -> Iterator[bytes]:
        """The content from a place on."""
        with self._open(name) as file:
            yield from open_stream_at(secret, file, _CONTEXT, begin)

    def _open(self, name: str) -> BinaryIO:
        try:
            return open(self._place(name), "rb")
        except FileNotFoundError:
            return open(self.incoming / name, "rb")

    def _place(self, name: str) -> Path:
        return self.root / name[:2] / name

    def place(self, name: str) -> None:
        """Move a file from incoming to its folder."""
        place = self._place(name)
        place.parent.mkdir(exist_ok=True, mode=0o700)
        os.rename(self.incoming / name, place)

    def sweep(self, named: Callable[[str], bool]) -> None:
        """Clear up after a kill: place what a row names, remove the rest, leave what is being written."""
        if not self.incoming.is_dir():
            return
        for path in list(self.incoming.iterdir()):
            with contextlib.suppress(FileNotFoundError, BlockingIOError), open(path, "rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if named(path.name):
                    self.place(path.name)
                else:
                    path.unlink()

    def remove(self, name: str) -> None:
        """Remove a file for good."""
        self._place(name).unlink(missing_ok=True)
        (self.incoming / name).unlink(missing_ok=True)


def _create_locked(path: Path) -> BinaryIO:
    """A new file that `sweep` leaves alone as long as this process lives and keeps it open."""
    while True:
        file = open(path, "xb")  # noqa: SIM115  (closed by keep or discard)
        fcntl.flock(file, fcntl.LOCK_SH)
        if os.fstat(file.fileno()).st_nlink:
            return file
        file.close()  # swept between the two lines
