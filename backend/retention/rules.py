"""What of a visit is due on a day, and what waits for what. No database, no HTTP."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# 检查记录 / 收件原文 / 附件 / 同意凭据 / 救援文件 / 线索 / 反映人 / 强制报告
Kind = StrEnum("Kind", ["RECORD", "FORM", "FILE", "CONSENT", "RESCUE", "TIP", "INFORMANT", "MANDATORY"])
HoldReason = StrEnum(
    "HoldReason", ["CASE", "RECONSIDERATION", "LAWSUIT", "TRANSFER", "SUPERVISION", "COMPLAINT", "OTHER"]
)
LiftReason = StrEnum("LiftReason", ["ENDED", "MISTAKE", "OTHER"])
BasisKind = StrEnum("BasisKind", ["GUARDIAN_CONSENT", "STATUTORY_DUTY"])  # 监护人同意 / 履行法定职责
ConsentForm = StrEnum("ConsentForm", ["WRITTEN", "ELECTRONIC", "RECORDED"])  # 书面 / 电子 / 录音录像
GivenBy = StrEnum("GivenBy", ["PARENT", "GUARDIAN", "OTHER_GUARDIAN"])  # 父母 / 监护人 / 其他监护人

ALONE = frozenset({"photo_ordinary", "photo_minor", "envelope_unmasked"})  # these need not wait for the rest
STATUTORY_CLAUSES = ("pipl:13.1(3)", "pipl:13.2", "pipl:34")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is sealed under a key, mostly a visit's. `days` are those from which its period counts;
    without a class it is still on its way and stays.
    """

    kind: Kind
    id: int
    retention_class: str | None
    days: Mapping[str, date]
    agency_id: int | None
    area_code: str
    stored: str | None = None  # the name of its sealed file
    evidence_id: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A part that is to go, since which day, and by which confirmed period."""

    part: Part
    on: date
    setting: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What of one visit goes; `with_key` if its key goes, and with the key everything."""

    dues: tuple[Due, ...] = ()
    with_key: bool = False


def plan(parts: Iterable[Part], on: date, period_of: Callable[[Part], tuple[date, str] | None]) -> Plan:
    """Say what of a visit is destroyed on a day.

    What is sealed under one key goes when the last of its periods is over; a part without a confirmed period
    keeps the key. Photos and forms as they came go alone, on their own day.

    Parameters
    ----------
    parts : iterable of Part
        Everything of the visit that was not destroyed yet.
    on : date
        The day, in Shanghai.
    period_of : callable
        The day on which a part is due and the period that says so; None if it is kept.

    Returns
    -------
    Plan
    """
    parts = list(parts)
    periods = [period_of(part) for part in parts]
    known = [Due(part, *period) for part, period in zip(parts, periods, strict=True) if period]
    if not known:
        return Plan()
    last = max(due.on for due in known)
    if len(known) == len(parts) and last <= on:
        return Plan(tuple(Due(due.part, last, due.setting) for due in known), with_key=True)
    return Plan(tuple(due for due in known if due.on <= on and due.part.retention_class in ALONE))


def ids_hash(items: Iterable[tuple[str, int]]) -> str:
    """SHA-256 over what was destroyed, whatever its order: lines such as ``file:7``.

    Parameters
    ----------
    items : iterable of (str, int)
        Kind and number of each.

    Returns
    -------
    str
        In hexadecimal.
    """
    lines = "\n".join(f"{kind}:{number}" for kind, number in sorted(items))
    return hashlib.sha256(lines.encode()).hexdigest()
