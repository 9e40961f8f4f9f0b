"""Words of mandatory reports and of the trainings for them."""

from backend.web.words.word import Word

mandatory = Word("强制报告", "Mandatory reports")
mandatory_new = Word("报告侵害或危险", "Report harm or danger")
mandatory_of = Word("强制报告 {number}", "Mandatory report {number}")
mandatory_advice = Word(
    "工作中发现未成年人受到侵害、疑似受到侵害或者面临危险，应当立即报告公安、民政、教育等部门（条例第九条第二款）。"
    "先打电话；这里留一份记录并转交，不能代替电话。不写孩子的姓名。",
    "Whoever meets with harm, suspected harm or danger to a minor at work reports at once to police, civil "
    "affairs, education (regulations art. 9 ¶2). Call first: this keeps a record and hands it on, and "
    "replaces no call. No child’s name.",
)
mandatory_list_advice = Word(
    "没有转交的就是超期：法律要求立即报告。每次查看内容都留痕。",
    "What was not handed on is late: the law says at once. Each look at the content is noted.",
)
mandatory_none = Word("没有这样的报告。", "There are no such reports.")
mandatory_no = Word("报告编号", "Number")
mandatory_situation = Word("什么情况", "What it is")
mandatory_age_band = Word("大约年龄", "About how old")
mandatory_whereabouts = Word("孩子现在在哪里", "Where the child is now")
mandatory_met_at = Word("什么时候发现的", "When you met with it")
mandatory_called_at = Word("什么时候打的 110", "When 110 was called")
mandatory_called_hint = Word("打过才填；就是第一次转交。", "If it was: that is the first hand-over.")
mandatory_initial = Word("姓（一个字）或代号", "One letter for the child")
mandatory_initial_hint = Word("只为以后对得上；不写名字。", "To tell reports apart later; no name.")
mandatory_place = Word("地点", "Where")
mandatory_text = Word("看到了什么", "What you saw")
mandatory_text_hint = Word(
    "写事实，不追问孩子，不写姓名、身份证号和手机号。",
    "Facts; do not question the child; no names, ID or mobile numbers.",
)
mandatory_now = Word("报告", "Report it")
mandatory_uuid = Word("表单编号", "Number of the form")
mandatory_kept = Word("已收到，编号 {number}，{at}。", "Received as {number} at {at}.")
mandatory_from = Word("谁报告的", "From")
mandatory_officer = Word("执法、督导人员", "An officer")
mandatory_handovers = Word("转交", "Handed on")
mandatory_hand_over = Word("记一次转交", "Note a hand-over")
mandatory_unhanded = Word("还没有转交", "Not handed on")
mandatory_at_once = Word(
    "还没有转交。请立即联系公安、民政、教育，并记在下面。",
    "Not handed on yet. Call police, civil affairs, education at once, and note it below.",
)
mandatory_to_kind = Word("转交给哪一类部门", "To which kind of office")
mandatory_to_name = Word("转交给谁", "To whom")
mandatory_how = Word("怎么转交", "How")
mandatory_handed_at = Word("什么时候", "When")
mandatory_waits = Word("等结果", "No result yet")
mandatory_has_result = Word("有结果", "Result told")
mandatory_result = Word("处理结果", "What became of it")
mandatory_result_note = Word("记下处理结果", "Note the result")

trainings = Word("强制报告培训", "Trainings for reporting")
trainings_advice = Word(
    "每个单位谁讲的、什么时候、多少人、下次什么时候。法律没有写多久一次，由单位自己定。",
    "For each unit who trained, when, how many, and when again. The law says no interval: the unit sets it.",
)
trainings_none = Word("还没有培训记录。", "No training was entered yet.")
training_due = Word("该再培训了", "Due again")
training_unit = Word("单位", "Unit")
training_held_on = Word("培训日期", "Held")
training_topic = Word("内容", "What was taught")
training_trained_by = Word("谁讲的", "Who trained")
training_trained_by_hint = Word("写单位或讲师。", "A body or a trainer.")
training_people = Word("人数", "How many")
training_next_due_on = Word("下次", "Next")
training_next_hint = Word("到这一天提醒。", "On that day it reminds.")
training_enter = Word("记一次培训", "Enter a training")

SITUATIONS = {
    "harm": Word("受到侵害", "Harm"),
    "suspected_harm": Word("疑似受到侵害", "Suspected harm"),
    "danger": Word("面临其他危险", "Other danger"),
}
AGE_BANDS = {
    "under_6": Word("不满 6 岁", "under 6"),
    "from_6": Word("6 至 13 岁", "6 to 13"),
    "from_14": Word("14 至 17 岁", "14 to 17"),
    "unknown": Word("不清楚", "not known"),
}
WHEREABOUTS = {
    "with_us": Word("在我们身边", "with us"),
    "still_there": Word("还在现场", "still there"),
    "at_home": Word("回家了", "at home"),
    "at_school": Word("在学校", "at school"),
    "in_hospital": Word("在医院", "in hospital"),
    "with_police": Word("已交公安", "with the police"),
    "unknown": Word("不清楚", "not known"),
}
HANDED_HOW = {
    "phone": Word("电话", "by telephone"),
    "in_person": Word("当面", "in person"),
    "in_writing": Word("书面", "in writing"),
    "by_system": Word("业务系统", "by their system"),
}
