"""Words of inspections, what they found, and submissions that wait for somebody."""

from backend.web.words.word import Word

menu_visits = Word("检查管理", "Inspections")
visits = Word("检查记录", "Inspections")
visits_empty = Word("这家场所还没有检查记录。", "This venue has not been inspected yet.")
visits_not_yours = Word(
    "检查情况由执法、督导、法制审核和协调人员查看。",
    "Inspections are shown to inspectors, supervisors, legal reviewers and coordinators.",
)
visits_today = Word("今日检查", "Today's inspections")
day_of = Word("{day} 的检查一览", "Inspections of {day}")
day_list = Word("检查一览", "Inspections of the day")
day_none = Word("这一天没有符合条件的检查。", "No inspection of that day matches.")
day_visits = Word("检查数", "Inspections")
day_modules = Word("检查模块", "Checklists")
day_waits = Word("还有检查表未归档", "A checklist is not filed yet")
day_counts = Word("汇总", "Counts")
day_by_activity = Word("按业态", "By activity")
day_by_agency = Word("按检查单位", "By agency")
visit_modules = Word("同一次检查的其他模块", "Other checklists of this visit")
visit = Word("检查", "Inspection")
visit_on = Word("{day} 的检查", "Inspection of {day}")
visit_day = Word("检查日期", "Day")
visit_no = Word("检查编号", "Number")
visit_time = Word("时间", "Time")
visit_received = Word("收到时间", "Received")
visit_filed = Word("归档时间", "Filed")
visit_by = Word("检查单位", "Agency")
visit_form = Word("检查表", "Checklist")
visit_items = Word("不符合项", "Breaches")
visit_violations = Word("违法行为", "Violations")
visit_flags = Word("提示", "Flags")
visit_photos = Word("照片等附件", "Photos and files")
visit_measures = Word("现场处理", "Done on site")
visit_venue_unknown = Word("名录外场所", "Not in the register")
visit_corrects = Word("更正", "Corrects")
visit_corrected = Word("已被更正", "Corrected by a later one")
corrections = Word("更正", "Corrections")
corrections_advice = Word(
    "更正是新的一份，原记录保留不变。书写的文字在各自的检查记录原文里。",
    "A correction is a new record; the old one stays as it is. What was typed stands in the record of each.",
)
correction_old = Word("原记录（{at} 收到）", "The record (received {at})")
correction_new = Word("更正后（{at} 收到）", "Its correction (received {at})")
correction_by = Word("更正人：{name}。", "Corrected by {name}.")
correction_confirmed_by = Word("确认人：{name}，{at}。", "Confirmed by {name}, {at}.")
correction_counts = Word("已生效", "Counts")
correction_waits = Word("未生效", "Does not count yet")
correction_differences = Word("更正内容 {number}", "What was corrected, {number}")
correction_what = Word("内容", "What")
correction_was = Word("原为", "Was")
correction_is = Word("改为", "Is")
correction_same = Word("检查结果没有变化。", "No answer differs.")
correction_confirm = Word("确认这份更正", "Let this correction count")
correction_confirm_advice = Word(
    "由同事更正的记录，经督导人员确认才生效；确认记入审计日志。",
    "A colleague's record counts as corrected once a supervisor says so; that is recorded.",
)
visit_modules_advice = Word(
    "一家场所有几种业态的，一次检查填几张检查表，编号相同。",
    "A venue with several activities is inspected with several checklists under one number.",
)
visit_module_clean = Word("这张检查表没有发现违法行为。", "This checklist shows no violation.")
visit_law = Word("适用规则", "Law applied")
visit_law_of = Word(
    "{day} 施行的规定，规则库第 {version} 版", "As in force on {day}, rulebook version {version}"
)
all_of_visit = Word("查看全部检查事项", "See every item")

findings = Word("检查发现", "Findings")
findings_none = Word("没有检查事项。", "No items.")
findings_all_well = Word("检查没有发现不符合项。", "No item was found in breach.")
finding_item = Word("检查事项", "Item")
finding_answer = Word("结果", "Answer")
finding_basis = Word("依据", "Basis")
finding_photos = Word("照片", "Photos")

id_checks = Word("身份核验抽查", "ID checks")
id_checks_none = Word("没有身份核验记录。", "No ID checks.")
id_checks_advice = Word("只记人数和年龄段，不记姓名。", "Counts and age bands only, never names.")
id_method = Word("核验方式", "Method")
people_checked = Word("抽查人数", "Checked")
not_verified = Word("未核验", "Not verified")
mismatched = Word("人证不符", "Mismatched")
apparent_minors = Word("疑似未成年人", "Apparent minors")
confirmed_minors = Word("确认未成年人", "Confirmed minors")
eighteen_today = Word("当日满 18 周岁", "Turned 18 that day")
age_bands = Word("{under_14} / {from_14} / {from_16}", "{under_14} / {from_14} / {from_16}.")
age_bands_of = Word("不满 14 周岁 / 14–15 周岁 / 16–17 周岁", "Under 14 / 14–15 / 16–17")

violations = Word("违法行为", "Violations")
violations_none = Word("检查没有发现违法行为。", "The inspections found no violation.")
violations_advice = Word(
    "处罚依据全部列出，系统不作选择；由法制审核人员在立案后决定。",
    "All candidate bases are listed and none is chosen; a legal reviewer decides once there is a case.",
)
violation_of_item = Word("不符合检查事项", "An item was not complied with")
violation_found = Word("发现于", "Found on")
clauses_broken = Word("违反条款", "Clauses broken")
clauses_none = Word("没有可以引用的条款。", "No clause can be cited.")
candidate_bases = Word("处罚依据候选（{count} 项，未选定）", "Candidate legal bases ({count}, none chosen)")
candidate_bases_none = Word(
    "规则库里没有处罚依据：由法制审核人员判断。", "The rulebook has no basis: a legal reviewer decides."
)
basis_decided_by = Word("决定机关", "Decided by")
basis_no_amount = Word("所持文本没有罚则", "No text in hand holds a sanction")
fine_between = Word("{low} 至 {high}", "{low} to {high}")
fine_up_to = Word("不超过 {high}", "up to {high}")
fine_may = Word("可以{fine}", "may be a {fine}")
fine_when = Word("{when}：{fine}", "{when}: {fine}")
rests_on = Word("认定来源", "Rests on")
reason_hung = Word(
    "标志登记：{sign}，{sign_place}，{sign_state}", "Sign register: {sign}, {sign_place}, {sign_state}"
)
judged = Word("逐项判断", "How each sign was judged")
judged_advice = Word(
    "按检查当天的规定和节假日判断；不构成违法的也写明理由，留存备查。",
    "By the law and the kind of day of the inspection; what is no violation is explained and kept as well.",
)
judged_none = Word("没有需要判断的迹象。", "Nothing spoke for a breach.")
judged_sign = Word("看到的情况", "What was seen")
judged_duty = Word("对应的义务", "Duty")
judged_outcome = Word("判断", "Outcome")
judged_because = Word("理由", "Why")
reason_item = Word("检查事项“{item}”：不符合", "Item “{item}”: in breach")
doubts = Word("须人工判断", "For a human to decide")
unproven_wording = Word("当日条文原文未核实，须人工核对", "The wording of that day is not proven: look it up")

visit_distances = Word("检查定位与保护对象的距离", "From the position of the inspection to sites")
visit_distances_advice = Word(
    "由平板定位推算，只供核查参考，不作为违法认定。",
    "Worked out from the tablet's position: for screening only, it proves no breach.",
)
flags = Word("提示", "Flags")
flags_none = Word("没有提示。", "No flags.")
flag_settled = Word("已解决", "Settled")
flag_counted = Word("{what}（{count}）", "{what} ({count})")

evidence = Word("照片、签名等附件", "Photos, signatures, files")
evidence_none = Word("没有附件。", "No files.")
evidence_kind = Word("种类", "Kind")
evidence_about = Word("关于", "About")
evidence_taken = Word("拍摄时间", "Taken")
evidence_arrived = Word("到达情况", "Arrived")
evidence_secrecy = Word("保密级别", "Secrecy")
evidence_sealed = Word("密封（可能有未成年人）", "Sealed (a minor may be in it)")
evidence_protected = Word("受保护", "Protected")
evidence_same = Word("已到，与拍摄时一致", "Here, as captured")
evidence_differs = Word("已到，与拍摄时不一致", "Here, not as captured")
evidence_here = Word("已到", "Here")
evidence_missing = Word("未到", "Missing")
open_evidence = Word("打开（留痕）", "Open (recorded)")

protected_record = Word("检查记录原文", "The record as filed")
protected_advice = Word(
    "含现场人员书写的文字、执法人员和当事人姓名。身份证号、手机号已遮蔽。每次打开都记入审计日志。",
    "Holds what was written on site, and names of officers and of the person in charge. Resident IDs and "
    "mobile numbers are masked. Every look is recorded in the audit trail.",
)
protected_open = Word("打开原文（留痕）", "Open the record (recorded)")
protected_opened = Word(
    "原文已打开，本次查看已记入审计日志。离开前请关闭页面。",
    "The record is open and this look was recorded. Close the page before you leave your desk.",
)
protected_empty = Word("没有书写内容。", "Nothing was written.")

problems = Word("接收问题", "Intake problems")
problems_advice = Word(
    "收到的每份检查表都已安全保存。下列各份需要有人处理。",
    "Every checklist that came in is kept safely. These need somebody's attention.",
)
unfiled = Word("暂不能归档", "Could not be filed")
unfiled_none = Word("没有不能归档的检查表。", "Nothing waits: everything that came in was filed.")
unfiled_reason = Word("原因", "Reason")
unfiled_who = Word("发送人", "Sent by")
unfiled_device = Word("平板 {number}", "Tablet {number}")
unfiled_to_do = Word("怎么办", "What to do")
unfiled_form = Word("检查表与版本", "Checklist and version")
unfiled_again = Word("重新归档", "File again")
unfiled_all_again = Word("本页全部重新归档", "File all of this page again")
unfiled_again_done = Word(
    "已重新归档 {filed} 份，仍不能归档 {left} 份。", "Filed {filed}; {left} still cannot be filed."
)
flagged_visits = Word("有提示的检查", "Flagged inspections")
flagged_none = Word("没有需要关注的检查。", "No inspection is flagged.")
flagged_open = Word("未解决的提示", "Open flags")

typed_reason = Word("检查缘由", "Why the visit was made")
typed_plan_number = Word("检查计划编码", "Plan number")
typed_trigger = Word("触发事由", "Trigger")
typed_lead_number = Word("线索编号", "Lead number")
typed_check_code = Word("检查码", "Check code")
typed_no_check_code_reason = Word("无检查码的理由", "Why there is no check code")
typed_officers = Word("执法人员", "Officers")
typed_officer = Word("{name}，执法证号 {certificate}", "{name}, certificate {certificate}")
typed_no_second_officer_reason = Word("只有一名执法人员的理由", "Why there was one officer only")
typed_body_camera = Word("执法记录仪编号", "Body camera")
typed_venue = Word("填写的场所", "The venue as filled in")
typed_no_position_reason = Word("未能定位的原因", "Why there is no position")
labelled = Word("{label}：{text}", "{label}: {text}")
typed_measurement = Word("现场测量", "Measured on site")
typed_measured = Word("{start} 至 {end}：{metres} 米", "{start} to {end}: {metres} m")
typed_notes = Word("检查事项说明", "Notes on items")
typed_id_checks = Word("身份核验说明", "Notes on ID checks")
typed_captions = Word("照片说明", "Captions")
typed_measures = Word("处理措施", "Measures")
typed_order_text = Word("责令改正的内容", "What was ordered")
typed_order_due_on = Word("改正期限", "Due")
typed_preserved_things = Word("先行登记保存的物品", "Things preserved")
typed_transfer_to = Word("线索移送的部门", "Transferred to")
typed_remarks = Word("其他情况", "Remarks")
typed_person = Word("现场负责人", "Person in charge")
typed_name = Word("姓名", "Name")
typed_position = Word("身份或职务", "Position")
typed_statement = Word("其陈述的意见", "Their statement")
typed_refusal_reason = Word("拒签或者不在场的情况", "Why nobody signed")
typed_witness_name = Word("见证人姓名", "Witness")
