"""Resident IDs and mobile numbers in free text: found however they are typed, so that none is kept there.

A resident ID (GB 11643) counts when its check digit holds and its birth date is one; 18-digit licence numbers
and credit codes fail that. A number that is part of a longer run of digits is another number.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

_GAP = r"[\s\-_.·‐‑‒–—−]{0,3}"  # what people type between groups of digits
_ANY_GAP = r"[\W_]{0,3}"  # where a check digit, or the groups themselves, tell a number from a list
_CENTURY = rf"(?:1{_ANY_GAP}9|2{_ANY_GAP}0)"
_RESIDENT_ID = re.compile(
    rf"(?<!\d)(?=([1-9](?:{_ANY_GAP}\d){{5}}{_ANY_GAP}{_CENTURY}(?:{_ANY_GAP}\d){{9}}{_ANY_GAP}[\dX])(?!\d))"
)
_MOBILE = re.compile(rf"(?<!\d)(?=((?:(?:00)?86[)）]?{_GAP})?(1{_GAP}[3-9](?:{_GAP}\d){{9}}))(?!\d))")
_IN_GROUPS = re.compile(
    rf"(?<!\d)(?=(1[3-9]\d{_ANY_GAP}(?!(?:19|20)\d\d{_ANY_GAP}20)\d{{4}}{_ANY_GAP}\d{{4}})(?!\d))"
)
# Provinces, Taiwan, the residence permits of Hong Kong, Macao and Taiwan; 9: foreigners' permanent residence.
_REGION = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MACHINE_ID = re.compile(r"(?i)\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,128})\b")
_LOOKS_LIKE_X = frozenset("xX×✕ХхⅩⅹ")
_SHORTEST = 11  # digits of a mobile number
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # blank, though they count as letters or symbols
_IN_WORDS = str.maketrans("〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺", "001234567891234567891")


class Span(NamedTuple):
    """Where a number stands in the text: text[start:end]. `kind` is resident_id or mobile."""

    start: int
    end: int
    kind: str


def find(text: str) -> list[Span]:
    """Every resident ID and mobile number of a text, in order, without overlaps."""
    if len(text) < _SHORTEST or (text.isascii() and sum(map(str.isdigit, text)) < _SHORTEST):
        return []
    folded, places = _fold(text)
    found = _search(folded)
    worded = folded.translate(
        _IN_WORDS
    )  # 一三八…; searched apart, a word beside digits is often none of them
    if worded != folded:
        found |= _search(worded)
    spans: list[Span] = []
    for start, end, kind in sorted(found):
        if not spans or places[start] >= spans[-1].end:
            spans.append(Span(places[start], places[end - 1] + 1, kind))
    return spans


def _search(folded: str) -> set[tuple[int, int, str]]:
    folded = _MACHINE_ID.sub(lambda match: "#" * len(match[0]), folded)
    found = {(*match.span(1), "mobile") for match in _IN_GROUPS.finditer(folded)}
    for match in _RESIDENT_ID.finditer(folded):
        if _is_resident_id(re.sub(r"[\W_]", "", match[1])):
            found.add((*match.span(1), "resident_id"))
    for match in _MOBILE.finditer(folded):
        gaps = set(re.findall(r"\D+", match[2]))
        if len(gaps) <= 1:  # a list of amounts or dates mixes its gaps, a telephone number does not
            found.add((*match.span(1), "mobile"))
    return found


def mask(text: str) -> str:
    """The text with each number replaced by a word for what stood there."""
    words = {"resident_id": "〔身份证号〕", "mobile": "〔手机号〕"}
    while spans := find(text):  # again, since a number may have been hidden by the one that is gone
        for span in reversed(spans):
            text = text[: span.start] + words[span.kind] + text[span.end :]
    return text


def _fold(text: str) -> tuple[str, list[int]]:
    """Any digit as 0-9, any X as X, invisible characters gone; and where each character came from."""
    if text.isascii():
        return text.upper(), list(range(len(text)))
    kept = [(_plain(c), i) for i, c in enumerate(text) if _is_visible(c)]
    return "".join(c for c, _ in kept), [i for _, i in kept]


def _is_visible(character: str) -> bool:
    """Not a control, a mark upon another character, or a filler: people do not see that it parts digits."""
    if unicodedata.category(character) in ("Cf", "Mn", "Me", "Cc"):
        return character.isspace()
    return character not in _FILLERS


def _plain(character: str) -> str:
    if character in _LOOKS_LIKE_X:
        return "X"
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 and not folded.isdigit() else character


def _is_resident_id(number: str) -> bool:
    if not _REGION.match(number) or not _is_birth_date(number[6:14]):
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11
    return number[17] == "10X98765432"[remainder]


def _is_birth_date(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return date(1900, 1, 1) <= born <= (datetime.now(UTC) + timedelta(days=1)).date()
