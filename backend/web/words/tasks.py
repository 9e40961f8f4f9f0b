"""Words of tasks and check codes."""

from backend.web.words.word import Word

menu_tasks = Word("检查任务", "Tasks")
tasks = Word("任务", "Tasks")
task = Word("任务", "Task")
task_of = Word("任务 {number}", "Task {number}")
task_search = Word("场所、地点或来源编号", "Venue, place or number")
task_kind = Word("检查类型", "Kind of visit")
task_trigger = Word("触发方式", "What triggered it")
task_where = Word("场所或地点", "Venue or place")
task_reason = Word("事由", "Why")
task_source_no = Word("来源编号", "Number of plan, lead or order")
task_code = Word("检查码", "Check code")
task_visit_on = Word("检查日期", "Day to go")
task_due_on = Word("截止日期", "By when")
task_priority = Word("优先程度", "Priority")
task_officers = Word("执法人员", "Officers")
task_lead = Word("主办", "Answers for it")
task_state = Word("状态", "State")
task_overdue = Word("超期", "Overdue")
task_only_overdue = Word("只看超期", "Overdue only")
task_all_activities = Word("该场所的全部业态", "Whatever is done there")
task_activities_hint = Word("不选为该场所的全部业态", "None chosen: whatever is done there")
task_none = Word("没有符合条件的任务。", "No task matches.")
task_nobody = Word("待分派", "Nobody yet")
task_created = Word("下达时间", "Set at")
task_withdrawn_because = Word("撤回理由", "Why it was called off")
task_done_at = Word("完成时间", "Done at")
task_add = Word("下达任务", "Set a task")
task_add_here = Word("安排检查", "Plan a visit here")
task_venue_id = Word("场所编号", "Number of the venue")
task_venue_hint = Word(
    "名录中的场所，请打开场所页面，点“安排检查”；名录中没有的，在这里填写地点。",
    "For a venue of the register open its page and choose “Plan a visit here”; name any other place here.",
)
task_place_text = Word("地点", "Place")
task_area_code = Word("辖区", "Area")
task_source_hint = Word("复查必填：责令改正文书的编号", "A re-inspection names its order")
task_reason_hint = Word(
    "不得写身份证号、手机号、举报人、未成年人姓名",
    "No resident ID, mobile number, informant or name of a minor",
)
task_saved = Word("任务已保存。", "The task was saved.")
task_assign = Word("分派", "Give it to officers")
task_assign_advice = Word(
    "第一名为主办。改派后，原执法人员已完成的检查照样保留。",
    "The first answers for it. What the former officers inspected is kept.",
)
task_officer_number = Word("执法人员{number}", "Officer {number}")
task_change = Word("修改日期", "Change the days")
task_start = Word("开始执行", "Begin")
task_withdraw = Word("撤回任务", "Call it off")
task_withdraw_advice = Word("已完成的检查照样保留。", "What was inspected meanwhile is kept.")
task_withdraw_now = Word("撤回", "Call it off")
task_history = Word("分派经过", "Who had it")
task_since = Word("起", "Since")
task_until = Word("止", "Until")
task_visits = Word("检查记录", "Inspections")
task_visits_none = Word("还没有检查。", "Nobody was there yet.")
task_assisting = Word("协查", "Beside it")
frequency = Word("检查频次", "How often it is inspected")
frequency_said = Word(
    "{year}年各单位共检查{occasions}次（其中触发式{triggered}次），最近一次{last}。",
    "Inspected {occasions} times in {year} by all agencies (triggered: {triggered}), last on {last}.",
)
frequency_never = Word("{year}年没有检查过。", "Not inspected in {year}.")
frequency_too_soon = Word(
    "与另一次检查相距不足{days}日，请考虑合并或者改期。",
    "Another visit is less than {days} days away: come together, or later.",
)
frequency_planned = Word("{agency}计划于{day}前检查", "{agency} plans a visit by {day}")
task_export = Word("导出 Excel", "Export to Excel")
task_import = Word("导入任务表", "Take in a table")
task_import_advice = Word(
    "先导出 Excel 作为模板：填写说明、下拉选项都在里面。没有任务编号的行是新任务，有编号的行修改原任务。"
    "导入后先核对，确认前不产生任务。",
    "Export to Excel first: the file holds lists and advice. Rows without a number are new tasks, "
    "rows with one change theirs. Nothing is a task before you confirm.",
)
task_import_file = Word("任务表（.xlsx）", "Table (.xlsx)")
table = Word("任务表", "Table")
task_import_show = Word("核对", "Check it")
task_import_rows = Word("表中共 {rows} 行。", "{rows} rows in the table.")
task_import_faults = Word(
    "{faults} 行有误，未导入。请下载带“错误”列的同一份表，改正后重新导入。",
    "{faults} rows are wrong, nothing was taken in. Download the same table with its faults, correct "
    "it, and try again.",
)
task_import_faults_file = Word("下载带错误说明的表", "Download it with its faults")
task_import_row = Word("第几行", "Row")
task_import_fault = Word("错误", "What is wrong")
task_import_ready = Word("核对无误，尚未导入。", "Nothing is wrong; nothing was taken in yet.")
task_import_confirm = Word("确认导入", "Take it in")
task_import_done = Word(
    "已导入：新任务 {new}，修改 {changed}，未变 {same}。",
    "Taken in: {new} new, {changed} changed, {same} as before.",
)
visit_task_choose = Word("这次检查对应的任务", "The task that this visit answers")
visit_task_match = Word("确认对应", "That is it")
visit_joint = Word("联合检查", "Joint inspection")

check_codes = Word("检查码", "Check codes")
check_code_search = Word("检查码或来源编号", "Code or number")
check_code_none = Word("没有符合条件的检查码。", "No check code matches.")
check_code_advice = Word(
    "检查码由全市统一综合执法系统给出，这里只录入，不生成。",
    "Codes come from the city's law-enforcement system; they are entered here and never made.",
)
check_code_route = Word("途径", "Route")
check_code_agencies = Word("来的单位", "Agencies that come")
check_code_valid_to = Word("有效期至", "Valid to")
check_code_used_at = Word("使用时间", "Used at")
check_code_add = Word("录入检查码", "Enter a check code")
check_code_hint = Word("已申请、尚未取得的留空", "Blank while it is only applied for")
check_code_together = Word("一起来的单位（联合检查）", "Agencies that come along (joint inspection)")
check_code_added = Word("检查码已录入。", "The check code was entered.")
check_code_issue = Word("录入取得的检查码", "Enter the code that was given")
check_code_void = Word("作废", "Make it void")
check_code_void_advice = Word("未使用的检查码才能作废。", "Only a code that nobody used.")
check_code_reason = Word("理由", "Why")

TASK_KINDS = {
    "planned": Word("有计划检查", "Planned"),
    "triggered": Word("触发式检查", "Triggered"),
    "re_inspection": Word("复查", "Re-inspection"),
}
TASK_TRIGGERS = {
    "tip": Word("线索", "Tip"),
    "transfer": Word("移送", "Transfer"),
    "campaign": Word("专项行动", "Campaign"),
}
TASK_STATES = {
    "open": Word("待分派", "To be given"),
    "assigned": Word("已分派", "Given"),
    "in_progress": Word("执行中", "Begun"),
    "done": Word("已完成", "Done"),
    "withdrawn": Word("已撤回", "Called off"),
}
PRIORITIES = {
    "1": Word("优先", "First"),
    "2": Word("一般", "Ordinary"),
    "3": Word("靠后", "Last"),
}
CODE_STATES = {
    "applied": Word("已申请", "Applied for"),
    "issued": Word("已取得", "Issued"),
    "used": Word("已使用", "Used"),
    "void": Word("已作废", "Void"),
    "expired": Word("已过期", "Ran out"),
}
ROUTES = {
    "planned": Word("有计划检查", "Planned"),
    "triggered": Word("触发式检查", "Triggered"),
}
TABLE_FAULTS = {
    "not_a_table": Word("不是有效的 Excel 工作簿（.xlsx）", "not a workbook of Excel (.xlsx)"),
    "too_large": Word("文件太大", "too large"),
    "columns_missing": Word(
        "缺少必填的列，请用导出的表作模板", "columns are missing: use the exported table"
    ),
    "columns_twice": Word("有重复的列", "a column stands twice"),
    "empty": Word("没有任务", "it holds no task"),
    "too_many_rows": Word("超过 500 行，请分几次", "more than 500 rows: make it several"),
    "has_faults": Word("有行已不符合要求，请重新核对", "a row does not hold any more: check it again"),
    "taken_in_before": Word("已经导入过", "it was taken in before"),
}
