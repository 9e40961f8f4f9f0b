"""Refusals in words: what happened, and what to do now."""

from typing import NamedTuple

from backend.web.words.tasks import TABLE_FAULTS
from backend.web.words.word import Word, language


class Explained(NamedTuple):
    what: str
    to_do: str


_BY_STATUS = {
    "sign_in_failed": (
        Word("账号或密码不正确。", "The account or the password is not right."),
        Word(
            "请核对后再试；多次失败后账号会暂时锁定。",
            "Check both and try again; after several failures it locks for a while.",
        ),
    ),
    "too_many_tries": (
        Word("尝试次数过多，暂时不能登录。", "Too many tries; signing in is closed for a while."),
        Word(
            "请稍后再试，或换用以前登录过的电脑。", "Wait, or use a computer on which you signed in before."
        ),
    ),
    "forged_request": (
        Word(
            "页面已过期，或者请求并非来自本系统。",
            "The page is too old, or the request did not come from this system.",
        ),
        Word("请返回上一页，刷新后再试。", "Go back, reload the page and try again."),
    ),
    "password_refused": (
        Word("密码未修改。", "The password was not changed."),
        Word("请按下列提示修改。", "See below for what to change."),
    ),
    "collect_door_closed": (
        Word("本系统不接收 ODK Collect。", "ODK Collect is not let in here."),
        Word("请选择“护苗平板”。", "Choose Humiao on the tablet."),
    ),
    "rescue_unacceptable": (
        Word("这不是可以接收的救援文件，未保存。", "This rescue file cannot be taken in; nothing was kept."),
        Word(
            "请在平板上重新导出；仍不行时联系系统管理员。",
            "Make it anew on the tablet; if that does not help, ask the system administrator.",
        ),
    ),
    "rescue_too_large": (
        Word("救援文件超过限制，未保存。", "The rescue file is over a limit; nothing was kept."),
        Word("请在平板上分几次导出。", "Make several smaller ones on the tablet."),
    ),
    "rescue_changed": (
        Word("同一编号已收到另一份救援文件。", "Another rescue file came under this id."),
        Word("请在平板上重新导出。", "Make it anew on the tablet."),
    ),
    "sharing_deed_refused": (
        Word("协议没有办理。", "Nothing was decided about the agreement."),
        Word("原因见下。", "See below why."),
    ),
    "sharing_agreement_changed": (
        Word("协议刚刚被别人办理过。", "Somebody just decided about this agreement."),
        Word("请看过现在的状态再办理。", "Look at how it stands now, then decide."),
    ),
    "sharing_not_sent": (
        Word("消息没有发出。", "The message was not sent."),
        Word("原因见下。", "See below why."),
    ),
    "sharing_reply_refused": (
        Word("回执表格没有导入。", "The reply was not taken in."),
        Word(
            "请接收单位在原表的回执各列填写后寄回；问题见下。",
            "Let the receiver fill in the columns of the reply in the original; see below what is wrong.",
        ),
    ),
    "credit_deed_refused": (
        Word("这一步没有办理。", "The step was not made."),
        Word("原因见下。", "See below why."),
    ),
    "credit_no_decision": (
        Word(
            "案件还没有送达的决定，不能列入。",
            "The case has no decision that was served: nothing is entered.",
        ),
        Word("决定送达之后再提出。", "Propose it after the decision was served."),
    ),
    "credit_entry_taken": (
        Word(
            "这个场所已按同一决定、同一情形提出过。",
            "This venue is entered on this ground by this decision already.",
        ),
        Word("请在列表里查找。", "Look for it in the list."),
    ),
    "contact_units_refused": (
        Word("单位表没有导入。", "The table of units was not taken in."),
        Word("请按下列各行改正后再导入。", "Correct the rows below and take it in again."),
    ),
    "contact_unit_taken": (
        Word("这个单位已经登记过。", "This unit is registered already."),
        Word("请按信用代码或名称查找。", "Look for it by its credit code or name."),
    ),
    "contact_unit_closed": (
        Word("单位已经停办，未登记。", "The unit works no more; nothing was entered."),
        Word("仍在办的，请先更正停办日期。", "If it does, correct that day first."),
    ),
    "staff_query_replaced": (
        Word("这一行已被替代，未登记。", "This row was replaced already; nothing was entered."),
        Word("请选替代它的那一行。", "Choose the row that replaced it."),
    ),
    "rescue_decided": (
        Word("这份救援文件已经处理。", "This rescue file was decided already."),
        Word("请刷新页面查看结果。", "Reload to see what became of it."),
    ),
    "content_destroyed": (
        Word("保存期满，内容已经销毁。", "Its period is over and the content was destroyed."),
        Word("任何人都无法再打开；见销毁证明。", "Nobody can open it any more; see the certificate."),
    ),
    "hold_lifted": (
        Word("这项保留已经解除。", "This hold was lifted already."),
        Word("请刷新页面查看现状。", "Reload to see how it is now."),
    ),
    "no_child_data": (
        Word("这次检查没有密封的照片。", "This inspection has no sealed picture."),
        Word("无需登记处理依据。", "No basis has to be noted."),
    ),
    "login_taken": (
        Word("账号名已被使用。", "This account name is taken."),
        Word("请换一个账号名。", "Choose another one."),
    ),
    "proposal_not_yet": (
        Word(
            "这条建议要到生效日期才能采纳，没有改动。",
            "This proposal holds from a later day on; nothing was changed.",
        ),
        Word("请在生效日期当天或之后再采纳。", "Accept it on that day or later."),
    ),
    "proposal_settled": (
        Word("这条建议已经处理，没有再改动。", "This proposal was settled already; nothing was changed."),
        Word("请刷新页面查看结果。", "Reload to see what became of it."),
    ),
    "row_changed": (
        Word(
            "名录在您查看之后又有变化，未保存。", "The register changed after you looked; nothing was saved."
        ),
        Word(
            "请重新打开这条建议，核对后再决定。", "Open the proposal again and decide on what is there now."
        ),
    ),
    "own_proposal": (
        Word(
            "位置、边界等变更不能由建议人自己决定。",
            "Where something is cannot be decided by who proposed it.",
        ),
        Word("请由另一名督导人员决定。", "Ask another supervisor to decide."),
    ),
    "nothing_to_confirm": (
        Word("没有需要确认的更正。", "There is no correction to confirm."),
        Word(
            "本人的更正自动生效；早于原记录收到的更正不能生效。",
            "An officer's own corrections count by themselves; one that came too early never does.",
        ),
    ),
    "already_confirmed": (
        Word("这份更正已经确认。", "This correction was confirmed already."),
        Word("无需再做。", "Nothing is left to do."),
    ),
    "own_correction": (
        Word("更正人和原检查人不能确认更正。", "Who wrote one of the two does not confirm the correction."),
        Word("请由另一名督导人员确认。", "Ask another supervisor."),
    ),
    "case_not_processed": (
        Word("公安案件不在本系统办理。", "Matters of the police are not processed here."),
        Word("请移送线索。", "Pass the lead on."),
    ),
    "case_series_unknown": (
        Word("本单位还没有设定今年的案号。", "Your agency has not laid down its case numbers of this year."),
        Word("请督导人员在“案件”页面设定。", "A supervisor does so on the page Cases."),
    ),
    "case_series_taken": (
        Word(
            "这一年的案号已经设定，或者格式与别的单位相同。",
            "Numbers of that year, or so written, are there.",
        ),
        Word("请换一个格式或者年度。", "Choose another pattern or year."),
    ),
    "violation_in_a_case": (
        Word("其中有违法行为已在办理中的案件里。", "One of the violations is in an open case already."),
        Word("请打开那个案件办理。", "Go on in that case."),
    ),
    "step_refused": (
        Word("这一步现在不能办理，没有改动。", "This step may not be made now; nothing was changed."),
        Word("原因见下；请核对后再办。", "See below why; check it, then try again."),
    ),
    "penalty_refused": (
        Word("这样处罚不符合规定，没有保存。", "The law does not allow this; nothing was saved."),
        Word("原因见下；请核对依据、金额和情形。", "See below why; check basis, amount and ground."),
    ),
    "paper_refused": (
        Word("这份文书现在不能制作。", "This document cannot be made now."),
        Word("请先办理前面的环节；原因见下。", "Make the steps before it; see below why."),
    ),
    "transfer_open": (
        Word("同一事项正在移送，没有改动。", "The same matter is being transferred already."),
        Word("请在“移送”页面查看进展。", "See the page Transfers."),
    ),
    "transfer_bounced": (
        Word("这是对方移送来的，不得移送回去。", "It came from there and does not go back."),
        Word(
            "有异议的，报请共同的上级指定管辖（行政处罚法25条）。",
            "In a dispute ask the common superior (Administrative Penalty Law, art. 25).",
        ),
    ),
    "transfer_of_a_case": (
        Word("违法行为已在办理中的案件里。", "The violations are in an open case."),
        Word("请从案件页面移送。", "Transfer the case from its page."),
    ),
    "package_too_large": (
        Word("材料超过一个材料包的大小限制，没有制作。", "The evidence is over what one package holds."),
        Word("请把场所分到几条线索里移送。", "Divide the venues among several leads."),
    ),
    "recommendation_settled": (
        Word(
            "现在的办理状态不能这样办，没有改动。",
            "This cannot be noted where it stands; nothing was changed.",
        ),
        Word(
            "须先制作书面回复、再登记送出，然后才能办结。",
            "First the written reply, then its sending, and only then it is closed.",
        ),
    ),
    "recommendation_known": (
        Word("这个机关的这一文号已经登记。", "This number of this sender is entered already."),
        Word("请在列表里查看。", "See the list."),
    ),
    "order_settled": (
        Word("这份责令改正已经复查结束，没有改动。", "This order was settled already; nothing was changed."),
        Word("请刷新页面查看结果。", "Reload to see what became of it."),
    ),
    "number_series_unknown": (
        Word(
            "本年度还没有设定这类文书的文号。",
            "This year's numbers of this kind of document are not laid down.",
        ),
        Word("请在“文号台账”设定文号后再试。", "Lay the series down in the ledger of numbers and try again."),
    ),
    "legal_review_open": (
        Word(
            "文书中有待法制审核的内容，没有制发。",
            "Something in it waits for the legal reviewer; it was not issued.",
        ),
        Word("请由法制审核人员确认后再制发。", "Have the legal reviewer confirm it first."),
    ),
    "picture_unprintable": (
        Word(
            "文书里有一张签名图片读不出来，没有制成 PDF。",
            "A picture of a signature in it cannot be read: no PDF was made.",
        ),
        Word(
            "请直接打印网页，并报告系统管理员。", "Print the page itself, and tell the system administrator."
        ),
    ),
    "sign_unprintable": (
        Word("文书中有字库没有的字，没有制成。", "It holds a sign that our fonts lack; it was not made."),
        Word(
            "请改用通用字形，或者报告系统管理员。",
            "Use a common form of it, or tell the system administrator.",
        ),
    ),
    "document_withdrawn": (
        Word("这份文书已经撤回。", "It was withdrawn already."),
        Word("请刷新页面查看。", "Reload the page."),
    ),
    "task_closed": (
        Word("这项任务已完成或已撤回，没有改动。", "This task is done or called off; nothing was changed."),
        Word("请刷新页面查看结果。", "Reload to see what became of it."),
    ),
    "task_import_refused": (
        Word("任务表没有导入。", "The table was not taken in."),
        Word("请按下列提示修改后再试。", "See below for what to change, and try again."),
    ),
    "report_made": (
        Word(
            "这段时间的数字已经固定，没有重复统计。",
            "This period was kept already; nothing was counted again.",
        ),
        Word("确需重新统计的，写明理由，形成新的一版。", "To count again say why: it becomes a new edition."),
    ),
    "sweep_not_approved": (
        Word("计划尚未批准，没有派任务。", "Nobody approved the plan yet; no task was made."),
        Word("请先登记批准人、批准日期和文号。", "Note first who approved it, when, and under which number."),
    ),
    "sweep_fixed": (
        Word("计划已批准，没有改动。", "The plan was approved; nothing was changed."),
        Word("需要改变范围或日期的，请另行发起。", "For another ring or other days open another sweep."),
    ),
    "sweep_closed": (
        Word("这项整治已办结，没有改动。", "This sweep is closed; nothing was changed."),
        Word("请刷新页面查看结果。", "Reload to see its result."),
    ),
    "check_code_taken": (
        Word("这个检查码已经录入。", "This check code was entered before."),
        Word("请核对检查码。", "Check the code."),
    ),
    "check_code_closed": (
        Word(
            "检查码已使用、作废或者过期，没有改动。",
            "The code is used, void or ran out; nothing was changed.",
        ),
        Word("请刷新页面查看状态。", "Reload to see its state."),
    ),
    "picture_unreadable": (
        Word("照片打不开，没有保存。", "The picture cannot be opened; nothing was kept."),
        Word("请换一张，或不附照片再报告。", "Choose another one, or report without."),
    ),
    "tip_changed": (
        Word(
            "这张表单已经报告过另一种说法，没有再保存。",
            "This form was used for another report; this one was not kept.",
        ),
        Word("请从“校园周边”重新打开报告页。", "Open the form anew from Around the school."),
    ),
    "work_orders_refused": (
        Word("这份工单文件没有收下。", "This file of work orders was not taken in."),
        Word("请核对格式和大小后再导入。", "Check its form and size, then try again."),
    ),
    "informant_sealed": (
        Word("反映人没有对您打开。", "Who gave it is not open to you."),
        Word(
            "先申请，另一位督导人员同意后限时打开；作出答复的人可以打开联系方式。",
            "Ask first: a second supervisor agrees. Whoever answered may open the contact.",
        ),
    ),
    "informant_second_person": (
        Word("不能由您同意这项申请。", "You cannot agree to this request."),
        Word(
            "须由另一位督导人员在七天内同意，且只同意一次。",
            "Another supervisor agrees, once, within seven days.",
        ),
    ),
    "tip_settled": (
        Word("这一步现在不能做，没有改动。", "This cannot be done now; nothing was changed."),
        Word("请刷新页面，看它办到哪一步。", "Reload the page to see where it stands."),
    ),
    "personal_number_found": (
        Word(
            "文字中含有身份证号或手机号，未保存。",
            "The text holds a resident ID or a mobile number; it was not saved.",
        ),
        Word("请删去号码后再提交。", "Take the number out and send it again."),
    ),
}

_BY_CODE = {
    401: (
        Word("请先登录。", "Please sign in."),
        Word("登录后将回到原来的页面。", "Then you come back to this page."),
    ),
    403: (
        Word("您的角色不能做这件事。", "Your role may not do this."),
        Word(
            "如确有工作需要，请联系本单位的安全管理员。",
            "If your work needs it, ask the security administrator of your agency.",
        ),
    ),
    404: (
        Word("没有找到这个页面或记录。", "This page or record was not found."),
        Word(
            "可能地址有误，或者它不在您的辖区和业务范围内。",
            "The address may be wrong, or it lies outside your areas and tasks.",
        ),
    ),
    405: (
        Word("这个地址不能这样访问。", "This address cannot be used like that."),
        Word("请从菜单重新进入。", "Start again from the menu."),
    ),
    409: (
        Word("与已有记录冲突，未保存。", "It conflicts with what is there; nothing was saved."),
        Word("请刷新页面，查看最新内容后再试。", "Reload, look at the newest content, and try again."),
    ),
    412: (
        Word("内容已被他人更新，未保存。", "Somebody else changed it meanwhile; nothing was saved."),
        Word("请刷新页面，查看最新内容后再试。", "Reload, look at the newest content, and try again."),
    ),
    413: (
        Word("提交的内容太大。", "What was sent is too large."),
        Word("请减小文件后再试。", "Make the file smaller and try again."),
    ),
    422: (
        Word("提交的内容有误，未保存。", "Something in the form is not right; nothing was saved."),
        Word("请按下列提示修改后再提交。", "Correct what is listed and send it again."),
    ),
    500: (
        Word("系统出错了，刚才的操作没有保存。", "An error of ours; nothing was saved."),
        Word(
            "请稍后再试；如仍出错，请把请求编号告诉系统管理员。",
            "Try again later; if it stays, tell the system administrator the request number.",
        ),
    ),
}


def explain(code: int, status: str) -> Explained:
    """Words for a refusal by its name, else by its HTTP code, else the general ones."""
    general = _BY_CODE[500 if code >= 500 else 422]
    what, to_do = _BY_STATUS.get(status) or _BY_CODE.get(code) or general
    return Explained(str(what), str(to_do))


_FAULTS = {
    "not_in_catalogue": Word("请至少选一个目录内的字段", "choose at least one field of the catalogue"),
    "of_an_agency": Word("只能由单位共享", "is shared by an agency only"),
    "assessment_whole": Word(
        "编号和日期须一起填写；这类数据必须先评估",
        "is told together with its day; these data are assessed before",
    ),
    "before_from_on": Word("早于共享开始日期", "lies before the first day"),
    "no_https_address": Word("不是有效的 https 地址", "is no https address"),
    "host_not_allowed": Word(
        "主机不在允许名单内，请联系系统管理员", "its host is not allowed by the settings"
    ),
    "no_key": Word("不是 Ed25519 公钥", "is no public key of Ed25519"),
    "only_for_https": Word("只用于接口方式", "is for the interface only"),
    "not_in_force": Word("已经失效", "counts no more"),
    "spelled_otherwise": Word(
        "同一接收方的现有协议用的是另一种写法，请照原来的写法填写",
        "is spelled in another way in an agreement with the same receiver: spell it as there",
    ),
    "another_receiver": Word(
        "须与被代替协议的接收方和数据集一致", "is for another receiver or dataset than the older one"
    ),
    "wrong": Word("不正确", "not right"),
    "not_a_day": Word("不是有效日期", "not a date"),
    "too_short": Word("太短，至少 12 个字符", "too short: 12 characters at least"),
    "too_long": Word("太长，至多 128 个字符", "too long: 128 characters at most"),
    "too_common": Word("太常见，或者是已泄露的密码", "too common, or known from a breach"),
    "names_its_context": Word(
        "含有账号、姓名、单位或系统的名称", "holds the name of the account, person, agency or system"
    ),
    "required": Word("不能为空", "must be filled in"),
    "choose_one": Word("请从列表中选择", "choose one of the list"),
    "not_a_login": Word(
        "须为 2 到 64 个小写字母、数字、点、下划线或连字符", "2 to 64 of a-z, 0-9, dot, underscore, hyphen"
    ),
    "areas_needed": Word("至少填写一个区划代码，或 *", "at least one area code, or *"),
    "personal_number": Word("不得含有身份证号或手机号", "may not hold a resident ID or a mobile number"),
    "signature_invalid": Word("签名不成立", "its signature does not hold"),
    "other_deployment": Word("不是为本系统制作的", "it was made for another system"),
    "no_rescue_file": Word("不是救援文件", "this is no rescue file"),
    "manifest_unreadable": Word("清单无法读取", "its list cannot be read"),
    "format_unknown": Word("版本不支持", "its version is not known"),
    "longer_than_signed": Word("文件比签名的清单更长", "it is longer than its signed list says"),
    "not_whole": Word("没有收到完整文件", "it did not arrive whole"),
    "differ": Word("两次输入不一致", "the two differ"),
    "two_needed": Word("至少两名", "two at the least"),
    "certificate_needed": Word("须有有效的执法证", "each needs a valid certificate"),
    "not_of_one_venue": Word("不属于同一个场所", "are not of one venue"),
    "contradiction": Word("有两项不能同时成立", "two of them cannot both be true"),
    "of_a_person_only": Word("年龄只对公民适用", "an age is a natural person's only"),
    "after_it_was_found": Word("晚于发现之日", "lies after the day on which it was found"),
    "not_another": Word("须选择另一个单位", "has to be another agency"),
    "not_for_this_kind": Word("与移送类型不符", "does not receive this kind of transfer"),
    "open_a_case_first": Word("涉嫌犯罪的，请先登记案件再移送", "open a case first: a crime is suspected"),
    "not_in_hand": Word("尚未研判，或者已经了结", "nobody has it in hand, or it is over"),
    "not_between": Word("不在收到之日和今天之间", "is not between the day of receipt and today"),
    "not_a_procuratorate": Word("不是检察院，请填回复文号", "is no procuratorate: give the reply's number"),
    "not_later": Word("须晚于现在的期限", "is not later than it is now"),
    "proof_or_visit_needed": Word("须有复查或者改正材料", "a visit or proof is needed"),
    "no_re_inspection": Word("不是对这个场所的复查", "is no re-inspection of this venue"),
    "before_the_last_day_is_over": Word("改正期限还没有过", "was before the last day was over"),
    "no_document": Word("不是 PDF、JPG 或者 PNG", "is no PDF, JPEG or PNG"),
    "number_place_needed": Word("须有一处 {number}", "needs one {number}"),
    "changed_meanwhile": Word(
        "您查看之后又有变化，请刷新后再试", "it changed after you looked: reload the page"
    ),
    "after_the_last_day": Word("晚于截止日期", "after the last day"),
    "in_the_future": Word("还没有到这个时间", "lies in the future"),
    "not_around_here": Word("不在本校周边", "is not around this school"),
    "unknown": Word("没有这一项", "is not known here"),
    "not_for_this_venue": Word("不适用于这个场所的业态", "is not for the activities of this venue"),
    "needs_none": Word("不需要确认", "needs no confirmation"),
    "after_the_end": Word("须短于有效期", "must be shorter than the period"),
    "personal_number_found": Word("有身份证号或手机号", "holds an ID or mobile number"),
    "name_unusable": Word("没有名称，或者太长", "has no name, or a text is too long"),
    "unit_columns_missing": Word("缺少单位名称、单位类别或所在辖区一列", "lacks name, kind or area_code"),
    "no_units": Word("没有单位", "holds no unit"),
    "no_unit_table": Word("不是 Excel 或 CSV 表", "is no table of Excel or CSV"),
    "kind_unknown": Word("没有这个单位类别", "its kind is not known"),
    "area_code_not_your_area": Word("不在您的辖区", "lies outside your areas"),
    "credit_code_wrong": Word("信用代码不对", "its credit code is wrong"),
    "another_kind": Word("查询类别不同，不能替代", "is a query of another kind"),
    "not_of_this_query": Word("与查询类别不符", "does not fit the kind of query"),
    "taken": Word("已经登记", "is registered already"),
    "unchanged": Word("没有改动", "nothing was changed"),
    "far_away": Word(
        "离学校超过 1 公里：请核对数字和坐标系", "over 1 km from the school: check numbers and reference"
    ),
    "no_outline": Word("连起来不是一个围墙范围", "its corners make no outline"),
    "no_place_on_earth": Word("不是地球上的位置：经度在前", "no place on earth: longitude first"),
    "unknown_reference": Word("请选择坐标系", "choose a reference"),
    "too_large": Word("太大或太多", "too large, or too many"),
    "too_many_pixels": Word("像素太多", "has too many pixels"),
    "no_picture": Word("不是照片", "is no picture"),
    "not_protected": Word("不是学校、幼儿园，或者已停办", "is no school or kindergarten, or is closed"),
    "not_in_the_zone": Word(
        "有场所不在范围内，或者该单位不主管",
        "a venue lies outside the ring, or the agency does not answer for it",
    ),
    "over": Word("已经过去", "is over"),
    "outside_its_days": Word("不在整治日期内", "lies outside the days of the sweep"),
    "before_the_first_day": Word("早于开始日期", "comes before the first day"),
    "approval_whole": Word("批准人、日期和文号须一起填写", "is told together with day and document number"),
    "before_the_approval": Word(
        "早于批准日期，或者还没有批准", "comes before the approval, or there is none"
    ),
    "before_it_was_held": Word("须晚于培训日期", "must come after the training"),
    "not_during_the_visit": Word("须在检查开始以后、现在以前", "must lie between the visit and now"),
    "not_as_told": Word(
        "与已送达的告知书不一致；要改变的，先重新告知", "differs from the notice; tell the party anew first"
    ),
    "not_as_decided": Word("与案件的处理意见不一致", "differs from what the case says"),
    "not_of_this_case": Word("不是这个案件的有效处罚决定", "is no penalty decision of this case that counts"),
    "not_a_whole_month": Word(
        "须从某月第一天到某月最后一天", "the period has to be of whole months, first day to last"
    ),
    "not_over": Word("还没有结束", "is not over yet"),
    "before_first_on": Word("早于开始日期", "lies before the first day"),
    "not_your_area": Word("不在您的辖区", "lies outside your areas"),
    "not_this_one": Word("不能并到这一条", "it cannot be joined to this one"),
    "only_for_triggered": Word("只有触发式检查填写", "for a triggered visit only"),
    **TABLE_FAULTS,
}
_WAIT = Word("请等待约 {minutes} 分钟", "wait about {minutes} minutes")


def fault(field: str, fault: object) -> str:
    """One line for a list of faults: the field, and what is wrong with it as far as there are words."""
    if field == "wait_s":
        return _WAIT.format(minutes=-(-int(str(fault)) // 60))
    faults = fault if isinstance(fault, list) else [fault]
    said = "; ".join(str(_FAULTS.get(str(one), one)) for one in faults)
    return f"{field}：{said}" if language() == "zh" else f"{field}: {said}"
