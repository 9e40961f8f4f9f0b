"""Resumable uploads with the public client, a real server, cuts and kills."""

import io
import random
import threading
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from sqlalchemy import select
from tusclient.client import TusClient

from backend.intake.errors import UploadOffset
from backend.intake.models import Upload, UploadState
from backend.intake.uploads import Piece, take
from tests.cutting import cutting
from tests.forms.samples import PHOTO, cafe_submission
from tests.intake.tablet import basic
from tests.intake.test_receive import opened
from tests.intake.test_server import post
from tests.server import Server, running

CONTENT = random.Random(7).randbytes(8 * 2**20)
LOST_BY_A_CUT = 500_000  # bytes at most: 5 % of 200 MB with 20 cuts
NAMES = {"instanceID": "uuid:1", "filename": "front.jpg"}
TUS = basic("inspector") | {"Tus-Resumable": "1.0.0"}


def client(port: int) -> TusClient:
    return TusClient(f"http://127.0.0.1:{port}/openrosa/uploads", headers=basic("inspector"))


def upload(port: int, content: bytes = CONTENT, **said) -> None:
    said = {"chunk_size": len(content), "metadata": NAMES, "retries": 60, "retry_delay": 0.1} | said
    client(port).uploader(file_stream=io.BytesIO(content), **said).upload()


def begin(base_url: str, length: int) -> str:
    metadata = ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in NAMES.items())
    told = {"Upload-Length": str(length), "Upload-Metadata": metadata}
    return requests.post(f"{base_url}/openrosa/uploads", headers=TUS | told, timeout=30).headers["Location"]


def patch(where: str, data, offset: int = 0, **headers: str) -> requests.Response:
    told = TUS | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)} | headers
    return requests.patch(where, data=data, headers=told, timeout=60)


def reached(where: str) -> int:
    return int(requests.head(where, headers=TUS, timeout=30).headers["Upload-Offset"])


@pytest.mark.parametrize("checksum", [False, True])
def test_the_public_client_gets_through_a_network_that_breaks(deployment, forms, inspector, checksum):
    with running(deployment.settings) as base_url:
        assert post(base_url, cafe_submission(instance_id="uuid:1", photos=[PHOTO]), {}) == 201
        with cutting(int(base_url.rsplit(":", 1)[1]), [len(CONTENT) // 9] * 8) as network:
            upload(network.port, chunk_size=2**18 if checksum else len(CONTENT), upload_checksum=checksum)

    assert network.made == 8
    if not checksum:
        assert network.passed < len(CONTENT) + network.made * LOST_BY_A_CUT
    assert opened(deployment)[1] == {"front.jpg": CONTENT}


@pytest.mark.parametrize("kill", range(3))
def test_what_was_acknowledged_outlives_a_kill(deployment, forms, inspector, kill):
    server, acknowledged, size = Server(deployment.settings), 0, 150_000
    where = begin(server.base_url, len(CONTENT))
    killer = threading.Timer(random.uniform(0.05, 0.4), server.kill)
    killer.start()
    try:
        while acknowledged < len(CONTENT):
            patch(where, CONTENT[acknowledged : acknowledged + size], acknowledged).raise_for_status()
            acknowledged = min(acknowledged + size, len(CONTENT))
    except requests.ConnectionError:
        pass
    killer.join()

    with running(deployment.settings) as base_url:
        where = f"{base_url}/openrosa/uploads/{where.rsplit('/', 1)[1]}"
        offset = reached(where)
        assert acknowledged <= offset <= acknowledged + size
        if offset < len(CONTENT):
            assert patch(where, CONTENT[offset:], offset).status_code == 204
        assert post(base_url, cafe_submission(instance_id="uuid:1", photos=[PHOTO]), {}) == 201

    assert opened(deployment)[1] == {"front.jpg": CONTENT}


def test_of_many_pieces_at_once_one_wins(deployment, forms, inspector):
    with running(deployment.settings) as base_url:
        where, start = begin(base_url, len(CONTENT)), threading.Barrier(6)

        def send(_: int) -> int:
            start.wait()
            return patch(where, CONTENT).status_code

        with ThreadPoolExecutor(6) as pool:
            answers = sorted(pool.map(send, range(6)))
        assert post(base_url, cafe_submission(instance_id="uuid:1", photos=[PHOTO]), {}) == 201

    assert answers[0] == 204
    assert set(answers[1:]) <= {409, 423}
    assert opened(deployment)[1] == {"front.jpg": CONTENT}


def test_a_piece_looked_up_before_another_ended_the_upload_is_not_taken_again(deployment, forms, inspector):
    with running(deployment.settings) as base_url:
        where = begin(base_url, 1000)
        with deployment.reading() as session:
            looked_up = session.scalars(select(Upload)).one()
        assert patch(where, CONTENT[:1000]).status_code == 204

    again = Piece(offset=0, length=1000, stream=io.BytesIO(CONTENT))
    with pytest.raises(UploadOffset):
        take(deployment, looked_up, again, looked_up.created_at)
    assert [*deployment.files.arriving("").iterdir()] == []


def test_a_piece_with_a_checksum_counts_as_a_whole_or_not_at_all(deployment, forms, inspector):
    def half():
        yield CONTENT[:500_000]
        raise ConnectionAbortedError

    with running(deployment.settings) as base_url:
        where = begin(base_url, len(CONTENT))
        told = {"Content-Length": "1000000", "Upload-Checksum": "sha1 AAAA"}
        with pytest.raises(requests.ConnectionError):
            patch(where, half(), **told)

        assert reached(where) == 0
    with deployment.reading() as session:
        assert session.scalars(select(Upload.state)).all() == [UploadState.OPEN]
