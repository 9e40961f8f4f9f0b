"""A file that arrives over several connections, sealed from its first byte and cut at any point.

It is a row of frames: kind, length, nonce, ciphertext with tag. A DATA frame counts when it is whole. A HELD
frame counts once a RELEASE frame follows: so bytes whose checksum is still awaited are no bytes yet, whatever
is killed in between. What is torn at the end is cut off by whoever writes next.
"""

import fcntl
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.core.errors import Refusal

DATA, HELD, RELEASE = 1, 2, 3
FRAME = 256 * 1024
_HEAD, _NONCE, _TAG = struct.Struct(">BI"), 12, 16


class BeingWritten(Refusal):
    """Somebody else is writing to it at this moment."""

    code, status = 423, "being_written"


class PartialFile:
    """One such file, locked for as long as it is open. `offset` is how much of the content counts."""

    def __init__(self, path: Path, secret: bytes) -> None:
        self._path, self._aead = path, AESGCM(secret)
        self._buffer, self._kind = bytearray(), DATA
        try:
            self._file = open(path, "r+b")  # noqa: SIM115  (closed by __exit__)
        except FileNotFoundError:
            self._file = open(path, "x+b")  # noqa: SIM115
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise BeingWritten() from None
        self.offset, self._end = _measure(self._file.fileno())
        self._begun = self.offset, self._end

    def __enter__(self) -> Self:
        self._file.truncate(self._end)
        self._file.seek(self._end)
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def hold(self) -> None:
        """From here on nothing counts until `release`."""
        self._kind = HELD

    def write(self, data: bytes) -> None:
        """Take more of the content, sealed frame by frame."""
        self._buffer += data
        while len(self._buffer) >= FRAME:
            self._frame(self._kind, bytes(self._buffer[:FRAME]))
            del self._buffer[:FRAME]

    def release(self) -> None:
        """What was held counts now."""
        self._flush()
        self._frame(RELEASE, b"")

    def settle(self) -> None:
        """Wait until the disk has what was written."""
        self._flush()
        self._file.flush()
        os.fsync(self._file.fileno())
        folder = os.open(self._path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    def take_back(self) -> None:
        """Forget what was written since it was opened."""
        self._buffer.clear()
        self.offset, self._end = self._begun
        self._cut(self._end)

    def content(self) -> Iterator[bytes]:
        """The content from its beginning, ending where it does not open: that and all after it is cut off."""
        from cryptography.exceptions import InvalidTag

        self._file.flush()
        self._file.seek(0)
        at, offset = 0, 0
        while head := self._file.read(_HEAD.size):
            kind, length = _HEAD.unpack(head)
            nonce, sealed = self._file.read(_NONCE), self._file.read(length)
            try:
                opened = self._aead.decrypt(nonce, sealed, _place(kind, offset))
            except InvalidTag:
                self.offset, self._end = offset, at
                self._cut(at)
                return
            yield opened
            at, offset = self._file.tell(), offset + len(opened)

    def remove(self) -> None:
        """Remove it for good."""
        self._path.unlink(missing_ok=True)

    def _flush(self) -> None:
        if self._buffer:
            self._frame(self._kind, bytes(self._buffer))
            self._buffer.clear()

    def _frame(self, kind: int, data: bytes) -> None:
        nonce = os.urandom(_NONCE)
        sealed = self._aead.encrypt(nonce, data, _place(kind, self.offset))
        self._file.write(_HEAD.pack(kind, len(sealed)) + nonce + sealed)
        self.offset += len(data)

    def _cut(self, end: int) -> None:
        self._file.flush()
        self._file.truncate(end)
        self._file.seek(end)
        os.fsync(self._file.fileno())


def offset_of(path: Path) -> int:
    """How much of the content counts, while somebody may be writing."""
    try:
        with open(path, "rb") as file:
            return _measure(file.fileno())[0]
    except FileNotFoundError:
        return 0


def _place(kind: int, offset: int) -> bytes:
    return struct.pack(">BQ", kind, offset)


def _measure(fd: int) -> tuple[int, int]:
    """How much of the content counts, and where in the file that ends."""
    size, at, held, offset, end = os.fstat(fd).st_size, 0, 0, 0, 0
    while len(head := os.pread(fd, _HEAD.size, at)) == _HEAD.size:
        kind, length = _HEAD.unpack(head)
        at += _HEAD.size + _NONCE + length
        if kind not in (DATA, HELD, RELEASE) or length < _TAG or at > size:
            break
        held += length - _TAG
        if kind != HELD:
            offset, held, end = offset + held, 0, at
    return offset, end
