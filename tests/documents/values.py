"""Plain values as facts of documents: from the vectors that the tablet shares, and a case of our own."""

import json
import re
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "documents.json").read_text("utf-8"))


def as_facts(kind: Any, said: Any) -> Any:
    """A value of a kind from JSON in the names of TypeScript; of a text in two languages the Chinese."""
    if get_origin(kind) in (Union, UnionType):
        kind = next(one for one in get_args(kind) if one is not type(None))
        return None if said is None else as_facts(kind, said)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        named = {re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower(): value for name, value in said.items()}
        return kind(
            **{
                one.name: as_facts(hints[one.name], named[one.name])
                for one in fields(kind)
                if one.name in named
            }
        )
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        return tuple(as_facts(inner, one) for one in said)
    if kind in (date, datetime):
        return kind.fromisoformat(said)
    return said[0] if kind is str and isinstance(said, list) else said
