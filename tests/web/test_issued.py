"""Documents at the desk: made from distances and tips, listed, looked at, withdrawn."""

import io
import re

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from backend.documents.models import IssuedDocument
from tests.documents.issuing import lay_down
from tests.web.conftest import CAFE, UNPLACED
from tests.web.test_tips import ANSWER, lead, receipt  # noqa: F401


@pytest.fixture
def numbered(deployment, agency, district):
    lay_down(deployment, agency)


@pytest.fixture
def report(supervisor, numbered):
    """The page of a report on the cafe's distances."""
    return supervisor.post(f"/venues/{CAFE}/distance-report").location


def looks(deployment):
    with deployment.reading() as session:
        return session.scalars(select(AuditEntry.detail).where(AuditEntry.deed == "document.look")).all()


def text_of(answer):
    pages = PdfReader(io.BytesIO(answer.data)).pages
    return ["".join(page.extract_text().split()) for page in pages]


def test_without_a_series_the_supervisor_is_told_what_to_do(supervisor, district):
    refused = supervisor.post(f"/venues/{CAFE}/distance-report")

    assert refused.status_code == 409
    assert "请在“文号台账”设定文号后再试" in refused.text


def test_a_report_is_made_from_a_venue_and_says_what_the_page_says(supervisor, report):
    shown = supervisor.get(report).text
    pages = text_of(supervisor.get(f"{report}.pdf"))

    assert "距离核查报告" in shown
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", shown)[0]
    assert all(f"核验码{code}" in page for page in pages)
    for part in ("蓝星网吧", "第一小学", "距离不足", "50.0", "示例文旅局"):
        assert part in "".join(pages)
    assert f'href="{report}"' in supervisor.get(f"/venues/{CAFE}").text


def test_a_venue_without_a_position_has_no_report(supervisor, numbered):
    assert "/distance-report" not in supervisor.get(f"/venues/{UNPLACED}").text
    assert supervisor.post(f"/venues/{UNPLACED}/distance-report").status_code == 404


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.COORDINATOR])
def test_only_supervisors_issue(people, numbered, role):
    somebody = people(role)

    assert "/distance-report" not in somebody.get(f"/venues/{CAFE}").text
    assert somebody.post(f"/venues/{CAFE}/distance-report").status_code == 403


def test_a_supervisor_without_an_agency_cannot_issue(people, numbered):
    assert people(Role.SUPERVISOR, agency_id=None).post(f"/venues/{CAFE}/distance-report").status_code == 403


def test_a_tip_is_replied_to_in_writing_once_it_is_answered(deployment, supervisor, numbered, receipt):  # noqa: F811
    too_early = supervisor.post("/tips/1/reply")
    supervisor.post("/tips/1", data={"deed": "take"})
    supervisor.post("/tips/1", data={"deed": "answer", "text": ANSWER})

    letter = supervisor.post("/tips/1/reply").location

    said = "".join(text_of(supervisor.get(f"{letter}.pdf")))
    assert too_early.status_code == 409
    assert ANSWER in said
    assert receipt["receipt_no"] in said
    assert "第一小学" not in said  # who gave it
    assert f'href="{letter}"' in supervisor.get("/tips/1").text


def test_a_tip_of_another_area_gets_no_reply_from_here(people, numbered, receipt):  # noqa: F811
    assert people(Role.SUPERVISOR, areas=("310104",)).post("/tips/1/reply").status_code == 404


def test_the_list_shows_kinds_and_numbers_of_the_own_agency(people, supervisor, report):
    mine, none = supervisor.get("/documents").text, supervisor.get("/documents?kind=tip_reply").text
    others = people(Role.SUPERVISOR, agency_id=None)

    assert "距离核查报告" in mine.split("<tbody>")[1]
    assert f'href="{report}"' not in none
    assert f'href="{report}"' not in others.get("/documents").text
    assert [others.get(report + more).status_code for more in ("", "/page", ".pdf")] == [404] * 3


def test_each_look_is_audited_and_the_facts_alone_are_no_look(deployment, supervisor, people, report):
    supervisor.get(report)
    before = list(looks(deployment))

    page = people(Role.LEGAL_REVIEWER).get(f"{report}/page")
    supervisor.get(f"{report}.docx?copy=public")

    assert before == []
    assert 'class="document"' in page.text
    assert looks(deployment) == [{"form": "html", "public": False}, {"form": "docx", "public": True}]


@pytest.mark.parametrize("form", ["exe", "html", ""])
def test_there_are_no_other_forms(supervisor, report, form):
    assert supervisor.get(f"{report}.{form}").status_code == 404


def test_a_document_is_withdrawn_once_and_with_a_reason(app, deployment, supervisor, people, report):
    without = supervisor.post(report, data={})
    by_reviewer = people(Role.LEGAL_REVIEWER).post(report, data={"because": "void"})
    done = supervisor.post(report, data={"because": "written_wrongly"})
    again = supervisor.post(report, data={"because": "void"})

    assert [one.status_code for one in (without, by_reviewer, done, again)] == [422, 403, 303, 409]
    page = supervisor.get(report).text
    assert "制作有误" in page
    assert 'name="because"' not in page
    with deployment.reading() as session:
        code = session.scalars(select(IssuedDocument.code)).one()
    assert "不再有效" in app.test_client().get(f"/verify/{code}").text


def test_the_ledger_shows_a_number_that_was_taken_at_a_desk(supervisor, report):
    page, table = supervisor.get("/document-numbers").text, supervisor.get("/document-numbers.csv").text

    assert "办公端" in page
    assert "距离核查报告" in table
    assert "无缺号" in page
