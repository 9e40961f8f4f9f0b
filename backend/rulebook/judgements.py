"""What a sign in a visit means for a duty (判断规则), and which row speaks. No database, no HTTP."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase
from itertools import combinations

from backend.rulebook.rows import Duty, Row, Text

Outcome = StrEnum("Outcome", ["VIOLATION", "NO_VIOLATION", "REVIEW"])  # 违法 / 不违法 / 须人工判断
DayForDuty = StrEnum("DayForDuty", ["BINDING", "FREE", "UNKNOWN"])  # 适用 / 不适用 / 当日性质不明
EVERYTHING = "*"
_SIGN = re.compile(r"\*|(item|id_check|devices|stays|rooms|consents|scripts|hung):[a-z0-9_*]+(:[a-z0-9_*]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Row):
    """What a sign means for a duty on a kind of day. Its id is the word by which the reason is known.

    `signs` are what `inspections.signs` reads in a visit, such as ``item:ban_sign`` (answered: breach) or
    ``id_check:confirmed_minors``; ``*`` stands for any part. `duties` names the duties that the signs
    speak of, each with the activities (none: all of the duty); without any it is every duty that the item
    serves. `days` are the kinds of day, as seen from the duty, or from another that `days_of` names for an
    activity.
    """

    signs: tuple[str, ...]
    duties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    days: tuple[DayForDuty, ...] = (DayForDuty.BINDING,)
    days_of: Mapping[str, str] = field(default_factory=dict)
    outcome: Outcome
    because: Text
    clauses: tuple[str, ...] = ()

    def matching(self, sign: str) -> str | None:
        """The narrowest of its patterns that the sign fits."""
        fitting = [pattern for pattern in self.signs if fnmatchcase(sign, pattern)]
        return max(fitting, key=_narrowness, default=None)

    def speaks_of(self, duty: Duty, activity: str) -> bool:
        return not self.duties or activity in self.activities_for(duty)

    def activities_for(self, duty: Duty) -> tuple[str, ...]:
        """The activities for which it judges a duty that it names."""
        if duty.id not in self.duties:
            return ()
        return self.duties[duty.id] or duty.activities + duty.to_confirm


def _narrowness(pattern: str) -> int:
    return len(pattern.replace(EVERYTHING, ""))


class Judgements:
    """The rows in force on one day."""

    def __init__(self, rows: Iterable[Judgement], duties: Mapping[str, Duty]) -> None:
        self.rows, self._duties = {row.id: row for row in rows}, duties

    def duties_of(self, sign: str, activity: str) -> tuple[str, ...]:
        """The duties that a sign speaks of, in the order of the rows."""
        named = (
            duty_id
            for row in self.rows.values()
            if row.matching(sign) not in (None, EVERYTHING)
            for duty_id in row.duties
            if duty_id in self._duties and row.speaks_of(self._duties[duty_id], activity)
        )
        return tuple(dict.fromkeys(named))

    def of(
        self, sign: str, duty_id: str, activity: str, day_for: Callable[[str], DayForDuty]
    ) -> Judgement | None:
        """The narrowest row for a sign, a duty, an activity and the kind of day; a named duty comes first."""
        duty = self._duties[duty_id]
        speaking = [
            (bool(row.duties), _narrowness(pattern), row)
            for row in self.rows.values()
            if (pattern := row.matching(sign)) is not None
            if row.speaks_of(duty, activity) and day_for(row.days_of.get(activity, duty_id)) in row.days
        ]
        return max(speaking, key=lambda one: one[:2])[2] if speaking else None


def problems_of_judgements(rows: Iterable[Judgement], duties: Iterable[Duty]) -> Iterator[str]:
    """What is wrong with the rows: signs of no kind, lost duties, activities without the duty, ties."""
    known = {duty.id: duty for duty in duties}
    for row in rows:
        yield from (f"{row.id}: {sign} is no sign" for sign in row.signs if not _SIGN.fullmatch(sign))
        if not row.signs or not row.days:
            yield f"{row.id}: names no sign or no kind of day"
        for duty_id in (*row.duties, *row.days_of.values()):
            if duty_id not in known:
                yield f"{row.id}: {duty_id} is not in duties"
        for duty_id in row.duties.keys() & known.keys():
            bound = known[duty_id].activities + known[duty_id].to_confirm
            yield from (f"{row.id}: {a} has no duty {duty_id}" for a in row.duties[duty_id] if a not in bound)
    for one, other in combinations(rows, 2):
        if clash := sorted(_said(one, known) & _said(other, known)):
            yield f"{one.id} and {other.id} both judge {', '.join(map(str, clash[0]))}"


def _said(row: Judgement, duties: Mapping[str, Duty]) -> set[tuple[str, str, str, str]]:
    """Everything that a row speaks of today: two rows that say the same are a tie."""
    if row.in_force_to is not None and row.in_force_to < date.max:
        return set()
    named = [
        (duty_id, activity)
        for duty_id in row.duties.keys() & duties.keys()
        for activity in row.activities_for(duties[duty_id])
    ] or [(EVERYTHING, EVERYTHING)]
    return {(sign, *pair, day) for sign in row.signs for pair in named for day in row.days}
