"""What waits for a supervisor on the desk's first page: how many of each, and since when."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.accounts.models import Device
from backend.core.days import today
from backend.tasks.models import Task
from backend.tasks.rules import TaskState
from backend.venues.models import Licence
from tests.accounts.enrolling import add_tablet
from tests.people import add_person, desk
from tests.web.conftest import BAR, CAFE, UNPLACED


@pytest.fixture
def supervisor(app, deployment, agency, planned):
    user_id = add_person(deployment, Role.SUPERVISOR, areas=("310101",), agency_id=agency)
    return desk(app, user_id), user_id


def waiting(page: str) -> dict[str, tuple[str, str]]:
    found = re.findall(r"<strong>(\d+)</strong>\s*<span>(.*?)</span>\s*<small>(.*?)</small>", page)
    return {word: (count, since) for count, word, since in found}


def test_the_oldest_overdue_task_is_named_and_what_is_due_soon_stands_apart(supervisor, deployment):
    page, _ = supervisor
    with deployment.unit_of_work() as session:
        first = session.query(Task).filter(Task.state != TaskState.DONE).order_by(Task.id).first()
        first.due_on = today() - timedelta(days=9)
        others = session.query(Task).filter(Task.id != first.id)
        others.update({Task.due_on: today() + timedelta(days=30)})

    said = waiting(page.get("/").text)

    assert said["任务已超期"] == ("1", f"最早 {today() - timedelta(days=9)}")
    assert said["任务三日内到期"] == ("0", "无")


def test_a_tablet_that_was_silent_for_a_day_is_counted(supervisor, deployment, agency):
    page, user_id = supervisor
    with deployment.unit_of_work() as session:
        session.query(Device).delete()
    device_id, _ = add_tablet(deployment, user_id=user_id, agency_id=agency)
    assert waiting(page.get("/").text)["平板超过一天未同步"] == ("0", "无")

    with deployment.unit_of_work() as session:
        session.get_one(Device, device_id).last_used_at = datetime.now(UTC) - timedelta(hours=25)

    count, since = waiting(page.get("/").text)["平板超过一天未同步"]
    assert (count, since[:2]) == ("1", "最早")


def test_a_tip_counts_until_somebody_takes_it_in_hand(supervisor, noticed):
    page, _ = supervisor
    before = waiting(page.get("/").text)["新线索"]
    page.post("/tips/2", data={"deed": "take"})

    assert before == ("1", f"最早 {today()}")
    assert waiting(page.get("/").text)["新线索"] == ("0", "无")


def test_a_new_licence_in_the_ring_of_a_school_is_counted_and_leads_to_its_venue(supervisor, deployment):
    page, _ = supervisor
    with deployment.unit_of_work() as session:
        cafe, bar, unplaced = (
            session.scalar(select(Licence).filter_by(venue_id=CAFE)),
            *(Licence(venue_id=venue, number="新证", activity="bar") for venue in (BAR, UNPLACED)),
        )
        session.add_all([bar, unplaced])
        cafe.issued_on = today() - timedelta(days=31)
        bar.issued_on, bar.activity = today() - timedelta(days=3), "alcohol"
        unplaced.issued_on = today() - timedelta(days=3)
    assert waiting(page.get("/").text)["学校周边近三十日新许可"] == ("0", "无")

    with deployment.unit_of_work() as session:
        session.scalar(select(Licence).filter_by(venue_id=CAFE)).issued_on = today() - timedelta(days=30)

    home = page.get("/").text
    assert waiting(home)["学校周边近三十日新许可"] == ("1", f"最早 {today() - timedelta(days=30)}")
    listed = page.get(f"/venues?licensed_since={today() - timedelta(days=30)}").text
    assert f'href="/venues?licensed_since={today() - timedelta(days=30)}"' in home
    assert re.findall(r'href="/venues/(\d+)"', listed) == [str(CAFE)]


@pytest.mark.parametrize("role", [Role.REPORTER, Role.AUDITOR, Role.INSPECTOR])
def test_nobody_else_is_shown_what_waits_for_supervisors(app, deployment, agency, role):
    assert "今日要事" not in desk(app, add_person(deployment, role, areas=("310101",))).get("/").text
