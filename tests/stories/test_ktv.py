"""A singing hall breaks the regulations again and again: it is closed, put on record, and repaired."""

import pytest

from tests.stories.office import PARTY, Entry, Office, a_venue, problem

BREACHES = (  # day, what was seen, the basis of the warning on the spot
    ("2026-01-12", "hall_and_room_signs", "PEN-21"),
    ("2026-02-10", "staff_roster", "PEN-22"),
    ("2026-03-10", "opening_hours", "PEN-26"),
)
ADMITTED = {"id_checks": [{"minors_seen": "yes", "confirmed_14_15": "1"}]}
CLOSED = {"gains": "0", "more": {"PEN-24": "closure"}}
ACT = "两年内三次被警告后又接纳未成年人"
TERMS = {
    "criterion_id": "CRD-SH-2", "document": "示例区信用管理办法第十条", "statement_days": "5", "months": "12",
    "repair_after_months": "3",
}  # fmt: skip


@pytest.fixture
def bureau(app, clock):
    clock.to("2026-01-12", "09:00")
    return Office(app, clock, name="示例区文化和旅游局", authority="CULTURE", activities=["song_and_dance"])


@pytest.fixture
def hall(bureau):
    return a_venue(bureau.deployment, "song_and_dance", name="海风歌厅")


@pytest.fixture
def case(bureau, hall, clock):
    """Three warnings in two months; then on Monday 13 April a minor sings there."""
    for number, (day, item, basis) in enumerate(BREACHES):
        clock.to(day, "21:00")
        visit = bureau.visits(hall, "song_and_dance", answers={f"duties/{item}": "breach"})
        warned = bureau.opens_case(visit)
        is_warned(bureau, warned, basis)
        assert warned.laid["escalation"] is None, number  # the third warning alone closes nobody
    clock.to("2026-04-13", "21:00")
    return bureau.opens_case(bureau.visits(hall, "song_and_dance", **ADMITTED))


def is_warned(bureau, case, basis):
    assert case.proposes(bureau.officer, basis, "", "warning").status_code == 303
    said = {"heard": "无异议", "sue_at": "示例区人民法院", "reconsider_at": "示例区人民政府"}
    said |= {"showed": "true", "told": "true", "handed": "true"}
    decision = case.issues(bureau.officer, "summary_decision", **said)
    decision.says("警告。", "《娱乐场所管理条例》（2020-11-29修订）")
    case.makes(bureau.officer, "decide_on_the_spot", "summary_decided", decision=decision)
    case.makes(bureau.officer, "report_summary", "served", summary_papers="备案表")


def test_the_fourth_breach_closes_the_hall_and_puts_it_on_record_until_it_is_repaired(
    bureau, hall, case, clock
):
    enters_nobody_without_a_decision(bureau, hall, case)
    decision = is_closed_for_three_months(bureau, case, clock)
    is_on_the_warning_record(bureau, hall, case, decision, clock)
    entry = is_on_the_serious_list(bureau, hall, case, decision, clock)
    performs(bureau, case, clock)
    is_repaired(bureau, entry, clock)


def said_of(hall, case, criterion, number, day):
    return {
        "venue_id": hall, "criterion_id": criterion, "party": PARTY, "is_person": "false", "act": ACT,
        "decision_no": number, "decision_on": day, "case_id": case.number, "position": "principal",
        "name": "王伟",
    }  # fmt: skip


def enters_nobody_without_a_decision(bureau, hall, case):
    undecided = bureau.head.post("/credit/new", data=said_of(hall, case, "CRD-WARN", "示文1号", "2026-04-13"))
    assert (undecided.status_code, "决定" in problem(undecided)) == (409, True)
    assert "共 0 条" in bureau.app.test_client().get("/credit-public").text


def is_closed_for_three_months(bureau, case, clock):
    clock.to("2026-04-14")
    form = case.issues(bureau.officer, "filing_approval")
    case.makes(bureau.head, "file_case", "investigating", filing_form=form)
    case.makes(bureau.officer, "finish_investigation", "under_review", report="调查终结报告")
    case.makes(bureau.legal, "pass_review", "reviewed", opinion="意见书")
    shown = bureau.officer.post(f"{case.page}/penalty", data={"deed": "lay", "laid": "1", "gains": "0"}).text
    assert "两年内" in shown
    assert case.proposes(bureau.officer, "PEN-20", "10000", **CLOSED).status_code == 303
    assert case.laid["escalation"]["level"] == "closure"
    assert len(case.laid["escalation"]["counted"]) == 3
    assert case.rules(bureau.legal, "PEN-20", "10000", more=CLOSED["more"]).status_code == 303

    clock.to("2026-04-15")
    case.refuses(bureau.officer, "serve_notice", "须告知听证权", notice="告知书", receipt="回证")
    short = case.drafts(bureau.officer, "penalty_notice")
    assert "停业整顿的期限" in problem(short)
    notice = case.issues(bureau.officer, "penalty_notice", closed_for="三个月")
    notice.says("停业整顿三个月", "罚款人民币壹万元整（¥10,000.00）", "第五十三条第三款", "要求听证")
    receipt = case.issues(bureau.officer, "service_receipt", served=notice.id, way="直接送达", place="店内")
    case.makes(bureau.officer, "serve_notice_of_hearing", "noticed", notice=notice, receipt=receipt)
    assert case.due["hearing_request"] == "2026-04-22"

    clock.to("2026-04-23")
    case.refuses(bureau.officer, "request_hearing", "已经届满", request="申请")  # a day too late
    said = {"heard": "当事人没有提出陈述、申辩，没有要求听证", "bank": "示例银行", "sue_at": "示例区人民法院"}
    longer = case.drafts(bureau.head, "penalty_decision", closed_for="六个月", **said)
    assert (longer.status_code, "先重新告知" in problem(longer)) == (422, True)
    decision = case.issues(bureau.head, "penalty_decision", **said)
    decision.says(
        "停业整顿三个月", "罚款人民币壹万元整（¥10,000.00）", "第四十八条", "第五十三条第三款", notice.number,
    )  # fmt: skip
    case.makes(bureau.head, "decide_together", "decided", minutes="集体讨论记录", decision=decision)
    return decision


def is_on_the_warning_record(bureau, hall, case, decision, clock):
    said = said_of(hall, case, "CRD-WARN", decision.number, "2026-04-23")
    unserved = bureau.head.post("/credit/new", data=said)
    assert unserved.status_code == 409  # decided and not served: it carries nothing yet
    clock.to("2026-04-24")
    receipt = case.issues(bureau.officer, "service_receipt", served=decision.id, way="直接送达", place="店内")
    case.makes(bureau.officer, "serve_decision", "served", receipt=receipt)

    assert (
        bureau.head.post("/credit/new", data=said | {"decision_no": "示文罚〔2026〕99号"}).status_code == 422
    )
    entry = proposes_entry(bureau, said)
    entry.refuses(bureau.head, "list", "由另一角色办理", paper="警示记录决定")
    entry.makes(bureau.legal, "list", "listed", paper="示例警〔2026〕1号")
    entry.makes(bureau.legal, "publish", "listed")
    assert "第三十四条" in bureau.officer.get(entry.page).text
    assert "海风歌厅" in bureau.app.test_client().get("/credit-public").text
    assert entry.said["until_on"] is None  # its text names no end


def proposes_entry(bureau, said):
    proposed = bureau.head.post("/credit/new", data=said)
    assert proposed.status_code == 303, problem(proposed)
    return Entry(bureau, proposed.location)


def is_on_the_serious_list(bureau, hall, case, decision, clock):
    clock.to("2026-05-11")
    entry = proposes_entry(bureau, said_of(hall, case, "CRD-SH-2", decision.number, "2026-04-23"))
    entry.refuses(bureau.head, "notify", "列入情形还没有确认", paper="拟列入告知书")
    from_memory = bureau.legal.post("/credit/criteria", data=TERMS | {"criterion_id": "CRD-SAMR"})
    assert from_memory.status_code == 409  # nobody read its text
    assert bureau.legal.post("/credit/criteria", data=TERMS).status_code == 303
    entry.makes(bureau.head, "notify", "noticed", paper="拟列入告知书 示例信告〔2026〕1号")
    assert entry.said["statement_until"] == "2026-05-16"
    entry.refuses(bureau.legal, "list", "陈述、申辩期未满", paper="列入决定书")
    clock.to("2026-05-13")
    entry.makes(bureau.head, "hear", "noticed", paper="陈述、申辩笔录")

    clock.to("2026-05-18")
    seen = entry.said["version"]
    first, second = (
        entry.step(bureau.legal, "list", paper="列入决定书 示例信列〔2026〕1号", version=seen)
        for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (303, 412)
    assert (entry.said["listed_on"], entry.said["until_on"]) == ("2026-05-18", "2027-05-18")
    assert PARTY not in listed_in_public(bureau)  # not by itself
    entry.makes(bureau.legal, "publish", "listed")
    public = listed_in_public(bureau)
    assert (PARTY in public, "示例区信用管理办法第十条" in public, "王伟" in public) == (True, True, False)
    return entry


def listed_in_public(bureau):
    return bureau.app.test_client().get("/credit-public.csv?register=serious").text


def performs(bureau, case, clock):
    clock.to("2026-07-27")
    case.makes(bureau.officer, "perform", "performed", payment_proof="缴款凭证，停业整顿届满记录")
    said = {"performed": "罚款已缴清，停业三个月届满", "why": "处罚决定执行完毕"}
    report = case.issues(bureau.officer, "closing_report", **said)
    report.says("结案审批表", "2026年4月23日", "停业三个月届满")
    case.makes(bureau.head, "close", "closed", closing_form=report)


def is_repaired(bureau, entry, clock):
    clock.to("2026-08-17")
    entry.refuses(bureau.head, "ask_repair", "还没有到可以修复的时间", paper="修复申请")
    clock.to("2026-08-18")
    entry.makes(bureau.head, "ask_repair", "listed", paper="信用修复申请和整改材料")
    clock.to("2026-08-20")
    entry.refuses(bureau.head, "repair", "由另一角色办理", paper="修复决定书")
    entry.makes(bureau.legal, "repair", "removed", paper="修复决定书 示例信修〔2026〕1号")
    assert (entry.said["removed_on"], entry.said["deleted_by_on"]) == ("2026-08-20", "2026-08-25")
    assert PARTY not in listed_in_public(bureau)
    assert "海风歌厅" in bureau.app.test_client().get("/credit-public").text  # the warning record stays
