"""Documents of a penalty: what is proposed, the hearing, the decision, and that there is none."""

from collections.abc import Iterable

from backend.documents.amounts import amount_shown
from backend.documents.blocks import Block, Document, document, heading, listed, paragraph, seal
from backend.documents.facts import (
    DecisionFacts,
    HearingFacts,
    NoPenaltyFacts,
    OfCase,
    Payment,
    ProposalFacts,
    Reasoned,
    Sanction,
    SummaryFacts,
)
from backend.documents.law import BLANK, BY_OFFICER, BY_REVIEWER, basis, citations, rights
from backend.documents.parts import (
    case_table,
    certificates,
    numbered_list,
    officers_shown,
    reached,
    remedies,
)
from backend.documents.shown import instant_shown, masked, sentence
from backend.rulebook.rules import Rulebook, chinese_number
from backend.tasks.rules import DocumentKind


def penalty_notice(law: Rulebook, said: ProposalFacts) -> Document:
    """Tell a party which penalty is proposed, on what facts and law, and what it may say (行政处罚告知书).

    行政处罚法 arts 44, 45, 62; a hearing on request within five working days where the penalty is heavy
    (63, 64 (1), 85). How long a statement is waited for stands in the rules of some authorities only
    (市场监督管理行政处罚程序规定 art. 57 ¶2: five working days); where none is stated a blank is left.
    """
    days = f"{chinese_number(said.statement_days)}个工作日" if said.statement_days else BY_REVIEWER
    waived = "逾期没有提出的，视为放弃陈述、申辩的权利。" if said.statement_days else ""
    contents = [
        case_table(said),
        paragraph(f"{said.party.name}："),
        paragraph(f"关于你（单位）{said.cause}一案，本机关已调查终结。现将拟作出的行政处罚告知如下："),
        *reasoned(law, said),
        heading("拟作出的行政处罚"),
        *sanctioned(said.sanctions),
        paragraph(basis(law, said.on, *said.bases)),
        heading("陈述和申辩"),
        *rights(law, ("penalty-law:44", "penalty-law:45.1", "penalty-law:45.2"), said.on),
        paragraph(f"你（单位）可以自收到本告知书之日起{days}内提出陈述、申辩。{waived}"),
        *(_hearing_right(law, said) if said.may_be_heard else []),
        heading("联系"),
        paragraph(reached(said.contact)),
        seal(said.agency, said.on),
    ]
    return _made(DocumentKind.PENALTY_NOTICE, "行政处罚告知书", said, contents)


def hearing_notice(law: Rulebook, said: HearingFacts) -> Document:
    """Tell when and where a hearing is, who presides, and whether it is public (行政处罚听证通知书).

    行政处罚法 art. 64: told seven working days before (85); public unless secrets or privacy are at stake.
    """
    public = (
        f"本次听证不公开举行，理由：{masked(said.secret_because)}。"
        if said.secret_because
        else "本次听证公开举行。"
    )
    ids = (
        "penalty-law:64(4)",
        "penalty-law:64(5)",
        "penalty-law:64(6)",
        "penalty-law:64(7)",
        "penalty-law:63.2",
    )
    contents = [
        case_table(said, [
            ("听证时间", instant_shown(said.at)), ("听证地点", said.place),
            ("听证主持人", said.chair), ("记录员", said.clerk),
        ]),
        paragraph(f"{said.party.name}："),
        paragraph(
            f"根据你（单位）的要求，本机关就{said.cause}一案举行听证，请按时参加。"
            + basis(law, said.on, "penalty-law:63.1", "penalty-law:64(2)")
        ),
        paragraph(public + basis(law, said.on, "penalty-law:64(3)")),
        heading("注意事项"),
        *rights(law, ids, said.on),
        paragraph("委托代理人的，请提交授权委托书和代理人的身份证明；请携带身份证明和有关证据。"),
        heading("联系"),
        paragraph(reached(said.contact)),
        seal(said.agency, said.on),
    ]  # fmt: skip
    return _made(DocumentKind.HEARING_NOTICE, "行政处罚听证通知书", said, contents)


def penalty_decision(law: Rulebook, said: DecisionFacts) -> Document:
    """Decide a penalty (行政处罚决定书).

    What art. 59 of 行政处罚法 asks for: party and address, facts and evidence, kind and basis, how and by
    when it is performed, remedies with their periods, agency, day and seal; and what became of the party's
    statement (市场监督管理行政处罚程序规定 art. 62 (3)). Paid within fifteen days of receipt (67 ¶3).
    """
    contents = [
        case_table(said),
        heading("案件来源和经过"),
        paragraph(sentence(masked(said.procedure))),
        *reasoned(law, said),
        heading("陈述、申辩和听证"),
        paragraph(
            sentence(
                (f"本机关已告知拟作出的行政处罚（{said.told_number}）。" if said.told_number else "")
                + masked(said.heard)
            )
        ),
        heading("决定"),
        paragraph(
            f"本机关责令你（单位）改正违法行为，并依照{citations(law, said.bases, said.on)}的规定，"
            "作出如下行政处罚："
        ),
        *sanctioned(said.sanctions),
        heading("履行方式和期限"),
        *performance(law, said),
        heading("救济途径和期限"),
        *remedies(law, said.remedies, said.on),
        *_published(law, said),
        seal(said.agency, said.on),
    ]
    return _made(DocumentKind.PENALTY_DECISION, "行政处罚决定书", said, contents)


def no_penalty_decision(law: Rulebook, said: NoPenaltyFacts) -> Document:
    """Decide that there is no penalty, why, and what the party was told instead (不予行政处罚决定书).

    行政处罚法 arts 30, 33, 36 or 57 ¶1 (2), (3) say when; whoever is not punished is taught (33 ¶3;
    市场监督管理行政处罚程序规定 art. 61).
    """
    contents = [
        case_table(said),
        heading("案件来源和经过"),
        paragraph(sentence(masked(said.procedure))),
        *reasoned(law, said),
        heading("陈述和申辩"),
        paragraph(sentence(masked(said.heard))),
        heading("决定"),
        paragraph(f"依照{citations(law, said.bases, said.on)}的规定，本机关决定对你（单位）不予行政处罚。"),
        paragraph(
            sentence(f"教育的内容：{masked(said.education)}") + basis(law, said.on, "penalty-law:33.3")
        ),
        heading("救济途径和期限"),
        *remedies(law, said.remedies, said.on),
        seal(said.agency, said.on),
    ]
    return _made(DocumentKind.NO_PENALTY_DECISION, "不予行政处罚决定书", said, contents)


def reasoned(law: Rulebook, said: Reasoned) -> list[Block]:
    """Facts, evidence, and what they break."""
    return [
        heading("违法事实"),
        paragraph(sentence(masked(said.facts))),
        *numbered_list("证据", said.evidence),
        heading("理由和依据"),
        paragraph(sentence(f"{masked(said.reasons)}。有关规定：{citations(law, said.broken, said.on)}")),
    ]


def sanctioned(sanctions: Iterable[Sanction]) -> list[Block]:
    """Each penalty; an amount in both ways of writing."""
    return listed(
        sentence(one.text + (amount_shown(one.yuan) if one.yuan is not None else "")) for one in sanctions
    )


def _hearing_right(law: Rulebook, said: ProposalFacts) -> list[Block]:
    return [
        heading("听证"),
        *rights(law, ("penalty-law:63.1", "penalty-law:64(1)", "penalty-law:63.2"), said.on),
        paragraph(
            "你（单位）可以自收到本告知书之日起五个工作日内向本机关要求听证；逾期没有要求的，视为放弃听证的权利。"
        ),
    ]


def performance(law: Rulebook, said: DecisionFacts | SummaryFacts) -> list[Block]:
    """Where and by when a fine is paid, if there is one."""
    if not any(one.yuan is not None for one in said.sanctions):
        return [paragraph(f"履行方式和期限：{BY_OFFICER}。")]
    return [
        paragraph(_where_to_pay(said.payment)),
        *rights(law, ("penalty-law:67.3", "penalty-law:72.1(1)", "penalty-law:66.2"), said.on),
    ]


def _where_to_pay(to: Payment) -> str:
    if to.online and not to.bank:
        return f"缴款途径：{to.online}。"
    at = f"收款银行：{to.bank or BLANK}；户名：{to.account_name or BLANK}；账号：{to.account or BLANK}。"
    return at + (f"也可以通过{to.online}缴纳。" if to.online else "")


def _published(law: Rulebook, said: DecisionFacts) -> list[Block]:
    if not said.is_published:
        return []
    public = "本决定的信息将依法向社会公开，其中个人信息依法处理。"
    return [paragraph(public + basis(law, said.on, "penalty-law:48.1"))]


def _made(kind: DocumentKind, title: str, said: OfCase, contents: list[Block]) -> Document:
    signed = [*contents[:-1], paragraph(f"办案人员：{officers_shown(said.officers)}。"), contents[-1]]
    return document(
        kind, title, said.on, signed, number=said.number, officers=certificates(said.officers),
        people=said.party.people,
    )  # fmt: skip
