"""A district with a school, a kindergarten's supervisor next door, and units of the register."""

import pytest

from backend.accounts.auth import Role
from tests.people import desk_of
from tests.tips.conftest import HERE, SCHOOL, district, elsewhere, school, supervisor  # noqa: F401

DOOR = "/api/v1/contact-units"


def said_of_unit(**said):
    return {"kind": "training", "name": "示例艺术培训中心", "area_code": HERE} | said


def said_of_query(**said):
    known = {"kind": "yearly", "people": 12, "queried_on": "2026-03-02", "asked_of": "police",
             "asked_by": "unit", "result": "none_found", "version": 1}  # fmt: skip
    return known | said


@pytest.fixture
def unit(supervisor):  # noqa: F811
    """The door of a registered unit."""
    return f"{DOOR}/{supervisor.post(DOOR, json=said_of_unit()).json['id']}"


@pytest.fixture
def own_unit(supervisor):  # noqa: F811
    """The door of the unit that is the school."""
    said = said_of_unit(kind="school", name="示例小学", site_id=SCHOOL)
    return f"{DOOR}/{supervisor.post(DOOR, json=said).json['id']}"


@pytest.fixture
def station(app, district):  # noqa: F811
    """Somebody of a station: an account without a school."""
    return desk_of(app, Role.REPORTER, areas=(HERE,))
