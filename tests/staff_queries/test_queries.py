"""Queries of a unit: what cannot be so, what starts its clock, and how an awaited answer comes in."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from backend.core.days import today
from tests.staff_queries.conftest import DOOR, said_of_query, said_of_unit


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "monthly"}, {"people": 0}, {"people": "王伟"}, {"queried_on": "2199-01-01"},
        {"asked_of": "school"}, {"result": "theft"}, {"result": "not_hired"}, {"replaces_id": 7},
        {"kind": "before_hiring", "result": "dismissed"}, {"name": "王伟"}, {"note": "2019年盗窃"},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_so_is_refused(supervisor, unit, wrong):
    assert supervisor.post(f"{unit}/queries", json=said_of_query(**wrong)).status_code == 422
    assert supervisor.get(f"{unit}/queries").json == []


def test_a_query_of_all_staff_starts_the_clock_anew(supervisor, unit):
    assert supervisor.get(unit).json["standing"] == "never"

    supervisor.post(f"{unit}/queries", json=said_of_query(queried_on="2026-03-02"))
    supervisor.post(f"{unit}/queries", json=said_of_query(queried_on="2025-03-03", version=2))

    found = supervisor.get(unit).json
    assert (found["queried_on"], found["next_due_on"], found["version"]) == ("2026-03-02", "2027-03-02", 3)


def test_a_query_before_hiring_starts_no_clock(supervisor, unit):
    made = supervisor.post(f"{unit}/queries", json=said_of_query(kind="before_hiring", result="not_hired"))

    assert made.status_code == 201
    assert supervisor.get(unit).json["standing"] == "never"


def test_a_query_entered_after_another_one_is_refused_as_stale(supervisor, unit):
    supervisor.post(f"{unit}/queries", json=said_of_query())
    stale = supervisor.post(f"{unit}/queries", json=said_of_query())

    assert (stale.status_code, stale.json["status"]) == (412, "contact_unit_changed")
    assert len(supervisor.get(f"{unit}/queries").json) == 1


def test_an_answer_stands_in_the_place_of_what_was_awaited(supervisor, unit):
    waiting = {"awaited": True}
    first = supervisor.post(f"{unit}/queries", json=said_of_query(result="awaited")).json
    assert len(supervisor.get(DOOR, query_string=waiting).json) == 1

    answer = said_of_query(result="dismissed", replaces_id=first["id"])
    assert supervisor.post(f"{unit}/queries", json=answer | {"version": 2}).status_code == 201
    again = supervisor.post(f"{unit}/queries", json=answer | {"version": 3})

    assert (again.status_code, again.json["status"]) == (409, "staff_query_replaced")
    assert supervisor.get(DOOR, query_string=waiting).json == []


def test_a_wrong_day_that_is_corrected_counts_no_more(supervisor, unit):
    wrong = supervisor.post(f"{unit}/queries", json=said_of_query(queried_on="2026-11-01")).json
    right = said_of_query(queried_on="2025-11-01", replaces_id=wrong["id"], version=2)
    supervisor.post(f"{unit}/queries", json=right)

    assert supervisor.get(unit).json["next_due_on"] == "2026-11-01"


def test_a_school_enters_its_own_query_but_not_its_authoritys(school, own_unit):
    refused = school.post(f"{own_unit}/queries", json=said_of_query(asked_by="authority"))
    made = school.post(f"{own_unit}/queries", json=said_of_query())

    assert (refused.status_code, made.status_code) == (403, 201)


def test_a_school_does_not_replace_what_its_authority_entered(supervisor, school, own_unit):
    said = said_of_query(asked_by="authority", result="awaited")
    entered = supervisor.post(f"{own_unit}/queries", json=said).json
    mine = said_of_query(replaces_id=entered["id"], version=2)

    assert school.post(f"{own_unit}/queries", json=mine).status_code == 403
    assert [one["result"] for one in school.get(f"{own_unit}/queries").json] == ["awaited"]
    assert 'id="replaces_id"' not in school.get("/contact-units/1").text
    assert supervisor.post(f"{own_unit}/queries", json=mine).status_code == 201


def test_a_school_replaces_what_it_entered_itself(school, own_unit):
    entered = school.post(f"{own_unit}/queries", json=said_of_query(result="awaited")).json
    answer = said_of_query(replaces_id=entered["id"], version=2)

    assert 'id="replaces_id"' in school.get("/contact-units/1").text
    assert school.post(f"{own_unit}/queries", json=answer).status_code == 201


def test_a_query_is_not_replaced_by_one_of_another_kind(supervisor, unit):
    yearly = supervisor.post(f"{unit}/queries", json=said_of_query()).json
    hiring = said_of_query(kind="before_hiring", replaces_id=yearly["id"], version=2)

    answer = supervisor.post(f"{unit}/queries", json=hiring)

    assert (answer.status_code, answer.json["errors"]) == (422, {"replaces_id": "another_kind"})


def test_those_that_never_queried_come_first_then_the_longest_overdue(supervisor):
    ago = {"甲校外托管": 400, "乙校外托管": 700, "丙校外托管": None}
    for name, days in ago.items():
        made = supervisor.post(DOOR, json=said_of_unit(kind="after_school", name=name)).json
        if days:
            day = (today() - timedelta(days)).isoformat()
            supervisor.post(f"{DOOR}/{made['id']}/queries", json=said_of_query(queried_on=day))

    found = supervisor.get(DOOR, query_string={"late": True}).json

    assert [one["name"] for one in found] == ["丙校外托管", "乙校外托管", "甲校外托管"]
    only = supervisor.get(DOOR, query_string={"standing": "overdue", "text": "甲"}).json
    assert [one["name"] for one in only] == ["甲校外托管"]
    assert "<strong>3</strong>" in supervisor.get("/").text.partition("从业查询未做或超期")[0][-120:]


def test_the_list_goes_to_excel_as_it_was_looked_for(supervisor, unit):
    supervisor.post(DOOR, json=said_of_unit(name="=HYPERLINK(1)"))
    supervisor.post(f"{unit}/queries", json=said_of_query())

    answer = supervisor.get("/contact-units.xlsx", query_string={"standing": "never"})

    rows = list(load_workbook(io.BytesIO(answer.data)).active.values)
    assert [row[2] for row in rows[1:]] == ["'=HYPERLINK(1)"]


def test_a_late_unit_leads_to_a_possible_finding_that_accuses_nobody(supervisor, school, own_unit):
    page, own = supervisor.get("/contact-units/1").text, school.get("/contact-units/1").text

    assert "第一百二十六条" in page
    assert "这只是提示，不是认定" in page
    assert "第一百二十六条" not in own
    assert "本单位的从业查询从未登记或已超期" in school.get("/own-school").text

    supervisor.post("/contact-units/1", data=said_of_query(deed="query", queried_on=today().isoformat()))
    assert "第一百二十六条" not in supervisor.get("/contact-units/1").text
    assert "从未登记或已超期" not in school.get("/own-school").text


def test_a_form_that_is_refused_stays_as_it_was_filled_in(supervisor, unit):
    answer = supervisor.post("/contact-units/1", data=said_of_query(deed="query", people="0", kind="yearly"))
    stale = supervisor.post("/contact-units/1", data=said_of_query(deed="query", version="9"))

    assert (answer.status_code, stale.status_code) == (422, 412)
    assert 'value="2026-03-02"' in answer.text
    assert "查询人数" in answer.text


def test_a_unit_is_registered_from_the_page_of_a_school(supervisor):
    form = supervisor.get("/contact-units/new", query_string={"site_id": 1})
    made = supervisor.post("/contact-units/new", data=said_of_unit(kind="school", site_id="1"))
    wrong = supervisor.post("/contact-units/new", data=said_of_unit(name=""))

    assert 'name="site_id" value="1"' in form.text
    assert (made.status_code, wrong.status_code) == (303, 422)
    assert "示例艺术培训中心" in supervisor.get(made.location).text
