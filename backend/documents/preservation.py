"""Evidence that is kept safe: registered preservation with its list, and how evidence was taken."""

from backend.documents.blocks import Block, Document, document, heading, paragraph, seal, table
from backend.documents.facts import ExtractionFacts, Item, PreservationFacts
from backend.documents.law import basis, rights
from backend.documents.parts import case_table, certificates, lay, officers_shown, reached, signatures
from backend.documents.shown import due_shown, instant_shown, masked, sentence
from backend.rulebook.rules import Rulebook
from backend.tasks.rules import DocumentKind

_BASIS = ("penalty-law:56",)


def preservation_decision(law: Rulebook, said: PreservationFacts) -> Document:
    """Tell a party that evidence is registered and stays where it is (先行登记保存证据通知书).

    The head approves; it is dealt with within seven working days, and meanwhile nobody destroys or moves it
    (行政处罚法 arts 56, 85). Urgent: on the spot, reported within 24 hours (市场监督管理行政处罚程序规定
    arts 33-35, which also let it lapse after the seven days: a rule of that profile, not printed for all).
    """
    urgent = "本次登记保存因情况紧急当场实施，依规定补办批准手续。" if said.is_urgent else ""
    contents = [
        case_table(said, [("保存地点", said.kept_at)]),
        paragraph(f"{said.party.name}："),
        paragraph(
            f"因{masked(said.reason)}，本机关对下列清单所列证据先行登记保存。" + basis(law, said.on, *_BASIS)
        ),
        *([paragraph(urgent)] if urgent else []),
        paragraph("登记保存期间，你（单位）和有关人员不得销毁或者转移上述证据。"),
        paragraph(f"本机关将于{due_shown(law, said.settle_by)}前（含当日）对上述证据作出处理决定。"),
        heading("清单"),
        _items(said.items),
        heading("你（单位）的权利"),
        *rights(law, ("penalty-law:43.2", "penalty-law:45.1"), said.on),
        paragraph(reached(said.contact)),
        paragraph(f"执法人员：{officers_shown(said.officers)}。"),
        seal(said.agency, said.on),
        *signatures(said.signatures),
    ]
    return _made(DocumentKind.PRESERVATION_DECISION, "先行登记保存证据通知书", said, contents)


def preservation_list(law: Rulebook, said: PreservationFacts) -> Document:
    """List what is preserved, item by item, counted on the spot and signed by both sides (先行登记保存清单).

    行政处罚法 art. 56; 市场监督管理行政处罚程序规定 art. 34 ¶1: one copy is the party's.
    """
    contents = [
        case_table(said, [("保存地点", said.kept_at)]),
        _items(said.items),
        paragraph(f"以上共{len(said.items)}项，已当场清点，与实物相符；本清单一式两份，一份交当事人。"),
        paragraph(basis(law, said.on, *_BASIS)),
        paragraph(f"执法人员：{officers_shown(said.officers)}。"),
        *signatures(said.signatures),
    ]
    return _made(DocumentKind.PRESERVATION_LIST, "先行登记保存清单", said, contents)


def extraction_record(law: Rulebook, said: ExtractionFacts) -> Document:
    """Say how, when and by whom each piece of evidence was taken, and where its original is (证据提取记录).

    行政处罚法 arts 46, 47; 市场监督管理行政处罚程序规定 arts 24-26: originals where possible, else copies
    with way, time and maker, confirmed by whoever gave them.
    """
    rows = [
        [str(no), masked(one.what), masked(one.carrier), masked(one.how), instant_shown(one.made_at)]
        for no, one in enumerate(said.extracted, 1)
    ]
    hashes = [[str(no), one.sha256] for no, one in enumerate(said.extracted, 1) if one.sha256]
    kind = (
        "所提取的均为原件、原物或者原始载体。"
        if said.is_original
        else f"提取的为复制件；不能提取原件、原物或者原始载体的理由：{masked(said.why_no_original)}。"
    )
    contents = [
        case_table(said, [("提取地点", said.place), ("提取人", said.made_by)]),
        table(["序号", "证据内容", "原始载体及存放处", "提取方法", "提取时间"], rows),
        *([heading("电子数据完整性校验值"), table(["序号", "SHA-256"], hashes)] if hashes else []),
        paragraph(sentence(kind)),
        paragraph("提供人确认：以上材料经核对与原件、原物或者原始载体一致。"),
        paragraph(
            "证据须经查证属实，方可作为认定事实的根据。全过程记录的" + basis(law, said.on, "penalty-law:47")
        ),
        paragraph(f"执法人员：{officers_shown(said.officers)}。"),
        *signatures(said.signatures),
    ]
    return _made(DocumentKind.EXTRACTION_RECORD, "证据提取记录", said, contents)


def _items(items: tuple[Item, ...]) -> Block:
    rows = [
        [str(no), masked(one.name), one.specification, one.quantity, one.state, one.place]
        for no, one in enumerate(items, 1)
    ]
    return table(["序号", "名称", "规格、型号", "数量", "状态、特征", "存放位置"], rows)


def _made(
    kind: DocumentKind, title: str, said: PreservationFacts | ExtractionFacts, contents: list[Block]
) -> Document:
    return document(
        kind, title, said.on, contents, number=said.number, officers=certificates(said.officers),
        people=(*said.party.people, *lay(said.signatures)),
    )  # fmt: skip
