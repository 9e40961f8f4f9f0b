"""Words of changes that officers propose, and of who decides them."""

from backend.web.words.word import Word

proposals = Word("变更建议", "Proposed changes")
proposal = Word("变更建议", "Proposed change")
proposal_of = Word("“{name}”的变更建议", "Proposed change of “{name}”")
proposals_advice = Word(
    "现场发现名录与实际不符时提出。无人改过的一般字段自动并入；位置、边界、校门、日期、业态和许可证由人审核。",
    "Made where the register differs from what is there. Plain fields that nobody else changed go in by "
    "themselves; position, outline, gates, dates, activities and licences are looked at by a person.",
)
proposals_none = Word("没有这样的变更建议。", "There are no such proposals.")
proposal_about = Word("对象", "About")
proposal_fields = Word("字段", "Fields")
proposal_by = Word("建议人", "Proposed by")
proposal_reason = Word("理由", "Reason")
proposal_noted = Word("现场时间", "Noted on site")
proposal_effective = Word("生效日期", "Holds from")
proposal_received = Word("收到时间", "Received")
proposal_seen = Word("建议人看到的", "As seen")
proposal_theirs = Word("登记现值", "Register now")
proposal_mine = Word("建议值", "Proposed")
proposal_outcome = Word("处理", "What becomes of it")
proposal_pick_advice = Word(
    "点选要写入名录的值，再更新名录。", "Tap the value that is to stand in the register, then write it."
)
proposal_picked = Word("选定", "Picked")
proposal_reason_advice = Word(
    "全部保留登记现值时必填，告知建议人。", "Needed where all of the register stays; shown to the officer."
)
proposal_not_seen = Word("不详", "Not known")
proposal_state = Word("状态", "State")
proposal_parallel = Word("并行更新：他人同时改了别的字段", "Parallel: others changed other fields meanwhile")
proposal_evidence = Word("佐证", "Evidence")
proposal_evidence_of = Word("检查记录中的附件 {number}", "File {number} of the inspection")
proposal_decided = Word("决定", "Decision")
proposal_decided_by = Word("{name}，{at}", "{name}, {at}")
proposal_decision_reason = Word("决定理由", "Why so decided")
proposal_decide = Word("按所选更新名录", "Write what is picked into the register")
proposal_own = Word(
    "您是建议人：位置、边界等须由他人决定。",
    "You proposed it: where something is, is decided by somebody else.",
)
proposal_refuse = Word("不采纳", "Refuse")
proposal_refuse_advice = Word(
    "名录保持现值，理由告知建议人。", "The register stays as it is; the reason is shown."
)
proposal_refuse_now = Word("不采纳", "Refuse it")
proposal_withdraw = Word("撤回建议", "Withdraw")
proposal_withdraw_advice = Word("未决定的字段不再处理。", "What waits is dropped.")
proposal_withdraw_now = Word("撤回", "Withdraw it")
proposal_sketch = Word("“{name}”变更前后位置示意图", "Sketch of “{name}” before and after")
proposal_sketch_advice = Word(
    "虚线为登记现值，实线为建议值，浅蓝为周边的学校、幼儿园。",
    "Dashed: the register now. Drawn through: as proposed. Light blue: schools and kindergartens around.",
)
proposal_before = Word("现", "now")
proposal_after = Word("拟", "new")
proposal_outline = Word("轮廓（{corners} 个角点）", "Outline of {corners} corners")
proposal_gates = Word("{count} 个校门", "{count} gates")
proposal_licence = Word(
    "{number}（{activity}，{issued} 至 {expires}）", "{number} ({activity}, {issued} to {expires})"
)

PROPOSAL_STATES = {
    "waiting": Word("待审", "Waiting"),
    "merged": Word("已并入", "Merged"),
    "accepted": Word("已采纳", "Accepted"),
    "refused": Word("不采纳", "Refused"),
    "withdrawn": Word("已撤回", "Withdrawn"),
}

PROPOSAL_OUTCOMES = {
    "untouched": Word("未改动", "Left as seen"),
    "settled": Word("与登记一致", "The register says the same"),
    "merged": Word("自动并入", "Went in by itself"),
    "review": Word("须审核", "To be looked at"),
    "conflict": Word("冲突", "Conflict"),
}

PROPOSAL_PICKS = {"mine": proposal_mine, "theirs": proposal_theirs}

PROPOSAL_FIELDS = {
    "name": Word("名称", "Name"),
    "address": Word("地址", "Address"),
    "operator_name": Word("经营者", "Operator"),
    "credit_code": Word("统一社会信用代码", "Credit code"),
    "place": Word("位置或边界", "Position or outline"),
    "gates": Word("校门", "Gates"),
    "activities": Word("业态", "Activities"),
    "licences": Word("许可证", "Licences"),
    "established_on": Word("成立日期", "Established"),
    "kind": Word("类别", "Kind"),
    "opened_on": Word("开办日期", "Opened"),
    "closed_on": Word("停办日期", "Closed"),
}
