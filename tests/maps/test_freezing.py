"""What other areas are told is frozen: late visits, other days and other readers tell no more."""

import random
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from backend.core.days import SHANGHAI
from backend.maps.models import FrozenQuarter, ToldBlock
from backend.maps.queries import gathered
from backend.maps.rules import LEAST_VISITS
from tests.inspections.visited import NOW
from tests.maps.conftest import HERE
from tests.people import desk_of

THERE, BESIDE = "310104", "310105"
SPRING, SUMMER = date(2026, 5, 5), date(2026, 8, 20)
IN_FEBRUARY = datetime(2027, 2, 20, 2, tzinfo=SHANGHAI)
QUARTERS = [date(2026, 4, 1), date(2026, 7, 1)]
BLOCKS = list(product([0, 1_500, 60_000], ["internet_cafe", "bar"], QUARTERS))
QUESTIONS = [
    f"?since={since}&until={until}{activity}&resolution={resolution}"
    for since, until in product(["2026-01-01", "2026-05-05"], ["2026-06-30", "2026-08-01", "2026-12-31"])
    for activity in ["", "&activity=internet_cafe", "&activity=bar"]
    for resolution in (8, 6)
]


def told(desk, query=""):
    gathered.clear()  # a minute later
    return [one for one in desk.get(f"/api/v1/hotspots{query}").json if not one["in_area"]]


def answers(desk):
    return [told(desk, query) for query in QUESTIONS]


def test_a_quarter_is_not_told_before_it_is_frozen(supervisor, visits, frozen):
    visits(12, area=THERE, found=6, fact_on=SUMMER)

    frozen(datetime(2026, 10, 30, 12, tzinfo=SHANGHAI))
    assert told(supervisor) == []
    frozen(datetime(2026, 10, 31, 12, tzinfo=SHANGHAI))
    assert [one["visits"] for one in told(supervisor)] == [12]


def test_the_running_quarter_is_not_told_because_it_grows_by_single_visits(supervisor, visits, frozen):
    visits(12, area=THERE, found=6, fact_on=NOW.date())

    frozen()

    assert told(supervisor) == []


def test_late_visits_and_corrections_change_no_told_answer(supervisor, visits, frozen):
    visits(12, area=THERE, found=6, fact_on=SUMMER, venues=4)
    visits(1, area=THERE, found=1, fact_on=SUMMER, instance_id="uuid:wrong")
    visits(4, area=THERE, fact_on=SPRING)
    frozen()
    before = answers(supervisor)
    assert [one["visits"] for one in told(supervisor)] == [13]

    visits(1, area=THERE, found=1, fact_on=SUMMER)
    visits(1, area=THERE, fact_on=SPRING)
    visits(1, area=THERE, fact_on=SUMMER, corrects="uuid:wrong")
    visits(9, area=THERE, fact_on=SUMMER, activity="bar", found=5)
    visits(9, area=THERE, fact_on=date(2025, 3, 3))
    frozen(IN_FEBRUARY)

    assert answers(supervisor) == before


def test_freezing_again_freezes_what_came_to_be_over_and_notes_each_day(deployment, visits, frozen):
    visits(12, area=THERE, found=6, fact_on=SPRING)
    frozen(), frozen()
    frozen(IN_FEBRUARY)

    with deployment.reading() as session:
        days = session.execute(
            select(FrozenQuarter.begins_on, FrozenQuarter.frozen_on).order_by(FrozenQuarter.id)
        )
        noted = session.scalars(select(AuditEntry.subject).where(AuditEntry.deed == "map.freeze"))

        assert [tuple(row) for row in days] == [
            (date(2026, 4, 1), NOW.date()),
            (date(2026, 7, 1), NOW.date()),
            (date(2026, 10, 1), IN_FEBRUARY.date()),
        ]
        assert list(noted) == ["quarter:2026-07-01", "quarter:2026-10-01"]


def test_freezing_begins_with_the_first_visit(deployment, frozen):
    frozen()

    with deployment.reading() as session:
        assert session.scalars(select(FrozenQuarter)).all() == []


@pytest.mark.parametrize(
    "statement",
    ["UPDATE told_blocks SET visits = 99", "DELETE FROM told_blocks", "DELETE FROM frozen_quarters"],
)
def test_what_is_frozen_is_not_changed_by_any_ordinary_statement(deployment, visits, frozen, statement):
    visits(12, area=THERE, found=6, fact_on=SUMMER)
    frozen()

    with pytest.raises(DBAPIError, match="append-only"), deployment.unit_of_work() as session:
        session.execute(text(statement))


@pytest.mark.parametrize("counts", [(4, None, None), (9, 4, 4), (9, 5, 5), (12, 6, None)])
def test_the_database_takes_no_block_that_should_be_kept_back(deployment, counts):
    with pytest.raises(DBAPIError, match="ck_told_blocks"), deployment.unit_of_work() as session:
        session.add(quarter := FrozenQuarter(begins_on=SPRING, frozen_on=SUMMER))
        session.flush()
        names = ("visits", "with_violation", "violations")
        block = {"cell": 1, "area_code": THERE, "activity": "bar", **dict(zip(names, counts, strict=True))}
        session.add(ToldBlock(quarter_id=quarter.id, **block))


def test_one_visit_in_a_cell_that_areas_and_agencies_share_is_in_nobodys_answer(app, visits, frozen):
    visits(7, area=THERE, fact_on=SUMMER)
    visits(1, area=BESIDE, found=1, fact_on=SUMMER)
    visits(1, area=THERE, found=1, fact_on=SUMMER, agency_id=None)
    frozen()

    for areas in [(HERE,), (HERE, BESIDE)]:
        (cell, *_) = desk_of(app, Role.COORDINATOR, areas=areas).get("/api/v1/hotspots?until=2026-08-19").json
        assert (cell["visits"], cell["in_area"]) == (7, False)


@pytest.mark.parametrize("seed", range(3))
def test_every_answer_of_every_day_is_a_sum_of_blocks_as_they_were_frozen(supervisor, visits, frozen, seed):
    dice, counted = random.Random(seed), Counter()

    def go_out(times):
        for block in dice.choices(BLOCKS, k=times):
            count, (east_m, activity, quarter) = dice.randint(1, 9), block
            day = quarter + timedelta(days=dice.randrange(90))
            visits(count, area=THERE, east_m=east_m, activity=activity, fact_on=day)
            counted[block] += count

    go_out(20)
    frozen()
    kept = {block: count for block, count in counted.items() if count >= LEAST_VISITS}
    go_out(10)
    frozen(IN_FEBRUARY)

    for since, until, activity in product(QUARTERS, QUARTERS, ["", "internet_cafe", "bar"]):
        expected = Counter()
        for (east_m, kind, quarter), count in kept.items():
            if since <= quarter <= until and activity in ("", kind):
                expected[east_m] += count
        answer = told(supervisor, f"?since={since}&until={until}" + (activity and f"&activity={activity}"))
        assert sorted(one["visits"] for one in answer) == sorted(expected.values())
