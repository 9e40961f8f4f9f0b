"""Documents made from a case's page: filled in, looked at, issued, named as papers of a step, read back."""

import re

import pytest
from sqlalchemy import select, update

from backend.accounts.auth import Role
from backend.cases.models import CaseStep
from backend.core.audit import AuditEntry
from backend.core.days import today
from backend.documents.models import IssuedDocument
from backend.venues.models import Venue
from tests.cases.conftest import fined, proposes, ruled, step
from tests.documents.issuing import lay_down
from tests.people import add_person, desk
from tests.web.test_cases import deed, officer  # noqa: F401
from tests.web.test_issued import text_of
from tests.web.test_penalties import reviewer  # noqa: F401

API = "/api/v1/cases/1"


@pytest.fixture
def numbered(deployment, agency, case):
    lay_down(deployment, agency)


def form(client, page):
    """The short form as it is filled in."""
    shown = client.get(page).text
    said = dict(re.findall(r'<input id="\w+" name="(\w+)" value="([^"]*)"', shown))
    said |= dict(re.findall(r'<input type="hidden" name="(seen)" value="([^"]*)"', shown))
    said |= dict(re.findall(r'<textarea id="\w+" name="(\w+)"[^>]*>([^<]*)</textarea>', shown))
    return said | dict(re.findall(r'type="checkbox" name="(\w+)" value="(\w+)" checked', shown))


def made(client, case, kind, what="issue", **said):
    page = f"{case}/documents/new?kind={kind}"
    return client.post(page, data=form(client, page) | said | {"deed": what})


@pytest.fixture
def reviewed(case, officer, reviewer, supervisor, numbered):  # noqa: F811
    """The case is filed, reviewed, and the reviewer chose a fine of 5,000 yuan."""
    review(officer, reviewer, supervisor, "ordinary", "5000", "warning")
    return case


def review(officer, reviewer, supervisor, tier, yuan, kind, **facts):  # noqa: F811
    act = officer.get(API).json["violation_ids"][0]
    chosen = {"outcome": "penalty", "items": [
        {"candidate": f"{act}/PEN-01/{tier}/0", "yuan": yuan, "kinds": [kind]}
    ]}  # fmt: skip
    for somebody, name, paper in (
        (supervisor, "file_case", "filing_form"), (officer, "finish_investigation", "report"),
        (reviewer, "pass_review", "opinion"),
    ):  # fmt: skip
        assert step(somebody, API, name, paper).status_code == 201
    ruled(officer, reviewer, API, chosen, **facts)


def test_the_page_offers_what_the_next_steps_need_to_whoever_prepares_it(
    officer, supervisor, reviewer, numbered, case  # noqa: F811
):  # fmt: skip
    def offered(somebody):
        return re.findall(r"documents/new\?kind=(\w+)", somebody.get(case).text)

    assert offered(officer) == [
        "filing_approval", "preservation_decision", "preservation_list", "extraction_record",
        "distance_report",
    ]  # fmt: skip
    assert offered(supervisor) == offered(officer)[:3]
    assert offered(reviewer) == []


@pytest.mark.parametrize("kind", ["penalty_decision", "closing_report", "tip_reply", "nonsense", ""])
def test_what_the_case_does_not_need_yet_is_not_made(officer, numbered, case, kind):  # noqa: F811
    refused = officer.get(f"{case}/documents/new?kind={kind}")

    assert refused.status_code == 409
    assert "这份文书现在不能制作" in refused.text
    assert "案件现在不需要这份文书，或者不由您制作" in refused.text


def test_a_form_without_what_it_needs_says_so_beside_the_field(officer, numbered, case):  # noqa: F811
    refused = made(officer, case, "preservation_list", reason="", items="登记本|A4|2册", settle_by="bald")
    number = made(officer, case, "filing_approval", facts="店长电话13800138000")

    assert [refused.status_code, number.status_code] == [422, 422]
    assert "保存的原因：不能为空" in refused.text
    assert "处理期限：不正确" in refused.text
    assert "登记本|A4|2册" in refused.text
    assert "不得含有身份证号或手机号" in number.text


def test_a_look_issues_nothing(deployment, officer, numbered, case):  # noqa: F811
    look = made(officer, case, "filing_approval", "look")

    assert look.status_code == 200
    assert 'class="document"' in look.text
    assert "立案审批表" in look.text
    with deployment.reading() as session:
        assert session.scalars(select(IssuedDocument)).all() == []


def test_an_issued_document_is_listed_and_becomes_the_paper_of_its_step(
    deployment, officer, supervisor, numbered, case  # noqa: F811
):  # fmt: skip
    issued = made(officer, case, "filing_approval")
    assert issued.status_code == 303, issued.text
    page = supervisor.get(case).text
    (number,) = re.findall(r'<option value="(\d+)" selected>立案审批表', page)
    assert deed(supervisor, case, "file_case", issued_filing_form=number).status_code == 303

    with deployment.reading() as session:
        document = session.scalars(select(IssuedDocument)).one()
        kept = session.scalars(select(CaseStep.papers).where(CaseStep.step == "file_case")).one()
        looks = session.scalars(select(AuditEntry.subject).where(AuditEntry.deed == "document.look")).all()
        assert kept == [
            {"id": "filing_form", "name": f"立案审批表 {document.number.text}", "sha256": document.sha256}
        ]
        assert (document.case_id, looks) == (1, [])
    assert "立案审批表" in text_of(officer.get(f"{issued.location}.pdf"))[0]


def test_a_withdrawn_document_or_one_of_another_case_is_no_paper(officer, supervisor, numbered, case):  # noqa: F811
    made(officer, case, "filing_approval")
    made(
        officer,
        case,
        "extraction_record",
        place="吧台",
        made_at=f"{today()}T10:00",
        extracted="登记|电脑|导出",
    )
    supervisor.post("/documents/1", data={"because": "written_wrongly"})

    answers = [deed(supervisor, case, "file_case", issued_filing_form=one) for one in ("1", "2", "99")]

    assert [one.status_code for one in answers] == [422] * 3
    assert "已撤回" in officer.get(case).text


def test_what_may_be_a_persons_name_is_masked(officer, supervisor, numbered, case, deployment):  # noqa: F811
    with deployment.unit_of_work() as session:
        session.execute(update(Venue).values(operator_name="吴小店"))
    made(officer, case, "filing_approval")

    assert "吴小店" in supervisor.get("/api/v1/documents/1/html").text
    assert "吴小店" not in supervisor.get("/api/v1/documents/1/html?public=true").text


def test_a_document_is_not_issued_by_a_form_that_was_used_before(officer, numbered, case):  # noqa: F811
    page = f"{case}/documents/new?kind=filing_approval"
    filled = form(officer, page) | {"deed": "issue"}

    first, again = officer.post(page, data=filled), officer.post(page, data=filled)

    assert (first.status_code, again.status_code) == (303, 409)


def test_a_notice_waits_for_the_reviewer(officer, reviewer, supervisor, numbered, case):  # noqa: F811
    for somebody, name, paper in (
        (supervisor, "file_case", "filing_form"), (officer, "finish_investigation", "report"),
        (reviewer, "pass_review", "opinion"),
    ):  # fmt: skip
        assert step(somebody, API, name, paper).status_code == 201

    assert officer.get(f"{case}/documents/new?kind=penalty_notice").status_code == 409


def test_the_decision_says_what_the_reviewer_chose_in_both_ways_of_writing(
    officer, supervisor, reviewed  # noqa: F811
):  # fmt: skip
    notice = made(officer, reviewed, "penalty_notice")
    assert notice.status_code == 303, notice.text
    for name, papers in (("serve_notice", ["notice", "receipt"]), ("waive_rights", ["waiver"])):
        assert step(officer, API, name, *papers).status_code == 201
    heard = {"heard": "当事人放弃陈述、申辩", "bank": "示例银行（虚构）", "sue_at": "示例区人民法院（虚构）"}
    decision = made(supervisor, reviewed, "penalty_decision", **heard)
    assert decision.status_code == 303, decision.text

    told, said = ("".join(text_of(supervisor.get(f"{one.location}.pdf"))) for one in (notice, decision))
    assert "罚款人民币伍仟元整（¥5,000.00）" in told
    for part in (
        "行政处罚决定书", "警告", "罚款人民币伍仟元整（¥5,000.00）", "第一百二十三条", "蓝星公司",
        f"示文案〔{today().year}〕1号", "张执法", "当事人放弃陈述", "事实清楚",
    ):  # fmt: skip
        assert part in said
    assert "第三十一条" not in said  # the lower rule does not apply
    assert re.search(r"已告知拟作出的行政处罚（示文\S+?号）", said)


def test_a_notice_of_closure_offers_the_hearing_whatever_is_ticked(
    officer, reviewer, supervisor, numbered, case  # noqa: F811
):  # fmt: skip
    review(officer, reviewer, supervisor, "serious", "60000", "closure", circumstances=["refused"])
    page = officer.get(f"{case}/documents/new?kind=penalty_notice").text
    notice = made(officer, case, "penalty_notice", may_be_heard="", closed_for="一个月")

    assert ('checkbox" disabled checked' in page, "依法固定" in page) == (True, True)
    assert notice.status_code == 303, notice.text
    assert "要求听证" in "".join(text_of(officer.get(f"{notice.location}.pdf")))


def test_a_decision_on_the_spot_says_what_the_officers_propose_and_is_outdated_by_another_proposal(
    deployment, officer, supervisor, numbered, case  # noqa: F811
):  # fmt: skip
    kind, said = "summary_decision", {"heard": "无异议", "person_signing": "认为处罚过重"}
    said |= {"showed": "true", "told": "true", "handed": "true"}
    with deployment.unit_of_work() as session:
        session.execute(update(Venue).values(operator_name="蓝星有限公司"))  # longer than a person's name
    act = officer.get(API).json["violation_ids"][0]
    assert officer.get(f"{case}/documents/new?kind={kind}").status_code == 409
    assert proposes(officer, API, fined(act, 500)).status_code == 201
    typed = deed(officer, case, "decide_on_the_spot", paper_decision="决定书.pdf")
    assert (typed.status_code, "缺少材料" in typed.text) == (409, True)
    assert "当场处罚决定书：先在本页制发这份文书" in officer.get(case).text
    issued = made(officer, case, kind, **said)
    assert issued.status_code == 303, issued.text
    text = "".join(text_of(officer.get(f"{issued.location}.pdf")))
    for part in ("当场行政处罚决定书", "警告", "罚款人民币伍佰元整（¥500.00）", "拒绝签名：认为处罚过重"):
        assert part in text

    assert proposes(officer, API, fined(act, 400)).status_code == 201
    outdated = deed(officer, case, "decide_on_the_spot", issued_decision="1")
    made(officer, case, kind, **said)

    assert (outdated.status_code, "请重新制作" in outdated.text) == (409, True)
    assert deed(officer, case, "decide_on_the_spot", issued_decision="2").status_code == 303


def test_documents_of_a_case_are_seen_by_who_sees_the_case(
    app, deployment, agency, officer, people, numbered, case  # noqa: F811
):  # fmt: skip
    page = made(officer, case, "filing_approval").location
    colleague = desk(app, add_person(deployment, Role.INSPECTOR, agency_id=agency, areas=("310101",)))
    stranger = desk(app, add_person(deployment, Role.INSPECTOR, areas=("310101",)))

    assert [one.get(page).status_code for one in (officer, colleague, stranger)] == [200, 200, 404]
    assert people(Role.COORDINATOR).get(page).status_code == 403
    assert colleague.get(f"{case}/documents/new?kind=filing_approval").status_code == 409
    with deployment.reading() as session:
        looks = session.scalars(select(AuditEntry.subject).where(AuditEntry.deed == "document.look")).all()
    assert looks == ["issued:1", "issued:1"]
