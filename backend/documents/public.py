"""A copy for the public: natural persons masked, no numbers of persons, no signatures.

市场监督管理行政处罚信息公示规定 arts 5-7 (personal data are processed, the rest stays as it was served);
行政处罚法 art. 50; 上海市未成年人保护条例 art. 41 ¶1.
"""

import re
from collections import Counter
from typing import Any

from backend.documents.blocks import Block, Document
from backend.documents.shown import masked

_FAMILIES_OF_TWO = "欧阳司马上官诸葛东方皇甫尉迟公孙慕容令狐长孙宇文司徒夏侯申屠端木南宫西门独孤"
_TWO_SIGNS = frozenset(_FAMILIES_OF_TWO[at : at + 2] for at in range(0, len(_FAMILIES_OF_TWO), 2))
_OMITTED = "（略）"
_LONGEST_NAME = 4  # of a person
_STEMS = "甲乙丙丁戊己庚辛壬癸"


def may_be_person(name: str) -> bool:
    """Whether an operator may be a natural person, as far as its name can tell: organisations' are longer."""
    return 0 < len(name.strip()) <= _LONGEST_NAME


def public_copy(document: Document) -> Document:
    """The same document for everybody's eyes: 张三 becomes 张某, and of a party that is a person no address.

    Officers, who act for the agency, stay.
    """
    people = document.get("people", [])
    names = masked_names(people)
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True)))) if names else None

    def shown(value: Any) -> Any:
        if isinstance(value, list):
            return [shown(one) for one in value]
        if not isinstance(value, str):
            return value
        return masked(pattern.sub(lambda match: names[match[0]], value) if pattern else value)

    def block(one: Block) -> Block:
        if (
            one["kind"] == "table"
            and one["head"] is None
            and any(row[1] in people for row in one["rows"][:1])
        ):
            home = next((row[1] for row in one["rows"] if row[0] == "地址"), None)
            rows = [[row[0], _OMITTED] if home and row[1] == home else row for row in one["rows"]]
            one = one | {"rows": rows}
        kept = {name: one[name] if name == "svg" else shown(value) for name, value in one.items()}
        return kept | {"image": None} if one["kind"] == "signature" else kept

    return {**document, "blocks": [block(one) for one in document["blocks"]], "people": []}


def masked_names(people: list[str]) -> dict[str, str]:
    """Each name as it is masked; those that would look alike are told apart: 张某甲, 张某乙."""
    plain = {name: f"{_family(name)}某" for name in people if len(name) > 1}
    alike, seen = Counter(plain.values()), Counter[str]()
    told: dict[str, str] = {}
    for name, short in plain.items():
        told[name] = short if alike[short] == 1 else short + _STEMS[seen[short] % len(_STEMS)]
        seen[short] += 1
    return told


def _family(name: str) -> str:
    return name[:2] if name[:2] in _TWO_SIGNS and len(name) > 2 else name[:1]
