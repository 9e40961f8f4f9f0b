"""Words of the credit registers: the warning record, the serious list, and what everybody may read."""

from backend.web.words.word import Word

credit = Word("警示记录和失信名单", "Credit registers")
credit_entry = Word("信用记录 {number}", "Entry {number}")
credit_advice = Word(
    "系统不会自动列入：督导人员依据生效决定提出，另一名法制审核人员决定。到期自动失效；公布默认关闭。",
    "Nothing is entered by itself: a supervisor proposes from a decision, a legal reviewer decides. "
    "It ends by its date; publication is off by default.",
)
credit_none = Word("没有符合条件的记录。", "No entry matches.")
credit_search = Word("场所、当事人或决定文号", "Venue, party or decision")
credit_register = Word("名册", "Register")
credit_state = Word("记录状态", "Where it stands")
credit_expired = Word("已到期", "Expired")
credit_in_force = Word("有效", "In force")
credit_validity = Word("是否有效", "In force or expired")
credit_propose = Word("提出列入", "Propose an entry")
credit_propose_here = Word("提出警示记录或失信名单", "Propose a credit entry")
credit_propose_advice = Word(
    "须有生效的决定：本单位已送达的案件，或者其他机关的决定（填写决定文件的 SHA-256）。",
    "A decision in effect is needed: a case of one’s agency that was served, or a decision made elsewhere "
    "(give the SHA-256 of its file).",
)
credit_criterion_id = Word("列入情形", "Ground")
credit_venue_id = Word("列入的场所", "Venue of the entry")
credit_party = Word("当事人", "Party")
credit_is_person = Word("当事人是自然人还是单位", "Whether the party is a person")
credit_a_person = Word("自然人（公布时隐去名字）", "A natural person (masked in public)")
credit_a_unit = Word("单位", "A unit")
credit_responsible = Word("责任人员", "Persons responsible")
credit_responsible_hint = Word(
    "列入单位名单的，标明法定代表人、主要负责人或直接责任人（社会信用条例第三十三条）；不公布。",
    "Where a unit is listed: legal representative, principal or others (art. 33); not published.",
)
credit_position = Word("职责", "Position")
credit_name = Word("责任人员姓名", "Name of the person responsible")
credit_act = Word("认定的违法行为", "What the decision found")
credit_decision_no = Word("决定文号", "Decision")
credit_decision_on = Word("决定日期", "Decided on")
credit_case_id = Word("本单位案件", "Case of the agency")
credit_no_case = Word("其他机关的决定", "Decided elsewhere")
credit_decision_sha256 = Word("决定文件的 SHA-256", "SHA-256 of the decision’s file")
credit_statement_until = Word("陈述、申辩截止", "Statement until")
credit_listed_on = Word("列入日期", "Listed on")
credit_until_on = Word("有效期至", "Until")
credit_no_period = Word("条文没有写期限", "The text names no period")
credit_removed_on = Word("移出日期", "Removed on")
credit_deleted_by_on = Word("其他平台删除的最后一天", "Last day for others to delete it")
credit_published = Word("已公布", "Published")
credit_unpublished = Word("未公布", "Not published")
credit_publication = Word("公布情况", "Publication")
credit_exit = Word("移出条件", "How it ends")
credit_remedy = Word("救济途径", "Remedy")
credit_measures = Word("后果", "What follows")
credit_measures_said = Word(
    "只适用已经公布的惩戒措施（社会信用条例第三十二条）。",
    "Only measures that were published apply (Shanghai credit regulations art. 32).",
)
credit_next = Word("办理下一步", "What can be done next")
credit_nothing_next = Word("没有可以办理的步骤。", "Nothing more can be done.")
credit_steps = Word("办理经过", "What was done")
credit_deed = Word("步骤", "Step")
credit_by = Word("办理人", "By")
credit_made_at = Word("办理时间", "Done")
credit_paper = Word("材料名称和编号", "Document")
credit_dated_on = Word("材料日期", "Day of the document")
credit_reason = Word("办理理由", "Reason for it")
credit_because = Word("不能办理", "Why not")
credit_done = Word("已办理。", "Done.")
credit_basis = Word("依据文件", "Document it rests on")
credit_criteria = Word("列入情形和确认", "Grounds and their confirmation")
credit_criteria_advice = Word(
    "没有见到原文的情形，以及条文没有写期限的名单，须由法制审核人员按文件确认后才能使用。",
    "Grounds whose text nobody has read, and lists without a period in the text, are used only after a legal "
    "reviewer confirmed them by a document.",
)
credit_off = Word("已关闭", "Switched off")
credit_usable = Word("可以使用", "May be used")
credit_unconfirmed = Word("未确认", "Not confirmed")
credit_confirmed = Word("已确认", "Confirmed")
credit_confirm = Word("确认一个情形", "Confirm a ground")
credit_document = Word("文件名称、文号和条款", "Document, number and article")
credit_statement_days = Word("陈述、申辩期限（自然日）", "Days for a statement (natural days)")
credit_months = Word("有效期（月）", "Period (months)")
credit_repair_after_months = Word("满多少个月可以修复", "Repair after months")
credit_repair_hint = Word("留空：文件没有规定提前修复。", "Blank: the document knows no early repair.")
credit_confidence = Word("条文来源", "How sure")
credit_public = Word("信用公示", "Published credit entries")
credit_public_advice = Word(
    "娱乐场所违法行为警示记录和严重失信名单中已公布、仍有效的记录；自然人隐去名字。",
    "Published entries in force of the warning record of entertainment venues and of the serious list; "
    "natural persons are masked.",
)
credit_public_none = Word("现在没有公布的记录。", "Nothing is published now.")
credit_listing_agency = Word("列入机关", "Listed by")
credit_venue = Word("场所名称", "Name of the venue")
credit_at_venue = Word("警示记录和失信名单", "Warning record and serious list")
credit_at_venue_none = Word("没有有效的记录。", "No entry in force.")
credit_more_checks = Word(
    "这个场所在名册里：可以加大检查力度（娱乐场所管理条例第三十四条，社会信用条例第三十条）。",
    "This venue is in a register: it may be inspected more (entertainment regulations art. 34, credit "
    "regulations art. 30).",
)

REGISTERS = {
    "warning": Word("娱乐场所警示记录", "Warning record"),
    "serious": Word("严重失信名单", "Serious-violation list"),
    "pilot": Word("区级黑名单试点", "Pilot of the district"),
}
STATES = {
    "proposed": Word("拟列入", "Proposed"),
    "noticed": Word("已告知当事人", "Party told"),
    "listed": Word("已列入", "Listed"),
    "rejected": Word("不予列入", "Not listed"),
    "removed": Word("已移出", "Removed"),
}
DEEDS = {
    "propose": Word("提出列入", "Proposed"),
    "notify": Word("告知当事人", "Tell the party"),
    "hear": Word("记下陈述、申辩", "Note the statement"),
    "list": Word("决定列入", "List"),
    "reject": Word("决定不列入", "Do not list"),
    "publish": Word("公布", "Publish"),
    "withdraw": Word("撤下公布", "Withdraw from the public"),
    "ask_repair": Word("登记修复申请", "Note an application for repair"),
    "repair": Word("信用修复，移出", "Remove after repair"),
    "annul": Word("原决定被撤销，移出", "Remove: decision annulled"),
}
BECAUSE = {
    "not_from_here": Word("现在不能办这一步", "not from where it stands"),
    "not_yours": Word("由另一角色办理", "another role does it"),
    "own_proposal": Word("提出、申请的人不能决定", "who proposed or asked does not decide"),
    "own_case": Word("办理过案件的人不能决定", "who handled the case does not decide"),
    "no_decision": Word("原决定已变更、撤销或者撤回", "its decision was changed, annulled or withdrawn"),
    "not_confirmed": Word("列入情形还没有确认", "the ground is not confirmed"),
    "from_memory": Word(
        "这个情形的条文没有见到原文，不能确认、列入", "nobody has read the text of this ground"
    ),
    "switched_off": Word("这个情形已关闭", "the ground is switched off"),
    "statement_open": Word("陈述、申辩期未满", "the party may still make a statement"),
    "too_early": Word("还没有到可以修复的时间", "repair is not possible yet"),
    "no_repair": Word("没有提前修复的规定", "no early repair is known"),
    "repair_not_asked": Word("没有修复申请", "nobody applied for repair"),
    "is_over": Word("已经到期", "its period is over"),
    "paper_missing": Word("须填材料", "a document is needed"),
    "reason_missing": Word("须写理由", "a reason is needed"),
    "done_already": Word("已经办过", "was done already"),
}
POSITIONS = {
    "legal_representative": Word("法定代表人", "Legal representative"),
    "principal": Word("主要负责人", "Principal"),
    "direct": Word("直接责任人", "Directly responsible"),
}
