"""Nobody is entered without a decision, a notice and a second person; entries end by themselves."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from backend.core.days import today
from backend.credit.models import CreditEntry
from backend.credit.rules import WAYS
from tests.credit.conftest import (
    DECIDED,
    HERE,
    TERMS,
    URL,
    days_ago,
    decided_and_served,
    number_of,
    refused,
    said_of_entry,
    takes,
)
from tests.people import desk_of
from tests.screening.places import add_venue, at


@pytest.mark.parametrize(
    "wrong",
    [
        {"criterion_id": "CRD-NONE"}, {"decision_no": ""}, {"decision_on": "2199-01-01"}, {"act": ""},
        {"decision_sha256": None}, {"decision_sha256": "abc"}, {"party": "王伟 11010519491231002X"},
        {"criterion_id": "CRD-SH-1", "responsible": []}, {"until_on": "2027-01-01"},
        {"responsible": [{"position": "guard", "name": "王伟"}]}, {"is_person": None}, {"is_person": ""},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_so_is_refused(head, venue, wrong):
    assert head.post(URL, json=said_of_entry(venue, **wrong)).status_code == 422
    assert head.get(URL).json == []


def test_a_warning_is_for_entertainment_venues_only(deployment, head):
    with deployment.unit_of_work() as session:
        cafe = add_venue(session, at(9), area_code="310101").id

    refusal = head.post(URL, json=said_of_entry(cafe))

    assert refusal.json["errors"] == {"criterion_id": "not_for_this_venue"}


def test_a_case_without_a_served_decision_enters_nobody(head, officer, venue, case):
    said = said_of_entry(venue, case_id=number_of(case), **DECIDED)
    assert refused(head.post(URL, json=said)) == (409, "credit_no_decision")

    decided_and_served(officer, case)
    assert head.post(URL, json=said).status_code == 201
    again = head.post(URL, json=said)
    assert refused(again) == (409, "credit_entry_taken")


def test_whether_the_party_is_a_person_has_to_be_said(head, venue):
    said = said_of_entry(venue)
    del said["is_person"]

    assert head.post(URL, json=said).status_code == 422


@pytest.mark.parametrize("role", [Role.REPORTER, Role.COORDINATOR, Role.AUDITOR, Role.SYSTEM_ADMIN])
def test_other_roles_see_nothing_of_it(app, proposed, role):
    entry, desk = proposed(), desk_of(app, role, **HERE)

    ways = (URL, entry, f"{entry}/steps", "/credit", "/credit/1", "/credit/criteria", "/credit.csv")
    assert [desk.get(way).status_code for way in ways] == [403] * len(ways)
    assert desk.post(f"{entry}/steps", json={}).status_code == 403


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEGAL_REVIEWER])
def test_only_a_head_proposes(app, agency, venue, role):
    desk = desk_of(app, role, agency_id=agency, **HERE)

    assert desk.post(URL, json=said_of_entry(venue)).status_code == 403


@pytest.mark.parametrize("of", [{"areas": ("310104",)}, {"areas": ("310101",), "agency_id": None}], ids=str)
def test_entries_of_other_areas_and_agencies_are_not_there(app, agency, proposed, of):
    entry = proposed()
    desk = desk_of(app, Role.SUPERVISOR, **({"agency_id": agency} | of))

    assert desk.get(URL).json == []
    said = {"deed": "notify", "version": 1}
    answers = [desk.get(entry), desk.get("/credit/1"), desk.post(f"{entry}/steps", json=said)]
    assert [one.status_code for one in answers] == [404] * 3


def test_a_step_in_an_entry_that_changed_meanwhile_is_refused(reviewer, proposed):
    entry = proposed()
    assert takes(reviewer, entry, "list").status_code == 201

    assert refused(takes(reviewer, entry, "publish", version=1)) == (412, "credit_entry_changed")
    assert reviewer.get(entry).json["is_published"] is False


def test_a_warning_is_decided_by_somebody_else_and_has_no_period(head, reviewer, proposed):
    entry = proposed()
    assert refused(takes(head, entry, "list")) == (409, "not_yours")
    without = reviewer.post(f"{entry}/steps", json={"deed": "list", "version": 1})
    assert refused(without) == (409, "paper_missing")

    found = takes(reviewer, entry, "list").json

    assert (found["state"], found["until_on"], found["is_published"]) == ("listed", None, False)
    assert found["listed_on"] == today().isoformat()


@pytest.mark.parametrize("criterion", ["CRD-SH-1", "CRD-CUL-1"])
def test_a_list_is_not_used_before_a_reviewer_confirmed_its_ground(head, proposed, confirmed, criterion):
    entry = proposed(criterion)
    assert refused(takes(head, entry, "notify")) == (409, "not_confirmed")

    confirmed(criterion)

    found = takes(head, entry, "notify", dated_on=days_ago(1)).json
    assert (found["state"], found["statement_until"]) == (
        "noticed",
        (date.fromisoformat(days_ago(1)) + timedelta(5)).isoformat(),
    )


def test_a_ground_whose_text_nobody_read_is_neither_confirmed_nor_used(head, reviewer, proposed):
    entry = proposed("CRD-SAMR")

    confirmed = reviewer.post("/api/v1/credit-confirmations", json=TERMS | {"criterion_id": "CRD-SAMR"})

    assert refused(confirmed) == (409, "from_memory")
    assert refused(takes(head, entry, "notify")) == (409, "from_memory")


def test_grounds_are_in_force_with_their_text_and_a_warning_takes_no_rule_of_repair(law):
    grounds = law.on(today()).credit_criteria
    begun = {name: str(one.in_force_from) for name, one in grounds.items() if one.confidence == ("T",)}

    assert begun == {"CRD-WARN": "2020-11-29"} | {f"CRD-SH-{n}": "2017-10-01" for n in (1, 2, 3)}
    assert (grounds["CRD-WARN"].deleted_within_days, grounds["CRD-WARN"].deleted_by) == (None, ())


def test_a_pilot_is_switched_off(head, reviewer, venue):
    proposal = head.post(URL, json=said_of_entry(venue, criterion_id="CRD-PILOT"))
    said = {"criterion_id": "CRD-PILOT", "document": "示例办法第一条", "statement_days": 5, "months": 12}

    assert refused(proposal) == (409, "switched_off")
    assert refused(reviewer.post("/api/v1/credit-confirmations", json=said)) == (409, "switched_off")


def test_only_a_reviewer_confirms_a_ground_and_none_that_needs_no_confirmation(head, reviewer):
    said = {"criterion_id": "CRD-WARN", "document": "示例办法第一条", "statement_days": 5, "months": 12}
    late = said | {"criterion_id": "CRD-SH-1", "repair_after_months": 12}

    answers = [desk.post("/api/v1/credit-confirmations", json=said) for desk in (head, reviewer)]
    assert [one.status_code for one in answers] == [403, 422]
    assert reviewer.post("/api/v1/credit-confirmations", json=late).json["errors"] == {
        "repair_after_months": "after_the_end"
    }


def test_nobody_is_listed_while_a_statement_may_come_or_unless_it_came(head, reviewer, proposed, confirmed):
    confirmed()
    entry = proposed("CRD-SH-1")
    assert refused(takes(reviewer, entry, "list")) == (409, "not_from_here")
    takes(head, entry, "notify")
    assert refused(takes(reviewer, entry, "list")) == (409, "statement_open")

    assert takes(head, entry, "hear", reason="当事人称已整改").status_code == 201
    assert takes(reviewer, entry, "list").json["until_on"] is not None


def test_an_entry_is_over_by_its_date_without_anybodys_deed(deployment, head, reviewer, listed, venue):
    takes(reviewer, listed, "publish")
    assert len(head.get("/api/v1/public/credit-entries").json) == 1
    with deployment.unit_of_work() as session:
        yesterday = today() - timedelta(1)
        session.execute(update(CreditEntry).values(listed_on=yesterday - timedelta(9), until_on=yesterday))

    assert head.get("/api/v1/public/credit-entries").json == []
    assert [len(head.get(URL, query_string={"expired": one}).json) for one in (True, False)] == [1, 0]
    assert refused(takes(head, listed, "ask_repair")) == (409, "is_over")
    assert "没有有效的记录" in head.get(f"/venues/{venue}").text


def test_repair_is_asked_for_by_one_and_decided_by_another(head, reviewer, listed):
    assert refused(takes(reviewer, listed, "repair")) == (409, "repair_not_asked")
    takes(reviewer, listed, "publish")
    takes(head, listed, "ask_repair")

    found = takes(reviewer, listed, "repair", dated_on="2026-11-20").json

    assert (found["state"], found["removed_on"], found["is_published"]) == (
        "removed",
        today().isoformat(),
        False,
    )
    assert found["deleted_by_on"] == "2026-11-25"  # three working days after a Friday
    assert "sh-credit-regs:38" in reviewer.get(f"{listed}/steps").json[-1]["clauses"]


def test_an_entry_falls_with_its_decision(reviewer, listed):
    refusal = takes(reviewer, listed, "annul")
    found = takes(reviewer, listed, "annul", reason="复议撤销").json

    assert (refused(refusal), found["state"]) == ((409, "reason_missing"), "removed")
    assert reviewer.get(f"{listed}/choices").json == []


def test_the_database_keeps_what_was_done(deployment, listed):
    for statement in (
        "UPDATE credit_steps SET deed = 'annul'", "DELETE FROM credit_steps", "DELETE FROM credit_entries",
        "UPDATE credit_confirmations SET months = 99", "UPDATE credit_entries SET until_on = NULL",
    ):  # fmt: skip
        with pytest.raises(IntegrityError), deployment.unit_of_work() as session:
            session.execute(text(statement))


@pytest.mark.parametrize(
    "change",
    ["party = '别人'", "is_person = NOT is_person", "decision_no = '9'", "venue_id = venue_id + 1",
     "agency_id = agency_id + 1", "proposed_by = proposed_by + 1"],
)  # fmt: skip
def test_the_database_keeps_what_was_proposed(deployment, proposed, change):
    proposed()

    with pytest.raises(IntegrityError, match="what was proposed stays"), deployment.unit_of_work() as session:
        session.execute(text(f"UPDATE credit_entries SET {change}"))


@pytest.mark.parametrize("deed", [deed for deed, way in WAYS.items() if way.role is Role.LEGAL_REVIEWER])
def test_the_database_lets_nobody_decide_on_an_own_proposal(deployment, proposed, deed):
    proposed()
    decided = (
        "INSERT INTO credit_steps (entry_id, seq, deed, to_state, user_id, made_at, dated_on, clauses, "
        f"rulebook_version) SELECT entry_id, 2, '{deed}', to_state, user_id, made_at, dated_on, clauses, "
        "rulebook_version FROM credit_steps"
    )

    with pytest.raises(IntegrityError, match="does not decide"), deployment.unit_of_work() as session:
        session.execute(text(decided))


def test_every_step_is_in_the_audit_trail(deployment, reviewer, listed):
    takes(reviewer, listed, "publish")

    with deployment.reading() as session:
        about = AuditEntry.deed.startswith("credit.")
        deeds = list(session.scalars(select(AuditEntry.deed).where(about).order_by(AuditEntry.seq)))
    assert deeds == ["credit.confirm", "credit.propose", "credit.notify", "credit.list", "credit.publish"]
