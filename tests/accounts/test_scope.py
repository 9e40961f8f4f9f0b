"""Which rows somebody sees: by area, by what their agency supervises."""

import pytest
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.accounts.models import Area
from backend.accounts.scope import Scope, activity_condition, area_condition


def scope(*areas, activities=None):
    return Scope(areas, activities, None, Role.INSPECTOR)


@pytest.mark.parametrize(
    ("areas", "code", "covered"),
    [
        pytest.param(("310101",), "310101", True, id="the district"),
        pytest.param(("310101",), "310101013", True, id="a street in it"),
        pytest.param(("310101013",), "310101", False, id="the district of one's street"),
        pytest.param(("310101", "3102"), "310226", True, id="one of several"),
        pytest.param(("310101",), None, False, id="no area is not everybody's"),
        pytest.param(("",), None, True, id="everywhere covers what has no area"),
        pytest.param((), "310101", False, id="no areas, nothing"),
        pytest.param((), None, False, id="no areas, not even what has none"),
    ],
)
def test_an_area_covers_what_begins_with_its_code(areas, code, covered):
    assert scope(*areas).covers(code) is covered


@pytest.mark.parametrize("areas", [(), ("",), ("310101",), ("31_101",), ("310101", "3102")])
def test_the_condition_for_the_database_says_the_same(deployment, areas):
    codes = ["310101", "310101013", "310102", "31010", "310226", "31x101", "9"]
    with deployment.unit_of_work() as session:
        session.add_all(Area(code=code, name=code) for code in codes)

    with deployment.reading() as session:
        seen = set(session.scalars(select(Area.code).where(area_condition(scope(*areas), Area.code))))

    assert seen == {code for code in codes if scope(*areas).covers(code)}


def test_activities_of_an_agency(deployment):
    with deployment.unit_of_work() as session:
        session.add_all(Area(code=str(i), name=name) for i, name in enumerate(["bar", "hotel", "arcade"]))

    with deployment.reading() as session:
        for activities, expected in [
            (None, {"bar", "hotel", "arcade"}), (frozenset({"bar"}), {"bar"}), (frozenset(), set()),
        ]:  # fmt: skip
            chosen = scope("", activities=activities)
            assert (
                set(session.scalars(select(Area.name).where(activity_condition(chosen, Area.name))))
                == expected
            )
            assert {name for name in ("bar", "hotel", "arcade") if chosen.concerns(name)} == expected
