"""Measure a resumable upload of 200 MB over a network that breaks 20 times: how much is sent twice."""

import argparse
import io
import json
import os
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tusclient.client import TusClient

from backend.accounts import actions, passwords
from backend.accounts.auth import Role
from backend.core.settings import Settings
from backend.init import initialise
from tests.cutting import cutting
from tests.intake.tablet import basic
from tests.people import PASSWORD
from tests.server import running


def measure(megabytes: int, cuts: int) -> dict[str, float]:
    content = os.urandom(megabytes * 10**6)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{folder}/humiao.db", var_dir=Path(folder))
        deployment = initialise(replace(settings))
        with deployment.unit_of_work() as session:
            actions.add_user(
                session, login="inspector", display_name="试用人员", role=Role.INSPECTOR, areas=("310101",),
                password_hash=passwords.new_hash(PASSWORD, names=()), by="bench", now=datetime.now(UTC),
            )  # fmt: skip
        deployment.engine.dispose()
        with running(settings) as base_url:
            port = int(base_url.rsplit(":", 1)[1])
            with cutting(port, [len(content) // (cuts + 1)] * cuts) as network:
                started = time.perf_counter()
                client = TusClient(
                    f"http://127.0.0.1:{network.port}/openrosa/uploads", headers=basic("inspector")
                )
                client.uploader(
                    file_stream=io.BytesIO(content), chunk_size=len(content),
                    retries=10 * cuts, retry_delay=0.2,
                    metadata={"instanceID": "uuid:1", "filename": "film.mp4"},
                ).upload()  # fmt: skip
                took_s = time.perf_counter() - started
    again = network.passed / len(content) - 1
    return {"cuts": network.made, "sent_again_percent": round(100 * again, 2), "seconds": round(took_s, 1)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--cuts", type=int, default=20)
    print(json.dumps(measure(**vars(parser.parse_args()))))
