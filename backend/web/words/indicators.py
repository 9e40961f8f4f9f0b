"""Words of indicators, of the reports that keep them, and of urging letters."""

from backend.web.words.word import Word

menu_duty = Word("履职", "Duty")
indicators = Word("履职指标", "Indicators")
indicators_hint = Word(
    "每项指标都写明“多少之中有多少”。少于 {least} 的数不显示；只差一个就能推算出来的，也一并不显示。"
    "法律和计划没有规定有哪些指标，这些由本系统定义。",
    "Each says how many of how many. Counts under {least} are kept back, and one more where a single one "
    "could be worked out. No text says which indicators there are: these are ours.",
)
indicators_none = Word("这段时间没有可统计的事项。", "Nothing was there to count in this time.")
indicator = Word("指标", "Indicator")
indicator_rate = Word("比例", "Rate")
indicator_of = Word("{part} ／ {whole}", "{part} of {whole}")
indicator_few = Word("少于 {least}", "under {least}")
indicator_between = Word("{rate}（{low}～{high}）", "{rate} ({low}–{high})")
indicator_part = Word("分子", "Counted")
indicator_whole = Word("分母", "Of")
indicator_total = Word("合计", "In all")
indicator_by_area = Word("按区、街镇", "By district and street-town")
indicator_by_agency = Word("按单位", "By agency")
indicator_defined = Word("口径", "What it counts")
indicator_no_area = Word("没有区划", "no area")
period_first_on = Word("开始日期", "First day")
period_last_on = Word("结束日期", "Last day")
period_area_code = Word("辖区", "Area")
period_agency_id = Word("单位", "Agency")
period_because = Word("重新统计的理由", "Why it is counted again")
period_freeze = Word("固定这段时间的数字", "Keep these numbers")
period_freeze_hint = Word(
    "固定后不再变动，一年后打开仍是同样的数字；迟到的数据只进入写明理由的新版本。",
    "Kept, they stay: a year later the same numbers come out. What arrives late is in a new edition only, "
    "which says why.",
)
period_freeze_later = Word(
    "这段时间还没有结束，可以看，不能固定。", "This time is not over: it can be looked at, not kept."
)
period_reports_kept = Word("已固定的报告", "Kept reports")
period_reports_none = Word("还没有固定的报告。", "No report was kept yet.")
period_title = Word("未成年人保护履职指标报告", "Report of indicators")
period_period = Word("{first} 至 {last}", "{first} to {last}")
period_edition = Word("第 {edition} 版", "edition {edition}")
period_of = Word("统计期", "Period")
period_made_at = Word("固定时间", "Kept at")
period_made_on = Word(
    "{area}，{period}，第 {edition} 版，{day} 固定。", "{area}, {period}, edition {edition}, kept on {day}."
)
period_again = Word("重新统计的理由：{because}", "Counted again because: {because}")
period_sum = Word(
    "校验：各项分子之和 {part}，分母之和 {whole}；摘要 SHA-256 {sha256}。",
    "Check sums: counted {part}, of {whole}; SHA-256 {sha256}.",
)
period_holds = Word("与固定时一致", "As it was kept")
period_changed = Word("与固定时不一致，请报告管理员", "Not as it was kept: tell the administrators")
urgings = Word("督办", "Urging letters")
urgings_none = Word("没有这样的督办。", "There is no such letter.")
urging_send = Word("发出督办", "Urge an agency")
urging_hint = Word(
    "督办对单位，不写当事人、举报人、未成年人的姓名和证件号码。",
    "It is about an agency’s duty: no names and numbers of parties, informants or minors.",
)
urging_subject = Word("事由", "About")
urging_words = Word("内容", "What is urged")
urging_due_on = Word("回复期限", "Answer by")
urging_to_agency_id = Word("督办对象", "To")
urging_area_code = Word("辖区", "Area of the letter")
urging_indicator = Word("有关指标", "Indicator concerned")
urging_sent_at = Word("发出时间", "Sent")
urging_state = Word("回复情况", "Answer")
urging_answers = Word("回复", "Answers")
urging_answers_none = Word("还没有回复。", "No answer yet.")
urging_answer = Word("回复督办", "Answer")
urging_answer_words = Word("回复内容", "Your answer")
urging_late = Word("逾期后回复", "answered late")
matter_urgings = Word("督办待回复", "Urging letters to answer")

URGING_STATES = {
    "waiting": Word("待回复", "Waiting"),
    "late": Word("逾期未回复", "Overdue"),
    "answered": Word("已回复", "Answered"),
}
