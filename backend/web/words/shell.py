"""Words of the frame around every page, of sign-in, and of what tables and forms share."""

from backend.web.words.word import Word

product = Word("护苗", "Humiao")
product_purpose = Word("未成年人保护执法检查系统", "Inspections for the protection of minors")
skip_to_content = Word("跳到正文", "Skip to the content")
menu = Word("菜单", "Menu")
you_are_here = Word("当前位置", "You are here")
colon = Word("：", ": ")
home = Word("工作台", "Desk")
choose_language = Word("界面语言", "Language")
choose_type = Word("字号与对比度", "Type and contrast")
large_type = Word("大字", "Large type")
usual_type = Word("标准字", "Usual type")
request_number = Word("请求编号", "Request number")

sign_in = Word("登录", "Sign in")
sign_out = Word("退出", "Sign out")
login = Word("账号", "Account")
password = Word("密码", "Password")
sign_in_hint = Word(
    "忘记密码请找本单位的安全管理员重置。",
    "Forgot the password? The security administrator of your agency resets it.",
)
signed_out_meanwhile = Word("登录已过期", "You were signed out meanwhile")
typed_is_kept = Word(
    "填写的内容没有丢失，也还没有提交。请重新登录，核对后再提交。",
    "What you typed is not lost, and not yet sent. Sign in again, look at it, then send it.",
)
file_is_not_kept = Word("选择的文件需要重新选择。", "A file must be chosen again.")
kept_form = Word("继续提交", "Send what you typed")
kept_form_is_sent = Word(
    "这是登录过期前填写的内容，点“提交”后才会生效。",
    "This is what was typed before you were signed out. Nothing is done before you press Send.",
)
send = Word("提交", "Send")
discard_typed = Word("放弃这些内容", "Discard it")
official_use = Word(
    "本系统仅供授权人员使用，操作均有留痕。", "For authorised people only; everything done here is recorded."
)
change_password = Word("修改密码", "Change password")
current_password = Word("当前密码", "Current password")
new_password = Word("新密码", "New password")
new_password_again = Word("再输一次新密码", "New password again")
passwords_differ = Word("两次输入的新密码不一致。", "The two new passwords differ.")
password_advice = Word(
    "12 到 128 个字符。不要求大小写或符号；几个互不相关的词就很好。常见密码、账号和单位名称会被拒绝。",
    "12 to 128 characters. No mix is asked for; a few unrelated words do well. "
    "Common passwords, your account name and the agency's name are refused.",
)
password_changed = Word(
    "密码已修改，其他设备上的登录已退出。", "The password is changed; you are signed out everywhere else."
)

welcome = Word("{name}，您好", "Hello, {name}")
your_scope = Word("您的工作范围", "What you work with")
role = Word("角色", "Role")
agency = Word("单位", "Agency")
areas = Word("辖区", "Areas")
activities = Word("业态", "Activities")
all_activities = Word("全部业态", "All activities")
everywhere = Word("全市", "Everywhere")
no_areas = Word("未分配辖区", "No area assigned")
no_agency = Word("未分配单位", "No agency")
your_tasks = Word("常用入口", "Where to go")
matters = Word("今日要事", "What waits today")
matter_late = Word("任务已超期", "Tasks overdue")
matter_cases_late = Word("案件期限已超期", "Cases overdue")
matter_cases_due = Word("案件期限三日内到期", "Cases due within three days")
matter_orders_late = Word("责令改正已过期限", "Orders past their day")
matter_orders_due = Word("责令改正三日内到期", "Orders due within three days")
matter_transfers_late = Word("移送已超期", "Transfers overdue")
matter_transfers_due = Word("移送三日内到期", "Transfers due within three days")
matter_replies_late = Word("检察建议回复已超期", "Replies to recommendations overdue")
matter_replies_due = Word("检察建议回复三日内到期", "Replies to recommendations due within three days")
matter_tips = Word("新线索", "New tips")
matter_tips_late = Word("线索已超期", "Tips overdue")
matter_mandatory = Word("强制报告未转交", "Reports not handed on")
matter_training = Word("强制报告培训到期", "Trainings due again")
matter_staff_queries = Word("从业查询未做或超期", "Staff queries missing or overdue")
matter_due = Word("任务三日内到期", "Tasks due within three days")
matter_proposals = Word("变更建议待处理", "Proposals to decide")
matter_unfilable = Word("检查表未能归档", "Checklists not filed")
matter_licensed = Word("学校周边近三十日新许可", "New licences near schools, thirty days")
matter_silent = Word("平板超过一天未同步", "Tablets silent for a day")
matter_oldest = Word("最早 {day}", "since {day}")
matter_none = Word("无", "none")

search = Word("查询", "Search")
reset = Word("重置", "Reset")
number = Word("序号", "No.")
rows_total = Word("共 {total} 条", "{total} in all")
page_of = Word("第 {number} / {pages} 页", "Page {number} of {pages}")
previous_page = Word("上一页", "Previous")
next_page = Word("下一页", "Next")
pages_of_table = Word("分页", "Pages")
nothing_found = Word("没有符合条件的记录。", "Nothing matches.")
required = Word("必填", "required")
optional = Word("选填", "optional")
save = Word("保存", "Save")
cancel = Word("取消", "Cancel")
back = Word("返回", "Back")
details = Word("详情", "Details")
actions = Word("操作", "Actions")
yes = Word("是", "Yes")
no = Word("否", "No")
none = Word("无", "None")
please_check = Word("请检查以下内容", "Please check the following")

menu_system = Word("系统管理", "System")
api_docs = Word("接口文档", "API reference")
api_description = Word("OpenAPI 描述文件", "OpenAPI description")
api_docs_not_built = Word(
    "接口文档页面尚未构建：请在服务器上运行 make setup。描述文件仍可使用：",
    "The reference is not built yet: run `make setup` on the server. The description itself is here:",
)
open_again = Word("正在打开…", "Opening…")

ROLES = {
    "inspector": Word("执法人员", "Inspector"),
    "assistant": Word("协助人员", "Assistant"),
    "supervisor": Word("督导人员", "Supervisor"),
    "legal_reviewer": Word("法制审核人员", "Legal reviewer"),
    "coordinator": Word("协调人员", "Coordinator"),
    "reporter": Word("线索报告人（学校、未保站）", "Reporter (school, station)"),
    "auditor": Word("审计人员", "Auditor"),
    "system_admin": Word("系统管理员", "System administrator"),
    "security_admin": Word("安全管理员", "Security administrator"),
    "audit_admin": Word("审计管理员", "Audit administrator"),
}

VERDICTS = {
    "inside": Word("距离不足", "Too near"),
    "survey": Word("须现场测量", "To be measured on site"),
    "not_configured": Word("距离未配置", "No distance set"),
    "clear": Word("符合", "Far enough"),
}
