"""Nobody changes, removes or appends an audit entry unseen, not even the owner of the database."""

import pytest
from sqlalchemy import text

from backend.core import audit


def _note(deployment, *deeds):
    for deed in deeds:
        with deployment.unit_of_work() as session:
            audit.record(session, deed, by="user:1", subject="venue:7", detail={"why": "检查"})


def _verify(deployment):
    with deployment.reading() as session:
        return audit.verify(session, deployment.audit_dir, deployment.keys)


def _tamper(deployment, statement):
    """What the owner of the database can do: drop the guard, then change what it guarded."""
    with deployment.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER USER"))
        else:
            for kind in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS audit_entries_no_{kind}"))
        connection.execute(text(statement))


def test_an_untouched_chain_is_whole(deployment):
    _note(deployment, "a", "b", "c")

    assert _verify(deployment).seq >= 3


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param("UPDATE audit_entries SET actor = 'user:2' WHERE deed = 'b'", "changed", id="changed"),
        pytest.param("DELETE FROM audit_entries WHERE deed = 'b'", "removed", id="removed"),
        pytest.param("DELETE FROM audit_entries WHERE deed = 'c'", "cut off", id="tail cut off"),
        pytest.param("DELETE FROM audit_entries", "cut off", id="all gone"),
    ],
)
def test_what_was_done_to_the_chain_is_said(deployment, statement, said):
    _note(deployment, "a", "b", "c")
    _tamper(deployment, statement)

    with pytest.raises(audit.ChainBroken, match=said):
        _verify(deployment)


def test_a_chain_rewritten_from_the_start_differs_from_the_signed_head(deployment):
    _note(deployment, "a")
    head = next(deployment.audit_dir.glob("*.head"))
    signed = head.read_text()
    _note(deployment, "b")
    with deployment.reading() as session:
        last = session.execute(text("SELECT max(seq) FROM audit_entries")).scalar_one()
    _tamper(deployment, f"DELETE FROM audit_entries WHERE seq >= {last - 1}")
    _note(deployment, "forged")
    head.write_text(signed)

    with pytest.raises(audit.ChainBroken):
        _verify(deployment)


def test_a_head_signed_by_somebody_else_is_refused(deployment):
    _note(deployment, "a")
    head = next(deployment.audit_dir.glob("*.head"))
    head.write_text(head.read_text().replace('"seq": ', '"seq": 1'))

    with pytest.raises(audit.ChainBroken, match="not signed"):
        _verify(deployment)


def test_a_missing_head_is_said(deployment):
    _note(deployment, "a")
    next(deployment.audit_dir.glob("*.head")).unlink()

    with pytest.raises(audit.ChainBroken, match="gone"):
        _verify(deployment)


def test_a_crash_between_commit_and_head_is_no_alarm(deployment):
    _note(deployment, "a")
    head = next(deployment.audit_dir.glob("*.head"))
    signed = head.read_text()
    _note(deployment, "b")
    head.write_text(signed)

    assert _verify(deployment).seq >= 2


@pytest.mark.parametrize("statement", ["UPDATE audit_entries SET deed = 'x'", "DELETE FROM audit_entries"])
def test_entries_cannot_be_changed_by_a_statement(deployment, statement):
    _note(deployment, "a")

    with pytest.raises(Exception, match="append-only"), deployment.unit_of_work() as session:
        session.execute(text(statement))
