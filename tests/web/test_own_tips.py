"""What a school reports on its own pages, without a script, and how it follows its own tips."""

import io
import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.tips.models import Tip
from tests.tips.leads import photo
from tests.web.conftest import CAFE, FAR_SCHOOL, KINDERGARTEN
from tests.web.test_tips import ANSWER, looks

pytestmark = pytest.mark.usefixtures("district")
REPORT = "/own-school/report"


def said(**more):
    return {"uuid": str(uuid4()), "kind": "smoking", "seen_at": "2026-11-20T10:00"} | more


def tips(deployment):
    with deployment.reading() as session:
        return session.scalars(select(Tip)).all()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        pytest.param({"kind": ""}, "是什么情况：不能为空", id="no kind"),
        pytest.param({"kind": "unheard_of"}, "是什么情况：没有这一项", id="a kind that nobody knows"),
        pytest.param({"seen_at": "2199-01-01T00:00"}, "什么时候：还没有到这个时间", id="not yet"),
        pytest.param({"seen_at": "yesterday"}, "什么时候：不正确", id="no time"),
        pytest.param({"venue_id": "3"}, "哪一家：不在本校周边", id="a venue somewhere else"),
        pytest.param({"text": "学生11010519491231002X"}, "身份证号", id="a resident ID"),
        pytest.param({"picture": (io.BytesIO(b"x"), "1.jpg")}, "照片打不开", id="no picture"),
    ],
)
def test_what_cannot_be_so_is_refused_and_stays_typed(deployment, school, more, words):
    given = said(**more)

    answer = school.post(REPORT, data=given)

    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{given["uuid"]}"' in answer.text
    assert tips(deployment) == []


def test_four_pictures_are_too_many(deployment, school):
    four = [(io.BytesIO(photo()), f"{number}.jpg") for number in range(4)]

    assert school.post(REPORT, data=said(picture=four)).status_code == 422
    assert tips(deployment) == []


def test_the_form_begins_with_whom_to_call_and_has_a_tile_for_each_kind(school):
    page = school.get(REPORT).text
    kinds = set(re.findall(r'name="kind" value="(\w+)"', page))

    assert re.findall(r'href="tel:(\d+)"', page) == ["110", "12345", "12355"]
    assert page.index("tel:110") < page.index('name="kind"')
    assert {"internet_cafe", "tobacco", "smoking", "other"} <= kinds
    assert "蓝星网吧" in page
    assert "邻区网吧" not in page


def test_a_file_that_somebody_chooses_has_no_name_to_be_sent_under(school):
    files = re.findall(r'<input[^>]*type="file"[^>]*>', school.get(REPORT).text)

    assert len(files) == 1
    assert "name=" not in files[0]


def test_a_report_without_a_script_is_kept_and_its_secret_is_shown_once(deployment, school):
    given = said(venue_id=str(CAFE), text="放学时门口有人")

    first, again = (school.post(REPORT, data=given) for _ in range(2))

    (tip,) = tips(deployment)
    assert (first.status_code, again.status_code) == (201, 200)
    assert tip.seen_at == datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    assert (tip.venue_id, tip.kind) == (CAFE, "smoking")
    assert tip.receipt_no in first.text
    assert re.search(r">(\w{4}-){3}\w{4}<", first.text)
    assert not re.search(r">(\w{4}-){3}\w{4}<", again.text)
    assert "早已收到" in again.text


def test_a_school_follows_its_own_tip_to_its_answer_and_each_look_is_noted(deployment, school, supervisor):
    school.post(REPORT, data=said())
    before = school.get("/own-school/tips/1").text
    supervisor.post("/tips/1", data={"deed": "take"})
    supervisor.post("/tips/1", data={"deed": "answer", "text": ANSWER})

    listed, after = (school.get(address).text for address in ("/own-school/tips", "/own-school/tips/1"))

    assert "还没有答复" in before
    assert "待受理" in before
    assert "已答复" in listed
    assert ANSWER in after
    assert looks(deployment).count("tip.read_own") == 2


@pytest.mark.parametrize("other", [KINDERGARTEN, FAR_SCHOOL])
def test_nobody_elses_tip_is_shown(people, school, supervisor, other):
    neighbour = people(Role.REPORTER, agency_id=None, site_id=other, areas=("",))
    school.post(REPORT, data=said())
    number = supervisor.get("/api/v1/tips/1").json["receipt_no"]

    assert neighbour.get("/own-school/tips/1").status_code == 404
    assert "还没有报告过线索" in neighbour.get("/own-school/tips").text
    assert number in school.get("/own-school/tips").text


def test_a_colleague_of_the_same_school_has_tips_of_ones_own(people, school):
    school.post(REPORT, data=said())
    colleague = people(Role.REPORTER, agency_id=None, site_id=1)

    assert colleague.get("/own-school/tips/1").status_code == 404


def test_an_account_without_a_school_is_led_to_who_helps(people):
    nobody = people(Role.REPORTER, site_id=None)

    assert nobody.get(REPORT).location == "/own-school"
    assert nobody.post(REPORT, data=said()).status_code == 403
