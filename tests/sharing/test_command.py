"""The commands of sharing: collecting, sending, keys."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from backend.cli.main import trunk
from backend.core.audit import AuditEntry
from tests.server import environment
from tests.sharing.conftest import message


@pytest.fixture
def humiao(deployment):
    """Run a command of sharing; its exit status and what it says."""

    def run(*words, **more):
        env = environment(deployment.settings) | more
        done = CliRunner().invoke(trunk, ["sharing", *words, "--json"], env=env)
        said = json.loads(done.stdout) if done.stdout.startswith("{") else done.output
        return done.exit_code, said or str(done.exception)

    return run


def test_what_is_agreed_on_is_collected_once_and_sent(humiao, supervisor, agreed, trusting):
    assert humiao("collect") == (0, {"made": 1, "refused": 0, "failed": 0})
    assert humiao("collect") == (0, {"made": 0, "refused": 0, "failed": 0})
    assert humiao("send") == (0, {"receipted": 1, "failed": 0, "withheld": 0})
    assert message(supervisor)["state"] == "receipted"


def test_a_failure_is_told_by_the_exit_status(humiao, agreed, trusting):
    trusting.how = "fails"
    humiao("collect")

    assert humiao("send") == (1, {"receipted": 0, "failed": 1, "withheld": 0})


def test_a_setting_that_names_no_network_is_said_before_anything_is_tried(humiao, supervisor, agreed):
    humiao("collect")

    code, _ = humiao("send", HUMIAO_SHARING_NETWORKS="10.1")

    assert (code, message(supervisor)["state"]) == (1, "queued")


def test_a_new_key_comes_first_and_the_older_stays(humiao, app):
    _, before = humiao("key")
    _, after = humiao("key", "--new")

    assert len(after["keys"]) == 2
    assert after["keys"][1:] == before["keys"]
    assert app.test_client().get("/api/v1/public/sharing-keys").json == after
    assert set(after["keys"][0]) == {"kty", "crv", "x", "kid", "use", "alg"}


def test_a_key_that_cannot_be_retired_is_refused_with_the_reason_and_stays(humiao, deployment):
    _, before = humiao("key")
    (only,) = before["keys"]

    code, why = humiao("key", "--retire", only["kid"])
    _, unknown = humiao("key", "--retire", "nobodys")

    assert (code, "is the only one" in why, "no sharing key nobodys" in unknown) == (1, True, True)
    assert humiao("key") == (0, before)
    assert _deeds(deployment) == []


def test_a_retired_key_is_told_apart_and_in_the_audit_trail(humiao, app, deployment):
    old = humiao("key")[1]["keys"][0]

    _, after = humiao("key", "--new", "--retire", old["kid"])
    _, again = humiao("key", "--retire", old["kid"])

    (new,), (retired,) = after["keys"], after["retired"]
    assert retired == old | {"retired_at": retired["retired_at"]}
    assert "was retired before" in again
    assert app.test_client().get("/api/v1/public/sharing-keys").json == after
    assert _deeds(deployment) == [
        ("sharing.key", f"sharing_key:{new['kid']}"), ("sharing.retire_key", f"sharing_key:{old['kid']}")
    ]  # fmt: skip


def _deeds(deployment):
    with deployment.reading() as session:
        keys = select(AuditEntry.deed, AuditEntry.subject).where(
            AuditEntry.subject.startswith("sharing_key:")
        )
        return [tuple(row) for row in session.execute(keys.order_by(AuditEntry.seq))]
