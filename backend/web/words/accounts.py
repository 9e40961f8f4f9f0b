"""Words of the accounts and the audit trail."""

from backend.web.words.word import Word

users = Word("账号管理", "Accounts")
users_search = Word("账号或姓名", "Account or name")
users_empty = Word("没有符合条件的账号。", "No account matches.")
add_user = Word("开设账号", "Open an account")
display_name = Word("姓名", "Name")
login_advice = Word(
    "2 到 64 个小写字母、数字、点、下划线或连字符；不得使用身份证号或手机号。",
    "2 to 64 of a-z, 0-9, dot, underscore, hyphen; no resident ID, no mobile number.",
)
areas_advice = Word(
    "行政区划代码，以空格分隔，例如 310101；* 表示全市。",
    "Area codes with spaces between them, e.g. 310101; * is everywhere.",
)
certificate_no = Word("执法证号", "Certificate number")
certificate_valid_to = Word("执法证有效期至", "Certificate valid to")
user_state = Word("状态", "State")
active = Word("正常", "Active")
inactive = Word("已停用", "Closed")
opened_at = Word("开设时间", "Opened")
initial_password = Word("初始密码（仅显示这一次）", "First password (shown only now)")
initial_password_advice = Word(
    "请当面或以可靠方式交给本人，并请其登录后立即修改。",
    "Hand it over in person; they change it after signing in.",
)
deactivate = Word("停用账号", "Close the account")
deactivate_advice = Word(
    "停用后立即生效：本人在各处的登录退出，其平板被拒绝。记录全部保留。",
    "At once: signed out everywhere, their tablets refused. All records stay.",
)
deactivate_now = Word("确认停用", "Close it now")
reactivate = Word("恢复账号", "Open it again")
reactivate_advice = Word("恢复后，本人可用原密码登录。", "They can sign in again with the password they had.")
reactivate_now = Word("确认恢复", "Open it now")
reset_password = Word("重置密码", "Reset the password")
reset_password_advice = Word(
    "系统生成新密码，仅显示一次；本人在各处的登录退出。",
    "A new password is made and shown once; they are signed out everywhere.",
)
reset_password_now = Word("确认重置", "Reset it now")

audit = Word("审计日志", "Audit trail")
audit_seq = Word("编号", "Entry")
audit_at = Word("时间", "Time")
audit_actor = Word("操作人", "Who")
audit_deed = Word("操作", "Deed")
audit_subject = Word("对象", "Subject")
audit_detail = Word("详情", "Details")
audit_since = Word("起始日期", "From")
audit_until = Word("截止日期", "Until")
audit_subject_example = Word("例如 user:7", "e.g. user:7")
audit_any_deed = Word("全部操作", "Any deed")
