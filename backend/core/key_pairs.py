"""Key pairs of the deployment: their public half as tablets take it, and opening what was sealed to one.

What is sealed to us is HPKE (RFC 9180) in base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric import ec
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
