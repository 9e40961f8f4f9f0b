"""Short codes of the data in words: ways of measuring, flags, doubts, reasons. Each table by its name."""

from backend.web.words import (
    agencies,
    cases,
    credit,
    documents,
    issued,
    papers,
    penalties,
    rescue_codes,
    sharing,
    staff_queries,
    transfers,
)
from backend.web.words.indicators import URGING_STATES
from backend.web.words.mandatory import AGE_BANDS, HANDED_HOW, SITUATIONS, WHEREABOUTS
from backend.web.words.maps import ALERT_ROWS, MAP_STATUS
from backend.web.words.portal import CRS
from backend.web.words.proposals import (
    PROPOSAL_FIELDS,
    PROPOSAL_OUTCOMES,
    PROPOSAL_PICKS,
    PROPOSAL_STATES,
)
from backend.web.words.retention import (
    BASIS_KINDS,
    CONSENT_FORMS,
    COUNTED_FROM,
    GIVEN_BY,
    HOLD_REASONS,
    ITEM_KINDS,
    LIFT_REASONS,
)
from backend.web.words.sweeps import SWEEP_PROPOSALS, SWEEP_STATES
from backend.web.words.tasks import (
    CODE_STATES,
    PRIORITIES,
    ROUTES,
    TABLE_FAULTS,
    TASK_KINDS,
    TASK_STATES,
    TASK_TRIGGERS,
)
from backend.web.words.tips import TIP_DEEDS, TIP_NATURES, TIP_SOURCES, TIP_STATES
from backend.web.words.trends import AGAINST, PARTED, STEPS
from backend.web.words.word import Word
from backend.web.words.work_orders import (
    WORK_ORDER_FIELDS,
    WORK_ORDER_NATURES,
    WORK_ORDER_STATES,
    WORK_ORDER_UNMAPPED,
)

METHODS = {
    "boundary_straight_line": Word("自校园边界的直线", "Straight line from the boundary"),
    "gate_straight_line": Word("自校门的直线", "Straight line from a gate"),
    "point_straight_line": Word("自校园内一点的直线", "Straight line from a point of the campus"),
    "gate_to_door_walking": Word("校门至场所门口的步行路线", "On foot from gate to door"),
    "any_door_to_any_door_walking": Word("任一门至任一门的步行路线", "On foot from any door to any door"),
    "gate_centre_to_door_centre_walking": Word(
        "校门中点至场所门中点的步行路线", "On foot from gate centre to door centre"
    ),
    "unspecified": Word("没有规定", "Not laid down"),
}

CAME_FIRST = {
    "venue_first": Word("场所在先", "The venue"),
    "site_first": Word("学校在先", "The school"),
    "same_day": Word("同一天", "The same day"),
    "unknown": Word("日期不全", "Dates missing"),
}

CAPTURES = {
    "import": Word("导入", "Import"),
    "survey": Word("测绘", "Survey"),
    "device": Word("设备定位", "Device"),
    "map": Word("图上标绘", "Map"),
}

ANSWERS = {
    "compliant": Word("符合", "Compliant"),
    "breach": Word("不符合", "Breach"),
    "not_applicable": Word("不适用", "Not applicable"),
    "not_checked": Word("未查", "Not checked"),
    "other": Word("其他", "Other"),
}

ID_METHODS = {
    "on_site": Word("现场核对", "On-site check"),
    "register": Word("查登记台账", "Review of the register"),
    "cctv": Word("监控回看", "Review of CCTV"),
    "covert": Word("暗访", "Covert check by an adult"),
    "other": Word("其他", "Other"),
}

MEASURES = {
    "none": Word("无", "None"),
    "oral_reminder": Word("口头提醒", "Oral reminder"),
    "order": Word("责令（限期）改正", "Order to correct"),
    "preservation": Word("先行登记保存", "Registered preservation"),
    "transfer": Word("移送线索", "Transfer of the lead"),
    "propose_case": Word("立案建议", "Proposal to open a case"),
    "other": Word("其他", "Other"),
}

STANDINGS = {
    "found": Word("检查发现", "Found"),
    "review": Word("须人工判断", "For a human to decide"),
}

REASONS = {
    "id_check:confirmed_minors": Word("身份核验：确认有未成年人", "ID check: minors confirmed"),
    "id_check:apparent_minors": Word("身份核验：疑似有未成年人", "ID check: apparent minors"),
    "id_check:eighteen_today": Word("身份核验：有人当日满 18 周岁", "ID check: an eighteenth birthday"),
    "id_check:not_verified": Word("身份核验：有人未核验身份", "ID check: people not verified"),
    "id_check:mismatched": Word("身份核验：有人证不符", "ID check: people and papers differ"),
    "id_check:apparent_minor_not_verified": Word(
        "身份核验：疑似未成年人没有被查证", "ID check: an apparent minor was not verified"
    ),
    "id_check:minor_not_verified": Word(
        "身份核验：确认的未成年人没有被查证", "ID check: a confirmed minor was not verified"
    ),
    "id_check:minor_perhaps_not_verified": Word(
        "身份核验：未核验的人里可能有未成年人", "ID check: a minor may be among those not verified"
    ),
    "devices:used_by_minors": Word("电子游戏设备由未成年人使用", "Minors used game devices"),
    "stays:contact_missing": Word("抽查入住：没有监护人联系方式", "Stays: the guardian's contact is missing"),
    "stays:relationship_missing": Word(
        "抽查入住：没有同住人员关系", "Stays: the relation of co-guests is missing"
    ),
    "stays:not_registered": Word("抽查入住：没有登记", "Stays: not registered"),
    "rooms:beds_over_six": Word("电竞房：床位超过六张", "E-sports room: more than six beds"),
    "rooms:more_computers_than_beds": Word("电竞房：电脑多于床位", "E-sports room: more computers than beds"),
    "rooms:more_guests_than_beds": Word("电竞房：住客多于床位", "E-sports room: more guests than beds"),
    "consents:consent_missing": Word("抽查病历：未见监护人同意", "Files: no guardian's consent was seen"),
    "consents:written_missing": Word(
        "抽查病历：手术未见书面同意", "Files: no written consent to surgery was seen"
    ),
    "scripts:not_filed": Word("抽查剧本：没有备案", "Scripts: not filed"),
    "scripts:without_ages": Word("抽查剧本：没有标明适龄范围", "Scripts: no ages marked"),
}

OUTCOMES = {
    "violation": Word("违法", "Violation"),
    "no_violation": Word("不违法", "No violation"),
    "review": Word("须人工判断", "For a human to decide"),
}

DOUBTS = {
    "age_not_confirmed": Word("年龄尚未确认", "The age was not confirmed"),
    "eighteenth_birthday": Word(
        "当日满 18 周岁是否算未成年人，法律没有写明",
        "No text says whether the eighteenth birthday itself counts",
    ),
    "mismatch": Word("人证不符的情况须查明", "Why people and papers differ must be found out"),
    "covert_without_approval": Word("暗访没有批准文号", "The covert check names no approval"),
    "not_judged": Word("规则库里没有对这一情况的判断规则", "The rulebook holds no row of judgement for it"),
    "no_clause": Word("义务当日没有可适用的条款", "No clause of the duty applied that day"),
    "no_duty": Word("这一事项没有对应规则库中的义务", "The item serves no duty of the rulebook"),
    "duty_not_in_force": Word("义务当日尚未施行或已失效", "The duty was not in force that day"),
    "kind_of_day": Word("是否属于节假日须人工判断", "What kind of day it was must be decided"),
    "duty_to_confirm": Word(
        "义务是否适用于这一业态，须主管部门确认", "Whether the duty binds this activity is not confirmed"
    ),
    "text_never_read": Word("条文原文未核对", "The text was never read"),
    "wording_not_proven": Word("当日条文原文未核实", "The wording of that day is not proven"),
    "distance_not_set": Word("距离尚未确定", "No distance is set"),
    "way_of_measuring_not_settled": Word("量法没有规定", "The way of measuring is not laid down"),
    "not_measured_on_site": Word("没有现场测量", "It was not measured on site"),
    "measured_another_way": Word(
        "现场测量的量法与规定不同", "It was measured another way than the rule says"
    ),
    "measured_at_or_beyond_the_limit": Word(
        "测得距离等于或大于限值", "The measured distance is at or beyond the limit"
    ),
}

FLAGS = {
    "no_second_officer": Word("没有第二名执法人员", "No second officer"),
    "same_officer_twice": Word("两名执法人员证号相同", "The same officer twice"),
    "certificate_missing": Word("缺执法证号", "A certificate number is missing"),
    "certificate_expired": Word("执法证已过期", "A certificate has expired"),
    "certificate_undated": Word("执法证有效期不明", "A certificate has no date"),
    "sender_not_among_officers": Word("发送人不在执法人员之列", "The sender is none of the officers"),
    "credentials_not_shown": Word("未出示执法证件", "Credentials were not shown"),
    "no_check_code": Word("没有检查码", "No check code"),
    "check_code_unknown": Word("检查码未登记", "The check code was never entered"),
    "check_code_not_valid": Word("检查码无效", "The check code was not good for this visit"),
    "task_ambiguous": Word("任务待确认", "Several tasks fit"),
    "covert_without_approval": Word("暗访没有批准文号", "Covert check without approval"),
    "venue_unknown": Word("场所不在名录中", "The venue is not in the register"),
    "activity_not_registered": Word("名录中没有这一业态", "The register has no such activity there"),
    "outside_area": Word("不在发送人的辖区", "Outside the sender's areas"),
    "outside_agency": Word("不属发送单位监管", "Not supervised by the sender's agency"),
    "no_position": Word("没有定位", "No position"),
    "far_from_venue": Word("定位离场所太远", "Filled in far from the venue"),
    "same_day": Word("同日重复检查", "Inspected twice that day"),
    "too_fast": Word("填写过快", "Filled in too fast"),
    "answers_all_alike": Word("全部答案相同", "All answers alike"),
    "answers_as_before": Word("与此前多次检查答案完全相同", "The same answers as in several visits before"),
    "two_places": Word("同一时间在两处检查", "In two places at once"),
    "too_far_too_soon": Word("两次检查间移动过快", "Too far away too soon"),
    "reused_picture": Word("照片与以前的检查相似", "Photos that look like earlier ones"),
    "correction_to_confirm": Word(
        "更正了同事的记录，待确认", "Corrects a colleague's record: to be confirmed"
    ),
    "clock_skew": Word("平板时钟不准", "The tablet's clock was wrong"),
    "sent_late": Word("发送过晚", "Sent late"),
    "no_device_time": Word("没有设备时间", "No device time"),
    "missing_file": Word("附件未到", "Files are missing"),
    "unnamed_file": Word("多出未列明的附件", "Files that the form does not name"),
    "hash_mismatch": Word("照片与拍摄时不一致", "Photos differ from those captured"),
    "signature_invalid": Word("平板签名不成立", "The tablet's signature does not hold"),
    "signature_absent": Word("没有平板签名", "Not signed by the tablet"),
    "personal_number_masked": Word("文字中的号码已遮蔽", "Personal numbers were masked"),
    "unreadable_answer": Word("有答案无法读取", "Answers that cannot be read"),
}

DAY_STATES = {
    "complete": Word("完整", "Complete"),
    "incomplete": Word("不完整", "Incomplete"),
    "flagged": Word("有提示", "Flagged"),
}

EVIDENCE_KINDS = {
    "photo": Word("照片", "Photo"),
    "signature": Word("签名", "Signature"),
    "sketch": Word("测量示意图", "Sketch"),
    "other": Word("其他文件", "Other file"),
}

UNFILED = {
    "form_unknown": Word("不认识这个版本的检查表", "This version of the checklist is not known here"),
    "unreadable": Word("检查表内容无法读取", "The checklist cannot be read"),
    "cannot_be_opened": Word("密钥无法打开", "Its key does not open it"),
    "content_destroyed": Word("保存期满，密钥已销毁", "Its retention ended and its key was destroyed"),
    "internal_error": Word("系统内部错误", "An error of ours"),
}

UNFILED_TO_DO = {
    "form_unknown": Word(
        "请系统管理员运行 humiao forms build，然后点“重新归档”。",
        "The system administrator runs humiao forms build; then file it again.",
    ),
    "unreadable": Word(
        "请与发送人核对平板上的检查表；修复程序后重新归档。",
        "Ask the sender about the tablet's checklist; file it again after a repair.",
    ),
    "cannot_be_opened": Word(
        "请系统管理员运行 humiao keys check，核对密钥是否齐全。",
        "The system administrator runs humiao keys check.",
    ),
    "content_destroyed": Word("无需处理。", "Nothing to do."),
    "internal_error": Word(
        "请把详情告诉系统管理员；修复程序后重新归档。",
        "Tell the system administrator the details; file it again after a repair.",
    ),
}

TIERS = {
    "ordinary": Word("一般", "Ordinary"),
    "lighter": Word("较轻", "Lighter"),
    "serious": Word("情节严重或拒不改正", "Serious or not corrected"),
}

FINES = {
    "yuan": Word("罚款 {amount} 元", "fine of {amount} yuan"),
    "times_gains": Word("罚款为违法所得的 {amount} 倍", "fine of {amount} times the gains"),
    "times_turnover": Word("罚款为违法经营额的 {amount} 倍", "fine of {amount} times the turnover"),
    "yuan_per_minor_month": Word(
        "每名未成年人每月罚款 {amount} 元", "fine of {amount} yuan for each minor and month"
    ),
}

# What a school is told (`screening.rules.SchoolStatus`): a screening is no finding, so nothing here accuses,
# and what is too near reads like everything else that has to be looked at again.
SCHOOL_STATUS = {
    "distance_kept": Word("距离符合规定", "Distance kept"),
    "to_be_measured": Word("距离待复核", "Distance under survey"),
    "not_set": Word("距离待主管部门确定", "Distance not set yet"),
    "being_handled": Word("主管部门正在处理", "Being handled"),
}

DEVICE_STATES = {
    "active": Word("在用", "In use"),
    "expired": Word("已到期", "Expired"),
    "revoked": Word("已注销", "Refused"),
}

DEVICE_REVOKED = {
    "lost": Word("原因：遗失。", "Because it is lost."),
    "returned": Word("原因：已交回。", "Because it was returned."),
    "replaced": Word("原因：已更换。", "Because it was replaced."),
    "other": Word("原因：其他。", "For another reason."),
}

TABLES = {
    "map_status": MAP_STATUS, "alert_row": ALERT_ROWS,
    "trend_step": STEPS, "trend_by": PARTED, "trend_against": AGAINST,
    "method": METHODS, "came_first": CAME_FIRST, "capture": CAPTURES, "answer": ANSWERS,
    "id_method": ID_METHODS,
    "measure": MEASURES, "standing": STANDINGS, "reason": REASONS, "outcome": OUTCOMES,
    "doubt": DOUBTS, "flag": FLAGS, "evidence_kind": EVIDENCE_KINDS, "day_state": DAY_STATES,
    "unfiled": UNFILED, "unfiled_to_do": UNFILED_TO_DO, "tier": TIERS,
    "fine": FINES, "school_status": SCHOOL_STATUS, "crs": CRS, "device_state": DEVICE_STATES,
    "device_revoked": DEVICE_REVOKED,
    "task_kind": TASK_KINDS, "task_trigger": TASK_TRIGGERS, "task_state": TASK_STATES,
    "priority": PRIORITIES, "code_state": CODE_STATES, "route": ROUTES,
    "proposal_state": PROPOSAL_STATES, "proposal_outcome": PROPOSAL_OUTCOMES,
    "rescue_state": rescue_codes.STATES, "rescue_quarantine": rescue_codes.QUARANTINES,
    "rescue_kind": rescue_codes.KINDS, "rescue_outcome": rescue_codes.OUTCOMES,
    "rescue_reason": rescue_codes.REASONS,
    "proposal_field": PROPOSAL_FIELDS, "proposal_pick": PROPOSAL_PICKS,
    "hold_reason": HOLD_REASONS, "lift_reason": LIFT_REASONS, "counted_from": COUNTED_FROM,
    "item_kind": ITEM_KINDS, "basis_kind": BASIS_KINDS, "consent_form": CONSENT_FORMS,
    "urging_state": URGING_STATES,
    "sweep_state": SWEEP_STATES, "sweep_proposal": SWEEP_PROPOSALS,
    "given_by": GIVEN_BY, "tip_source": TIP_SOURCES, "tip_state": TIP_STATES,
    "situation": SITUATIONS, "age_band": AGE_BANDS, "whereabouts": WHEREABOUTS, "handed_on_how": HANDED_HOW,
    "work_order_state": WORK_ORDER_STATES, "work_order_field": WORK_ORDER_FIELDS,
    "work_order_unmapped": WORK_ORDER_UNMAPPED,
    "work_order_nature": WORK_ORDER_NATURES, "tip_nature": TIP_NATURES, "tip_deed": TIP_DEEDS,
    "document_kind": documents.KINDS, "handed_how": documents.HOW, "signed": documents.SIGNED,
    "penalty_circumstance": penalties.CIRCUMSTANCES, "penalty_ground": penalties.GROUNDS,
    "penalty_effect": penalties.EFFECTS, "penalty_why": penalties.AGGRAVATIONS,
    "penalty_kind": penalties.KINDS, "penalty_outcome": penalties.OUTCOMES, "penalty_bar": penalties.BARS,
    "penalty_gap": penalties.GAPS, "penalty_earlier": penalties.EARLIER, "penalty_level": penalties.LEVELS,
    "penalty_wrong": penalties.WRONG, "paper_because": papers.BECAUSE, "paper_columns": papers.COLUMNS,
    "case_standing": cases.STANDINGS, "case_because": cases.BECAUSE, "case_actor": cases.ACTORS,
    "case_unit": cases.UNITS, "case_pause": cases.PAUSES, "order_state": cases.ORDER_STATES,
    "order_entry": cases.ORDER_ENTRIES, "authority": cases.AUTHORITIES,
    "transfer_kind": transfers.KINDS, "lead_kind": transfers.LEAD_KINDS, "body": transfers.BODIES,
    "transfer_actor": transfers.ACTORS, "transfer_subject": transfers.SUBJECTS,
    "package_what": transfers.WHATS, "package_why": transfers.WHYS,
    "recommendation_sender": transfers.SENDERS, "recommendation_stage": transfers.STAGES,
    "recommendation_entry": transfers.ENTRIES,
    "number_state": documents.NUMBER_STATES, "voided": documents.VOIDED,
    "withdrawn_because": issued.BECAUSE, "to_call": agencies.TO_CALL,
    "contact_unit_standing": staff_queries.STANDINGS, "staff_query_kind": staff_queries.QUERY_KINDS,
    "staff_query_asked_of": staff_queries.ASKED_OF, "staff_query_asked_by": staff_queries.ASKED_BY,
    "staff_query_result": staff_queries.RESULTS,
    "credit_register": credit.REGISTERS, "credit_state": credit.STATES, "credit_deed": credit.DEEDS,
    "credit_because": credit.BECAUSE, "credit_position": credit.POSITIONS,
    "sharing_receiver": sharing.RECEIVERS, "sharing_channel": sharing.CHANNELS,
    "sharing_standing": sharing.STANDINGS, "sharing_deed": sharing.DEEDS, "sharing_because": sharing.BECAUSE,
    "sharing_delivery": sharing.DELIVERIES, "sharing_outcome": sharing.OUTCOMES,
    "sharing_reason": sharing.REASONS, "sharing_reply": sharing.REPLY_COLUMNS,
    "sharing_handled": sharing.HANDLED, "sharing_table": TABLE_FAULTS | sharing.TABLE_FAULTS,
}  # fmt: skip
