"""What of a signed record may leave with a lead: a list of what stays, so that nothing typed slips through.

上海市未成年人保护条例 art. 41 ¶1, 未成年人保护法 art. 103: never who a minor is. Paragraphs and cells that
somebody typed are left out whole; the original stays with the agency, and the manifest names its hash.
"""

import re
from collections.abc import Iterable, Iterator

from backend.documents.blocks import Block, Document
from backend.documents.public import masked_names, may_be_person
from backend.tasks.rules import DocumentKind
from backend.venues.models import Venue

RECORDS = frozenset(
    {DocumentKind.INSPECTION_RECORD, DocumentKind.ORDER_TO_CORRECT, DocumentKind.INSPECTION_NOTICE}
)
OMITTED = "（记录的文字已略去，原件存移送单位，校验值见清单）"
_KEPT = frozenset({"统一社会信用代码", "许可证号", "检查码", "检查日期", "案号"})  # no party
_PEOPLE = frozenset({"现场负责人", "负责人", "法定代表人", "经营者", "见证人", "姓名"})
_OFFICER = re.compile(r"([^\s、，；：（）]{2,20})（执法证号")
_END_OF_NAME = re.compile(r"[\s,，（(、；]")


def people_of(document: Document) -> Iterator[str]:
    """Every natural person whom a document names in its own places, officers too."""
    yield from document.get("people", [])
    for block in document["blocks"]:
        if block["kind"] == "signature" and block["name"]:
            yield block["name"]
        if block["kind"] == "table":
            for row in block["rows"]:
                if block["head"] is None and row[0] in _PEOPLE:
                    yield _END_OF_NAME.split(row[1])[0]
                yield from (name for cell in row for name in _OFFICER.findall(cell))


def operator_of(venue: Venue) -> Iterator[str]:
    """An operator that is a natural person, as far as its name can tell; it stands in a venue's name too."""
    if may_be_person(name := venue.operator_name or ""):
        yield name


def redacted(document: Document) -> Document:
    """Its title, what identifies it, who should have signed and the seal; no text that somebody typed."""
    kept: list[Block] = []
    for block in document["blocks"]:
        kept += _kept(block)
    return {**document, "officers": [], "blocks": [{**one, "no": no} for no, one in enumerate(kept, 1)]}


def _kept(block: Block) -> Iterator[Block]:
    match block["kind"]:
        case "heading" if block["level"] == 1:
            yield block
            yield {"kind": "paragraph", "text": OMITTED}
        case "table" if block["head"] is None:
            if rows := [row for row in block["rows"] if row[0] in _KEPT]:
                yield block | {"rows": rows}
        case "signature":
            yield block | {"name": None, "certificateNo": None, "reason": None, "image": None}
        case "seal":
            yield block


class Masking:
    """Names that are masked wherever they stand: 张三 becomes 张某."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = masked_names(sorted({name.strip() for name in names if len(name.strip()) > 1}))
        longest_first = sorted(self._names, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def text(self, said: str) -> str:
        """A text without them."""
        return self._pattern.sub(lambda found: self._names[found[0]], said) if self._pattern else said

    def document(self, document: Document) -> Document:
        """A document without them; a drawing's own labels too."""
        return {**document, "blocks": [self._block(one) for one in document["blocks"]], "people": []}

    def _block(self, block: Block) -> Block:
        return {name: self._value(value) for name, value in block.items()}

    def _value(self, value: object) -> object:
        if isinstance(value, list):
            return [self._value(one) for one in value]
        return self.text(value) if isinstance(value, str) else value
