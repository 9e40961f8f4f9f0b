"""When a unit has to query its staff again (从业查询), and what a query may bring. No database, no HTTP."""

from datetime import date, timedelta
from enum import StrEnum

from backend.rulebook.clocks import months_later

QueryKind = StrEnum("QueryKind", ["BEFORE_HIRING", "YEARLY"])  # 招聘前 / 每年
AskedOf = StrEnum("AskedOf", ["POLICE", "PROCURATORATE", "BOTH"])  # 公安 / 检察 / 公安和检察
AskedBy = StrEnum("AskedBy", ["UNIT", "AUTHORITY"])  # 本单位 / 主管部门统一查询
# 没有记录 / 有记录，没有录用 / 有记录，已解聘 / 等答复
Result = StrEnum("Result", ["NONE_FOUND", "NOT_HIRED", "DISMISSED", "AWAITED"])
Standing = StrEnum("Standing", ["NEVER", "OVERDUE", "SOON", "IN_TIME"])  # 从未查询 / 超期 / 将到期 / 未到期

SOON = timedelta(days=30)  # how long before its last day a unit is reminded: ours, no law
_ONLY_FOR = {Result.NOT_HIRED: QueryKind.BEFORE_HIRING, Result.DISMISSED: QueryKind.YEARLY}


def next_due(queried_on: date, every_months: int) -> date:
    """The last day on which the staff is queried again in time (条例 47 ¶2, 未保法 62 ¶2).

    The law says "every year". It is read strictly: within so many months of the last query of all staff. A
    query before hiring starts no clock; one whose answer is awaited does, for the duty is to query.

    Parameters
    ----------
    queried_on : date
        When all staff was queried last.
    every_months : int
        The interval of the unit's kind, from the rulebook.

    Returns
    -------
    date
        The same day so many months later; after a 29 February the last day of that month.
    """
    return months_later(queried_on, every_months)


def standing_of(next_due_on: date | None, on: date) -> Standing:
    """How a unit stands on a day.

    Parameters
    ----------
    next_due_on : date or None
        Its last day; None if it never queried all its staff.
    on : date

    Returns
    -------
    Standing
        On the last day itself it is still in time.
    """
    if next_due_on is None:
        return Standing.NEVER
    if next_due_on < on:
        return Standing.OVERDUE
    return Standing.SOON if next_due_on <= on + SOON else Standing.IN_TIME


def can_result(kind: QueryKind, result: Result) -> bool:
    """Whether a query of a kind may have this result: nobody is dismissed before being hired.

    Parameters
    ----------
    kind : QueryKind
    result : Result

    Returns
    -------
    bool
    """
    return _ONLY_FOR.get(result, kind) is kind
