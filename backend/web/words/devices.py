"""Words of the tablets."""

from backend.web.words.word import Word

devices = Word("平板管理", "Tablets")
device_search = Word("平板或账号", "Tablet or account")
device_none = Word("没有符合条件的平板。", "No tablet matches.")
device_add = Word("登记平板", "Let a tablet in")
device_name = Word("平板名称", "Name of the tablet")
device_name_advice = Word(
    "例如“执法一队 7 号”；不得写身份证号或手机号。", "E.g. “team 1, no. 7”; no resident ID, no mobile number."
)
device_officer = Word("使用人", "Officer")
device_shared = Word("共用平板", "Shared tablet")
device_areas_advice = Word(
    "共用平板填写；区划代码以空格分隔，* 表示全市。个人平板随使用人的辖区。",
    "For a shared tablet: area codes with spaces between them, * is everywhere. An officer's has theirs.",
)
device_days = Word("有效天数", "Valid for days")
device_app = Word("使用的软件", "App")
device_app_own = Word("护苗平板", "Humiao on the tablet")
device_app_collect = Word("ODK Collect", "ODK Collect (Android)")
device_make_code = Word("生成登记码", "Make the code")
device_state = Word("状态", "State")
device_expires = Word("有效期至", "Valid to")
device_enrolled = Word("登记方式", "How it came in")
device_with_key = Word("扫码登记，有签名密钥", "Enrolled, with a signing key")
device_without_key = Word("ODK Collect，无签名密钥", "ODK Collect, without a key")
device_version = Word("软件版本", "Version of the app")
device_last_seen = Word("最近联系", "Last contact")
device_never = Word("从未", "Never")
device_added = Word("登记时间", "Let in")
device_refused_at = Word("注销时间", "Refused since")
device_package = Word("离线资料包", "Package")
device_package_taken = Word("最近下载", "Last taken")
device_package_until = Word("资料有效期至", "Package valid to")
package_none = Word("未下载", "Never taken")
package_good = Word("有效", "Valid")
package_over = Word("已过期", "Expired")
device_sent = Word("发来的检查表", "Checklists sent")
device_sent_last = Word("最后一份", "The last one")
device_offer_title = Word("扫码登记", "Scan to enrol")
device_offer_alt = Word("登记二维码，内容同下方登记码", "Square with the code below")
device_offer_advice = Word(
    "请在平板上打开护苗，选择“登记”，扫描二维码或输入登记码。登记码只显示这一次、只能用一次，"
    "{until} 前有效。",
    "Open Humiao on the tablet, choose “enrol”, scan the square or type the code. "
    "It is shown only now, works once, and until {until}.",
)
device_code = Word("登记码", "Code")
device_collect_title = Word("扫码配置 ODK Collect", "Scan to configure ODK Collect")
device_collect_alt = Word("ODK Collect 配置二维码", "Square with the settings of ODK Collect")
device_collect_advice = Word(
    "请在 ODK Collect 中选择“添加项目”并扫描。配置后自动发送、发送后删除；"
    "服务器地址即令牌，只显示这一次，不得外传。",
    "In ODK Collect choose “add project” and scan. It then sends by itself and deletes what it sent. "
    "The address is the token: shown only now, for this tablet only.",
)
device_collect_address = Word("服务器地址", "Server address")
device_collect_password = Word("管理密码", "Admin password")
device_refuse = Word("注销平板", "Refuse the tablet")
device_refuse_advice = Word(
    "立即生效：平板不能再下载资料，也不能再发送。已收到的检查表不受影响。",
    "At once: it gets no package and can send nothing. What was received stays.",
)
device_returned = Word("已交回", "It was returned")
device_replaced = Word("已更换", "It was replaced")
device_other_reason = Word("其他原因", "Another reason")
device_lost = Word("平板遗失", "The tablet is lost")
device_lost_what = Word("平板上有什么", "What was on it")
device_lost_package = Word(
    "离线资料包：场所、学校、检查表和规则摘要；没有线索、举报人、未成年人、案件或检查结果。",
    "A package of venues, schools, checklists, the law in brief; no tip, informant, minor, case or finding.",
)
device_lost_no_package = Word("没有离线资料包。", "No package.")
device_lost_until = Word(
    "资料 {until} 后在平板上自行失效。", "The package ends by itself on the tablet at {until}."
)
device_lost_unsent = Word(
    "可能有尚未发送的检查表：最后一份收到于 {last}，请向使用人核对此后的检查。",
    "Some checklists may not have been sent: the last one came at {last}; ask what came after.",
)
device_lost_nothing_sent = Word(
    "从未收到它发来的检查表，请向使用人核对。", "It never sent a checklist; ask the officer."
)
device_lost_to_do = Word("现在要做什么", "What to do now")
device_lost_first = Word("立即注销；之后它不能进入本系统。", "Refuse it at once; then it gets in no more.")
device_lost_second = Word(
    "向单位保密和网络安全负责人报告，记录时间和经过。",
    "Tell whoever answers for data security when and how it was lost.",
)
device_lost_third = Word(
    "找回后也不再使用原登记，请重新登记。", "If it is found, enrol it anew; its old token stays refused."
)
device_lost_now = Word("确认遗失并注销", "It is lost: refuse it now")
device_is_refused = Word("这台平板已被注销。", "This tablet is refused.")
