"""Words of the register of venues and of protected sites, and of the distances between them."""

from backend.web.words.word import Word

menu_places = Word("场所与保护对象", "Venues and sites")
export_csv = Word("导出", "Export")
export_as = Word("导出 {kind}", "Export {kind}")
any_choice = Word("全部", "Any")
not_stated = Word("未填写", "Not stated")
unnamed = Word("未命名", "Unnamed")
source = Word("来源", "Source")
position = Word("位置", "Position")
position_none = Word("没有位置", "No position")
position_exact = Word("经度 {lon}，纬度 {lat}", "{lon} E, {lat} N")
accuracy = Word("位置误差", "Position error")
accuracy_stated = Word("±{metres} 米", "±{metres} m")
accuracy_assumed = Word("未说明，按 ±{metres} 米计", "Not stated; taken as ±{metres} m")
ref = Word("登记编号", "Reference")
address = Word("地址", "Address")
area = Word("所在辖区", "Area")
changed_at = Word("更新时间", "Changed")
metres_m = Word("{metres} 米", "{metres} m")

venues = Word("场所名录", "Register of venues")
search_text = Word("关键词", "Search for")
venues_search = Word("名称、地址、许可证号或信用代码", "Name, address, licence or credit code")
licensed_since = Word("学校周边新许可，自", "New licence near a school since")
venues_empty = Word(
    "没有符合条件的场所。请放宽查询条件，或点“重置”查看辖区内全部场所。",
    "No venue matches. Ask for less, or reset to see every venue of your areas.",
)
venues_none = Word(
    "辖区内还没有场所。请由系统管理员用 humiao import venues 导入名录。",
    "There are no venues in your areas yet. The system administrator imports them with humiao import venues.",
)
venue = Word("场所", "Venue")
venue_name = Word("名称", "Name")
activity = Word("业态", "Activity")
licence_number = Word("许可证号", "Licence")
verdict = Word("距离核查", "Distance")
verdict_none = Word("无距离规定", "No rule")
verdict_unknown = Word("尚未核查", "Not screened yet")
operator = Word("经营者", "Operator")
credit_code = Word("统一社会信用代码", "Credit code")
established_on = Word("成立日期", "Established")
licences = Word("许可证", "Licences")
licences_none = Word("名录中没有登记许可证。", "The register holds no licence.")
issued_on = Word("发证日期", "Issued")
expires_on = Word("有效期至", "Valid to")
licence_state = Word("状态", "State")
licence_expired = Word("已过期", "Expired")
licence_valid = Word("有效", "Valid")
licence_undated = Word("未填有效期", "No date")
registered_facts = Word("登记信息", "Register data")
screened = Word(
    "名录按 {on} 的规定核查，规则库第 {version} 版，完成于 {at}。",
    "Screened by the rules of {on}, rulebook version {version}, finished {at}.",
)
screened_never = Word(
    "名录尚未核查：请由系统管理员运行 humiao screen。下列结果为打开本页时现算。",
    "The register was never screened: the system administrator runs humiao screen. "
    "What follows was worked out as this page was opened.",
)

distances = Word("距离核查", "Distances")
distances_how = Word(
    "按 {on} 的规定、规则库第 {version} 版现算。距离为直线，不作为处罚依据；认定须现场测量。",
    "Worked out now by the rules of {on}, rulebook version {version}. Straight lines; they prove no breach: "
    "that takes a measurement on site.",
)
distances_no_position = Word(
    "名录中没有这家场所的位置，无法核查距离。请补充位置后再看。",
    "The register has no position of this venue, so no distance can be checked. Add one first.",
)
distances_no_rule = Word(
    "法规没有为这一业态规定与学校、幼儿园的距离。",
    "No rule sets a distance between this activity and schools or kindergartens.",
)
rule = Word("规定", "Rule")
rule_of = Word("{activity}与{kinds}", "{activity} and {kinds}")
rule_radius = Word("不得小于 {metres} 米", "{metres} m at least")
rule_no_radius = Word("距离未确定", "No distance set")
rule_undecided = Word("是否适用待定", "Whether it applies is not decided")
rule_way = Word("量法", "Way of measuring")
rule_set_by = Word("应由谁确定", "Who must set it")
rule_basis = Word("依据", "Basis")
rule_basis_none = Word("依据尚未核对原文，不予引用", "Its text was not read yet, so it is not cited")
rule_note = Word("说明", "Note")
reason = Word("理由", "Reason")
reason_inside = Word(
    "与“{site}”的实际距离最多 {high} 米，小于 {limit} 米。",
    "The true distance to “{site}” is {high} m at most, less than {limit} m.",
)
reason_clear = Word(
    "最近的“{site}”至少在 {low} 米以外，大于 {limit} 米。",
    "The nearest, “{site}”, is at least {low} m away, more than {limit} m.",
)
reason_survey = Word(
    "与“{site}”的实际距离在 {low} 至 {high} 米之间，不能断定是否小于 {limit} 米，须现场测量。",
    "The true distance to “{site}” lies between {low} and {high} m; only a measurement on site tells "
    "whether it is below {limit} m.",
)
reason_way_open = Word(
    "与“{site}”的直线距离在 {low} 至 {high} 米之间，而 {limit} 米怎样量没有规定：须现场测量，不能据此认定。",
    "The straight line to “{site}” is between {low} and {high} m, but nobody has said how the {limit} m "
    "are to be measured: measure on site; this proves nothing.",
)
reason_not_configured = Word(
    "还没有部门确定这一距离，不能判断。应由{by}确定。",
    "No authority has set this distance, so nothing can be said. To be set by {by}.",
)
reason_none_near = Word("附近没有这类保护对象。", "No such site is near.")

sites_near = Word("附近的保护对象", "Sites nearby")
sites_near_within = Word("{metres} 米以内，由近到远。", "Within {metres} m, nearest first.")
sites_near_empty = Word(
    "{metres} 米以内没有学校或幼儿园。", "There is no school or kindergarten within {metres} m."
)
distance = Word("距离", "Distance")
distance_interval = Word("可能范围", "True distance")
between_metres = Word("{low}–{high} 米", "{low}–{high} m")
measured_from = Word("量自", "Measured from")
came_first = Word("先后", "Which came first")
came_first_advice = Word(
    "先后依许可证（或成立）日期与学校开办日期比较，仅供参考：法规没有写明后果，须由人判断。",
    "By the dates of licence (or founding) and of the school's opening. For information only: no text says "
    "what follows, a human decides.",
)

sites = Word("学校与幼儿园", "Schools and kindergartens")
sites_search = Word("名称或地址", "Name or address")
sites_empty = Word(
    "没有符合条件的学校或幼儿园。请放宽查询条件，或点“重置”查看辖区内全部。",
    "No site matches. Ask for less, or reset to see every site of your areas.",
)
sites_none = Word(
    "辖区内还没有学校或幼儿园。请由系统管理员用 humiao import sites 导入。",
    "There are no sites in your areas yet. The system administrator imports them with humiao import sites.",
)
site = Word("保护对象", "Site")
site_name = Word("名称", "Name")
site_kind = Word("类别", "Kind")
site_shape = Word("已知位置", "Known by")
site_outline = Word("校园边界", "Its outline")
site_gates = Word("校门", "Its gates")
site_point = Word("一个点", "One point")
opened_on = Word("开办日期", "Opened")
closed_on = Word("停办日期", "Closed")
surroundings = Word("周边场所", "Venues around it")
surroundings_within = Word(
    "{metres} 米以内，由近到远，共 {count} 家。", "Within {metres} m, nearest first: {count}."
)
surroundings_empty = Word("{metres} 米以内没有登记的场所。", "No registered venue within {metres} m.")
within = Word("范围", "Within")
status = Word("状态", "State")
not_protected = Word(
    "这不是受保护的学校或幼儿园，法规不要求与它保持距离。",
    "This is no protected school or kindergarten; no rule keeps venues away from it.",
)

sketch = Word("位置示意图", "Sketch")
sketch_title = Word("“{site}”与周边场所的位置示意图", "Sketch of “{site}” and the venues around it")
sketch_alternative = Word("图中各点的编号与下表序号相同。", "The numbers are those of the table below.")
sketch_legend = Word("图例", "Legend")
sketch_site = Word("校园（边界或位置）", "The site, by outline or point")
sketch_gate = Word("校门", "Gate")
sketch_ring = Word("{metres} 米范围线（{rule}）", "Ring of {metres} m ({rule})")
sketch_ring_plain = Word("{metres} 米范围线", "Ring of {metres} m")
sketch_venue_of = Word("场所：{verdict}", "Venue: {verdict}")
sketch_venue_unruled = Word("场所：无距离规定", "Venue: no rule")
sketch_north = Word("北", "N")
sketch_metres = Word("米", "m")
sketch_disclaimer = Word(
    "示意图由登记坐标绘制，不是地图，也不是测量结果。",
    "Drawn from registered coordinates: neither a map nor a measurement.",
)
