"""Words of transfers, leads for procuratorates, recommendations, and the table of who is responsible."""

from backend.web.words.word import Word

transfers = Word("移送", "Transfers")
transfer_of = Word("{kind} 第{number}号", "{kind} no. {number}")
transfer_advice = Word(
    "从案件、检查、线索的页面提出移送；向检察机关移送的线索从场所、学校的页面提出。",
    "Transfers are proposed from a case, a visit or a tip; leads for a procuratorate from a venue or school.",
)
transfer_search = Word("接收机关或者场所", "Receiver or venue")
transfer_kind = Word("移送类型", "Kind")
transfer_direction = Word("方向", "Direction")
transfer_outgoing = Word("本单位移送", "From us")
transfer_incoming = Word("移送给本单位", "To us")
transfer_to = Word("接收机关", "To")
transfer_about = Word("涉及场所", "About")
transfer_venues = Word("{count} 家场所", "{count} venues")
transfer_proposed_at = Word("提出时间", "Proposed")
transfer_handed_at = Word("送达时间", "Handed over")
transfer_proposed = Word("提出移送", "Proposed")
transfer_none = Word("没有符合条件的移送。", "No transfer matches.")
transfer_add = Word("提出移送", "Propose a transfer")
transfer_add_advice = Word(
    "涉嫌犯罪的移送公安：两名以上执法人员核实并报告，负责人三日内决定，批准后二十四小时内移送；决定之前案件不得处罚。",
    "A suspected crime goes to the police: two officers verify and report, the head decides within three "
    "days, and once approved it goes within twenty-four hours; until then the case is not punished.",
)
transfer_lead_add = Word("向检察机关移送线索", "Lead for a procuratorate")
transfer_lead_advice = Word(
    "写明涉及的场所或者学校周边。批准后制作材料包：不含未成年人、线索反映人和其他自然人的姓名。",
    "Name venues, or a school and its surroundings. Once approved a package is made, without the name of a "
    "minor, an informant or any other person.",
)
transfer_lead_kind = Word("线索类型", "Kind of lead")
transfer_lead_venues = Word("涉及的场所", "Venues")
transfer_more_venues = Word("其他场所（编号）", "Other venues (by number)")
transfer_more_venues_hint = Word("用空格隔开，最多 50 家", "With spaces between, 50 at most")
transfer_to_agency_id = Word("接收机关（本系统登记的）", "Receiver, of the register")
transfer_to_name = Word("接收机关（其他）", "Receiver, another body")
transfer_to_name_hint = Word("没有在上面选择的，写名称和类别", "If none was chosen above: its name and kind")
transfer_body = Word("机关类别", "Kind of body")
transfer_officers_hint = Word(
    "留空为案件的办案人员或者本人；涉嫌犯罪的须两名以上，执法证有效。",
    "Blank: the officers of the case, or you; a suspected crime takes two with valid certificates.",
)
transfer_officer_ids = Word("承办人员", "Officers")
transfer_received_id = Word("这件事随哪次移送而来（没有的不选）", "Came with this transfer (if any)")
transfer_letters = Word("移送函", "Letters")
transfer_reason = Word("移送理由", "Why")
transfer_team = Word("承办人员", "Officers")
transfer_facts = Word("基本情况", "The transfer")
transfer_timeline = Word("移送经过", "What was done")
transfer_saved = Word("已记录。", "It was recorded.")
transfer_over = Word("移送已经了结。", "The transfer is over.")
transfer_theirs = Word("接收机关的期限", "The receiver's time")
transfer_since = Word("自{since}起，按小时计", "from {since}, by the hour")
transfer_subject = Word("移送事项", "What is transferred")
transfer_case_id = Word("案件", "Case")
transfer_visit_id = Word("检查", "Visit")
transfer_tip_id = Word("线索", "Tip")
transfer_venue_ids = Word("涉及的场所", "Venues")
transfer_from_here = Word("移送", "Transfer")

lead_packages = Word("线索材料包", "Packages of evidence")
lead_package_advice = Word(
    "只含结构化的检查发现、距离核查报告、略去文字的笔录和确认没有未成年人的照片；每次制作、取出都记入审计。",
    "Only structured findings, reports on distances, records without their text, and photos of which an "
    "officer said that no minor is in them; each making and each download is in the audit trail.",
)
lead_names = Word("须遮蔽的姓名", "Names to mask")
lead_package_names = Word("须遮蔽的姓名（一行一个，不保存）", "Names to mask (one a line, not kept)")
lead_package_names_hint = Word(
    "移送理由里如果出现了姓名，写在这里；文书里的姓名自动遮蔽。",
    "Names that stand in the reason; those in the documents are masked by themselves.",
)
lead_package_make = Word("制作材料包", "Make a package")
lead_package_made_at = Word("制作时间", "Made")
lead_package_files = Word("内容", "What is in it")
lead_package_files_count = Word("{count} 个文件，{size} KB", "{count} files, {size} KB")
lead_package_left_out = Word("略去的内容", "What was left out")
lead_package_hash = Word("校验值", "Hash")
lead_package_take = Word("取出", "Take out")
lead_package_none = Word("还没有材料包。", "There is no package yet.")

recommendations = Word("检察建议、司法建议", "Recommendations")
recommendation_of = Word("建议 {number}", "Recommendation {number}")
recommendation_advice = Word(
    "收到建议之日起计算回复期限；没有送出书面回复的不能办结。",
    "The time to reply counts from the day of receipt; none is closed before a written reply was sent.",
)
recommendation_search = Word("发出机关或者文号", "Sender or number")
recommendation_sender = Word("机关类别", "Kind of sender")
recommendation_sender_name = Word("发出机关", "Sender")
recommendation_number = Word("文号", "Number")
recommendation_received_on = Word("收到日期", "Received on")
recommendation_area_code = Word("区域", "Area")
recommendation_officer_id = Word("责任人", "Who answers for it")
recommendation_about = Word("建议内容", "What is recommended")
recommendation_due = Word("回复期限", "Reply due")
recommendation_or_by = Word("（另一读法 {day}）", "(or {day} by another reading)")
recommendation_readings = Word(
    "各种读法都列出，按最早的一日提醒；没有核对原文的只是设定值，不写进文书。",
    "Each reading is shown, the earliest day warns; what no text in hand says is a setting, never printed.",
)
recommendation_stage = Word("办理状态", "Where it stands")
recommendation_none = Word("没有符合条件的建议。", "No recommendation matches.")
recommendation_add = Word("登记建议", "Enter a recommendation")
recommendation_saved = Word("已保存。", "It was saved.")
recommendation_reply = Word("书面回复", "Reply in writing")
recommendation_reply_advice = Word(
    "写明已经采取的措施，制作检察建议回复函并编文号；在别处制作的，只填回复文号。",
    "Say what was done, and the reply is issued with its number; of one written elsewhere give the number.",
)
recommendation_done = Word("已经采取的措施（一行一项）", "What was done (one a line)")
recommendation_remaining = Word("尚在进行的工作（一行一项）", "What remains (one a line)")
recommendation_attached = Word("随附材料（一行一项）", "What is attached (one a line)")
recommendation_reply_no = Word("回复文号", "Number of the reply")
recommendation_reply_no_hint = Word("回复在别处制作时填写", "Of a reply that was written elsewhere")
recommendation_sent = Word("登记送出", "Note that it was sent")
recommendation_sent_on = Word("送出日期", "Sent on")
recommendation_close = Word("办结", "Close")
recommendation_proof = Word("登记整改材料", "Note proof of the correction")
recommendation_officer = Word("更换责任人", "Change who answers for it")
recommendation_note = Word("说明", "Note")
recommendation_file = Word("文件", "File")
recommendation_recommendations = Word("建议", "Recommendation")

duty_matrix = Word("职责分工表", "Who is responsible")
matrix_advice = Word(
    "按规则库的条文列出：哪类场所的哪项义务由哪个部门负责。条文没有确定的写明缺口，须由本市明确。",
    "By the rows of the rulebook: which authority is responsible for which duty. What no text fixes is "
    "called a gap, and the city has to say.",
)
matrix_gaps = Word("职责是否确定", "Settled or not")
matrix_only_gaps = Word("只看缺口和待确认", "Gaps and what is to be confirmed only")
matrix_duty = Word("义务", "Duty")
matrix_responsible = Word("牵头部门", "Lead authority")
matrix_further = Word("其他部门", "Further authorities")
matrix_deciding = Word("由谁处罚（候选依据）", "Who decides on a breach")
matrix_confidence = Word("可信度", "Confidence")
matrix_gap = Word("缺口：没有确定", "Gap: not fixed")
matrix_to_confirm = Word("是否适用待确认", "Whether it applies is to be confirmed")
matrix_nobody = Word("手头条文没有写", "No text in hand says")
matrix_none = Word("没有符合条件的义务。", "No duty matches.")

KINDS = {
    "department": Word("移送其他部门", "To another department"),
    "police_lead": Word("移送公安（治安线索）", "To the police, as a lead"),
    "police_crime": Word("移送公安（涉嫌犯罪）", "To the police, suspected crime"),
    "procuratorate": Word("向检察机关移送线索", "Lead to a procuratorate"),
}
LEAD_KINDS = {
    "criminal": Word("刑事", "Criminal"),
    "civil": Word("民事", "Civil"),
    "administrative": Word("行政", "Administrative"),
    "public_interest": Word("公益诉讼", "Public interest"),
}
BODIES = {
    "culture": Word("文化和旅游", "Culture and tourism"),
    "market": Word("市场监管", "Market regulation"),
    "tobacco": Word("烟草专卖", "Tobacco monopoly"),
    "police": Word("公安", "Police"),
    "health": Word("卫生健康", "Health"),
    "education": Word("教育", "Education"),
    "civil_affairs": Word("民政", "Civil affairs"),
    "sports": Word("体育", "Sports"),
    "cyberspace": Word("网信", "Cyberspace"),
    "labour": Word("人社", "Human resources"),
    "fire": Word("消防", "Fire"),
    "procuratorate": Word("检察院", "Procuratorate"),
    "other": Word("其他", "Other"),
}
ACTORS = {
    "officer": Word("承办人员", "Officer"),
    "head": Word("单位负责人（督导人员）", "Head of the agency (supervisor)"),
    "reviewer": Word("审核人员", "Reviewer"),
}
SUBJECTS = {
    "case_id": Word("案件", "Case"),
    "visit_id": Word("检查", "Visit"),
    "tip_id": Word("线索", "Tip"),
    "site_id": Word("学校周边", "Surroundings of"),
}
WHATS = {
    "photo": Word("照片", "Photos"),
    "record": Word("文书", "Records"),
    "typed_text": Word("检查记录的文字", "Typed text of visits"),
    "distance_report": Word("距离核查报告", "Reports on distances"),
}
WHYS = {
    "minor_possible": Word("可能拍到未成年人", "a minor may be in it"),
    "may_name_people": Word("可能写有姓名", "may name people"),
    "not_readable": Word("没有收到或者无法读取", "not here, or not readable"),
    "destroyed": Word("已到期销毁", "destroyed on its day"),
    "no_position": Word("没有位置", "no position"),
}
SENDERS = {
    "procuratorate": Word("检察院（检察建议）", "Procuratorate"),
    "court": Word("法院（司法建议）", "Court"),
    "police": Word("公安", "Police"),
    "justice": Word("司法行政", "Justice"),
}
STAGES = {
    "open": Word("待回复", "Waiting for a reply"),
    "replied": Word("已制作回复，待送出", "Reply written, to be sent"),
    "sent": Word("已送出", "Reply sent"),
    "closed": Word("已办结", "Closed"),
}
ENTRIES = {
    "received": Word("收到", "Received"),
    "officer": Word("更换责任人", "Other officer"),
    "proof": Word("整改材料", "Proof"),
    "replied": Word("书面回复", "Reply written"),
    "sent": Word("送出", "Sent"),
    "closed": Word("办结", "Closed"),
}
