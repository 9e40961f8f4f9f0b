"""Sealed attachments on disk: written as they arrive, never in the clear, under names that tell nothing."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from backend.core.keys import Keys
from backend.core.sealed import Sealer, open_stream

_CONTEXT = "file"  # every file has a key of its own, so nothing else needs binding here


class SealedUpload:
    """A file on its way in. What is written is sealed at once; it is durable after `keep`, gone after `discard`."""

    def __init__(self, store: "FileStore") -> None:
        self.secret, self._nonce = os.urandom(32), os.urandom(16)
        self.size, self._digest, self._store = 0, hashlib.sha256(), store
        self._path = store.incoming / self._nonce.hex()
        self._file: BinaryIO = open(self._path, "xb")  # noqa: SIM115  (closed by keep or discard)
        self._sealer = Sealer(self.secret, _CONTEXT)
        self._file.write(self._sealer.header)

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self._digest.update(data)
        self._file.write(self._sealer.update(data))
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Multipart parsers rewind a finished part; a sealed one has nothing to reread."""
        return 0

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def keep(self, *place: str) -> str:
        """Make it durable under a keyed hash of `place`; returns the stored name."""
        name = self._store.keys.keyed_hash("file", self._nonce, *place).hex()
        self._file.write(self._sealer.finish())
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        folder = self._store.folder_of(name)
        os.rename(self._path, folder / name)
        _sync_folder(folder)
        return name

    def discard(self) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)

    close = discard


class FileStore:
    """Where sealed files lie: 256 folders under var/files, and `incoming` for those not yet whole."""

    def __init__(self, root: Path, keys: Keys) -> None:
        self.root, self.keys, self.incoming = root, keys, root / "incoming"

    def create(self) -> SealedUpload:
        self.incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
        return SealedUpload(self)

    def folder_of(self, name: str) -> Path:
        folder = self.root / name[:2]
        if not folder.is_dir():
            folder.mkdir(exist_ok=True)
            _sync_folder(self.root)
        return folder

    def read(self, name: str, secret: bytes) -> Iterator[bytes]:
        """The content, chunk by chunk; InvalidTag when a bit was changed."""
        with open(self.root / name[:2] / name, "rb") as file:
            yield from open_stream(secret, file, _CONTEXT)

    def remove(self, name: str) -> None:
        (self.root / name[:2] / name).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
