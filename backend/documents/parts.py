"""Parts that several documents share: to whom, by whom, why, which remedies, who signs."""

from collections.abc import Iterable
from datetime import date

from backend.documents.blocks import Block, facts, heading, listed, paragraph, signature
from backend.documents.facts import (
    Contact,
    Grounds,
    OfCase,
    Officer,
    Party,
    Remedies,
    Signed,
)
from backend.documents.law import BLANK, BY_OFFICER, basis, citations, rights
from backend.documents.rules import AWAITS_REVIEW
from backend.documents.shown import masked, sentence
from backend.rulebook.rules import Rulebook

Rows = Iterable[tuple[str, str | None]]
RECONSIDERATION, SUIT = "reconsideration-law:20.1", "litigation-law:46.1"


def party_table(
    party: Party, rest: Rows = (), *, called: str = "被检查单位", head: str = "现场负责人"
) -> Block:
    person = "，".join(filter(None, [party.person_name, party.person_position]))
    return facts(
        [
            (called, party.name),
            ("统一社会信用代码", party.credit_code),
            ("许可证号", party.licence_no),
            ("地址", party.address),
            (head, person),
            *rest,
        ]
    )


def case_table(said: OfCase, rest: Rows = ()) -> Block:
    """The party and the case that a document belongs to."""
    of_case = (("案由", said.cause), ("案号", said.case_number), *rest)
    return party_table(said.party, of_case, called="当事人", head="负责人")


def officers_shown(officers: Iterable[Officer]) -> str:
    return "、".join(f"{one.name}（执法证号 {one.certificate_no}）" for one in officers)


def certificates(officers: Iterable[Officer]) -> list[str]:
    """For the foot of every page."""
    return [one.certificate_no for one in officers]


def grounds_shown(grounds: Grounds) -> list[tuple[str, str | None]]:
    """Why there was a visit: the plan or the trigger, and the check code or why there is none."""

    def numbered(word: str, number: str | None) -> str:
        return f"（{word} {number}）" if number else ""

    if grounds.route == "planned":
        why = f"有计划检查{numbered('检查计划编码', grounds.plan_number)}"
    else:
        why = f"触发式检查{numbered('线索编号', grounds.lead_number)}：{masked(grounds.trigger_reason)}"
    reason = masked(grounds.no_check_code_reason) or BLANK
    return [
        ("检查类型", f"{why}，联合检查" if grounds.joint else why),
        ("检查码", grounds.check_code or f"无；理由：{reason}"),
    ]


def signatures(signed: Iterable[Signed]) -> list[Block]:
    return [
        heading("签名"),
        *(
            signature(
                one.label, one.name, one.certificate_no, state=one.state,
                reason=masked(one.reason) if one.reason else one.reason, image=one.image, at=one.at,
            )
            for one in signed
        ),
    ]  # fmt: skip


def lay(signed: Iterable[Signed]) -> list[str | None]:
    """Who signs without being an officer."""
    return [one.name for one in signed if one.certificate_no is None]


def opinions(*roles: str) -> list[Block]:
    """Where those decide who decide inside the agency: opinion, signature, day."""
    return [signature(f"{one}意见及签名") for one in roles]


def remedies(law: Rulebook, said: Remedies, on: date) -> list[Block]:
    """How long and where one may ask for reconsideration or sue (行政处罚法 art. 59 ¶1 (5)).

    Sixty days and six months (行政复议法 art. 20 ¶1, 行政诉讼法 art. 46 ¶1). Of a decision under the tobacco
    monopoly law the sixty days hold, because 复议法 20 ¶1 keeps only longer special periods; but whether the
    fifteen days of its art. 41 ¶1 bind a direct suit is for the legal reviewer: until then a marker stands
    there, and such a document cannot be issued.
    """
    heard = (
        f"行政复议机关：{said.reconsider_at or BY_OFFICER}；有管辖权的人民法院：{said.sue_at or BY_OFFICER}。"
    )
    if not said.under_tobacco_law:
        return [*rights(law, (RECONSIDERATION, SUIT), on), paragraph(heard), _not_suspended(law, on)]
    if said.sue_period:
        suit = f"直接向人民法院起诉的期限：{said.sue_period}（经法制审核确认）"
    else:
        texts = citations(law, ("tobacco-law:41.1", SUIT), on)
        suit = (
            f"直接向人民法院起诉的期限：{BLANK}{AWAITS_REVIEW}（须由法制审核人员确认适用哪一规定：{texts}）"
        )
    return [
        *rights(law, (RECONSIDERATION,), on),
        paragraph(sentence(suit)),
        paragraph(heard),
        _not_suspended(law, on),
    ]


def _not_suspended(law: Rulebook, on: date) -> Block:
    said = "申请行政复议或者提起行政诉讼期间，除法律另有规定外，行政处罚不停止执行。"
    return paragraph(said + basis(law, on, "penalty-law:73.1"))


def reached(contact: Contact | None) -> str:
    """Whom to call and where to write; where nobody entered it, a line and where to ask."""
    said = contact or Contact()
    ways = [
        f"联系地址：{said.address}" if said.address else "",
        f"电子邮箱：{said.email}" if said.email else "",
        f"联系电话：{said.phone or BY_OFFICER}",
    ]
    text = "；".join(filter(None, ways)) + "。"
    return text if said.phone else f"{text}也可以拨打“12345”市民服务热线询问。"


def numbered_list(title: str, sentences: Iterable[str]) -> list[Block]:
    """A heading with its sentences; nothing without any."""
    known = [sentence(masked(one)) for one in sentences if one]
    return [heading(title), *listed(known)] if known else []
