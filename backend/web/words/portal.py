"""Words of a school's own portal: its surroundings and the ways on."""

from backend.web.words.word import Word

own_school = Word("校园周边", "Around the school")
own_school_none = Word(
    "您的账号还没有对应的学校。请联系本单位的安全管理员。",
    "No school is assigned to your account yet. Ask the security administrator of your agency.",
)
portal_advice = Word(
    "距离为图上直线，只供了解情况，不是结论。",
    "Straight lines on the map, for information; they conclude nothing.",
)
portal_status_advice = Word(
    "“距离符合规定”：按登记位置，离学校足够远。“距离待复核”：要到现场量了才知道，不表示有问题。"
    "“距离待主管部门确定”：还没有规定多远才够。“主管部门正在处理”：已经向场所送达文书。",
    "“Distance kept”: by the register it is far enough. “Distance under survey”: only a measurement on site "
    "tells; it accuses nobody. “Distance not set yet”: nobody has said how far is enough. "
    "“Being handled”: the authority has served a document on the venue.",
)
portal_ways = Word("可以做什么", "What you can do")
from_outline = Word("距校园边界", "From the boundary")
from_gate = Word("距最近校门", "From the nearest gate")
from_point = Word("距校园位置点", "From the school’s point")

report = Word("报告线索", "Report something")
report_advice = Word(
    "选类型，拍一张，按“报告”。说明可以不写；收到的是线索，要核查后才有结论。",
    "Choose a kind, take a picture, press Report. No words are needed; a tip is looked into before anybody "
    "concludes anything.",
)
report_emergency = Word("情况紧急，先打电话", "In an emergency, call first")
report_110 = Word("有人受伤害、有危险", "Somebody is in danger")
report_12345 = Word("市民服务热线", "The city’s hotline")
report_12355 = Word("青少年心理与维权", "Help for young people")
report_call = Word("拨打 {number}", "Call {number}")
report_kind = Word("是什么情况", "What is it")
report_pictures = Word("照片", "Pictures")
report_pictures_advice = Word(
    "整张照片在您的手机或电脑上先打码，原图不会离开。店招等没有人的地方，点一下格子可以变清楚。",
    "The whole picture is pixelated here on your device; the original never leaves it. Tap a square to make "
    "it clear where nobody is in it, such as a shop sign.",
)
report_pictures_off = Word(
    "这个浏览器不能先打码，所以不能附照片；其他都可以报告。",
    "This browser cannot pixelate pictures, so none can be added; all else works.",
)
report_picture_add = Word("拍照或选择照片", "Take or choose a picture")
report_picture_number = Word("照片 {number}", "Picture {number}")
report_clear_here = Word("第 {row} 行第 {column} 格：清楚", "Row {row}, square {column}: clear")
report_hidden_here = Word("第 {row} 行第 {column} 格：打码", "Row {row}, square {column}: pixelated")
report_picture_drop = Word("不用这张", "Leave it out")
report_picture_unreadable = Word(
    "这张照片打不开，请换一张。", "This picture cannot be opened; choose another."
)
report_picture = Word("照片", "Picture")
report_reason = Word("原因", "Reason")
report_seen_at = Word("什么时候", "When")
report_seen_at_hint = Word("默认是现在。", "Now, unless you change it.")
report_more = Word("补充场所或说明", "Name the venue or say more")
report_venue_id = Word("哪一家", "Which venue")
report_venue_none = Word("不清楚，或不在名单里", "Not known, or not in the list")
report_text = Word("说明", "In words")
report_text_hint = Word(
    "不写学生、老师的姓名，不写身份证号和手机号；可以写年级、班级。",
    "No names of pupils or teachers, no ID or mobile numbers; a class is fine.",
)
report_name_found = Word(
    "说明里好像有姓名：“{name}”。请删去。如果不是姓名，再按一次“报告”。",
    "The words seem to hold a name: “{name}”. Take it out. If it is none, press Report again.",
)
report_number_found = Word(
    "说明里有 18 位号码，像身份证号。请删去后再报告。",
    "The words hold a number of 18 digits, like a resident ID. Take it out first.",
)
report_now = Word("报告", "Report")
report_uuid = Word("表单编号", "Number of the form")
receipt = Word("已收到，请记下回执", "Received: keep this receipt")
receipt_once = Word(
    "查询码只显示这一次，不能找回。请打印、抄下或拍照。",
    "The secret is shown this once and cannot be given again. Print it, write it down or take a picture.",
)
receipt_again = Word(
    "这条线索早已收到，没有重复登记。查询码只在第一次显示。",
    "This tip was here already and was not kept twice. Its secret was shown the first time only.",
)
receipt_use = Word(
    "用本账号可以在“我的线索”里看进展；没有账号的人凭回执号和查询码在“查询线索答复”页查询。",
    "With this account see My tips; without one, number and secret open the page “Ask after a tip”.",
)
public_report = Word("举报、反映情况", "Report something")
public_report_advice = Word(
    "看到有人向未成年人卖烟酒彩票、放未成年人进网吧酒吧，或者校门口有人吸烟喝酒，都可以反映。不用注册，可以不留姓名。",
    "Alcohol, tobacco or lottery tickets sold to a minor, minors let into a cafe or bar, smoking or drinking "
    "at a school gate: tell us. No account is needed, and no name.",
)
report_place = Word("在哪里", "Where")
report_place_hint = Word(
    "写店名和路名门牌，或者学校名和哪个门。", "The shop’s name and address, or the school and which gate."
)
report_area_code = Word("哪个区", "District")
report_area_unknown = Word("不清楚", "Not known")
report_here = Word("加上我现在的位置", "Add where I am now")
report_here_asking = Word("正在定位…", "Looking…")
report_here_found = Word("已加上位置，误差约 {metres} 米。", "Added, within about {metres} m.")
report_here_not_found = Word("没有定到位，可以不加。", "Not found; it works without.")
report_has_complaint = Word(
    "我自己也是消费者，还要求退款、赔偿（另作投诉办理）",
    "I am a customer myself and also ask for my money back (handled apart, as a complaint)",
)
report_who = Word("留下联系方式（可以不留）", "How to reach you, if you like")
report_who_advice = Word(
    "单独加密保存，不给被反映的一方，也不给到现场检查的人看；要两个人同意才能打开，每次查看都留痕。",
    "Sealed apart; shown neither to those you report nor to whoever inspects. Two people together open it, "
    "and each look is noted.",
)
report_name = Word("怎么称呼", "Your name")
report_contact = Word("电话或邮箱", "Telephone or e-mail")
report_contact_hint = Word(
    "不留也能凭回执查答复。", "Without it you can still read the answer with the receipt."
)
report_lon = Word("经度", "Longitude")
report_lat = Word("纬度", "Latitude")
public_receipt_use = Word(
    "凭回执号和查询码，可以在“查询线索答复”页看办到哪一步、怎么答复。",
    "With number and secret the page “Ask after a tip” says how it stands and what is answered.",
)
print_now = Word("打印", "Print")
own_tips = Word("我的线索", "My tips")
own_tips_advice = Word("只有本账号为本校报告的线索。", "Only what this account reported for this school.")
own_tips_none = Word("还没有报告过线索。", "Nothing was reported yet.")
own_tip_answer = Word("答复", "Answer")
own_tip_waits = Word("还没有答复。", "There is no answer yet.")
own_tip_not_yet = Word("还没有", "Not yet")

own_gates = Word("校门位置对吗", "Are the gates right?")
own_gates_advice = Word(
    "下图是登记的校园和校门。不对请改：站在校门口按“我站在这里”，或在图上点，或填坐标。由主管部门审核后才改。",
    "The sketch shows the school and its gates by the register. To correct them stand at a gate and press “I "
    "stand here”, tap the sketch, or type coordinates. An authority looks at it before anything changes.",
)
gates_known = Word("登记的校门：不在了的请去掉勾", "Gates of the register: untick those that are gone")
gates_none = Word("还没有登记校门。", "No gate is registered yet.")
gate_known = Word("校门 {number}（{lon}，{lat}）", "Gate {number} ({lon}, {lat})")
gate_new = Word("新的校门 {number}", "New gate {number}")
gate_here = Word("我站在这里", "I stand here")
gate_asking = Word("正在定位……", "Looking where you are …")
gate_found = Word("已定位，误差约 {metres} 米。", "Found; within about {metres} m.")
gate_not_found = Word(
    "定位没有成功。请允许定位，或在图上点、填坐标。",
    "Your position was not found. Allow it, or tap the sketch, or type coordinates.",
)
gate_marked = Word("已在图上标出。", "Marked on the sketch.")
gate_other_crs = Word(
    "拐角已按别的坐标系填写，请先清空再点图。",
    "The corners are typed in another reference; clear them before you tap.",
)
gate_taps = Word("点图标出", "Tap to mark")
gate_taps_hint = Word(
    "橙色是这次标出的，提交并审核后才改。",
    "Orange is what you marked now; nothing changes before it is sent and looked at.",
)
gate_map = Word(
    "蓝色是登记的：校园（块）、校门（圈）和保护范围（虚线）。",
    "Blue is the register: the school, its gates (circles) and the ring around it (dashes).",
)
gate_tap_corner = Word("围墙拐角", "A corner of the wall")
gate_undo = Word("撤销上一个", "Undo the last")
gate_full = Word("一次最多填 {most} 个新校门。", "At most {most} new gates at once.")
gate_lon = Word("经度", "Longitude")
gate_lat = Word("纬度", "Latitude")
gate_crs = Word("坐标系", "Reference")
gate_crs_choose = Word("请选择", "Choose one")
gates_gate = Word("校门", "Gates")
gates_outline = Word("校园边界", "Outline")
gates_place = Word("位置", "Position")
gates_crs = Word("坐标系", "Reference")
gates_reason = Word("说明", "Why")
gates_reason_usual = Word("校方核对校门位置", "The school checked its gates")
outline_reason_usual = Word("校方核对校园边界", "The school checked its outline")
gates_effective_on = Word("从哪天起", "From which day")
gates_send = Word("提交审核", "Send for review")
gates_sent = Word("提交过的更正", "What you sent")
gates_uuid = Word("表单编号", "Number of the form")
gates_seen_version = Word("登记版本", "Version of the register")
outline_title = Word("更正校园边界（围墙）", "Correct the outline (the wall)")
outline_corners = Word("围墙拐角坐标", "Corners of the wall")
outline_hint = Word(
    "每行一个拐角：经度, 纬度。沿围墙顺着写，至少 3 行。",
    "A corner a line: longitude, latitude; along the wall, three at least.",
)
gates_source = Word("校方填报，原坐标 {crs}", "Stated by the school in {crs}")

CRS = {
    "gcj02": Word("GCJ-02（高德、腾讯地图）", "GCJ-02 (Amap, Tencent)"),
    "bd09": Word("BD-09（百度地图）", "BD-09 (Baidu)"),
    "wgs84": Word("WGS-84（手机定位）", "WGS-84 (telephone, GPS)"),
    "cgcs2000": Word("CGCS2000（测绘）", "CGCS2000 (survey)"),
}

granted = Word(
    "自 {day} 以来，范围内新增 {count} 个许可", "New licences inside the ring since {day}: {count}"
)
granted_one = Word("{name}（{activity}），{licence}，{far}", "{name} ({activity}), {licence}, {far}")
own_month = Word("每月一览", "Monthly sheet")
month_title = Word("{school}周边每月一览（{month}）", "Surroundings of {school}, {month}")
month_advice = Word(
    "可以打印、核对、签名后留存。每月第一次打开校园周边或本页时的名单会留下来，下个月用来比较。",
    "To print, check, sign and keep. The list as first opened in a month is kept, to be compared next month.",
)
month_made = Word("制表日期：{day}", "Made on {day}")
month_since = Word("与 {day} 的名单比较", "Compared with the list of {day}")
month_first = Word(
    "这是第一次留下名单，还没有可比较的。",
    "This is the first list that is kept: there is none to compare with.",
)
month_range = Word("{metres} 米以内，距离为图上直线", "Within {metres} m; straight lines on the map")
month_change = Word("变化", "Change")
month_check = Word("核对", "Checked")
month_new = Word("新增", "New")
month_licensed = Word("新许可", "New licence")
month_restated = Word("状态有变", "State changed")
month_same = Word("无", "None")
month_gone = Word("已不在名单中", "No longer in the list")
month_gone_none = Word("没有。", "There are none.")
month_sign = Word(
    "核对人签名：＿＿＿＿＿＿＿＿　日期：＿＿＿＿＿＿", "Checked by: ________________   Date: ____________"
)
month_excel = Word("下载 Excel", "Download Excel")
month_pdf = Word("下载 PDF", "Download PDF")
