"""Cells of a file as values of the register: cleaned, or left blank with a note. Nothing is guessed."""

import math
import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from backend.core import personal_numbers
from backend.imports.report import Tally
from geodata.layers import Row

_ELEVEN_DIGITS = re.compile(r"(?:\d\D{0,3}){10}\d")  # fewer are no personal number; most texts stop here
_DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.|年(\d{1,2})月|(\d\d)(?=\d\d\b))(\d{1,2})日?(?:[ T].*)?"
)
_NOTHING = {"#n/a", "n/a", "#value!", "#ref!", "#null!", "nan", "null", "none", "nil", "-", "--", "\\n", "无"}


def clean(text: str | None) -> str | None:
    """Text on one line, without control and invisible characters; nothing when nothing is left."""
    if text and (not text.isprintable() or "  " in text or text[0] == " " or text[-1] == " "):
        text = " ".join("".join(map(_visible, text)).split())
    return text or None


def _visible(character: str) -> str:
    match unicodedata.category(character):
        case "Cf":
            return ""
        case "Cc" | "Cs" | "Zs" | "Zl" | "Zp":
            return " "
    return character  # also characters newer than this Python, and private ones: rare characters of names


def is_personal(text: str) -> bool:
    """Whether a resident ID or mobile number is in it."""
    return bool(_ELEVEN_DIGITS.search(text)) and bool(personal_numbers.find(text))


def says_nothing(cell: str | None) -> bool:
    """Blank, or a word for it: #N/A, null, 无 ..."""
    return (cell or "").strip().casefold() in _NOTHING | {""}


def day(text: str | None) -> date | None:
    """2024-03-01, 2024/3/1, 2024.3.1, 20240301, 2024年3月1日, any of them with a time. Raises ValueError."""
    if text is None or says_nothing(text):
        return None
    if found := _DAY.fullmatch(text):
        year, *months, of_month = found.groups()
        with suppress(ValueError):  # the 31st of February
            return date(int(year), int(next(filter(None, months))), int(of_month))
    raise ValueError(f"{text!r} is no day")


def metres(text: str | None) -> float | None:
    """A number from 0 up. Raises ValueError."""
    if text is None or says_nothing(text):
        return None
    number = float(text)
    if not 0 <= number < math.inf:
        raise ValueError(text)
    return number


class Cells:
    """The cells of rows by the role that their column plays."""

    def __init__(self, columns: Mapping[str, str], tally: Tally) -> None:
        self.columns, self._tally = dict(columns), tally

    def note(self, reason: str, row: Row) -> None:
        self._tally.note(reason, row.number)

    def raw(self, row: Row, role: str) -> str | None:
        """As the file has it; nothing where no column plays the role."""
        column = self.columns.get(role)
        return None if column is None else row.values[column]

    def text(self, row: Row, role: str, *, noting: bool = True) -> str | None:
        """Cleaned; a resident ID or mobile number in it is masked and noted."""
        text = clean(self.raw(row, role))
        if text and is_personal(text):
            if noting:
                self.note("personal_number_masked", row)
            return personal_numbers.mask(text)
        return text

    def day(self, row: Row, role: str) -> date | None:
        try:
            return day(clean(self.raw(row, role)))
        except ValueError:
            self.note("date_unreadable", row)
            return None

    def metres(self, row: Row, role: str) -> float | None:
        try:
            return metres(clean(self.raw(row, role)))
        except ValueError:
            self.note("number_unreadable", row)
            return None
