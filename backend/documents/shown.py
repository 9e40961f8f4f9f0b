"""Days, instants, and what people wrote, as official documents show them."""

import re
from datetime import date, datetime

from backend.core.days import SHANGHAI
from backend.core.personal_numbers import mask
from backend.rulebook.rules import DayFlags, Rulebook

_STOPS = re.compile(r"[。．.；;]*。")


def day_shown(day: date) -> str:
    """2026年11月21日"""
    return f"{day.year}年{day.month}月{day.day}日"


def instant_shown(at: datetime) -> str:
    """2026年11月21日14时05分, in Shanghai."""
    local = at.astimezone(SHANGHAI)
    return f"{day_shown(local.date())}{local:%H时%M分}"


def day_of(at: datetime) -> date:
    """The day in Shanghai of an instant: its law applies."""
    return at.astimezone(SHANGHAI).date()


def due_shown(law: Rulebook, day: date) -> str:
    """2026年12月6日（星期日，休息日）: by when something is due, so that no holiday surprises anybody."""
    return f"{day_shown(day)}（星期{'一二三四五六日'[day.weekday()]}，{_kind_of(law.day(day))}）"


def _kind_of(flags: DayFlags) -> str:
    if not flags.loaded:
        return "当年节假日安排尚未公布或录入"
    if flags.statutory_day:
        return "法定节假日"
    return "休息日" if flags.at_rest else "工作日"


def masked(text: str | None) -> str:
    """What somebody wrote, without resident IDs and mobile numbers."""
    return mask(text).strip() if text else ""


def sentence(text: str) -> str:
    """Ends with a full stop; one wherever somebody wrote several."""
    return _STOPS.sub("。", f"{text}。")
