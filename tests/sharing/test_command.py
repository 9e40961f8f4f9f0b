"""The commands of sharing: collecting, sending, keys."""

import json

import pytest
from click.testing import CliRunner

from backend.cli.main import trunk
from tests.server import environment
from tests.sharing.conftest import message


@pytest.fixture
def humiao(deployment):
    """Run a command of sharing; its exit status and what it says."""

    def run(*words, **more):
        env = environment(deployment.settings) | more
        done = CliRunner().invoke(trunk, ["sharing", *words, "--json"], env=env)
        return done.exit_code, json.loads(done.stdout) if done.stdout.startswith("{") else done.output

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
