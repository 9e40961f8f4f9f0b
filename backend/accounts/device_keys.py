"""The key that a tablet signs with (ECDSA P-256, SHA-256): read as WebCrypto exports it, and held against."""

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from backend.accounts.errors import DeviceKeyRefused

SIGNATURE_BYTES = 64  # r and s, 32 bytes each: what WebCrypto makes, not DER


def read_public_key(spki: bytes) -> ec.EllipticCurvePublicKey:
    """A public key in SPKI, DER. Raises DeviceKeyRefused: another algorithm, another curve, no such point.

    Only the form that WebCrypto exports is taken, so that one key cannot come twice in two forms.
    """
    try:
        key = load_der_public_key(spki)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise DeviceKeyRefused(public_key="not_a_key") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise DeviceKeyRefused(public_key="not_p256")
    if key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) != spki:
        raise DeviceKeyRefused(public_key="other_form")
    return key


def is_signed(spki: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the holder of this key signed these bytes."""
    if len(signature) != SIGNATURE_BYTES:
        return False
    half = SIGNATURE_BYTES // 2
    r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
    try:
        read_public_key(spki).verify(encode_dss_signature(r, s), message, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True
