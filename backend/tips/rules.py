"""What a tip says and how it is numbered. No database, no HTTP."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

Source = StrEnum("Source", ["STREET", "SCHOOL"])  # 执法人员街面发现 / 学校报告
State = StrEnum("State", ["RECEIVED", "IN_HAND", "ANSWERED"])  # 已收 / 办理中 / 已答复

NUMBER_LENGTH, SECRET_LENGTH = 8, 16  # 40 bits that repeat for nobody, 80 that nobody guesses
LONGEST_TEXT = 500
MOST_PICTURES, LARGEST_PICTURE = 3, 8 * 2**20

Area = tuple[float, float, float, float]  # x, y, width and height as parts of the whole picture


@dataclass(frozen=True, slots=True)
class Where:
    """A position as the sender stated it: degrees, in a reference that is named."""

    lon: float
    lat: float
    accuracy_m: float | None
    crs: str


@dataclass(frozen=True, slots=True)
class Announced:
    """A picture that belongs to a tip; where a minor may be in it, only `clear` areas are shown."""

    name: str
    size: int
    sha256: str
    minor_possible: bool
    clear: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Noted:
    """A tip as it was noted, before anybody looked at it."""

    uuid: str
    kind: str
    seen_at: datetime
    text: str
    where: Where | None = None
    site_id: int | None = None
    venue_id: int | None = None
    pictures: tuple[Announced, ...] = ()
    clear: tuple[tuple[Area, ...], ...] = ()  # what a school marked in each of its pictures

    def clear_in(self, number: int) -> tuple[Area, ...]:
        """What was marked as clear in a picture; nothing where nobody said."""
        return self.clear[number - 1] if number <= len(self.clear) else ()


def receipt_no(on: date, letters: str) -> str:
    """The number under which a tip is spoken of (回执号).

    Parameters
    ----------
    on : date
        The day on which it came, in Shanghai.
    letters : str
        By chance, so that a number does not tell how many tips there are.

    Returns
    -------
    str
        Such as ``XS20261121-7K3QF2ZD``.
    """
    return f"XS{on:%Y%m%d}-{letters}"
