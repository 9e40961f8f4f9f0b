"""Signing what leaves, and holding receipts against a receiver's key (RFC 9421, RFC 9530; Ed25519)."""

import hashlib
import secrets
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    MappingKeyResolver,
)
from http_message_signatures.algorithms import ED25519

from backend.core.days import instant_of
from backend.core.key_pairs import SharingKey
from backend.sharing.errors import NotDelivered

LABEL, TAG = "humiao", "humiao-sharing"
COVERED = ("@method", "@target-uri", "content-type", "idempotency-key")  # beside the digest of the body
WINDOW = timedelta(minutes=5)
_LONGEST_NUMBER = 64


@dataclass
class Request:
    """What the library signs."""

    url: str
    headers: dict[str, str]
    method: str = "POST"


@dataclass
class Answer:
    """What a receiver said."""

    status_code: int
    headers: Any  # with `items()`, each line of a header by itself
    body: bytes
    request: None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    number: str
    received_at: datetime


def new_nonce() -> str:
    return secrets.token_urlsafe(24)


def signed_headers(
    url: str, body: bytes, message_id: str, *, key: SharingKey, nonce: str, now: datetime
) -> dict[str, str]:
    """The headers of a request whose signature covers method, address, message number and exact body."""
    request = Request(url, {"Content-Type": "application/json", "Idempotency-Key": f'"{message_id}"'})
    signer = HTTPMessageSigner(
        signature_algorithm=ED25519,
        key_resolver=MappingKeyResolver(public_keys={}, private_keys={key.id: key.private}),
    )
    signer.sign(
        request, key_id=key.id, created=now, expires=now + WINDOW, nonce=nonce, label=LABEL, tag=TAG,
        covered_component_ids=COVERED, body=body,
    )  # fmt: skip
    return request.headers


def receipt_of(answer: Answer, *, message_id: str, sha256: str, receiver_key: str | None) -> Receipt:
    """The receipt for this very message. Raises NotDelivered for any other answer."""
    if not 200 <= answer.status_code < 300:
        raise NotDelivered(f"answered_{answer.status_code}")
    if receiver_key is not None:
        _verify(answer, receiver_key)
    try:
        said = orjson.loads(answer.body)
        received_at, number = instant_of(said["received_at"]), said["receipt_no"]
        is_ours = (said["message_id"], said["sha256"]) == (message_id, sha256)
    except (ValueError, KeyError, TypeError):
        raise NotDelivered("no_receipt") from None
    if not is_ours:
        raise NotDelivered("receipt_of_another")
    if not (isinstance(number, str) and 0 < len(number) <= _LONGEST_NUMBER and number.isprintable()):
        raise NotDelivered("no_receipt")
    return Receipt(number, received_at)


def sha256_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


class _OneKey(HTTPSignatureKeyResolver):
    """The receiver's key, whatever it calls it."""

    def __init__(self, public: Ed25519PublicKey) -> None:
        self._public = public

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey:
        return self._public


def _verify(answer: Answer, receiver_key: str) -> None:
    key = Ed25519PublicKey.from_public_bytes(b64decode(receiver_key))
    verifier = HTTPMessageVerifier(signature_algorithm=ED25519, key_resolver=_OneKey(key))
    needed = ("@status", "content-digest")
    try:
        verifier.verify(answer, max_age=WINDOW, require_components=needed, body=answer.body)
    except (HTTPMessageSignaturesException, ValueError, TypeError, KeyError):  # whatever a header may hold
        raise NotDelivered("receipt_not_signed") from None
