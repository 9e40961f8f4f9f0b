"""The job is killed at any point: what it certified is gone, the rest is there, and the next run ends it."""

import os
import random
import subprocess
import time

import pytest
from sqlalchemy import func, select

from backend.core.sealed import VisitKeyRow
from backend.inspections.models import Visit
from backend.retention import queries
from backend.retention.models import Certificate, Destroyed
from tests.command import HUMIAO
from tests.forms.samples import PHOTO, cafe_submission
from tests.intake.tablet import file_all
from tests.retention.keeping import YEARS, chain_is_whole, confirm, on_disk, run
from tests.server import environment

VISITS = 120
LONG_AGO = {"start": "2020-02-29T10:00:00.000+08:00", "end": "2020-02-29T10:20:00.000+08:00"}


@pytest.fixture
def many(deployment, tablet):
    for number in range(VISITS):
        xml = cafe_submission(instance_id=f"uuid:{number}", photos=[PHOTO], answers=LONG_AGO)
        assert tablet.send(xml, {"front.jpg": b"front"}).status_code == 201
    file_all(deployment)
    confirm(deployment, YEARS)


def started(settings):
    return subprocess.Popen(
        [HUMIAO, "retention", "run"], env=os.environ | environment(settings),
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def count(deployment, what, *conditions):
    with deployment.reading() as session:
        return session.scalar(select(func.count()).select_from(what).where(*conditions))


@pytest.mark.parametrize("batches", [0, 1, 2])
def test_a_killed_run_is_ended_by_the_next(deployment, many, batches):
    process = started(deployment.settings)
    while process.poll() is None and count(deployment, Certificate) < batches:
        time.sleep(0.005)
    time.sleep(random.uniform(0, 0.1))
    process.kill()
    process.communicate()

    gone = count(deployment, VisitKeyRow, VisitKeyRow.wrapped.is_(None))
    covered = count(deployment, Destroyed, Destroyed.kind == "record")
    assert gone == covered == count(deployment, Visit, Visit.record == b"")
    assert chain_is_whole(deployment)

    run(deployment, "2026-11-26")

    assert count(deployment, VisitKeyRow, VisitKeyRow.wrapped.is_not(None)) == 0
    assert count(deployment, Destroyed) == 3 * VISITS
    assert on_disk(deployment) == count(deployment, Destroyed, Destroyed.stored.is_not(None)) == 0
    assert chain_is_whole(deployment)
    with deployment.reading() as session:
        found = session.scalars(select(Certificate)).all()
        assert sum(one.count for one in found) == 3 * VISITS
        assert all(map(queries.is_whole, found))


def test_files_whose_removal_was_cut_short_leave_the_disk_at_the_next_run(deployment, many, monkeypatch):
    """The kill comes between the commit and the disk."""
    with monkeypatch.context() as patched:
        patched.setattr(deployment.files, "remove", lambda name: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(deployment, "2026-11-26")
    assert on_disk(deployment) == VISITS

    run(deployment, "2026-11-26")

    assert on_disk(deployment) == 0


def test_two_runs_at_once_destroy_everything_once(deployment, many):
    both = [started(deployment.settings) for _ in range(2)]

    for process in both:
        process.communicate()

    assert [process.returncode for process in both] == [0, 0]

    assert count(deployment, Destroyed) == 3 * VISITS
    assert chain_is_whole(deployment)
