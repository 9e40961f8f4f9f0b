"""Words of keeping and destroying: periods, holds, certificates, and the basis for data of children."""

from backend.web.words.word import Word

retention = Word("保存期限", "Keeping and destroying")
retention_advice = Word(
    "每类数据保存多久，由档案主管部门批准的期限表决定。没有确认期限的一律保留；到期的在当天销毁密钥，并出具证明。",
    "How long each class is kept is decided by a table that the archives authority approves. What nobody "
    "confirmed is kept; what is due is destroyed on its day by its key, with a certificate.",
)
retention_classes = Word("各类数据的期限", "Periods of each class")
retention_class = Word("数据类别", "Class")
retention_period = Word("期限", "Period")
retention_unconfirmed = Word("未确认，保留", "Not confirmed: kept")
retention_confirm_by = Word("由谁确认：{who}", "To be confirmed by: {who}")
retention_years = Word("{number} 年", "{number} years")
retention_days = Word("{number} 天", "{number} days")
retention_counted = Word("{period}，自{event}起算", "{period} from the {event}")
retention_document = Word("{authority}，{number}，{day}", "{authority}, {number}, {day}")
retention_of_agency = Word("仅限单位 {code}", "For agency {code} only")
retention_least = Word("法定最短 {number} 年", "At least {number} years by law")
retention_by_hand = Word("到期任务不销毁此类", "The retention job does not destroy this class")
retention_basis = Word("依据", "Law")
retention_upcoming = Word("未来 90 天到期", "Due in the next 90 days")
retention_upcoming_none = Word("未来 90 天没有到期的内容。", "Nothing is due in the next 90 days.")
retention_due_on = Word("到期日", "Due on")
retention_count = Word("件数", "Count")
retention_held = Word("正在保留的检查", "Held inspections")
retention_held_none = Word("没有法律保留。", "Nothing is held.")

certificates = Word("销毁证明", "Certificates of destruction")
certificates_none = Word("还没有销毁过内容。", "Nothing has been destroyed yet.")
certificate = Word("销毁证明第 {number} 号", "Certificate of destruction no. {number}")
certificate_number = Word("编号", "Number")
certificate_at = Word("销毁时间", "Destroyed at")
certificate_by = Word("执行", "By")
certificate_rule = Word("期限依据", "Period")
certificate_rule_of = Word("{setting}，规则库第 {version} 版", "{setting}, rulebook version {version}")
certificate_area = Word("区划", "Area code")
certificate_hash = Word("编号摘要 SHA-256", "SHA-256 of the numbers")
certificate_whole = Word("与所附编号一致", "Matches the numbers below")
certificate_broken = Word("与所附编号不一致", "Does not match the numbers below")
certificate_items = Word("销毁的内容", "What was destroyed")
certificate_item = Word("种类", "Kind")
certificate_item_id = Word("记录编号", "Number of the row")
certificate_advice = Word(
    "密钥已销毁，内容任何人都无法再打开。本证明在审计链中，摘要是对“种类:编号”逐行排序后计算的。",
    "The key was destroyed; nobody can open the content any more. This certificate is in the audit chain; "
    "the hash is over lines of kind:number, sorted.",
)

kept = Word("保存与法律保留", "Keeping and legal holds")
kept_destroyed = Word(
    "保存期满，书写内容和附件已销毁，只留人数、日期等骨架。",
    "Its period is over: what was typed and all files were destroyed; counts and days stay.",
)
kept_partly = Word("部分内容已到期销毁：", "Part of it was due and destroyed: ")
hold_on = Word("法律保留中，不会销毁", "Held: nothing is destroyed")
hold_off = Word("没有法律保留，到期销毁。", "Not held: it goes on its day.")
hold_set = Word("设立法律保留", "Hold it")
hold_set_advice = Word(
    "同一次检查的所有检查表一起保留，直到每一项保留都解除。",
    "All checklists of the visit are held until every hold is lifted.",
)
hold_reason = Word("保留事由", "Why it is held")
hold_note = Word("说明", "Note")
hold_note_hint = Word("可写案号、文号；加密保存，不要写姓名", "A case or document number; sealed; no names")
hold_since = Word("设立", "Set")
hold_lifted = Word("解除", "Lifted")
hold_lift = Word("解除保留", "Lift it")
hold_lift_because = Word("解除事由", "Why it is lifted")
hold_open = Word("保留中", "Held")
hold_by_at = Word("{name}，{at}", "{name}, {at}")

child_data = Word("未成年人影像的处理依据", "Basis for pictures of children")
child_data_missing = Word("缺少处理依据", "No basis noted")
child_data_list = Word("缺处理依据的检查", "No basis for children's pictures")
child_data_none = Word("没有缺少处理依据的检查。", "No inspection lacks a basis.")
child_data_advice = Word(
    "检查留有可能拍到未成年人的照片。可能涉及不满十四周岁者的，要写明依据：监护人同意，或者履行法定职责、不必同意。",
    "Photos in which a minor may be are kept. Where a child under fourteen may be in them, say on which "
    "basis: a guardian's consent, or a statutory duty that needs none.",
)
basis_add_consent = Word("登记监护人同意", "Note a guardian's consent")
basis_add_duty = Word("登记法定职责", "Note a statutory duty")
basis_form = Word("同意的形式", "Form of the consent")
basis_given_by = Word("同意人", "Who consented")
basis_given_on = Word("同意日期", "Day of the consent")
basis_reference = Word("凭据存放处", "Where the paper lies")
basis_reference_hint = Word("卷宗号等；加密保存，不要写姓名", "A file number; sealed; no names")
basis_clause = Word("依据条款", "Clause that needs no consent")
basis_seen_by = Word("经办人", "Seen by")
basis_said = Word("内容", "What")
basis_of = Word("依据种类", "Basis")
basis_consent = Word("{form}，{who}，{day}", "{form}, {who}, {day}")

HOLD_REASONS = {
    "case": Word("案件办理中", "A case is open"),
    "reconsideration": Word("行政复议", "Reconsideration"),
    "lawsuit": Word("行政诉讼", "A lawsuit"),
    "transfer": Word("移送其他机关", "Transferred to another body"),
    "supervision": Word("监察、审计", "Supervision or audit"),
    "complaint": Word("投诉举报", "A complaint"),
    "other": Word("其他", "Another reason"),
}
LIFT_REASONS = {
    "ended": Word("事由已消除", "The reason is over"),
    "mistake": Word("设立有误", "Set by mistake"),
    "other": Word("其他", "Another reason"),
}
COUNTED_FROM = {
    "visit_day": Word("检查日", "day of the visit"),
    "received": Word("收到日", "day of receipt"),
    "case_closed": Word("结案日", "closing of the case"),
}
ITEM_KINDS = {
    "record": Word("检查记录", "Record of an inspection"),
    "form": Word("收件原文", "Form as it came"),
    "file": Word("附件", "File"),
    "consent": Word("同意凭据", "Evidence of consent"),
    "rescue": Word("救援文件", "Rescue file"),
    "tip": Word("线索", "Tip"),
    "mandatory": Word("强制报告", "Mandatory report"),
    "informant": Word("线索反映人", "Who gave a tip"),
}
BASIS_KINDS = {
    "guardian_consent": Word("监护人同意", "A guardian's consent"),
    "statutory_duty": Word("履行法定职责，不必同意", "Statutory duty, no consent needed"),
}
CONSENT_FORMS = {
    "written": Word("书面", "In writing"),
    "electronic": Word("电子", "Electronic"),
    "recorded": Word("录音录像", "On record"),
}
GIVEN_BY = {
    "parent": Word("父母", "A parent"),
    "guardian": Word("监护人", "A guardian"),
    "other_guardian": Word("其他监护人", "Another guardian"),
}
