"""A tobacco shop sells to a minor, signs nothing and takes nothing: a fine that a court has to enforce."""

import pytest

from tests.stories.office import Office, a_venue, problem

CHILD = "陆小满"
SOLD = {
    "duties/not_sold_to_minors": "breach", "duties/not_sold_to_minors_note": f"卖给{CHILD}一包烟",
    "signatures/person_signing": "refused", "signatures/person_signature": "",
    "signatures/refusal_reason": "认为不是自己卖的", "signatures/witness_name": "居委会干部",
    "signatures/witness_signature": "witness.png", "signatures/record_read": "no",
}  # fmt: skip
FINED = ("warning", "confiscation")
LEFT = {
    "way": "留置送达",
    "place": "示例路8弄1号",
    "refused_because": "拒绝签收",
    "note": "居委会干部见证，全程录像",
}


@pytest.fixture
def bureau(app, clock):
    clock.to("2026-03-09", "09:00")
    return Office(app, clock, name="示例区烟草专卖局", authority="TOBACCO", activities=["tobacco"])


@pytest.fixture
def case(bureau, clock):
    """On Monday 9 March a pack of cigarettes is sold before the eyes of the officers."""
    shop = a_venue(bureau.deployment, "tobacco", name="示例路烟酒店")
    visit = bureau.visits(shop, "tobacco", answers=SOLD)
    shown = bureau.head.post(f"/visits/{visit}").text  # opened on the record
    assert "认为不是自己卖的" in shown
    clock.to("2026-03-09", "15:00")
    return bureau.opens_case(visit)


def test_the_shop_is_told_by_leaving_fined_and_taken_to_court(bureau, case, clock):
    is_investigated(bureau, case, clock)
    is_told_though_it_takes_nothing(bureau, case, clock)
    is_heard_and_told_again(bureau, case, clock)
    is_decided_and_served(bureau, case, clock)
    does_not_pay(bureau, case, clock)
    is_taken_to_court(bureau, case, clock)

    assert all(CHILD not in paper.text for paper in case.papers)


def is_investigated(bureau, case, clock):
    clock.to("2026-03-10")
    case.refuses(bureau.head, "file_case", "发生时间还没有到", filing_form="表", made_at="2026-03-11T10:00")
    form = case.issues(bureau.officer, "filing_approval")
    form.says("第五十九条第一款", "第四十五条第二款", "2026年3月9日")
    case.makes(bureau.head, "file_case", "investigating", filing_form=form)
    assert case.due == {"decision": "2026-06-08"}
    record = case.issues(
        bureau.officer, "extraction_record", made_at="2026-03-10T11:00", extracted="监控录像|店内硬盘|复制",
        is_original="", why_no_original="原件由当事人使用",
    )  # fmt: skip
    record.says("监控录像", "原件由当事人使用", "2026年3月10日11时00分")

    clock.to("2026-03-16")
    case.makes(bureau.officer, "finish_investigation", "under_review", report="调查终结报告")
    case.refuses(bureau.legal, "return_review", "须写明理由", opinion="意见书")
    case.makes(bureau.legal, "return_review", "investigating", opinion="意见书", reason="补充进货凭证")
    case.makes(bureau.officer, "finish_investigation", "under_review", report="补充调查报告")
    case.makes(bureau.legal, "pass_review", "reviewed", opinion="意见书")


def is_told_though_it_takes_nothing(bureau, case, clock):
    clock.to("2026-03-17")
    without_gains = case.proposes(bureau.officer, "PEN-01", "10000", "warning", gains="50")
    assert "除依法退赔的外应当没收" in problem(without_gains)
    is_chosen(bureau, case, "10000")
    notice = case.issues(bureau.officer, "penalty_notice")
    notice.says(
        "罚款人民币壹万元整（¥10,000.00）", "没收违法所得、非法财物人民币伍拾元整（¥50.00）", "陈述、申辩"
    )
    assert "五个工作日" not in notice.text  # no text of this authority names a number
    receipt = case.issues(bureau.officer, "service_receipt", served=notice.id, **LEFT)
    receipt.says("留置送达", "拒绝签收", "居委会干部见证", notice.number)
    case.makes(bureau.officer, "serve_notice", "noticed", notice=notice, receipt=receipt)
    assert case.due["statement"] == "2026-03-24"
    case.refuses(bureau.head, "decide_penalty", "在2026-03-24届满", decision="决定书")


def is_chosen(bureau, case, yuan):
    """The officer proposes and the reviewer chooses the same."""
    who = {"gains": "50"}
    assert case.proposes(bureau.officer, "PEN-01", yuan, *FINED, **who).status_code == 303
    assert case.rules(bureau.legal, "PEN-01", yuan, *FINED).status_code == 303


def is_heard_and_told_again(bureau, case, clock):
    """Its statement is considered; then a second sale comes to light, and it is told of what that costs."""
    clock.to("2026-03-19")
    case.makes(bureau.officer, "hear_statement", "noticed", statement_record="陈述申辩笔录和复核意见")
    case.refuses(bureau.officer, "request_hearing", "没有正在进行的对应措施", request="申请")
    is_chosen(bureau, case, "20000")
    clock.to("2026-03-25")
    case.refuses(bureau.head, "decide_penalty", "须重新制作、送达告知书", decision="决定书")
    old = next(one for one in case.papers if one.title == "行政处罚告知书")
    case.refuses(bureau.officer, "serve_notice", "审定之前制作的", notice=old, receipt="回证")

    notice = case.issues(bureau.officer, "penalty_notice")
    notice.says("罚款人民币贰万元整（¥20,000.00）")
    receipt = case.issues(bureau.officer, "service_receipt", served=notice.id, **LEFT)
    case.makes(bureau.officer, "serve_notice", "noticed", notice=notice, receipt=receipt)
    assert case.due["statement"] == "2026-04-01"


def is_decided_and_served(bureau, case, clock):
    clock.to("2026-04-02")
    said = {
        "heard": "当事人称不是自己销售，经复核监控录像，不予采纳", "bank": "示例银行（虚构）",
        "reconsider_at": "示例市烟草专卖局", "sue_at": "示例区人民法院",
    }  # fmt: skip
    open_one = case.drafts(bureau.head, "penalty_decision", **said)
    assert (open_one.status_code, "法制审核" in problem(open_one)) == (409, True)  # how long it may sue
    decision = case.issues(bureau.head, "penalty_decision", sue_period="十五日", **said)
    decision.says(
        "罚款人民币贰万元整（¥20,000.00）", "不予采纳", "起诉的期限：十五日（经法制审核确认）", "六十日",
        "每天加处百分之三", "第一百二十三条",
    )  # fmt: skip
    seen = case.said["version"]
    first = case.step(bureau.head, "decide_penalty", decision=decision, version=seen)
    second = case.step(bureau.head, "decide_penalty", decision=decision, version=seen)
    assert (first.status_code, second.status_code) == (303, 409)
    assert "您查看之后又有变化" in problem(second)

    clock.to("2026-04-03")
    receipt = case.issues(bureau.officer, "service_receipt", served=decision.id, **LEFT)
    case.makes(bureau.officer, "serve_decision", "served", receipt=receipt)
    assert case.due == {
        "payment": "2026-04-18", "reconsideration": "2026-06-02", "suit": "2026-10-03", "court": "2027-01-03",
    }  # fmt: skip
    assert case.by_clause("court") == ["compulsion-law:53", "litigation-law:46.1", "tobacco-law:41.1"]
    assert case.warns["court"] == "2026-09-02"  # three months after the sixty days, read with fifteen to sue


def does_not_pay(bureau, case, clock):
    case.refuses(bureau.officer, "urge", "在2026-04-18届满", reminder="催告书", receipt="回证")
    clock.to("2026-04-20")
    assert (
        "到今天可以加处罚款 1,200.00 元" in bureau.officer.get(case.page).text
    )  # two days of three per cent
    case.makes(bureau.officer, "urge", "urged", reminder="催告书", receipt="回证")
    assert case.due["urged"] == "2026-05-07"  # ten working days, without the holiday
    case.refuses(bureau.head, "go_to_court", "在2026-05-07届满", application="申请书")


def is_taken_to_court(bureau, case, clock):
    clock.to("2026-09-30")
    assert "到今天可以加处罚款 20,000.00 元" in bureau.officer.get(case.page).text  # never more than the fine
    case.refuses(bureau.head, "go_to_court", "在2026-10-03届满", application="申请书")
    sooner = "go_to_court_by_the_special_law"
    case.refuses(bureau.head, sooner, "缺少材料：法制部门", application="申请书", reason="按专卖法")
    clock.to("2026-10-09")
    case.refuses(bureau.officer, "go_to_court", "不由您办理", application="申请书")
    case.makes(bureau.head, "go_to_court", "in_court", application="强制执行申请书")
    clock.to("2026-11-16")
    case.makes(bureau.officer, "perform", "performed", payment_proof="法院划拨凭证")
    report = case.issues(bureau.officer, "closing_report", performed="法院强制执行完毕", why="执行完毕")
    report.says("行政处罚决定书", "2026年4月2日", "法院强制执行完毕")
    case.makes(bureau.head, "close", "closed", closing_form=report)
