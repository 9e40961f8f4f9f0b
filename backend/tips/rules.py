"""What a tip says and how it is numbered. No database, no HTTP."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Source(StrEnum):
    """Where a tip comes from (来源): noticed by ourselves, told to us, or a work order of another channel."""

    STREET = "street"  # 执法人员街面发现
    SCHOOL = "school"  # 学校报告
    PUBLIC = "public"  # 网页举报
    CITY_HOTLINE = "12345"
    MARKET_HOTLINE = "12315"
    CULTURE_HOTLINE = "12318"
    CITY_APP = "suishenban"  # 随申办
    PROCURATORATE = "12309"


CHANNELS = tuple(Source)[3:]  # those whose work orders come as files, each with a number of its own
Nature = StrEnum("Nature", ["REPORT", "COMPLAINT"])  # 举报 / 投诉: each has clocks of its own
# 待受理 / 研判中 / 办理中 / 已移送 / 已答复 / 已办结
State = StrEnum("State", ["RECEIVED", "IN_HAND", "ACCEPTED", "TRANSFERRED", "ANSWERED", "CLOSED"])
OVER = frozenset({State.ANSWERED, State.CLOSED})
# 受理 / 决定办理 / 移送 / 退回 / 核查完毕 / 答复 / 办结; 并办 / 分办 / 认定场所 / 延长时限
Deed = StrEnum(
    "Deed",
    [
        "TAKE",
        "ACCEPT",
        "TRANSFER",
        "TAKE_BACK",
        "VERIFY",
        "ANSWER",
        "CLOSE",
        "JOIN",
        "SPLIT",
        "PLACE",
        "EXTEND",
    ],
)
_WAYS = {
    Deed.TAKE: ({State.RECEIVED}, State.IN_HAND),
    Deed.ACCEPT: ({State.IN_HAND}, State.ACCEPTED),
    Deed.TRANSFER: ({State.IN_HAND, State.ACCEPTED}, State.TRANSFERRED),
    Deed.TAKE_BACK: ({State.TRANSFERRED}, State.IN_HAND),
    Deed.ANSWER: ({State.IN_HAND, State.ACCEPTED, State.TRANSFERRED}, State.ANSWERED),
    Deed.CLOSE: ({State.ANSWERED}, State.CLOSED),
}

Situation = StrEnum(
    "Situation", ["HARM", "SUSPECTED_HARM", "DANGER"]
)  # 受到侵害 / 疑似受到侵害 / 面临其他危险
AgeBand = StrEnum(
    "AgeBand", ["UNDER_6", "FROM_6", "FROM_14", "UNKNOWN"]
)  # 不满 6 / 6 至 13 / 14 至 17 岁 / 不清楚
# 在报告人身边 / 还在现场 / 回家 / 在校 / 在医院 / 已交公安 / 不清楚
Whereabouts = StrEnum(
    "Whereabouts", ["WITH_US", "STILL_THERE", "AT_HOME", "AT_SCHOOL", "IN_HOSPITAL", "WITH_POLICE", "UNKNOWN"]
)
HandedHow = StrEnum(
    "HandedHow", ["PHONE", "IN_PERSON", "IN_WRITING", "BY_SYSTEM"]
)  # 电话 / 当面 / 书面 / 系统
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
class Contact:
    """Who gave a tip and how they are reached, as they said."""

    name: str = ""
    reach: str = ""


NOBODY = Contact()


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
    clear: tuple[tuple[Area, ...], ...] = ()  # what the sender marked in each of the pictures
    place: str = ""  # where it is, in words
    area_code: str = ""  # where it is, as the sender chose
    nature: Nature = Nature.REPORT

    def clear_in(self, number: int) -> tuple[Area, ...]:
        """What was marked as clear in a picture; nothing where nobody said."""
        return self.clear[number - 1] if number <= len(self.clear) else ()


def state_after(state: State, deed: Deed) -> State | None:
    """Where a tip stands after a deed; None where it cannot be done now.

    An answer comes before the end, so nothing is closed without one.

    Parameters
    ----------
    state : State
        Where it stands now.
    deed : Deed

    Returns
    -------
    State or None
        The same state for what is done beside the way of a tip, as long as it is not over.
    """
    if deed in _WAYS:
        out_of, to = _WAYS[deed]
        return to if state in out_of else None
    return None if state in OVER else state


def other_nature(nature: Nature) -> Nature:
    """A complaint for a report, and the reverse: the two halves of one submission.

    Parameters
    ----------
    nature : Nature

    Returns
    -------
    Nature
    """
    return Nature.COMPLAINT if nature is Nature.REPORT else Nature.REPORT


def receipt_no(on: date, letters: str, kind: str = "XS") -> str:
    """The number under which a tip (回执号), or a mandatory report, is spoken of.

    Parameters
    ----------
    on : date
        The day on which it came, in Shanghai.
    letters : str
        By chance, so that a number does not tell how many there are.
    kind : str
        ``XS`` 线索, ``BG`` 强制报告.

    Returns
    -------
    str
        Such as ``XS20261121-7K3QF2ZD``.
    """
    return f"{kind}{on:%Y%m%d}-{letters}"
