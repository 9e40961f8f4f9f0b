"""What a task, a check code and a number may become, and which task a visit answers. Plain Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Kind = StrEnum("Kind", ["PLANNED", "TRIGGERED", "RE_INSPECTION"])  # 有计划检查 / 触发式检查 / 复查
Trigger = StrEnum("Trigger", ["TIP", "TRANSFER", "CAMPAIGN"])  # 线索 / 移送 / 专项行动
TaskState = StrEnum("TaskState", ["OPEN", "ASSIGNED", "IN_PROGRESS", "DONE", "WITHDRAWN"])
Route = StrEnum("Route", ["PLANNED", "TRIGGERED"])
CodeState = StrEnum("CodeState", ["APPLIED", "ISSUED", "USED", "VOID", "EXPIRED"])
NumberState = StrEnum("NumberState", ["RESERVED", "USED", "VOIDED"])
Voided = StrEnum("Voided", ["NOT_USED", "SPOILT", "WRONG", "OTHER"])  # 过期未用 / 作废 / 填错 / 其他
MatchedBy = StrEnum("MatchedBy", ["VISIT", "CHECK_CODE", "NUMBER", "VENUE_AND_DAY", "SUPERVISOR"])


class DocumentKind(StrEnum):
    """Documents of an agency (文书), each with numbers of its own."""

    INSPECTION_NOTICE = "inspection_notice"  # 行政检查通知书
    INSPECTION_RECORD = "inspection_record"  # 现场检查笔录
    ORDER_TO_CORRECT = "order_to_correct"  # 责令（限期）改正通知书
    PRESERVATION_LIST = "preservation_list"  # 先行登记保存清单
    PRESERVATION_DECISION = "preservation_decision"  # 先行登记保存证据通知书
    EXTRACTION_RECORD = "extraction_record"  # 证据提取记录
    DISTANCE_REPORT = "distance_report"  # 距离核查报告
    FILING_APPROVAL = "filing_approval"  # 立案审批表
    SUMMARY_DECISION = "summary_decision"  # 当场行政处罚决定书
    PENALTY_NOTICE = "penalty_notice"  # 行政处罚告知书
    HEARING_NOTICE = "hearing_notice"  # 行政处罚听证通知书
    PENALTY_DECISION = "penalty_decision"  # 行政处罚决定书
    NO_PENALTY_DECISION = "no_penalty_decision"  # 不予行政处罚决定书
    SERVICE_RECEIPT = "service_receipt"  # 送达回证
    TRANSFER_LETTER = "transfer_letter"  # 案件移送函、涉嫌犯罪案件移送书
    CLOSING_REPORT = "closing_report"  # 结案审批表
    TIP_REPLY = "tip_reply"  # 线索办理结果答复书
    RECOMMENDATION_REPLY = "recommendation_reply"  # 检察建议回复函


ON_THE_SPOT = (  # what an officer may hand over at a visit: a tablet takes numbers for these
    DocumentKind.INSPECTION_NOTICE,
    DocumentKind.INSPECTION_RECORD,
    DocumentKind.ORDER_TO_CORRECT,
    DocumentKind.PRESERVATION_LIST,
)


LIVE = frozenset({TaskState.OPEN, TaskState.ASSIGNED, TaskState.IN_PROGRESS})
NUMBER_PLACE = "{number}"


def is_overdue(due_on: date, state: str, today: date) -> bool:
    """Whether somebody should have been there by now.

    Parameters
    ----------
    due_on : date
        The last day, in Shanghai; that day itself still counts as in time.
    state : str
        A `TaskState`.
    today : date
        In Shanghai.

    Returns
    -------
    bool
        Never for what is done or withdrawn.
    """
    return state in LIVE and due_on < today


@dataclass(frozen=True, slots=True)
class Candidate:
    """A task that a visit may answer."""

    id: int
    is_live: bool
    venue_id: int | None
    visit_on: date | None
    activities: frozenset[str]  # nothing = whatever is done there
    check_code: str | None
    source_no: str | None
    officers: frozenset[int]
    former: frozenset[int]  # officers from whom it was taken


@dataclass(frozen=True, slots=True)
class Claim:
    """What a visit says about why it took place."""

    venue_id: int | None
    activity: str
    on: date
    user_id: int | None
    check_code: str = ""
    numbers: tuple[str, ...] = ()  # of the plan, of the lead


@dataclass(frozen=True, slots=True)
class Match:
    """The task that a visit answers; `ambiguous` when several fit and a supervisor has to say which.

    `assisting`: the task was taken from this officer before the visit came in, so it is kept beside (协查).
    """

    task_id: int | None = None
    by: MatchedBy | None = None
    assisting: bool = False
    ambiguous: bool = False


def match(claim: Claim, candidates: Iterable[Candidate]) -> Match:
    """Say which task a visit answers: by its check code, else a number, else venue, activity and day.

    Parameters
    ----------
    claim : Claim
    candidates : iterable of Candidate
        Tasks of the visit's own agency.

    Returns
    -------
    Match
        Empty if none fits. What was withdrawn or done is found only by a code or a number, and only for an
        officer who had it.
    """
    known = list(candidates)
    tried = (
        (
            MatchedBy.CHECK_CODE,
            [one for one in known if claim.check_code and one.check_code == claim.check_code],
        ),
        (MatchedBy.NUMBER, [one for one in known if one.source_no and one.source_no in claim.numbers]),
        (MatchedBy.VENUE_AND_DAY, [one for one in known if one.is_live and _is_of_the_day(one, claim)]),
    )
    for by, fitting in tried:
        live = [one for one in fitting if one.is_live and _is_there(one, claim)]
        if live:
            return _one_of(live, claim, by)
        held = [one for one in fitting if _had(one, claim) and _is_there(one, claim)]
        if len(held) == 1:
            return Match(held[0].id, by, assisting=True)
    return Match()


def _is_there(one: Candidate, claim: Claim) -> bool:
    elsewhere = one.venue_id is not None and claim.venue_id is not None and one.venue_id != claim.venue_id
    return not elsewhere and (not one.activities or claim.activity in one.activities)


def _is_of_the_day(one: Candidate, claim: Claim) -> bool:
    return one.venue_id is not None and one.venue_id == claim.venue_id and one.visit_on in (None, claim.on)


def _had(one: Candidate, claim: Claim) -> bool:
    return claim.user_id in one.officers | one.former


def _one_of(live: Sequence[Candidate], claim: Claim, by: MatchedBy) -> Match:
    """Of several, those of the officer; of these, the one of the day."""
    for fits in (lambda one: claim.user_id in one.officers, lambda one: one.visit_on == claim.on):
        if len(live) > 1:
            live = [one for one in live if fits(one)] or live
    if len(live) > 1:
        return Match(ambiguous=True)
    (found,) = live
    taken = claim.user_id in found.former and claim.user_id not in found.officers
    return Match(found.id, by, assisting=taken)


def judge_code(state: str, *, is_for: bool, is_here: bool, valid_to: date | None, on: date) -> bool:
    """Whether a check code that is known was good for a visit.

    Parameters
    ----------
    state : str
        A `CodeState`. One that was used is good again, because agencies that come together share it; so is
        one that ran out since, because a visit may be sent days later.
    is_for, is_here : bool
        Whether it names the agency of the visit, and its venue (or none).
    valid_to, on : date
        Its last day if it has one, and the day of the visit.

    Returns
    -------
    bool
    """
    in_time = valid_to is None or on <= valid_to
    was_issued = state in (CodeState.ISSUED, CodeState.USED, CodeState.EXPIRED)
    return was_issued and is_for and is_here and in_time


def written(pattern: str, number: int) -> str:
    """A document number as it stands on paper (文号).

    Parameters
    ----------
    pattern : str
        As the agency writes it, with ``{number}`` where the number goes.
    number : int
        From 1.

    Returns
    -------
    str
    """
    return pattern.replace(NUMBER_PLACE, str(number))
