"""Documents of a visit: the notice, the record on site, the order to correct.

The same texts in the same order as tablets make them (forms/tablet/src/documents); the vectors
tests/vectors/documents.json hold both.
"""

from collections import Counter
from collections.abc import Iterable

from backend.documents.blocks import Block, Document, document, heading, listed, paragraph, seal, table
from backend.documents.facts import (
    Answered,
    Contact,
    Evidence,
    IdCheck,
    NoticeFacts,
    OrderFacts,
    RecordFacts,
    VisitsThisYear,
)
from backend.documents.law import BLANK, BY_OFFICER, basis, demands, findings, rights
from backend.documents.parts import (
    RECONSIDERATION,
    SUIT,
    certificates,
    grounds_shown,
    lay,
    officers_shown,
    party_table,
    signatures,
)
from backend.documents.shown import day_of, day_shown, due_shown, instant_shown, masked, sentence
from backend.rulebook.rules import Rulebook
from backend.tasks.rules import DocumentKind

_HOW = ("penalty-law:42.1", "penalty-law:55.1", "penalty-law:55.2")
_RIGHTS = ("penalty-law:43.2", "penalty-law:45.1")
_TOLD = ("penalty-law:55.2", "penalty-law:43.2", "penalty-law:45.1")


def inspection_notice(law: Rulebook, said: NoticeFacts) -> Document:
    """Tell a business who comes, why, to look at what, and which rights it has (行政检查通知书).

    Two officers who show their credentials (行政处罚法 arts 42 ¶1, 55); recusal and defence (43 ¶2, 45 ¶1).
    """
    on = day_of(said.started_at)
    contents = [
        party_table(said.party, [
            ("检查时间", instant_shown(said.started_at)),
            ("检查业态", "、".join(one.name for one in said.activities)),
            *grounds_shown(said.grounds),
            ("检查频次", _how_often(said.visits_this_year)),
            ("执法人员", officers_shown(said.officers)),
        ]),
        paragraph(f"{said.party.name}：本机关依法对你（单位）进行行政检查，请予配合。"),
        heading("检查事项"),
        *listed(f"{item}。" for item in said.items),
        heading("检查依据的程序规定"),
        *rights(law, _HOW, on),
        heading("你（单位）的权利"),
        *rights(law, (*_RIGHTS, RECONSIDERATION, SUIT), on),
        heading("联系和监督"),
        paragraph(_reached(said.contact)),
        seal(said.agency, on),
    ]  # fmt: skip
    return document(
        DocumentKind.INSPECTION_NOTICE, "行政检查通知书", on, contents, number=said.number,
        officers=certificates(said.officers), people=said.party.people,
    )  # fmt: skip


def on_site_record(law: Rulebook, said: RecordFacts) -> Document:
    """Write down a visit: time, place, events, signed by officers and party (现场检查笔录).

    行政处罚法 arts 46, 55 ¶2; 市场监督管理行政处罚程序规定 arts 28, 43.
    """
    on, found = day_of(said.started_at), findings(law, said.items, day_of(said.started_at))
    is_alone, shown = len(said.officers) == 1, "已主动" if said.credentials_shown else "未"
    what = (
        [paragraph("现场发现下列情况："), *listed(found)]
        if found
        else [paragraph("检查的事项中未发现不符合的情况。")]
    )
    read = (
        "以上笔录已向现场负责人宣读或者交其阅读，其认为与事实相符。"
        if said.record_read
        else "以上笔录未经现场负责人确认。"
    )
    contents = [
        party_table(said.party, [
            ("检查时间", f"{instant_shown(said.started_at)}至{instant_shown(said.ended_at)}"),
            ("检查地点", said.place),
            ("检查业态", "、".join(one.name for one in said.activities)),
            *grounds_shown(said.grounds),
            ("执法人员", officers_shown(said.officers)),
            ("只有一名执法人员的理由", masked(said.only_officer_reason) if is_alone else None),
            ("执法记录仪编号", said.body_camera),
        ]),
        heading("表明身份和告知"),
        paragraph(f"执法人员{shown}出示执法证件，检查前告知下列事项："),
        *rights(law, _TOLD, on),
        heading("检查情况"),
        paragraph(_counted(said.items)),
        *what,
        *_unchecked(said.items),
        *(paragraph(_id_check(one)) for one in said.id_checks),
        *_evidence(said.evidence),
        heading("处理措施"),
        paragraph(f"{'、'.join(said.measures)}。" if said.measures else "无。"),
        heading("当事人意见"),
        paragraph(sentence(masked(said.statement) or "无")),
        paragraph(read),
        *signatures(said.signatures),
    ]  # fmt: skip
    return document(
        DocumentKind.INSPECTION_RECORD, "现场检查笔录", on, contents, number=said.number,
        officers=certificates(said.officers), people=(*said.party.people, *lay(said.signatures)),
    )  # fmt: skip


def order_to_correct(law: Rulebook, said: OrderFacts) -> Document:
    """Order what is broken to be corrected: what exactly, on which text, by when (责令（限期）改正通知书).

    It goes with any penalty and is none itself (行政处罚法 art. 28 ¶1; 未成年人保护法 arts 122, 123).
    """
    on = day_of(said.started_at)
    title = "责令限期改正通知书" if said.due_on else "责令改正通知书"
    record = f"（现场检查笔录 {said.record_number}）" if said.record_number else ""
    due = f"请于{due_shown(law, said.due_on)}前（含当日）改正。" if said.due_on else "请立即改正。"
    contents = [
        party_table(said.party),
        paragraph(f"{said.party.name}："),
        paragraph(f"本机关于{instant_shown(said.started_at)}对你（单位）进行检查{record}，发现下列情况："),
        *listed(findings(law, said.items, on)),
        heading("改正要求"),
        paragraph(sentence(masked(said.what) or BLANK)),
        *listed(demands(law, said.items, on)),
        paragraph(due),
        paragraph(f"本通知的{basis(law, on, 'penalty-law:28.1')}"),
        heading("怎样证明已经改正"),
        paragraph(_proof(said.contact)),
        heading("陈述、申辩和救济"),
        *rights(law, ("penalty-law:45.1", RECONSIDERATION, SUIT), on),
        paragraph(f"执法人员：{officers_shown(said.officers)}。"),
        seal(said.agency, on),
        *signatures(said.signatures),
    ]
    return document(
        DocumentKind.ORDER_TO_CORRECT, title, on, contents, number=said.number,
        officers=certificates(said.officers), people=(*said.party.people, *lay(said.signatures)),
    )  # fmt: skip


def _how_often(visits: VisitsThisYear | None) -> str | None:
    if visits is None:
        return None
    return f"本年度已检查{visits.count}次（各部门合计，截至{day_shown(visits.as_of)}）"


def _reached(contact: Contact | None) -> str:
    phone, complaints = (contact.phone, contact.complaint_phone) if contact else (None, None)
    said = f"联系电话：{phone or BY_OFFICER}；监督投诉电话：{complaints or BY_OFFICER}"
    return f"{said}。" if phone and complaints else f"{said}。也可以拨打“12345”市民服务热线询问。"


def _proof(contact: Contact | None) -> str:
    said = contact or Contact()
    ways = [
        f"{word}：{value}"
        for word, value in (
            ("材料送交或者寄送", said.address), ("电子邮箱", said.email), ("电话", said.phone),
        )
        if value
    ]  # fmt: skip
    ways = ways or [f"送交地址和电话：{BY_OFFICER}，也可以拨打“12345”市民服务热线询问"]
    return "；".join(["改正后请保留照片、记录等材料并告知本机关，接受复查", *ways]) + "。"


def _counted(items: tuple[Answered, ...]) -> str:
    count = Counter(one.answer for one in items)
    return (
        f"共检查{len(items)}项：符合{count['compliant']}项，不符合{count['breach']}项，"
        f"不适用{count['not_applicable']}项，未查{count['not_checked']}项。"
    )


def _unchecked(items: Iterable[Answered]) -> list[Block]:
    left = [
        one.label + (f"（{masked(one.note)}）" if one.note else "")
        for one in items
        if one.answer == "not_checked"
    ]
    return [paragraph(f"未查的事项：{'；'.join(left)}。")] if left else []


def _id_check(one: IdCheck) -> str:
    """Counts and age bands: no name has a place here."""

    def bands(counts: tuple[int, int, int]) -> str:
        said = "，".join(
            f"{band}{count}人"
            for band, count in zip(("不满14周岁", "14至15周岁", "16至17周岁"), counts, strict=True)
        )
        return f"{sum(counts)}人（{said}）"

    return (
        f"身份核验抽查（{one.method}）：抽查{one.people_checked}人，其中未核验{one.not_verified}人，"
        f"人证不符{one.mismatched}人；经核实的未成年人{bands(one.minors.confirmed)}，"
        f"疑似未成年人{bands(one.minors.apparent)}。"
    )


def _evidence(evidence: tuple[Evidence, ...]) -> list[Block]:
    if not evidence:
        return []
    rows = [
        [str(one.number), masked(one.what), instant_shown(one.taken_at), one.sha256[:16]] for one in evidence
    ]
    return [heading("证据"), table(["编号", "内容", "取得时间", "SHA-256（前16位）"], rows)]
