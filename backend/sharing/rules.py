"""How an agreement and a message stand, and when a message is tried again. No database, no HTTP."""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from backend.accounts.rules import Role

# 市未成年人保护信息管理系统 / 大数据中心 / 社区云 / 其他部门
Receiver = StrEnum("Receiver", ["CITY_MINORS_SYSTEM", "BIG_DATA_CENTRE", "COMMUNITY_CLOUD", "DEPARTMENT"])
Channel = StrEnum("Channel", ["HTTPS", "SPREADSHEET"])  # 接口 / 电子表格
State = StrEnum("State", ["PROPOSED", "CONFIRMED", "REFUSED", "ENDED", "REPLACED"])
# 待确认 / 未到期限 / 有效 / 已到期 / 未确认 / 已终止 / 已被新版代替
Standing = StrEnum(
    "Standing", ["PROPOSED", "COMING", "IN_FORCE", "EXPIRED", "REFUSED", "ENDED", "REPLACED"]
)  # fmt: skip
Deed = StrEnum("Deed", ["CONFIRM", "REFUSE", "END"])
# 现在不能办 / 提出人不能自己确认 / 角色不符 / 期限已过 / 被代替的已失效
Because = StrEnum("Because", ["NOT_FROM_HERE", "PROPOSED_IT", "NOT_YOUR_ROLE", "IS_OVER", "REPLACED_IS_OVER"])
# 待发 / 已发出，等回执 / 已有回执 / 失败，将再试 / 已放弃 / 不予发送
Delivery = StrEnum("Delivery", ["QUEUED", "SENT", "RECEIPTED", "FAILED", "GIVEN_UP", "WITHHELD"])
# 开始发送 / 已有回执 / 失败 / 已下载 / 已收回复 / 重新排队 / 不予发送
Outcome = StrEnum(
    "Outcome", ["BEGUN", "RECEIPTED", "FAILED", "TAKEN", "REPLIED", "QUEUED_AGAIN", "WITHHELD"]
)  # fmt: skip

PROPOSERS = frozenset({Role.SUPERVISOR, Role.COORDINATOR})
DECIDERS = PROPOSERS | {Role.LEGAL_REVIEWER}
LEFT = frozenset({Outcome.BEGUN, Outcome.TAKEN})  # from then on the fields count as gone
WAITING = frozenset({Delivery.QUEUED, Delivery.SENT, Delivery.FAILED})
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)

_TO = {Deed.CONFIRM: State.CONFIRMED, Deed.REFUSE: State.REFUSED, Deed.END: State.ENDED}
_STANDS = {
    State.PROPOSED: Standing.PROPOSED, State.REFUSED: Standing.REFUSED, State.ENDED: Standing.ENDED,
    State.REPLACED: Standing.REPLACED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """From the first to the last day on which an agreement counts."""

    from_on: date
    until_on: date


def standing(state: State, term: Term, on: date) -> Standing:
    """Say how an agreement stands on a day: a confirmed one begins and ends by its dates.

    Parameters
    ----------
    state : State
    term : Term
        Both days count.
    on : date

    Returns
    -------
    Standing
        Only ``IN_FORCE`` lets anything leave.
    """
    if state is not State.CONFIRMED:
        return _STANDS[state]
    if on < term.from_on:
        return Standing.COMING
    return Standing.IN_FORCE if on <= term.until_on else Standing.EXPIRED


def after(deed: Deed) -> State:
    """The state to which a deed leads.

    Parameters
    ----------
    deed : Deed

    Returns
    -------
    State
    """
    return _TO[deed]


def hindrance(deed: Deed, state: State, term: Term, on: date, role: Role, *, is_own: bool) -> Because | None:
    """Say what keeps somebody from a deed; None: nothing.

    Two people are needed for data to leave, one is enough to stop it.

    Parameters
    ----------
    deed : Deed
    state : State
    term : Term
    on : date
    role : Role
    is_own : bool
        Whether the same person proposed the agreement.

    Returns
    -------
    Because or None
    """
    if state is not (State.CONFIRMED if deed is Deed.END else State.PROPOSED):
        return Because.NOT_FROM_HERE
    if role not in DECIDERS:
        return Because.NOT_YOUR_ROLE
    if deed is Deed.CONFIRM and is_own:
        return Because.PROPOSED_IT
    if deed is Deed.CONFIRM and term.until_on < on:
        return Because.IS_OVER
    return None


def same_receiver(one: str, other: str) -> bool:
    """Say whether two names are one receiver's, but for how they are spelled.

    Full or half width, upper or lower case, spaces and punctuation make no difference: 社区云（示例区） is
    社区云 (示例区).

    Parameters
    ----------
    one : str
    other : str

    Returns
    -------
    bool
    """
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(c for c in folded if unicodedata.category(c)[0] not in "PZC") or folded


def wait(tries: int) -> timedelta:
    """How long after a failure a message is tried again: a minute, then twice as long each time.

    Parameters
    ----------
    tries : int
        How often it was tried, from 1.

    Returns
    -------
    timedelta
        Six hours at most.

    Raises
    ------
    ValueError
        If it was never tried.
    """
    if tries < 1:
        raise ValueError("what was never tried did not fail")
    doubled: int = 1 << min(tries - 1, 16)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)
