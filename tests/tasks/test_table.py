"""Tasks in Excel: out, filled in further, shown with their faults in the same file, taken in as a whole."""

import io
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import func, select

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from backend.tasks.columns import COLUMNS
from backend.tasks.errors import ImportRefused
from backend.tasks.models import Task
from backend.tasks.table import read
from backend.venues.models import Venue
from tests.people import desk_of
from tests.screening.places import add_venue, at
from tests.tasks.conftest import changed, said, today

HEADINGS = {column.field: column.heading for column in COLUMNS}
FIELDS = {column.heading: column.field for column in COLUMNS}
URL = "/api/v1/task-imports"
DUE = (today() + timedelta(days=5)).isoformat()
ROW = {
    "kind": "有计划检查",
    "venue_name": "蓝星网吧",
    "reason": "季度检查",
    "due_on": DUE,
    "officers": "inspector",
}


def workbook(*rows, sheet="任务", headings=None):
    """A table as somebody fills it in: cells by field, whatever their type."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    fields = headings or list(dict.fromkeys(field for row in rows for field in row))
    book.active.append([HEADINGS.get(field, field) for field in fields])
    for row in rows:
        book.active.append([row.get(field) for field in fields])
    for cell in (cell for row in book.active.iter_rows() for cell in row if cell.data_type == "f"):
        cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sent(client, content, name="tasks.xlsx"):
    return client.post(URL, data={"file": (io.BytesIO(content), name)})


def cells(answer, sheet="任务"):
    """The rows of an answer, each by its headings."""
    assert answer.status_code == 200, answer.text
    first, *rest = openpyxl.load_workbook(io.BytesIO(answer.data))[sheet].iter_rows()
    return [{head.value: cell for head, cell in zip(first, row, strict=True)} for row in rest]


def count(deployment):
    with deployment.reading() as session:
        return session.scalar(select(func.count()).select_from(Task))


@pytest.fixture
def crew(venues, inspector, colleague):
    """The venues and the officers that tables name."""


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        ({"kind": ""}, {"kind": "required"}),
        ({"kind": "抽查"}, {"kind": "choose_one"}),
        ({"reason": "", "due_on": ""}, {"reason": "required", "due_on": "required"}),
        ({"due_on": "2026-02-30"}, {"due_on": "not_a_day"}),
        ({"visit_on": (today() + timedelta(days=9)).isoformat()}, {"visit_on": "after_the_last_day"}),
        ({"venue_name": "没有的网吧"}, {"venue_name": "not_found"}),
        ({"venue_name": "邻区网吧"}, {"venue_name": "not_found"}),
        ({"venue_name": "同名网吧"}, {"venue_name": "several_have_it"}),
        ({"venue_id": "2"}, {"venue_name": "name_differs"}),
        ({"venue_id": "3", "venue_name": ""}, {"venue_id": "not_found"}),
        ({"venue_id": "一", "venue_name": ""}, {"venue_id": "not_a_number"}),
        ({"venue_name": ""}, {"place_text": "required", "area_code": "required"}),
        ({"venue_name": "", "place_text": "某路1号", "area_code": "310104"}, {"area_code": "not_allowed"}),
        ({"trigger": "线索"}, {"trigger": "only_for_triggered"}),
        ({"kind": "复查"}, {"source_no": "required"}),
        ({"activities": "酒吧"}, {"activities": "choose_one"}),
        ({"officers": "nobody"}, {"officers": "not_allowed"}),
        ({"check_code": "JC-1"}, {"check_code": "not_found"}),
        ({"priority": "9"}, {"priority": "choose_one"}),
        ({"reason": "举报人13800138000"}, {"reason": "personal_number"}),
        ({"source_no": "X" * 65}, {"source_no": "too_long"}),
        ({"id": "999"}, {"id": "not_found"}),
        ({"id": "99999999999999999999"}, {"id": "not_found"}),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_wrong_with_a_row_is_said_by_its_column(deployment, supervisor, crew, row, faults):
    with deployment.unit_of_work() as session:
        for east_m in (40, 80):
            add_venue(session, at(east_m), name="同名网吧", area_code="310101")

    shown = sent(supervisor, workbook(ROW | row))

    assert (shown.status_code, shown.json["faults"]) == (201, 1)
    assert shown.json["rows"][0]["faults"] == faults
    refused = supervisor.put(f"{URL}/{shown.json['id']}/confirmation")
    assert (refused.status_code, refused.json["status"]) == (422, "task_import_refused")
    assert count(deployment) == 0


def test_the_same_file_comes_back_with_its_faults(supervisor, crew):
    shown = sent(supervisor, workbook(ROW, ROW | {"due_on": "明天", "reason": "=1+1"}))

    good, bad = cells(supervisor.get(f"{URL}/{shown.json['id']}.xlsx"))

    assert good["错误"].value in (None, "")
    assert "截止日期：不是有效日期" in bad["错误"].value
    assert "no date" in bad["错误"].value
    assert (bad["截止日期"].value, bad["事由"].value) == ("明天", "'=1+1")
    assert bad["事由"].data_type != "f"


def test_a_personal_number_in_a_table_is_kept_nowhere(supervisor, crew):
    shown = sent(supervisor, workbook(ROW | {"reason": "举报人13800138000"}))

    (bad,) = cells(supervisor.get(f"{URL}/{shown.json['id']}.xlsx"))

    assert bad["事由"].value == "举报人〔手机号〕"


def test_nothing_is_a_task_before_it_is_confirmed_and_then_all_of_it_is(deployment, supervisor, mine, crew):
    elsewhere = {"venue_name": None, "place_text": "示例路9号地下", "area_code": "310101", "officers": None}
    lead = ROW | elsewhere | {"kind": "触发式检查", "trigger": "线索", "priority": "优先"}
    shown = sent(supervisor, workbook(ROW, lead))
    assert (shown.json["faults"], count(deployment)) == (0, 0)

    done = supervisor.put(f"{URL}/{shown.json['id']}/confirmation")

    assert (done.status_code, done.json) == (200, {"new": 2, "changed": 0, "same": 0})
    made = {one["venue_name"]: one for one in supervisor.get("/api/v1/tasks").json}
    assert (made["蓝星网吧"]["state"], made[None]["state"], made[None]["priority"]) == ("assigned", "open", 1)
    with deployment.reading() as session:
        deeds = list(session.scalars(select(AuditEntry.deed).where(AuditEntry.deed.startswith("task."))))
    assert deeds == ["task.add", "task.assign", "task.add", "task.import"]
    again = supervisor.put(f"{URL}/{shown.json['id']}/confirmation")
    assert (again.status_code, again.json["errors"]) == (422, {"table": "taken_in_before"})


def test_a_table_goes_out_is_changed_and_comes_in_again(
    deployment, supervisor, crew, inspector, colleague, venues
):
    for reason in ("=cmd|' /C calc'!A0", "第二"):
        supervisor.post("/api/v1/tasks", json=said(venues[0], reason=reason, officer_ids=[inspector]))
    exported = supervisor.get("/api/v1/tasks.xlsx")
    first, second = cells(exported)
    assert first["事由"].value == "'=cmd|' /C calc'!A0"
    assert first["事由"].data_type != "f"
    assert first["任务编号"].number_format == "@"

    untouched = sent(supervisor, exported.data)
    changed_rows = [{FIELDS[name]: cell.value for name, cell in row.items()} for row in (first, second)]
    changed_rows[1] |= {"due_on": today().isoformat(), "officers": "colleague、inspector"}
    shown = sent(supervisor, workbook(*changed_rows))
    done = supervisor.put(f"{URL}/{shown.json['id']}/confirmation")

    assert untouched.json["faults"] == 0
    assert done.json == {"new": 0, "changed": 1, "same": 1}
    kept = supervisor.get("/api/v1/tasks/2").json
    assert (kept["due_on"], kept["officer_ids"]) == (today().isoformat(), [colleague, inspector])
    assert supervisor.get("/api/v1/tasks/1").json["reason"] == "=cmd|' /C calc'!A0"


def test_what_changed_since_the_export_or_is_over_is_not_written_over(supervisor, crew, venues, inspector):
    for reason in ("一", "二"):
        supervisor.post("/api/v1/tasks", json=said(venues[0], reason=reason))
    rows = [{FIELDS[name]: cell.value for name, cell in row.items()}
            for row in cells(supervisor.get("/api/v1/tasks.xlsx"))]  # fmt: skip
    changed(supervisor, "/api/v1/tasks/1/assignment", {"officer_ids": [inspector]})
    changed(supervisor, "/api/v1/tasks/2/withdrawal", {"reason": "停业"})

    stale = sent(supervisor, workbook(*(row | {"reason": "改"} for row in rows)))
    over = sent(supervisor, workbook(rows[1] | {"reason": "改", "version": "2"}))
    twice = sent(supervisor, workbook(rows[1], rows[1]))

    assert [one["faults"] for one in stale.json["rows"]] == [{"version": "changed_meanwhile"}] * 2
    assert over.json["rows"][0]["faults"] == {"state": "closed"}
    assert twice.json["rows"][1]["faults"] == {"id": "twice"}


def test_dates_and_numbers_that_excel_made_of_texts_are_understood(supervisor, crew):
    shown = sent(
        supervisor,
        workbook(ROW | {"due_on": today(), "venue_id": 1.0, "priority": 1, "visit_on": "2020/1/5"}),
    )

    assert shown.json["rows"][0] == {
        "row": ROW
        | {"due_on": today().isoformat(), "venue_id": "1", "priority": "1", "visit_on": "2020/1/5"},
        "faults": {},
    }


def test_the_workbook_offers_lists_and_says_how_to_fill_it_in(supervisor, crew):
    book = openpyxl.load_workbook(io.BytesIO(supervisor.get("/api/v1/tasks.xlsx").data))
    (head, *_), rules = book["任务"].iter_rows(values_only=True), book["任务"].data_validations.dataValidation
    offered = {}
    for rule in rules:
        sheet, _, cells_ = rule.formula1.partition("!")
        column = openpyxl.utils.column_index_from_string(str(rule.sqref).split(":")[0].rstrip("0123456789"))
        offered[head[column - 1]] = [
            cell.value for (cell,) in book[sheet.strip("'")][cells_.replace("$", "")]
        ]

    assert list(head) == [column.heading for column in COLUMNS]
    assert offered["检查类型"] == ["有计划检查", "触发式检查", "复查"]
    assert offered["执法人员账号"] == ["colleague", "inspector"]
    assert set(offered) == {"检查类型", "触发方式", "业态", "优先程度", "执法人员账号"}
    assert book["选项"].sheet_state == "hidden"
    assert [row[0] for row in book["填表说明"].iter_rows(min_row=2, values_only=True)] == list(head)


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (40 * 1024 * 1024))
    return out.getvalue()


def with_entities():
    out, book = io.BytesIO(), workbook(ROW)
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                content = content.replace(b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet', 1)
            new.writestr(part, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (lambda: b"no workbook", "not_a_table"),
        (lambda: workbook(ROW)[:-200], "not_a_table"),
        (bomb, "too_large"),
        (lambda: b"PK" + b"0" * (2 * 1024 * 1024), "too_large"),
        (with_entities, "not_a_table"),
        (lambda: workbook({"x": 1}), "columns_missing"),
        (lambda: workbook(ROW, headings=[*ROW, "reason"]), "columns_twice"),
        (lambda: workbook(headings=list(ROW)), "empty"),
        (lambda: workbook(*[ROW] * 501), "too_many_rows"),
    ],
)  # fmt: skip
def test_what_is_no_such_table_is_refused(content, fault):
    with pytest.raises(ImportRefused) as refused:
        read(content())

    assert refused.value.data["table"] == fault


def test_a_refused_file_is_named_as_such(supervisor):
    answers = sent(supervisor, b"no workbook"), supervisor.post(URL)

    assert [one.status_code for one in answers] == [422, 422]
    assert [one.json["errors"]["table"] for one in answers] == ["not_a_table", "required"]


def test_a_cell_far_out_costs_nothing(supervisor, crew):
    book = openpyxl.load_workbook(io.BytesIO(workbook(ROW)))
    book.active["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)

    assert sent(supervisor, out.getvalue()).json["faults"] == 0


def test_a_table_is_its_supervisors_own(app, supervisor, crew, agency, other_agency):
    shown = sent(supervisor, workbook(ROW)).json["id"]
    colleague = desk_of(app, Role.SUPERVISOR, login="deputy", areas=("310101",), agency_id=agency)

    assert colleague.get(f"{URL}/{shown}.xlsx").status_code == 404
    assert colleague.put(f"{URL}/{shown}/confirmation").status_code == 404
    stranger = desk_of(app, Role.SUPERVISOR, login="stranger", areas=("310101",), agency_id=other_agency)
    assert cells(stranger.get("/api/v1/tasks.xlsx")) == []


def test_a_row_that_holds_no_more_when_it_is_confirmed_takes_the_whole_table_back(
    deployment, supervisor, crew, venues
):
    shown = sent(supervisor, workbook(ROW, ROW | {"venue_name": "蓝星二店"})).json["id"]
    with deployment.unit_of_work() as session:
        session.get_one(Venue, venues[1]).name = "改名网吧"

    refused = supervisor.put(f"{URL}/{shown}/confirmation")

    assert refused.json["errors"] == {
        "table": "has_faults", "row": 3, "faults": {"venue_name": "not_found"}
    }  # fmt: skip
    assert count(deployment) == 0


def test_an_export_is_noted_without_what_was_searched_for_because_it_may_be_a_name(deployment, supervisor):
    supervisor.get("/api/v1/tasks.xlsx?text=张三&state=open")

    with deployment.reading() as session:
        noted = session.scalars(select(AuditEntry).filter_by(deed="task.export")).one()
    assert noted.detail == {"state": "open"}
