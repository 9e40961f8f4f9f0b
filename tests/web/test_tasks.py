"""The pages of tasks and check codes: set, given, changed, called off; and a table that goes out and in."""

import io
import re
from datetime import timedelta

import pytest

from backend.accounts import actions as accounts
from backend.accounts.auth import Role
from tests.intake.tablet import NOW, SIGNATURES, file_all, just_now
from tests.people import desk
from tests.tasks.conftest import today
from tests.tasks.test_table import ROW, workbook
from tests.web.conftest import CAFE

DUE = (today() + timedelta(days=5)).isoformat()
SAID = {"kind": "planned", "venue_id": str(CAFE), "reason": "季度检查", "due_on": DUE, "priority": "2"}

pytestmark = pytest.mark.usefixtures("district")


@pytest.fixture
def task(supervisor, inspector):
    """The page of a task that the inspector has."""
    made = supervisor.post("/tasks/new", data=SAID | {"officer_1": inspector, "activities": "internet_cafe"})
    assert (made.status_code, made.location) == (303, "/tasks/1")
    return "/tasks/1"


def deed(client, page, name, **said):
    """Send one of the forms of a page, as it stands there."""
    version = re.search(r'name="version" value="(\d+)"', client.get(page).text)
    return client.post(page, data={"deed": name, "version": version[1] if version else "0"} | said)


def test_a_task_is_listed_with_who_and_by_when(supervisor, task):
    page = supervisor.get("/tasks").text

    assert "蓝星网吧" in page
    assert DUE in page
    assert "季度检查" in page
    assert "试用人员" in page
    assert "超期" not in page.split("<tbody>")[1]
    assert "没有符合条件的任务" in supervisor.get("/tasks?state=done").text
    assert "蓝星网吧" in supervisor.get("/tasks?text=蓝星&kind=planned&activity=internet_cafe").text


def test_what_is_overdue_is_said_and_can_be_asked_for(supervisor):
    for due, reason in ((today() - timedelta(days=1), "迟了"), (today(), "今天")):
        supervisor.post("/tasks/new", data=SAID | {"due_on": due.isoformat(), "reason": reason})

    rows = supervisor.get("/tasks").text.split("<tbody>")[1].split("</tr>")
    assert ["超期" in row for row in rows[:2]] == [True, False]
    assert "今天" not in supervisor.get("/tasks?overdue=true").text.split("<tbody>")[1]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": ""}, "事由：不能为空"),
        ({"due_on": "bald"}, "截止日期：不正确"),
        ({"venue_id": ""}, "地点：不能为空"),
        ({"kind": "triggered"}, "触发方式：不能为空"),
        ({"visit_on": "2199-01-01"}, "检查日期：晚于截止日期"),
        ({"reason": "电话13800138000"}, "身份证号或手机号"),
    ],
)
def test_what_does_not_hold_together_is_shown_again_with_its_faults(supervisor, wrong, said):
    page = supervisor.post("/tasks/new", data=SAID | wrong)

    assert page.status_code == 422
    assert said in page.text
    assert "没有符合条件的任务" in supervisor.get("/tasks").text


def test_a_task_is_given_to_others_changed_and_called_off(app, supervisor, task, inspector, people):
    other = people(Role.INSPECTOR, login="other", display_name="王执法")
    other_id = re.search(r'<option value="(\d+)">王执法', supervisor.get(task).text)[1]

    given = deed(supervisor, task, "assign", officer_1=other_id, officer_2=str(inspector))
    moved = deed(supervisor, task, "change", due_on=today().isoformat(), priority="1")
    begun = deed(other, task, "start")
    gone = deed(supervisor, task, "withdraw", reason="场所已停业")

    assert [one.status_code for one in (given, moved, begun, gone)] == [200] * 4
    assert "王执法、试用人员" in given.text
    assert today().isoformat() in moved.text
    assert "执行中" in begun.text
    assert "场所已停业" in gone.text
    again = supervisor.post(task, data={"deed": "withdraw", "version": "6", "reason": "又"})
    assert again.status_code in (409, 422)


def test_what_somebody_else_changed_meanwhile_is_not_written_over(supervisor, task):
    stale = supervisor.post(task, data={"deed": "withdraw", "version": "99", "reason": "停业"})

    assert stale.status_code == 422
    assert "又有变化" in stale.text
    assert "已撤回" not in supervisor.get(task).text.split("<h1>")[1].split("</div>")[0]


@pytest.mark.parametrize("name", ["assign", "change", "withdraw", "start"])
def test_an_officer_begins_and_nothing_else(app, supervisor, task, inspector, name):
    mine = desk(app, inspector)
    version = {"deed": name, "version": "2", "reason": "不去", "due_on": DUE}

    assert (mine.post(task, data=version).status_code == 200) is (name == "start")


def test_a_venue_shows_how_often_it_is_inspected_before_one_plans(supervisor, tablet, deployment, task):
    link = re.search(r'href="(/tasks/new\?venue_id=1)"', supervisor.get(f"/venues/{CAFE}").text)[1]
    assert "没有检查过" in supervisor.get(link).text
    tablet.send(just_now(answers={"place/venue_id": str(CAFE)}), SIGNATURES)
    file_all(deployment)

    page = supervisor.get(link).text

    assert "各单位共检查1次" in page
    assert "请考虑合并或者改期" in page


def test_an_inspection_shows_the_task_that_it_answers(supervisor, tablet, deployment, task):
    tablet.send(just_now(answers={"place/venue_id": str(CAFE)}), SIGNATURES)
    file_all(deployment)

    assert 'href="/tasks/1"' in supervisor.get("/visits/1").text
    page = supervisor.get(task).text
    assert 'href="/visits/1"' in page
    assert "已完成" in page


def test_an_inspection_that_fits_two_tasks_is_matched_by_a_supervisor(
    supervisor, inspector, tablet, deployment, task
):
    supervisor.post("/tasks/new", data=SAID | {"reason": "专项", "officer_1": inspector})
    numberless = {"place/venue_id": str(CAFE), "arrival/check_code": "", "arrival/plan_number": ""}
    tablet.send(just_now(answers=numberless), SIGNATURES)
    file_all(deployment)
    assert "任务待确认" in supervisor.get("/visits/1").text

    matched = supervisor.post("/visits/1/task", data={"task_id": "2"})

    assert 'href="/tasks/2"' in matched.text
    assert re.search(r"任务待确认</span>\s*已解决", matched.text)
    assert supervisor.post("/visits/1/task", data={}).status_code == 422


def test_a_table_goes_out_comes_in_is_shown_and_confirmed(supervisor, task, inspector):
    out = supervisor.get("/tasks.xlsx?state=assigned")
    shown = supervisor.post("/tasks/import", data={"file": (io.BytesIO(out.data), "t.xlsx")})
    done = supervisor.post("/tasks/import/1")

    assert out.mimetype.endswith("spreadsheetml.sheet")
    assert "核对无误" in shown.text
    assert "新任务 0，修改 0，未变 1" in done.text


def test_faults_of_a_table_are_listed_and_come_back_in_the_same_file(supervisor, inspector):
    shown = supervisor.post(
        "/tasks/import", data={"file": (io.BytesIO(workbook(ROW | {"due_on": "明天"})), "t.xlsx")}
    )

    assert "1 行有误" in shown.text
    assert "截止日期：不是有效日期" in shown.text
    link = re.search(r'href="(/tasks/import/\d+\.xlsx)"', shown.text)[1]
    assert supervisor.get(link).mimetype.endswith("spreadsheetml.sheet")
    assert supervisor.post("/tasks/import/1").status_code == 422


def test_what_is_no_workbook_is_refused_in_words(supervisor):
    page = supervisor.post("/tasks/import", data={"file": (io.BytesIO(b"no"), "t.xlsx")})

    assert page.status_code == 422
    assert "不是有效的 Excel 工作簿" in page.text


def test_a_check_code_is_entered_given_and_made_void(supervisor, task):
    applied = supervisor.post("/check-codes", data={"deed": "add", "route": "planned", "source_no": "P-1"})
    given = supervisor.post("/check-codes", data={"deed": "issue", "code_id": "1", "code": "JC-1"})
    twice = supervisor.post("/check-codes", data={"deed": "add", "route": "planned", "code": "JC-1"})
    void = supervisor.post("/check-codes", data={"deed": "void", "code_id": "1", "reason": "填错"})

    assert "已申请" in applied.text.split("<tbody>")[1]
    assert "JC-1" in given.text
    assert (twice.status_code, "已经录入" in twice.text) == (409, True)
    assert "填错" in void.text
    assert "JC-1" in supervisor.get("/check-codes?state=void").text.split("<tbody>")[1]


def test_agencies_that_come_together_stand_under_one_code(supervisor, deployment):
    with deployment.unit_of_work() as session:
        names = {"name_zh": "示例市监局", "name_en": "Example market bureau"}
        other = accounts.put_agency(session, code="market", activities=None, by="tester", now=NOW, **names).id
    page = supervisor.post(
        "/check-codes", data={"deed": "add", "route": "planned", "code": "JC-9", "agency_ids": str(other)}
    )

    assert "联合检查" in page.text.split("<tbody>")[1]
    assert "示例市监局" in page.text.split("<tbody>")[1]
