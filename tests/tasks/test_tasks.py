"""A supervisor sets tasks for the agency, gives them to officers, takes them back; nobody else does."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from backend.tasks.models import Task, TaskOfficer
from tests.accounts.enrolling import add_tablet
from tests.people import add_person, desk_of
from tests.tasks.conftest import changed, said, today

URL = "/api/v1/tasks"


@pytest.fixture
def task(supervisor, venues, inspector):
    """The address of a task that the inspector has."""
    made = supervisor.post(URL, json=said(venues[0], officer_ids=[inspector], activities=["internet_cafe"]))
    assert made.status_code == 201, made.json
    return f"{URL}/{made.json['id']}"


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"venue_id": None}, {"place_text": "required", "area_code": "required"}),
        ({"kind": "triggered"}, {"trigger": "required"}),
        ({"trigger": "tip"}, {"trigger": "only_for_triggered"}),
        ({"kind": "re_inspection"}, {"source_no": "required"}),
        ({"visit_on": (today() + timedelta(days=9)).isoformat()}, {"visit_on": "after_the_last_day"}),
        ({"activities": ["disco"]}, {"activities": ["disco"]}),
    ],
)
def test_a_task_that_does_not_hold_together_is_refused(supervisor, venues, wrong, fault):
    refused = supervisor.post(URL, json=said(venues[0]) | wrong)

    assert (refused.status_code, refused.json["errors"]) == (422, fault)


def test_a_personal_number_in_a_reason_is_not_kept(supervisor, venues):
    refused = supervisor.post(URL, json=said(venues[0], reason="举报人电话13800138000"))

    assert (refused.status_code, refused.json["status"]) == (422, "personal_number_found")


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"activities": ["bar"]}, 403),
        ({"venue_id": None, "place_text": "某路1号", "area_code": "310104"}, 403),
        ({"officer_ids": [999]}, 403),
        ({"check_code_id": 999}, 404),
    ],
)
def test_nobody_sets_tasks_beyond_their_own_agency_and_area(supervisor, venues, wrong, status):
    assert supervisor.post(URL, json=said(venues[0]) | wrong).status_code == status
    assert supervisor.post(URL, json=said(venues[2])).status_code == 404
    assert supervisor.get(URL).json == []


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISOR}))
def test_only_a_supervisor_sets_tasks(app, agency, venues, role):
    somebody = desk_of(app, role, areas=("310101",), agency_id=agency)

    assert somebody.post(URL, json=said(venues[0])).status_code == 403


def test_other_agencies_and_areas_do_not_see_a_task(app, task, agency, other_agency):
    strangers = (
        desk_of(app, Role.SUPERVISOR, areas=("310101",), agency_id=other_agency),
        desk_of(app, Role.SUPERVISOR, areas=("310104",), agency_id=agency),
    )

    for stranger in strangers:
        assert stranger.get(URL).json == []
        assert stranger.get(task).status_code == 404
    coordinator = desk_of(app, Role.COORDINATOR, areas=("310101",))
    assert [one["id"] for one in coordinator.get(URL).json] == [1]


def test_a_task_at_a_typed_place_needs_no_venue(supervisor):
    made = supervisor.post(URL, json=said(place_text="示例路9号地下", area_code="310101", kind="triggered",
                                          trigger="tip", source_no="X-2026-7"))  # fmt: skip

    assert (made.status_code, made.json["state"], made.json["place_text"]) == (201, "open", "示例路9号地下")


def test_a_task_goes_to_others_and_who_had_it_stays_in_its_history(
    deployment, supervisor, mine, task, inspector, colleague
):
    given = changed(supervisor, f"{task}/assignment", {"officer_ids": [colleague]})

    assert (given.json["officer_ids"], given.json["state"]) == ([colleague], "assigned")
    assert mine.get(f"{URL}/today").json == []
    with deployment.reading() as session:
        held = session.execute(select(TaskOfficer.user_id, TaskOfficer.until.is_(None))).all()
        entry = session.scalars(select(AuditEntry).where(AuditEntry.deed == "task.assign")).all()[-1]
    assert sorted(map(tuple, held)) == sorted([(inspector, False), (colleague, True)])
    assert entry.detail == {"from": [inspector], "to": [colleague]}
    back = changed(supervisor, f"{task}/assignment", {"officer_ids": [inspector, colleague]})
    assert back.json["officer_ids"] == [inspector, colleague]


def test_a_tablet_hears_who_has_a_task_that_its_officer_had_and_of_no_other(
    app, deployment, supervisor, task, colleague, agency, device
):
    def asked(token):
        shown = {"Authorization": f"Bearer {token}"}
        return app.test_client().get(task.replace("/api/v1", "/tablet"), headers=shown)

    theirs, shared, stranger, elsewhere = (
        add_tablet(deployment, user_id=user_id, agency_id=agency, areas=areas)[1]
        for user_id, areas in (
            (colleague, ("310101",)),
            (None, ("310101",)),
            (add_person(deployment, areas=("310101",), agency_id=agency), ("310101",)),
            (None, ("310104",)),
        )
    )
    assert asked(theirs).status_code == 404
    changed(supervisor, f"{task}/assignment", {"officer_ids": [colleague]})

    now = {"id": 1, "state": "assigned", "officers": [{"id": colleague, "name": "试用人员"}]}
    assert [asked(token).json for token in (device[1], theirs, shared)] == [now] * 3
    assert [asked(token).status_code for token in (stranger, elsewhere)] == [404, 404]


def test_writes_need_the_state_that_was_read(supervisor, task, colleague):
    etag = supervisor.get(task).headers["ETag"]
    body = {"officer_ids": [colleague]}

    blind = supervisor.put(f"{task}/assignment", json=body)
    done = supervisor.put(f"{task}/assignment", json=body, headers={"If-Match": etag})
    stale = supervisor.patch(task, json={"priority": 1}, headers={"If-Match": etag})

    assert (blind.status_code, done.status_code, stale.status_code) == (428, 200, 412)


def test_an_officer_starts_only_what_is_theirs(app, supervisor, mine, task, agency):
    colleague = desk_of(app, Role.INSPECTOR, areas=("310101",), agency_id=agency)

    assert changed(colleague, f"{task}/start").status_code == 403
    assert changed(mine, f"{task}/start").json["state"] == "in_progress"


def test_a_withdrawn_task_says_why_and_changes_no_more(supervisor, mine, task, colleague):
    blank = changed(supervisor, f"{task}/withdrawal", {"reason": ""})
    done = changed(supervisor, f"{task}/withdrawal", {"reason": "场所已停业"})

    assert blank.status_code == 422
    assert (done.json["state"], done.json["withdrawn_because"]) == ("withdrawn", "场所已停业")
    again = changed(supervisor, f"{task}/assignment", {"officer_ids": [colleague]})
    assert (again.status_code, again.json["status"]) == (409, "task_closed")
    assert mine.get(f"{URL}/today").json == []


def test_the_next_due_comes_first_and_what_is_overdue_can_be_asked_for(supervisor, venues):
    days = {2: "later", -1: "overdue", 0: "today"}
    for offset, reason in days.items():
        due_on = (today() + timedelta(days=offset)).isoformat()
        assert supervisor.post(URL, json=said(venues[0], due_on=due_on, reason=reason)).status_code == 201

    assert [one["reason"] for one in supervisor.get(URL).json] == ["overdue", "today", "later"]
    assert [one["reason"] for one in supervisor.get(f"{URL}?overdue=true").json] == ["overdue"]
    assert supervisor.get(f"{URL}?text=蓝星&state=open&kind=planned").json != []
    assert supervisor.get(f"{URL}?text=红星").json == []


def test_today_is_in_the_order_of_the_round(supervisor, mine, venues, inspector):
    for reason, more in {
        "second": {"route_order": 2, "visit_on": today().isoformat()},
        "first": {"route_order": 1, "visit_on": today().isoformat()},
        "due": {"due_on": today().isoformat()},
        "not yet": {},
        "tomorrow": {"visit_on": (today() + timedelta(days=1)).isoformat()},
    }.items():
        task = said(venues[0], reason=reason, officer_ids=[inspector]) | more
        assert supervisor.post(URL, json=task).status_code == 201

    assert [one["reason"] for one in mine.get(f"{URL}/today").json] == ["first", "second", "due"]


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "lost"},
        {"state": "withdrawn"},
        {"state": "done"},
        {"officer_id": None},
        {"venue_id": None},
        {"kind": "triggered"},
        {"priority": 4},
    ],
    ids=str,
)
def test_the_database_refuses_a_task_that_contradicts_itself(deployment, task, broken):
    with pytest.raises(IntegrityError), deployment.unit_of_work() as session:
        session.execute(update(Task).values(**broken))
