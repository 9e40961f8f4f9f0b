"""Codes that people read aloud, type and print: made by chance, in groups, forgiving about look-alikes."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: nothing that looks like something else; 5 bits
_GROUP = 4
_AS_MEANT = str.maketrans("OIL", "011", "- \t\r\n")


def by_chance(length: int) -> str:
    """So many signs that nobody can foresee."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def in_groups(code: str) -> str:
    """A code four signs at a time: 7K3Q-F2ZD-0000-ABCD."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def as_meant(typed: str) -> str:
    """A code as somebody typed it: small letters, hyphens, O for 0, I and L for 1. One form to compare."""
    return typed.upper().translate(_AS_MEANT)
