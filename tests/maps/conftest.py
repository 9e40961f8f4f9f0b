"""An agency, its supervisor, and visits of it in numbers."""

import pytest

from backend.accounts import actions
from backend.accounts.auth import Role
from backend.maps.freezing import freeze
from tests.inspections.visited import NOW, add_visit
from tests.people import desk_of
from tests.screening.places import add_venue, at

HERE = "310101"


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
