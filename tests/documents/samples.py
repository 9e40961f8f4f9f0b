"""An invented case, and every document that it can give rise to."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from backend.documents import cases, facts, on_site, on_the_spot, penalties, preservation, replies
from backend.documents.blocks import Document
from backend.rulebook.rules import Rulebook
from tests.documents.values import VECTORS, as_facts

ON = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 6, 5, tzinfo=UTC)
AGENCY = "示例区文化和旅游局（虚构）"
PARTY = facts.Party(
    name="蓝鲸网吧（虚构）", credit_code="92319901MA0000001X", licence_no="虚网〔2019〕0001号",
    address="示例区（虚构）潮声路8弄2号", person_name="欧阳𠮷㐂", person_position="店长䶮",
)  # fmt: skip
OFFICERS = (
    facts.Officer(name="示例乙", certificate_no="SH-0001"),
    facts.Officer(name="示例丙", certificate_no="SH-0002"),
)
CONTACT = facts.Contact(address="示例路1号", phone="021-00000000", email="office@example.invalid")
COMMON = {"agency": AGENCY, "on": ON, "number": "示文罚〔2026〕12号"}
OF_CASE = COMMON | {
    "party": PARTY, "cause": "涉嫌接纳未成年人进入互联网上网服务营业场所", "officers": OFFICERS,
    "case_number": "示文案〔2026〕7号", "contact": CONTACT,
}  # fmt: skip
REASONED = OF_CASE | {
    "facts": "2026年11月21日14时05分，执法人员在当事人的营业场所二楼发现两名未成年人上网，"
    "当事人没有核验其身份证件，入口处也没有悬挂未成年人禁入标志",
    "evidence": ("现场检查笔录（示检字〔2026〕第0013号）", "现场照片3张", "当事人的陈述"),
    "broken": ("internet-cafe-regs:21.1", "internet-cafe-regs:21.2"),
    "bases": ("internet-cafe-regs:31(2)", "minors-law:123"),
    "reasons": "当事人的行为违反了互联网上网服务营业场所不得接纳未成年人的规定；"
    "当事人初次违法，案发后立即改正",
}
SIGNED = (
    facts.Signed(label="当事人", name="欧阳𠮷㐂"),
    facts.Signed(label="执法人员一", name="示例乙", certificate_no="SH-0001"),
)
REMEDIES = facts.Remedies(reconsider_at="示例区人民政府（虚构）", sue_at="示例区人民法院（虚构）")
SANCTIONS = (facts.Sanction(text="警告"), facts.Sanction(text="罚款", yuan=Decimal("15000")))
PROPOSAL = facts.ProposalFacts(**REASONED, sanctions=SANCTIONS, statement_days=None, may_be_heard=True)
DECISION = facts.DecisionFacts(
    **REASONED, procedure="本机关于2026年11月21日检查发现上述情况，同日立案调查，2026年12月10日调查终结",
    heard="当事人在规定期限内没有提出陈述、申辩，也没有要求听证", sanctions=SANCTIONS,
    payment=facts.Payment(bank="示例银行（虚构）", account_name="示例区财政局（虚构）",
    account="0000 0000 0000"),
    remedies=REMEDIES, told_number="示文罚告〔2026〕9号", is_published=True,
)  # fmt: skip
SUMMARY = facts.SummaryFacts(
    **REASONED, place="示例区（虚构）潮声路8弄2号", decided_at=AT, heard="当事人没有提出异议",
    sanctions=(facts.Sanction(text="警告"), facts.Sanction(text="罚款", yuan=Decimal("3000"))),
    payment=facts.Payment(online="示例缴费平台（虚构）"), remedies=REMEDIES,
    signatures=(facts.Signed(label="当事人", state="refused", reason="认为处罚过重"), *SIGNED[1:]),
)  # fmt: skip
PRESERVATION = facts.PreservationFacts(
    **OF_CASE, reason="证据可能灭失", kept_at="当事人营业场所一楼吧台", settle_by=date(2026, 12, 1),
    is_urgent=True,
    items=(
        facts.Item(name="上网登记服务器", specification="机架式，序列号 SN-0001", quantity="1台",
        state="正常，已贴封条", place="吧台柜内"),
        facts.Item(name="登记本", specification="A4", quantity="2册", state="完好", place="吧台抽屉"),
    ),
    signatures=SIGNED,
)  # fmt: skip
EXTRACTION = facts.ExtractionFacts(
    **OF_CASE, place="当事人营业场所", made_by="示例乙、示例丙", is_original=False,
    why_no_original="原始载体为在用服务器",
    extracted=(
        facts.Extracted(what="2026年11月上网登记记录", carrier="吧台服务器", how="导出后刻录光盘",
        made_at=AT, sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
        facts.Extracted(what="入口处照片", carrier="执法手机", how="拍照", made_at=AT),
    ),
    signatures=SIGNED,
)  # fmt: skip
FILING = facts.FilingFacts(
    **OF_CASE, source="监督检查发现", found_on=ON, facts="二楼有两名学生模样的人上网",
    evidence=("现场检查笔录",),
    clauses=("internet-cafe-regs:21.1",), officers_proposed=OFFICERS, is_within_two_years=True,
)  # fmt: skip
HEARING = facts.HearingFacts(
    **OF_CASE, at=AT, place="示例区文化和旅游局三楼听证室", chair="示例丁", clerk="示例戊"
)
NO_PENALTY = facts.NoPenaltyFacts(
    **REASONED | {"bases": ("penalty-law:33.1",)}, procedure=DECISION.procedure,
    heard="当事人没有提出陈述、申辩",
    education="已向当事人讲明不得接纳未成年人的规定，当事人表示今后逐人核验身份证件", remedies=REMEDIES,
)  # fmt: skip
SERVICE = facts.ServiceFacts(
    **COMMON, party=PARTY, cause=DECISION.cause, way="直接送达", place="当事人营业场所", officers=OFFICERS,
    documents=(facts.Served(title="行政处罚决定书", number="示文罚〔2026〕12号", pages=3),),
)  # fmt: skip
TRANSFER = facts.TransferFacts(
    **OF_CASE, to="示例区公安分局（虚构）", facts="检查中发现场所内设有赌博机三台",
    why="涉嫌犯罪，不属于本机关管辖",
    clauses=("penalty-law:27.1",), attached=("案件情况的调查报告", "涉案物品清单", "现场检查笔录复印件"),
    is_crime=True, approved_by="本机关负责人", approved_at=AT,
)  # fmt: skip
CLOSING = facts.ClosingFacts(
    **OF_CASE, filed_on=ON, decided="行政处罚决定书（示文罚〔2026〕12号）", decided_on=ON,
    performed="当事人已于2026年12月20日缴清罚款并改正违法行为", why="行政处罚决定执行完毕",
    volumes="一案一卷，正卷、副卷各一册",
)  # fmt: skip
TIP_REPLY = facts.TipReplyFacts(
    **COMMON, receipt_no="XS20261121-7K3QF2ZD", about="网吧接纳未成年人", received_on=ON,
    answer="已到场核查，当场责令改正", contact=CONTACT,
)  # fmt: skip
RECOMMENDATION = facts.RecommendationFacts(
    **COMMON, procuratorate="示例区人民检察院（虚构）", their_number="示检建〔2026〕3号", received_on=ON,
    recommended="加强校园周边上网服务场所管理", done=("对辖区内全部网吧检查一遍", "对两家责令改正"),
    remaining=("与教育部门建立通报制度",),
    attached=("检查情况汇总表",), contact=CONTACT,
)  # fmt: skip


def tobacco(said: facts.DecisionFacts) -> facts.DecisionFacts:
    """The same decision under the tobacco monopoly law."""
    return replace(said, remedies=replace(said.remedies, under_tobacco_law=True))


def every(law: Rulebook) -> dict[str, Document]:
    """Each kind of document once, by its kind; those of a visit from the tablet's vectors."""
    of_visit = {one["name"]: one["input"] for one in VECTORS}
    broken = of_visit["a visit with violations, signature refused"]
    made = [
        on_site.inspection_notice(law, as_facts(facts.NoticeFacts, of_visit["a notice"])),
        on_site.on_site_record(law, as_facts(facts.RecordFacts, broken)),
        on_site.order_to_correct(law, as_facts(facts.OrderFacts, of_visit["an order with a day"])),
        preservation.preservation_decision(law, PRESERVATION),
        preservation.preservation_list(law, PRESERVATION),
        preservation.extraction_record(law, EXTRACTION),
        cases.filing_approval(law, FILING),
        on_the_spot.summary_decision(law, SUMMARY),
        penalties.penalty_notice(law, PROPOSAL),
        penalties.hearing_notice(law, HEARING),
        penalties.penalty_decision(law, DECISION),
        penalties.no_penalty_decision(law, NO_PENALTY),
        replies.service_receipt(law, SERVICE),
        cases.transfer_letter(law, TRANSFER),
        cases.closing_report(law, CLOSING),
        replies.tip_reply(law, TIP_REPLY),
        replies.recommendation_reply(law, RECOMMENDATION),
    ]
    return {one["kind"]: one for one in made}
