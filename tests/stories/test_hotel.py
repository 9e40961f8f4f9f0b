"""A hotel neither asks nor reports, and what it hid may be a crime: the police have it, and no fine."""

import pytest

from tests.stories.office import Office, a_venue, problem

CHILD = "沈小鱼"
HIDDEN = {
    "stays/contact_asked": "breach", "stays/contact_asked_note": f"{CHILD}独自与成年人入住",
    "stays/crime_reported": "breach", "stays/crime_reported_note": "前台知情，没有报警",
}  # fmt: skip
WHY = "住宿记录显示多次有成年人携未成年人入住，疑似侵害未成年人犯罪，旅馆没有询问、没有报告"
POLICE = {"kind": "police_crime", "to_name": "示例区公安分局", "body": "police", "reason": WHY}


@pytest.fixture
def bureau(app, clock):
    clock.to("2026-03-05", "09:00")
    return Office(app, clock, name="示例区市场监督管理局", authority="SAMR", activities=["hotel"])


@pytest.fixture
def case(bureau, clock):
    """On Thursday 5 March the register of guests shows what nobody reported."""
    hotel = a_venue(bureau.deployment, "hotel", name="示例路宾馆")
    visit = bureau.visits(hotel, "hotel", answers=HIDDEN)
    with_a_crime = bureau.officer.post("/transfers/new", data=POLICE | {"visit_id": visit})
    assert "先登记案件" in problem(with_a_crime)  # only a case can bar a penalty
    clock.to("2026-03-05", "11:00")
    return bureau.opens_case(visit)


def test_the_police_have_it_within_their_hours_and_the_hotel_is_not_let_off_with_a_fine(bureau, case, clock):
    police = is_reported_and_not_fined(bureau, case, clock)
    is_approved_by_the_chief(bureau, case, police, clock)
    is_handed_over_in_a_day(bureau, case, police, clock)
    is_filed_by_the_police(bureau, police, clock)
    is_closed(bureau, case, clock)

    assert case.timeline() == [
        "open",
        "report_crime",
        "file_case",
        "transfer_crime",
        "hand_crime_over",
        "close",
    ]
    assert all(CHILD not in paper.text for paper in (*case.papers, *police.papers))


def is_reported_and_not_fined(bureau, case, clock):
    assert case.due == {"verify": "2026-03-26"}  # fifteen working days
    assert case.proposes(bureau.officer, "PEN-32", "1000").status_code == 409  # for the police to impose
    assert case.proposes(bureau.officer, "PEN-02", "", "warning").status_code == 303

    police = bureau.proposes_transfer(bureau.officer, case_id=case.number, **POLICE)
    police.refuses(bureau.head, "approve", "现在的办理状态", chief_decision="决定")
    police.makes(bureau.officer, "report", "reported", crime_report="移送涉嫌犯罪案件的书面报告")
    assert police.due == {"approval": "2026-03-08"}  # three natural days, and the third is a Sunday
    assert police.by_clause("approval") == ["crime-transfer-rules:5.2"]
    assert case.due["crime_transfer"] == "2026-03-08"

    assert case.drafts(bureau.officer, "summary_decision").status_code == 409  # not even its document
    case.refuses(
        bureau.officer, "decide_on_the_spot", "“决定是否移送涉嫌犯罪案件”没有了结", decision="决定书"
    )
    return police


def is_approved_by_the_chief(bureau, case, police, clock):
    clock.to("2026-03-06")
    form = case.issues(bureau.officer, "filing_approval")
    case.makes(bureau.head, "file_case", "investigating", filing_form=form)
    refused = case.step(bureau.head, "transfer_crime", reason=WHY)
    assert "缺少材料" in problem(refused)  # from the case's page too the chief decides
    police.refuses(bureau.officer, "approve", "不由您办理", chief_decision="决定")
    police.refuses(bureau.head, "approve", "缺少材料：正职负责人")
    assert bureau.officer.get(f"{police.page}/letters/new").status_code == 409  # nobody approved it yet

    clock.to("2026-03-06", "11:00")
    police.makes(bureau.head, "approve", "approved", chief_decision="局长批准决定")
    assert case.said["state"] == "transferred"
    assert list(police.due) == ["handing"]
    (handing,) = bureau.head.get(f"{police.api}/due").json
    assert handing["due_at"][:16] == "2026-03-07T03:00"  # twenty-four hours, in UTC
    assert "crime-transfer-rules:5.2" in police.by_clause("handing")


def is_handed_over_in_a_day(bureau, case, police, clock):
    case.refuses(bureau.head, "decide_no_penalty", "现在的办理状态", decision="决定书", reason="轻微")
    case.refuses(bureau.head, "close", "“批准后向公安机关移送”没有了结", closing_form="结案审批表")
    clock.to("2026-03-06", "16:00")
    letter = police.writes(
        bureau.officer, approved_by="局长（主持工作）", attached="现场检查笔录\n住宿登记抽查表"
    )
    letter.says(
        "涉嫌犯罪案件移送书", "示例区公安分局", "没有报告", case.said["number"], "第二十七条第一款",
        "经局长（主持工作）于2026年3月6日11时00分批准", "请自接受之日起三日内审查", "住宿登记抽查表", "回执",
    )  # fmt: skip
    assert letter.number in bureau.officer.get(case.page).text  # it is a document of the case too
    material = {"crime_report": "调查报告", "material_list": "涉案物品清单（没有物品）"}
    police.refuses(bureau.officer, "hand_over", "缺少材料", **material)
    police.makes(bureau.officer, "hand_over", "handed", transfer_letter=letter, **material)
    police.refuses(bureau.officer, "note_receipt", "早于上一步", receipt="回执", made_at="2026-03-06T10:00")
    clock.to("2026-03-06", "17:00")
    police.makes(bureau.officer, "note_receipt", "received", receipt="公安签收的移送书回执")
    assert police.due == {"examination": "2026-03-09"}
    assert "接收机关的期限" in bureau.officer.get(police.page).text


def is_filed_by_the_police(bureau, police, clock):
    clock.to("2026-03-09")
    police.makes(bureau.officer, "note_filed", "filed", notice="立案通知书")
    assert police.due == {"material": "2026-03-12"}
    clock.to("2026-03-10")
    police.makes(bureau.officer, "hand_material", "done", material_list="交接清单")
    assert (police.due, police.said["is_over"]) == ({}, True)


def is_closed(bureau, case, clock):
    assert case.due == {"closing": "2026-03-27"}  # fifteen working days from the transfer
    clock.to("2026-03-11")
    report = case.issues(
        bureau.officer, "closing_report", decided="移送公安机关", performed="材料已移交",
        why="移送公安机关立案侦查",
    )  # fmt: skip
    report.says("结案审批表", "移送公安机关立案侦查")
    assert "罚款" not in report.text
    case.makes(bureau.head, "close", "closed", closing_form=report)
