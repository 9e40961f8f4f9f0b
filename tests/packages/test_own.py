"""A tablet's own part of a package: its officer's tasks and its document numbers, and nobody else's."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete

from backend.accounts.auth import Role
from backend.accounts.scope import DevicePerson, Scope
from backend.tasks import ledger
from backend.tasks.models import Task, TaskActivity, TaskOfficer
from backend.tasks.rules import DocumentKind
from tests.accounts.enrolling import add_tablet
from tests.packages.carrying import Carrier
from tests.packages.conftest import CAFE
from tests.packages.test_package import ALLOWED
from tests.people import add_person
from tests.tasks.conftest import today

NOW = datetime.now(UTC)


@pytest.fixture
def give(deployment, agency, inspector):
    """Set a task and give it to the inspector, or to somebody else."""

    def add(to=None, **columns):
        known = {
            "kind": "planned", "state": "assigned", "agency_id": agency, "area_code": "310101",
            "venue_id": CAFE, "reason": "季度检查", "source_no": "P-7", "due_on": today(),
            "officer_id": to or inspector, "created_by": "tester", "created_at": NOW, "changed_at": NOW,
        }  # fmt: skip
        with deployment.unit_of_work() as session:
            task = Task(**(known | columns))
            task.activities = [TaskActivity(activity="internet_cafe")]
            task.officers = [TaskOfficer(user_id=to or inspector, since=NOW)]
            session.add(task)
            session.flush()
            return task.id

    return add


def test_an_officers_tablet_carries_their_tasks_and_no_others(carrier, deployment, give, agency):
    colleague = add_person(deployment, Role.INSPECTOR, areas=("310101",), agency_id=agency)
    mine = give()
    give(to=colleague)

    carrier.take()

    (task,) = carrier.held["tasks"]["rows"]
    assert set(task) == ALLOWED["tasks"]
    assert (task["id"], task["venue_name"], task["activities"]) == (mine, "蓝星网吧", ["internet_cafe"])
    assert (task["reason"], task["source_no"]) == ("季度检查", "P-7")


def test_a_shared_tablet_carries_the_tasks_of_its_agency(app, deployment, district, give, agency):
    give()
    carrier = Carrier(app, add_tablet(deployment, agency_id=agency)[1])

    carrier.take()

    assert len(carrier.held["tasks"]["rows"]) == 1


def test_what_an_informant_said_stays_here(carrier, give):
    give(kind="triggered", trigger="tip", reason="家长反映孩子常去", source_no="L-1")

    carrier.take()

    (task,) = carrier.held["tasks"]["rows"]
    assert (task["trigger"], task["source_no"], task["reason"]) == ("tip", "L-1", None)
    assert "家长" not in repr(carrier.held)


def test_a_task_that_went_to_somebody_else_is_named_as_gone(carrier, deployment, give, agency):
    colleague = add_person(deployment, Role.INSPECTOR, areas=("310101",), agency_id=agency)
    task_id = give()
    carrier.take()
    with deployment.unit_of_work() as session:
        task = session.get_one(Task, task_id)
        task.officers[0].until = NOW
        task.officers.append(TaskOfficer(user_id=colleague, since=NOW))
        task.officer_id, task.version = colleague, 2

    assert carrier.take() == [("tasks", "full"), ("numbers", "full"), ("contacts", "full")]
    assert carrier.held["tasks"] == {"rows": [], "gone": [task_id]}


def test_what_is_done_or_called_off_is_named_as_gone(carrier, deployment, give):
    task_id = give()
    with deployment.unit_of_work() as session:
        task = session.get_one(Task, task_id)
        task.state, task.done_at = "done", NOW

    carrier.take()

    assert carrier.held["tasks"] == {"rows": [], "gone": [task_id]}


def test_a_task_without_a_venue_says_where_in_words(carrier, give):
    give(venue_id=None, place_text="示例路口的新店")

    carrier.take()

    (task,) = carrier.held["tasks"]["rows"]
    assert (task["venue_id"], task["place_text"], task["lon"]) == (None, "示例路口的新店", None)


@pytest.fixture
def reserve(deployment, agency, carrier):
    """Reserve numbers for a tablet."""
    with deployment.unit_of_work() as session:
        ledger.add_series(
            session, agency_id=agency, kind=DocumentKind.INSPECTION_RECORD, year=today().year,
            pattern="沪检〔2026〕{number}号", by="tester",
        )  # fmt: skip

    def ask(device_id, count=2):
        scope = Scope(("310101",), None, agency, Role.INSPECTOR)
        by = DevicePerson(device_id, None, "x", Role.INSPECTOR, agency, scope, True)
        with deployment.unit_of_work() as session:
            block, _ = ledger.reserve(
                session, uuid=str(uuid4()), kind=DocumentKind.INSPECTION_RECORD, day=today(), count=count,
                by=by, now=datetime.now(UTC),
            )  # fmt: skip
            return block.id

    return ask


def test_a_tablet_carries_its_own_numbers_until_they_are_used(carrier, deployment, reserve, agency):
    other = add_tablet(deployment, agency_id=agency)[0]
    reserve(other)
    reserve(1)

    carrier.take()
    (block,) = carrier.held["numbers"]
    assert (block["kind"], block["day"], len(block["numbers"])) == (
        "inspection_record",
        today().isoformat(),
        2,
    )
    assert [text for _, text in block["numbers"]] == ["沪检〔2026〕3号", "沪检〔2026〕4号"]

    scope = Scope(("310101",), None, agency, Role.INSPECTOR)
    tablet = DevicePerson(1, None, "x", Role.INSPECTOR, agency, scope)
    with deployment.unit_of_work() as session:
        first = block["numbers"][0][0]
        ledger.use(session, first, document=str(uuid4()), used_at=NOW + timedelta(minutes=1), by=tablet)
    carrier.take()
    assert [text for _, text in carrier.held["numbers"][0]["numbers"]] == ["沪检〔2026〕4号"]


def test_where_nothing_of_ones_own_changed_nothing_is_sent(carrier, give):
    give()
    carrier.take()

    assert carrier.take() == []


def test_a_task_that_was_changed_is_sent_again(carrier, deployment, give):
    give()
    carrier.take()
    with deployment.unit_of_work() as session:
        session.execute(delete(TaskActivity))

    assert ("tasks", "full") in carrier.take()
    assert carrier.held["tasks"]["rows"][0]["activities"] == []
