"""The monthly sheet of a school: on the page, in Excel and in a PDF; what changed; new licences."""

import io
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.core.days import today
from backend.screening.looks import Seen, compare
from backend.screening.models import SurroundingsLook
from backend.venues.models import Licence, Venue
from tests.screening.places import add_venue, at
from tests.web.conftest import BAR, CAFE, SCHOOL
from tests.web.test_own_tips import REPORT, said

pytestmark = pytest.mark.usefixtures("district")
CAFE_SEEN = {"venue_id": CAFE, "activity": "internet_cafe", "name": "蓝星网吧",
             "licence_no": "沪网文〔2019〕0001号", "status": "to_be_measured"}  # fmt: skip


@pytest.fixture
def last_month(deployment):
    """A month ago the cafe was there without its licence, and a karaoke bar that is gone; the bar was not."""
    day = today().replace(day=1) - timedelta(days=3)
    rows = [CAFE_SEEN | {"licence_no": None}, CAFE_SEEN | {"venue_id": 99, "name": "老歌厅"}]
    with deployment.unit_of_work() as session:
        session.add(SurroundingsLook(site_id=SCHOOL, month=f"{day:%Y-%m}", looked_on=day, rows=rows))
    return day


def looks(deployment):
    with deployment.reading() as session:
        return [(one.looked_on, len(one.rows)) for one in session.scalars(select(SurroundingsLook))]


def text_of(pdf):
    """The text that a reader finds, without the gaps of its lines."""
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def test_what_changed_is_told_by_venue_and_activity():
    before = (Seen(1, "bar", "甲", None, "to_be_measured"), Seen(2, "bar", "乙", "A1", None))
    now = (Seen(1, "bar", "甲", "B1", "distance_kept"), Seen(3, "hotel", "丙", "C1", None),
           Seen(4, "hotel", "丁", None, None))  # fmt: skip

    changes = compare(before, now)

    assert changes.new == {(3, "hotel"), (4, "hotel")}
    assert changes.licensed == {(1, "bar"), (3, "hotel")}
    assert changes.restated == {(1, "bar")}
    assert changes.gone == before[1:]


def test_the_first_look_of_a_month_is_kept_and_no_later_one(deployment, school):
    page = school.get("/own-school/month").text
    with deployment.unit_of_work() as session:
        add_venue(session, at(150, 0), name="新网吧", area_code="310101")
    again = school.get("/own-school/month").text

    assert looks(deployment) == [(today(), 2)]
    assert "这是第一次留下名单" in page
    assert "新增" not in page
    assert f"与 {today()} 的名单比较" in again
    assert re.findall(r'data-label="变化">([^<]+)<', again) == ["无", "新增", "无"]


def test_the_sheet_says_what_is_new_what_is_licensed_and_what_is_gone(school, last_month):
    page = school.get("/own-school/month").text

    assert f"与 {last_month} 的名单比较" in page
    assert re.findall(r'data-label="变化">([^<]+)<', page) == ["新许可", "新增"]
    assert "老歌厅" in page.split("<h2>已不在名单中</h2>")[1]


def test_a_new_licence_inside_the_ring_is_told_on_the_portal(deployment, school, last_month):
    with deployment.unit_of_work() as session:
        far = add_venue(session, at(400, 50), name="远处网吧", area_code="310101")
        far.licences = [Licence(activity="internet_cafe", number="沪网文〔2026〕9号")]

    notice = school.get("/own-school").text.split("notice-info")[1].split("</div>")[0]

    assert f"自 {last_month} 以来，范围内新增 1 个许可" in notice
    assert "蓝星网吧（网吧），沪网文〔2019〕0001号，距校园边界 50.0 米" in notice
    assert "远处网吧" not in notice


def test_without_an_earlier_look_nothing_is_called_new(school):
    assert "notice-info" not in school.get("/own-school").text


def test_the_pdf_says_in_readable_chinese_what_the_page_says(school, last_month):
    school.post(REPORT, data=said(text="门口有人"))
    number = re.search(r"XS\d{8}-\w{8}", school.get("/own-school/tips").text)[0]

    answer = school.get("/own-school/month.pdf")

    pdf = text_of(answer.data)
    assert answer.content_type == "application/pdf"
    for word in ("第一小学周边每月一览", "蓝星网吧", "夜莺酒吧", "沪网文〔2019〕0001号", "距离待复核",
                 "老歌厅", "新许可", number, "待受理", "核对人签名"):  # fmt: skip
        assert word in pdf, word
    assert "门口有人" not in pdf


def test_the_workbook_says_the_same_and_holds_no_formula(deployment, school):
    with deployment.unit_of_work() as session:
        session.get_one(Venue, BAR).name = "=1+1"

    answer = school.get("/own-school/month.xlsx")

    sheet = load_workbook(io.BytesIO(answer.data)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    said = {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} == {"s"}
    assert {"蓝星网吧", "'=1+1", "50.0 米", "沪网文〔2019〕0001号", "距离待复核"} <= said
    assert answer.headers["Content-Disposition"] == f"attachment; filename=surroundings-{today():%Y-%m}.xlsx"


def test_what_is_in_a_name_is_no_markup_of_the_pdf(deployment, school):
    hostile = '#read("/etc/passwd") $x$ *b* <a> "'
    with deployment.unit_of_work() as session:
        session.get_one(Venue, BAR).name = hostile

    assert hostile.replace(" ", "") in text_of(school.get("/own-school/month.pdf").data)


def test_a_sheet_shows_no_verdict_and_no_inspection(school, visited):
    page = school.get("/own-school/month").text.split("<main")[1]

    assert "蓝星网吧" in page
    for secret in ("违法", "距离不足", "检查", "蓝星公司", "示例路8弄", "/venues/"):
        assert secret not in page, secret


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_an_account_without_a_school_has_no_sheet(people, kind):
    nobody = people(Role.REPORTER, site_id=None)

    assert nobody.get(f"/own-school/month.{kind}").status_code == 404
    assert nobody.get("/own-school/month").location == "/own-school"
