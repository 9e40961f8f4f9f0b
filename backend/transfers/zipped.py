"""A ZIP that is sealed while it is written: never more than a piece of it is in the clear at once."""

import hashlib
import io
from datetime import datetime
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from backend.core.days import SHANGHAI
from backend.core.sealed import Sealer
from backend.transfers.errors import PackageTooLarge

LARGEST = 20 * 2**20


class _Sink:
    """Takes the bytes of the ZIP, counts and hashes them, and keeps them sealed."""

    def __init__(self, secret: bytes, context: str) -> None:
        self._sealer, self._out = Sealer(secret, context), io.BytesIO()
        self._digest, self.size = hashlib.sha256(), 0
        self._out.write(self._sealer.header)

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if self.size > LARGEST:
            raise PackageTooLarge(largest_mb=LARGEST // 2**20)
        self._digest.update(data)
        self._out.write(self._sealer.update(data))
        return len(data)

    def flush(self) -> None: ...

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def finish(self) -> bytes:
        self._out.write(self._sealer.finish())
        return self._out.getvalue()


class SealedZip:
    """A ZIP on its way: `add` files, then `finish`. Raises PackageTooLarge as soon as it is."""

    def __init__(self, secret: bytes, context: str, now: datetime) -> None:
        self._sink = _Sink(secret, context)
        self._zip = ZipFile(cast(IO[bytes], self._sink), "w", ZIP_DEFLATED)
        self._at = now.astimezone(SHANGHAI).timetuple()[:6]
        self.files: list[dict[str, Any]] = []

    def add(self, name: str, content: bytes, **more: Any) -> None:
        """One file; the manifest has its name, size and hash."""
        if self._sink.size + len(content) > 2 * LARGEST:
            raise PackageTooLarge(largest_mb=LARGEST // 2**20)
        self._write(name, content)
        said = {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        self.files.append(said | more)

    def finish(self, manifest: bytes) -> tuple[bytes, str, int]:
        """Put the manifest in and close it: sealed content, hash and size of the ZIP."""
        self._write("manifest.json", manifest)
        self._zip.close()
        return self._sink.finish(), self._sink.sha256, self._sink.size

    def _write(self, name: str, content: bytes) -> None:
        self._zip.writestr(ZipInfo(name, self._at), content, ZIP_DEFLATED)
