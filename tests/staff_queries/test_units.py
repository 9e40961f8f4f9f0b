"""Units of the register: who registers and sees which, and that nothing takes a name or a record."""

import re

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from tests.people import desk_of
from tests.staff_queries.conftest import DOOR, said_of_query, said_of_unit
from tests.tips.conftest import CAFE, FAR_SCHOOL, HERE, NEXT, SCHOOL

CODE = "91310000775785552L"


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "hotel"}, {"kind": "bar"}, {"name": ""}, {"area_code": NEXT}, {"area_code": "x"},
        {"credit_code": "123"}, {"name": "王伟 11010519491231002X"}, {"address": "找 13800138000"},
        {"person": "王伟"}, {"record": "无"},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_unit_of_the_own_areas_is_refused(supervisor, wrong):
    assert supervisor.post(DOOR, json=said_of_unit(**wrong)).status_code == 422
    assert supervisor.get(DOOR).json == []


@pytest.mark.parametrize("said", [{"site_id": FAR_SCHOOL}, {"venue_id": 2}], ids=str)
def test_a_school_or_venue_of_another_area_is_not_there(supervisor, said):
    assert supervisor.post(DOOR, json=said_of_unit(**said)).status_code == 404


@pytest.mark.parametrize("said", [{"credit_code": CODE}, {"site_id": SCHOOL}, {"venue_id": CAFE}], ids=str)
def test_a_unit_is_registered_once(supervisor, said):
    first = supervisor.post(DOOR, json=said_of_unit(**said))
    again = supervisor.post(DOOR, json=said_of_unit(name="另一个", **said))

    assert (first.status_code, again.status_code, again.json["status"]) == (201, 409, "contact_unit_taken")


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.AUDITOR, Role.SYSTEM_ADMIN])
def test_other_roles_neither_see_nor_register(app, unit, role):
    desk = desk_of(app, role, areas=(HERE,))

    seen = [desk.get(way).status_code for way in (DOOR, unit, "/contact-units", "/contact-units/1")]
    assert [*seen, desk.post(DOOR, json=said_of_unit()).status_code] == [403] * 5


def test_units_of_another_area_are_not_there(elsewhere, unit):
    assert elsewhere.get(DOOR).json == []
    for answer in (
        elsewhere.get(unit), elsewhere.get(f"{unit}/queries"), elsewhere.get("/contact-units/1"),
        elsewhere.post(f"{unit}/queries", json=said_of_query()),
        elsewhere.put(unit, json=said_of_unit(version=1)),
    ):  # fmt: skip
        assert answer.status_code == 404


def test_a_school_sees_itself_only_and_registers_nothing(school, unit, own_unit):
    assert [one["name"] for one in school.get(DOOR).json] == ["示例小学"]
    assert school.get(unit).status_code == 404
    assert [
        school.post(DOOR, json=said_of_unit()).status_code,
        school.put(own_unit, json=said_of_unit(version=1)).status_code,
        school.get("/contact-units.xlsx").status_code,
        school.post("/contact-units/2", data={"deed": "change", **said_of_unit(version="1")}).status_code,
    ] == [403, 403, 403, 403]


def test_an_account_of_a_station_sees_the_station_of_its_area_only(supervisor, station, unit):
    made = supervisor.post(DOOR, json=said_of_unit(kind="station", name="示例街道未保站")).json

    assert [one["id"] for one in station.get(DOOR).json] == [made["id"]]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(supervisor, unit):
    first = supervisor.put(unit, json=said_of_unit(name="新名称", version=1))
    stale = supervisor.put(unit, json=said_of_unit(name="旧名称", version=1))

    assert (first.status_code, first.json["version"]) == (200, 2)
    assert (stale.status_code, stale.json["status"]) == (412, "contact_unit_changed")
    assert supervisor.get(unit).json["name"] == "新名称"


def test_a_unit_that_works_no_more_is_neither_reminded_nor_queried(supervisor, unit):
    closed = supervisor.put(unit, json=said_of_unit(closed_on="2026-05-01", version=1))
    refused = supervisor.post(f"{unit}/queries", json=said_of_query(version=2))

    assert closed.status_code == 200
    assert (refused.status_code, refused.json["status"]) == (409, "contact_unit_closed")
    assert supervisor.get(DOOR, query_string={"late": True}).json == []
    assert len(supervisor.get(DOOR, query_string={"closed": True}).json) == 1


def test_the_database_keeps_units_and_queries_as_they_are(deployment, supervisor, unit):
    assert supervisor.post(f"{unit}/queries", json=said_of_query()).status_code == 201
    for statement in (
        "UPDATE staff_queries SET people = 99", "DELETE FROM staff_queries", "DELETE FROM contact_units",
    ):  # fmt: skip
        with pytest.raises(IntegrityError), deployment.unit_of_work() as session:
            session.execute(text(statement))


def test_no_column_and_no_field_has_a_place_for_a_person_or_a_record(deployment, supervisor, unit):
    columns = {column["name"] for column in inspect(deployment.engine).get_columns("staff_queries")}
    form = supervisor.get("/contact-units/1").text.partition('id="enter"')[2].partition("</section>")[0]
    fields = set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', form))

    assert columns == {
        "id", "unit_id", "kind", "people", "queried_on", "asked_of", "asked_by", "result", "replaces_id",
        "entered_by", "entered_at",
    }  # fmt: skip
    assert fields == {
        "csrf_token", "version", "kind", "people", "queried_on", "asked_of", "asked_by", "result",
    }  # fmt: skip


def test_every_deed_is_in_the_audit_trail(deployment, supervisor, unit):
    supervisor.put(unit, json=said_of_unit(name="新名称", version=1))
    supervisor.post(f"{unit}/queries", json=said_of_query(version=2))
    supervisor.get("/contact-units.xlsx")

    with deployment.reading() as session:
        about = AuditEntry.deed.startswith("contact_unit.") | AuditEntry.deed.startswith("staff_query.")
        deeds = list(session.scalars(select(AuditEntry.deed).where(about).order_by(AuditEntry.seq)))
    assert deeds == [
        "contact_unit.register", "contact_unit.change", "staff_query.enter", "contact_unit.export",
    ]  # fmt: skip
