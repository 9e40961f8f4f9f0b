"""A document as bytes: JSON of its blocks and the pictures of its signatures, as docs/documents.md says.

It is read strictly, because pages are made of it: a text is a text, a picture is a PNG.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import orjson

from backend.core.days import instant_of
from backend.intake.errors import DocumentUnacceptable
from backend.tasks.rules import ON_THE_SPOT

DOMAIN = b"humiao-document-v1\n"
MOST_BLOCKS = 5000
_PICTURE = re.compile(r"data:image/png;base64,[A-Za-z0-9+/]+=*")
Said = dict[str, Any]
Check = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Handed:
    """What a tablet signs beside a document: whose it is, which number it bears, what became of it."""

    document: str
    visit: str
    number: int | None  # the ledger's own, not what is printed
    how: str
    handed_at: str
    sha256: str

    @property
    def at(self) -> datetime:
        return instant_of(self.handed_at)

    def said(self) -> Said:
        """As it is signed."""
        return asdict(self)


def read_content(content: bytes, sha256: str) -> Said:
    """`document` and `images` of a content with this hash. Raises DocumentUnacceptable."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DocumentUnacceptable(reason="content_differs")
    try:
        said = orjson.loads(content)
    except ValueError:
        raise DocumentUnacceptable(reason="no_document") from None
    if not _has(said, {"document": _is_document, "images": _are_pictures}):
        raise DocumentUnacceptable(reason="no_document")
    return dict(said)


def _has(said: Any, checks: Mapping[str, Check]) -> bool:
    """Whether it says these things, each as it must be, and nothing else."""
    return (
        isinstance(said, dict) and set(said) == set(checks) and all(checks[one](said[one]) for one in checks)
    )


def _is_text(said: Any) -> bool:
    return isinstance(said, str)


def _may_be_text(said: Any) -> bool:
    return said is None or isinstance(said, str)


def _is_number(said: Any) -> bool:
    return type(said) is int


def _one_of(*known: Any) -> Check:
    return lambda said: said in known


def _are_texts(said: Any) -> bool:
    return isinstance(said, list) and all(map(_is_text, said))


def _are_pictures(said: Any) -> bool:
    return isinstance(said, dict) and all(_is_text(one) and _PICTURE.fullmatch(one) for one in said.values())


_BLOCKS: Mapping[str, Mapping[str, Check]] = {
    "heading": {"level": _one_of(1, 2), "text": _is_text},
    "paragraph": {"text": _is_text},
    "table": {
        "head": lambda said: said is None or _are_texts(said),
        "rows": lambda said: isinstance(said, list) and all(map(_are_texts, said)),
    },
    "signature": {
        "label": _is_text, "name": _may_be_text, "certificateNo": _may_be_text, "reason": _may_be_text,
        "state": _one_of("signed", "refused", "absent", "pending"), "image": _may_be_text, "at": _may_be_text,
    },
    "seal": {"agency": _is_text, "on": _is_text},
    "verification": {"code": _is_text, "address": _may_be_text},
}  # fmt: skip


def _is_block(said: Any) -> bool:
    kind = said.get("kind") if isinstance(said, dict) else None
    checks = _BLOCKS.get(kind) if isinstance(kind, str) else None
    return checks is not None and _has(said, {"no": _is_number, "kind": _is_text, **checks})


def _are_blocks(said: Any) -> bool:
    return isinstance(said, list) and len(said) <= MOST_BLOCKS and all(map(_is_block, said))


def _is_document(said: Any) -> bool:
    checks = {
        "kind": _one_of(*ON_THE_SPOT), "number": _may_be_text, "title": _is_text, "on": _is_text,
        "officers": _are_texts, "blocks": _are_blocks,
    }  # fmt: skip
    return _has(said, checks)
