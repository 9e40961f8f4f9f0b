"""A real server: many at once are one, and what was acknowledged outlives any kill."""

import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
import requests
from sqlalchemy import func, select

from backend.core import audit
from backend.inspections.models import Finding, Visit
from backend.intake import filer
from backend.intake.models import Envelope, State
from tests.forms.samples import PHOTO, cafe_submission
from tests.intake.tablet import FORM_DATA, basic, form_data
from tests.intake.test_receive import kept, opened
from tests.server import Server, running

PHOTO_BYTES = random.Random(1).randbytes(200_000)


def post(base_url: str, xml: bytes, files: dict[str, bytes], session: requests.Session | None = None) -> int:
    answer = (session or requests).post(
        f"{base_url}/openrosa/submission",
        data=form_data(xml, list(files.items())),
        headers=basic("inspector") | {"Content-Type": FORM_DATA},
        timeout=30,
    )
    return answer.status_code


def at_once(base_url: str, submissions: list[tuple[bytes, dict[str, bytes]]]) -> Counter[int]:
    start = threading.Barrier(len(submissions))

    def send(submission: tuple[bytes, dict[str, bytes]]) -> int:
        start.wait()
        return post(base_url, *submission)

    with ThreadPoolExecutor(len(submissions)) as pool:
        return Counter(pool.map(send, submissions))


def test_eight_at_once_are_one_row_and_eight_successes(deployment, forms, inspector):
    xml = cafe_submission(instance_id="uuid:1", photos=[PHOTO])

    with running(deployment.settings) as base_url:
        answers = at_once(base_url, [(xml, {"front.jpg": PHOTO_BYTES})] * 8)

    assert answers == {201: 8}
    instances, named, on_disk = kept(deployment)
    assert (instances, len(named), on_disk) == (["uuid:1"], 1, named)
    assert opened(deployment) == ({"uuid:1": xml}, {"front.jpg": PHOTO_BYTES})


def test_of_eight_stories_under_one_id_one_is_kept(deployment, forms, inspector):
    stories = [cafe_submission(instance_id="uuid:1", venue_id=str(n)) for n in range(8)]

    with running(deployment.settings) as base_url:
        answers = at_once(base_url, [(xml, {"front.jpg": b"%d" % n}) for n, xml in enumerate(stories)])

    assert answers == {201: 1, 409: 7}
    (xml,) = opened(deployment)[0].values()
    assert opened(deployment)[1] == {"front.jpg": b"%d" % stories.index(xml)}


class Load:
    """Tablets that send one submission after the other, until the server is gone."""

    def __init__(self, base_url: str, tablets: int = 4) -> None:
        self.base_url = base_url
        self.xml: dict[str, bytes] = {}  # what was acknowledged, by instance id
        self.photos: dict[str, bytes] = {}  # and by name
        self._threads = [threading.Thread(target=self._send) for _ in range(tablets)]
        for thread in self._threads:
            thread.start()

    def _send(self) -> None:
        with requests.Session() as session:
            while True:
                instance_id, name, content = f"uuid:{uuid4()}", f"{uuid4()}.jpg", random.randbytes(50_000)
                xml = cafe_submission(instance_id=instance_id, photos=[PHOTO | {"photo": name}])
                try:
                    code = post(self.base_url, xml, {name: content}, session)
                except requests.RequestException:
                    return
                assert code == 201
                self.xml[instance_id], self.photos[name] = xml, content

    def wait(self) -> None:
        for thread in self._threads:
            thread.join(30)


@pytest.mark.parametrize("kill", range(4))
def test_what_was_acknowledged_outlives_a_kill(deployment, forms, inspector, kill):
    server = Server(deployment.settings, filer=True)
    load = Load(server.base_url)
    enough = random.randint(15, 60)
    while len(load.xml) < enough:
        time.sleep(0.002)
    server.kill()
    load.wait()

    while filer.file_waiting(deployment):
        pass
    deployment.files.sweep(lambda name: filer._is_named(deployment, name))

    instances, named, on_disk = kept(deployment)
    assert (len(instances), named) == (len(named), on_disk)
    xml, photos = opened(deployment)
    assert load.xml.items() <= xml.items()
    assert load.photos.items() <= photos.items()
    with deployment.reading() as session:
        assert set(session.scalars(select(Envelope.state))) == {State.FILED}
        findings = session.scalars(select(func.count(Finding.id)).group_by(Finding.visit_id)).all()
        assert len(findings) == session.scalar(select(func.count(Visit.id))) == len(instances)
        assert len(set(findings)) == 1
        audit.verify(session, deployment.audit_dir, deployment.keys)
