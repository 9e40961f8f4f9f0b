"""Values of the rules as plain JSON, and back: what was laid before a reviewer stays as it was."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

Kind = TypeVar("Kind")


def freeze(value: Any) -> Any:
    """A value of dataclasses as JSON; amounts are text, so that none is rounded."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: freeze(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): freeze(one) for key, one in value.items()}
    if isinstance(value, (tuple, list, frozenset)):
        some = [freeze(one) for one in value]
        return sorted(some) if isinstance(value, frozenset) else some
    return str(value) if isinstance(value, (Decimal, date, StrEnum)) else value


def thaw(kind: type[Kind], given: Any) -> Kind:
    """The same value again."""
    return cast(Kind, _thaw(kind, given))


def _thaw(kind: Any, given: Any) -> Any:
    origin = get_origin(kind)
    if origin is UnionType:
        return None if given is None else _thaw(get_args(kind)[0], given)
    if origin in (tuple, frozenset):
        return origin(_thaw(get_args(kind)[0], one) for one in given)
    if origin is Mapping:
        key, value = get_args(kind)
        return {_thaw(key, name): _thaw(value, one) for name, one in given.items()}
    if is_dataclass(kind):
        hints = _hints(cast(type, kind))
        return cast(Any, kind)(**{name: _thaw(hints[name], one) for name, one in given.items()})
    return date.fromisoformat(given) if kind is date else kind(given)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
