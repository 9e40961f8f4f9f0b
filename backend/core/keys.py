"""The deployment's keys: made once, 0600, outside the database, and proved against it at every start."""

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from backend.core.key_pairs import RescueKey, SharingKey, SharingPublic, public_of

_RETIRED = "sharing-{}.retired"


class KeysMissing(RuntimeError):
    """A key file is absent or unreadable; run `humiao init`, or put the keys back."""


class KeyNotRetired(ValueError):
    """A key that signs what leaves stays as it is, and why."""


@dataclass(frozen=True)
class Keys:
    """Root keys (by number, newest in use), a key for keyed hashes, and two that sign: the audit head, and
    what tablets carry. What tablets seal for us opens with rescue keys, and sharing keys sign what leaves for
    other authorities (both by number, newest in use). Of a retired sharing key the public half stays.
    """

    folder: Path
    roots: dict[int, bytes]
    hash_key: bytes
    signing_key: bytes
    package_key: bytes
    rescues: dict[int, bytes]
    sharings: dict[int, bytes]

    @classmethod
    def create(cls, folder: Path) -> "Keys":
        """Make them where there are none. The first root key comes last: beside one, a missing key was lost,
        and another in its place would unknow every token and every attachment.

        The keys for packages, rescue files and sharing came later: older deployments get theirs here. Nothing
        of ours is sealed under them; where they were lost, tablets are enrolled again and receivers told.
        """
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.mkdir(exist_ok=True, mode=0o700)
        if not list(folder.glob("root-*.key")):
            for name in ("hash.key", "audit.key", "root-1.key"):
                if not (folder / name).exists():
                    _write(folder / name, os.urandom(32))
        if not (folder / "package.key").exists():
            _write(folder / "package.key", _new_private())
        if not list(folder.glob("rescue-*.key")):
            _write(folder / "rescue-1.key", _new_private())
        if not list(folder.glob("sharing-*.key")):
            _write(folder / f"sharing-{_next_sharing(folder)}.key", os.urandom(32))
        return cls.read(folder)

    @classmethod
    def read(cls, folder: Path) -> "Keys":
        try:
            roots, rescues, sharings = (_numbered(folder, name) for name in ("root", "rescue", "sharing"))
            sharings = {n: key for n, key in sharings.items() if not (folder / _RETIRED.format(n)).exists()}
            names = ("hash.key", "audit.key", "package.key")
            hash_key, audit_key, package_key = ((folder / name).read_bytes() for name in names)
        except OSError as problem:
            raise KeysMissing(
                f"no keys in {folder}: run `humiao init`, or put them back ({problem.strerror})"
            ) from None
        every = (*roots.values(), *rescues.values(), *sharings.values(), hash_key, audit_key, package_key)
        if not (roots and rescues and sharings) or any(len(key) != 32 for key in every):
            raise KeysMissing(
                f"the keys in {folder} are not whole: after an upgrade run `humiao init`, else put them back"
            )
        return cls(folder, roots, hash_key, audit_key, package_key, rescues, sharings)

    @staticmethod
    def add_root(folder: Path) -> int:
        """Make the next root key, and the next rescue key with it; returns the number of the first."""
        known = Keys.read(folder)
        number = max(known.roots) + 1
        _write(folder / f"rescue-{max(known.rescues) + 1}.key", _new_private())
        _write(folder / f"root-{number}.key", os.urandom(32))
        return number

    @staticmethod
    def add_sharing(folder: Path) -> SharingKey:
        """Make the next key that signs what leaves; older ones are told beside it until retired."""
        with _alone(folder):
            _write(folder / f"sharing-{_next_sharing(folder)}.key", os.urandom(32))
        return Keys.read(folder).sharing_keys[0]

    @staticmethod
    def retire_sharing(folder: Path, key_id: str, *, now: datetime) -> None:
        """Destroy a key that signs what leaves, but not its public half. Raises KeyNotRetired."""
        with _alone(folder):
            for path in folder.glob(_RETIRED.format("*")):  # of one that was interrupted, or put back
                path.with_suffix(".key").unlink(missing_ok=True)
            keys = Keys.read(folder)
            if any(one.id == key_id for one in keys.sharing_publics if one.retired_at):
                raise KeyNotRetired(f"sharing key {key_id} was retired before")
            ids = {SharingKey(secret).id: number for number, secret in keys.sharings.items()}
            if key_id not in ids:
                raise KeyNotRetired(
                    f"no sharing key {key_id} is here: `humiao sharing key` tells those that are"
                )
            if len(keys.sharings) == 1:
                raise KeyNotRetired(f"sharing key {key_id} is the only one: make the next one first (--new)")
            number = ids[key_id]
            kept = replace(SharingKey(keys.sharings[number]).public, retired_at=now)
            beginning = folder / f"sharing-{number}.retiring"
            beginning.unlink(missing_ok=True)
            _write(beginning, json.dumps(kept.jwk).encode())
            beginning.rename(folder / _RETIRED.format(number))  # from here on it is retired
            (folder / f"sharing-{number}.key").unlink()

    @property
    def newest(self) -> int:
        return max(self.roots)

    def wrap(self, secret: bytes, context: str) -> bytes:
        """Encrypt a small secret (a data key) under the newest root key: number, nonce, ciphertext."""
        nonce = os.urandom(12)
        number = self.newest
        sealed = AESGCM(self.roots[number]).encrypt(nonce, secret, context.encode())
        return number.to_bytes(2, "big") + nonce + sealed

    def unwrap(self, wrapped: bytes, context: str) -> bytes:
        """Raises InvalidTag when key, content or context is not the one it was wrapped with."""
        number = int.from_bytes(wrapped[:2], "big")
        if number not in self.roots:  # perhaps made since we started
            self.roots.update(Keys.read(self.folder).roots)
        if number not in self.roots:
            raise KeysMissing(f"root key {number} is not here: put root-{number}.key back")
        return AESGCM(self.roots[number]).decrypt(wrapped[2:14], wrapped[14:], context.encode())

    def keyed_hash(self, purpose: str, *parts: str | bytes) -> bytes:
        """A hash that nobody can repeat without the key; each purpose has its own space."""
        digest = hmac.new(self.hash_key, digestmod=hashlib.sha256)
        for part in (purpose, *parts):
            raw = part.encode() if isinstance(part, str) else part
            digest.update(len(raw).to_bytes(8, "big") + raw)
        return digest.digest()

    @cached_property
    def signer(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.signing_key)

    @cached_property
    def _package_signer(self) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(int.from_bytes(self.package_key, "big"), ec.SECP256R1())

    @property
    def package_public(self) -> bytes:
        """By which tablets know that a package is ours: SPKI, DER."""
        return public_of(self._package_signer)

    def sign_package(self, content: bytes) -> bytes:
        """ECDSA P-256 with SHA-256, r and s after one another: what every browser's WebCrypto verifies."""
        r, s = decode_dss_signature(self._package_signer.sign(content, ec.ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    @property
    def newest_rescue(self) -> RescueKey:
        """To which tablets seal the keys of visits."""
        return RescueKey(self.rescues[max(self.rescues)])

    def rescue_key(self, key_id: str) -> RescueKey:
        """The rescue key of this id, old or new. Raises KeysMissing."""
        for known in (self.rescues, Keys.read(self.folder).rescues):  # perhaps made since we started
            for secret in known.values():
                if (key := RescueKey(secret)).id == key_id:
                    return key
        raise KeysMissing(f"no rescue key {key_id} is here")

    @property
    def sharing_keys(self) -> list[SharingKey]:
        """What signs what leaves, the one in use first; as the folder holds them now."""
        known = Keys.read(self.folder).sharings
        return [SharingKey(known[number]) for number in sorted(known, reverse=True)]

    @property
    def sharing_publics(self) -> list[SharingPublic]:
        """By which what left is verified: the keys in use first, then those that were retired."""
        gone = _numbered(self.folder, "sharing", "retired")
        retired = [SharingPublic.of(json.loads(gone[number])) for number in sorted(gone, reverse=True)]
        return [*(key.public for key in self.sharing_keys), *retired]

    @property
    def sharing_jwks(self) -> dict[str, list[dict[str, str]]]:
        """The same as receivers take them (RFC 7517): retired ones apart, for no new request is theirs."""
        every = self.sharing_publics
        return {
            "keys": [one.jwk for one in every if not one.retired_at],
            "retired": [one.jwk for one in every if one.retired_at],
        }


def _numbered(folder: Path, name: str, ending: str = "key") -> dict[int, bytes]:
    return {
        int(path.stem.removeprefix(f"{name}-")): path.read_bytes()
        for path in folder.glob(f"{name}-*.{ending}")
    }


def _next_sharing(folder: Path) -> int:
    """The number that no key for sharing ever had."""
    return max([0, *_numbered(folder, "sharing"), *_numbered(folder, "sharing", "retired")]) + 1


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else makes or retires a key for sharing meanwhile."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


def _new_private() -> bytes:
    private = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return private.to_bytes(32, "big")


def _write(path: Path, key: bytes) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)  # else a power cut may take the key from what was sealed under it
    os.close(folder)
