"""What a sweep proposes, and when something is put right. Plain Python.

A matter is one duty of one activity at one venue. It is open while the newest look at it saw it broken.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

State = StrEnum("State", ["DRAFT", "APPROVED", "UNDER_WAY", "CLOSED"])  # 草案 / 已批准 / 进行中 / 已办结
Proposal = StrEnum("Proposal", ["JOINT", "SINGLE", "LEFT_OUT", "NOBODY"])  # 联合 / 单独 / 暂不检查 / 无主管

LARGEST_RING_M = 1000.0
Matter = tuple[int, str, str]  # venue, activity, duty


def state_of(*, is_approved: bool, has_tasks: bool, is_closed: bool) -> State:
    """How far a sweep has come.

    Parameters
    ----------
    is_approved, has_tasks, is_closed : bool
        Whether its plan was approved, tasks were made, somebody closed it.

    Returns
    -------
    State
    """
    if is_closed:
        return State.CLOSED
    if has_tasks:
        return State.UNDER_WAY
    return State.APPROVED if is_approved else State.DRAFT


def propose(agencies: int, *, last_on: date | None, on: date, apart: timedelta, is_open: bool) -> Proposal:
    """Propose how a venue is visited: fewer visits, and together.

    Parameters
    ----------
    agencies : int
        How many are competent there.
    last_on : date or None
        The last visit of any agency.
    on : date
        The first day of the sweep.
    apart : timedelta
        Two visits closer than this are too close.
    is_open : bool
        Whether something found there was not seen put right yet: then it is not left out.

    Returns
    -------
    Proposal
    """
    if not agencies:
        return Proposal.NOBODY
    if last_on is not None and on - last_on < apart and not is_open:
        return Proposal.LEFT_OUT
    return Proposal.JOINT if agencies > 1 else Proposal.SINGLE


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last day: by when a plan approved on `day` is published.

    Of the month (business-env-regs:campaigns) no text is in hand; that it runs from the approval is a
    reading, to be confirmed.

    Parameters
    ----------
    day : date

    Returns
    -------
    date
    """
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True, order=True)
class Look:
    """Somebody looked at a matter on a visit: it was broken, or in order."""

    on: date
    visit_id: int
    is_broken: bool


def is_open(looks: Iterable[Look]) -> bool:
    """Whether a matter is open: the newest look at it saw it broken.

    Parameters
    ----------
    looks : iterable of Look
        At one matter, in any order. Of one day the visit that came in last is the newest.

    Returns
    -------
    bool
        False where nobody looked.
    """
    newest = max(looks, default=None)
    return newest is not None and newest.is_broken


def is_put_right(looks: Iterable[Look]) -> bool:
    """Whether a matter was seen in order by the newest look at it.

    Parameters
    ----------
    looks : iterable of Look
        At one matter, in any order.

    Returns
    -------
    bool
        False where nobody looked: what was taken back was not put right.
    """
    newest = max(looks, default=None)
    return newest is not None and not newest.is_broken


def reason_of(name: str, together: Iterable[str]) -> str:
    """The reason of a task: the sweep by its name, and the agencies that come together.

    Parameters
    ----------
    name : str
    together : iterable of str
        Chinese names; none or one where nobody comes along.

    Returns
    -------
    str
        At most 255 characters.
    """
    known = list(together)
    return (name if len(known) < 2 else f"{name}（联合检查：{'、'.join(known)}）")[:255]
