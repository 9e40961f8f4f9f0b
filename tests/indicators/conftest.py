"""Two agencies of a district, their heads, whoever coordinates them, and visits of one quarter."""

from datetime import date
from types import SimpleNamespace

import pytest

from backend.accounts import actions as accounts
from backend.accounts.auth import Role
from backend.accounts.models import Area
from backend.inspections.models import IdCheck
from tests.inspections.visited import NOW, add_visit
from tests.people import desk_of

HERE, NEXT = "310101", "310104"
STREETS = ("310101002", "310101013", "310101015")
PERIOD = {"first_on": "2026-07-01", "last_on": "2026-09-30"}


@pytest.fixture
def agencies(deployment):
    """Their ids by code."""
    with deployment.unit_of_work() as session:
        session.add_all(Area(code=code, name=f"街道{code[-2:]}") for code in STREETS)
        session.add(Area(code=HERE, name="示例区"))
        return SimpleNamespace(**{
            code: accounts.put_agency(
                session, code=code, name_zh=name, name_en=code, activities=None, by="tester", now=NOW
            ).id
            for code, name in (("culture", "示例文旅局"), ("market", "示例市监局"))
        })  # fmt: skip


@pytest.fixture
def visited(deployment, agencies):
    """Visits in the first street by culture, in the second by market: (all, with a violation)."""

    def added(street, agency_id, visits, found, *, on=date(2026, 8, 1), checked=None):
        with deployment.unit_of_work() as session:
            for number in range(visits):
                one = add_visit(
                    session, area_code=street, agency_id=agency_id, fact_on=on, found=int(number < found)
                )
                if checked:
                    people, failed = checked
                    session.add(
                        IdCheck(visit_id=one.id, method="x", people_checked=people, not_verified=failed)
                    )

    added(STREETS[0], agencies.culture, 20, 8, checked=(10, 2))
    added(STREETS[1], agencies.market, 12, 6)
    return added


@pytest.fixture
def coordinator(app, agencies):
    return desk_of(app, Role.COORDINATOR, areas=(HERE,))


@pytest.fixture
def culture(app, agencies):
    return desk_of(app, Role.SUPERVISOR, areas=(HERE,), agency_id=agencies.culture)


@pytest.fixture
def market(app, agencies):
    return desk_of(app, Role.SUPERVISOR, areas=(HERE,), agency_id=agencies.market)


@pytest.fixture
def elsewhere(app, agencies):
    return desk_of(app, Role.COORDINATOR, areas=(NEXT,))


def line(answer, indicator):
    """One indicator of an answer."""
    assert answer.status_code == 200, answer.json
    return next(one for one in answer.json if one["indicator"]["id"] == indicator)


def numbers(told):
    return told["part"], told["whole"]
