"""The `humiao` command: what it refuses, what it says, and that saying it again changes nothing."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from backend.accounts.queries import agency_by_code
from backend.cli.main import main, trunk
from tests.server import environment

SAMPLES = Path(__file__).parents[2] / "geodata" / "samples"
SITES = ("import", "sites", SAMPLES / "sites.csv", "--ref-column", "site_ref", "--kind-column", "kind",
         "--kind-map", "primary=小学,middle=中学,kindergarten=幼儿园,other=培训",
         "--column", "wkt=geometry")  # fmt: skip
CAFES = ("import", "venues", SAMPLES / "venues.csv", "--crs", "cgcs2000", "--activity", "internet_cafe",
         "--only", "activity=internet_cafe", "--ref-column", "venue_ref")  # fmt: skip


@pytest.fixture
def humiao(deployment):
    """Run the command in this process; what it raises is raised here."""

    def run(*words: object, **more: object) -> Result:
        env = environment(deployment.settings)
        return CliRunner().invoke(
            trunk, [str(word) for word in words], env=env, catch_exceptions=True, **more
        )

    return run


@pytest.mark.parametrize(
    "command",
    [
        "init", "demo", "serve", "import areas", "import sites", "import venues", "import undo", "pinyin",
        "check", "screen", "forms build", "agency put", "contact put", "contact list",
        "contact remove", "user add", "appuser add", "appuser revoke",
        "intake replay", "intake rescue", "retention run", "sharing collect", "sharing send", "sharing key",
        "audit verify", "keys check", "keys rotate",
    ],
)  # fmt: skip
def test_every_command_explains_itself_with_an_example(humiao, command):
    shown = humiao(*command.split(), "--help").output

    assert f"humiao {command}" in shown.split("Options:")[0].split("\n", 2)[2]


def test_a_file_without_a_reference_is_refused_with_what_to_write(humiao):
    done = humiao(*SITES)

    assert done.exit_code != 0
    assert "gcj02" in done.output


def test_what_is_no_workbook_is_refused(humiao):
    lock = SAMPLES / "messy" / "excel_owner_lock_file.xlsx"
    done = humiao("import", "sites", lock, "--crs", "wgs84", "--kind", "primary")

    assert done.exit_code != 0
    assert "lock" in done.output


def test_refused_rows_land_in_the_rejects_file_and_the_rest_is_imported(humiao, tmp_path):
    rejects = tmp_path / "rejects.csv"
    done = humiao(*SITES, "--crs", "cgcs2000", "--rejects", rejects)

    assert done.exit_code == 0
    with open(rejects, encoding="utf-8-sig") as file:
        refused = list(csv.DictReader(file))
    assert len(refused) == 5  # vocational, special and specialised schools are in no pair of the map


def test_the_same_file_again_changes_nothing(humiao):
    first = json.loads(humiao(*CAFES, "--json").stdout)
    again = json.loads(humiao(*CAFES, "--json").stdout)

    assert (first["created"], again["created"], again["changed"], again["same"]) == (48, 0, 0, 48)


def test_an_import_is_undone_after_its_preview(humiao):
    run = json.loads(humiao(*CAFES, "--json").stdout)["run_id"]

    asked = humiao("import", "undo", run, input="n\n")
    assert asked.exit_code != 0
    assert "48 rows go" in asked.output
    assert json.loads(humiao("import", "undo", run, "--yes", "--json").stdout)["removed"] == 48


def test_a_place_is_checked(humiao):
    humiao(*SITES, "--crs", "cgcs2000")
    done = humiao("check", "--activity", "internet_cafe", "--lon", 122.0995003, "--lat", 30.8741489,
                  "--crs", "cgcs2000", "--accuracy", 0, "--json")  # fmt: skip
    told = json.loads(done.stdout)

    assert {rule["rule"]: rule["verdict"] for rule in told["rules"]} == {
        "BUF-NET-1": "inside", "BUF-NET-2": "not_configured",
    }  # fmt: skip
    assert told["sites"][0]["distance_m"] == pytest.approx(134.837, abs=0.002)


def test_pairs_are_written_and_unset_radii_are_named_once(humiao, tmp_path):
    humiao(*SITES, "--crs", "cgcs2000")
    humiao(*CAFES)
    done = humiao("screen", "--out", tmp_path / "pairs.csv")

    lines = (tmp_path / "pairs.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "venue_ref,site_ref,activity,site_kind,distance_m,method,rule_id,verdict"
    assert {line.rpartition(",")[2] for line in lines[1:]} == {"inside", "survey"}
    assert done.stderr.count("BUF-NET-2") == 1


def test_an_account_gets_a_random_password_once(humiao):
    told = json.loads(
        humiao("user", "add", "--login", "li", "--role", "inspector", "--everywhere", "--json").stdout
    )

    assert len(told["password"]) == 23
    assert humiao("user", "add", "--login", "li", "--role", "auditor", "--everywhere").exit_code != 0


def test_how_an_agency_is_reached_is_put_and_stays_where_it_is_not_said(humiao, deployment):
    put = ("agency", "put", "--code", "culture", "--name", "文化执法队")
    assert humiao(*put, "--phone", "021-00000000", "--address", "示例路1号").exit_code == 0
    assert humiao(*put, "--phone", "打给老王").exit_code == 1
    assert humiao(*put, "--complaint-phone", "021-00000001").exit_code == 0

    with deployment.reading() as session:
        found = agency_by_code(session, "culture")
        assert (found.phone, found.complaint_phone, found.address) == (
            "021-00000000",
            "021-00000001",
            "示例路1号",
        )


def test_whom_to_call_for_a_minor_is_put_listed_and_removed(humiao):
    put = ("contact", "put", "--area", "310101", "--kind", "civil_affairs", "--name", "示例区民政局")

    assert humiao(*put, "--phone", "打给老王").exit_code == 1
    assert humiao(*put, "--phone", "021-00000000").exit_code == 0
    assert humiao(*put, "--phone", "021-00000009").exit_code == 0
    assert humiao("contact", "list").output.split() == [
        "1",
        "310101",
        "civil_affairs",
        "示例区民政局",
        "021-00000009",
    ]
    assert humiao("contact", "remove", "1").exit_code == 0
    assert "none yet" in humiao("contact", "list").output


def test_an_agency_supervises_what_the_rulebook_knows(humiao):
    put = ("agency", "put", "--code", "culture", "--name", "文化执法队")

    assert humiao(*put, "--activity", "internet_cafe").exit_code == 0
    assert humiao("user", "add", "--login", "li", "--role", "inspector", "--everywhere",
                  "--agency", "culture").exit_code == 0  # fmt: skip
    assert "no activity 'cafe'" in humiao(*put, "--activity", "cafe").output
    assert "there are: culture" in humiao("user", "add", "--login", "wu", "--role", "inspector",
                                          "--everywhere", "--agency", "cultur").output  # fmt: skip


def test_an_account_without_an_area_is_refused(humiao):
    assert "--area" in humiao("user", "add", "--login", "li", "--role", "inspector").output


def test_a_tablet_is_admitted_and_refused_again(humiao):
    told = json.loads(humiao("appuser", "add", "--name", "t", "--everywhere", "--json").stdout)

    assert "/openrosa/key/" in told["url"]
    assert humiao("appuser", "revoke", told["id"]).exit_code == 0
    assert humiao("appuser", "revoke", 999).exit_code != 0


def test_the_trail_and_the_keys_are_whole_before_and_after_a_rotation(humiao):
    assert "whole" in humiao("audit", "verify").stdout
    assert json.loads(humiao("keys", "rotate", "--json").stdout)["root"] == 2
    assert "whole" in humiao("keys", "check").stdout


def test_demo_accounts_and_plain_http_are_kept_on_this_machine(humiao):
    assert "--tls-cert" in humiao("serve", "--host", "0.0.0.0").output


def test_the_demo_keeps_out_of_a_register_that_somebody_works_with(humiao):
    humiao("user", "add", "--login", "real", "--role", "auditor", "--everywhere")

    refused = humiao("demo")

    assert refused.exit_code != 0
    assert "HUMIAO_DATABASE_URL" in refused.output


def test_a_refusal_is_one_line(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("HUMIAO_VAR_DIR", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["humiao", "audit", "verify"])

    with pytest.raises(SystemExit) as ended:
        main()

    assert str(ended.value).startswith("humiao: no keys in")


def test_imported_venues_can_be_found_by_pinyin(humiao, deployment):
    humiao(*CAFES)

    with deployment.reading() as session:
        rows = session.execute(text("SELECT name, name_initials FROM venues")).all()
    assert len(rows) == 48
    assert all(initials for name, initials in rows if name)
    assert json.loads(humiao("pinyin", "--json").stdout) == {"venues": 0}
