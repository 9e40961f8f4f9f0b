"""Documents of an inspection and the ledger of their numbers, at the desk."""

import io
import re
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.accounts.models import Device
from backend.accounts.queries import person_with
from backend.core.audit import AuditEntry
from backend.intake import documents
from backend.intake.document_format import Handed
from backend.intake.document_models import HandedDocument
from backend.intake.models import Signed
from backend.tasks import ledger
from backend.tasks.rules import Voided
from tests.accounts.enrolling import TabletKey, add_tablet
from tests.intake.handed import DOT, content, handed, reserved
from tests.people import desk_of

FOUND = "二楼有两名学生模样的人上网"


@pytest.fixture
def device(deployment, inspector, agency):
    """The number of the inspector's tablet, and three numbers that it holds."""
    device_id, _ = add_tablet(deployment, user_id=inspector, agency_id=agency)
    return device_id, reserved(deployment, device_id, agency)


def tablet_of(session, device_id):
    return person_with(session.get_one(Device, device_id))


def hand_over(deployment, device_id, visit_no, number=(None, None), image=DOT):
    """As the tablet does, signed and sent; returns the document's UUID."""
    said = content(FOUND, number=number[1]).replace(DOT, image)
    body = handed(TabletKey(), said, visit=visit_no, number=number[0])
    del body["signature"], body["content"]
    with deployment.reading() as session:
        by = tablet_of(session, device_id)
    documents.receive(
        deployment, said.encode(), Handed(**body), by=by, signed=Signed.VALID, now=datetime.now(UTC)
    )
    return body["document"]


@pytest.fixture
def document(deployment, visited, device, supervisor):
    """A document of the inspection, under the first number; the second is used by one that did not come."""
    visit_no = supervisor.get("/api/v1/visits/1").json["visit_no"]
    device_id, numbers = device
    uuid = hand_over(deployment, device_id, visit_no, numbers[0])
    with deployment.unit_of_work() as session:
        by = tablet_of(session, device_id)
        now = datetime.now(UTC)
        ledger.use(session, numbers[1][0], document="0" * 36, used_at=now, by=by)
        ledger.spoil(session, numbers[2][0], because=Voided.WRONG, by=by, now=now)
    return f"/visits/1/documents/{uuid}"


def looks(deployment):
    with deployment.reading() as session:
        return len(session.scalars(select(AuditEntry).filter_by(deed="document.read")).all())


def test_an_inspection_lists_its_documents_without_what_stands_in_them(supervisor, document):
    page = supervisor.get("/visits/1").text.split('id="documents"')[1]

    assert "示检录〔2026〕1号" in page
    assert "打印后当场交付" in page
    assert f'action="{document}"' in page
    assert FOUND not in page


def test_each_look_at_a_document_is_in_the_audit_trail(supervisor, deployment, document):
    page = supervisor.post(document)

    assert page.status_code == 200
    assert FOUND in page.text
    assert DOT in page.text
    assert looks(deployment) == 1


def test_a_document_is_printed_for_the_files_with_what_was_signed(supervisor, deployment, document):
    printed = supervisor.post(f"{document}.pdf")

    (page,) = PdfReader(io.BytesIO(printed.data)).pages
    text = "".join(page.extract_text().split())
    expected = (FOUND, "示检录〔2026〕1号", "现场负责人", "执法证号SH-0001")
    assert [one for one in expected if one not in text] == []
    assert len(page.images) == 1
    assert top_of_picture(page) < height_of(page, "现场负责人")
    assert looks(deployment) == 1


def top_of_picture(page):
    tops = []

    def drawn(operator, _operands, at, _text_at):
        if operator == b"Do":
            tops.append(at[5] + at[3])

    page.extract_text(visitor_operand_before=drawn)
    return max(tops)


def height_of(page, words):
    heights = []

    def written(text, at, *_):
        if words in text:
            heights.append(at[5])

    page.extract_text(visitor_text=written)
    return min(heights)


def test_a_picture_that_is_none_is_said_instead_of_left_out(supervisor, deployment, visited, device):
    visit_no = supervisor.get("/api/v1/visits/1").json["visit_no"]
    uuid = hand_over(deployment, device[0], visit_no, image="data:image/png;base64,iVBORw0KGgo=")

    printed = supervisor.post(f"/visits/1/documents/{uuid}.pdf")

    assert (printed.status_code, "读不出来" in printed.text) == (422, True)
    assert supervisor.post(f"/visits/1/documents/{uuid}").status_code == 200


def test_whoever_may_not_read_records_may_not_read_documents(people, deployment, document):
    coordinator = people(Role.COORDINATOR, agency_id=None)

    listed = coordinator.get("/visits/1").text

    assert "示检录〔2026〕1号" in listed
    assert document not in listed
    assert [coordinator.post(f"{document}{form}").status_code for form in ("", ".pdf")] == [403, 403]
    assert looks(deployment) == 0


def test_another_agency_sees_nothing_of_it(app, deployment, document):
    stranger = desk_of(app, Role.SUPERVISOR, areas=("310101",), agency_id=None)

    assert [stranger.post(f"{document}{form}").status_code for form in ("", ".pdf")] == [404, 404]
    assert looks(deployment) == 0


def test_a_document_that_names_anothers_visit_does_not_show_there(supervisor, deployment, visited):
    visit_no = supervisor.get("/api/v1/visits/1").json["visit_no"]
    device_id, _ = add_tablet(deployment)
    uuid = hand_over(deployment, device_id, visit_no)

    assert uuid not in supervisor.get("/visits/1").text
    assert supervisor.post(f"/visits/1/documents/{uuid}").status_code == 404


def test_a_number_that_the_ledger_gives_to_another_document_says_so(supervisor, deployment, document, device):
    with deployment.unit_of_work() as session:
        session.scalars(select(HandedDocument)).one().number_id = device[1][1][0]

    assert "台账记载的是另一份文书" in supervisor.get("/visits/1").text


def test_the_ledger_tells_used_void_and_open_numbers_and_what_has_not_come(supervisor, document):
    page = supervisor.get("/document-numbers").text

    series, numbers = page.split("<tbody>")[1:3]
    assert re.findall(r'class="figure"[^>]*>(\d+)<', series) == ["3", "0", "2", "1", "1"]
    assert "无缺号" in series
    assert (numbers.count("已收到"), numbers.count("内容未到"), numbers.count("填错")) == (1, 1, 1)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("state=voided", 1), ("state=used", 2), ("year=2031", 0), ("kind=order_to_correct", 0)],
)
def test_the_ledger_is_looked_through(supervisor, document, asked, shown):
    page = supervisor.get(f"/document-numbers?{asked}").text

    assert (
        page.count("示检录〔2026〕1号") + page.count("示检录〔2026〕2号") + page.count("示检录〔2026〕3号")
        == shown
    )


def test_an_auditor_looks_into_every_ledger_and_a_stranger_into_none(app, document):
    auditor = desk_of(app, Role.AUDITOR)
    stranger = desk_of(app, Role.LEGAL_REVIEWER)

    assert "示检录〔2026〕1号" in auditor.get("/document-numbers?agency_id=1").text
    assert "示检录〔2026〕1号" not in stranger.get("/document-numbers").text
    assert auditor.post("/document-numbers").status_code == 403


def test_the_ledger_goes_out_as_a_table_and_each_time_is_recorded(supervisor, deployment, document):
    csv = supervisor.get("/document-numbers.csv?state=voided").get_data(as_text=True)
    book = load_workbook(io.BytesIO(supervisor.get("/document-numbers.xlsx").data))

    assert len(csv.splitlines()) == 2
    assert "填错" in csv
    assert [row[3].value for row in book.active.rows][1:] == [f"示检录〔2026〕{n}号" for n in (3, 2, 1)]
    with deployment.reading() as session:
        assert len(session.scalars(select(AuditEntry).filter_by(deed="number.export")).all()) == 2


def test_a_supervisor_lays_a_series_down_and_a_wrong_one_is_refused_in_words(supervisor):
    said = {"kind": "order_to_correct", "year": "2026", "pattern": "示责〔2026〕{number}号"}

    wrong = supervisor.post("/document-numbers", data=said | {"pattern": "没有流水号的格式"})
    laid = supervisor.post("/document-numbers", data=said)
    again = supervisor.post("/document-numbers", data=said)

    assert (wrong.status_code, laid.status_code, again.status_code) == (422, 200, 409)
    assert "文号已设定" in laid.text
    assert "示责〔2026〕{number}号" in laid.text.split("<tbody>")[1]
