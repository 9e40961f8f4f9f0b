"""A filed visit closes the task that it answers and uses its check code; what is unclear waits."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.accounts.models import User
from backend.inspections.models import Visit, VisitFlag
from tests.accounts.enrolling import add_tablet
from tests.intake.tablet import SIGNATURES, Tablet, file_all, just_now
from tests.people import add_person, desk_of
from tests.tasks.conftest import changed, said, today

URL = "/api/v1/tasks"
CODE = {"code": "JCM-2026-0001", "route": "planned"}


@pytest.fixture
def send(deployment, tablet, venues):
    """Send and file a visit; its number, the flags about its grounds, and what is known of them."""

    def sent(by=tablet, **given):
        answers = {"arrival/check_code": "", "arrival/plan_number": "", "place/venue_id": str(venues[0])}
        answers |= {f"arrival/{name}": text for name, text in given.pop("arrival", {}).items()}
        answered = by.send(just_now(answers=answers | given.pop("answers", {}), **given), SIGNATURES)
        assert answered.status_code == 201, answered.text
        file_all(deployment)
        with deployment.reading() as session:
            visit = session.scalars(select(Visit).order_by(Visit.id.desc())).first()
            raised = session.scalars(
                select(VisitFlag.code).where(VisitFlag.visit_id == visit.id, VisitFlag.settled_at.is_(None))
            )
            about = {"check_code_unknown", "check_code_not_valid", "task_ambiguous"}
            return visit.id, set(raised) & about, visit.grounds

    return sent


@pytest.fixture
def add(supervisor, venues, inspector):
    """Set a task for the inspector; its address."""

    def added(**more):
        made = supervisor.post(URL, json=said(venues[0], officer_ids=[inspector]) | more)
        assert made.status_code == 201, made.json
        return f"{URL}/{made.json['id']}"

    return added


def test_a_visit_closes_the_task_that_waits_there(send, add, supervisor):
    task = add()

    visit_id, flags, grounds = send()

    assert (grounds.task_id, grounds.matched_by, grounds.assisting, flags) == (
        1,
        "venue_and_day",
        False,
        set(),
    )
    assert supervisor.get(task).json["state"] == "done"
    assert supervisor.get(f"/api/v1/visits/{visit_id}").json["grounds"]["task_id"] == 1


def test_the_number_of_the_plan_tells_two_tasks_apart(send, add, supervisor):
    first, second = add(source_no="P-1"), add(source_no="P-2")

    *_, grounds = send(arrival={"visit_reason": "planned", "plan_number": "P-2"})

    assert grounds.matched_by == "number"
    assert [supervisor.get(one).json["state"] for one in (first, second)] == ["assigned", "done"]


def test_a_visit_that_fits_two_tasks_waits_for_a_supervisor(app, send, add, supervisor, mine, other_agency):
    first, second = add(), add()
    visit_id, flags, grounds = send()
    assert (flags, grounds.task_id) == ({"task_ambiguous"}, None)
    url = f"/api/v1/visits/{visit_id}/task"

    stranger = desk_of(app, Role.SUPERVISOR, areas=("310101",), agency_id=other_agency)
    assert mine.put(url, json={"task_id": 2}).status_code == 403
    assert stranger.put(url, json={"task_id": 2}).status_code == 404
    assert supervisor.put(url, json={"task_id": 999}).status_code == 404
    matched = supervisor.put(url, json={"task_id": 2})
    again = supervisor.put(url, json={"task_id": 1})

    assert (matched.json["task_id"], matched.json["matched_by"]) == (2, "supervisor")
    assert (again.status_code, again.json["status"]) == (409, "visit_matched")
    assert [supervisor.get(one).json["state"] for one in (first, second)] == ["assigned", "done"]
    assert supervisor.get("/api/v1/visits?flag=task_ambiguous").json == []


def test_a_task_of_several_activities_is_done_with_the_last(app, deployment, send, add, supervisor):
    with deployment.unit_of_work() as session:
        from backend.accounts.models import Agency

        session.scalars(select(Agency).where(Agency.code == "culture")).one().activities = None
    task = add(activities=["internet_cafe", "esports_hotel"])

    send()

    assert supervisor.get(task).json["state"] == "in_progress"


def test_a_correction_stands_with_the_visit_that_it_corrects(send, add, supervisor):
    add()
    send(instance_id="uuid:1")
    open_one = add()

    *_, grounds = send(instance_id="uuid:2", deprecated_id="uuid:1")

    assert (grounds.task_id, grounds.matched_by) == (1, "visit")
    assert supervisor.get(open_one).json["state"] == "assigned"


def test_finished_work_is_kept_beside_a_task_that_went_to_others(send, add, supervisor, colleague, inspector):
    task = add(source_no="P-1")
    changed(supervisor, f"{task}/assignment", {"officer_ids": [colleague]})

    *_, grounds = send(arrival={"visit_reason": "planned", "plan_number": "P-1"})

    assert (grounds.task_id, grounds.assisting) == (1, True)
    assert (supervisor.get(task).json["state"], supervisor.get(task).json["officer_ids"]) == (
        "assigned",
        [colleague],
    )


def test_on_a_shared_tablet_the_certificate_says_whose_task_it_was(
    app, deployment, send, add, supervisor, colleague, inspector, agency
):
    with deployment.unit_of_work() as session:
        session.get_one(User, inspector).certificate_no = "SH-0001"
    task = add(source_no="P-1")
    changed(supervisor, f"{task}/assignment", {"officer_ids": [colleague]})
    shared = Tablet(app.test_client(), token=add_tablet(deployment, agency_id=agency)[1])

    *_, grounds = send(by=shared, arrival={"visit_reason": "planned", "plan_number": "P-1"})

    assert (grounds.task_id, grounds.assisting) == (1, True)
    assert supervisor.get(task).json["state"] == "assigned"


def test_finished_work_is_kept_beside_a_task_that_was_called_off(send, add, supervisor):
    task = add(source_no="P-1")
    changed(supervisor, f"{task}/withdrawal", {"reason": "场所已停业"})

    *_, grounds = send(arrival={"visit_reason": "planned", "plan_number": "P-1"})

    assert (grounds.task_id, grounds.assisting) == (1, True)
    assert supervisor.get(task).json["state"] == "withdrawn"


def test_a_known_code_is_used_by_the_visit_that_names_it(send, supervisor, venues):
    made = supervisor.post("/api/v1/check-codes", json=CODE | {"venue_id": venues[0]}).json
    task = supervisor.post(
        URL, json=said(place_text="某处", area_code="310101", check_code_id=made["id"])
    ).json

    _, flags, grounds = send(arrival={"has_check_code": "yes", "check_code": CODE["code"]})

    assert (flags, grounds.check_code_id, grounds.matched_by) == (set(), made["id"], "check_code")
    assert supervisor.get(f"/api/v1/check-codes/{made['id']}").json["state"] == "used"
    assert supervisor.get(f"{URL}/{task['id']}").json["state"] == "done"


def test_a_code_that_was_never_entered_is_flagged_where_codes_are_kept(send, supervisor):
    unknown = {"has_check_code": "yes", "check_code": "JCM-0"}
    assert send(arrival=unknown)[1] == set()

    supervisor.post("/api/v1/check-codes", json=CODE)

    assert send(arrival=unknown)[1] == {"check_code_unknown"}


@pytest.mark.parametrize("wrong", ["void", "over", "elsewhere"])
def test_a_code_that_is_not_good_is_flagged_and_not_used(send, supervisor, venues, wrong):
    over = {"valid_to": (today() - timedelta(days=1)).isoformat()} if wrong == "over" else {}
    place = {"venue_id": venues[1 if wrong == "elsewhere" else 0]}
    made = supervisor.post("/api/v1/check-codes", json=CODE | over | place).json["id"]
    if wrong == "void":
        changed(supervisor, f"/api/v1/check-codes/{made}/void", {"reason": "改期"})

    assert send(arrival={"has_check_code": "yes", "check_code": CODE["code"]})[1] == {"check_code_not_valid"}
    assert supervisor.get(f"/api/v1/check-codes/{made}").json["used_at"] is None


def test_a_business_is_counted_across_agencies_and_those_who_come_together_once(
    app, deployment, send, supervisor, venues, other_agency
):
    url = f"/api/v1/venues/{venues[0]}/frequency"
    assert supervisor.get(url).json["occasions"] == 0
    supervisor.post("/api/v1/check-codes", json=CODE | {"agency_ids": [other_agency]})
    add_person(deployment, Role.INSPECTOR, login="market", areas=("310101",), agency_id=other_agency)
    market, code = (
        Tablet(app.test_client(), login="market"),
        {"has_check_code": "yes", "check_code": CODE["code"]},
    )
    send(arrival=code)
    send(by=market, arrival=code)
    send(by=market, answers={"place/venue_id": str(venues[1])})

    counted = supervisor.get(url).json

    assert (counted["occasions"], counted["too_soon"]) == (2, True)
    assert sorted(one["visits"] for one in counted["by_agency"]) == [1, 2]
    later = (datetime.now(UTC) + timedelta(days=60)).date()
    if later.year == today().year:
        assert supervisor.get(f"{url}?on={later}").json["too_soon"] is False


def test_what_another_agency_plans_there_is_a_reason_to_go_together(app, supervisor, venues, other_agency):
    other = desk_of(app, Role.SUPERVISOR, areas=("310101",), agency_id=other_agency)
    other.post(URL, json=said(venues[1]))

    counted = supervisor.get(f"/api/v1/venues/{venues[0]}/frequency").json

    assert (counted["too_soon"], [one["agency_id"] for one in counted["planned"]]) == (True, [other_agency])
