"""What a row of a channel's work orders means (工单), by a mapping that people wrote. No database, no HTTP.

What the mapping does not know is never guessed: the row waits until somebody has mapped it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from backend.core.days import SHANGHAI, instant_of
from backend.tips.rules import Contact, Nature, Noted, Source

Field = StrEnum(
    "Field",
    [
        "NUMBER",
        "RECEIVED_AT",
        "SEEN_AT",
        "KIND",
        "NATURE",
        "AREA",
        "PLACE",
        "TEXT",
        "NAME",
        "CONTACT",
        "IGNORE",
    ],
)  # 工单编号 / 派单时间 / 发生时间 / 类型 / 性质 / 区划 / 地点 / 内容 / 反映人 / 联系方式 / 不收
NEEDED = (Field.NUMBER, Field.KIND, Field.TEXT)
CODED = (Field.KIND, Field.NATURE, Field.AREA)  # their values are words of the channel
BOTH = "both"  # of a submission that is a report and a complaint
LONGEST = {Field.NUMBER: 64, Field.PLACE: 200, Field.TEXT: 4000, Field.NAME: 64, Field.CONTACT: 128}
_FORMS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d",
)
_NATURES = {
    "report": (Nature.REPORT, False),
    "complaint": (Nature.COMPLAINT, False),
    BOTH: (Nature.REPORT, True),
}

# 已收为线索 / 原已收到 / 待对照 / 不收
RowState = StrEnum("RowState", ["TAKEN", "KNOWN", "QUARANTINED", "REFUSED"])
Faults = dict[str, list[str]]  # by field, or by "column" for headings that are not known


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a channel's columns and values are read; `columns` leads headings to fields."""

    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]

    def with_more(self, columns: Mapping[str, str], values: Mapping[str, Mapping[str, str]]) -> "Meaning":
        """The same and what somebody added."""
        names = {*self.values, *values}
        return Meaning(
            {**self.columns, **columns},
            {name: {**self.values.get(name, {}), **values.get(name, {})} for name in names},
        )


@dataclass(frozen=True, slots=True)
class Order:
    """A work order as it will be kept."""

    number: str
    noted: Noted
    contact: Contact
    has_complaint: bool
    received_at: datetime


class RowUnclear(Exception):
    """A row is not taken: `faults` say why. It may be later, if only a mapping is missing (`waits`)."""

    def __init__(self, faults: Faults, *, waits: bool) -> None:
        super().__init__(faults)
        self.faults, self.waits = faults, waits


def faults_of_mapping(meaning: Meaning, kinds: Iterable[str], areas: Iterable[str]) -> Faults:
    """What a mapping says that is nothing here: fields, kinds, natures, areas.

    Parameters
    ----------
    meaning : Meaning
    kinds, areas : iterable of str
        Those that are known.

    Returns
    -------
    dict of list
        By field, what is wrong; empty for a mapping that may be kept.
    """
    known = {Field.KIND: set(kinds), Field.NATURE: set(_NATURES), Field.AREA: set(areas)}
    wrong: Faults = defaultdict(list)
    wrong["column"] = [one for one in meaning.columns.values() if one not in set(Field)]
    for name, table in meaning.values.items():
        allowed = known.get(Field(name), set()) if name in set(Field) else set()
        wrong[name] += [code for code in table.values() if code not in allowed]
    return {name: said for name, said in wrong.items() if said}


def meant(
    row: Mapping[str, str], meaning: Meaning, *, channel: Source, kinds: Iterable[str], areas: Iterable[str],
    area_code: str, now: datetime,
) -> Order:  # fmt: skip
    """What a row says.

    Parameters
    ----------
    row : mapping
        Texts by the headings of the file.
    meaning : Meaning
    channel : Source
    kinds, areas : iterable of str
        Kinds of the rulebook and area codes; a value that is one of them needs no mapping.
    area_code : str
        Where a row belongs that names no area.
    now : datetime

    Returns
    -------
    Order

    Raises
    ------
    RowUnclear
        With `waits` while a column or a value is not mapped; else what is wrong for good.
    """
    unknown: Faults = defaultdict(list)
    said: dict[str, str] = {}
    known = {Field.KIND: set(kinds), Field.NATURE: set(_NATURES), Field.AREA: set(areas)}
    for heading, text in row.items():
        field = meaning.columns.get(heading)
        if field is None:
            if text:
                unknown["column"].append(heading)
        elif field in CODED and text:
            code = meaning.values.get(field, {}).get(text, text)
            if code in known[Field(field)]:
                said[field] = code
            else:
                unknown[field].append(text[:64])
        elif field != Field.IGNORE and text:
            said[field] = text
    if unknown:
        raise RowUnclear(dict(unknown), waits=True)
    return _order(said, channel, area_code, now)


def _order(said: dict[str, str], channel: Source, area_code: str, now: datetime) -> Order:
    faults: Faults = {name: ["required"] for name in NEEDED if not said.get(name)}
    faults |= {name: ["too_long"] for name, most in LONGEST.items() if len(said.get(name, "")) > most}
    times = {name: _time(said.get(name, "")) for name in (Field.RECEIVED_AT, Field.SEEN_AT)}
    for name, at in times.items():
        if said.get(name) and at is None:
            faults[name] = ["not_a_day"]
        elif at and at > now:
            faults[name] = ["in_the_future"]
    if faults:
        raise RowUnclear(faults, waits=False)
    received_at = times[Field.RECEIVED_AT] or now
    nature, has_complaint = _NATURES[said.get(Field.NATURE, "report")]
    noted = Noted(
        str(uuid5(NAMESPACE_URL, f"humiao-order:{channel}:{said[Field.NUMBER]}")), said[Field.KIND],
        times[Field.SEEN_AT] or received_at, said[Field.TEXT], place=said.get(Field.PLACE, ""),
        area_code=said.get(Field.AREA, area_code), nature=nature,
    )  # fmt: skip
    contact = Contact(said.get(Field.NAME, ""), said.get(Field.CONTACT, ""))
    return Order(said[Field.NUMBER], noted, contact, has_complaint, received_at)


def _time(text: str) -> datetime | None:
    """An instant; where no zone is named, Shanghai's, as the city's channels write them."""
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=SHANGHAI)
        except ValueError:
            continue
    try:
        return instant_of(text)
    except ValueError:
        return None


def rows_of_json(said: Any) -> list[dict[str, str]] | None:
    """The rows of a JSON list of flat objects; None for anything else.

    Parameters
    ----------
    said : object
        As it was parsed.

    Returns
    -------
    list of dict, or None
    """
    if not isinstance(said, list) or not all(isinstance(row, dict) for row in said):
        return None
    if any(isinstance(value, (dict, list)) for row in said for value in row.values()):
        return None
    return [
        {str(name): "" if value is None else str(value).strip() for name, value in row.items()}
        for row in said
    ]
