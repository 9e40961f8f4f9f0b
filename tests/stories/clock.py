"""A clock that a story moves: what the application and the tests take for now."""

import sys
from datetime import datetime, timedelta
from typing import Any

import pytest

from backend.core.days import SHANGHAI


class _Moved(type):
    """`datetime` in everything but what `now` says."""

    apart = timedelta(0)

    def __instancecheck__(cls, value: Any) -> bool:
        return isinstance(value, datetime)

    def __call__(cls, *parts: Any, **named: Any) -> datetime:
        return datetime(*parts, **named)  # noqa: DTZ001  (as whoever calls it says)

    def __getattr__(cls, name: str) -> Any:
        return getattr(datetime, name)

    def now(cls, zone: Any = None) -> datetime:
        return datetime.now(zone) + _Moved.apart


class _Datetime(metaclass=_Moved):
    """What modules have for `datetime` while a story is told."""


class Clock:
    """Goes on by itself, from wherever it was set to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, module in list(sys.modules.items()):
            is_ours = name.startswith(("backend.", "tests.")) and name != __name__
            if is_ours and getattr(module, "datetime", None) is datetime:
                monkeypatch.setattr(module, "datetime", _Datetime)
        monkeypatch.setattr(_Moved, "apart", timedelta(0))

    def to(self, day: str, time: str = "10:00") -> None:
        """Let it be this time of a day in Shanghai."""
        _Moved.apart = datetime.fromisoformat(f"{day}T{time}:00+08:00") - datetime.now(SHANGHAI)

    @property
    def now(self) -> datetime:
        return datetime.now(SHANGHAI) + _Moved.apart
