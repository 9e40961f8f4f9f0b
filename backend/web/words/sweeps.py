"""Words of sweeps: a campaign around one school, its zone, its tasks, before and after."""

from backend.web.words.word import Word

sweeps = Word("校园周边整治", "Sweeps around schools")
sweep = Word("周边整治", "Sweep")
sweeps_advice = Word(
    "一所学校、各有关单位、一份计划：列出范围内的场所，合并检查，前后对照。",
    "One school, all agencies, one plan: the venues in its ring, merged visits, before beside after.",
)
sweeps_none = Word("没有这样的整治。", "There is no such sweep.")
sweep_add = Word("发起周边整治", "Open a sweep")
sweep_add_hint = Word(
    "请先打开学校的页面，点“发起周边整治”。", "Open a school’s page first and choose “Open a sweep”."
)
sweep_of_site = Word("本校的整治", "Sweeps here")
sweep_default_name = Word("{site}周边环境综合整治", "Sweep around {site}")
sweep_site_id = Word("学校", "School")
sweep_name = Word("名称", "Name")
sweep_radius_m = Word("范围", "Ring")
sweep_days = Word("日期", "Days")
sweep_between = Word("{first} 至 {last}", "{first} to {last}")
sweep_from_on = Word("开始日期", "First day")
sweep_until_on = Word("结束日期", "Last day")
sweep_approved_by = Word("计划批准人", "Who approved the plan")
sweep_approved_on = Word("批准日期", "Approved on")
sweep_document_no = Word("文号", "Document number")
sweep_published_on = Word("公布日期", "Published on")
sweep_state = Word("状态", "State")
sweep_agency = Word("发起单位", "Opened by")
sweep_is_draft = Word(
    "计划尚未批准，现在是草案：可以看范围和建议，不能派任务。",
    "Nobody has approved the plan yet: a draft shows its zone and proposals and makes no task.",
)
sweep_approval_hint = Word(
    "批准人、日期和文号一起填写；不填为草案，不能派任务。",
    "All three together; without them it is a draft and makes no task.",
)
sweep_publish_by = Word(
    "计划尚未公布。专项检查计划应当在一个月内公布；按批准日起算，最迟 {day}。"
    "自哪一天起算，未见原文，须确认。",
    "The plan is not published yet. A campaign’s plan is published within one month: by {day}, counted from "
    "the approval. From which day it counts was not read and has to be confirmed.",
)
sweep_law = Word("依据", "Basis")
sweep_law_reported = Word(
    "营商环境条例的修正只见于报道，引用前须核对原文。",
    "The amendment on the business environment is known from reports only; check its text before citing it.",
)
sweep_zone = Word("范围内的场所", "Venues in the ring")
sweep_zone_count = Word(
    "{count} 家，由近到远；编号与图中相同。以登记位置计，可能在范围内的也列入。",
    "{count} venues, nearest first; the numbers are those of the sketch. By the register; what may lie "
    "inside is listed too.",
)
sweep_beyond = Word(
    "另有 {count} 家在其他辖区，不在这里列出，请与当地协调。",
    "{count} more stand in other areas and are not listed: agree with whoever works there.",
)
sweep_zone_own = Word("只列本单位主管的场所。", "Only venues of your own agency are listed.")
sweep_zone_none = Word("范围内没有本单位主管的场所。", "No venue of your agency stands in the ring.")
sweep_ring = Word("整治范围", "ring of the sweep")
sweep_who = Word("业态和主管单位", "Activities and who answers")
sweep_who_line = Word("{activity}：{agencies}", "{activity}: {agencies}")
sweep_nobody = Word("没有主管单位在此执法", "no agency works here")
sweep_last = Word("最近一次检查", "Last visit")
sweep_last_said = Word("{day}，{agency}", "{day}, {agency}")
sweep_never = Word("没有检查过", "Never visited")
sweep_waits = Word("{agency}计划 {day} 前检查", "{agency} plans a visit by {day}")
sweep_proposal = Word("建议", "Proposal")
sweep_places = Word("派出单位", "Whom to send")
sweep_sent = Word("已派出", "Sent")
sweep_not_yours = Word("{agency}（由协调人员派出）", "{agency} (sent by a coordinator)")
sweep_fewer = Word(
    "近 {days} 日内检查过、又没有未改正问题的，建议这次不去；两个以上单位主管的，建议合并为一次联合检查。",
    "Visited within {days} days with nothing open: better left out. In the care of several agencies: one "
    "joint visit.",
)
sweep_together_on = Word("联合检查日期", "Day of joint visits")
sweep_together_hint = Word(
    "同一场所派出两个以上单位的，都在这一天去。检查码仍由各单位按规定取得。",
    "Agencies that are sent to one venue go on this day. Each still needs its check code.",
)
sweep_make_tasks = Word("派出任务", "Make tasks")
sweep_tasks_made = Word("新派任务 {count} 项。", "{count} new tasks.")
sweep_saved = Word("整治已保存。", "The sweep was saved.")
sweep_approve = Word("登记批准", "Note the approval")
sweep_publish = Word("登记公布", "Note the publication")
sweep_change = Word("修改计划", "Change the plan")
sweep_close = Word("办结整治", "Close the sweep")
sweep_close_advice = Word(
    "办结时留下当时的结果，学校可在自己的页面上看到数字。未完成的任务仍归各单位办理。",
    "The result of this moment is kept, and the school sees its counts. Tasks that wait stay with the "
    "agencies.",
)
sweep_words = Word("结语", "In one sentence")
sweep_words_hint = Word(
    "随报告留存；给学校的一份不含这句话。", "It stays with the report; the school’s copy leaves it out."
)
sweep_closed_at = Word("办结时间", "Closed at")

sweep_report = Word("整治报告", "Report")
sweep_report_of = Word("{name}：整治报告", "{name}: report")
sweep_school_copy = Word("给学校的一份", "The school’s copy")
sweep_pdf = Word("下载 PDF", "Download PDF")
sweep_excel = Word("下载 Excel", "Download Excel")
sweep_line_site = Word("学校：{site}；范围 {metres} 米", "School: {site}; ring of {metres} m")
sweep_line_plan = Word(
    "计划：{by}于 {on} 批准，文号 {number}；公布：{published}",
    "Plan: approved by {by} on {on}, {number}; published: {published}",
)
sweep_line_days = Word("日期：{first} 至 {last}", "Days: {first} to {last}")
sweep_line_as_of = Word(
    "整治前：{before} 派出首批任务时；整治后：截至 {after}",
    "Before: {before}, when the first tasks were made; after: up to {after}",
)
sweep_line_closed = Word("办结：{day}。{words}", "Closed: {day}. {words}")
sweep_line_basis = Word("依据：{citations}", "Basis: {citations}")
sweep_line_numbers = Word(
    "只列数字，不点名；初筛和检查发现都不是违法认定。",
    "Numbers only and nobody by name; neither a screening nor a finding convicts anybody.",
)
sweep_total = Word("整治前后", "Before and after")
sweep_item = Word("项目", "What")
sweep_before = Word("整治前", "Before")
sweep_after = Word("整治后", "After")
sweep_by_activity = Word("按业态", "By activity")
sweep_by_agency = Word("按单位", "By agency")
sweep_no_tasks = Word("还没有派出任务。", "No task was made yet.")
sweep_venues = Word("场所", "Venues")
sweep_verdicts = Word("{verdict} {count}", "{verdict}: {count}")
sweep_visits_before = Word("前一年检查", "Visits, year before")
sweep_open_before = Word("整治前未改正", "Open before")
sweep_open = Word("未改正的违法行为", "Violations not put right")
sweep_tasks = Word("任务", "Tasks")
sweep_visited = Word("已检查", "Visited")
sweep_waiting = Word("未检查", "Not yet visited")
sweep_progress = Word("已检查 {visited}，共 {tasks}", "{visited} of {tasks} visited")
sweep_found = Word("本次发现", "Found")
sweep_corrected = Word("已改正", "Put right")
sweep_counts_advice = Word(
    "“未改正”“已改正”以最近一次检查该事项的结果为准，须人工判断的不计；两个单位共管的场所，各单位分别计，合计只计一次。",
    "“Open” and “put right” follow the newest look at the matter; what a human has to decide is left out. A "
    "venue in the care of two agencies counts with both, and once in the whole.",
)
sweep_told_found = Word(
    "检查的 {visited} 家场所中，{venues} 家有问题，共 {found} 项，已改正 {corrected} 项。",
    "Of {visited} venues visited, {venues} had something wrong: {found} matters, {corrected} put right.",
)
sweep_told_few = Word(
    "有没有发现问题，因场所较少不列数字，以免指向某一家。",
    "What was found is not told in numbers: the venues are too few, and one might be guessed.",
)
sweep_short = Word(
    "{first} 至 {last}：范围内 {venues} 家场所，检查任务 {tasks} 项，已检查 {visited} 项，"
    "未检查 {waiting} 项。",
    "{first} to {last}: {venues} venues in the ring, {tasks} tasks, {visited} visited, {waiting} not yet.",
)
own_sweeps = Word("周边整治结果", "Sweeps around the school")

SWEEP_STATES = {
    "draft": Word("草案", "Draft"),
    "approved": Word("已批准", "Approved"),
    "under_way": Word("进行中", "Under way"),
    "closed": Word("已办结", "Closed"),
}
SWEEP_PROPOSALS = {
    "joint": Word("联合检查一次", "One joint visit"),
    "single": Word("检查一次", "One visit"),
    "left_out": Word("近期已查，这次不去", "Visited lately: leave out"),
    "nobody": Word("没有主管单位", "Nobody answers"),
}
