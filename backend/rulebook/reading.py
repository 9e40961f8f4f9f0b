"""From the YAML files to one document, and from a document to a rulebook that does not contradict itself.

The document is plain JSON: it is what the database keeps of a version, and what its hash is taken of.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import EnumMeta
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import yaml

from backend.rulebook.checks import problems_of
from backend.rulebook.rules import Rulebook, RulebookInvalid

Document = dict[str, list[dict[str, Any]]]
AnyType = TypeVar("AnyType")
DATA = Path(__file__).with_name("data")
TABLES = (
    "sources", "activities", "site_kinds", "distance_rules", "distance_settings", "duties", "legal_bases",
    "calendar", "interpretations", "judgements", "retention_classes", "retention_settings",
    "tip_kinds", "tip_clocks", "contact_unit_kinds", "credit_criteria", "procedure", "transfers",
    "reply_clocks",
)  # fmt: skip


def read(folder: Path = DATA) -> Document:
    """The rows of all files of a folder as plain JSON values; each file's `defaults` are in its rows.

    Raises
    ------
    RulebookInvalid
        If a file is not YAML, names a key twice, or has no rows.
    """
    document: Document = {"instruments": [], "clauses": []}
    for name in TABLES:
        files = [folder / f"{name}.yaml", *sorted((folder / name).glob("*.yaml"))]
        document[name] = [row for file in files if file.exists() for row in _rows(file, _parse(file))]
    for file in sorted((folder / "instruments").glob("*.yaml")):
        instrument = _parse(file)
        document["clauses"] += list(_clauses(instrument))
        document["instruments"].append(instrument)
    return document


def content_hash(document: Document) -> str:
    """SHA-256 of a document, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def build(document: Document, version: int) -> Rulebook:
    """A rulebook from a document.

    Raises
    ------
    RulebookInvalid
        If a row cannot be read, a reference leads nowhere, or two rows contradict each other.
    """
    problems: list[str] = []
    tables: dict[str, tuple[Any, ...]] = {}
    for field in fields(Rulebook):
        if field.name in document:
            (row_type, _) = get_args(get_type_hints(Rulebook)[field.name])
            tables[field.name] = tuple(_read_rows(row_type, field.name, document[field.name], problems))
    if problems:
        raise RulebookInvalid(problems)
    rulebook = Rulebook(version=version, content_hash=content_hash(document), **tables)
    if problems := list(problems_of(rulebook)):
        raise RulebookInvalid(problems)
    return rulebook


class _Loader(yaml.CSafeLoader):
    """YAML whose dates stay text and whose mappings may not name a key twice."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    pairs = [
        (loader.construct_object(key), loader.construct_object(value, deep=True)) for key, value in node.value
    ]
    seen = dict(pairs)
    if len(seen) < len(pairs):
        raise yaml.MarkedYAMLError(problem="a key stands twice in one mapping", problem_mark=node.start_mark)
    return seen


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)


def _parse(file: Path) -> dict[str, Any]:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), _Loader)  # noqa: S506  (a SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise RulebookInvalid([f"{file.name}: {problem}"]) from None
    if not isinstance(content, dict):
        raise RulebookInvalid([f"{file.name}: expected a mapping with `rows`"])
    return content


def _rows(file: Path, content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if not isinstance(content.get("rows"), list):
        raise RulebookInvalid([f"{file.name}: `rows` is missing"])
    for row in content["rows"]:
        yield content.get("defaults", {}) | row


def _clauses(instrument: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Take the clauses out of an instrument's file; a clause that was amended is a list of rows."""
    defaults, name = instrument.pop("defaults", {}), instrument.get("id")
    for place, given in instrument.pop("clauses", {}).items():
        for said in given if isinstance(given, list) else [given]:
            row = defaults | said
            summary = {"zh": row.pop("zh", None), "en": row.pop("en", None)}
            yield row | {"id": f"{name}:{place}", "instrument": name, "summary": summary}


def _read_rows(row_type: Any, table: str, rows: list[Any], problems: list[str]) -> Iterator[Any]:
    for row in rows:
        try:
            yield _value(row_type, row)
        except (ValueError, KeyError, TypeError) as problem:
            problems.append(f"{table}, {row.get('id', row) if isinstance(row, dict) else row}: {problem}")


def _value(kind: Any, given: Any) -> Any:
    """`given` as a value of the annotated kind; a ValueError says what was expected."""
    if is_dataclass(kind):
        return _dataclass(kind, given)
    if get_origin(kind) is UnionType:
        inner = next(part for part in get_args(kind) if part is not NoneType)
        return None if given is None else _value(inner, given)
    if get_origin(kind) is tuple:
        return tuple(_value(get_args(kind)[0], item) for item in _expect(list, given))
    if get_origin(kind) is Mapping:
        return {
            _expect(str, key): _value(get_args(kind)[1], item) for key, item in _expect(dict, given).items()
        }
    if isinstance(kind, EnumMeta):
        return kind[_expect(str, given)]
    if kind is date:
        return date.fromisoformat(_expect(str, given))
    if kind is float and isinstance(given, int) and not isinstance(given, bool):
        return float(given)
    return _expect(kind, given)


def _dataclass(kind: Any, given: Any) -> Any:
    kinds, needed = _shape(kind)
    if unknown := _expect(dict, given).keys() - kinds.keys():
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    if lacking := needed - given.keys():
        raise ValueError(f"missing: {', '.join(sorted(lacking))}")
    return kind(**{name: _value(kinds[name], value) for name, value in given.items()})


@cache
def _shape(kind: Any) -> tuple[dict[str, Any], frozenset[str]]:
    """The fields of a dataclass with their kinds, and those without a default."""
    optional = {f.name for f in fields(kind) if (f.default, f.default_factory) != (MISSING, MISSING)}
    return get_type_hints(kind), frozenset(f.name for f in fields(kind)) - optional


def _expect(kind: type[AnyType], given: Any) -> AnyType:
    if not isinstance(given, kind):
        raise ValueError(f"expected {kind.__name__}, got {given!r}")
    return given
