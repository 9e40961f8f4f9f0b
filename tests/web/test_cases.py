"""The pages of cases and orders: what is due, what may be done, what was done; proof and outcome."""

import io
import re
from datetime import timedelta

import pytest

from backend.accounts.auth import Role
from backend.accounts.models import User
from backend.core.days import today
from tests.cases.conftest import backdated
from tests.cases.ordering import DEMAND, NUMBER, PDF, looked_again
from tests.people import add_person, desk, desk_of
from tests.web.conftest import CAFE
from tests.web.test_matters import waiting


@pytest.fixture
def officer(app, deployment, case):
    """The first officer of the case."""
    with deployment.reading() as session:
        (found,) = session.query(User.id).filter_by(display_name="张执法").one()
    return desk(app, found)


def deed(client, page, name, **said):
    """Send one of the forms of a page, as it stands there."""
    version = re.search(r'name="version" value="(\d+)"', client.get(page).text)
    return client.post(page, data={"deed": name, "version": version[1] if version else "0"} | said)


def test_a_case_is_opened_from_a_venue_that_shows_its_violations(supervisor, case):
    assert f'href="/cases/new?venue_id={CAFE}"' in supervisor.get(f"/venues/{CAFE}").text
    assert "已在办理中的案件里" in supervisor.get(f"/cases/new?venue_id={CAFE}").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({}, "违法行为：不能为空"),
        ({"acted_on": "bald", "violation_ids": "1"}, "终了日）：不正确"),
        ({"violation_ids": "1"}, "办案人员：至少两名"),
    ],
)
def test_a_form_that_does_not_hold_is_shown_again(supervisor, case, wrong, said):
    page = supervisor.post("/cases/new", data={"venue_id": str(CAFE)} | wrong)

    assert page.status_code == 422
    assert said in page.text


def test_cases_are_listed_with_what_is_due_next_in_words(supervisor, case):
    page = supervisor.get("/cases").text

    assert f"示文案〔{today().year}〕1号" in page
    assert "核查线索、决定是否立案" in page
    assert "张执法、王执法" in page
    assert "共 1 条" in page
    assert "没有符合条件的案件" in supervisor.get("/cases?overdue=true").text


def test_a_case_says_what_is_due_by_which_clause_and_what_follows(supervisor, case):
    made = deed(supervisor, case, "file_case", paper_filing_form="立案审批表.pdf")
    page = supervisor.get(made.location).text

    assert made.status_code == 303
    for said in (
        (today() + timedelta(days=90)).isoformat(), "90日（自然日）", "程序违法",
        "行政处罚法》（2021-01-22修订）第六十条",
        "立案审批表.pdf", "已立案调查", "已记录",
    ):  # fmt: skip
        assert said in page


def test_a_step_shows_who_may_make_it_and_what_it_needs(supervisor, officer, case):
    heads, mine = supervisor.get(case).text, officer.get(case).text

    assert "单位负责人（督导人员）" in mine
    assert 'value="file_case"' in heads
    assert 'value="file_case"' not in mine
    assert "不由您办理" in mine
    assert "须先提出处罚建议" in mine


def test_a_refused_step_says_why_and_keeps_what_was_typed(supervisor, case):
    late = supervisor.post(case, data={"deed": "file_case", "version": "99", "paper_filing_form": "表"})
    none = deed(supervisor, case, "file_case")
    early = deed(supervisor, case, "file_case", paper_filing_form="审批表甲", made_at="2020-01-01T10:00")

    assert "又有变化" in late.text
    assert "缺少材料：立案审批表" in none.text
    assert "早于上一步" in early.text
    assert "审批表甲" in early.text
    assert [one.status_code for one in (late, none, early)] == [409] * 3


@pytest.mark.parametrize("said", [{"made_at": "bald"}, {"reason": "电话13800138000"}, {"days": "x"}])
def test_what_cannot_be_read_or_holds_a_number_is_not_kept(supervisor, case, said):
    assert deed(supervisor, case, "file_case", paper_filing_form="表", **said).status_code == 422


def test_pages_of_cases_speak_english(supervisor, case):
    supervisor.set_cookie("__Host-humiao-language", "en")
    page = supervisor.get(case).text

    assert "Verify the lead and decide on filing" in page
    assert "Administrative Penalty Law" in page


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.REPORTER, Role.AUDITOR, Role.SYSTEM_ADMIN])
def test_nobody_else_is_shown_cases_or_orders(people, case, role):
    somebody = people(role)

    assert [somebody.get(page).status_code for page in ("/cases", case, "/orders", "/orders/1")] == [403] * 4
    assert "/cases" not in somebody.get("/").text


def test_an_order_shows_its_demand_and_notes_the_look(supervisor, ordered):
    assert DEMAND not in supervisor.get("/orders").text
    page = supervisor.get(ordered).text

    assert NUMBER in page
    assert DEMAND in page
    assert "待改正" in page


def test_proof_is_brought_taken_out_and_settles_the_order(officer, ordered):
    said = {"note": "照片显示已经悬挂", "file": (io.BytesIO(PDF), "x.pdf")}
    brought = deed(officer, ordered, "proof", **said)
    taken = officer.get(f"{ordered}/proofs/2")
    passed = deed(officer, ordered, "passed", note="一致")

    assert [one.status_code for one in (brought, taken, passed)] == [303, 200, 303]
    assert taken.data == PDF
    page = officer.get(ordered).text
    assert "照片显示已经悬挂" in page
    assert "已改正" in page
    assert deed(officer, ordered, "passed").status_code == 409


def test_what_is_not_corrected_is_shown_on_order_and_case(supervisor, deployment, agency, ordered, case):
    backdated(deployment, days=3)
    visit = looked_again(deployment, agency, CAFE)

    failed = deed(supervisor, ordered, "failed", visit_id=str(visit))

    assert failed.status_code == 303, failed.text
    for page in (ordered, case):
        assert "可能适用从重档次" in supervisor.get(page).text
    assert NUMBER in supervisor.get(case).text


def test_an_outcome_without_proof_or_a_visit_is_refused_in_words(supervisor, ordered):
    refused = deed(supervisor, ordered, "passed")

    assert refused.status_code == 422
    assert "复查的检查：须有复查或者改正材料" in refused.text


def test_only_a_supervisor_gives_more_time(supervisor, officer, ordered):
    said = {"due_on": (today() + timedelta(days=9)).isoformat(), "note": "等待安装"}

    assert deed(officer, ordered, "extend", **said).status_code == 422
    assert deed(supervisor, ordered, "extend", **said).status_code == 303
    assert said["due_on"] in supervisor.get("/orders").text


def test_orders_past_their_day_are_said_to_be(supervisor, deployment, ordered):
    assert "已过期限" not in supervisor.get("/orders").text.split("<tbody>")[1]
    backdated(deployment, days=3)

    assert "已过期限" in supervisor.get("/orders?overdue=true").text.split("<tbody>")[1]


def test_what_is_due_stands_among_what_waits_today(supervisor, deployment, case):
    before = waiting(supervisor.get("/").text)
    backdated(deployment, days=3)
    after = waiting(supervisor.get("/").text)

    assert before["责令改正三日内到期"] == ("1", f"最早 {today()}")
    assert after["责令改正已过期限"] == ("1", f"最早 {today() - timedelta(days=3)}")
    assert before["案件期限已超期"] == ("0", "无")


def test_cases_overdue_are_counted(supervisor, deployment, case):
    deed(supervisor, case, "file_case", paper_filing_form="表")
    backdated(deployment, days=100)

    assert waiting(supervisor.get("/").text)["案件期限已超期"] == (
        "1",
        f"最早 {today() - timedelta(days=10)}",
    )
    assert "超期" in supervisor.get("/cases?overdue=true").text.split("<tbody>")[1]


def test_the_administrator_says_by_whose_rules_an_agency_takes_its_cases(app, agency, people):
    admin = desk_of(app, Role.SYSTEM_ADMIN, areas=("310101",))
    chosen = re.search(r'<option value="(\w+)" selected>', admin.get(f"/agencies/{agency}").text)

    saved = admin.post(f"/agencies/{agency}", data={"authority": "SAMR"})
    refused = admin.post(f"/agencies/{agency}", data={"authority": "MAYOR"})

    assert chosen[1] == "GENERAL"
    assert '<option value="SAMR" selected>' in saved.text
    assert refused.status_code == 422


def test_whoever_has_no_agency_has_nothing_due(app):
    somebody = desk_of(app, Role.SUPERVISOR)

    assert waiting(somebody.get("/").text)["案件期限已超期"] == ("0", "无")
    assert "共 0 条" in somebody.get("/cases").text


def test_another_agency_finds_no_case(app, deployment, case):
    stranger = desk(app, add_person(deployment, Role.SUPERVISOR, areas=("310101",)))

    assert [stranger.get(page).status_code for page in (case, "/orders/1")] == [404, 404]
