"""The pages of transfers, leads, recommendations, and of who is responsible for what."""

import io
import re
from datetime import timedelta

import pytest

from backend.accounts.auth import Role
from backend.accounts.models import User
from backend.core.days import today
from backend.transfers.models import Recommendation
from tests.cases.ordering import PDF
from tests.documents.issuing import lay_down
from tests.people import desk, desk_of
from tests.transfers.conftest import run_out
from tests.web.conftest import CAFE, SCHOOL
from tests.web.test_case_papers import form
from tests.web.test_cases import deed
from tests.web.test_issued import text_of
from tests.web.test_matters import waiting

WHY = "发现店内有赌博功能的游戏机"
POLICE = {"kind": "police_crime", "to_name": "示例区公安分局", "body": "police", "reason": WHY}
PROSECUTOR = {
    "kind": "procuratorate", "to_name": "示例区人民检察院", "body": "procuratorate",
    "lead_kind": "public_interest", "reason": "学校周边网吧多次接纳未成年人",
}  # fmt: skip
RECEIVED = {
    "sender": "procuratorate", "sender_name": "示例区人民检察院", "number": "示检建〔2026〕7号",
    "area_code": "310101", "about": "加强校园周边网吧的监管",
}  # fmt: skip
MATERIAL = {"paper_crime_report": "调查报告.pdf", "paper_material_list": "清单.pdf"}


def is_approved(supervisor, officer, crime):
    deed(officer, crime, "report", paper_crime_report="报告.pdf")
    assert deed(supervisor, crime, "approve", paper_chief_decision="局长批准决定").status_code == 303


@pytest.fixture
def officer(app, deployment, case):
    with deployment.reading() as session:
        (found,) = session.query(User.id).filter_by(display_name="张执法").one()
    return desk(app, found)


@pytest.fixture
def crime(officer, case):
    made = officer.post("/transfers/new", data=POLICE | {"case_id": case.rsplit("/", 1)[1]})
    assert made.status_code == 303, made.text
    return made.location.partition("?")[0]


@pytest.fixture
def lead(supervisor, officer):
    made = officer.post("/transfers/new", data=PROSECUTOR | {"venue_id": CAFE})
    assert made.status_code == 303, made.text
    page = made.location.partition("?")[0]
    assert deed(supervisor, page, "approve").status_code == 303
    return page


@pytest.fixture
def recommended(supervisor, deployment, officer):
    with deployment.reading() as session:
        (who,) = session.query(User.id).filter_by(display_name="张执法").one()
    said = RECEIVED | {"received_on": today().isoformat(), "officer_id": str(who)}
    made = supervisor.post("/recommendations/new", data=said)
    assert made.status_code == 303, made.text
    return made.location.partition("?")[0]


def test_pages_lead_to_the_form_with_what_is_transferred(supervisor, officer, case, noticed):
    ways = {case: "case_id=1", "/visits/1": "visit_id=1", "/tips/1": "tip_id=1",
            f"/venues/{CAFE}": f"venue_id={CAFE}", f"/sites/{SCHOOL}": f"site_id={SCHOOL}"}  # fmt: skip
    for page, named in ways.items():
        assert f'href="/transfers/new?{named}"' in supervisor.get(page).text, page


def test_a_form_that_does_not_hold_is_shown_again(officer, case):
    page = officer.post("/transfers/new", data={"case_id": "1", "kind": "police_crime", "to_name": "某机关"})

    assert page.status_code == 422
    assert "移送理由：不能为空" in page.text
    assert 'value="某机关"' in page.text


def test_a_form_names_no_venue_of_another_district(supervisor):
    assert supervisor.get("/transfers/new?venue_id=3").status_code == 404
    assert supervisor.get("/transfers/new?site_id=3").status_code == 404


def test_a_suspected_crime_is_listed_with_what_is_due_and_stops_the_penalty(supervisor, officer, case, crime):
    assert "专案组核实" in supervisor.get("/transfers").text
    assert deed(officer, crime, "report", paper_crime_report="报告.pdf").status_code == 303

    page, listed = supervisor.get(crime).text, supervisor.get("/transfers").text

    assert "负责人决定是否移送" in listed
    assert f"{today() + timedelta(days=3)}" in page
    assert "第五条第二款" in page
    assert "“决定是否移送涉嫌犯罪案件”没有了结，不得办理" in officer.get(case).text
    assert f'href="{crime}"' in supervisor.get(case).text


def test_a_step_out_of_its_order_says_why(officer, crime):
    page = deed(officer, crime, "hand_over")

    assert page.status_code == 409
    assert "现在的办理状态不能办理这一步" in page.text


def test_a_step_of_a_page_that_is_too_old_is_refused(supervisor, officer, crime):
    page = officer.post(crime, data={"deed": "report", "version": "0", "paper_crime_report": "报告.pdf"})

    assert (page.status_code, "您查看之后又有变化" in page.text) == (409, True)


def test_an_overdue_transfer_is_among_todays_matters(supervisor, officer, deployment, crime):
    deed(officer, crime, "report", paper_crime_report="报告.pdf")
    assert waiting(supervisor.get("/").text)["移送三日内到期"][0] == "1"
    run_out(deployment)

    assert waiting(supervisor.get("/").text)["移送已超期"] == ("1", "最早 2026-11-01")
    assert "超期" in supervisor.get("/transfers?overdue=true").text.split("<tbody>")[1]


def test_the_letter_is_issued_from_the_page_and_becomes_the_paper_of_its_step(
    supervisor, deployment, agency, officer, case, crime
):
    lay_down(deployment, agency)
    is_approved(supervisor, officer, crime)
    page = f"{crime}/letters/new"
    without = officer.post(page, data=form(officer, page) | {"why": "", "deed": "issue"})
    look = officer.post(page, data=form(officer, page) | {"deed": "look"})
    filled = form(officer, page) | {"to": "另一机关", "deed": "issue"}
    issued, again = officer.post(page, data=filled), officer.post(page, data=filled)

    assert [one.status_code for one in (without, look, issued, again)] == [422, 200, 303, 409]
    assert "理由（移送、结案）：不能为空" in without.text
    shown = officer.get(crime).text
    (number,) = re.findall(r'<option value="(\d+)" selected>涉嫌犯罪案件移送书', shown)
    text = "".join(text_of(officer.get(f"{crime}/letters/{number}.pdf")))
    for part in ("示例区公安分局", WHY, "第二十七条第一款", "案号示文案"):
        assert part in text
    said = {"issued_transfer_letter": number} | MATERIAL
    assert deed(officer, crime, "hand_over", **said).status_code == 303
    assert "涉嫌犯罪案件移送书 示文" in supervisor.get(crime).text
    assert "涉嫌犯罪案件移送书" in supervisor.get(case).text


def test_a_letter_that_was_made_for_something_else_is_not_the_letter_of_a_step(
    supervisor, deployment, agency, officer, case, crime
):
    lay_down(deployment, agency)
    is_approved(supervisor, officer, crime)
    for page in (f"{case}/documents/new?kind=transfer_letter", f"{crime}/letters/new"):
        typed = {"to": "另一机关", "why": WHY, "deed": "issue"}
        assert officer.post(page, data=form(officer, page) | typed).status_code == 303
    of_case, of_crime = "1", "2"

    handed = deed(officer, crime, "hand_over", issued_transfer_letter=of_case, **MATERIAL)
    assert handed.status_code == 422
    passed = deed(officer, case, "hand_lead_over", issued_transfer_letter=of_crime)
    assert passed.status_code == 422


def test_a_letter_is_made_by_its_team_where_a_step_takes_it_and_shown_to_nobody_else(
    app, supervisor, deployment, agency, officer, crime
):
    lay_down(deployment, agency)
    stranger = desk_of(app, Role.INSPECTOR, login="stranger", areas=("310101",), agency_id=agency)
    early = officer.get(f"{crime}/letters/new")
    is_approved(supervisor, officer, crime)
    page = f"{crime}/letters/new"
    officer.post(page, data=form(officer, page) | {"deed": "issue"})

    assert early.status_code == 409
    assert [one.get(page).status_code for one in (officer, supervisor, stranger)] == [200, 200, 409]
    assert officer.get(f"{crime}/letters/99.pdf").status_code == 404
    supervisor.post("/documents/1", data={"because": "written_wrongly"})
    said = {"issued_transfer_letter": "1"} | MATERIAL
    assert deed(officer, crime, "hand_over", **said).status_code == 422


def test_a_package_is_made_and_taken_out_from_the_page(officer, lead):
    made = officer.post(f"{lead}/packages", data={"names": "陈小童\n"})

    page = officer.get(lead).text
    taken = officer.get(f"{lead}/packages/1.zip")

    assert (made.status_code, taken.status_code) == (303, 200)
    assert taken.data[:2] == b"PK"
    assert "summary.pdf" in page
    assert "陈小童" not in page
    papers = {"paper_transfer_letter": "移送函.pdf", "paper_material_list": "清单.pdf"}
    assert deed(officer, lead, "hand_over", **papers).status_code == 303


def test_a_package_of_what_is_not_approved_says_why(officer, crime):
    page = officer.post(f"{crime}/packages")

    assert (page.status_code, "现在的办理状态不能办理这一步" in page.text) == (409, True)


def test_a_recommendation_shows_every_reading_and_waits_among_todays_matters(
    supervisor, deployment, recommended
):
    page = supervisor.get(recommended).text
    assert "被建议单位书面回复" in page
    assert "设定值，条文未确认" in page
    with deployment.unit_of_work() as session:
        session.query(Recommendation).one().warn_on = today() - timedelta(days=1)

    assert "按较早读法已到期" in supervisor.get("/recommendations?overdue=true").text
    assert waiting(supervisor.get("/").text)["检察建议回复已超期"][0] == "1"


def test_a_recommendation_is_answered_sent_and_closed_in_this_order(
    supervisor, deployment, agency, recommended
):
    lay_down(deployment, agency)
    early = deed(supervisor, recommended, "closed")
    assert (early.status_code, "须先制作书面回复" in early.text) == (409, True)
    steps = (
        ("reply", {"done": "检查网吧十二家\n下发通知"}), ("sent", {"sent_on": today().isoformat()}),
        ("closed", {"note": "检察院无异议"}),
    )  # fmt: skip
    for name, said in steps:
        assert deed(supervisor, recommended, name, **said).status_code == 303, name

    page = supervisor.get(recommended).text

    assert "检察建议回复函" in page
    assert "已办结" in page
    assert "检察院无异议" in page


def test_proof_is_kept_and_taken_out_again(officer, recommended):
    wrong = deed(officer, recommended, "proof", note="照片", file=(io.BytesIO(b"MZ"), "a.exe"))
    right = deed(officer, recommended, "proof", note="照片", file=(io.BytesIO(PDF), "a.pdf"))

    assert (wrong.status_code, right.status_code) == (422, 303)
    (address,) = re.findall(r'href="(/recommendations/\d+/proofs/\d+)"', officer.get(recommended).text)
    assert officer.get(address).data == PDF


def test_an_old_page_changes_no_recommendation(supervisor, recommended):
    page = supervisor.post(recommended, data={"deed": "reply", "version": "0", "reply_no": "示文函1号"})

    assert (page.status_code, "您查看之后又有变化" in page.text) == (422, True)


def test_a_form_of_a_recommendation_is_shown_again(supervisor):
    page = supervisor.post("/recommendations/new", data=RECEIVED)

    assert (page.status_code, "收到日期：不能为空" in page.text) == (422, True)


def test_who_is_responsible_is_read_from_the_law_and_gaps_are_said(supervisor, app):
    bars = supervisor.get("/duty-matrix?activity=bar").text
    cafes = supervisor.get("/duty-matrix?activity=internet_cafe").text

    assert "缺口：没有确定" in bars
    assert "缺口：没有确定" not in cafes.split("<tbody>")[1]
    assert "文化和旅游局" in cafes
    assert "共" in supervisor.get("/duty-matrix?gaps=true").text
    assert desk_of(app, Role.REPORTER, login="school", areas=("",)).get("/duty-matrix").status_code == 403


def test_strangers_find_nothing(app, deployment, crime, recommended):
    stranger = desk_of(app, Role.SUPERVISOR, login="stranger", areas=("310101",), agency_id=None)

    pages = (crime, recommended, f"{crime}/packages/1.zip")

    assert [stranger.get(page).status_code for page in pages] == [404, 404, 404]
