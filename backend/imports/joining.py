"""Registers of licences have a row a licence: rows with one ref are one venue that does several things."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from backend.imports.content import Content
from backend.imports.errors import RowRefused
from backend.imports.register import Register, Values, packed
from geodata.layers import Row

_THE_VENUE = ("name", "place", "footprint")  # in what its rows must agree


def refs_of_several_rows(content: Content[Any], rows: Iterable[Row]) -> Counter[str]:
    """How many rows have a ref that more than one has. Reads the whole file."""
    counted = Counter(_refs(content, rows))
    return Counter({ref: count for ref, count in counted.items() if count > 1})


def _refs(content: Content[Any], rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        try:
            yield content.ref(row)
        except RowRefused:
            continue


def joined(register: Register, first: Values, further: Values) -> Values | None:
    """The venue with what a further row of it adds; nothing if that is another venue, or adds nothing."""
    if any(packed({name: first[name]}) != packed({name: further[name]}) for name in _THE_VENUE):
        return None
    added = {name: [part for part in further[name] if part not in first[name]] for name in register.children}
    if not any(added.values()):
        return None
    return first | {name: first[name] + parts for name, parts in added.items()}
