"""An agency with a supervisor, two inspectors and their tablet; two cafes of one operator."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.accounts import actions as accounts
from backend.accounts.auth import Role
from backend.core.days import SHANGHAI
from tests.accounts.enrolling import add_tablet
from tests.intake.conftest import agency, forms, inspector, tablet  # noqa: F401
from tests.people import add_person, desk, desk_of
from tests.screening.places import add_venue, at

CREDIT_CODE = "91310101MA1FP0000A"


@pytest.fixture
def venues(deployment):
    """Two cafes of one operator; another district's cafe."""
    with deployment.unit_of_work() as session:
        here = {"area_code": "310101", "credit_code": CREDIT_CODE}
        return [
            add_venue(session, at(0), name="蓝星网吧", **here).id,
            add_venue(session, at(300), name="蓝星二店", **here).id,
            add_venue(session, at(9000), name="邻区网吧", area_code="310104").id,
        ]


@pytest.fixture
def supervisor(app, agency):  # noqa: F811
    return desk_of(app, Role.SUPERVISOR, login="boss", areas=("310101",), agency_id=agency)


@pytest.fixture
def colleague(deployment, agency):  # noqa: F811
    return add_person(deployment, Role.INSPECTOR, login="colleague", areas=("310101",), agency_id=agency)


@pytest.fixture
def other_agency(deployment):
    with deployment.unit_of_work() as session:
        names = {"name_zh": "示例市监局", "name_en": "Example market bureau"}
        return accounts.put_agency(
            session, code="market", activities=None, by="tester", now=datetime.now(UTC), **names
        ).id


@pytest.fixture
def device(deployment, inspector, agency):  # noqa: F811
    """The id and the token of the inspector's tablet."""
    return add_tablet(deployment, user_id=inspector, agency_id=agency)


@pytest.fixture
def mine(app, inspector):  # noqa: F811
    """The inspector's own desk."""
    return desk(app, inspector)


def today():
    """The day in Shanghai; it may end while the suite runs."""
    return datetime.now(SHANGHAI).date()


def said(venue_id=None, **more):
    """A new task as a supervisor sends it."""
    known = {"kind": "planned", "reason": "季度检查", "due_on": (today() + timedelta(days=5)).isoformat()}
    return known | {"venue_id": venue_id} | more


def changed(client, url, body=None):
    """Write to a row with the state that it is in."""
    etag = client.get(url.rsplit("/", 1)[0]).headers["ETag"]
    return client.put(url, json=body, headers={"If-Match": etag})
