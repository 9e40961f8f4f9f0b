"""A deployment proves that its keys belong to its database; a unit of work is all or nothing."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import text

from backend.accounts.device_keys import is_signed
from backend.core import audit
from backend.core.deployment import Deployment, NotInitialised, WrongKeys
from backend.core.keys import KeyNotRetired, Keys, KeysMissing
from backend.core.settings import Settings
from backend.init import initialise
from tests.intake.rescue_files import key_id_of, seal_to

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_a_start_without_keys_says_what_to_do(settings, tmp_path):
    moved = Settings(database_url=settings.database_url, var_dir=tmp_path, keys_dir=tmp_path / "elsewhere")

    with pytest.raises(KeysMissing, match="humiao init"):
        Deployment.open(moved)


def test_foreign_keys_do_not_open_the_database(settings, tmp_path):
    Keys.create(tmp_path / "foreign")
    foreign = Settings(database_url=settings.database_url, var_dir=tmp_path, keys_dir=tmp_path / "foreign")

    with pytest.raises(WrongKeys, match="put the right ones back"):
        Deployment.open(foreign)


def test_an_empty_database_is_not_opened(tmp_path):
    Keys.create(tmp_path / "keys")

    with pytest.raises(NotInitialised):
        Deployment.open(Settings(database_url=f"sqlite:///{tmp_path}/empty.db", var_dir=tmp_path))


def test_what_fails_leaves_nothing_behind(deployment):
    with pytest.raises(RuntimeError, match="broken"), deployment.unit_of_work() as session:
        audit.record(session, "test.deed", by="tester", subject="thing:1")
        raise RuntimeError("broken")

    with deployment.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM audit_entries WHERE deed = 'test.deed'")) == 0


def test_a_unit_of_work_inside_another_is_refused_rather_than_waiting_for_ever(deployment):
    with (
        pytest.raises(RuntimeError, match="wait for itself"),
        deployment.unit_of_work(),
        deployment.unit_of_work(),
    ):
        pass


def test_the_write_ahead_log_is_copied_back_while_the_work_goes_on(settings, deployment):
    if not deployment.is_sqlite:
        pytest.skip("only on SQLite: PostgreSQL sees to its own log")
    file = Path(deployment.engine.url.database)
    before = file.stat().st_size

    for number in range(260):
        with deployment.unit_of_work() as session:
            audit.record(
                session, "test.deed", by="tester", subject=f"thing:{number}", detail={"x": "x" * 9000}
            )

    assert file.stat().st_size > before + 250 * 9000


def test_nobody_else_on_the_machine_reads_what_init_makes(tmp_path):
    made = initialise(Settings(database_url=f"sqlite:///{tmp_path}/var/humiao.db", var_dir=tmp_path / "var"))
    made.engine.dispose()

    assert (tmp_path / "var").stat().st_mode & 0o077 == 0
    assert (tmp_path / "var" / "humiao.db").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("lost", ["hash.key", "audit.key"])
def test_a_lost_key_is_not_made_anew(tmp_path, lost):
    Keys.create(tmp_path)
    (tmp_path / lost).unlink()

    with pytest.raises(KeysMissing, match="put them back"):
        Keys.create(tmp_path)


def test_keys_that_were_not_all_made_are_made_on_the_next_try(tmp_path):
    Keys.create(tmp_path)
    (tmp_path / "root-1.key").unlink()
    known = (tmp_path / "hash.key").read_bytes()

    assert Keys.create(tmp_path).hash_key == known


def test_an_older_deployment_gets_its_key_for_rescue_files_once(tmp_path):
    Keys.create(tmp_path)
    (tmp_path / "rescue-1.key").unlink()
    with pytest.raises(KeysMissing):
        Keys.read(tmp_path)

    made = Keys.create(tmp_path).newest_rescue.public

    assert Keys.create(tmp_path).newest_rescue.public == made
    assert (tmp_path / "rescue-1.key").stat().st_mode & 0o077 == 0


def test_what_was_sealed_to_an_older_rescue_key_opens_after_a_rotation(tmp_path):
    running = Keys.create(tmp_path)
    old, sealed = running.newest_rescue.public, seal_to(running.newest_rescue.public, b"data key", b"visit")

    Keys.add_root(tmp_path)

    keys = Keys.read(tmp_path)
    assert keys.newest_rescue.public != old
    assert keys.rescue_key(key_id_of(old)).open(sealed, b"visit") == b"data key"
    assert running.rescue_key(key_id_of(keys.newest_rescue.public)).public == keys.newest_rescue.public
    with pytest.raises(InvalidTag):
        keys.rescue_key(key_id_of(keys.newest_rescue.public)).open(sealed, b"visit")
    with pytest.raises(InvalidTag):
        keys.rescue_key(key_id_of(old)).open(sealed, b"another visit")
    with pytest.raises(KeysMissing):
        keys.rescue_key("0" * 16)


def test_an_older_deployment_gets_its_key_for_packages_once(tmp_path):
    Keys.create(tmp_path)
    (tmp_path / "package.key").unlink()
    with pytest.raises(KeysMissing, match="humiao init"):
        Keys.read(tmp_path)

    made = Keys.create(tmp_path)

    assert Keys.create(tmp_path).package_public == made.package_public
    assert (tmp_path / "package.key").stat().st_mode & 0o077 == 0


def test_an_older_deployment_gets_its_key_for_sharing_once(tmp_path):
    Keys.create(tmp_path)
    (tmp_path / "sharing-1.key").unlink()
    with pytest.raises(KeysMissing, match="humiao init"):
        Keys.read(tmp_path)

    made = Keys.create(tmp_path).sharing_keys

    assert Keys.create(tmp_path).sharing_keys == made
    assert (tmp_path / "sharing-1.key").stat().st_mode & 0o077 == 0


def test_what_is_no_second_key_for_sharing_is_not_retired(tmp_path):
    (key,) = Keys.create(tmp_path).sharing_keys

    with pytest.raises(KeyNotRetired, match="the only one"):
        Keys.retire_sharing(tmp_path, key.id, now=NOW)
    with pytest.raises(KeyNotRetired, match="no sharing key nobodys"):
        Keys.retire_sharing(tmp_path, "nobodys", now=NOW)

    assert Keys.read(tmp_path).sharing_keys == [key]


def test_a_retired_key_for_sharing_keeps_only_its_public_half(tmp_path):
    (old,) = Keys.create(tmp_path).sharing_keys
    new = Keys.add_sharing(tmp_path)

    Keys.retire_sharing(tmp_path, old.id, now=NOW)

    assert Keys.create(tmp_path).sharing_keys == [new]
    assert Keys.read(tmp_path).sharing_publics == [new.public, replace(old.public, retired_at=NOW)]
    assert not any(old.secret in path.read_bytes() for path in tmp_path.iterdir())
    with pytest.raises(KeyNotRetired, match="retired before"):
        Keys.retire_sharing(tmp_path, old.id, now=NOW)


def test_a_retired_key_that_is_put_back_signs_nothing_and_its_number_is_no_other_keys(tmp_path):
    (old,) = Keys.create(tmp_path).sharing_keys
    new = Keys.add_sharing(tmp_path)
    Keys.retire_sharing(tmp_path, new.id, now=NOW)
    (tmp_path / "sharing-2.key").write_bytes(new.secret)

    third = Keys.add_sharing(tmp_path)

    assert Keys.read(tmp_path).sharing_keys == [third, old]
    assert (tmp_path / "sharing-3.key").exists()
    with pytest.raises(KeyNotRetired, match="retired before"):
        Keys.retire_sharing(tmp_path, new.id, now=NOW)
    assert not (tmp_path / "sharing-2.key").exists()


def test_a_package_is_signed_as_browsers_verify_it(tmp_path):
    keys = Keys.create(tmp_path)
    signature = keys.sign_package(b"content")

    assert len(signature) == 64
    assert is_signed(keys.package_public, signature, b"content")
    assert not is_signed(keys.package_public, signature, b"other content")


def test_the_database_learns_how_its_tables_are_filled(deployment):
    deployment.learn_sizes()

    with deployment.reading() as session:
        known = "sqlite_stat1" if deployment.is_sqlite else "pg_statistic"
        assert session.scalar(text(f"SELECT count(*) FROM {known}")) > 0
