"""Words of sharing: agreements with receivers, messages, what left, tables that come back."""

from backend.web.words.word import Word

menu_sharing = Word("数据共享", "Sharing")
matter_sharing_to_decide = Word("共享协议待确认", "Sharing agreements to decide on")
matter_sharing_given_up = Word("共享消息没有送达", "Sharing messages that did not arrive")
sharing = Word("共享协议", "Sharing agreements")
sharing_advice = Word(
    "只有经两个人同意的协议，才会有数据离开本系统：一人提出，另一人确认；任何一人都可以终止。"
    "目录之外的字段不能约定，个人信息不在目录之内。",
    "Data leave only under an agreement of two people: one proposes, another confirms; either may end it. "
    "Fields that are not in the catalogue cannot be agreed on, and no personal data are in it.",
)
sharing_platform_hint = Word(
    "公共数据应当通过大数据资源平台共享（上海市数据条例第三十八条）；直接发给其他单位的，请写明依据。",
    "Public data are shared through the big-data platform (Shanghai data regulations art. 38): say on what "
    "basis they go elsewhere.",
)
sharing_none = Word("没有符合条件的协议。", "No agreement matches.")
sharing_search = Word("接收单位", "Receiver")
sharing_add = Word("提出协议", "Propose an agreement")
sharing_correct = Word("提出新版", "Propose a new version")
sharing_agreement = Word("协议 {number}", "Agreement {number}")
sharing_id = Word("协议编号", "Number of the agreement")
sharing_replaces_id = Word("代替的协议", "In the place of")
sharing_replaces_hint = Word(
    "新版经确认后，原协议即被代替，不再发送。",
    "When this one is confirmed, the older ends and sends nothing more.",
)
sharing_receiver = Word("接收单位名称", "Name of the receiver")
sharing_receiver_kind = Word("接收单位类别", "Kind of receiver")
sharing_purpose = Word("共享目的", "Purpose")
sharing_legal_basis = Word("法律依据（法名和条款）", "Legal basis (law and article)")
sharing_dataset = Word("数据内容", "Dataset")
sharing_when = Word("何时生成", "When it is made")
sharing_choose_dataset = Word("选择数据内容", "Choose the dataset")
sharing_go_on = Word("下一步", "Go on")
sharing_fields = Word("字段", "Fields")
sharing_fields_hint = Word(
    "只勾选对方履职必需的字段；未勾选的不会离开。",
    "Tick only what the receiver needs for its duties; what is not ticked never leaves.",
)
sharing_field = Word("字段名", "Field")
sharing_means = Word("含义", "Meaning")
sharing_area_code = Word("共享的辖区", "Area that is shared")
sharing_of = Word("数据所属", "Whose data")
sharing_of_area = Word("辖区内各单位", "all agencies of the area")
sharing_term = Word("期限", "Term")
sharing_from_on = Word("共享开始日期", "First day of sharing")
sharing_until_on = Word("共享截止日期", "Last day of sharing")
sharing_from_to = Word("{first} 至 {last}", "{first} to {last}")
sharing_channel = Word("共享方式", "Channel")
sharing_address = Word("接口地址", "Address")
sharing_address_hint = Word(
    "只用于接口方式；必须是 https，主机须在系统设置的允许名单内。",
    "For the interface only: https, of a host that the settings allow.",
)
sharing_receiver_key = Word("接收方公钥（Ed25519，base64）", "Receiver’s public key (Ed25519, base64)")
sharing_receiver_key_hint = Word(
    "填写后，回执必须有对方签名。", "With it, receipts must be signed by the receiver."
)
sharing_assessment = Word("个人信息保护影响评估", "Impact assessment")
sharing_assessment_hint = Word(
    "场所可能是个人经营，提供前须评估并记录（个人信息保护法第五十五、五十六条）。",
    "A venue may be one person’s business: it is assessed before (Personal Information Protection Law "
    "arts 55, 56).",
)
sharing_assessment_no = Word("评估报告编号", "Number of the assessment")
sharing_assessed_on = Word("评估日期", "Assessed on")
sharing_proposed_by = Word("提出人", "Proposed by")
sharing_standing = Word("协议状态", "How it stands")
sharing_decisions = Word("可以办理", "What can be done")
sharing_nothing_to_do = Word("现在没有可以办理的。", "Nothing can be done now.")
sharing_history = Word("办理记录", "What was decided")
sharing_deed = Word("办理事项", "Decision")
sharing_by = Word("办理人", "By")
sharing_at = Word("时间", "When")
sharing_reason = Word("理由", "Reason")
sharing_done = Word("已办理。", "Done.")
sharing_proposed = Word("已提出，等待另一人确认。", "Proposed; another person confirms it.")
sharing_messages = Word("共享消息", "Messages")
sharing_messages_advice = Word(
    "消息由 humiao sharing collect 生成，由 humiao sharing send 发送；每条只生成一次，失败的会自动再试。",
    "Messages are made by humiao sharing collect and sent by humiao sharing send; each is made once, and "
    "what failed is tried again.",
)
sharing_messages_none = Word("还没有消息。", "There is no message yet.")
sharing_message = Word("消息 {number}", "Message {number}")
sharing_message_id = Word("消息编号", "Number of the message")
sharing_about = Word("所属期间或事项", "What it is about")
sharing_delivery = Word("消息状态", "State")
sharing_rows = Word("行数", "Rows")
sharing_made_at = Word("生成时间", "Made at")
sharing_tries = Word("已试次数", "Tries")
sharing_next_at = Word("下次发送", "Next try")
sharing_why = Word("失败原因", "Why it failed")
sharing_receipt_no = Word("回执号", "Receipt")
sharing_receipted_at = Word("对方收到时间", "Received at")
sharing_sha256 = Word("内容 SHA-256", "SHA-256 of its content")
sharing_attempts = Word("发送经过", "What happened to it")
sharing_nothing_yet = Word("还没有发送过。", "It was not sent yet.")
sharing_outcome = Word("结果", "What happened")
sharing_key_id = Word("签名密钥", "Signing key")
sharing_by_command = Word("系统任务", "a job")
sharing_answered = Word("对方答复 {code}", "the receiver answered {code}")
sharing_content = Word("查看内容（JSON）", "Its content (JSON)")
sharing_again = Word("重新排队", "Queue it again")
sharing_take = Word("取出签名表格", "Take the signed table out")
sharing_take_hint = Word(
    "取出即记为已离开；请用邮件发给接收单位，并请其填写回执号、是否已处理、备注后寄回。",
    "From now on it counts as gone. Mail it to the receiver, who fills in the receipt number, whether it was "
    "handled and remarks, and sends it back.",
)
sharing_reply = Word("导入回执表格", "Take a reply in")
sharing_reply_hint = Word(
    "先显示差异，确认后才记入；回执之外的内容有改动的，不予导入。",
    "Differences are shown first and taken in when confirmed; a table with anything else changed is refused.",
)
sharing_reply_file = Word("寄回的表格（.xlsx）", "The table that came back (.xlsx)")
sharing_reply_show = Word("查看差异", "Show the differences")
sharing_reply_confirm = Word("确认记入", "Take it in")
sharing_reply_changes = Word("回执与现有记录的差异", "What differs from what is known")
sharing_reply_known = Word("已记入的回执", "What the receiver replied")
sharing_reply_done = Word("回执已记入。", "The reply was taken in.")
sharing_row_id = Word("行", "Row")
sharing_column = Word("列", "Column")
sharing_before = Word("原有", "Before")
sharing_after = Word("回执", "In the reply")
sharing_left = Word("数据离开记录", "What left")
sharing_left_advice = Word(
    "每一次有字段离开本系统的记录；已发出但没有答复的，也算离开。",
    "Each time that fields left; what was sent without an answer counts too.",
)
sharing_left_none = Word("还没有数据离开。", "Nothing left yet.")
sharing_all = Word("全部", "All of them")
sharing_table = Word("表格", "Table")
sharing_table_row = Word("行号", "Row number")
sharing_table_column = Word("所在列", "In the column")
sharing_table_rows = Word("缺少的行", "Missing rows")
sharing_because = Word("不能办理", "It may not be done")

RECEIVERS = {
    "city_minors_system": Word(
        "市未成年人保护信息管理系统", "The city’s system for the protection of minors"
    ),
    "big_data_centre": Word("大数据中心", "Big-data centre"),
    "community_cloud": Word("社区云", "Community cloud"),
    "department": Word("其他部门", "Another department"),
}
CHANNELS = {
    "https": Word("接口（https）", "Interface (https)"),
    "spreadsheet": Word("电子表格（邮件）", "Table by e-mail"),
}
STANDINGS = {
    "proposed": Word("待另一人确认", "Waits for another person"),
    "coming": Word("未到期限", "Not yet begun"),
    "in_force": Word("有效", "In force"),
    "expired": Word("已到期", "Expired"),
    "refused": Word("未予确认", "Refused"),
    "ended": Word("已终止", "Ended"),
    "replaced": Word("已被新版代替", "Replaced"),
}
DEEDS = {
    "confirm": Word("确认协议", "Confirm it"),
    "refuse": Word("不予确认", "Refuse it"),
    "end": Word("终止协议", "End it"),
}
BECAUSE = {
    "not_from_here": Word("现在的状态不能这样办理", "not from where it stands now"),
    "proposed_it": Word("提出人不能自己确认", "whoever proposed it does not confirm it"),
    "not_your_role": Word("您的角色不能办理", "not by your role"),
    "is_over": Word("期限已过", "its term is over"),
    "replaced_is_over": Word("要代替的协议已经失效", "the agreement it replaces counts no more"),
    "not_failed": Word("只有失败的消息可以重新排队", "only what failed is queued again"),
    "agreement_over": Word("协议已经失效", "its agreement counts no more"),
    "not_a_table": Word("这条消息走接口，不用表格", "it goes by the interface, not as a table"),
    "too_many_rows": Word("超过 5000 行，不能用表格", "it has more than 5000 rows, too many for a table"),
}
DELIVERIES = {
    "queued": Word("待发送", "Waits"),
    "sent": Word("已发出，等回执", "Sent, no receipt yet"),
    "receipted": Word("已有回执", "Receipt"),
    "failed": Word("失败，将再试", "Failed, tried again"),
    "given_up": Word("已停止再试", "Given up"),
    "withheld": Word("不予发送", "Withheld"),
}
OUTCOMES = {
    "begun": Word("开始发送", "Sending began"),
    "receipted": Word("收到回执", "Receipt came"),
    "failed": Word("没有成功", "Failed"),
    "taken": Word("取出表格", "Table taken out"),
    "replied": Word("记入回执表格", "Reply taken in"),
    "queued_again": Word("重新排队", "Queued again"),
    "withheld": Word("不予发送", "Withheld"),
}
REASONS = {
    "host_not_allowed": Word("主机不在允许名单内", "its host is not allowed"),
    "address_refused": Word("主机地址不是公网地址", "the host’s address is not public"),
    "unreachable": Word("连接不上", "it cannot be reached"),
    "not_trusted": Word("证书不可信", "its certificate is not trusted"),
    "no_answer": Word("没有在时限内答复", "no answer in time"),
    "redirected": Word("要求转到别处，未跟随", "it pointed elsewhere, which is not followed"),
    "answer_too_large": Word("答复过大", "its answer was too large"),
    "no_receipt": Word("答复里没有回执", "its answer holds no receipt"),
    "receipt_of_another": Word("回执对应的是另一内容", "the receipt is for another content"),
    "receipt_not_signed": Word("回执没有对方的有效签名", "the receipt is not signed by the receiver"),
    "agreement_over": Word("协议已经失效", "its agreement counts no more"),
}
REPLY_COLUMNS = {
    "reply_no": Word("对方回执号", "Receipt number"),
    "handled": Word("是否已处理", "Handled"),
    "remark": Word("备注", "Remark"),
}
HANDLED = {"yes": Word("是", "Yes"), "no": Word("否", "No")}
TABLE_FAULTS = {
    "not_ours": Word(
        "不是本系统发出的表格：请使用取出的原表", "is not one of ours: use the table that was taken out"
    ),
    "another_message": Word(
        "是另一条消息的表格：请到那条消息导入", "belongs to another message: take it in there"
    ),
    "wrong_signature": Word(
        "签名不对：请接收单位用原表重新填写", "its signature is wrong: fill in the original"
    ),
    "agreement_changed": Word(
        "“约定”工作表有改动：请用原表重新填写", "its second sheet was changed: fill in the original"
    ),
    "columns_changed": Word("列有改动：请用原表重新填写", "its columns were changed: fill in the original"),
    "row_unknown": Word("有多出或重复的行", "holds a row that is unknown or stands twice"),
    "rows_missing": Word("缺少行", "lacks rows"),
    "changed": Word("回执之外的内容有改动", "something beside the reply was changed"),
    "too_long": Word("回执内容过长", "a reply is too long"),
    "handled_unknown": Word("“是否已处理”只能填是或否", "“handled” is yes or no"),
    "nothing_new": Word("与已记入的回执没有不同", "holds nothing new"),
    "never_left": Word("这条消息还没有取出表格", "its message was never taken out"),
    "changed_meanwhile": Word(
        "别人刚刚记入了回执：请重新查看差异", "another reply was just taken in: look again"
    ),
    "taken_in_before": Word("已经记入过", "was taken in before"),
    "required": Word("请选择文件", "choose a file"),
    "personal_number_found": Word("回执里有身份证号或手机号", "a reply holds an ID or mobile number"),
}
