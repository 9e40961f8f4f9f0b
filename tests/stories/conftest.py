"""What every story begins with: a server that runs, a clock of its own, the checklists, and a district."""

import pytest
import shapely

from backend.accounts.models import Area
from tests.chromium import served
from tests.intake.conftest import forms  # noqa: F401
from tests.screening.places import at
from tests.stories.clock import Clock
from tests.stories.wire import Wire


@pytest.fixture(autouse=True)
def wire(app, monkeypatch):
    with served(app.wsgi_app) as address:
        monkeypatch.setattr(app, "wsgi_app", Wire(address))
        yield


@pytest.fixture
def clock(app, monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture(autouse=True)
def district(deployment, forms):  # noqa: F811
    with deployment.unit_of_work() as session:
        outline = shapely.box(*shapely.Point(at(0)).buffer(0.2).bounds)
        session.add(Area(code="310101", name="示例区", place=outline))
