"""A tip as a tablet writes it down: one JSON text, whose very bytes are hashed, signed and kept.

docs/tips.md describes it. Whatever is not as described there is refused as a whole.
"""

import re
from typing import Any
from uuid import UUID

import orjson

from backend.core.days import instant_of
from backend.tips.errors import TipUnreadable
from backend.tips.rules import LARGEST_PICTURE, LONGEST_TEXT, MOST_PICTURES, Announced, Area, Noted, Where

LARGEST_RECORD = 64 * 1024
_SHA256, _NAME, _KIND = (
    re.compile(form) for form in (r"[0-9a-f]{64}", r"[0-9A-Za-z._-]{1,64}", r"[a-z_]{1,32}")
)
_MOST_AREAS = 20


def read(record: bytes) -> Noted:
    """What a record says. Raises TipUnreadable."""
    try:
        if len(record) > LARGEST_RECORD:
            raise ValueError("too_large")
        said = orjson.loads(record)
        return Noted(
            str(UUID(said["id"])), _fits(said["kind"], _KIND), instant_of(said["seen_at"]),
            _text(said["text"]), None if said["position"] is None else _where(said["position"]),
            pictures=_pictures(said["pictures"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError):
        raise TipUnreadable() from None


def _fits(said: Any, form: re.Pattern[str]) -> str:
    if not form.fullmatch(said):
        raise ValueError
    return str(said)


def _text(said: Any) -> str:
    if not isinstance(said, str) or len(said) > LONGEST_TEXT:
        raise ValueError
    return said


def _where(said: Any) -> Where:
    accuracy_m = said["accuracy_m"]
    known = None if accuracy_m is None else _number(accuracy_m, 0, 1e7)
    return Where(_number(said["lon"], -180, 180), _number(said["lat"], -90, 90), known, str(said["crs"]))


def _number(said: Any, least: float, most: float) -> float:
    if type(said) not in (int, float) or not least <= said <= most:
        raise ValueError
    return float(said)


def _pictures(said: Any) -> tuple[Announced, ...]:
    found = tuple(_announced(one) for one in said)
    if len(found) > MOST_PICTURES or len({one.name for one in found}) < len(found):
        raise ValueError
    return found


def _announced(said: Any) -> Announced:
    size, minor_possible = said["size"], said["minor_possible"]
    if type(size) is not int or not 0 < size <= LARGEST_PICTURE or type(minor_possible) is not bool:
        raise ValueError
    clear = tuple(_area(one) for one in said["clear_areas"][:_MOST_AREAS])
    return Announced(_fits(said["name"], _NAME), size, _fits(said["sha256"], _SHA256), minor_possible, clear)


def _area(said: Any) -> Area:
    x, y, width, height = (_number(part, 0, 1) for part in said)
    return x, y, width, height
