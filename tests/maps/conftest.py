"""An agency, its supervisor, and visits of it in numbers."""

import gzip
from contextlib import ExitStack

import pytest

from backend.accounts import actions
from backend.accounts.auth import Role
from backend.maps.freezing import freeze
from tests.chromium import chromium, served
from tests.inspections.visited import NOW, add_visit
from tests.people import PASSWORD, add_person, desk_of
from tests.screening.places import add_venue, at

HERE = "310101"
WITH_GL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")


def weighed(page):
    """What the scripts that a page loads weigh on the way (gzip), by their names."""
    weights = {}

    def weigh(answer):
        if answer.url.endswith(".js"):
            weights[answer.url.rpartition("/")[2]] = len(gzip.compress(answer.body()))

    page.on("response", weigh)
    return weights


@pytest.fixture
def agency(deployment):
    with deployment.unit_of_work() as session:
        names = {"name_zh": "示例文旅局", "name_en": "Example culture bureau"}
        return actions.put_agency(session, code="culture", activities=None, by="tester", now=NOW, **names).id


@pytest.fixture
def supervisor(app, agency):
    return desk_of(app, Role.SUPERVISOR, areas=(HERE,), agency_id=agency)


@pytest.fixture
def visits(deployment, agency):
    """Add visits at so many metres east, to so many venues of an area."""

    def add(count, *, east_m=0.0, north_m=0.0, venues=3, area=HERE, found=0, **columns):
        with deployment.unit_of_work() as session:
            places = [add_venue(session, at(east_m, north_m), area_code=area).id for _ in range(venues)]
            lon, lat = at(east_m, north_m)
            for number in range(count):
                add_visit(
                    session, venue_id=places[number % venues], lon=lon, lat=lat, area_code=area,
                    found=int(number < found), **{"agency_id": agency} | columns,
                )  # fmt: skip

    return add


@pytest.fixture
def frozen(deployment):
    """Freeze what other areas are told, by default in November."""
    return lambda now=NOW: freeze(deployment, now)


@pytest.fixture
def browse(app, deployment, agency):
    """Opens a real browser, with flags, where a supervisor is signed in; gives a page.

    The page remembers what went `wrong`: errors, and requests to anybody else.
    """
    add_person(deployment, Role.SUPERVISOR, login="zhang", areas=(HERE,), agency_id=agency)
    with ExitStack() as open_ones:

        def opened(*flags):
            browser = open_ones.enter_context(chromium(*flags))
            address = open_ones.enter_context(served(app))
            page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
            page.wrong = []
            page.on("console", lambda said: page.wrong.append(said.text) if said.type == "error" else None)
            page.on(
                "request",
                lambda asked: None if asked.url.startswith(address) else page.wrong.append(asked.url),
            )
            page.goto("/sign-in")
            page.fill("#login", "zhang")
            page.fill("#password", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url(address + "/")
            return page

        yield opened
