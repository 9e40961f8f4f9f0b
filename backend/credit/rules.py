"""Whether somebody may be entered into a credit register, and when that ends. No database, no HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backend.accounts.rules import Role
from backend.rulebook.clocks import months_later
from backend.rulebook.rows import CreditRegister

State = StrEnum(
    "State",
    [
        "PROPOSED",  # 拟列入
        "NOTICED",  # 已告知
        "LISTED",  # 已列入
        "REJECTED",  # 不予列入
        "REMOVED",  # 已移出
    ],
)
Deed = StrEnum(
    "Deed",
    [
        "PROPOSE",  # 提出
        "NOTIFY",  # 告知当事人
        "HEAR",  # 记下陈述、申辩
        "LIST",  # 决定列入
        "REJECT",  # 决定不列入
        "PUBLISH",  # 公布
        "WITHDRAW",  # 撤下公布
        "ASK_REPAIR",  # 登记修复申请
        "REPAIR",  # 修复移出
        "ANNUL",  # 原决定撤销，移出
    ],
)
Position = StrEnum(
    "Position", ["LEGAL_REPRESENTATIVE", "PRINCIPAL", "DIRECT"]
)  # 法定代表人 / 主要负责人 / 直接责任人


class Because(StrEnum):
    """Why a deed may not be done."""

    NOT_FROM_HERE = "not_from_here"
    NOT_YOURS = "not_yours"
    OWN_PROPOSAL = "own_proposal"  # who proposed it, or asked for it, does not decide
    OWN_CASE = "own_case"  # who is or was an officer of the case does not decide
    NO_DECISION = "no_decision"  # the decision was changed, annulled or withdrawn
    NOT_CONFIRMED = "not_confirmed"  # no legal reviewer confirmed the ground for this agency
    SWITCHED_OFF = "switched_off"
    FROM_MEMORY = "from_memory"  # nobody has read the text of the ground
    STATEMENT_OPEN = "statement_open"  # the party may still state its case
    TOO_EARLY = "too_early"  # repair is not possible yet
    NO_REPAIR = "no_repair"  # the document that was confirmed knows none
    REPAIR_NOT_ASKED = "repair_not_asked"
    IS_OVER = "is_over"
    PAPER_MISSING = "paper_missing"
    REASON_MISSING = "reason_missing"
    DONE_ALREADY = "done_already"


@dataclass(frozen=True, slots=True)
class Way:
    """One deed: who does it, from where to where, with what. The whole table is `WAYS`."""

    role: Role
    out_of: frozenset[State]
    to: State | None = None  # None: it stays where it is
    needs_paper: bool = False
    needs_reason: bool = False


_HEAD, _REVIEWER = Role.SUPERVISOR, Role.LEGAL_REVIEWER
_BEFORE, _LISTED = frozenset({State.PROPOSED, State.NOTICED}), frozenset({State.LISTED})
WAYS = {
    Deed.NOTIFY: Way(_HEAD, frozenset({State.PROPOSED}), State.NOTICED, needs_paper=True),
    Deed.HEAR: Way(_HEAD, frozenset({State.NOTICED}), needs_paper=True),
    Deed.LIST: Way(_REVIEWER, _BEFORE, State.LISTED, needs_paper=True),
    Deed.REJECT: Way(_REVIEWER, _BEFORE, State.REJECTED, needs_reason=True),
    Deed.PUBLISH: Way(_REVIEWER, _LISTED),
    Deed.WITHDRAW: Way(_REVIEWER, _LISTED, needs_reason=True),
    Deed.ASK_REPAIR: Way(_HEAD, _LISTED, needs_paper=True),
    Deed.REPAIR: Way(_REVIEWER, _LISTED, State.REMOVED, needs_paper=True),
    Deed.ANNUL: Way(_REVIEWER, _LISTED, State.REMOVED, needs_paper=True, needs_reason=True),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a legal reviewer confirmed for a ground, from a document: days for a statement, months, repair."""

    statement_days: int
    months: int
    repair_after_months: int | None  # None: no early repair


@dataclass(frozen=True, slots=True)
class Facts:
    """How an entry stands. `asked_by` asked for the newest repair, if anybody did.

    `decided`: its decision stands; `officers` are all who ever had its case.
    """

    register: CreditRegister
    state: State
    proposed_by: int
    active: bool
    terms: Terms | None
    statement_until: date | None = None
    heard: bool = False
    listed_on: date | None = None
    until_on: date | None = None
    published: bool = False
    asked_by: int | None = None
    decided: bool = True
    officers: frozenset[int] = frozenset()
    from_memory: bool = False


def hindrances(deed: Deed, facts: Facts, *, user_id: int, role: Role, on: date) -> Iterator[Because]:
    """Everything that keeps somebody from a deed, the plainest first; nothing: it may be done.

    The list of seriously untrustworthy parties and a pilot need a confirmed ground whose text was read, a
    notice, and time to state one's case. The last two are house policy by analogy to 行政处罚法 44, 45:
    上海市社会信用条例 25 ¶3 asks for published conditions, exit and remedy only. For the warning record of
    entertainment venues a decision is enough (娱乐场所管理条例 34). Nobody decides on an own proposal or an
    own case, and nothing is listed or published on a decision that stands no more.

    Parameters
    ----------
    deed : Deed
        Any but ``propose``.
    facts : Facts
    user_id, role
        Who wants to do it.
    on : date
        The day in Shanghai.

    Yields
    ------
    Because
    """
    way, is_list = WAYS[deed], facts.register is not CreditRegister.WARNING
    if facts.state not in way.out_of:
        yield Because.NOT_FROM_HERE
    if role is not way.role:
        yield Because.NOT_YOURS
    elif way.role is _REVIEWER and user_id in (facts.proposed_by, facts.asked_by):
        yield Because.OWN_PROPOSAL
    elif way.role is _REVIEWER and user_id in facts.officers:
        yield Because.OWN_CASE
    if deed in (Deed.LIST, Deed.PUBLISH) and not facts.decided:
        yield Because.NO_DECISION
    if deed in (Deed.NOTIFY, Deed.LIST):
        yield from _of_ground(facts, is_list=is_list)
    if deed is Deed.NOTIFY and not is_list:
        yield Because.NOT_FROM_HERE
    if deed is Deed.LIST and is_list:
        if facts.state is State.PROPOSED:
            yield Because.NOT_FROM_HERE
        elif not facts.heard and facts.statement_until is not None and on <= facts.statement_until:
            yield Because.STATEMENT_OPEN
    if way.out_of == _LISTED and has_expired(facts.until_on, on):
        yield Because.IS_OVER
    if deed in (Deed.PUBLISH, Deed.WITHDRAW) and facts.published == (deed is Deed.PUBLISH):
        yield Because.DONE_ALREADY
    if deed in (Deed.ASK_REPAIR, Deed.REPAIR):
        yield from _of_repair(deed, facts, on)


def _of_ground(facts: Facts, *, is_list: bool) -> Iterator[Because]:
    if not facts.active:
        yield Because.SWITCHED_OFF
    if facts.from_memory:
        yield Because.FROM_MEMORY
    if is_list and facts.terms is None:
        yield Because.NOT_CONFIRMED


def _of_repair(deed: Deed, facts: Facts, on: date) -> Iterator[Because]:
    if facts.terms is None or facts.terms.repair_after_months is None:
        yield Because.NO_REPAIR
    elif facts.listed_on and on < months_later(facts.listed_on, facts.terms.repair_after_months):
        yield Because.TOO_EARLY
    if deed is Deed.REPAIR and facts.asked_by is None:
        yield Because.REPAIR_NOT_ASKED


def until(listed_on: date, terms: Terms | None) -> date | None:
    """The last day of an entry.

    Parameters
    ----------
    listed_on : date
        The day of the decision.
    terms : Terms or None
        None for the warning record, whose text names no period.

    Returns
    -------
    date or None
        The same day so many months later, which still counts; None: no period.
    """
    return months_later(listed_on, terms.months) if terms else None


def has_expired(until_on: date | None, on: date) -> bool:
    """Whether the period of an entry is over: it ends by its date, without anybody's deed.

    Parameters
    ----------
    until_on : date or None
        Its last day; None: it has none.
    on : date

    Returns
    -------
    bool
    """
    return until_on is not None and until_on < on
