"""Loading: the same content changes nothing, another is a new version, an old one still explains itself."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from backend.core.audit import AuditEntry
from backend.core.deployment import Deployment
from backend.rulebook import actions, queries
from backend.rulebook.errors import RulebookNotLoaded, VersionUnknown
from backend.rulebook.models import RulebookVersion
from backend.rulebook.reading import DATA
from backend.rulebook.rules import RulebookInvalid

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "law"))


def load(deployment: Deployment, folder: Path) -> tuple[int, bool]:
    with deployment.unit_of_work() as session:
        version, is_new = actions.load(session, folder, by="tester", now=NOW)
        return version.number, is_new


def decide(folder: Path, radius_m: int = 60) -> None:
    """The tobacco bureau of Jinshan hands in its document."""
    settings = folder / "distance_settings.yaml"
    settings.write_text(
        settings.read_text().replace("radius_m: 50", f"radius_m: {radius_m}\n  active: true", 1)
    )


def test_init_has_loaded_the_first_version(deployment: Deployment) -> None:
    with deployment.reading() as session:
        assert queries.current(session).version == 1
        assert [version.number for version in queries.versions(session)] == [1]


def test_the_same_content_again_changes_nothing(deployment: Deployment, folder: Path) -> None:
    (folder / "sources.yaml").write_text((folder / "sources.yaml").read_text() + "# a remark\n")

    assert load(deployment, folder) == (1, False)

    with deployment.reading() as session:
        deeds = select(func.count()).where(AuditEntry.deed == "rulebook.load")
        assert session.scalar(deeds) == 1


def test_changed_content_is_a_new_version_and_the_old_one_still_explains_itself(
    deployment: Deployment, folder: Path
) -> None:
    decide(folder)

    assert load(deployment, folder) == (2, True)

    with deployment.reading() as session:
        judged = [
            rulebook.on(date(2026, 11, 21)).distance_rule("tobacco", "primary", "310116")
            for rulebook in (queries.version(session, 1), queries.current(session))
        ]
    assert [rule and rule.radius_m for rule in judged] == [None, 60]
    assert judged[1] is not None
    assert judged[1].setting == "SET-TOB-310116"


def test_going_back_to_older_content_is_a_version_of_its_own(deployment: Deployment, folder: Path) -> None:
    decide(folder)
    load(deployment, folder)

    assert load(deployment, DATA) == (3, True)


def test_a_contradiction_is_not_loaded(deployment: Deployment, folder: Path) -> None:
    rules = folder / "distance_rules.yaml"
    rules.write_text(rules.read_text().replace("activities: [bar]", "activities: [arcade]"))

    with pytest.raises(RulebookInvalid, match="both in force"):
        load(deployment, folder)

    with deployment.reading() as session:
        assert queries.current(session).version == 1


def test_a_version_changed_behind_our_back_is_not_used(deployment: Deployment, folder: Path) -> None:
    decide(folder, radius_m=77)
    load(deployment, folder)
    with deployment.unit_of_work() as session:
        first = session.get_one(RulebookVersion, 1).document
        session.execute(update(RulebookVersion).where(RulebookVersion.number == 2).values(document=first))

    with deployment.reading() as session, pytest.raises(RulebookInvalid, match="changed in the database"):
        queries.current(session)


def test_an_unknown_version_and_an_empty_database_are_refused(deployment: Deployment) -> None:
    with deployment.unit_of_work() as session:
        with pytest.raises(VersionUnknown):
            queries.version(session, 7)
        session.delete(session.get_one(RulebookVersion, 1))
        session.flush()
        with pytest.raises(RulebookNotLoaded):
            queries.current(session)
