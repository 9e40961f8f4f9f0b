"""Argon2id. It costs memory and time on purpose: it never runs while the writers' lock is held."""

import secrets
from collections.abc import Iterable
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from backend.accounts.errors import PasswordRefused
from backend.accounts.rules import judge_password, normal_form

# OWASP's parameters: 19 MiB, 2 passes. A worker hashes two at a time, so that a crowd cannot fill its memory.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = BoundedSemaphore(2)


def new_hash(password: str, *, names: Iterable[str]) -> str:
    """Judge a new password and hash it. Raises PasswordRefused with the fault."""
    if fault := judge_password(password, names=names):
        raise PasswordRefused(password=fault)
    return _hash(password)


def random_password() -> tuple[str, str]:
    """A password of 99 random bits that can be read out and typed, and its hash."""
    letters = [secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(20)]
    password = "-".join("".join(letters[i : i + 5]) for i in range(0, 20, 5))
    return password, _hash(password)


def _hash(password: str) -> str:
    with _AT_ONCE:
        return _HASHER.hash(normal_form(password))


def verify(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one hashed; without a hash it takes as long and says no."""
    known = password_hash or _hash_of_nobody()
    with _AT_ONCE:
        try:
            return _HASHER.verify(known, normal_form(password)) and password_hash is not None
        except (VerifyMismatchError, InvalidHashError):
            return False


@cache
def _hash_of_nobody() -> str:
    return _hash("nobody has this password")
