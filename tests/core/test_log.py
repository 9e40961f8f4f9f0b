"""What the log holds: no tokens, no words of people, no lines that somebody else wrote."""

import pytest
from sqlalchemy.exc import IntegrityError

from backend.accounts.auth import Role
from backend.accounts.models import User
from backend.app import create_app
from backend.core.web import masked
from tests.people import add_person

PLANTED = "柳某某 31010119900307006X"


@pytest.mark.parametrize("path", ["/openrosa/key/T0K/formList", "/openrosa/key//T0K/formList", "/KEY/T0K"])
def test_a_token_is_not_in_the_log(path):
    assert "T0K" not in masked(path)


def test_nobody_writes_lines_of_their_own_into_the_log():
    assert masked("/x\nGET /audit 200\r\x1b[2J") == "/x%0AGET%20/audit%20200%0D%1B%5B2J"


def test_a_surprise_is_traced_without_its_words(deployment, caplog):
    def surprised():
        try:
            raise KeyError(PLANTED)
        except KeyError as before:
            raise ValueError(PLANTED) from before

    app = create_app(deployment)
    app.add_url_rule("/surprised", view_func=surprised)

    answer = app.test_client().get("/surprised")

    assert (answer.status_code, PLANTED in caplog.text) == (500, False)
    assert "test_log.py" in caplog.text
    assert caplog.text.index("KeyError") < caplog.text.index("ValueError")


def test_an_error_of_the_database_does_not_show_the_row(deployment):
    add_person(deployment, Role.AUDITOR, login="taken")

    with pytest.raises(IntegrityError) as refused, deployment.reading() as session:
        session.add(User(login="new", display_name=PLANTED, role="no role", password_hash="", active=True))
        session.flush()

    assert PLANTED not in str(refused.value).partition("DETAIL")[0]
