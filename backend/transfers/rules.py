"""To whom something may be transferred, and how a time limit stands. No database, no HTTP."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from backend.accounts.rules import Authority
from backend.cases.rules import Standing
from backend.rulebook.procedure import Whose

# 移送其他部门 / 公安（治安线索） / 公安（涉嫌犯罪） / 检察机关线索: profiles of the rulebook bear these names
Kind = StrEnum("Kind", ["DEPARTMENT", "POLICE_LEAD", "POLICE_CRIME", "PROCURATORATE"])
LeadKind = StrEnum("LeadKind", ["CRIMINAL", "CIVIL", "ADMINISTRATIVE", "PUBLIC_INTEREST"])  # "1+N"
# who receives it: 文旅 市场监管 烟草 公安 卫健 教育 民政 体育 网信 人社 消防 检察 其他
Body = StrEnum(
    "Body",
    [
        "CULTURE", "MARKET", "TOBACCO", "POLICE", "HEALTH", "EDUCATION", "CIVIL_AFFAIRS", "SPORTS",
        "CYBERSPACE", "LABOUR", "FIRE", "PROCURATORATE", "OTHER",
    ],
)  # fmt: skip
Sender = StrEnum("Sender", ["PROCURATORATE", "COURT", "POLICE", "JUSTICE"])  # 检察院 / 法院 / 公安 / 司法行政
# 待回复 / 已制作回复 / 已送出 / 已办结
Stage = StrEnum("Stage", ["OPEN", "REPLIED", "SENT", "CLOSED"])
Entry = StrEnum("Entry", ["RECEIVED", "OFFICER", "PROOF", "REPLIED", "SENT", "CLOSED"])

SOON = timedelta(days=3)
_BODIES = {
    Authority.SAMR: Body.MARKET, Authority.CULTURE: Body.CULTURE, Authority.TOBACCO: Body.TOBACCO,
    Authority.POLICE: Body.POLICE,
}  # fmt: skip
_TO = {
    Kind.POLICE_LEAD: {Body.POLICE}, Kind.POLICE_CRIME: {Body.POLICE},
    Kind.PROCURATORATE: {Body.PROCURATORATE}, Kind.DEPARTMENT: set(Body) - {Body.PROCURATORATE, Body.POLICE},
}  # fmt: skip
_WAYS = {
    Entry.REPLIED: ({Stage.OPEN, Stage.REPLIED}, Stage.REPLIED),
    Entry.SENT: ({Stage.REPLIED}, Stage.SENT),
    Entry.CLOSED: ({Stage.SENT}, Stage.CLOSED),
}


def body_of(authority: str) -> Body:
    """What kind of body an agency of the register is.

    Parameters
    ----------
    authority : str
        By whose rules its cases go.

    Returns
    -------
    Body
    """
    return _BODIES.get(Authority(authority), Body.OTHER)


def may_receive(kind: Kind, body: Body) -> bool:
    """Say whether a transfer of a kind goes to such a body.

    A suspected crime goes to the police and to nobody else (行政执法机关移送涉嫌犯罪案件的规定 art. 3).

    Parameters
    ----------
    kind : Kind
    body : Body

    Returns
    -------
    bool
    """
    return body in _TO[kind]


def stage_after(stage: Stage, entry: Entry) -> Stage | None:
    """Where a recommendation stands after something was noted; None where it cannot be noted now.

    Nothing is sent that was not written, and nothing closed that was not sent (未成年人保护法 art. 114).

    Parameters
    ----------
    stage : Stage
    entry : Entry

    Returns
    -------
    Stage or None
        The same stage for what is noted beside its way, as long as it is not closed.
    """
    if entry in _WAYS:
        out_of, to = _WAYS[entry]
        return to if stage in out_of else None
    return None if stage is Stage.CLOSED else stage


def standing(whose: str, due_on: date | None, due_at: datetime | None, now: datetime, on: date) -> Standing:
    """How a time limit stands.

    Parameters
    ----------
    whose : str
        The agency's own time, or that of whoever received it.
    due_on : date or None
        The last day that is in time; None where no text names a number.
    due_at : datetime or None
        The very moment, of hours.
    now : datetime
    on : date
        The day of `now` in Shanghai.

    Returns
    -------
    Standing
    """
    if due_on is None:
        return Standing.UNNUMBERED
    if due_at < now if due_at else due_on < on:
        return Standing.OVERDUE if whose == Whose.AGENCY else Standing.OVER
    return Standing.SOON if due_on <= on + SOON else Standing.RUNNING


def readings(days: Sequence[date]) -> tuple[date, date] | None:
    """The day that warns and the last one that any reading allows.

    Parameters
    ----------
    days : sequence of date
        The last day by each reading.

    Returns
    -------
    tuple of date or None
        None where no reading names a number.
    """
    return (min(days), max(days)) if days else None
