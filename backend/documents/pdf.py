"""A document as PDF/A on A4: what is in it is text there and never markup (templates/document.typ)."""

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from backend.documents.blocks import Block, Document
from backend.documents.errors import PictureUnprintable, SignUnprintable
from backend.documents.shown import day_shown
from backend.documents.stamp import NO_DAY, NO_NUMBER, Stamp, foot_of, who_signs, why_unsigned

Images = Mapping[str, str]
_TEMPLATE = Path(__file__).parent / "templates" / "document.typ"
_PICTURE = (
    b"#set page(width: auto, height: auto, margin: 0pt)\n"
    b'#image(bytes(sys.inputs.svg), format: "svg", width: 15cm)'
)
_UNPRINTABLE = re.compile(r"the text .(?P<text>.*?). could not be displayed")
_NO_PICTURE = "failed to decode image"
_NARROWEST, _WIDEST = 3, 18  # signs


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF and how many pages it has."""

    content: bytes
    pages: int


def as_pdf(document: Document, images: Images, stamp: Stamp | None, made_at: datetime) -> Printed:
    """Print a document; the same in gives the same bytes. Raises SignUnprintable, PictureUnprintable."""
    import typst  # with its fonts some tens of megabytes: a web worker imports it for this only

    inputs = {"document": orjson.dumps(_said(document, images, stamp)).decode()}
    compiler: Any = typst.Compiler(_TEMPLATE, font_paths=fonts(), ignore_system_fonts=True, sys_inputs=inputs)
    try:
        content: bytes = compiler.compile(
            format="pdf", pdf_standards=["a-2a"], timestamp=int(made_at.timestamp())
        )
    except typst.TypstError as problem:
        if found := _UNPRINTABLE.search(str(problem)):
            raise SignUnprintable(text=found["text"]) from None
        if _NO_PICTURE in str(problem):
            raise PictureUnprintable from None
        raise
    return Printed(content, int(orjson.loads(compiler.query("<pages>", field="value", one=True))))


def as_png(svg: str) -> bytes:
    """A drawing as a picture of dots, for what shows no SVG."""
    import typst

    compiler: Any = typst.Compiler(
        _PICTURE, font_paths=fonts(), ignore_system_fonts=True, sys_inputs={"svg": svg}
    )
    made: bytes = compiler.compile(format="png", ppi=200)
    return made


@cache
def fonts() -> Any:
    """Simplified Chinese in full, and Japanese for rare signs of names such as 𠮷; read once in a process."""
    import typst
    from pylopdf_fonts_jp import serif_path as rare
    from pylopdf_fonts_zh_cn import sans_path

    folders = [Path(path).parent for path in (sans_path(), rare())]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def _said(document: Document, images: Images, stamp: Stamp | None) -> dict[str, Any]:
    day = day_shown(date.fromisoformat(document["on"]))
    return {
        "title": document["title"], "number": document["number"] or NO_NUMBER,
        "foot": foot_of(document["title"], document["number"], day),
        "stamp": stamp and {"text": stamp.text, "address": stamp.address, "square": stamp.square().decode()},
        "officers": "、".join(document["officers"]),
        "blocks": [_shown(block, images) for block in document["blocks"]],
    }  # fmt: skip


def _shown(block: Block, images: Images) -> dict[str, Any]:
    if block["kind"] == "signature":
        picture = images.get(block["image"] or "")
        return {
            "kind": "signature", "who": who_signs(block["label"], block["name"], block["certificateNo"]),
            "why": why_unsigned(block["state"], block["reason"]), "at": block["at"] or NO_DAY,
            "picture": list(b64decode(picture.partition(",")[2])) if picture else None,
        }  # fmt: skip
    if block["kind"] == "table" and block["head"]:
        return block | {"widths": _widths([block["head"], *block["rows"]])}
    return block


def _widths(rows: list[list[str]]) -> list[int]:
    """How wide each column is beside the others, by its longest text."""
    longest = [max(map(_signs, column)) for column in zip(*rows, strict=True)]
    return [min(max(one, _NARROWEST), _WIDEST) + 2 for one in longest]


def _signs(text: str) -> int:
    """As wide as so many Chinese signs."""
    return -(-len(text.encode("gb18030")) // 2)
