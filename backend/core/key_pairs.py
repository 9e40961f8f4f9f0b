"""Key pairs of the deployment: their public half as tablets take it, and opening what was sealed to one.

What is sealed to us is HPKE (RFC 9180) in base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
"""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def public_of(private: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half: SPKI, DER."""
    return private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@dataclass(frozen=True)
class RescueKey:
    """A key that opens what tablets sealed to its public half."""

    secret: bytes

    @cached_property
    def _private(self) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(int.from_bytes(self.secret, "big"), ec.SECP256R1())

    @cached_property
    def public(self) -> bytes:
        return public_of(self._private)

    @property
    def id(self) -> str:
        """By which a rescue file names this key."""
        return hashlib.sha256(self.public).hexdigest()[:16]

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """Raises InvalidTag when a bit, the key or the info differs."""
        return SUITE.decrypt(sealed, self._private, info=info)


@dataclass(frozen=True)
class SharingPublic:
    """The public half of a key (Ed25519) that signs what leaves; all that is kept of one that was retired."""

    raw: bytes
    retired_at: datetime | None = None

    @classmethod
    def of(cls, jwk: dict[str, str]) -> "SharingPublic":
        """A retired one, as it was told."""
        return cls(urlsafe_b64decode(f"{jwk['x']}=="), datetime.fromisoformat(jwk["retired_at"]))

    @property
    def id(self) -> str:
        """Its thumbprint (RFC 7638)."""
        told = {"crv": "Ed25519", "kty": "OKP", "x": _base64url(self.raw)}
        return _base64url(hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).digest())

    @property
    def jwk(self) -> dict[str, str]:
        """As receivers take it (RFC 8037)."""
        told = {
            "kty": "OKP", "crv": "Ed25519", "x": _base64url(self.raw), "kid": self.id, "use": "sig",
            "alg": "EdDSA",
        }  # fmt: skip
        return told | ({"retired_at": self.retired_at.isoformat()} if self.retired_at else {})

    def verify(self, signature: bytes, content: bytes) -> None:
        """Raises InvalidSignature."""
        Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, content)


@dataclass(frozen=True)
class SharingKey:
    """A key (Ed25519) that signs what leaves for other authorities."""

    secret: bytes

    @cached_property
    def private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.secret)

    @cached_property
    def public(self) -> SharingPublic:
        return SharingPublic(self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    @property
    def id(self) -> str:
        return self.public.id


def _base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
