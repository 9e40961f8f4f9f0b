"""A message as a workbook for receivers who only have e-mail: its rows, columns for their reply, a signature.

Signed are the cells that left, as `content_of` writes them, so that whoever has the file can verify them.
Older tables have no line `signed`: theirs covers the first sheet only.
"""

import io
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature

from backend.core.key_pairs import SharingKey, SharingPublic
from backend.core.spreadsheets import plain_cell, without_guard
from backend.sharing.catalogue import CATALOGUE
from backend.sharing.errors import ReplyRefused
from backend.sharing.models import SharingMessage
from backend.tasks.errors import ImportRefused
from backend.tasks.table import sheets

MOST_ROWS = 5000
ROWS_SHEET, ABOUT_SHEET = "数据", "约定"
ROW_ID = "row_id"
REPLY_COLUMNS = ("reply_no", "handled", "remark")
_REPLY_HEADINGS = ("回执号 Receipt number", "是否已处理 Handled", "备注 Remark")
SIGNED = "humiao-table/2"
_BY = ("key_id", "signature")
_NEEDED = {"message_id", *_BY}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_LONGEST_CELL, _LONGEST_ABOUT, _WIDEST = 400, 40, 40


@dataclass(frozen=True, slots=True)
class Sheet:
    """A workbook as it was read: its cells as texts, those of its second sheet also by their names."""

    headings: list[str]
    rows: list[list[str]]
    about_rows: list[list[str]]
    about: dict[str, str]


def headings_of(message: SharingMessage) -> list[str]:
    """The headings of the columns that left, then those of a reply."""
    words = {field.name: field.means for field in CATALOGUE[message.agreement.dataset].fields}
    named = [f"{words[name].zh} {name}" for name in message.fields]
    return [ROW_ID, *named, *_REPLY_HEADINGS]


def texts_of(message: SharingMessage) -> list[list[str]]:
    """The rows that left, as the texts of their cells."""
    rows = orjson.loads(message.body)["rows"]
    return [[_text(row[name])[:_LONGEST_CELL].strip() for name in (ROW_ID, *message.fields)] for row in rows]


def agreed_of(message: SharingMessage) -> dict[str, str]:
    """What the second sheet says of the message and its agreement, as the texts of its cells."""
    agreement = message.agreement
    said = {
        "agreement": agreement.id, "receiver": agreement.receiver, "purpose": agreement.purpose,
        "legal_basis": agreement.legal_basis, "dataset": agreement.dataset, "about": message.about,
        "until_on": agreement.until_on.isoformat(), "message_id": message.message_id,
        "sha256": message.sha256,
    }  # fmt: skip
    return {name: _text(value) for name, value in said.items()}


def content_of(message: SharingMessage, signed: str | None = SIGNED) -> bytes:
    """What is signed: number of the message, names of the columns, texts of the cells of both sheets."""
    said: dict[str, Any] = {
        "message_id": message.message_id, "columns": [ROW_ID, *message.fields], "rows": texts_of(message)
    }  # fmt: skip
    if signed is not None:
        said |= {"agreed": agreed_of(message), "signed": signed}
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS)


def write(message: SharingMessage, key: SharingKey) -> bytes:
    """The workbook."""
    from openpyxl import Workbook  # it brings Pillow: a web worker imports it for this only

    book = Workbook()
    sheet = book.active
    sheet.title, sheet.freeze_panes = ROWS_SHEET, "B2"
    empty = [""] * len(REPLY_COLUMNS)
    _fill(sheet, [headings_of(message), *([*row, *empty] for row in texts_of(message))])
    signature = b64encode(key.private.sign(content_of(message))).decode()
    by = zip(_BY, (key.id, signature), strict=True)
    _fill(book.create_sheet(ABOUT_SHEET), [*agreed_of(message).items(), *by, ("signed", SIGNED)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content: bytes) -> Sheet:
    """The workbook that came back. Raises ReplyRefused for what cannot be one of ours."""
    try:
        rows, about = sheets(content, {ROWS_SHEET: MOST_ROWS, ABOUT_SHEET: _LONGEST_ABOUT})
    except ImportRefused as refusal:
        raise ReplyRefused(table=refusal.data["table"]) from None
    texts = [[_text(cell) for cell in row] for row in rows]
    texts = [row + [""] * (_WIDEST - len(row)) for row in texts]
    about_rows = [[_text(cell) for cell in row] for row in about]
    said = {row[0]: row[1] for row in about_rows if len(row) > 1}
    if not texts or not said.keys() >= _NEEDED:
        raise ReplyRefused(table="not_ours")
    return Sheet(texts[0], texts[1:], about_rows, said)


def is_signed(sheet: Sheet, message: SharingMessage, keys: Iterable[SharingPublic]) -> bool:
    """Whether the signature in a workbook is one of ours over what left with this message."""
    for key in keys:
        if key.id == sheet.about["key_id"]:
            try:
                signature = b64decode(sheet.about["signature"], validate=True)
                key.verify(signature, content_of(message, sheet.about.get("signed")))
            except (ValueError, InvalidSignature):
                return False
            return True
    return False


def altered_row(sheet: Sheet, message: SharingMessage) -> int | None:
    """The first row of the second sheet, as Excel counts, that is not as it left; None: all are."""
    left = [*agreed_of(message).items(), *((name, sheet.about[name]) for name in _BY)]
    if "signed" in sheet.about:
        left.append(("signed", SIGNED))
    pairs = zip_longest(sheet.about_rows, left, fillvalue=())
    for number, (is_now, was) in enumerate(pairs, 1):
        if _trimmed(is_now) != _trimmed(was):
            return number
    return None


def _fill(sheet: Any, rows: Iterable[Sequence[str]]) -> None:
    """Every cell is text, so that no code becomes a number and nothing is a formula."""
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value, cell.number_format = plain_cell(value), "@"
            cell.data_type = "s"


def _trimmed(texts: Iterable[str]) -> list[str]:
    kept = list(texts)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _text(value: Any) -> str:
    """A value as the text of a cell, the same before it leaves and after it came back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = _CONTROL.sub(" ", str(value)).strip()
    return without_guard(text).strip()
