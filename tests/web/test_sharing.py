"""Sharing at the desk: proposing, deciding, a table that goes and comes back, all that left."""

import io
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from backend.accounts.auth import Role
from backend.core.days import today
from backend.sharing.collecting import collect
from backend.sharing.models import SharingMessage
from backend.sharing.rules import Delivery
from tests.people import desk_of
from tests.web.test_matters import waiting

SAID = {
    "receiver": "示例区社区云", "receiver_kind": "community_cloud", "purpose": "基层协同",
    "legal_basis": "上海市数据条例第三十八条", "dataset": "screening", "fields": ["venue_id", "verdict"],
    "area_code": "310101", "from_on": today().isoformat(), "until_on": "2199-12-31",
    "channel": "spreadsheet", "assessment_no": "评估1号", "assessed_on": today().isoformat(),
}  # fmt: skip


@pytest.fixture
def reviewer(people):
    return people(Role.LEGAL_REVIEWER)


def test_first_a_dataset_is_chosen_then_its_fields(supervisor, district):
    first, then = supervisor.get("/sharing/new").text, supervisor.get("/sharing/new?dataset=screening").text

    assert 'name="fields"' not in first
    assert 'value="credit_code"' in then
    assert 'value="part"' not in then


def test_a_form_with_faults_comes_back_as_it_was_filled_in(supervisor, district):
    said = SAID | {"channel": "https", "address": "http://a.example/", "receiver": "示例<b>接收"}

    answer = supervisor.post("/sharing/new", data=said)

    assert answer.status_code == 422
    assert "接口地址：不是有效的 https 地址" in answer.text
    assert 'value="示例&lt;b&gt;接收"' in answer.text
    assert 'value="verdict" checked' in answer.text


@pytest.mark.parametrize("missing", ["purpose", "legal_basis", "area_code", "fields", "assessment_no"])
def test_what_is_missing_is_named(supervisor, district, missing):
    answer = supervisor.post("/sharing/new", data=SAID | {missing: ""})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_an_agreement_is_proposed_confirmed_and_corrected(supervisor, reviewer, district):
    proposed = supervisor.post("/sharing/new", data=SAID)
    own = supervisor.post("/sharing/1", data={"deed": "confirm", "version": "1"})
    late = reviewer.post("/sharing/1", data={"deed": "confirm", "version": "7"})
    confirmed = reviewer.post("/sharing/1", data={"deed": "confirm", "version": "1"})
    again = supervisor.get("/sharing/new?replaces_id=1").text

    assert (proposed.status_code, proposed.location) == (303, "/sharing/1?done=proposed")
    assert (own.status_code, late.status_code, confirmed.status_code) == (409, 412, 303)
    assert "提出人不能自己确认" in own.text
    assert 'name="replaces_id" value="1"' in again
    assert 'value="verdict" checked' in again
    assert 'value="venue_name" checked' not in again
    assert "有效" in supervisor.get("/sharing?standing=in_force").text


def test_ending_one_wants_a_reason(supervisor, reviewer, district):
    supervisor.post("/sharing/new", data=SAID)
    reviewer.post("/sharing/1", data={"deed": "confirm", "version": "1"})

    assert supervisor.post("/sharing/1", data={"deed": "end", "version": "2"}).status_code == 422
    ended = supervisor.post("/sharing/1", data={"deed": "end", "version": "2", "reason": "不再需要"})
    assert ended.status_code == 303
    assert "已终止" in supervisor.get("/sharing/1").text


def test_whoever_sees_everywhere_may_share_everywhere(app, district):
    coordinator = desk_of(app, Role.COORDINATOR)
    said = SAID | {"area_code": "*"}

    assert coordinator.post("/sharing/new", data=said).status_code == 303
    assert "全市" in coordinator.get("/sharing/1").text


def sent_back(content, remark):
    book = load_workbook(io.BytesIO(content))
    book["数据"]["F2"] = remark
    out = io.BytesIO()
    book.save(out)
    return {"deed": "show", "file": (io.BytesIO(out.getvalue()), "reply.xlsx")}


def test_a_table_goes_out_and_its_reply_is_shown_before_it_is_taken_in(deployment, supervisor, shared):
    page = "/sharing/messages/1"
    content = supervisor.post(page, data={"deed": "take"}).data
    nothing = supervisor.post(page, data={"deed": "show"})
    shown = supervisor.post(page, data=sent_back(content, "是"))
    changed = supervisor.post(page, data=sent_back(content, "maybe"))

    assert (nothing.status_code, changed.status_code) == (422, 422)
    assert "“是否已处理”只能填是或否" in changed.text
    assert "行号：2" in changed.text
    assert shown.status_code == 200
    assert 'name="reply_id" value="1"' in shown.text

    taken = supervisor.post(page, data={"deed": "confirm", "reply_id": "1"})

    assert taken.status_code == 303
    assert "已有回执" in supervisor.get(page).text


def test_a_reviewer_sees_what_left_and_takes_nothing_out(supervisor, reviewer, shared):
    assert "社区云" in reviewer.get("/sharing/left").text
    assert supervisor.get("/sharing/messages/1.json").json["rows"][0]["row_id"] == "1"
    assert reviewer.get("/sharing/messages/1.json").status_code == 403
    assert "1.json" not in reviewer.get("/sharing/messages/1").text
    assert reviewer.post("/sharing/messages/1", data={"deed": "take"}).status_code == 403
    assert reviewer.get("/sharing/new").status_code == 403


def test_lists_leave_as_files_and_each_time_is_in_the_audit_trail(app, supervisor, reviewer, shared):
    agreements = reviewer.get("/sharing.csv").text.splitlines()
    left = reviewer.get("/sharing/left.csv").text.splitlines()

    assert len(agreements) == 3
    assert len(left) == 2
    assert "venue_id venue_name verdict" in left[1]
    audit = desk_of(app, Role.AUDITOR).get("/audit").text
    assert audit.count("导出共享记录") >= 2


def test_a_receiver_with_a_formula_for_a_name_is_a_text_in_the_file(supervisor, district):
    supervisor.post("/sharing/new", data=SAID | {"receiver": "=HYPERLINK(1)"})

    assert ",'=HYPERLINK(1)," in supervisor.get("/sharing.csv").text


def test_for_other_agencies_there_is_nothing(app, shared):
    other = desk_of(app, Role.COORDINATOR, areas=("310101",))

    pages = ("/sharing/1", "/sharing/messages/1", "/sharing/messages/1.json")
    assert [other.get(page).status_code for page in pages] == [404, 404, 404]
    assert other.get("/sharing.csv").text.count("\n") == 1
    assert other.get("/sharing/left.csv").text.count("\n") == 1
    assert other.post("/sharing/1", data={"deed": "end", "version": "2"}).status_code == 404
    assert other.get("/sharing/new?replaces_id=1").status_code == 404


def test_what_another_person_proposed_is_among_todays_matters(supervisor, people, district):
    supervisor.post("/sharing/new", data=SAID)

    own, others = (waiting(one.get("/").text) for one in (supervisor, people(Role.SUPERVISOR)))

    assert own["共享协议待确认"] == ("0", "无")
    assert others["共享协议待确认"] == ("1", f"最早 {today()}")


def test_a_message_that_did_not_arrive_is_among_todays_matters(deployment, supervisor, shared):
    collect(deployment, now=datetime.now(UTC), by="tester")
    assert waiting(supervisor.get("/").text)["共享消息没有送达"] == ("0", "无")

    with deployment.unit_of_work() as session:
        session.get_one(SharingMessage, 1).state = Delivery.GIVEN_UP

    assert waiting(supervisor.get("/").text)["共享消息没有送达"] == ("1", f"最早 {today()}")


def test_a_message_that_cannot_be_queued_says_why(deployment, supervisor, shared):
    collect(deployment, now=datetime.now(UTC), by="tester")

    answer = supervisor.post("/sharing/messages/1", data={"deed": "again"})

    assert answer.status_code == 409
    assert "只有失败的消息可以重新排队" in answer.text
