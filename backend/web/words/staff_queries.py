"""Words of units in close contact with minors and their queries about staff."""

from backend.web.words.word import Word

contact_units = Word("从业查询", "Staff queries")
contact_unit = Word("单位", "Unit")
contact_units_advice = Word(
    "密切接触未成年人的单位招聘前和每年都要查询工作人员有无违法犯罪记录（条例第四十七条、未成年人保护法第六十二条）。"
    "这里只记查询日期、人数、查询机关和结果代码，不记姓名、证件号和记录内容。",
    "Units in close contact with minors query records before hiring and every year (regulations art. 47, "
    "minors’ law art. 62). Kept here: day, number of people, authority and result code; no name, no ID "
    "number, no record.",
)
contact_units_own_advice = Word(
    "本单位的查询情况：只填日期、人数和结果代码，不写任何人的姓名。",
    "How your unit stands: enter day, number of people and result code, nobody’s name.",
)
contact_units_none = Word("没有符合条件的单位。", "No unit matches.")
contact_units_own_none = Word(
    "本单位还没有登记，请联系辖区督导人员。", "Your unit is not registered yet: ask the area’s supervisor."
)
contact_units_import = Word("导入单位表", "Take in a table of units")
contact_units_import_hint = Word(
    "Excel 或 CSV，首行为列名：单位名称、单位类别、所在辖区，可加单位地址、信用代码。一行有误，都不导入。",
    "Excel or CSV; headings name, kind, area_code, if known address, credit_code. A faulty row: none.",
)
contact_units_taken = Word("新登记 {new} 家，已有 {known} 家。", "{new} were registered, {known} were known.")
contact_unit_table = Word("单位表", "Table of units")
contact_unit_row = Word("第 {number} 行", "Row {number}")
contact_unit_add = Word("登记单位", "Register a unit")
contact_unit_search = Word("名称、地址或信用代码", "Name, address or credit code")
contact_unit_kind = Word("单位类别", "Kind of unit")
contact_unit_name = Word("单位名称", "Name of the unit")
contact_unit_name_hint = Word("写单位，不写个人。", "A unit, no person.")
contact_unit_address = Word("单位地址", "Address of the unit")
contact_unit_area_code = Word("所在辖区", "Area of the unit")
contact_unit_credit_code = Word("信用代码", "Credit code of the unit")
contact_unit_closed_on = Word("停办日期", "Works no more since")
contact_unit_closed_hint = Word(
    "停办后不再提醒，不能再登记查询。", "It is reminded no more, and takes no query."
)
contact_unit_closed = Word("已停办", "Works no more")
contact_unit_open_or_not = Word("是否停办", "At work or not")
contact_unit_at_work = Word("未停办", "At work")
contact_unit_change = Word("更正登记", "Correct what is registered")
contact_unit_changed = Word("已更正。", "Corrected.")
contact_unit_standing = Word("年度查询", "Yearly query")
contact_unit_queried_on = Word("上次全员查询", "All staff queried last")
contact_unit_next_due_on = Word("下次期限", "Next due")
contact_unit_every = Word("每 {months} 个月一次", "every {months} months")
contact_unit_setting = Word("设定值，条文没有写明", "A setting; no text says it for this kind")
contact_unit_site = Word("学校页面", "Page of the school")
contact_unit_venue = Word("场所页面", "Page of the venue")
contact_unit_of_site = Word("登记从业查询单位", "Register for staff queries")
contact_unit_possible = Word("可能未履行查询义务", "The duty to query may not be met")
contact_unit_possible_advice = Word(
    "这只是提示，不是认定。由{by}查证后决定；系统不会自动处理。",
    "A hint and no finding. {by} verify and decide; nothing follows by itself.",
)
contact_unit_own_late = Word(
    "本单位的从业查询从未登记或已超期。", "Your unit’s staff query was never entered or is overdue."
)
staff_query_rows = Word("查询记录", "Queries")
staff_query_none = Word("还没有查询记录。", "No query was entered yet.")
staff_query_enter = Word("登记一次查询", "Enter a query")
staff_query_advice = Word(
    "不同结果分行登记。等答复的，收到答复后再登记一行，选它替代的那一行。",
    "One row for each result. When an awaited answer comes, enter another row and choose the one replaced.",
)
staff_query_entered = Word("已登记。", "Entered.")
staff_query_kind = Word("查询类别", "Kind of query")
staff_query_people = Word("查询人数", "People")
staff_query_queried_on = Word("查询日期", "Queried on")
staff_query_asked_of = Word("向谁查询", "Asked of")
staff_query_asked_by = Word("谁来查询", "Asked by")
staff_query_result = Word("结果代码", "Result code")
staff_query_replaces_id = Word("替代哪一行", "Replaces")
staff_query_replaced = Word("已被替代", "Replaced")
staff_query_entered_at = Word("登记时间", "Entered")
staff_query_awaited_only = Word("只看等答复", "Answer awaited")
staff_query_late_only = Word("只看从未查询和超期", "Never or overdue")

STANDINGS = {
    "never": Word("从未查询", "Never queried"),
    "overdue": Word("已超期", "Overdue"),
    "soon": Word("30 日内到期", "Due within 30 days"),
    "in_time": Word("未到期", "In time"),
}
QUERY_KINDS = {
    "yearly": Word("每年全员", "Yearly, all staff"),
    "before_hiring": Word("招聘前", "Before hiring"),
}
ASKED_OF = {
    "police": Word("公安机关", "Police"),
    "procuratorate": Word("人民检察院", "Procuratorate"),
    "both": Word("公安机关和人民检察院", "Police and procuratorate"),
}
ASKED_BY = {
    "unit": Word("本单位", "The unit"),
    "authority": Word("主管部门统一查询", "Its authority"),
}
RESULTS = {
    "none_found": Word("没有记录", "None found"),
    "not_hired": Word("有记录，没有录用", "Found, not hired"),
    "dismissed": Word("有记录，已解聘", "Found, dismissed"),
    "awaited": Word("等答复", "Answer awaited"),
}
