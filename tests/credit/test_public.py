"""What everybody may read, and what pages show to whom."""

import csv
import io

import pytest
from sqlalchemy import update

from backend.accounts.auth import Role
from backend.venues.models import Venue
from tests.credit.conftest import ELSEWHERE, HERE, PUBLIC, TERMS, said_of_entry, takes
from tests.people import desk_of


def test_nothing_is_published_by_itself(app, reviewer, listed):
    stranger = app.test_client()
    assert stranger.get(PUBLIC).json == []
    assert "海风" not in stranger.get("/credit-public").text

    takes(reviewer, listed, "publish")
    assert "海风歌厅" in stranger.get("/credit-public").text

    takes(reviewer, listed, "withdraw", reason="核对中")
    assert stranger.get(PUBLIC).json == []


def test_everybody_reads_no_name_of_a_person(app, reviewer, listed):
    takes(reviewer, listed, "publish")
    stranger = app.test_client()

    entry = stranger.get(PUBLIC).json[0]
    lines = list(csv.reader(io.StringIO(stranger.get("/credit-public.csv").text.lstrip("\ufeff"))))

    assert set(entry) == {
        "register", "venue", "party", "credit_code", "basis", "decision_no", "decision_on", "agency",
        "listed_on", "until_on",
    }  # fmt: skip
    assert (entry["party"], entry["basis"]) == ("海风娱乐有限公司", TERMS["document"])
    assert len(lines) == 2
    for told in (str(entry), str(lines), stranger.get("/credit-public").text):
        assert "王伟" not in told


def test_a_natural_person_is_masked(app, reviewer, proposed):
    entry = proposed(party="欧阳小风", is_person=True)
    takes(reviewer, entry, "list")
    takes(reviewer, entry, "publish")
    stranger = app.test_client()

    assert stranger.get(PUBLIC).json[0]["party"] == "欧阳某"
    for way in ("/credit-public", "/credit-public.csv"):
        assert "小风" not in stranger.get(way).text
        assert "欧阳某" in stranger.get(way).text


def test_the_name_of_a_person_is_masked_in_the_name_of_the_venue_too(app, deployment, reviewer, proposed):
    with deployment.unit_of_work() as session:
        session.execute(update(Venue).values(name="欧阳小风歌厅"))
    entry = proposed(party="欧阳小风", is_person=True)
    takes(reviewer, entry, "list")
    takes(reviewer, entry, "publish")
    stranger = app.test_client()

    assert stranger.get(PUBLIC).json[0]["venue"] == "欧阳某歌厅"
    for way in ("/credit-public", "/credit-public.csv"):
        assert "小风" not in stranger.get(way).text
        assert "欧阳某歌厅" in stranger.get(way).text


def test_the_page_of_the_venue_says_it_to_officers_and_never_to_a_school(app, agency, head, listed, venue):
    inspector = desk_of(app, Role.INSPECTOR, agency_id=agency, **HERE)
    coordinator = desk_of(app, Role.COORDINATOR, **HERE)
    school = desk_of(app, Role.REPORTER, **HERE)

    for desk in (inspector, coordinator):
        page = desk.get(f"/venues/{venue}").text
        assert ELSEWHERE["decision_no"] in page
        assert "提出警示记录或失信名单" not in page
    assert "加大检查力度" in head.get("/tasks/new", query_string={"venue_id": venue}).text
    assert school.get(f"/venues/{venue}").status_code == 403
    for way in ("/own-school", "/"):
        assert ELSEWHERE["decision_no"] not in school.get(way, follow_redirects=True).text


def test_a_head_proposes_and_a_reviewer_decides_on_pages(head, reviewer, venue):
    form = {
        name: str(value) for name, value in said_of_entry(venue).items() if name != "responsible"
    } | {"position": "principal", "name": "王伟"}  # fmt: skip
    assert "娱乐场所违法行为警示记录" in head.get("/credit/new", query_string={"venue_id": venue}).text
    unsaid = head.post("/credit/new", data=form | {"is_person": ""})
    assert (unsaid.status_code, "当事人是自然人还是单位：" in unsaid.text) == (422, True)
    wrong = head.post("/credit/new", data=form | {"act": ""})
    assert (wrong.status_code, "认定的违法行为" in wrong.text) == (422, True)
    proposed = head.post("/credit/new", data=form)
    assert (proposed.status_code, proposed.location) == (303, "/credit/1")

    own = head.post("/credit/1", data={"deed": "list", "version": "1", "paper": "示例决定"})
    assert (own.status_code, "由另一角色办理" in own.text) == (409, True)
    stale = reviewer.post("/credit/1", data={"deed": "list", "version": "9", "paper": "示例决定"})
    assert stale.status_code == 412
    assert (
        reviewer.post("/credit/1", data={"deed": "list", "version": "1", "paper": "示例决定"}).status_code
        == 303
    )

    page = reviewer.get("/credit/1").text
    assert "第三十四条" in page
    assert "海风歌厅" in head.get("/credit").text
    assert "海风歌厅" in head.get("/credit.csv").text


@pytest.mark.parametrize("document", ["", "示例办法第一条"])
def test_a_reviewer_confirms_a_ground_on_its_page(head, reviewer, document):
    said = {"criterion_id": "CRD-SH-1", "document": document, "statement_days": "5", "months": "12"}

    answer = reviewer.post("/credit/criteria", data=said)

    assert answer.status_code == (303 if document else 422)
    assert ("已确认" in head.get("/credit/criteria").text) is bool(document)
    assert head.post("/credit/criteria", data=said).status_code == 403
