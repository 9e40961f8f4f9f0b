"""Issuing: numbered without a gap, under a code nobody guesses, kept for good; withdrawn by another row."""

import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from backend.accounts.auth import Role, Scope
from backend.core.audit import AuditEntry
from backend.core.errors import NotAllowed
from backend.core.spoken import ALPHABET
from backend.documents import penalties, replies
from backend.documents.blocks import sha256_of
from backend.documents.contents import opened
from backend.documents.errors import ReviewOpen, SignUnprintable
from backend.documents.models import DocumentWithdrawal, IssuedDocument
from backend.tasks import ledger
from backend.tasks.errors import SeriesUnknown
from backend.tasks.ledger_models import DocumentNumber, NumberSeries
from backend.tasks.ledger_queries import series_standings
from tests.documents import samples
from tests.documents.issuing import issue, lay_down
from tests.intake.conftest import agency  # noqa: F401
from tests.people import add_person, desk

REPLY = samples.TIP_REPLY
SCOPE = Scope(("",), None, None, Role.SUPERVISOR)


@pytest.fixture
def boss(deployment, agency):  # noqa: F811
    lay_down(deployment, agency)
    return add_person(deployment, Role.SUPERVISOR, login="boss", areas=("310101",), agency_id=agency)


@pytest.fixture
def reply(law):
    return replies.tip_reply(law, REPLY)


def rows(deployment, model=IssuedDocument):
    with deployment.reading() as session:
        return session.scalars(select(model).order_by(model.id)).all()


def test_nothing_is_issued_without_an_agency_or_a_series(deployment, agency, reply):  # noqa: F811
    nobody = add_person(deployment, Role.SUPERVISOR, login="nobody")
    somebody = add_person(deployment, Role.SUPERVISOR, login="somebody", agency_id=agency)

    with pytest.raises(NotAllowed):
        issue(deployment, nobody, reply)
    with pytest.raises(SeriesUnknown):
        issue(deployment, somebody, reply)

    assert rows(deployment) == []


def test_what_waits_for_the_legal_reviewer_is_not_issued_and_takes_no_number(deployment, boss, law):
    with pytest.raises(ReviewOpen):
        issue(deployment, boss, penalties.penalty_decision(law, samples.tobacco(samples.DECISION)))

    assert rows(deployment, DocumentNumber) == []


def test_a_sign_that_cannot_be_printed_takes_no_number(deployment, boss, law):
    with pytest.raises(SignUnprintable):
        issue(deployment, boss, replies.tip_reply(law, replace(REPLY, answer="\U0002a290")))

    assert rows(deployment, DocumentNumber) == []


def test_a_document_is_issued_with_number_code_hash_and_pages(deployment, boss, law):
    made = penalties.penalty_decision(law, samples.DECISION)

    document_id = issue(deployment, boss, made, case_id=7, subject="venue:1")

    with deployment.reading() as session:
        found = session.get_one(IssuedDocument, document_id)
        document, images = opened(session, found)
        noted = select(AuditEntry.deed).where(AuditEntry.subject == f"issued:{document_id}")
        deeds = session.scalars(noted).all()
    assert (found.number.number, found.pages, found.case_id, found.subject) == (1, 3, 7, "venue:1")
    assert document == {**made, "number": found.number.text}
    assert found.sha256 == sha256_of(document["blocks"])
    assert images == {}
    assert len(found.code) == 12
    assert set(found.code) <= set(ALPHABET)
    assert "document.issue" in deeds
    assert made["title"].encode() not in found.sealed


def test_codes_are_different_each_time(deployment, boss, reply):
    for _ in range(5):
        issue(deployment, boss, reply)

    assert len({one.code for one in rows(deployment)}) == 5


def test_numbers_have_no_gap_however_many_issue_at_once(deployment, boss, reply):
    threads = [threading.Thread(target=issue, args=(deployment, boss, reply)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(one.number.number for one in rows(deployment)) == [1, 2, 3, 4]
    with deployment.reading() as session:
        scope = replace(SCOPE, agency_id=rows(deployment)[0].agency_id)
        assert all(one.is_gap_free for one in series_standings(session, scope))


def test_a_number_that_was_taken_in_vain_is_given_to_the_next(deployment, boss, reply):
    with pytest.raises(ZeroDivisionError), deployment.unit_of_work() as session:
        series = session.scalars(select(NumberSeries).where(NumberSeries.kind == "tip_reply")).one()
        ledger.take(session, series.agency_id, series.kind, document="x", by="tester", now=datetime.now(UTC))
        raise ZeroDivisionError

    issue(deployment, boss, reply)

    assert [one.number.number for one in rows(deployment)] == [1]


@pytest.mark.parametrize("change", [update(IssuedDocument).values(title="x"), delete(IssuedDocument)])
def test_the_database_refuses_to_change_or_remove_a_document(deployment, boss, reply, change):
    issue(deployment, boss, reply)

    with pytest.raises(DBAPIError, match="append-only"), deployment.unit_of_work() as session:
        session.execute(change)

    assert [one.title for one in rows(deployment)] == ["线索办理结果答复书"]


def test_a_withdrawal_is_a_row_beside_the_document_and_said_once(app, deployment, boss, reply):
    document_id = issue(deployment, boss, reply)
    address = f"/api/v1/documents/{document_id}/withdraw"

    first, again = (desk(app, boss).post(address, json={"because": "void"}) for _ in range(2))

    assert (first.status_code, again.status_code, again.json["status"]) == (200, 409, "document_withdrawn")
    assert first.json["withdrawn_because"] == "void"
    (kept,) = rows(deployment, DocumentWithdrawal)
    with pytest.raises(DBAPIError, match="append-only"), deployment.unit_of_work() as session:
        session.execute(text("DELETE FROM document_withdrawals"))
    assert kept.document_id == document_id


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_a_document_is_shown_in_each_form_and_each_look_is_audited(app, deployment, boss, reply, form):
    document_id = issue(deployment, boss, reply)

    shown = desk(app, boss).get(f"/api/v1/documents/{document_id}/{form}")

    assert shown.status_code == 200
    assert {"html": b"<article", "pdf": b"%PDF-", "docx": b"PK"}[form] in shown.data[:16]
    with deployment.reading() as session:
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.deed == "document.look"))
    assert (entry.subject, entry.detail) == (f"issued:{document_id}", {"form": form, "public": False})


def test_lists_show_the_own_agency_only_and_no_content(app, deployment, boss, reply):
    document_id = issue(deployment, boss, reply, case_id=7)
    other = desk(app, add_person(deployment, Role.SUPERVISOR, login="other"))

    mine = desk(app, boss).get("/api/v1/documents?case_id=7").json

    assert [one["id"] for one in mine] == [document_id]
    assert REPLY.answer not in str(mine)
    assert desk(app, boss).get("/api/v1/documents?kind=penalty_decision").json == []
    assert other.get("/api/v1/documents").json == []
    for form in ("", "/pdf", "/html"):
        assert other.get(f"/api/v1/documents/{document_id}{form}").status_code == 404


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.COORDINATOR, Role.REPORTER, Role.SYSTEM_ADMIN])
def test_other_roles_see_no_documents(app, deployment, boss, reply, role):
    document_id = issue(deployment, boss, reply)
    somebody = desk(app, add_person(deployment, role, login="somebody"))

    assert somebody.get(f"/api/v1/documents/{document_id}/pdf").status_code == 403


def test_a_public_copy_says_that_it_is_one(app, deployment, boss, law):
    document_id = issue(deployment, boss, penalties.penalty_decision(law, samples.DECISION))

    page = desk(app, boss).get(f"/api/v1/documents/{document_id}/html?public=true").text

    assert "公开副本，个人信息已处理" in page
    assert "欧阳某" in page
    assert "欧阳𠮷㐂" not in page
