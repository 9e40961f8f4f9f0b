"""Words of cases, their steps and deadlines, and of orders to correct."""

from backend.web.words.word import Word

menu_cases = Word("案件办理", "Cases")
cases = Word("案件", "Cases")
case_of = Word("案件 {number}", "Case {number}")
case_search = Word("场所或者流水号", "Venue, or number of the year")
case_number = Word("案号", "Number")
case_state = Word("办理状态", "Where it stands")
case_only_open = Word("办理中", "Open")
case_only_over = Word("已办结", "Over")
case_open_or_not = Word("是否办结", "Open or over")
case_only_overdue = Word("只看超期", "Overdue only")
case_next = Word("下一期限", "Due next")
case_nothing_due = Word("没有本单位的期限", "Nothing is due from the agency")
case_officers = Word("办案人员", "Officers")
case_opened = Word("登记时间", "Opened")
case_ended = Word("办结时间", "Over since")
case_none = Word("没有符合条件的案件。", "No case matches.")
case_advice = Word(
    "从场所页面的违法行为登记案件；同一违法行为只能在一个办理中的案件里。",
    "Cases are opened from the violations on a venue's page; a violation is in one open case at most.",
)
case_add = Word("登记案件", "Open a case")
case_add_advice = Word(
    "登记后从核查线索开始；是否立案由负责人决定。",
    "It begins as a lead to be verified; whether it is filed the head decides.",
)
case_violations = Word("违法行为", "Violations")
case_violation_taken = Word("已在办理中的案件里", "In an open case already")
case_no_violations = Word("没有可以登记的违法行为。", "There is no violation to open a case from.")
case_acted_on = Word("行为日（持续的，填终了日）", "Day of the act, or of its end")
case_acted_hint = Word("留空为发现之日", "Blank: the day on which it was found")
case_is_long = Word("涉及生命健康、金融安全且有危害后果", "Life, health or financial safety, with harm")
case_officer_ids = Word("办案人员", "Officers")
case_officers_hint = Word("两名以上，执法证有效", "Two or more, with valid certificates")
case_violation_ids = Word("违法行为", "Violations")
case_due = Word("应办事项和期限", "What is due")
case_due_what = Word("事项", "What")
case_due_when = Word("期限", "By when")
case_due_how = Word("怎样计算", "How it is counted")
case_due_lapse = Word("逾期后果", "If it lapses")
case_due_none = Word("没有计算中的期限。", "No clock runs.")
case_due_warn = Word(
    "按字面较早的读法为{day}，按较早的提醒。", "By the letter it is {day}: the earlier day warns."
)
case_due_provisional = Word(
    "暂定：{years}年节假日表未维护，载入后重算。",
    "Provisional: the holidays of {years} are not loaded; it is counted anew once they are.",
)
case_due_setting = Word("设定值，条文未确认", "A setting; no text in hand confirms it")
case_due_since = Word("自{since}起，当日不计", "from {since}, that day not counted")
case_due_since_counted = Word("自{since}起，当日计入", "from {since}, that day counted")
case_due_count = Word("{count}{unit}", "{count} {unit}")
case_due_more = Word("已延长{more}", "extended by {more}")
case_due_excludes = Word("不计入：{what}", "left out: {what}")
case_due_follows = Word("接在“{clock}”之后", "after “{clock}”")
case_due_added = Word("到今天可以加处罚款 {yuan} 元", "{yuan} yuan may be added to the fine by today")
case_due_added_open = Word(
    "复议、诉讼期间不加处罚款，由法制部门计算",
    "Nothing is added while a remedy runs: the legal section counts it",
)
case_due_unnumbered = Word("条文没有写天数", "the text names no number")
case_choices = Word("下一步", "Next steps")
case_choices_beside = Word("其他可以办理的事项", "What else may be done")
case_choice_by = Word("由谁办理", "By whom")
case_choice_papers = Word("须附材料", "Papers needed")
case_choice_to = Word("办理后", "Then")
case_choice_open = Word("办理", "Do it")
case_choices_none = Word("案件已经办结。", "The case is over.")
case_paper_name = Word("{paper}（文件名或者编号）", "{paper} (its name or number)")
case_made_at = Word("发生时间", "When it happened")
case_made_hint = Word("留空为现在", "Blank: now")
case_reason = Word("理由", "Reason")
case_reason_hint = Word(
    "不得写身份证号、手机号、未成年人姓名", "No resident ID, mobile number or name of a minor"
)
case_days = Word("延长多少", "By how much")
case_step_done = Word("已记录，期限已重新计算。", "It was recorded; the deadlines were counted anew.")
case_facts = Word("基本情况", "The case")
case_procedure = Word("适用程序", "Procedure")
case_found_on = Word("发现之日", "Found on")
case_limitation = Word("处罚时效", "Limitation")
case_in_time = Word("在时效内发现（至{day}）", "found in time (by {day})")
case_out_of_time = Word("超过时效（至{day}），依法不再处罚", "found too late (by {day}): no penalty")
case_timeline = Word("办理经过", "What was done")
case_step_what = Word("环节", "Step")
case_step_who = Word("办理人", "By")
case_step_papers = Word("材料", "Papers")
case_step_recorded = Word("{at} 记录", "recorded {at}")
case_step_opened = Word("登记案件", "Case opened")
case_former = Word("至{until}", "until {until}")
case_refused = Word("复查未改正，可能适用从重档次", "Not corrected: the serious tier may apply")
case_because = Word("原因", "Why")
case_series = Word("案号设定", "How cases are numbered")
case_series_add = Word("设定案号", "Lay the numbers down")
case_series_advice = Word(
    "本单位今年还没有设定案号；设定后才能登记案件，格式不能再改。",
    "Your agency has no numbers of this year yet; cases can be opened once they are laid down, for good.",
)
case_series_year = Word("年度", "Year")
case_series_pattern = Word("格式", "Pattern")
case_series_hint = Word(
    "用 {number} 表示流水号，例如：示文案〔2026〕{number}号",
    "Write {number} where the number stands, such as: CB-CASE-2026-{number}",
)

orders = Word("责令改正", "Orders to correct")
order_of = Word("责令改正 {number}", "Order {number}")
order_unnumbered = Word("（无文号）", "(no number)")
order_search = Word("场所或者文号", "Venue or number")
order_state = Word("状态", "State")
order_only_overdue = Word("只看超期", "Overdue only")
order_none = Word("没有符合条件的责令改正。", "No order matches.")
order_advice = Word(
    "平板当场交付的责令改正通知书，检查归档后在这里出现，并自动安排复查任务。",
    "Orders that tablets handed over show here once the visit is filed, with their re-inspection planned.",
)
order_handed_on = Word("交付日期", "Handed over on")
order_due_on = Word("改正期限", "To be corrected by")
order_late = Word("已过期限", "Past its day")
order_demand = Word("改正要求", "What it demands")
order_looked = Word("每次查看都记入审计。", "Each look is in the audit trail.")
order_gone = Word("内容已到期销毁。", "The content was destroyed on its day.")
order_task = Word("复查任务", "Re-inspection")
order_entries = Word("经过", "What happened")
order_entry = Word("事项", "What")
order_take_out = Word("取出材料", "Take the file out")
order_file = Word("文件", "File")
order_proof = Word("登记改正材料", "Note proof of the correction")
order_proof_advice = Word(
    "当事人交来的照片、记录等；加密保存。", "Photos, records and so on from the party; kept sealed."
)
order_note = Word("说明", "Note")
order_proof_file = Word("文件（PDF、JPG、PNG，至多 2 MB）", "File (PDF, JPG, PNG, 2 MB at most)")
order_extend = Word("延长改正期限", "Give more time")
order_outcome = Word("复查结果", "Outcome")
order_visit = Word("复查的检查", "Visit of the re-inspection")
order_visit_hint = Word(
    "通过的，须有复查或者改正材料；未改正的，须有期限之后的复查。",
    "Passed: by a visit or proof. Not corrected: by a visit after the last day.",
)
order_passed = Word("通过", "Passed")
order_failed = Word("未改正", "Not corrected")
order_visit_id = Word("复查的检查", "Visit of the re-inspection")
order_violation_ids = Word("违法行为", "Violations")
order_violations = Word("针对的违法行为", "Violations that it names")
order_saved = Word("已保存。", "It was saved.")

STANDINGS = {
    "overdue": Word("超期", "Overdue"),
    "warned": Word("按较早读法已到期", "Over by the earlier reading"),
    "soon": Word("三日内到期", "Due within three days"),
    "running": Word("计算中", "Running"),
    "paused": Word("停止计算", "Paused"),
    "over": Word("当事人期限届满", "The party's time is over"),
    "unnumbered": Word("及时", "In time"),
}
BECAUSE = {
    "changed_meanwhile": Word(
        "您查看之后又有变化，请刷新后再办", "it changed after you looked: reload the page"
    ),
    "not_from_here": Word("现在的办理状态不能办理这一步", "it does not lead on from where the case stands"),
    "nothing_runs": Word("没有正在进行的对应措施", "there is nothing that it could end"),
    "runs_already": Word("已在进行", "it runs already"),
    "not_yours": Word("不由您办理", "it is not yours to do"),
    "officer_of_the_case": Word("办案人员不得审核、主持听证", "who investigates neither reviews nor hears"),
    "proposal_missing": Word("须先提出处罚建议", "an officer of the case must propose the penalty first"),
    "beyond_limits": Word(
        "处罚建议超过简易程序的限额（公民200元、单位3000元以下罚款或者警告）",
        "what is proposed goes beyond a decision on the spot: up to 200 yuan for a person, 3,000 for an "
        "organisation, or a warning",
    ),
    "ruling_missing": Word(
        "须先由法制审核人员审定处罚建议", "the legal reviewer must decide on the proposal first"
    ),
    "ruled_otherwise": Word("审定的结果与这一步不符", "the legal reviewer decided otherwise"),
    "hearing_right": Word(
        "审定的处罚有停业整顿、吊销许可证或者限制从业，须告知听证权（行政处罚法63条）",
        "closure, revocation or a bar from the trade: tell the party of its right to a hearing "
        "(Administrative Penalty Law, art. 63)",
    ),
    "told_otherwise": Word(
        "审定的处罚重于或者不同于已经告知的，须重新制作、送达告知书（行政处罚法44、62条）",
        "the penalty is heavier than, or other than, what the party was told: serve a new notice "
        "(Administrative Penalty Law, arts. 44, 62)",
    ),
    "comes_after": Word("须先办理：{names}", "first: {names}"),
    "waits_for": Word("须等“{names}”在{until}届满", "“{names}” must be over: {until}"),
    "barred_by": Word("“{names}”没有了结，不得办理", "“{names}” must be settled first"),
    "time_is_over": Word("“{names}”已经届满", "“{names}” is over"),
    "used_up": Word("次数已用完", "it was done as often as it may be"),
    "papers_missing": Word("缺少材料：{names}", "papers are missing: {names}"),
    "paper_outdated": Word(
        "{names}是在提出建议或者审定之前制作的，请重新制作",
        "made before the penalty was proposed or chosen, make it anew: {names}",
    ),
    "reason_missing": Word("须写明理由", "it needs a reason"),
    "days_missing": Word("须写明延长多少", "say by how much"),
    "before_the_last": Word("发生时间早于上一步", "it is said to be before the last step"),
    "in_the_future": Word("发生时间还没有到", "it lies in the future"),
}
ACTORS = {
    "officer": Word("办案人员", "Officer of the case"),
    "head": Word("单位负责人（督导人员）", "Head of the agency (supervisor)"),
    "reviewer": Word("审核人员（不是办案人员）", "Reviewer, no officer of the case"),
}
UNITS = {
    "working_day": Word("个工作日", "working days"),
    "natural_day": Word("日（自然日）", "days"),
    "month": Word("个月", "months"),
    "hour": Word("小时", "hours"),
}
PAUSES = {
    "suspension": Word("中止", "suspension"),
    "hearing": Word("听证", "hearing"),
    "public_notice": Word("公告", "public notice"),
    "appraisal": Word("检测、检验、鉴定", "tests and appraisal"),
    "refund": Word("责令退还", "refund order"),
}
ORDER_STATES = {
    "open": Word("待改正", "To be corrected"),
    "passed": Word("已改正", "Corrected"),
    "failed": Word("逾期未改正", "Not corrected in time"),
}
ORDER_ENTRIES = {
    "handed": Word("当场交付", "Handed over"),
    "proof": Word("收到改正材料", "Proof received"),
    "extended": Word("延长改正期限", "More time given"),
    "passed": Word("复查通过", "Passed"),
    "failed": Word("复查未改正", "Not corrected"),
}
AUTHORITIES = {
    "GENERAL": Word("普通程序（行政处罚法）", "Ordinary procedure"),
    "SAMR": Word("市场监管", "Market regulation"),
    "CULTURE": Word("文化和旅游", "Culture and tourism"),
    "TOBACCO": Word("烟草专卖", "Tobacco monopoly"),
    "POLICE": Word("公安（不在本系统办理案件）", "Police (no cases here)"),
}
