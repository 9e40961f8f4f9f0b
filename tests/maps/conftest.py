"""An agency, its supervisor, and visits of it in numbers."""

from contextlib import contextmanager

import pytest

from backend.accounts import actions
from backend.accounts.auth import Role
from tests.chromium import chromium, served
from tests.inspections.visited import NOW, add_visit
from tests.people import PASSWORD, add_person, desk_of
from tests.screening.places import add_venue, at

HERE = "310101"
WITH_GL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")


@contextmanager
def supervising(app, agency, *flags):
    """A page in a real browser where a supervisor is signed in.

    It remembers what went `wrong`: errors, and requests to anybody else.
    """
    deployment = app.extensions["humiao"]
    add_person(deployment, Role.SUPERVISOR, login="zhang", areas=(HERE,), agency_id=agency)
    with chromium(*flags) as browser, served(app) as address:
        page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
        page.wrong = []
        page.on("console", lambda said: page.wrong.append(said.text) if said.type == "error" else None)
        page.on(
            "request", lambda one: page.wrong.append(one.url) if not one.url.startswith(address) else None
        )
        page.goto("/sign-in")
        page.fill("#login", "zhang")
        page.fill("#password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(address + "/")
        yield page


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
                    agency_id=agency, found=int(number < found), **columns,
                )  # fmt: skip

    return add
