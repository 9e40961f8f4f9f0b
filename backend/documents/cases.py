"""Documents inside an agency that open, close and hand on a case."""

from backend.documents.blocks import Block, Document, document, heading, paragraph, seal
from backend.documents.facts import ClosingFacts, FilingFacts, OfCase, TransferFacts
from backend.documents.law import BLANK, basis, citations
from backend.documents.parts import (
    case_table,
    certificates,
    numbered_list,
    officers_shown,
    opinions,
    reached,
)
from backend.documents.shown import day_shown, instant_shown, masked, sentence
from backend.rulebook.rules import Rulebook
from backend.tasks.rules import DocumentKind

_WITHIN = {True: "是", False: "否", None: f"{BLANK}（待核实）"}


def filing_approval(law: Rulebook, said: FilingFacts) -> Document:
    """Ask the head to open a case and to name two officers for it (立案审批表).

    A case that meets the standard is filed in time (行政处罚法 art. 54 ¶2); two officers (42 ¶1); what was
    undiscovered for two years is not punished (36). The standard of market regulation: evidence, a penalty
    by law, competence, in time (市场监督管理行政处罚程序规定 arts 18, 19).
    """
    contents = [
        case_table(said, [("案件来源", said.source), ("发现日期", day_shown(said.found_on))]),
        heading("已知的事实"),
        paragraph(sentence(masked(said.facts))),
        *numbered_list("已有的证据", said.evidence),
        heading("可能违反的规定"),
        paragraph(f"{citations(law, said.clauses, said.on)}。"),
        heading("立案条件"),
        paragraph(
            f"是否在给予行政处罚的期限内：{_WITHIN[said.is_within_two_years]}。"
            + basis(law, said.on, "penalty-law:54.2", "penalty-law:36")
        ),
        paragraph(f"拟指定的办案人员：{officers_shown(said.officers_proposed) or BLANK}。"),
        heading("审批"),
        *opinions("经办人", "办案机构负责人", "行政机关负责人"),
    ]
    return _made(DocumentKind.FILING_APPROVAL, "立案审批表", said, contents)


def transfer_letter(law: Rulebook, said: TransferFacts) -> Document:
    """Hand a case or a lead on to whom it belongs (移送函), a suspected crime to the police (移送书).

    行政处罚法 arts 27 ¶1, 57 ¶1 (4); 行政执法机关移送涉嫌犯罪案件的规定 arts 5, 6, 8, 11: the head decides
    within three days, the case goes within 24 hours, no penalty stands in for it. To other departments:
    市场监督管理行政处罚程序规定 arts 14, 17.
    """
    approved = (
        f"经{said.approved_by or '本机关负责人'}于{instant_shown(said.approved_at)}批准，"
        if said.approved_at
        else ""
    )
    what = "案件" if said.is_case or said.is_crime else "线索"
    contents = [
        case_table(said),
        paragraph(f"{said.to}："),
        paragraph(sentence(f"{approved}现将上述{what}移送你机关处理。移送的理由：{masked(said.why)}")),
        heading("查明的事实"),
        paragraph(sentence(masked(said.facts))),
        heading("有关规定"),
        paragraph(f"{citations(law, said.clauses, said.on)}。"),
        *(_of_crime(law, said) if said.is_crime else []),
        *numbered_list("随附材料", said.attached),
        paragraph("请在回执上签字或者盖章，并将处理结果书面告知本机关。"),
        paragraph(reached(said.contact)),
        seal(said.agency, said.on),
        heading("回执"),
        paragraph(f"{said.agency}：你机关移送的上述{what}和材料已经收到。"),
        paragraph(f"接收机关（盖章）：{BLANK}　　接收人：{BLANK}　　日期：{BLANK}"),
    ]
    title = "涉嫌犯罪案件移送书" if said.is_crime else f"{what}移送函"
    return _made(DocumentKind.TRANSFER_LETTER, title, said, contents)


def closing_report(law: Rulebook, said: ClosingFacts) -> Document:
    """Ask the head to close a case (结案审批表): what was decided, how it was performed, what is filed.

    行政处罚法 art. 47 (the whole course is recorded and archived); 市场监督管理行政处罚程序规定 arts 77, 78.
    """
    contents = [
        case_table(said, [
            ("立案日期", day_shown(said.filed_on)),
            ("处理决定", said.decided),
            ("决定日期", day_shown(said.decided_on) if said.decided_on else None),
        ]),
        heading("执行情况"),
        paragraph(sentence(masked(said.performed))),
        heading("结案理由"),
        paragraph(sentence(masked(said.why))),
        heading("归档"),
        paragraph(sentence(masked(said.volumes)) + basis(law, said.on, "penalty-law:47")),
        paragraph(f"办案人员：{officers_shown(said.officers)}。"),
        heading("审批"),
        *opinions("办案机构负责人", "行政机关负责人"),
    ]  # fmt: skip
    return _made(DocumentKind.CLOSING_REPORT, "结案审批表", said, contents)


def _of_crime(law: Rulebook, said: TransferFacts) -> list[Block]:
    ids = ("penalty-law:27.1", "crime-transfer-rules:5.2", "crime-transfer-rules:11.1")
    answer = basis(law, said.on, "crime-transfer-rules:8")
    return [
        paragraph(f"移送的{basis(law, said.on, *ids)}"),
        paragraph(f"请自接受之日起三日内审查，并书面告知是否立案。{answer}"),
    ]


def _made(kind: DocumentKind, title: str, said: OfCase, contents: list[Block]) -> Document:
    return document(
        kind, title, said.on, contents, number=said.number, officers=certificates(said.officers),
        people=said.party.people,
    )  # fmt: skip
