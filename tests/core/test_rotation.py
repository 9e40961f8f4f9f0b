"""A new root key takes over everything, while whoever started before goes on working."""

import pytest

from backend.core import rotation
from backend.core.deployment import Deployment
from backend.core.sealed import visit_key


def _seal(deployment, visit_id):
    with deployment.unit_of_work() as session:
        return visit_key(session, visit_id).seal(b"note", "note")


def _open(deployment, visit_id, sealed):
    with deployment.reading() as session:
        return visit_key(session, visit_id).open(sealed, "note")


def test_after_a_rotation_old_content_opens_and_the_old_root_key_alone_does_not(settings, deployment):
    sealed = _seal(deployment, "v-1")

    assert rotation.rotate_root(settings, by="test") == {"root": 2, "wrapped": 1}

    (settings.keys / "root-1.key").unlink()
    reopened = Deployment.open(settings)
    assert _open(reopened, "v-1", sealed) == b"note"
    reopened.engine.dispose()
    (settings.keys / "root-2.key").rename(settings.keys / "lost")
    with pytest.raises(Exception, match="keys"):
        Deployment.open(settings)


def test_a_worker_that_started_before_the_rotation_goes_on(settings, deployment):
    sealed = _seal(deployment, "v-1")

    rotation.rotate_root(settings, by="test")

    assert _open(deployment, "v-1", sealed) == b"note"


def test_every_key_is_checked(deployment):
    _seal(deployment, "v-1")
    _seal(deployment, "v-2")

    assert rotation.check(deployment) == {"opened": 2, "destroyed": 0}
