"""One built page and one browser for all tests of the tablet app's forms and screens."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.chromium import chromium
from tests.tablet import bench


@pytest.fixture(scope="session")
def bench_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with bench.served(bench.built(tmp_path_factory.mktemp("bench") / "built")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream") as started:
        yield started
