"""A bar near a school: a passer-by reports it, a tape measures it, and the procuratorate has the lead."""

import io
import re
import zipfile
from uuid import uuid4

import pytest
import shapely
from pypdf import PdfReader

from backend.accounts.auth import Role
from tests.people import add_person
from tests.screening.places import add_site, at, square
from tests.stories.office import PARTY, Office, a_venue, problem
from tests.stories.papers import issued

CHILD, INFORMANT, PHONE = "罗小果", "过路人甲", "13812345678"
TIP = {"kind": "entertainment", "place": "第一小学西门对面", "area_code": "310101", "name": INFORMANT}
UNDER_SURVEY, HANDLED = "距离待复核", "主管部门正在处理"
STATUSES = {"to_be_measured": UNDER_SURVEY, "being_handled": HANDLED}
MEASURED = {
    "measurement/measured": "yes", "measurement/site_id": "1", "measurement/instrument": "tape",
    "measurement/measured_way": "boundary_straight_line", "measurement/measured_from": "西侧围墙转角",
    "measurement/measured_to": "酒吧正门中点", "measurement/measured_m": "118.4",
    "duties/school_distance": "breach", "duties/school_distance_note": f"{CHILD}等学生每日经过",
}  # fmt: skip
DEMAND = "在学校周边停止经营酒吧"
COURT = {
    "kind": "procuratorate", "lead_kind": "public_interest", "to_name": "示例区人民检察院",
    "body": "procuratorate", "reason": "学校西侧围墙外118.4米处开设酒吧，学生每日经过",
}  # fmt: skip
ANSWER = "已到场测量，距离不足200米，已责令改正并移送检察机关"


@pytest.fixture
def bureau(app, clock):
    clock.to("2026-03-10", "09:00")
    return Office(app, clock, name="示例区文化和旅游局", authority="CULTURE", activities=["bar"])


@pytest.fixture
def bar(bureau):
    """A school, and west of it a bar whose place is known within eighty metres."""
    with bureau.deployment.unit_of_work() as session:
        add_site(session, square(0, 0, 100), name="第一小学", area_code="310101")
    return a_venue(bureau.deployment, "bar", name="夜莺酒吧", place=at(-150, 50), accuracy_m=80.0)


@pytest.fixture
def school(bureau):
    """The school's safety officer, whenever that person looks."""
    who = add_person(bureau.deployment, Role.REPORTER, display_name="周安全", areas=("310101",), site_id=1)

    def looks():
        desk = bureau.desk(who)
        page = desk.get("/own-school").text
        shown = re.findall(f"{UNDER_SURVEY}|{HANDLED}", page.split("<tbody>")[1].split("</tbody>")[0])
        assert [STATUSES[one["status"]] for one in desk.get("/api/v1/sites/1/nearby").json] == shown
        return shown

    return looks


def test_from_a_passer_by_to_the_procuratorate(bureau, bar, school, clock):
    receipt = is_reported(bureau, clock)
    assert school() == [UNDER_SURVEY]
    task = is_taken_in_hand(bureau, bar, clock)
    visit = is_measured_and_ordered(bureau, bar, task, school, clock)
    report = is_surveyed(bureau, bar, visit, clock)
    lead = is_handed_to_the_procuratorate(bureau, bar, clock)
    reply = is_answered(bureau, receipt, clock)

    for name in (CHILD, INFORMANT, PHONE):
        assert all(name not in paper.text for paper in (report, reply, *lead.papers)), name


def is_reported(bureau, clock):
    clock.to("2026-03-10", "21:00")
    somebody, said = bureau.app.test_client(), TIP | {"uuid": str(uuid4()), "seen_at": "2026-03-10T20:30"}
    token = re.search(r'name="csrf_token" value="(\w+)"', somebody.get("/report").text)[1]
    said |= {"csrf_token": token, "text": "酒吧离小学很近", "contact": PHONE}
    with_a_number = somebody.post("/report", data=said | {"text": f"打我电话{PHONE}"})
    assert "手机号" in problem(with_a_number)
    receipt = somebody.post("/report", data=said)
    assert receipt.status_code == 201
    return re.findall(r'<code class="secret">([^<]+)</code>', receipt.text)


def follows(bureau, receipt):
    """Whoever gave the tip asks after it."""
    somebody = bureau.app.test_client()
    token = re.search(r'name="csrf_token" value="(\w+)"', somebody.get("/follow-tip").text)[1]
    said = {"csrf_token": token, "receipt_no": receipt[0], "secret": receipt[1]}
    return somebody.post("/follow-tip", data=said).text


def is_taken_in_hand(bureau, bar, clock):
    clock.to("2026-03-11")
    assert bureau.officer.get("/tips/1").status_code == 403
    early = bureau.head.post("/tips/1", data={"deed": "close"})
    assert early.status_code == 409  # nothing is closed without an answer
    for deed in ({"deed": "take"}, {"deed": "place", "venue_id": bar}, {"deed": "accept"}):
        assert bureau.head.post("/tips/1", data=deed).status_code == 303, deed
    page = bureau.head.get("/tips/1").text
    assert "酒吧离小学很近" in page
    assert (INFORMANT in page, PHONE in page) == (False, False)  # under another key

    address = re.search(rf'href="(/tasks/new\?[^"]*venue_id={bar}[^"]*)"', page)[1].replace("&amp;", "&")
    form = bureau.head.get(address).text
    assert 'value="triggered" selected' in form
    number = re.search(r'name="source_no"[^>]*value="([^"]*)"', form)[1]
    said = {
        "kind": "triggered", "trigger": "tip", "venue_id": bar, "reason": "核查学校周边酒吧",
        "source_no": number, "due_on": "2026-03-13",
        "priority": "1", "officer_1": bureau.officers[0], "officer_2": bureau.officers[1],
    }  # fmt: skip
    task = bureau.head.post("/tasks/new", data=said)
    assert task.status_code == 303, problem(task)
    return task.location


def is_measured_and_ordered(bureau, bar, task, school, clock):
    clock.to("2026-03-12", "15:00")
    visit = bureau.visits(bar, "bar", answers=MEASURED, order=DEMAND, due_on="2026-04-13")
    (found,) = bureau.head.get("/api/v1/violations").json
    assert (found["duty_id"], found["standing"]) == ("BUF-BAR-1", "review")
    assert found["doubts"] == [
        "way_of_measuring_not_settled"
    ]  # no text says how: nobody is accused by itself
    assert "已完成" in bureau.head.get(task).text
    assert school() == [HANDLED]  # the order was served
    return visit


def is_surveyed(bureau, bar, visit, clock):
    """The entrance is set down to the decimetre; before that the report says that somebody has to measure."""
    before = reports_distance(bureau, bar)
    before.says("夜莺酒吧", "第一小学", "须现场测量", "150.0")
    place = {
        "place": shapely.geometry.mapping(shapely.Point(at(-118.4, 50))), "crs": "EPSG:4490",
        "capture": "survey", "accuracy_m": 0.1, "surveyed_on": "2026-03-12",
    }  # fmt: skip
    said = {"uuid": str(uuid4()), "seen_version": 1, "reason": "卷尺和测绘仪器复核", "values": place}
    proposed = bureau.officer.post(f"/api/v1/venues/{bar}/proposals", json=said)
    assert (proposed.status_code, proposed.json.get("state")) == (201, "waiting"), proposed.json
    page = f"/proposals/{proposed.json['uuid']}"
    picks = {f"pick-{name}": "mine" for name in proposed.json["waiting_fields"]}
    said = {"deed": "decide", "row_version": "1", "reason": "与笔录一致"} | picks
    assert bureau.officer.post(page, data=said).status_code == 422  # nobody decides on the own proposal
    assert bureau.head.post(page, data=said).status_code == 200

    after = reports_distance(bureau, bar)
    after.says("夜莺酒吧", "118.4", "须现场测量", "第四十四条第一款")
    return after


def reports_distance(bureau, bar):
    made = bureau.head.post(f"/venues/{bar}/distance-report")
    assert made.status_code == 303, problem(made)
    return issued(bureau.head, made.location, party=PARTY, agency=bureau.name)


def is_handed_to_the_procuratorate(bureau, bar, clock):
    clock.to("2026-03-16")
    lead = bureau.proposes_transfer(bureau.officer, venue_id=bar, **COURT)
    assert lead.due == {"handing": None}  # no text names a number
    lead.refuses(bureau.officer, "approve", "不由您办理")
    lead.makes(bureau.head, "approve", "approved")
    letter = lead.writes(bureau.officer, cause="学校周边开设酒吧", facts="现场测量距学校围墙118.4米")
    letter.says(
        "线索移送函", "示例区人民检察院", "118.4米",
        "《上海市未成年人保护条例》（2024-12-31修正）第七十条第一款", "第一百零六条",
        "上述线索移送你机关处理",
    )  # fmt: skip
    papers = {"transfer_letter": letter, "material_list": "移送材料清单"}
    lead.refuses(bureau.officer, "hand_over", "缺少材料：线索材料包", **papers)
    assert bureau.officer.post(f"{lead.page}/packages", data={"names": CHILD}).status_code == 303
    holds_no_name(bureau.officer.get(f"{lead.page}/packages/1.zip").data)
    lead.makes(bureau.officer, "hand_over", "handed", **papers)
    clock.to("2026-03-17")
    lead.makes(bureau.officer, "note_receipt", "received", receipt="检察院签收回执")
    lead.makes(bureau.officer, "note_accepted", "accepted", answer="受理告知")
    clock.to("2026-04-20")
    lead.refuses(bureau.officer, "note_result", "须写明理由", result="检察建议")
    lead.makes(
        bureau.officer, "note_result", "done", result="检察建议副本", reason="已向主管部门发出检察建议"
    )
    assert (lead.due, lead.said["is_over"]) == ({}, True)
    return lead


def holds_no_name(content):
    archive, said = zipfile.ZipFile(io.BytesIO(content)), ""
    for name in archive.namelist():
        raw = archive.read(name)
        is_pdf = name.endswith(".pdf")
        said += (
            "".join(p.extract_text() for p in PdfReader(io.BytesIO(raw)).pages)
            if is_pdf
            else str(raw, "utf-8", "replace")
        )
    said = "".join(said.split())
    assert "夜莺酒吧" in said
    assert "距离核查报告" in said
    assert [name for name in (CHILD, INFORMANT, PHONE) if name in said] == []


def is_answered(bureau, receipt, clock):
    clock.to("2026-04-21")
    assert "还没有答复" in follows(bureau, receipt)
    early = bureau.head.post("/tips/1/reply")
    assert early.status_code == 409
    assert bureau.head.post("/tips/1", data={"deed": "verify", "is_filed": "false"}).status_code == 303
    with_a_number = bureau.head.post("/tips/1", data={"deed": "answer", "text": f"请致电{PHONE}"})
    assert with_a_number.status_code == 422
    assert bureau.head.post("/tips/1", data={"deed": "answer", "text": ANSWER}).status_code == 303
    made = bureau.head.post("/tips/1/reply")
    reply = issued(bureau.head, made.location, party=PARTY, agency=bureau.name)
    reply.says("线索办理结果答复书", receipt[0], "2026年3月10日", ANSWER)
    assert PARTY not in reply.text
    assert ANSWER in follows(bureau, receipt)
    assert bureau.head.post("/tips/1", data={"deed": "close"}).status_code == 303
    return reply
