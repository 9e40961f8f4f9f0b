"""An entry on a case here follows its decision: who it is about, its number, whether it stands."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from backend.accounts.auth import Role
from backend.accounts.models import User
from backend.accounts.queries import person_of
from backend.documents import actions, penalties
from backend.documents.models import IssuedDocument
from backend.documents.rules import Because
from backend.rulebook.reading import build, read
from backend.tasks.rules import DocumentKind
from tests.cases.conftest import made, on, step
from tests.credit.conftest import (
    DECIDED,
    ELSEWHERE,
    URL,
    decided_and_served,
    number_of,
    refused,
    said_of_entry,
    takes,
)
from tests.documents import samples
from tests.documents.issuing import issue, lay_down
from tests.people import desk

NOT_OF_THIS_CASE = (422, {"decision_no": "not_of_this_case"})


@pytest.fixture
def said(officer, venue, case):
    """What is said of an entry on a case that was decided and served."""
    decided_and_served(officer, case)
    return said_of_entry(venue, case_id=number_of(case), **DECIDED)


@pytest.fixture
def issued(deployment, agency, officers, case):
    """Issue a penalty decision in the case, or that there is no penalty; returns its id and number."""

    def issued(which=penalties.penalty_decision, facts=samples.DECISION):
        lay_down(deployment, agency, DocumentKind.PENALTY_DECISION, DocumentKind.NO_PENALTY_DECISION)
        document_id = issue(deployment, officers[0], which(build(read(), 1), facts), case_id=number_of(case))
        with deployment.reading() as session:
            return document_id, session.get_one(IssuedDocument, document_id).number.text

    return issued


def overturned(officer, case):
    made(
        step(officer, case, "publish", "publication", made_at=on("2026-11-24")),
        step(officer, case, "note_change", "ruling", made_at=on("2026-11-25")),
    )


def withdrawn(deployment, officers, document_id):
    now = datetime.now(UTC)
    with deployment.unit_of_work() as session:
        person = person_of(session.get_one(User, officers[0]), now)
        found = session.scalars(select(IssuedDocument).filter_by(id=document_id)).one()
        actions.withdraw(session, found, because=next(iter(Because)), by=person, now=now)


def faults(answer):
    return answer.status_code, answer.json["errors"]


@pytest.mark.parametrize(("decided", "other"), [(True, False), (False, True)])
def test_a_person_is_entered_as_the_case_says(head, officer, venue, case, decided, other):
    said = said_of_entry(venue, case_id=number_of(case), **DECIDED)
    decided_and_served(officer, case, is_person=decided)

    refusal = head.post(URL, json=said | {"is_person": other})

    assert (refusal.status_code, refusal.json["errors"]) == (422, {"is_person": "not_as_decided"})
    assert head.post(URL, json=said | {"is_person": decided}).status_code == 201


def test_nobody_is_proposed_on_a_decision_that_was_annulled(head, officer, case, said):
    overturned(officer, case)

    assert refused(head.post(URL, json=said)) == (409, "credit_no_decision")


def test_nobody_is_listed_on_a_decision_that_was_annulled_meanwhile(head, reviewer, officer, case, said):
    entry = f"{URL}/{head.post(URL, json=said).json['id']}"
    overturned(officer, case)

    assert refused(takes(reviewer, entry, "list")) == (409, "no_decision")
    assert "原决定已变更、撤销或者撤回" in reviewer.get("/credit/1").text


def test_nobody_is_published_on_a_decision_that_was_annulled_meanwhile(head, reviewer, officer, case, said):
    entry = f"{URL}/{head.post(URL, json=said).json['id']}"
    assert takes(reviewer, entry, "list").status_code == 201
    overturned(officer, case)

    assert refused(takes(reviewer, entry, "publish")) == (409, "no_decision")
    assert takes(reviewer, entry, "annul", reason="复议撤销").status_code == 201


def test_an_entry_names_the_decision_that_was_issued_here(head, said, issued):
    _, number = issued()

    assert faults(head.post(URL, json=said | ELSEWHERE)) == NOT_OF_THIS_CASE
    assert head.post(URL, json=said | {"decision_no": number}).status_code == 201


def test_a_decision_without_a_penalty_enters_nobody(head, said, issued):
    _, number = issued(penalties.no_penalty_decision, samples.NO_PENALTY)

    assert faults(head.post(URL, json=said | {"decision_no": number})) == NOT_OF_THIS_CASE


def test_a_decision_that_was_withdrawn_carries_nothing(deployment, head, reviewer, officers, said, issued):
    document_id, number = issued()
    entry = f"{URL}/{head.post(URL, json=said | {'decision_no': number}).json['id']}"
    withdrawn(deployment, officers, document_id)

    assert refused(takes(reviewer, entry, "list")) == (409, "no_decision")
    again = head.post(URL, json=said | {"decision_no": number, "criterion_id": "CRD-SH-1"})
    assert faults(again) == NOT_OF_THIS_CASE


def test_who_handled_the_case_does_not_decide_on_its_entry(app, deployment, head, reviewer, officers, said):
    entry = f"{URL}/{head.post(URL, json=said).json['id']}"
    with deployment.unit_of_work() as session:
        session.execute(update(User).where(User.id == officers[0]).values(role=Role.LEGAL_REVIEWER))

    assert refused(takes(desk(app, officers[0]), entry, "list")) == (409, "own_case")
    assert takes(reviewer, entry, "list").status_code == 201
