"""A tablet that makes rescue files, as docs/rescue.md says and without the code that reads them."""

import hashlib
import json
import os
from base64 import b64encode
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import load_der_public_key
from sqlalchemy import select

from backend.core.deployment import Deployment
from backend.intake import rescue, rescue_job
from backend.intake.models import RescueFile, RescueItem
from tests.accounts.enrolling import TabletKey, add_tablet

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
CHUNK = 65536


def text(content: bytes) -> str:
    return b64encode(content).decode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def key_id_of(public: bytes) -> str:
    return sha256(public)[:16]


def seal_to(public: bytes, secret: bytes, info: bytes) -> bytes:
    return SUITE.encrypt(secret, load_der_public_key(public), info=info)


def seal(key: bytes, content: bytes, context: str, prefix: bytes | None = None) -> bytes:
    """An HMS1 stream."""
    prefix, aead = prefix or os.urandom(7), AESGCM(key)
    chunks = [content[at : at + CHUNK] for at in range(0, len(content), CHUNK)] or [b""]
    sealed = [
        aead.encrypt(prefix + n.to_bytes(4, "big") + bytes([n == len(chunks) - 1]), chunk, context.encode())
        for n, chunk in enumerate(chunks)
    ]
    return b"HMS1" + prefix + b"".join(sealed)


class RescueMaker:
    """One tablet's outbox: add what is unsent, then `pack` it."""

    def __init__(self, public: bytes, device_id: int, key: TabletKey) -> None:
        self.public, self.key = public, key
        self.keys: dict[str, bytes] = {}
        self.manifest: dict[str, Any] = {
            "format": 1, "id": str(uuid4()), "device_id": device_id, "key_id": key_id_of(public),
            "made_at": datetime.now(UTC).isoformat(), "app_version": "1.0.0", "visits": [], "sections": [],
        }  # fmt: skip
        self.sealed: list[bytes] = []

    def add(self, kind: str, content: bytes, instance: str = "uuid:1", name: str = "", **said: Any) -> None:
        """`said` is what the manifest says instead of the truth."""
        if instance not in self.keys:
            key = self.keys[instance] = os.urandom(32)
            wrapped = seal_to(self.public, key, f"humiao-visit-key-v1\n{instance}".encode())
            self.manifest["visits"].append({"visit": instance, "wrapped": text(wrapped)})
        place = "document" if kind == "document" else name or "xml"
        sealed = seal(self.keys[instance], content, f"tablet:{instance}:{place}")
        named = {"name": name} if kind == "attachment" else {}
        self.sealed.append(sealed)
        self.manifest["sections"].append({
            "visit": list(self.keys).index(instance), "kind": kind, "instance_id": instance, **named,
            "bytes": len(sealed), "sha256": sha256(sealed), "content_sha256": sha256(content),
        } | said)  # fmt: skip

    def head(self, **said: Any) -> bytes:
        manifest = json.dumps(self.manifest | said).encode()
        signature = self.key.sign(b"humiao-rescue-v1\n" + manifest)
        line = {"manifest": text(manifest), "signature": text(signature)}
        return json.dumps(line).encode() + b"\n"

    def pack(self, **said: Any) -> bytes:
        return self.head(**said) + b"".join(self.sealed)


def rescue_maker(deployment: Deployment, **columns: Any) -> RescueMaker:
    """Of a tablet that is enrolled for this."""
    key = TabletKey()
    device_id, _ = add_tablet(deployment, **({"public_key": key.public} | columns))
    return RescueMaker(deployment.keys.newest_rescue.public, device_id, key)


def bring(deployment: Deployment, packed: bytes, **columns: Any) -> int:
    """As the command does: bring it, and take what needs nobody."""
    now = datetime.now(UTC)
    by = rescue.Bringer(**({"actor": "tester"} | columns))
    file_id = rescue.bring(deployment, BytesIO(packed), by=by, now=now)
    rescue_job.take(deployment, file_id, now)
    return file_id


def outcomes(deployment: Deployment) -> list[tuple[str, str | None]]:
    """What became of each section of every file."""
    with deployment.reading() as session:
        rows = session.execute(
            select(RescueItem.outcome, RescueItem.reason).order_by(
                RescueItem.rescue_file_id, RescueItem.number
            )
        )
        return [tuple(row) for row in rows]


def states(deployment: Deployment) -> list[str]:
    with deployment.reading() as session:
        return list(session.scalars(select(RescueFile.state).order_by(RescueFile.id)))
