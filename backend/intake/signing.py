"""What a tablet signs beside a submission (信封签名): its XML and its attachments, by name, size and hash.

The signature never blocks: how it stands is kept with the envelope and flagged at the visit. docs/rescue.md
says what is signed.
"""

import hashlib
import json
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from backend.accounts.device_keys import is_signed
from backend.accounts.scope import DevicePerson, Person
from backend.core.sealed import VisitKey
from backend.intake.models import Signed
from backend.intake.parts import Parts

DOMAIN = b"humiao-envelope-v1\n"


def verdict(by: Person | DevicePerson, instance_id: str, parts: Parts) -> Signed | None:
    """How the signature of a submission stands; None from a sender that holds no key."""
    if not isinstance(by, DevicePerson) or by.public_key is None:
        return None
    if not parts.signature:
        return Signed.ABSENT
    said = _read(parts.signature)
    holds = (
        said is not None
        and said["instance_id"] == instance_id
        and said["xml_sha256"] == hashlib.sha256(parts.xml).hexdigest()
        and _agrees(said, {name: (file.sha256, file.size) for name, file in parts.files.items()})
        and is_signed(by.public_key, said.pop("signature"), DOMAIN + canonical(said))
    )
    return Signed.VALID if holds else Signed.INVALID


def stands(
    signed: str | None, signature: bytes | None, files: Mapping[str, tuple[str, int]]
) -> Signed | None:
    """How it stands now that these files have arrived as well: name, SHA-256 and size of each."""
    if signed == Signed.VALID and signature is not None:
        said = _read(signature)
        return Signed.VALID if said and _agrees(said, files) else Signed.INVALID
    return Signed(signed) if signed else None


def sealed(key: VisitKey, instance_id: str, signature: bytes) -> bytes | None:
    """The part as it is kept; nothing where none came."""
    return key.seal(signature, _context(instance_id)) if signature else None


def opened(key: VisitKey, instance_id: str, kept: bytes | None) -> bytes | None:
    """The part as it came."""
    return None if kept is None else key.open(kept, _context(instance_id))


def canonical(said: Mapping[str, Any]) -> bytes:
    """The bytes that are signed: keys in order, no spaces, UTF-8."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _agrees(said: dict[str, Any], files: Mapping[str, tuple[str, int]]) -> bool:
    """Whether every file is listed, as it is; what is listed may still be on its way."""
    listed = {one["name"]: (one["sha256"], one["size"]) for one in said["files"]}
    return len(listed) == len(said["files"]) and all(
        listed.get(name) == is_so for name, is_so in files.items()
    )


def _read(part: bytes) -> dict[str, Any] | None:
    """What the part says, its signature as bytes; None when it is not in this form."""
    try:
        said = json.loads(part)
        canonical(said)
        if set(said) != {"instance_id", "xml_sha256", "files", "signature"} or not all(
            set(one) == {"name", "size", "sha256"}
            and type(one["size"]) is int
            and isinstance(one["name"], str)
            for one in said["files"]
        ):
            return None
        said["signature"] = b64decode(said["signature"], validate=True)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return dict(said)


def _context(instance_id: str) -> str:
    return f"signature:{instance_id}"
