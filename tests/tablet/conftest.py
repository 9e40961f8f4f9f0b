"""A real server behind a line that breaks, a real browser, and pages that are built once for all tests."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from backend.accounts.auth import Role
from tests.chromium import chromium, driver, path_or_skip
from tests.intake.conftest import agency, forms  # noqa: F401
from tests.packages.conftest import district  # noqa: F401
from tests.people import add_person, desk_of
from tests.server import ROOT, running
from tests.tablet import bench
from tests.tablet.breaking import breaking
from tests.tablet.browser import Tablet
from tests.tablet.officer import Officer


@pytest.fixture(scope="session")
def page(tmp_path_factory) -> Path:
    """The test's page, built."""
    folder = tmp_path_factory.mktemp("page")
    config = ROOT / "forms" / "tablet" / "tests" / "page" / "vite.config.ts"
    vite = ROOT / "node_modules" / ".bin" / "vite"
    node = shutil.which("node", path=f"{ROOT}/.venv/bin:{os.environ['PATH']}")
    command = [node, vite, "build", "--config", config, "--outDir", folder, "--logLevel", "error"]
    subprocess.run(command, check=True, cwd=ROOT)
    return folder


@pytest.fixture
def line(deployment, forms, district, page):  # noqa: F811
    with running(deployment.settings) as address, breaking(int(address.rsplit(":", 1)[1]), page) as made:
        yield made


@pytest.fixture(scope="module")
def chromium_kind():
    """What starts a browser on a disk of its own, and where it is."""
    return driver(), path_or_skip()


@pytest.fixture
def tablet(chromium_kind, line, tmp_path):
    started = Tablet(*chromium_kind, tmp_path / "disk", line[1])
    yield started
    started.close()


@pytest.fixture
def officer(deployment, agency):  # noqa: F811
    certificate = {"certificate_no": "SH-0001", "certificate_valid_to": date(2030, 12, 31)}
    return add_person(deployment, login="zhang", areas=("310101",), agency_id=agency, **certificate)


@pytest.fixture
def code(app, agency, officer):  # noqa: F811
    """A code for a tablet of the officer."""
    keeper = desk_of(app, Role.SUPERVISOR, areas=("310101",), agency_id=agency)
    offered = keeper.post("/api/v1/device-enrolments", json={"name": "平板7", "user_id": officer})
    return offered.json["code"]


@pytest.fixture
def city(deployment, forms, tmp_path):  # noqa: F811
    """A server with nothing but forms, behind a line that breaks."""
    with running(deployment.settings) as address, breaking(int(address.rsplit(":", 1)[1]), tmp_path) as made:
        yield made


@pytest.fixture
def at_work(chromium_kind, city, tmp_path):
    """An officer with the app as it is shipped."""
    started = Officer(*chromium_kind, tmp_path / "disk", city[1])
    yield started
    started.close()
    assert started.wrong == []


@pytest.fixture(scope="session")
def bench_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page on which checklists are filled in."""
    with bench.served(bench.built(tmp_path_factory.mktemp("bench") / "built")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream") as started:
        yield started
