"""A lottery outlet has no sign: a warning on the spot, an order to correct, and a look at what was done."""

import re

import pytest

from backend.accounts.auth import Role
from tests.stories.office import Office, a_venue, problem
from tests.stories.papers import pages_of

DEMAND = "在店内显著位置设置不向未成年人销售彩票的标志"
NO_SIGN = {"duties/not_sold_sign": "breach", "duties/not_sold_sign_note": "店内没有标志"}


@pytest.fixture
def bureau(app, clock):
    clock.to("2026-03-03", "09:00")
    return Office(app, clock, name="示例区民政局", authority="GENERAL", activities=["welfare_lottery"])


@pytest.fixture
def outlet(bureau):
    return a_venue(bureau.deployment, "welfare_lottery", name="示例路福彩站")


@pytest.fixture
def case(bureau, outlet, clock):
    """On Tuesday 3 March the sign is missing; the order to set it up is handed over, and a case is opened."""
    clock.to("2026-03-03", "10:30")
    visit = bureau.visits(outlet, "welfare_lottery", answers=NO_SIGN, order=DEMAND, due_on="2026-03-10")
    return bureau.opens_case(visit)


def test_the_outlet_is_warned_on_the_spot_and_sets_up_its_sign(bureau, outlet, case, clock):
    is_not_fined_beyond_the_limit(bureau, case)
    is_warned_on_the_spot(bureau, case, clock)
    corrects_what_was_ordered(bureau, outlet, clock)
    is_closed(bureau, case, clock)

    assert case.timeline() == ["open", "decide_on_the_spot", "report_summary", "perform", "close"]


def is_not_fined_beyond_the_limit(bureau, case):
    case.refuses(bureau.officer, "decide_on_the_spot", "须先提出处罚建议", decision="决定书")
    assert case.proposes(bureau.officer, "PEN-01", "5000", "warning").status_code == 303
    case.refuses(bureau.officer, "decide_on_the_spot", "超过简易程序的限额", decision="决定书")
    assert "这份文书现在不能制作" in case.drafts(bureau.officer, "summary_decision").text

    without = case.proposes(bureau.officer, "PEN-01", "500")
    assert "必须给予的处罚种类没有选" in problem(without)  # the law asks for the warning in any case


def is_warned_on_the_spot(bureau, case, clock):
    assert case.proposes(bureau.officer, "PEN-01", "", "warning").status_code == 303
    stranger = bureau.desk(bureau.hires(Role.INSPECTOR, "钱执法", certificate_no="SH-qian"))
    assert case.drafts(stranger, "summary_decision").status_code == 409
    assert "当场处罚的时间：不能为空" in problem(
        case.drafts(bureau.officer, "summary_decision", decided_at="", heard="无异议")
    )

    said = {
        "heard": "当事人没有异议",
        "showed": "true",
        "told": "true",
        "handed": "true",
        "person_signing": "",
        "sue_at": "示例区人民法院",
        "reconsider_at": "示例区人民政府",
    }
    clock.to("2026-03-03", "10:45")
    for at in ("2026-03-03T10:46", "2026-03-01T23:00"):
        refused = case.drafts(bureau.officer, "summary_decision", **said | {"decided_at": at})
        assert "须在检查开始以后、现在以前" in problem(refused)
    silent = case.drafts(bureau.officer, "summary_decision", **said | {"showed": ""})
    assert "执法人员已出示执法证件：不能为空" in problem(silent)
    decision = case.issues(bureau.officer, "summary_decision", **said)
    decision.says(
        "当场行政处罚决定书", "警告。", "《中华人民共和国未成年人保护法》（2024-04-26修正）第一百二十三条",
        "第五十一条", "第五十二条第一款", "2026年3月3日10时45分", "示例路8弄1号", "当事人没有异议", "六十日",
        "六个月", "示例区人民法院", "张执法（执法证号SH-zhang）",
    )  # fmt: skip
    assert "罚款人民币" not in decision.text
    assert "履行方式" not in decision.text
    case.refuses(bureau.head, "decide_on_the_spot", "不由您办理", decision=decision)
    case.makes(bureau.officer, "decide_on_the_spot", "summary_decided", decision=decision)
    nothing_to_perform = {"summary_report": None, "reconsideration": "2026-05-02", "suit": "2026-09-03"}
    assert case.due == nothing_to_perform
    assert case.by_clause("summary_report") == ["penalty-law:52.3"]

    clock.to("2026-03-04")
    case.makes(bureau.officer, "report_summary", "served", summary_papers="备案表")


def corrects_what_was_ordered(bureau, outlet, clock):
    order = "/orders/1"
    page = bureau.officer.get(order).text
    assert DEMAND in page
    assert "2026-03-10" in page
    address = re.search(r"/visits/\d+/documents/[\w-]+", bureau.head.get("/visits/1").text)[0]
    assert DEMAND in bureau.head.post(address).text  # as the tablet handed it over
    (printed,) = pages_of(bureau.head.post(f"{address}.pdf"))
    assert DEMAND in printed
    early = bureau.settles(order, "passed")
    assert (early.status_code, "须有复查" in early.text) == (422, True)
    assert bureau.settles(order, "failed").status_code == 422

    clock.to("2026-03-11", "14:00")
    again = bureau.visits(outlet, "welfare_lottery")
    assert bureau.settles(order, "passed", visit_id=again, note="标志已经设置").status_code == 303
    assert "已改正" in bureau.officer.get(order).text


def is_closed(bureau, case, clock):
    clock.to("2026-03-12")
    case.refuses(bureau.head, "close", "现在的办理状态", closing_form="结案表")
    case.makes(bureau.officer, "perform", "performed", payment_proof="复查记录")
    report = case.issues(
        bureau.officer, "closing_report", performed="警告已当场送达，标志已设置", why="复查合格"
    )
    report.says("结案审批表", "当场行政处罚决定书", "2026年3月3日", "复查合格")
    case.makes(bureau.head, "close", "closed", closing_form=report)
    assert case.due == {}
