"""Words of tips: what inspectors and schools notice, and who answers."""

from backend.web.words.word import Word

tips = Word("线索", "Tips")
tip_of = Word("线索 {number}", "Tip {number}")
tips_advice = Word(
    "执法人员街面发现和学校报告的情况。线索不是违法认定；每次查看内容都留痕。",
    "What inspectors notice in the street and schools report. A tip finds nobody guilty; each look at its "
    "content is noted.",
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
tip_answer_now = Word("答复并办结", "Answer and close")
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

TIP_SOURCES = {
    "street": Word("街面发现", "Street"),
    "school": Word("学校报告", "School"),
}
TIP_STATES = {
    "received": Word("待受理", "To be taken"),
    "in_hand": Word("办理中", "In hand"),
    "answered": Word("已答复", "Answered"),
}
