"""What is handed over and answered: the receipt of service, replies to a tip and to a procuratorate."""

from backend.documents.blocks import Document, document, facts, heading, paragraph, seal, table
from backend.documents.facts import RecommendationFacts, ServiceFacts, Signed, TipReplyFacts
from backend.documents.law import BLANK, basis
from backend.documents.parts import certificates, lay, numbered_list, officers_shown, reached, signatures
from backend.documents.shown import day_shown, masked, sentence
from backend.rulebook.rules import Rulebook
from backend.tasks.rules import DocumentKind


def service_receipt(law: Rulebook, said: ServiceFacts) -> Document:
    """Show that documents were served: what, on whom, how, where, when (送达回证).

    At once when the party is there, else within seven working days (行政处罚法 arts 61, 85). Direct, left,
    electronic with a signed consent, by post, entrusted, by public notice:
    市场监督管理行政处罚程序规定 art. 82.
    """
    ids = ("penalty-law:61.1", "penalty-law:61.2")
    contents = [
        facts(
            [
                ("受送达人", said.party.name), ("地址", said.party.address), ("案由", said.cause),
                ("送达方式", said.way), ("送达地点", said.place), ("送达人", officers_shown(said.officers)),
                ("拒收事由", masked(said.refused_because) or None), ("备注", masked(said.note) or None),
            ]
        ),
        table(
            ["序号", "送达的文书", "文号", "页数"],
            [
                [str(no), one.title, one.number, str(one.pages or "")]
                for no, one in enumerate(said.documents, 1)
            ],
        ),
        paragraph(basis(law, said.on, *ids)),
        paragraph("签收日期以受送达人签收的日期为准；代收的，注明代收人与受送达人的关系。"),
        paragraph(f"代收人与受送达人的关系：{BLANK}"),
        seal(said.agency, said.on),
        *signatures(said.signatures or (Signed(label="受送达人或者代收人"), Signed(label="送达人"))),
    ]  # fmt: skip
    return document(
        DocumentKind.SERVICE_RECEIPT, "送达回证", said.on, contents, number=said.number,
        officers=certificates(said.officers), people=(*said.party.people, *lay(said.signatures)),
    )  # fmt: skip


def tip_reply(law: Rulebook, said: TipReplyFacts) -> Document:
    """Tell whoever gave a tip what came of it, "in a suitable way" (线索办理结果答复书).

    未成年人保护法 art. 11 ¶3; 上海市未成年人保护条例 art. 9 ¶3; no number of days is in either. Who gave it
    stands nowhere: the receipt number names the tip.
    """
    ids = ("minors-law:11.3", "sh-minors-regs:9.3")
    contents = [
        facts([
            ("回执号", said.receipt_no), ("反映的事项", said.about),
            ("收到日期", day_shown(said.received_on)),
        ]),
        paragraph("线索报告人："),
        paragraph("你（单位）反映的情况已经收到并办理，现将结果答复如下："),
        heading("办理结果"),
        paragraph(sentence(masked(said.answer))),
        paragraph(basis(law, said.on, *ids)),
        paragraph("感谢你（单位）关心未成年人。本机关对报告人的身份和报告内容保密。"),
        heading("联系"),
        paragraph(reached(said.contact)),
        seal(said.agency, said.on),
    ]  # fmt: skip
    return document(DocumentKind.TIP_REPLY, "线索办理结果答复书", said.on, contents, number=said.number)


def recommendation_reply(law: Rulebook, said: RecommendationFacts) -> Document:
    """Answer a procuratorate: what was done, what remains (检察建议回复函).

    A unit that is addressed under 未成年人保护法 art. 114 replies in writing within one month. The time in
    which an agency answers other recommendations stands in rules that nobody here has read: none is printed.
    """
    contents = [
        facts([("检察建议文号", said.their_number), ("收到日期", day_shown(said.received_on))]),
        paragraph(f"{said.procuratorate}："),
        paragraph(sentence(f"你院关于{masked(said.recommended)}的检察建议收悉，现将办理情况书面回复如下")),
        *numbered_list("已经采取的措施", said.done),
        *numbered_list("尚在进行的工作", said.remaining),
        *numbered_list("随附材料", said.attached),
        paragraph(basis(law, said.on, "minors-law:114")),
        heading("联系"),
        paragraph(reached(said.contact)),
        seal(said.agency, said.on),
    ]
    return document(
        DocumentKind.RECOMMENDATION_REPLY, "检察建议回复函", said.on, contents, number=said.number
    )
