"""Codes of rescue files by name."""

from backend.web.words.word import Word

STATES = {
    "received": Word("待取出", "To be taken"),
    "taken": Word("已全部取出", "Taken"),
    "partly": Word("部分未取出", "Not all taken"),
    "quarantined": Word("隔离待处理", "In quarantine"),
    "refused": Word("不予取出", "Refused"),
}
QUARANTINES = {
    "unknown": Word("平板未登记，签名无法核实", "The tablet is unknown; nobody can check its signature"),
    "revoked": Word("平板已注销", "The tablet was refused"),
    "expired": Word("平板登记已到期", "The tablet's enrolment expired"),
    "closed": Word("使用人或单位已停用", "Its officer or agency may not work"),
}
KINDS = {
    "submission": Word("检查表", "Form"),
    "attachment": Word("附件", "File"),
    "draft": Word("未完成的检查", "Unfinished"),
    "lead": Word("线索", "Tip"),
    "document": Word("文书", "Document"),
}
OUTCOMES = {
    "taken": Word("已取出", "Taken"),
    "there": Word("原已收到", "Was here"),
    "draft": Word("密封保存，不归档", "Kept sealed, not filed"),
    "refused": Word("未取出", "Not taken"),
}
REASONS = {
    "cut_off": Word("文件不完整，这部分缺失", "The file was cut off here"),
    "hash_differs": Word("内容在传递中损坏", "Damaged on the way"),
    "content_differs": Word("内容与清单不符", "Not what the list says"),
    "cannot_be_opened": Word("无法解密", "It does not open"),
    "key_does_not_open": Word("这次检查的密钥无法打开", "The key of this visit does not open"),
    "no_submission": Word("没有对应的检查表", "The form that it belongs to is not here"),
    "another_instance": Word("检查表与清单的标识不符", "The form has another id than listed"),
    "name_not_allowed": Word("文件名不允许", "Its name is not allowed"),
    "too_large": Word("超过大小限制", "Over the limit"),
    "attachment_changed": Word("同名附件已收到另一内容", "Another file came under this name"),
    "submission_changed": Word("同一标识已收到另一份内容", "Another form came under this id"),
    "no_document": Word("不是有效的文书", "It is no document"),
    "document_changed": Word("同一文书已收到另一份内容", "Another content came for this document"),
    "internal_error": Word("系统错误，请联系系统管理员", "An error of the system: tell its administrator"),
}
