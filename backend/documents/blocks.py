"""What a document is made of: numbered blocks of plain text, the same whoever draws them (docs/documents.md).

A document is data. Tablets make it in TypeScript (forms/tablet/src/documents), desks here; both in one shape.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NotRequired, TypedDict

import orjson

from backend.documents.shown import day_shown
from backend.rulebook.rules import chinese_number

Block = dict[str, Any]
_SHORT = 8


class Document(TypedDict):
    """A document before it is drawn. `people` are the natural persons in it, whom a public copy masks."""

    kind: str
    number: str | None
    title: str
    on: str
    officers: list[str]
    blocks: list[Block]
    people: NotRequired[list[str]]


def document(
    kind: str, title: str, on: date, contents: Iterable[Block], *,
    number: str | None = None, officers: Iterable[str] = (), people: Iterable[str | None] = (),
) -> Document:  # fmt: skip
    """Put a document together; its title is the first block."""
    every = [heading(title, 1), *contents]
    return {
        "kind": kind, "number": number, "title": title, "on": on.isoformat(), "officers": list(officers),
        "blocks": [{"no": no, **block} for no, block in enumerate(every, 1)],
        "people": [name for name in dict.fromkeys(people) if name],
    }  # fmt: skip


def heading(text: str, level: int = 2) -> Block:
    return {"kind": "heading", "level": level, "text": text}


def paragraph(text: str) -> Block:
    return {"kind": "paragraph", "text": text}


def facts(rows: Iterable[tuple[str, str | None]]) -> Block:
    """Facts in two columns, without those that nobody stated."""
    return {"kind": "table", "head": None, "rows": [[name, value] for name, value in rows if value]}


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Block:
    return {"kind": "table", "head": list(head), "rows": [list(row) for row in rows]}


def listed(sentences: Iterable[str]) -> list[Block]:
    """（一）（二）… before each of some sentences."""
    return [paragraph(f"（{chinese_number(no)}）{one}") for no, one in enumerate(sentences, 1)]


def signature(
    label: str, name: str | None = None, certificate_no: str | None = None, *,
    state: str = "pending", reason: str | None = None, image: str | None = None, at: str | None = None,
) -> Block:  # fmt: skip
    """Where somebody signs, by hand unless `image` names a picture of the signature."""
    return {
        "kind": "signature", "label": label, "name": name, "certificateNo": certificate_no, "state": state,
        "reason": reason, "image": image, "at": at,
    }  # fmt: skip


def seal(agency: str, on: date) -> Block:
    """Space for a seal over the agency and the day."""
    return {"kind": "seal", "agency": agency, "on": day_shown(on)}


def picture(svg: str, text: str) -> Block:
    """A drawing of ours; `text` stands below it and is read out. No tablet may bring one."""
    return {"kind": "picture", "svg": svg, "text": text}


def sha256_of(blocks: Iterable[Block]) -> str:
    """The hash of the blocks: JSON in UTF-8, names in the order of the alphabet, no spaces."""
    return hashlib.sha256(orjson.dumps(list(blocks), option=orjson.OPT_SORT_KEYS)).hexdigest()


def short_hash(sha256: str) -> str:
    """Its first eight digits, as they stand on each page."""
    return sha256[:_SHORT].upper()
