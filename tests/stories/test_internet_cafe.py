"""An internet cafe admits minors: the ordinary procedure of the culture bureau, with a hearing."""

import pytest

from backend.accounts.auth import Role
from tests.stories.office import Office, a_venue, problem

CHILD = "陈小童"
ADMITTED = {
    "id_checks": [{"minors_seen": "yes", "confirmed_16_17": "2"}],
    "answers": {"duties/minors_refused": "breach", "duties/minors_refused_note": f"二楼有学生{CHILD}等两人"},
}
GRAVE = {"circumstances": "grave_circumstances", "tier": "serious"}


@pytest.fixture
def bureau(app, clock):
    clock.to("2026-03-02", "09:00")
    return Office(app, clock, name="示例区文化和旅游局", authority="CULTURE", activities=["internet_cafe"])


@pytest.fixture
def case(bureau, clock):
    """On Monday 2 March the officers find two minors; the case is opened the same afternoon."""
    cafe = a_venue(bureau.deployment, "internet_cafe", name="蓝星网吧")
    visit = bureau.visits(cafe, "internet_cafe", **ADMITTED)
    clock.to("2026-03-02", "15:00")
    return bureau.opens_case(visit)


def test_the_cafe_is_heard_fined_and_closed_for_a_month(bureau, case, clock):
    is_filed_by_the_head(bureau, case, clock)
    keeps_the_register_of_guests(bureau, case, clock)
    is_reviewed_by_somebody_else(bureau, case, clock)
    is_told_and_asks_for_a_hearing(bureau, case, clock)
    is_heard(bureau, case, clock)
    is_decided_together_and_served(bureau, case, clock)
    pays_and_is_closed(bureau, case, clock)

    assert case.timeline() == [
        "open", "file_case", "preserve", "release_preservation", "finish_investigation", "pass_review",
        "serve_notice_of_hearing", "request_hearing", "call_hearing", "hold_hearing", "pass_review",
        "decide_together", "serve_decision", "publish", "perform", "close", "archive",
    ]  # fmt: skip
    assert all(CHILD not in paper.text for paper in case.papers)


def is_filed_by_the_head(bureau, case, clock):
    assert case.due == {"verify": "2026-03-09"}  # seven days, from memory: shown as a setting
    assert "设定值，条文未确认" in bureau.officer.get(case.page).text
    case.refuses(bureau.officer, "file_case", "不由您办理", filing_form="表")
    case.refuses(bureau.head, "decide_penalty", "现在的办理状态不能办理这一步", decision="决定书")
    case.refuses(bureau.head, "file_case", "早于上一步", filing_form="表", made_at="2026-02-27T10:00")

    clock.to("2026-03-03")
    form = case.issues(bureau.officer, "filing_approval")
    form.says("立案审批表", "第五十八条", "第二十一条", "张执法（执法证号SH-zhang）", "2026年3月2日")
    case.makes(bureau.head, "file_case", "investigating", filing_form=form)

    assert case.due == {"decision": "2026-06-01"}
    assert case.by_clause("decision")[0] == "penalty-law:60"


def keeps_the_register_of_guests(bureau, case, clock):
    said = {"reason": "可能被删改", "items": "上网登记本|A4|2册|完好|吧台"}
    listed = case.issues(bureau.officer, "preservation_list", **said)
    listed.says("先行登记保存清单", "上网登记本", "2册", "示例路8弄1号")
    notice = case.issues(bureau.officer, "preservation_decision", **said)
    notice.says("先行登记保存", "可能被删改", "2026年3月12日", "第五十六条")
    case.makes(bureau.head, "preserve", "investigating", preservation_list=notice)
    assert case.due["preservation"] == "2026-03-12"  # seven working days

    clock.to("2026-03-11")
    case.makes(bureau.head, "release_preservation", "investigating", preservation_disposal="处理决定")
    assert list(case.due) == ["decision"]


def is_reviewed_by_somebody_else(bureau, case, clock):
    clock.to("2026-03-12")
    case.makes(bureau.officer, "finish_investigation", "under_review", report="调查终结报告")
    case.refuses(bureau.officer, "pass_review", "不由您办理", opinion="意见书")
    turned = bureau.officers[1]
    bureau.turns(turned, Role.LEGAL_REVIEWER)
    case.refuses(bureau.desk(turned), "pass_review", "办案人员不得审核", opinion="意见书")
    bureau.turns(turned, Role.INSPECTOR)
    case.makes(bureau.legal, "pass_review", "reviewed", opinion="意见书")


def is_told_and_asks_for_a_hearing(bureau, case, clock):
    nothing_by_the_lower_rule = case.proposes(bureau.officer, "PEN-10", "9000", "warning")
    assert "另一条的罚款数额更高" in problem(nothing_by_the_lower_rule)
    assert case.proposes(bureau.officer, "PEN-01", "60000", "closure", **GRAVE).status_code == 303
    case.refuses(
        bureau.officer, "serve_notice_of_hearing", "须先由法制审核人员审定", notice="告知书", receipt="回证"
    )

    seen = case.said["version"]
    first, second = (
        case.rules(bureau.legal, "PEN-01", "60000", "closure", tier="serious", version=seen) for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (303, 412)  # two who decide at once

    clock.to("2026-03-13")
    case.refuses(bureau.officer, "serve_notice", "须告知听证权", notice="告知书", receipt="回证")
    notice = case.issues(bureau.officer, "penalty_notice", closed_for="一个月")
    notice.says(
        "行政处罚告知书", "停业整顿一个月", "罚款人民币陆万元整（¥60,000.00）", "要求听证", "五个工作日",
        "《中华人民共和国未成年人保护法》（2024-04-26修正）第一百二十三条", "2026年3月13日",
    )  # fmt: skip
    receipt = case.issues(
        bureau.officer, "service_receipt", served=notice.id, way="直接送达", place="示例路8弄1号"
    )
    receipt.says(notice.number, "直接送达")
    case.makes(bureau.officer, "serve_notice_of_hearing", "noticed", notice=notice, receipt=receipt)
    assert {"statement": "2026-03-20", "hearing_request": "2026-03-20"}.items() <= case.due.items()
    assert case.by_clause("hearing_request") == ["penalty-law:64(1)", "penalty-law:85"]
    case.refuses(bureau.head, "decide_together", "在2026-03-20届满", minutes="记录", decision="决定书")

    clock.to("2026-03-17")
    case.makes(bureau.officer, "request_hearing", "hearing", request="听证申请")


def is_heard(bureau, case, clock):
    clock.to("2026-03-18")
    call = case.issues(
        bureau.legal, "hearing_notice", at="2026-03-30T14:00", place="示例路1号三楼", chair="赵审核",
        clerk="孙记录",
    )  # fmt: skip
    call.says("行政处罚听证通知书", "2026年3月30日14时", "示例路1号三楼", "赵审核", "公开举行", "第六十四条")
    case.makes(bureau.legal, "call_hearing", "hearing", hearing_call=call)
    assert case.due["hearing_notice"] == "2026-03-27"
    clock.to("2026-03-27")
    case.refuses(bureau.legal, "hold_hearing", "在2026-03-27届满", hearing_record="笔录")

    clock.to("2026-03-30", "16:00")
    case.makes(bureau.legal, "hold_hearing", "under_review", hearing_record="听证笔录和听证报告")
    case.makes(bureau.legal, "pass_review", "reviewed", opinion="听证后的审核意见")
    case.refuses(bureau.officer, "request_hearing", "现在的办理状态", request="再次申请")


def is_decided_together_and_served(bureau, case, clock):
    clock.to("2026-04-03")
    decision = case.issues(
        bureau.head, "penalty_decision", closed_for="一个月", heard="听证中当事人认为处罚过重，未予采纳",
        bank="示例银行（虚构）", account_name="示例区财政局", account="310100000001", sue_at="示例区人民法院",
        reconsider_at="示例区人民政府", is_published="true",
    )  # fmt: skip
    notice = next(one for one in case.papers if one.title == "行政处罚告知书")
    decision.says(
        "行政处罚决定书", "停业整顿一个月", "罚款人民币陆万元整（¥60,000.00）", notice.number, "未予采纳",
        "第一百二十三条", "十五日", "六十日", "六个月", "示例区人民法院", "2026年4月3日", "向社会公开",
    )  # fmt: skip
    assert "第三十一条" not in decision.text  # the lower rule fines nothing
    case.refuses(bureau.officer, "decide_together", "不由您办理", minutes="记录", decision=decision)
    case.refuses(bureau.head, "decide_together", "缺少材料：集体讨论记录", decision=decision)
    case.makes(bureau.head, "decide_together", "decided", minutes="集体讨论记录", decision=decision)
    assert case.due == {"service": "2026-04-15"}  # 6 April is a holiday

    clock.to("2026-04-07")
    receipt = case.issues(
        bureau.officer, "service_receipt", served=decision.id, way="直接送达", place="示例路8弄1号"
    )
    receipt.says(decision.number)
    case.makes(bureau.officer, "serve_decision", "served", receipt=receipt)
    assert case.due == {
        "payment": "2026-04-22", "reconsideration": "2026-06-06", "suit": "2026-10-07", "court": "2027-01-07",
    }  # fmt: skip
    case.makes(bureau.officer, "publish", "served", publication="网站公示，已核对遮蔽")


def pays_and_is_closed(bureau, case, clock):
    case.refuses(bureau.head, "close", "现在的办理状态", closing_form="结案表")
    clock.to("2026-04-20")
    case.makes(bureau.officer, "perform", "performed", payment_proof="缴款凭证和停业记录")
    report = case.issues(
        bureau.officer, "closing_report", performed="罚款已缴清，停业整顿届满", why="处罚决定执行完毕",
    )  # fmt: skip
    report.says("结案审批表", "行政处罚决定书", "2026年4月3日", "2026年3月3日", "罚款已缴清")
    case.makes(bureau.head, "close", "closed", closing_form=report)
    case.makes(bureau.officer, "archive", "archived", file_list="卷内目录")
    assert (case.said["is_open"], case.due) == (False, {})
