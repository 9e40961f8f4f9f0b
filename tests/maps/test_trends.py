"""How rates went: whole periods, one against another, too few named as such, others in told blocks."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.accounts.models import Area
from backend.core.audit import AuditEntry
from backend.maps.periods import Against, Period, Step
from tests.inspections.visited import add_visit
from tests.people import desk_of
from tests.screening.places import at

HERE, THERE = "310101", "310104"
APRIL, MAY, AUGUST = date(2026, 4, 20), date(2026, 5, 20), date(2026, 8, 20)
ALL_2026 = "since=2026-01-01&until=2026-12-31"


def rows(desk, query=""):
    answer = desk.get(f"/api/v1/trends?{ALL_2026}&{query}")
    assert answer.status_code == 200, answer.json
    return answer.json


def counted(found, *keys):
    """Of each period with visits what is told, after these keys."""
    return [
        (*(one[key] for key in keys), one["period"], one["now"]["visits"], one["now"]["with_violation"])
        for one in found
        if one["now"]
    ]


@pytest.mark.parametrize(
    ("day", "step", "name", "last", "previous", "year"),
    [
        (date(2026, 1, 31), "month", "2026-01", date(2026, 1, 31), "2025-12", "2025-01"),
        (date(2024, 2, 29), "month", "2024-02", date(2024, 2, 29), "2024-01", "2023-02"),
        (date(2026, 12, 31), "quarter", "2026-Q4", date(2026, 12, 31), "2026-Q3", "2025-Q4"),
        (date(2026, 1, 1), "quarter", "2026-Q1", date(2026, 3, 31), "2025-Q4", "2025-Q1"),
    ],
)
def test_a_period_knows_its_last_day_and_what_it_is_held_against(day, step, name, last, previous, year):
    period = Period.of(day, Step(step))

    assert (period.name, period.last) == (name, last)
    assert [period.before(one).name for one in Against] == [previous, year]


@pytest.mark.parametrize(
    "wrong", ["step=week", "by=cell", "against=nothing", "since=0001-01-01", "until=0001-01-01"]
)
def test_a_wrong_filter_is_refused(supervisor, wrong):
    assert supervisor.get(f"/api/v1/trends?{wrong}").status_code == 422


def test_a_day_far_ahead_is_today(supervisor, visits):
    visits(6, fact_on=MAY)

    found = supervisor.get("/api/v1/trends?since=2026-01-01&until=9999-12-31").json

    assert counted(found) == [("2026-05", 6, 0)]


def test_months_are_told_with_their_rate_and_held_against_the_one_before(supervisor, visits):
    visits(20, found=2, fact_on=APRIL)
    visits(20, found=15, fact_on=MAY)

    april, may, *rest = rows(supervisor)

    assert counted([april, may]) == [("2026-04", 20, 2), ("2026-05", 20, 15)]
    assert (april["change"], may["change"]["is_clear"]) == (None, True)
    assert may["change"]["difference"] == pytest.approx(0.65)
    assert may["before"] == april["now"]
    assert {one["now"] for one in rest} == {None}


def test_too_few_visits_are_said_to_be_and_compared_with_nothing(supervisor, visits):
    visits(20, found=2, fact_on=APRIL)
    visits(4, found=4, fact_on=MAY)

    _, may, *_ = rows(supervisor)

    assert may["now"]["is_small_sample"]
    assert may["change"] is None


def test_the_same_period_a_year_before_is_read_although_it_is_not_shown(supervisor, visits):
    visits(10, found=1, fact_on=MAY.replace(year=2025))
    visits(10, found=1, fact_on=MAY)

    first, *_ = rows(supervisor, "against=year")

    assert (first["period"], first["before"]["visits"], first["change"]["difference"]) == ("2026-05", 10, 0)


def test_a_part_of_a_period_is_counted_as_the_whole(supervisor, visits):
    visits(5, fact_on=MAY.replace(day=1))
    visits(5, fact_on=MAY.replace(day=31))

    found = supervisor.get("/api/v1/trends?since=2026-05-20&until=2026-05-20").json

    assert counted(found) == [("2026-05", 10, 0)]


def test_a_visit_with_two_checklists_is_one_visit_of_all_and_one_of_each_activity(
    deployment, supervisor, agency
):
    lon, lat = at(0)
    with deployment.unit_of_work() as session:
        for activity, found in (("bar", 1), ("internet_cafe", 0)):
            add_visit(
                session, visit_no="uuid:both", activity=activity, several=True, found=found, fact_on=MAY,
                agency_id=agency, lon=lon, lat=lat,
            )  # fmt: skip

    assert counted(rows(supervisor)) == [("2026-05", 1, 1)]
    assert counted(rows(supervisor, "by=activity"), "activity") == [
        ("bar", "2026-05", 1, 1), ("internet_cafe", "2026-05", 1, 0),
    ]  # fmt: skip


def test_street_towns_are_named_and_only_ones_own_are_told(deployment, supervisor, visits):
    with deployment.unit_of_work() as session:
        session.add(Area(code="310101002", name="示例街道"))
    visits(6, area="310101002", found=3, fact_on=MAY)
    visits(12, east_m=50_000, area=THERE, found=6, fact_on=MAY)

    found = rows(supervisor, "by=area&step=quarter")

    assert counted(found, "area_code", "name") == [("310101002", "示例街道", "2026-Q2", 6, 3)]


def test_others_are_told_as_the_map_tells_them_in_quarters_only(supervisor, visits, frozen):
    visits(6, found=3, fact_on=MAY)
    visits(4, east_m=20_000, area=THERE, fact_on=MAY)
    visits(12, east_m=50_000, area=THERE, found=6, fact_on=MAY)
    visits(6, east_m=60_000, area=THERE, found=1, fact_on=AUGUST)
    frozen()

    months, quarters = rows(supervisor), rows(supervisor, "step=quarter")

    assert counted(months, "in_area") == [(True, "2026-05", 6, 3)]
    assert counted(quarters, "in_area") == [
        (True, "2026-Q2", 6, 3), (False, "2026-Q2", 12, 6), (False, "2026-Q3", 6, None),
    ]  # fmt: skip
    assert counted(rows(supervisor, "step=quarter&verdict=inside"), "in_area") == []
    assert sum(
        one["visits"] for one in supervisor.get(f"/api/v1/hotspots?{ALL_2026}").json if not one["in_area"]
    ) == 18  # the same blocks  # fmt: skip


def test_another_agency_sees_nothing_and_a_coordinator_all(app, supervisor, visits):
    visits(6, fact_on=MAY)

    assert rows(desk_of(app, Role.SUPERVISOR, areas=(HERE,))) == []
    assert rows(desk_of(app, Role.COORDINATOR, areas=(HERE,))) == rows(supervisor)


def test_the_file_has_the_same_numbers_and_stands_in_the_audit_trail(supervisor, visits, deployment):
    visits(6, found=3, fact_on=MAY)

    answer = supervisor.get(f"/api/v1/trends.csv?{ALL_2026}&step=quarter&by=activity")

    first, *_ = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
    told = [first[name] for name in ("activity", "period", "first_day", "now_visits", "now_rate")]
    assert told == ["internet_cafe", "2026-Q2", "2026-04-01", "6", "0.5"]
    with deployment.reading() as session:
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.deed == "map.export"))
        assert (entry.subject, entry.detail["step"]) == ("trends", "quarter")
