"""Words of documents that an agency issued, and of the page on which anybody holds one against its code."""

from backend.web.words.word import Word

issued = Word("文书", "Documents")
issued_of = Word("{title}（{number}）", "{title} ({number})")
issued_advice = Word(
    "本单位制发的文书。列表不含内容；每次查看内容都记入审计。",
    "What this agency issued. The list shows no content; each look at one is in the audit trail.",
)
issued_none = Word("没有这样的文书。", "There are no such documents.")
issued_title = Word("标题", "Title")
issued_day = Word("日期", "Date")
issued_pages = Word("页数", "Pages")
issued_code = Word("核验码", "Verification code")
issued_hash = Word("内容摘要（SHA-256）", "SHA-256 of its content")
issued_state = Word("效力", "Standing")
issued_counts = Word("有效", "Counts")
issued_withdrawn = Word("已撤回", "Withdrawn")
issued_by = Word("制发人", "Issued by")
issued_at = Word("制发时间", "Issued at")
issued_look = Word("查看内容", "Look at it")
issued_as_page = Word("网页", "As a page")
issued_as = Word("{form} 文件", "{form} file")
issued_public = Word("公开副本", "Copy for the public")
issued_public_advice = Word(
    "自然人的姓名已遮蔽，签名已去除，其他内容一致。发布前请再核对一遍正文。",
    "Names of natural persons are masked and signatures removed, the rest is the same. Read it once more "
    "before it is published.",
)
issued_withdraw = Word("撤回这份文书", "Withdraw it")
issued_withdraw_advice = Word(
    "文书仍然保留，核验页面显示“已撤回”。撤回不能取消。",
    "The document stays; the verification page says that it was withdrawn. This cannot be undone.",
)
issued_withdraw_now = Word("撤回", "Withdraw")
withdraw_because = Word("撤回理由", "Why it is withdrawn")
issued_withdrawn_at = Word("撤回", "Withdrawn at")
issued_report = Word("制作距离核查报告", "Make a report on distances")
issued_report_advice = Word(
    "把此刻的距离、测量点、规则和数据版本制成有文号的报告，供听证和归档使用。",
    "Distances, points, rules and versions of this moment as a numbered report, for hearings and files.",
)
issued_reply = Word("制作书面答复", "Make the written reply")
issued_reply_advice = Word(
    "把上面的答复制成有文号的答复书；不写报告人是谁。",
    "The answer above as a numbered letter; it does not say who gave the tip.",
)
issued_from_here = Word("已制发的文书", "Documents issued of it")

verify = Word("文书核验", "Verify a document")
verify_advice = Word(
    "输入文书每页下方的核验码，查看是否为真。这里不显示当事人和内容。",
    "Type the code at the foot of each page to see whether it is real. No party and no content is shown.",
)
verify_code = Word("核验码", "Verification code")
verify_hint = Word("例如 7K3Q-F2ZD-9MWA；不分大小写。", "Such as 7K3Q-F2ZD-9MWA; small letters will do.")
verify_now = Word("核验", "Verify")
verify_real = Word("这份文书由下列机关制发。", "This document was issued by the agency below.")
verify_compare = Word(
    "请与手中文书的文号、日期、页数和摘要逐项对照；有一项不同，就不是同一份文书。",
    "Compare number, date, pages and digest with the paper: where one differs, it is another document.",
)
verify_withdrawn = Word(
    "这份文书已于 {day} 撤回，不再有效。", "It was withdrawn on {day} and counts no more."
)
verify_digest = Word("摘要", "Digest")
verify_unknown = Word(
    "没有查到这个核验码。请核对后再输入；仍查不到的，请向文书上的机关询问。",
    "This code is not known. Check it and try again; else ask the agency on the document.",
)
verify_wait = Word("查询太多，请等待约 {minutes} 分钟。", "Too many tries: wait about {minutes} minutes.")

BECAUSE = {
    "changed": Word("依法变更", "Changed as the law says"),
    "revoked": Word("依法撤销", "Revoked as the law says"),
    "unlawful": Word("确认违法", "Found unlawful"),
    "void": Word("确认无效", "Found void"),
    "written_wrongly": Word("制作有误", "Written wrongly"),
}
