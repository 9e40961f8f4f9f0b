"""A day of visits of all kinds: which are complete, what they found, by whom."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.accounts.auth import Role
from backend.core.days import today
from backend.intake.models import Envelope, State
from tests.inspections.visited import add_visit
from tests.web.conftest import CAFE

pytestmark = pytest.mark.usefixtures("district")


@pytest.fixture
def day(deployment, agency):
    """Two modules of one visit, one that lacks photos, one of yesterday, one of another agency."""
    here = {"agency_id": agency, "venue_id": CAFE, "fact_on": today(), "started_at": datetime.now(UTC)}
    with deployment.unit_of_work() as session:
        add_visit(session, visit_no="uuid:both", found=2, **here)
        add_visit(session, visit_no="uuid:both", activity="bar", found=1, **here)
        add_visit(session, flags=("missing_file", "same_day"), **here)
        add_visit(session, flags=("no_check_code",), activity="bar", **here)
        add_visit(session, **here | {"fact_on": today() - timedelta(days=1)})
        add_visit(session, **here | {"agency_id": None})


def rows(page):
    return page.split("检查一览</caption>")[1].split("</tbody>")[0].split("<tr>")[2:]


def test_every_visit_of_the_day_stands_once_with_its_modules_and_state(supervisor, day):
    page = supervisor.get("/today").text

    assert "共 3 条" in page
    shown = rows(page)
    said = [state for row in shown for state in ("完整", "不完整", "有提示") if f">{state}<" in row]
    assert sorted(said) == ["不完整", "完整", "有提示"]
    (both,) = [row for row in shown if ">完整<" in row]
    assert both.count("/visits/") == 2
    assert 'data-label="违法行为">3<' in both


def test_counts_stand_by_activity_and_agency(supervisor, day):
    page = supervisor.get("/today").text

    by_activity = page.split("按业态</caption>")[1].split("</table>")[0]
    assert [row.split('检查数">')[1].split("<")[0] for row in by_activity.split("<tr>")[2:]] == ["2", "2"]
    assert "示例文旅局" in page.split("按检查单位</caption>")[1]


@pytest.mark.parametrize(
    ("query", "count"),
    [("?state=incomplete", 1), ("?state=complete", 1), ("?activity=bar", 2), ("?day=2020-01-01", 0)],
)
def test_the_day_is_filtered(supervisor, day, query, count):
    assert f"共 {count} 条" in supervisor.get(f"/today{query}").text


def test_what_was_received_and_not_filed_makes_a_visit_incomplete(deployment, supervisor, visited):
    assert "还有检查表未归档" not in supervisor.get("/today").text
    with deployment.unit_of_work() as session:
        session.get_one(Envelope, 1).state = State.UNFILABLE

    assert "还有检查表未归档" in supervisor.get("/today").text


def test_a_visit_names_its_other_modules(supervisor, day):
    page = supervisor.get("/visits/1").text

    assert "同一次检查的其他模块" in page
    assert '<a href="/visits/2">酒吧</a>' in page


@pytest.mark.parametrize("more", [{"agency_id": None, "areas": ("310104",)}, {"areas": ("310104",)}])
def test_others_see_nothing_of_it(people, day, more):
    assert "共 0 条" in people(Role.SUPERVISOR, **more).get("/today").text


def test_a_day_is_a_day(supervisor):
    assert supervisor.get("/today?day=yesterday").status_code == 422
