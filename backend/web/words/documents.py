"""Words of documents that were handed over on the spot, and of the ledger of their numbers."""

from backend.web.words.word import Word

documents = Word("当场交付的文书", "Documents handed over")
documents_none = Word(
    "没有收到文书。平板联网发送后在这里显示。", "None came. They show here once the tablet has sent them."
)
document = Word("文书", "Document")
document_kind = Word("文书种类", "Kind of document")
document_number = Word("文号", "Number")
document_handed = Word("交付", "Handed over")
document_signed = Word("平板签名", "Signature of the tablet")
document_open = Word("查看", "Open")
document_open_advice = Word("每次查看都记入审计。", "Each look is in the audit trail.")
document_no_number = Word("无文号", "No number")
document_number_taken = Word("台账记载的是另一份文书", "The ledger names another document")
document_gone = Word("内容已到期销毁", "Its content was destroyed")
document_received = Word("收到时间", "Received")
document_rescued = Word("由救援文件取出", "From a rescue file")
document_hash = Word("SHA-256", "SHA-256 hash")
document_as_handed = Word(
    "与平板交给当事人的一致，可以打印。", "As the tablet handed it to the party; it can be printed."
)

numbers = Word("文号台账", "Ledger of document numbers")
numbers_advice = Word(
    "每个文号只有一种去向：由一份文书使用、作废（注明原因）、或者仍由平板持有。",
    "Each number is used by a document, void with its reason, or still held by a tablet.",
)
numbers_each = Word("逐号", "Each number")
number_year = Word("年度", "Year")
number_state = Word("去向", "What became of it")
number_day = Word("预留日期", "Reserved for")
number_tablet = Word("平板", "Tablet")
number_at_desk = Word("办公端", "At a desk")
number_used_at = Word("使用时间", "Used at")
number_content = Word("文书内容", "Content")
number_content_here = Word("已收到", "Here")
number_content_waits = Word("内容未到", "Not here yet")
reason_voided = Word("作废原因", "Why it is void")
voided_at = Word("作废时间", "Void since")
series_kind = Word("文书种类", "Kind of document")
series_year = Word("年度", "Year")
number_none = Word("没有符合条件的文号。", "No number matches.")
series = Word("各类文号", "Series")
series_none = Word("还没有设定文号。", "No series was laid down yet.")
series_pattern = Word("格式", "Pattern")
series_given = Word("已发放", "Handed out")
series_open = Word("未用", "Open")
series_used = Word("已用", "Used")
series_voided = Word("作废", "Void")
series_lacking = Word("其中内容未到", "Content not here yet")
series_gapless = Word("连续", "Without a gap")
series_is_gapless = Word("无缺号", "No gap")
series_has_gap = Word("有缺号", "There is a gap")
series_add = Word("设定文号", "Lay a series down")
series_add_advice = Word(
    "设定以后，平板从下一次准备离线包起取号；格式不能再改。",
    "Tablets take numbers from their next package on; a pattern cannot be changed.",
)
series_pattern_hint = Word(
    "用 {number} 表示流水号，例如：示文责改〔2026〕{number}号",
    "Write {number} where the number stands, such as: CB-ORDER-2026-{number}",
)
series_added = Word("文号已设定。", "The series was laid down.")
export_excel = Word("导出 Excel", "Excel file")

KINDS = {
    "inspection_notice": Word("行政检查通知书", "Notice of inspection"),
    "inspection_record": Word("现场检查笔录", "Record on site"),
    "order_to_correct": Word("责令（限期）改正通知书", "Order to correct"),
    "preservation_list": Word("先行登记保存清单", "List of registered items"),
    "preservation_decision": Word("先行登记保存证据通知书", "Notice of registered preservation"),
    "extraction_record": Word("证据提取记录", "Record of evidence taken"),
    "distance_report": Word("距离核查报告", "Report on distances"),
    "filing_approval": Word("立案审批表", "Approval to open a case"),
    "summary_decision": Word("当场行政处罚决定书", "Decision on the spot"),
    "penalty_notice": Word("行政处罚告知书", "Notice of a proposed penalty"),
    "hearing_notice": Word("行政处罚听证通知书", "Notice of a hearing"),
    "penalty_decision": Word("行政处罚决定书", "Penalty decision"),
    "no_penalty_decision": Word("不予行政处罚决定书", "Decision of no penalty"),
    "service_receipt": Word("送达回证", "Receipt of service"),
    "transfer_letter": Word("案件移送函、涉嫌犯罪案件移送书", "Letter of transfer"),
    "closing_report": Word("结案审批表", "Approval to close a case"),
    "tip_reply": Word("线索办理结果答复书", "Reply to a tip"),
    "recommendation_reply": Word("检察建议回复函", "Reply to a procuratorial recommendation"),
}
HOW = {
    "paper": Word("打印后当场交付", "Printed and handed over"),
    "screen": Word("在平板上阅看，纸质件随后送达", "Read on the tablet; paper follows"),
    "left": Word("拒绝接收，留在现场", "Not accepted; left there"),
}
SIGNED = {
    "valid": Word("有效", "Valid"),
    "invalid": Word("不成立", "Does not hold"),
    "absent": Word("没有", "None"),
}
NUMBER_STATES = {
    "reserved": Word("未用", "Open"),
    "used": Word("已用", "Used"),
    "voided": Word("作废", "Void"),
}
VOIDED = {
    "not_used": Word("过期未用", "Not used in time"),
    "spoilt": Word("损坏", "Spoilt"),
    "wrong": Word("填错", "Written wrongly"),
    "other": Word("其他", "Another reason"),
}
