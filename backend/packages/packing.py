"""A package as bytes: a head with the signed manifest in one line, then the sections one after another.

The manifest names each section with its length and its SHA-256, so that the signature covers all of it and a
section can be packed once for many tablets. docs/package.md describes it for whoever reads it.
"""

import gzip
import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from backend.core.keys import Keys


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a package. `kind` is full (instead of what was there) or changes (to what was there)."""

    name: str
    kind: str
    rows: int
    packed: bytes

    @classmethod
    def of(cls, name: str, kind: str, rows: int, content: Any) -> "Section":
        said = orjson.dumps(content)
        return cls(name, kind, rows, gzip.compress(said, 6, mtime=0))

    def described(self) -> dict[str, Any]:
        sha256 = hashlib.sha256(self.packed).hexdigest()
        facts = {"name": self.name, "kind": self.kind, "rows": self.rows}
        return facts | {"bytes": len(self.packed), "sha256": sha256}


def pack(head: dict[str, Any], sections: Iterable[Section]) -> bytes:
    """A head in one line, then the sections."""
    return orjson.dumps(head) + b"\n" + b"".join(section.packed for section in sections)


def sign(keys: Keys, manifest: dict[str, Any], sections: list[Section]) -> bytes:
    """The whole package."""
    said = orjson.dumps(manifest | {"sections": [section.described() for section in sections]})
    head = {"manifest": b64encode(said).decode(), "signature": b64encode(keys.sign_package(said)).decode()}
    return pack(head, sections)


def unpack(package: bytes) -> tuple[dict[str, Any], bytes]:
    """The head and the bytes of the sections."""
    head, _, sections = package.partition(b"\n")
    said: dict[str, Any] = orjson.loads(head)
    return said, sections


def divide(described: list[dict[str, Any]], content: bytes) -> list[Section]:
    """The sections as they were before. Raises ValueError if one is not what its description says."""
    sections, at = [], 0
    for one in described:
        section = Section(one["name"], one["kind"], one["rows"], content[at : at + one["bytes"]])
        if section.described() != one:
            raise ValueError(f"section {one['name']} is damaged")
        sections.append(section)
        at += one["bytes"]
    return sections


def manifest_of(head: dict[str, Any]) -> tuple[bytes, bytes]:
    """The bytes of the manifest, and their signature."""
    return b64decode(head["manifest"]), b64decode(head["signature"])
