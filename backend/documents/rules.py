"""What decides whether a document may be issued, and how long its code is. No database, no HTTP."""

from collections.abc import Iterator
from enum import StrEnum

from backend.documents.blocks import Block

AWAITS_REVIEW = "〔待法制审核〕"  # stands where only the legal reviewer may fill in
CODE_LENGTH = 12  # signs of five bits: 60, by chance
# 变更 / 撤销 / 确认违法 / 确认无效 (行政处罚法 art. 48 ¶2) / 制作有误
Because = StrEnum("Because", ["CHANGED", "REVOKED", "UNLAWFUL", "VOID", "WRITTEN_WRONGLY"])
Form = StrEnum("Form", ["HTML", "PDF", "DOCX"])


def awaits_review(blocks: list[Block]) -> bool:
    """Say whether something in a document is left to the legal reviewer before it may go out.

    Parameters
    ----------
    blocks : list of blocks

    Returns
    -------
    bool
    """
    return any(AWAITS_REVIEW in text for block in blocks for text in _texts(block))


def _texts(block: Block) -> Iterator[str]:
    for value in block.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (cell for row in value for cell in row)
