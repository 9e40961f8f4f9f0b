"""Words of tips: what inspectors and schools notice, and who answers."""

from backend.web.words.word import Word

tips = Word("线索", "Tips")
tip_of = Word("线索 {number}", "Tip {number}")
tips_advice = Word(
    "街面发现、学校和公众举报、热线工单。线索不是违法认定；每次查看内容都留痕。",
    "What inspectors notice, schools and the public report, and hotlines send. A tip finds nobody guilty; "
    "each look at its content is noted.",
)
tips_none = Word("没有这样的线索。", "There are no such tips.")
tip_number = Word("回执号", "Receipt number")
tip_number_search = Word("回执号开头，如 XS2026", "How it begins, such as XS2026")
tip_source = Word("来源", "Source")
tip_kind = Word("类型", "Kind")
tip_seen = Word("发现时间", "Seen")
tip_received = Word("收到时间", "Received")
tip_where = Word("地点", "Where")
tip_around = Word("{name}周边", "Around {name}")
tip_state = Word("状态", "State")
tip_by = Word("报告人", "From")
tip_signed = Word("平板签名", "Tablet’s signature")
tip_signed_yes = Word("成立", "holds")
tip_signed_no = Word("不成立", "does not hold")
tip_duties = Word("有关义务", "Duties that it concerns")
tip_content = Word("内容", "What was written")
tip_no_text = Word("没有文字。", "Nothing was written.")
tip_gone = Word("保存期满，内容已经销毁。", "Its time of keeping is over; the content was destroyed.")
tip_picture = Word("图片 {number}", "Picture {number}")
tip_picture_waits = Word("图片 {number} 尚未收到", "Picture {number} is on its way")
tip_pixelated = Word(
    "可能拍到未成年人：除拍摄人标明的清楚范围外，全部打码。",
    "A minor may be in it: all is pixelated but what the officer marked as clear.",
)
tip_place = Word("地点说明", "Place in words")
tip_nature = Word("性质", "Nature")
tip_channel_no = Word("工单编号", "Number of the work order")
tip_due = Word("最迟", "Last day")
tip_only_late = Word("只看超期", "Overdue only")
tip_clocks = Word("时限", "Time limits")
tip_clocks_advice = Word(
    "自收到之日起算；移送、退回都不重新计算。",
    "They count from receipt; passing it on or having it back begins none of them anew.",
)
tip_clock = Word("事项", "What is to be done")
tip_clock_law = Word("依据", "By which text")
tip_clock_runs = Word("进行中", "Running")
tip_clock_late = Word("超期", "Overdue")
tip_clock_stopped = Word("已完成 {at}", "Done {at}")
tip_promptly = Word("及时；没有定天数", "Promptly; no number is set")
tip_promptly_short = Word("及时", "Promptly")
tip_unconfirmed = Word("天数由本单位确定，未经确认", "The number is the agency’s own to set; unconfirmed")
tip_provisional = Word("暂定：节假日安排未公布", "Provisional: holidays not loaded")
tip_extended = Word("（已延长 {more} 个工作日）", "(extended by {more} working days)")
tip_extend = Word("延长", "Extend")
tip_extend_by = Word("延长 {more} 个工作日", "Extend by {more} working days")
tip_because = Word("理由", "Why")
tip_approved_by = Word("批准的负责人", "The head who approved")
tip_others = Word("有关的线索", "Other tips about it")
tip_halves = Word("同一次反映的另一半", "The other half of the same submission")
tip_group = Word("并在一起办的", "Handled together")
tip_alike = Word("可能是同一件事", "Maybe about the same")
tip_alike_advice = Word(
    "同一类型，同一场所或相距 100 米内，时间相近。只有办理人员看得到；并办后各自计时、各自答复。",
    "The same kind, the same venue or within 100 m, near in time. Only officers see this; handled together, "
    "each keeps its own clock and answer.",
)
tip_join = Word("并到那一条办理", "Handle with that one")
tip_this_venue = Word("就是这家", "It is this one")
tip_accept = Word("决定办理", "Look into it")
tip_split = Word("另立一条投诉", "Handle its complaint apart")
tip_split_report = Word("另立一条举报", "Handle its report apart")
tip_transfer = Word("移送", "Pass it on")
tip_transfer_advice = Word(
    "移送以后，结果仍要告知反映人；原定期限不变。",
    "Whoever gave it is still told the outcome, and no time limit changes.",
)
tip_to = Word("移送给", "Passed on to")
tip_take_back = Word("退回，接着办", "It came back")
tip_why_back = Word("为什么退回", "Why it came back")
tip_verify = Word("核查完毕", "Verified")
tip_verified = Word("核查", "Verified")
tip_verify_outcome = Word("是否立案", "Was a case filed")
tip_filed = Word("立案", "a case was filed")
tip_not_filed = Word("不予立案", "no case was filed")
tip_close = Word("办结", "Close")
tip_note = Word("备注", "Note")
tip_history = Word("办理经过", "What was done")
tip_step = Word("做了什么", "Step")
tip_step_by = Word("办理人", "By")
tip_step_at = Word("时间", "When")
tip_taken = Word("受理", "Taken in hand")
tip_answered = Word("答复时间", "Answered")
tip_done_by = Word("{name}，{at}", "{name}, {at}")
tip_take = Word("受理这条线索", "Take it in hand")
tip_answer = Word("答复", "Answer")
tip_text = Word("答复内容", "What is answered")
tip_answer_hint = Word(
    "报告人凭回执看到这段话。不写姓名、号码和案件细节。",
    "Whoever gave the tip reads this. No names, numbers or details of a case.",
)
tip_answer_now = Word("答复", "Answer it")
tip_venues = Word("可能的场所", "Venues that it may be about")
tip_venues_advice = Word(
    "位置 100 米内、本单位主管的场所；派出的任务写明线索回执号。",
    "Within 100 m and in your agency’s care; the task names the tip’s receipt number.",
)
tip_task = Word("派触发式检查", "Set a triggered task")
tip_task_here = Word("就地点派任务", "Set a task for the place")
tip_tasks = Word("已派任务", "Tasks set for it")
tip_follow = Word("查询线索答复", "Ask after a tip")
tip_follow_advice = Word(
    "填写报告时得到的回执号和查询码。",
    "Type the receipt number and the secret that you were given.",
)
tip_secret = Word("查询码", "Secret")
tip_follow_now = Word("查询", "Ask")
tip_follow_waits = Word("还没有答复，请过些时候再来查询。", "There is no answer yet; please ask again later.")
tip_follow_wrong = Word("回执号或查询码不对。", "The receipt number or the secret is not right.")
tip_follow_wait = Word(
    "尝试次数过多，请等待约 {minutes} 分钟。", "Too many tries; wait about {minutes} minutes."
)
tip_emergency = Word("有人正受到伤害时，请立即拨打 110。", "If somebody is being harmed, call 110 now.")

informant = Word("反映人", "Who gave it")
informant_advice = Word(
    "姓名和联系方式单独密封。凭回执就能看到答复，一般不用打开。",
    "Name and contact are sealed apart. The receipt shows the answer; usually nobody needs to open this.",
)
informant_ask = Word("申请查看反映人", "Ask to see who gave it")
informant_reason = Word("为什么要看", "Why")
informant_asked = Word("{name}于 {at} 申请查看反映人。", "{name} asked at {at} to see who gave it.")
informant_reason_show = Word("看理由（留痕）", "Read why (the look is noted)")
informant_agree = Word("同意，限时打开", "Agree: it opens for a while")
informant_look = Word("查看反映人（须另一人同意）", "Show who gave it (a second person must agree)")
informant_reach = Word("打开联系方式以便答复（留痕）", "Open the contact to send the answer (noted)")
informant_told = Word("已直接告知", "Told directly")
informant_told_at = Word("已于 {at} 直接告知反映人。", "Told directly at {at}.")

TIP_SOURCES = {
    "street": Word("街面发现", "Street"),
    "school": Word("学校报告", "School"),
    "public": Word("网页举报", "Public page"),
    "12345": Word("12345 工单", "Hotline 12345"),
    "12315": Word("12315 工单", "Hotline 12315"),
    "12318": Word("12318 工单", "Hotline 12318"),
    "suishenban": Word("随申办", "Suishenban app"),
    "12309": Word("检察 12309", "Procuratorate 12309"),
}
TIP_NATURES = {
    "report": Word("举报", "Report"),
    "complaint": Word("投诉", "Complaint"),
}
TIP_DEEDS = {
    "take": Word("受理", "Taken in hand"),
    "accept": Word("决定办理", "To be looked into"),
    "join": Word("并办", "Joined"),
    "transfer": Word("移送", "Passed on"),
    "take_back": Word("退回", "Came back"),
    "verify": Word("核查完毕", "Verified"),
    "answer": Word("答复", "Answered"),
    "close": Word("办结", "Closed"),
    "split": Word("分办", "Split"),
    "place": Word("认定场所", "Venue named"),
    "extend": Word("延长时限", "Time extended"),
}
TIP_STATES = {
    "received": Word("待受理", "To be taken"),
    "in_hand": Word("研判中", "In hand"),
    "accepted": Word("办理中", "Looked into"),
    "transferred": Word("已移送", "Passed on"),
    "answered": Word("已答复", "Answered"),
    "closed": Word("已办结", "Closed"),
}
