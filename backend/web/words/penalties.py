"""Words of proposals of penalties: what was found, candidates side by side, grounds, gaps, the decision."""

from backend.web.words.word import Word

penalty = Word("处罚建议和审定", "Penalty: proposal and decision")
penalty_of = Word("案件 {number} 的处罚建议", "Penalty in case {number}")
penalty_open = Word("查看依据、建议和审定", "Bases, proposal and decision")
penalty_advice = Word(
    "系统只列出依据和金额；办案人员提出建议，由不办理本案的法制审核人员审定，选择和理由都留存。",
    "Bases and amounts are laid side by side; an officer proposes, and a legal reviewer who is no officer "
    "of the case decides; choice and reason are kept.",
)
penalty_none = Word("还没有处罚建议。", "Nothing was proposed yet.")
penalty_waits = Word("等待审定", "Waits for the reviewer")
penalty_found = Word("查明的情况", "What was found")
penalty_found_hint = Word(
    "只勾选有证据证明的；用来列出依据，不会保存。",
    "Tick what can be proven; it serves to lay the bases out and is not kept.",
)
penalty_circumstances = Word("情节", "Circumstances")
penalty_is_person = Word("当事人是公民（自然人）", "The party is a natural person")
penalty_gains = Word("违法所得（元，没有填 0）", "Illegal gains (yuan; 0 for none)")
penalty_turnover = Word("经营额（元）", "Turnover (yuan)")
penalty_minor_months = Word("招用未成年人的人月数", "Months of work of minors, added up")
penalty_acts = Word("哪些是同一行为", "Which are one act")
penalty_acts_hint = Word(
    "同一行为违反几项规定的，填同一个数字；留空为各自独立的行为。",
    "The same number for what one act broke; blank: an act of its own.",
)
penalty_act_number = Word("违法行为 {number} 属于第几个行为", "Violation {number}: number of its act")
penalty_earlier = Word("此前违反《娱乐场所管理条例》受到的处罚", "Earlier penalties, same regulations")
penalty_earlier_hint = Word(
    "本单位在系统里的自动列入；别的单位的在这里补充。",
    "Those of your agency are taken in by themselves; add those of others.",
)
penalty_earlier_on = Word("第 {number} 次，决定日期", "Number {number}: day of the decision")
penalty_earlier_kind = Word("第 {number} 次，处罚", "Number {number}: penalty")
penalty_earlier_no = Word("第 {number} 次，决定书文号", "Number {number}: number of the decision")
penalty_lay = Word("列出依据", "Lay the bases out")
penalty_refused_order = Word(
    "复查未改正（{day}）：可能属于“拒不改正”。",
    "Not corrected when looked at again ({day}): a refusal?",
)
penalty_candidates = Word("依据候选", "Candidate bases")
penalty_candidates_none = Word("没有可以列出的依据。", "There is no basis to lay out.")
penalty_basis = Word("依据", "Basis")
penalty_decided_by = Word("决定机关：{who}", "Decided by: {who}")
penalty_tier = Word("档次和处理内容", "Tier and measures")
penalty_fine = Word("罚款幅度（元）", "Fine (yuan)")
penalty_fine_must = Word("必须罚款", "A fine must be")
penalty_fine_may = Word("可以罚款", "A fine may be")
penalty_fine_none = Word("没有罚款", "No fine")
penalty_kind_must = Word("{kind}（必须）", "{kind} (must be)")
penalty_kind_one_of = Word("{kind}（必须，择一）", "{kind} (one of these must be)")
penalty_between = Word("{low} 至 {high}", "{low} to {high}")
penalty_leads = Word("罚款数额高，适用", "The higher fine: applies")
penalty_both = Word("上限高的对有下限的，由法制审核人员选定", "Ceiling against floor: the reviewer chooses")
penalty_lower = Word("罚款数额低，不适用", "The lower fine: does not apply")
penalty_choose = Word("选用", "Choose")
penalty_take = Word("选用 {basis}", "Choose {basis}")
penalty_yuan = Word("罚款（元）", "Fine (yuan)")
penalty_grounds = Word("不予、从轻、减轻的情形", "Grounds for no or a lighter penalty")
penalty_ground_what = Word("情形", "Ground")
penalty_effect = Word("后果", "What follows")
penalty_met = Word("是否具备", "Met or not")
penalty_is_met = Word("按查明的情况具备", "Met by what was found")
penalty_missing = Word("还须证明：{what}", "Still to be proven: {what}")
penalty_gaps = Word("法律没有规定的", "What the law does not say")
penalty_gap_what = Word("缺口", "Gap")
penalty_violation = Word("违法行为", "Violation")
penalty_escalation = Word("多次受罚", "Punished before")
penalty_escalation_doubt = Word(
    "是否在两年以内取决于边界日，须人工判断。",
    "It hangs on a day at the border: a human decides.",
)
penalty_escalation_counted = Word("计入：{what}", "Counted: {what}")
penalty_suggest = Word("提出建议", "Propose")
penalty_suggest_advice = Word(
    "在上表勾选依据，填写金额和种类；新的建议取代以前的建议。",
    "Choose bases above, with amounts and kinds; a new proposal takes the place of an earlier one.",
)
penalty_decide = Word("审定", "Decide")
penalty_decide_advice = Word(
    "可以与建议不同；审定后不能修改，只能由新的建议取代。",
    "It may differ from what is proposed; once decided it stays, until a new proposal.",
)
penalty_outcome = Word("结论", "Outcome")
penalty_suggested = Word("建议", "Suggested")
penalty_ground = Word("不予处罚或者减轻的情形", "Ground for no or a mitigated penalty")
penalty_reason = Word("理由", "Reason")
penalty_history = Word("建议和审定的经过", "Proposals and decisions")
penalty_by_at = Word("{who}，{at}", "{who}, {at}")
penalty_saved = Word("已保存。", "It was saved.")
penalty_version = Word("案件版本", "Version of the case")
penalty_item = Word("{basis}：{what}", "{basis}: {what}")
penalty_item_fine = Word("罚款 {yuan} 元", "a fine of {yuan} yuan")
penalty_in_time = Word("时效：{said}", "Limitation: {said}")

CIRCUMSTANCES = {
    "not_established": Word("违法事实不能成立", "The breach is not established"),
    "minor": Word("违法行为轻微", "The breach is minor"),
    "corrected": Word("及时改正", "Corrected in time"),
    "no_harm": Word("没有造成危害后果", "No harm"),
    "slight_harm": Word("危害后果轻微", "Slight harm"),
    "first_time": Word("初次违法", "The first time"),
    "no_fault": Word("当事人有证据足以证明没有主观过错", "The party's evidence shows no fault"),
    "fault_irrelevant": Word("法律、行政法规规定不以过错为要件", "Another law punishes without fault"),
    "unable": Word(
        "精神病人、智力残疾人不能辨认或者控制自己的行为",
        "Mentally ill or intellectually disabled, unable to understand or control the act",
    ),
    "partly_able": Word(
        "精神病人、智力残疾人没有完全丧失辨认或者控制能力",
        "Mentally ill or intellectually disabled, partly able to understand or control the act",
    ),
    "under_14": Word("行为人不满十四周岁", "Whoever did it is under fourteen"),
    "from_14": Word("行为人满十四周岁、不满十八周岁", "Whoever did it is fourteen to seventeen"),
    "removed_harm": Word("主动消除或者减轻危害后果", "Harm removed or lessened unasked"),
    "coerced": Word("受胁迫或者诱骗", "Coerced or tricked"),
    "admitted": Word("主动供述没有掌握的违法行为", "Admitted what was not known"),
    "merit": Word("配合查处有立功表现", "Merit in helping the authority"),
    "other_law": Word("其他法律、法规、规章规定应当从轻、减轻", "Other rules ask for less"),
    "refund_due": Word("违法所得依法应当全部退赔", "All gains are to be paid back"),
    "light": Word("情节较轻（法律另有较轻档次的）", "Light, where a law has a lighter tier"),
    "refused": Word("拒不改正", "Refused to correct"),
    "grave_circumstances": Word("情节严重", "Serious circumstances"),
    "grave_consequence": Word("造成严重后果", "Grave consequence"),
}
GROUNDS = {
    "not_established": Word("违法事实不能成立", "The breach is not established"),
    "out_of_time": Word("超过处罚时效", "Found too late"),
    "under_14": Word("不满十四周岁", "Under fourteen"),
    "unable": Word("不能辨认或者控制自己的行为", "Unable to understand or control the act"),
    "partly_able": Word("没有完全丧失辨认或者控制能力", "Partly able to understand or control the act"),
    "minor": Word("轻微、及时改正、没有危害后果", "Minor, corrected in time, no harm"),
    "no_fault": Word("没有主观过错", "No fault"),
    "first_time": Word("初次违法、后果轻微、及时改正", "First time, slight harm, corrected in time"),
    "from_14": Word("十四至十八周岁", "Fourteen to seventeen"),
    "removed_harm": Word("主动消除、减轻后果", "Harm removed or lessened"),
    "coerced": Word("受胁迫、诱骗", "Coerced or tricked"),
    "admitted": Word("主动供述", "Admitted unasked"),
    "merit": Word("立功", "Merit"),
    "other_law": Word("其他规定", "Other rules"),
}
EFFECTS = {
    "none": Word("不予处罚", "No penalty"),
    "may_be_none": Word("可以不予处罚", "Perhaps no penalty"),
    "lighter": Word("应当从轻或者减轻", "Lighter or mitigated"),
    "may_be_lighter": Word("可以从轻或者减轻", "Perhaps lighter or mitigated"),
}
AGGRAVATIONS = {
    "refused": Word("拒不改正", "refusal to correct"),
    "circumstances": Word("情节严重", "serious circumstances"),
    "consequence": Word("后果严重", "grave consequence"),
}
KINDS = {
    "warning": Word("警告", "Warning"),
    "confiscation": Word("没收违法所得、非法财物", "Confiscation"),
    "closure": Word("停业整顿", "Closure"),
    "revocation": Word("吊销许可证件", "Revocation"),
    "bar": Word("限制从业", "Bar from the trade"),
    "detention": Word("拘留", "Detention"),
}
OUTCOMES = {
    "penalty": Word("给予处罚", "A penalty"),
    "no_penalty": Word("不予处罚", "No penalty"),
}
BARS = {
    "unverified": Word("原文未核对，不能选用", "From memory only, not verified: it cannot be chosen"),
    "not_in_force": Word("行为当日没有施行", "Not in force on the day"),
    "no_amount": Word("手头的文本没有规定处罚", "No text in hand says what may be imposed"),
    "nothing_to_impose": Word("不是本机关作出的行政处罚", "No penalty that the agency imposes"),
    "unsaid": Word("先填写违法所得、经营额或者人月数", "Say gains, turnover or months first"),
    "out_of_time": Word("超过治安案件的时效", "Too late for public security"),
    "not_competent": Word("本机关无权作出", "For another authority to impose"),
}
GAPS = {
    "no_basis": Word("手头的文本没有处罚依据", "No basis in any text in hand"),
    "no_amount": Word("有关规定没有罚款数额（{basis}）", "The rule names no amount ({basis})"),
    "local": Word(
        "《上海市未成年人保护条例》对经营者没有自己的罚款（第八十四条）；它在国家法律之外的要求不能单独罚款",
        "Shanghai's regulations hold no fine for businesses (art. 84): what they ask beyond the law is not "
        "fined by itself",
    ),
}
EARLIER = {
    "warning_or_fine": Word("警告或者罚款", "Warning or fine"),
    "closure": Word("停业整顿", "Closure"),
}
LEVELS = {
    "closure": Word(
        "2 年内受到 3 次警告或者罚款，又有应罚行为：停业整顿 3 至 6 个月",
        "Three warnings or fines in two years and a new breach: closed for three to six months",
    ),
    "revocation": Word(
        "2 年内停业整顿 2 次，又有应罚行为：吊销许可证",
        "Two closures in two years and a new breach: the licence is revoked",
    ),
}
WRONG = {
    "nothing_chosen": Word("没有选用依据，或者既没有罚款也没有处罚种类", "nothing was chosen"),
    "not_a_candidate": Word("不是列出的依据", "it is none of the candidates"),
    "barred": Word("这一依据不能选用", "this basis cannot be chosen"),
    "out_of_range": Word(
        "金额不在幅度内；低于下限须选定减轻的情形",
        "the amount lies outside its range; below the least a ground is needed",
    ),
    "fine_needed": Word("这一依据必须罚款", "a fine must be under this basis"),
    "no_fine_here": Word("这一依据没有罚款", "this basis has no fine"),
    "not_among_measures": Word("这一依据没有所选的处罚种类", "this basis does not have that kind of penalty"),
    "measure_needed": Word(
        "这一依据必须给予的处罚种类没有选", "a kind of penalty that must be under this basis is missing"
    ),
    "one_measure_needed": Word(
        "停业整顿、吊销等必须选一种，只能选一种",
        "closure, revocation or the like: exactly one must be chosen",
    ),
    "confiscation_needed": Word(
        "有违法所得，除依法退赔的外应当没收", "there are gains: they are confiscated unless to be paid back"
    ),
    "fined_twice": Word("同一行为不得罚款两次", "one act is not fined twice"),
    "lower_rule": Word("另一条的罚款数额更高", "another rule has the higher fine"),
    "amount_unsaid": Word(
        "同一行为另一依据的罚款按违法所得、经营额或者人月数计算，请先填写",
        "another fine of the same act is measured by gains, turnover or months: say them first",
    ),
    "not_a_ground": Word("情形不具备，或者与结论不符", "the ground is not met, or leads to something else"),
    "ground_needed": Word(
        "具备应当从轻或者减轻的情形，须选定", "a ground is met on which it shall be lighter: name it"
    ),
    "not_lighter": Word("从轻或者减轻的不能按上限罚款", "a lighter penalty is not the most of the range"),
    "must_not_be_punished": Word("依法应当不予处罚", "the law spares the party"),
    "not_yours": Word("不由您办理", "it is not yours to do"),
    "officer_of_the_case": Word("办案人员不得审定", "who investigates does not decide"),
    "used_up": Word("已经审定，或者已有新的建议", "it was decided already, or a later proposal is there"),
    "not_from_here": Word("现在的办理状态不能提出或者审定", "it cannot be done where the case stands"),
}
