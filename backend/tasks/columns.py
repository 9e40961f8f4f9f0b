"""The table of tasks as people fill it in with Excel: its columns, and what can be wrong with a row."""

from dataclasses import dataclass

from backend.tasks.rules import Kind, TaskState, Trigger

KINDS = {"有计划检查": Kind.PLANNED, "触发式检查": Kind.TRIGGERED, "复查": Kind.RE_INSPECTION}
TRIGGERS = {"线索": Trigger.TIP, "移送": Trigger.TRANSFER, "专项行动": Trigger.CAMPAIGN}
PRIORITIES = {"优先": 1, "一般": 2, "靠后": 3}
STATES = {
    TaskState.OPEN: "待分派",
    TaskState.ASSIGNED: "已分派",
    TaskState.IN_PROGRESS: "执行中",
    TaskState.DONE: "已完成",
    TaskState.WITHDRAWN: "已撤回",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field of a task, its heading, how wide it is, and what to write there."""

    field: str
    heading: str
    width: int
    advice: tuple[str, str]  # Chinese, English


COLUMNS = (
    Column("id", "任务编号", 10, ("系统给出；新任务留空", "Given by the system; blank for a new task")),
    Column("version", "版本", 8, ("系统给出，不要改动", "Given by the system; leave it as it is")),
    Column("kind", "检查类型", 14, ("必填，从列表中选择", "Required: choose one of the list")),
    Column("trigger", "触发方式", 12, ("只有触发式检查填写", "For a triggered visit only")),
    Column("venue_id", "场所编号", 10, (
        "名录中的编号；不知道的，填写场所名称即可", "Its number in the register; or give its name"
    )),
    Column("venue_name", "场所名称", 28, (
        "与名录完全一致；同名的须填写编号", "As in the register; where two have it, give the number"
    )),
    Column("place_text", "地点", 28, ("名录中没有的场所，写明地点", "Where the register has no venue")),
    Column("area_code", "区划代码", 12, ("只写了地点的，填写区划代码", "Area code, for a place only")),
    Column("activities", "业态", 24, (
        "多个以顿号分开；留空为该场所的全部业态", "With 、 between several; blank for all that is done there"
    )),
    Column("reason", "事由", 30, (
        "必填；不得写身份证号、手机号、举报人、未成年人姓名",
        "Required; no resident ID, mobile number, informant or name of a minor",
    )),
    Column("source_no", "来源编号", 18, (
        "计划、线索或者责令改正文书的编号；复查必填",
        "Number of plan, lead or order; a re-inspection needs it"
    )),
    Column("check_code", "检查码", 18, ("已录入本系统的检查码", "A check code that was entered here")),
    Column("visit_on", "检查日期", 12, ("如2026-11-21；可以留空", "For example 2026-11-21; may be blank")),
    Column("due_on", "截止日期", 12, ("必填，当日有效", "Required; the day itself is in time")),
    Column("priority", "优先程度", 10, ("从列表中选择，留空为一般", "Choose one; blank is 一般, ordinary")),
    Column("officers", "执法人员账号", 24, (
        "第一个为主办，多个以顿号分开；留空为暂不分派",
        "Their accounts, the first answers for it, with 、 between; blank: given later",
    )),
    Column("state", "状态", 10, ("只供查看，不读取", "To look at only; it is not read")),
)  # fmt: skip
HEADINGS = {column.heading: column.field for column in COLUMNS}
FIELDS = tuple(column.field for column in COLUMNS)
SHEET, ADVICE_SHEET, LISTS_SHEET, FAULT = "任务", "填表说明", "选项", "错误"

FAULTS = {
    "required": ("不能为空", "must be filled in"),
    "choose_one": ("请从列表中选择", "choose one of the list"),
    "not_a_number": ("不是编号", "no number"),
    "not_a_day": ("不是有效日期，如2026-11-21", "no date like 2026-11-21"),
    "too_long": ("太长", "too long"),
    "not_found": ("没有找到，或者不在您的辖区和业务范围内", "not found, or not in your areas and activities"),
    "several_have_it": ("有几家同名场所，请填写编号", "several venues have it: give the number"),
    "name_differs": ("与编号对应的场所名称不同", "the venue of that number has another name"),
    "only_for_triggered": ("只有触发式检查填写", "for a triggered visit only"),
    "after_the_last_day": ("晚于截止日期", "after the last day"),
    "not_allowed": ("不在您的辖区和业务范围内，或者不是本单位执法人员",
                    "outside your areas or activities, or no inspector of your agency"),
    "personal_number": ("含有身份证号或手机号，请删去", "holds a resident ID or a mobile number"),
    "changed_meanwhile": ("导出之后已有变化，请重新导出", "it changed since the export: export it again"),
    "closed": ("已完成或已撤回，不能修改", "it is done or called off"),
    "twice": ("同一任务编号出现两次", "the same number stands twice"),
}  # fmt: skip


def in_words(faults: dict[str, str]) -> str:
    """What is wrong with a row, column by column, in both languages."""
    names = {column.field: column.heading for column in COLUMNS}
    return "；".join(
        f"{names[field]}：{FAULTS[fault][0]} ({FAULTS[fault][1]})" for field, fault in faults.items()
    )
