"""Venues that were punished before under the same regulations (屡罚加重). No database, no HTTP."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backend.rulebook.clocks import months_later
from backend.rulebook.rows import Repeat

EarlierKind = StrEnum("EarlierKind", ["WARNING_OR_FINE", "CLOSURE"])  # 警告或者罚款 / 停业整顿
Level = StrEnum("Level", ["CLOSURE", "REVOCATION"])  # 停业整顿三至六个月 / 吊销


@dataclass(frozen=True, slots=True)
class Earlier:
    """A penalty of the same venue for a breach of the regulations, by the day of its decision."""

    kind: EarlierKind
    decided_on: date
    number: str = ""  # of the decision


@dataclass(frozen=True, slots=True)
class Escalation:
    """What earlier penalties lead to; `is_doubtful` where that hangs on a day at the border of two years."""

    level: Level
    counted: tuple[Earlier, ...]
    is_doubtful: bool


def escalation(earlier: Iterable[Earlier], acted_on: date, repeat: Repeat) -> Escalation | None:
    """Whether a new breach meets a venue punished often enough (娱乐场所管理条例 art. 53 ¶3).

    Three warnings or fines within two years and one more punishable breach close the venue; two closures
    and one more revoke its licence. The third alone leads to nothing. The text says neither from when the
    two years are counted nor whether their first day counts: here they end with the new breach, and what
    lies on the first day or on the day of the breach itself is for a human.

    Parameters
    ----------
    earlier : iterable of Earlier
        For breaches of the same regulations; each decision once.
    acted_on : date
        Of the new breach.
    repeat : Repeat
        How many, within how many months.

    Returns
    -------
    Escalation or None
        Revocation before closure.
    """
    first = months_later(acted_on, -repeat.months)
    possible = sorted(
        {one for one in earlier if first <= one.decided_on <= acted_on},
        key=lambda one: (one.decided_on, one.kind, one.number),
    )
    for level, kind, needed in (
        (Level.REVOCATION, EarlierKind.CLOSURE, repeat.closures),
        (Level.CLOSURE, EarlierKind.WARNING_OR_FINE, repeat.warnings),
    ):
        counted = tuple(one for one in possible if one.kind is kind)
        certain = [one for one in counted if first < one.decided_on < acted_on]
        if len(counted) >= needed:
            return Escalation(level, counted, len(certain) < needed)
    return None
