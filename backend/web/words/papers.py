"""Words of documents that are made from a case's page."""

from backend.web.words.word import Word

papers = Word("本案文书", "Documents of the case")
papers_none = Word("还没有从本案制发的文书。", "No document was issued in this case yet.")
papers_now = Word("现在可以制作", "To be made now")
paper_make = Word("制作{kind}", "Make: {kind}")
paper_advice = Word(
    "已按案件填好；核对后预览，再制发。制发后编号、留存，不能修改，只能撤回。",
    "Filled in from the case: check it, look at it, then issue it. Once issued it has its number and stays; "
    "it can only be withdrawn.",
)
paper_look = Word("预览", "Look at it")
paper_looks = Word("预览（没有制发，没有文号）", "As it would be (not issued, no number)")
paper_looks_advice = Word("修改上面的内容后再预览或者制发。", "Change what is above, look again or issue.")
paper_issue = Word("制发", "Issue")
paper_issue_first = Word("{paper}：先在本页制发这份文书", "{paper}: issue this document on this page first")
paper_from_case = Word("{paper}（本案已制发的文书）", "{paper} (a document issued in the case)")
paper_cause = Word("案由", "Cause")
paper_source = Word("案件来源", "Source")
paper_facts = Word("事实", "Facts")
paper_evidence = Word("证据（每行一项）", "Evidence (one a line)")
paper_reasons = Word("理由", "Reasons")
paper_reason = Word("保存的原因", "Why it is preserved")
paper_kept_at = Word("保存地点", "Kept at")
paper_settle_by = Word("处理期限", "Dealt with by")
paper_items = Word("物品", "Things")
paper_is_urgent = Word("情况紧急，当场实施", "Urgent, on the spot")
paper_place = Word("地点", "Place")
paper_made_by = Word("提取人", "Taken by")
paper_made_at = Word("提取时间", "Taken at")
paper_extracted = Word("提取的证据", "Evidence taken")
paper_is_original = Word("提取的是原件、原物", "These are originals")
paper_why_no_original = Word("不能提取原件的理由", "Why there are no originals")
paper_closed_for = Word("停业整顿的期限（例如：3个月）", "Length of the closure, in Chinese")
paper_fixed = Word("依法固定，不能取消", "By law; it stays")
paper_may_be_heard = Word("当事人有权要求听证", "The party has a right to a hearing")
paper_at = Word("听证时间", "Time of the hearing")
paper_chair = Word("主持人", "Chair")
paper_clerk = Word("记录员", "Clerk")
paper_secret_because = Word("不公开的理由", "Why it is not public")
paper_procedure = Word("案件经过", "Course of the case")
paper_heard = Word("陈述、申辩和听证的情况", "Statement, defence and hearing")
paper_told_number = Word("告知书文号", "Number of the notice")
paper_showed = Word("执法人员已出示执法证件", "The officers showed their certificates")
paper_told = Word(
    "已当场告知内容、事实、理由、依据和权利", "The party was told what, why, by which law, and its rights"
)
paper_handed = Word("决定书当场交付当事人", "The decision is handed over on the spot")
paper_decided_at = Word("当场处罚的时间", "When it is decided on the spot")
paper_person_signing = Word(
    "当事人拒绝签收的理由（签收的留空）", "Why the party refused to sign (blank: it signs)"
)
paper_bank = Word("收款银行", "Bank")
paper_account_name = Word("户名", "Name of the account")
paper_account = Word("账号（缴款）", "Account number")
paper_online = Word("电子缴款途径", "Electronic payment")
paper_reconsider_at = Word("行政复议机关", "Reconsideration at")
paper_sue_at = Word("人民法院", "Court")
paper_sue_period = Word("起诉期限（烟草案件，经法制审核确认）", "Period for a suit (tobacco, as reviewed)")
paper_is_published = Word("本决定将公开", "The decision is published")
paper_education = Word("教育的内容", "What the party was taught")
paper_served = Word("送达的文书", "Documents served")
paper_way = Word("送达方式", "Way of service")
paper_refused_because = Word("拒收事由", "Why it was refused")
paper_note = Word("备注", "Note")
paper_to = Word("接收机关", "To")
paper_why = Word("理由（移送、结案）", "Why (transfer, closing)")
paper_attached = Word("随附材料（每行一项）", "Attached (one a line)")
paper_is_crime = Word("涉嫌犯罪", "A suspected crime")
paper_approved_by = Word("批准人", "Approved by")
paper_decided = Word("处理决定", "Decision")
paper_decided_on = Word("决定日期", "Decided on")
paper_performed = Word("执行情况", "Performance")
paper_volumes = Word("归档", "Files")
paper_documents = Word("文书", "Documents")

COLUMNS = {
    "items": Word(
        "每行一件：名称|规格|数量|状态|存放位置", "One a line: name|specification|quantity|state|place"
    ),
    "extracted": Word(
        "每行一项：内容|原始载体及存放处|提取方法", "One a line: what|where the original is|how it was taken"
    ),
}
BECAUSE = {
    "changed_meanwhile": Word(
        "案件、审定或者已制作的文书有变化，请核对后重新打开本表",
        "the case, its ruling or its documents changed; look again and open the form anew",
    ),
    "not_now": Word("案件现在不需要这份文书，或者不由您制作", "not needed now, or not from you"),
    "ruling_missing": Word("须先由法制审核人员审定处罚建议", "the legal reviewer must decide first"),
}
