"""The decision that officers hand over on the spot (简易程序)."""

from backend.documents.blocks import Document, document, heading, paragraph, seal
from backend.documents.facts import SummaryFacts
from backend.documents.law import basis, citations, rights
from backend.documents.parts import case_table, certificates, lay, officers_shown, remedies, signatures
from backend.documents.penalties import performance, reasoned, sanctioned
from backend.documents.shown import instant_shown, masked, sentence
from backend.rulebook.rules import Rulebook
from backend.tasks.rules import DocumentKind

_TOLD = ("penalty-law:44", "penalty-law:45.1", "penalty-law:43.2")


def summary_decision(law: Rulebook, said: SummaryFacts) -> Document:
    """Decide a penalty on the spot (当场行政处罚决定书).

    行政处罚法 art. 52: the breach, kind and basis, amount, time and place, remedies, agency, signed by the
    officers and handed over at once, a refusal to sign noted; before it the party is told and heard (44, 45).
    A fine is paid as any other (53, 67 ¶3).
    """
    contents = [
        case_table(said, [("处罚时间", instant_shown(said.decided_at)), ("处罚地点", said.place)]),
        *reasoned(law, said),
        heading("告知、陈述和申辩"),
        paragraph("执法人员已出示执法证件，当场告知拟作出处罚的内容、事实、理由、依据和当事人的权利："),
        *rights(law, _TOLD, said.on),
        paragraph(sentence(masked(said.heard))),
        heading("决定"),
        paragraph(
            f"本机关责令你（单位）改正违法行为，并依照{citations(law, said.bases, said.on)}的规定，"
            "当场作出如下行政处罚："
        ),
        *sanctioned(said.sanctions),
        paragraph(basis(law, said.on, "penalty-law:51", "penalty-law:52.1")),
        *([heading("履行方式和期限"), *performance(law, said)] if _is_fined(said) else []),
        heading("救济途径和期限"),
        *remedies(law, said.remedies, said.on),
        paragraph(f"执法人员：{officers_shown(said.officers)}。"),
        seal(said.agency, said.on),
        *signatures(said.signatures),
    ]
    return document(
        DocumentKind.SUMMARY_DECISION, "当场行政处罚决定书", said.on, contents, number=said.number,
        officers=certificates(said.officers), people=(*said.party.people, *lay(said.signatures)),
    )  # fmt: skip


def _is_fined(said: SummaryFacts) -> bool:
    return any(one.yuan is not None for one in said.sanctions)
