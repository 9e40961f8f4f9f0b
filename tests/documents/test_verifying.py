"""Anybody holds a document against its code: real or not, and nothing else; unknown codes all look alike."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from backend.accounts.auth import Role
from backend.accounts.errors import TooManyTries
from backend.accounts.rules import FREE_TRIES
from backend.core.spoken import in_groups
from backend.documents import penalties
from backend.documents.models import IssuedDocument
from backend.documents.verifying import verify
from tests.documents import samples
from tests.documents.issuing import issue, lay_down
from tests.intake.conftest import agency  # noqa: F401
from tests.people import add_person, desk

NOW = datetime.now(UTC)


@pytest.fixture
def document(deployment, agency, law):  # noqa: F811
    """A decision that was issued."""
    lay_down(deployment, agency)
    boss = add_person(deployment, Role.SUPERVISOR, login="boss", areas=("310101",), agency_id=agency)
    document_id = issue(deployment, boss, penalties.penalty_decision(law, samples.DECISION))
    with deployment.reading() as session:
        return session.get_one(IssuedDocument, document_id)


def asks(deployment, code, address="203.0.113.7"):
    return verify(deployment, code, address=address, now=NOW)


def without_code(page, code):
    return re.sub(r'value="\w{64}"', "", page).replace(code, "")


def test_an_unknown_code_is_answered_alike_however_it_is_wrong(app, document):
    codes = ["000000000000", document.code[:-1], document.code + "0", document.code[::-1]]

    answers = {
        (one.status_code, without_code(one.text, code))
        for code in codes
        for one in [app.test_client().get(f"/verify/{code}")]
    }

    assert [status for status, _ in answers] == [404]
    assert "没有查到" in answers.pop()[1]


def test_a_known_and_an_unknown_code_ask_the_database_the_same_things(deployment, document):
    def asked(code):
        said = []
        note = lambda *args: said.append(args[2])  # noqa: E731
        event.listen(deployment.engine, "before_cursor_execute", note)
        asks(deployment, code)
        event.remove(deployment.engine, "before_cursor_execute", note)
        return [re.sub(r"\s+", " ", one) for one in said]

    asked(document.code)  # the first try of an address makes its row

    assert asked(document.code) == asked("000000000000")


def test_whoever_guesses_waits_and_others_do_not(app, deployment, document):
    for _ in range(FREE_TRIES):
        assert asks(deployment, "000000000000") is None

    with pytest.raises(TooManyTries):
        asks(deployment, document.code)

    assert asks(deployment, document.code, "203.0.113.8") is not None


def test_a_right_code_takes_the_wrong_tries_back(deployment, document):
    for _ in range(3):
        for _ in range(FREE_TRIES - 1):
            asks(deployment, "000000000000")
        assert asks(deployment, document.code) is not None


def test_the_page_shows_what_is_printed_and_no_party(app, document):
    shown = in_groups(document.code)

    by_square = app.test_client().get(f"/verify/{shown}")
    by_hand = app.test_client().get("/verify", query_string={"code": shown.lower().replace("-", " ")})

    for page in (by_square, by_hand):
        assert page.status_code == 200
        for part in (document.number.text, "行政处罚决定书", "2026-11-21", document.sha256[:8].upper()):
            assert part in page.text
        for secret in ("蓝鲸", "潮声路", "欧阳", document.sha256, "/documents"):
            assert secret not in page.text


def test_a_withdrawn_document_says_so(app, document):
    boss = desk(app, document.issued_by)
    boss.post(f"/api/v1/documents/{document.id}/withdraw", json={"because": "revoked"})

    assert "撤回，不再有效" in app.test_client().get(f"/verify/{document.code}").text


def test_the_empty_form_asks_nothing(app, document):
    assert app.test_client().get("/verify").status_code == 200
    assert app.test_client().get("/verify?code=%20").status_code == 200


def test_what_was_typed_is_never_markup(app, document):
    page = app.test_client().get("/verify", query_string={"code": '"><script>alert(1)</script>'})

    assert page.status_code == 404
    assert "<script>" not in page.text
