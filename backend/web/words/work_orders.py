"""Words of work orders: files of other channels, and what their own words mean."""

from backend.web.words.word import Word

work_orders = Word("工单导入", "Work orders")
work_orders_advice = Word(
    "12345、12315、12318、随申办、12309 的工单，一行一条线索。没有对照过的列和值先留着，对照以后自动再收；"
    "同一编号只收一次。",
    "Work orders of other channels, a tip a row. Columns and values that nobody has mapped wait, and are "
    "tried again once they are; a number is taken once.",
)
work_orders_none = Word("还没有导入过工单。", "No work orders came yet.")
work_order_channel = Word("渠道", "Channel")
work_order_area = Word("没写区划的归到", "Rows without a district belong to")
work_order_file = Word("工单文件", "File")
work_order_file_of = Word("工单文件 {number}", "File {number}")
work_order_file_hint = Word(
    "Excel（第一张表、第一行是列名）或 JSON 列表，4 MB 以内、2000 行以内。",
    "Excel (first sheet, headings in its first row) or a JSON list; 4 MB and 2000 rows at most.",
)
work_order_take = Word("导入", "Take it in")
work_order_read_at = Word("导入时间", "Taken in")
work_order_rows = Word("各行结果", "What became of its rows")
work_order_row = Word("行", "Row")
work_order_why = Word("原因", "Why")
work_order_tip = Word("看线索", "Its tip")
work_order_answers = Word("办理情况", "What came of them")
work_order_answers_as = Word("下载办理情况 Excel", "What came of them, as Excel")
tip = Word("线索", "Tip")
work_order_map = Word("待对照", "Not mapped yet")
work_order_map_advice = Word(
    "说明每一列、每个值是什么意思；记为新的对照版本，等着的行随即再收。",
    "Say what each column and value means; it becomes a new version of the mapping, and waiting rows are "
    "tried at once.",
)
work_order_map_later = Word("先不定", "Not now")
work_order_map_now = Word("保存对照并再收", "Save, and try again")

WORK_ORDER_STATES = {
    "taken": Word("已收为线索", "Taken"),
    "known": Word("原已收到", "Here already"),
    "quarantined": Word("待对照", "Waits to be mapped"),
    "refused": Word("不收", "Refused"),
}
WORK_ORDER_FIELDS = {
    "number": Word("工单编号", "Number"),
    "received_at": Word("派单时间", "Sent to us"),
    "seen_at": Word("发生时间", "Happened"),
    "kind": Word("类型", "Kind"),
    "nature": Word("投诉或举报", "Complaint or report"),
    "area": Word("区划", "District"),
    "place": Word("地点", "Place"),
    "text": Word("内容", "What was said"),
    "name": Word("反映人", "Who said it"),
    "contact": Word("联系方式", "How to reach them"),
    "ignore": Word("这一列不收", "Leave this column out"),
}
WORK_ORDER_UNMAPPED = {
    "column": Word("没有对照的列", "Columns without a meaning"),
    "kind": Word("没有对照的类型", "Kinds without a meaning"),
    "nature": Word("没有对照的性质", "Natures without a meaning"),
    "area": Word("没有对照的区划", "Districts without a meaning"),
}
WORK_ORDER_NATURES = {
    "report": Word("举报", "Report"),
    "complaint": Word("投诉", "Complaint"),
    "both": Word("投诉和举报，分开办", "Both, handled apart"),
}
