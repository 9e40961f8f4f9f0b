"""Check codes are entered, never made; they are used by visits, made void with a reason, or run out."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from backend.accounts.auth import Role
from backend.tasks import codes
from backend.tasks.models import CheckCode
from tests.people import desk_of
from tests.tasks.conftest import changed, today

URL = "/api/v1/check-codes"
CODE = {"code": "JCM-2026-0001", "route": "planned"}


def test_a_code_is_issued_when_it_is_there_and_applied_for_when_it_is_not(supervisor, venues):
    issued = supervisor.post(URL, json=CODE | {"venue_id": venues[0]})
    applied = supervisor.post(URL, json={"route": "triggered", "source_no": "X-7"})

    assert [one.json["state"] for one in (issued, applied)] == ["issued", "applied"]
    assert applied.json["code"] is None
    given = changed(supervisor, f"{URL}/{applied.json['id']}/issue", {"code": "JCM-2026-0002"})
    assert (given.json["state"], given.json["code"]) == ("issued", "JCM-2026-0002")
    again = changed(supervisor, f"{URL}/{applied.json['id']}/issue", {"code": "JCM-2026-0003"})
    assert (again.status_code, again.json["status"]) == (409, "check_code_closed")


def test_the_same_code_is_not_entered_twice(supervisor):
    assert supervisor.post(URL, json=CODE).status_code == 201
    applied = supervisor.post(URL, json={"route": "planned"}).json["id"]

    assert supervisor.post(URL, json=CODE).json["status"] == "check_code_taken"
    assert changed(supervisor, f"{URL}/{applied}/issue", {"code": CODE["code"]}).status_code == 409


@pytest.mark.parametrize("wrong", [{"route": "surprise"}, {"agency_ids": [999]}, {"code": "13800138000"}])
def test_what_is_no_check_code_is_refused(supervisor, wrong):
    assert supervisor.post(URL, json=CODE | wrong).status_code == 422


def test_a_code_at_a_venue_of_others_is_refused(supervisor, venues):
    assert supervisor.post(URL, json=CODE | {"venue_id": venues[2]}).status_code == 404


def test_agencies_that_come_together_see_one_code(app, supervisor, other_agency, agency):
    made = supervisor.post(URL, json=CODE | {"agency_ids": [other_agency]}).json

    assert made["agency_ids"] == sorted([agency, other_agency])
    others = desk_of(app, Role.SUPERVISOR, areas=("310101",), agency_id=other_agency)
    strangers = desk_of(app, Role.SUPERVISOR, areas=("310101",))
    assert [one["code"] for one in others.get(URL).json] == [CODE["code"]]
    assert strangers.get(URL).json == []


def test_a_code_is_made_void_with_a_reason(supervisor):
    made = supervisor.post(URL, json=CODE).json["id"]

    assert changed(supervisor, f"{URL}/{made}/void", {"reason": ""}).status_code == 422
    assert changed(supervisor, f"{URL}/{made}/void", {"reason": "改期"}).json["state"] == "void"
    assert changed(supervisor, f"{URL}/{made}/void", {"reason": "改期"}).status_code == 409


def test_a_code_that_ran_out_unused_is_noted(deployment, supervisor):
    for days, code in ((-1, "A"), (0, "B")):
        valid_to = (today() + timedelta(days=days)).isoformat()
        supervisor.post(URL, json={"code": code, "route": "planned", "valid_to": valid_to})

    with deployment.unit_of_work() as session:
        assert codes.expire(session, today=today(), by="tester") == 1

    assert [one["state"] for one in supervisor.get(URL).json] == ["issued", "expired"]


@pytest.mark.parametrize(
    "broken", [{"state": "lost"}, {"code": None}, {"state": "used"}, {"state": "void"}], ids=str
)
def test_the_database_refuses_a_code_that_contradicts_itself(deployment, supervisor, broken):
    supervisor.post(URL, json=CODE)

    with pytest.raises(IntegrityError), deployment.unit_of_work() as session:
        session.execute(update(CheckCode).values(**broken))
